/** Markings of every format, and some that are refused: for the page about them, and for comparing two builds' readers. */
import { isSchemeFormat, type MarkingFormat } from './formats.ts';
import { SCHEMES, type SchemeFormat } from './schemes/index.ts';

const XML_ISM = (attributes: string) => `<ism:security xmlns:ism="urn:us:gov:ic:ism" ${attributes}/>`;
const NATO_XML = (inner: string) =>
  `<originatorConfidentialityLabel xmlns="urn:nato:stanag:4774:confidentialitymetadatalabel:1:0"><ConfidentialityInformation>${inner}</ConfidentialityInformation></originatorConfidentialityLabel>`;

interface Examples {
  readonly valid: readonly string[];
  readonly invalid: readonly string[];
}

const OWN_EXAMPLES: Readonly<Record<Exclude<MarkingFormat, SchemeFormat>, Examples>> = {
  'us-banner': {
    valid: [
      'SECRET',
      'SECRET//REL TO USA, GBR',
      'TOP SECRET//SI-G ABCD/TK//ORCON/NOFORN',
      'SECRET//SAR-BP-J12 J54//NOFORN',
      'SECRET//RD-CNWDI//NOFORN',
      'SECRET//FGI CAN GBR//REL TO USA, CAN, GBR',
      '//GBR SECRET//REL TO USA, GBR',
      '//JOINT SECRET GBR USA//REL TO USA, GBR',
      '//COSMIC TOP SECRET//BOHEMIA',
      'UNCLASSIFIED//FOUO',
    ],
    invalid: [
      'S//NF',
      'SECRET/NOFORN',
      'SECRET//TK/NOFORN',
      'SECRET//REL TO GBR, USA',
      'SECRET//NOFORN/REL TO USA, GBR',
      'TOP SECRET//SI-G//NOFORN',
      'SECRET//FOUO',
      'SECRET//USA/CAN/GBR EYES ONLY',
      '//JOINT SECRET GBR USA//NOFORN',
    ],
  },
  'us-portion': {
    valid: [
      '(S)',
      '(S//NF)',
      '(TS//SI-G ABCD//OC/NF)',
      '(//DEU S//REL TO USA, DEU)',
      '(//NS//ATOMAL//OC)',
      '(U//FOUO)',
    ],
    invalid: ['S//NF', '(S//NOFORN)', '(S//REL)', '(//JOINT S//REL)', '(S//EYES)'],
  },
  'cui-banner': {
    valid: [
      'CUI',
      'CUI//SP-CTI',
      'CUI//SP-CTI/PRVCY//NOFORN',
      'CUI//FED ONLY',
      'CUI//PRVCY//REL TO USA, GBR',
    ],
    invalid: ['UNCLASSIFIED//CUI', 'CUI/SP-CTI', 'CUI//PRVCY/SP-CTI', 'CUI//NOFORN/REL TO USA, GBR'],
  },
  'cui-portion': {
    valid: ['(CUI)', '(CUI//NF)', '(CUI//SP-CTI)'],
    invalid: ['(CUI//NOFORN)', 'CUI'],
  },
  'uk-gsc': {
    valid: [
      'OFFICIAL',
      'OFFICIAL-SENSITIVE',
      'OFFICIAL-SENSITIVE - RECIPIENTS ONLY',
      'SECRET',
      'UK TOP SECRET',
      'SECRET - UK EYES ONLY',
      'TOP SECRET \u2013 UK / US EYES ONLY',
      'SECRET - FIVE EYES ONLY',
      'UK OFFICIAL - REL EU',
    ],
    invalid: [
      'CONFIDENTIAL',
      'OFFICIAL SENSITIVE',
      'SECRET-SENSITIVE',
      'OFFICIAL - UK EYES ONLY',
      'SECRET - US EYES ONLY',
      'SECRET - HMG USE ONLY',
    ],
  },
  'nato-text': {
    valid: [
      'COSMIC TOP SECRET',
      'NATO SECRET',
      'NATO SECRET ATOMAL',
      'NATO RESTRICTED Releasable to Japan, Switzerland, Ukraine',
      'NATO/KFOR CONFIDENTIAL Ireland, Sweden, Ukraine, NATO ONLY',
      'NATO UNCLASSIFIED - STAFF',
    ],
    invalid: [
      'NATO TOP SECRET',
      'COSMIC SECRET',
      'NATO SECRET BOHEMIA',
      'COSMIC TOP SECRET Releasable to Japan',
    ],
  },
  'aus-epms-subject': {
    valid: [
      '[SEC=OFFICIAL]',
      '[SEC=OFFICIAL:Sensitive, ACCESS=Legal-Privilege]',
      '[SEC=SECRET, CAVEAT=RI:AUSTEO]',
      '[SEC=PROTECTED, EXPIRES=2019-07-01, DOWNTO=OFFICIAL]',
    ],
    invalid: ['[SEC=PROTECTED] [SEC=OFFICIAL]', '[SEC=TOP SECRET]', '[SEC=SECRET, CAVEAT=ZZ:AUSTEO]'],
  },
  'aus-epms-header': {
    valid: ['VER=2018.4, NS=gov.au, SEC=SECRET, CAVEAT=RI:AUSTEO, ORIGIN=a.person@entity.gov.au'],
    invalid: ['VER=2018.4, NS=gov.au, SEC=SECRET'],
  },
  'us-document': {
    valid: [
      '{"banner":"SECRET//NOFORN","portions":["(S//REL TO USA, GBR)","(S)"]}',
      '{"banner":"SECRET//REL TO USA, NZL","portions":["(S//REL TO USA, JPN, NZL)","(S//REL)"]}',
      '{"portions":["(S//NF)","(TS//SI//REL TO USA, GBR)"]}',
    ],
    invalid: [
      '{"banner":"SECRET//NOFORN","portions":["(TS//NF)"]}',
      '{"banner":"SECRET//TK//NOFORN","portions":["(S//SI//NF)"]}',
      '{"banner":"SECRET//REL TO USA, GBR","portions":["(S//NF)"]}',
      '{"portions":["(S//REL)"]}',
    ],
  },
  'ism-attrs': {
    valid: [
      '{"classification":"S","ownerProducer":"USA","disseminationControls":"REL","releasableTo":"USA GBR"}',
      '{"classification":"TS","ownerProducer":"USA","SCIcontrols":"SI SI-G","disseminationControls":"OC NF"}',
    ],
    invalid: [
      '{"classification":"S","ownerProducer":"USA"}',
      '{"classification":"S","classification":"U","ownerProducer":"USA"}',
      '{"classification":"S","ownerProducer":"USA","disseminationControls":"REL"}',
    ],
  },
  'stanag-5636-json': {
    valid: [
      '{"ocl":{"pol":"NATO","cls":"SECRET","catl":[{"type":"P","name":"Releasable To","vals":["JPN"]}]},"context":{"@base":"urn:nato:stanag:5636:A:1:elements:json"}}',
    ],
    invalid: [
      '{"ocl":{"pol":"ACME","cls":"SECRET"},"context":{"@base":"urn:nato:stanag:5636:A:1:elements:json"}}',
    ],
  },
  label: {
    valid: [
      '{"frame":"US","level":"SECRET","owners":["USA"],"markedBy":"USA","releasableTo":["USA","GBR"]}',
      '{"frame":"SWE","level":"HEMLIG","owners":["SWE"],"markedBy":"SWE","ownerOnly":true}',
    ],
    invalid: [
      '{"frame":"US","level":"SECRET","owners":["USA"],"markedBy":"USA"}',
      '{"frame":"US","level":"SECRET","owners":["USA"],"markedBy":"USA","unrestricted":true}',
    ],
  },
  'ism-xml': {
    valid: [XML_ISM('ism:classification="S" ism:ownerProducer="USA" ism:disseminationControls="NF"')],
    invalid: ['<security classification="S" ownerProducer="USA" disseminationControls="NF"/>'],
  },
  'stanag-4774-xml': {
    valid: [NATO_XML('<PolicyIdentifier>NATO</PolicyIdentifier><Classification>SECRET</Classification>')],
    invalid: [
      NATO_XML('<PolicyIdentifier>NATO</PolicyIdentifier><Classification>NATO SECRET</Classification>'),
    ],
  },
  'xep-0258-xml': {
    valid: [
      '<securitylabel xmlns="urn:xmpp:sec-label:0"><displaymarking>SECRET</displaymarking><label><esssecuritylabel xmlns="urn:xmpp:sec-label:ess:0">MQYCAQQGASk=</esssecuritylabel></label></securitylabel>',
    ],
    invalid: ['<securitylabel xmlns="urn:xmpp:sec-label:0"><label/></securitylabel>'],
  },
  'sio-label-header': {
    valid: ['type=":ess"; label="MQYCAQQGASk="'],
    invalid: ['type=":xml"; label="PHNlY3JldC8+"'],
  },
};

export function examplesOf(format: MarkingFormat): Examples {
  return isSchemeFormat(format) ? SCHEMES[format].examples : OWN_EXAMPLES[format];
}
