import { describe, expect, test } from 'vitest';
import type { MarkingFormat } from '../../../functions/core/marking/formats.ts';
import type { Label } from '../../../functions/core/marking/label.ts';
import { readMarking } from '../../../functions/core/marking/read.ts';

const on = '2026-01-01';
const ISM = { ownerProducer: 'USA', compliesWith: 'USGov USIC' };
const NF = { ...ISM, classification: 'S', disseminationControls: 'NF' };
const CUI = { ownerProducer: 'USA', compliesWith: 'USA-CUI', classification: 'U', cuiBasic: 'JURY' };
const SAMPLE = '62c76c68-d73d-4628-8ccc-4c1e18118c22';
const STANAG = (inner: string, root = 'originatorConfidentialityLabel', version = '1:0') =>
  `<${root} xmlns="urn:nato:stanag:4774:confidentialitymetadatalabel:${version}"><ConfidentialityInformation>${inner}</ConfidentialityInformation></${root}>`;
const NATO_SECRET = '<PolicyIdentifier>NATO</PolicyIdentifier><Classification>SECRET</Classification>';
const category = (name: string, type: string, ...values: readonly string[]) =>
  `<Category TagName="${name}" Type="${type}">${values.map((value) => `<GenericValue>${value}</GenericValue>`).join('')}</Category>`;
const ism = (attributes: string) => `<ism:security xmlns:ism="urn:us:gov:ic:ism" ${attributes}/>`;
const ocl = (changes: object) => ({
  ocl: { pol: 'NATO', cls: 'SECRET', ...changes },
  context: { '@base': 'urn:nato:stanag:5636:A:1:elements:json' },
});
const xep = (inner: string) => `<securitylabel xmlns="urn:xmpp:sec-label:0">${inner}</securitylabel>`;
const ESS =
  '<label><esssecuritylabel xmlns="urn:xmpp:sec-label:ess:0">MQYCAQQGASk=</esssecuritylabel></label>';
const ess = (...bytes: readonly number[]) => `type=":ess"; label="${Buffer.from(bytes).toString('base64')}"`;
const US = { frame: 'US', level: 'SECRET', owners: ['USA'], markedBy: 'USA' };

const ALLIES =
  'ALB,BEL,BGR,CAN,CZE,DEU,DNK,ESP,EST,FIN,FRA,GBR,GRC,HRV,HUN,ISL,ITA,LTU,LUX,LVA,MKD,MNE,NLD,NOR,POL,PRT,ROU,SVK,SVN,SWE,TUR,USA'.split(
    ',',
  );
function released(audience: readonly string[] | null): string {
  if (audience === null) return 'all';
  const allied = ALLIES.every((ally) => audience.includes(ally));
  return (
    (allied ? ['allies', ...audience.filter((code) => !ALLIES.includes(code))] : audience).join() || 'nobody'
  );
}
/** `frame:level | compartments | controls | owners/nation | sources | released to | shown to` */
const said = ({
  frame,
  level,
  compartments,
  controls,
  owners,
  markedBy,
  fgi,
  audience,
  displayOnly,
}: Label) =>
  [`${frame}:${level}`, compartments, controls, `${owners}/${markedBy}`, fgi, released(audience), displayOnly]
    .join(' | ')
    .trimEnd();

/** Each format: the label of what it accepts, and the code of what it refuses. Sources stand in the readers' headers. */
// biome-ignore format: one row a line
const CASES: readonly (readonly [format: MarkingFormat, input: unknown, outcome: string])[] = [
  ['us-portion', '(S//NF)', 'US:SECRET |  |  | USA/USA |  | USA |'],
  ['us-portion', '(TS//HCS-O-P//OC/NF)', 'US:TOP SECRET | HCS,HCS-O,HCS-P | ORCON | USA/USA |  | USA |'],
  ['us-portion', '(//CAN GBR S)', 'US:SECRET |  |  | CAN,GBR/USA |  | USA |'],
  ['us-portion', '(//NIS//REL TO USA, ISAF, NATO)', 'US:SECRET | NATO,NATO ISAF |  | NATO/USA |  | allies,ISAF |'],
  ['us-portion', 'S//NF', 'MALFORMED_PORTION'],
  ['us-portion', '((S//NF))', 'MALFORMED_PORTION'],
  ['us-portion', '(S//NF)(U)', 'MALFORMED_PORTION'],
  ['us-portion', '(S//NOFORN)', 'WRONG_CATEGORY'],
  ['us-portion', '(SECRET//NF)', 'UNKNOWN_LEVEL'],
  ['us-portion', '(s//nf)', 'FORBIDDEN_CHARACTER'],
  ['us-portion', '(S//REL)', 'LIST_FROM_BANNER'],
  ['us-portion', '(//JOINT S//REL)', 'LIST_FROM_BANNER'],
  ['us-portion', '(S//EYES)', 'RETIRED_MARKING'],
  ['us-portion', '(U//LES//REL TO USA, FVEY)', 'CATEGORY_ORDER'],
  ['us-portion', '(S//SAR-BUTTER POPCORN//NF)', 'MALFORMED_NAME'],
  ['us-portion', '(//CTSA)', 'UNKNOWN_LEVEL'],
  // A banner is never a portion, nor the reverse.
  ['us-banner', '(S//NF)', 'FORBIDDEN_CHARACTER'],
  ['us-portion', 'SECRET//NOFORN', 'MALFORMED_PORTION'],
  ['cui-banner', 'CUI', 'US:UNCLASSIFIED | CUI |  | USA/USA |  | all |'],
  ['cui-banner', 'CONTROLLED', 'US:UNCLASSIFIED | CUI |  | USA/USA |  | all |'],
  ['cui-banner', 'CUI//SP-CTI/SP-PRVCY//NOFORN', 'US:UNCLASSIFIED | CUI,CUI:SP-CTI,CUI:SP-PRVCY |  | USA/USA |  | USA |'],
  ['cui-banner', 'CUI//PRVCY//REL TO USA, GBR', 'US:UNCLASSIFIED | CUI,CUI:PRVCY |  | USA/USA |  | GBR,USA |'],
  ['cui-banner', 'CUI//FED ONLY', 'US:UNCLASSIFIED | CUI | FED ONLY | USA/USA |  | USA |'],
  ['cui-banner', 'CUI/SP-CTI', 'UNKNOWN_LEVEL'],
  ['cui-banner', 'U//CUI', 'UNKNOWN_LEVEL'],
  ['cui-banner', 'UNCLASSIFIED CUI//SP-CTI', 'UNKNOWN_LEVEL'],
  ['cui-banner', 'CUI//PRVCY/SP-CTI', 'ITEM_ORDER'],
  ['cui-banner', 'CUI//SP-CTI//REL TO GBR, USA', 'USA_NOT_FIRST'],
  ['cui-banner', 'CUI//NOFORN/REL TO USA, GBR', 'NOFORN_WITH_RELEASE'],
  ['cui-banner', 'CUI//FROBOZZ', 'UNKNOWN_MARKING'],
  ['cui-banner', 'CUI//NF', 'UNKNOWN_MARKING'],
  ['cui-banner', 'CUI//SP-CTI//SP-PROPIN', 'UNKNOWN_MARKING'],
  ['cui-banner', 'CUI//SP-CTI//NOFORN//FEDCON', 'CATEGORY_ORDER'],
  ['cui-portion', '(CUI//NF)', 'US:UNCLASSIFIED | CUI |  | USA/USA |  | USA |'],
  ['cui-portion', '(CUI)', 'US:UNCLASSIFIED | CUI |  | USA/USA |  | all |'],
  ['cui-portion', '(CUI//NOFORN)', 'UNKNOWN_MARKING'],
  ['cui-portion', 'CUI', 'MALFORMED_PORTION'],
  ['cui-portion', '(CONTROLLED)', 'UNKNOWN_LEVEL'],
  ['uk-gsc', 'OFFICIAL', 'UK:OFFICIAL |  |  | GBR/GBR |  | all |'],
  ['uk-gsc', 'OFFICIAL-SENSITIVE', 'UK:OFFICIAL |  | SENSITIVE | GBR/GBR |  | GBR |'],
  ['uk-gsc', 'UK SECRET', 'UK:SECRET |  |  | GBR/GBR |  | GBR |'],
  ['uk-gsc', 'TOP SECRET \u2013 UK / US EYES ONLY', 'UK:TOP SECRET |  |  | GBR/GBR |  | GBR,USA |'],
  ['uk-gsc', 'OFFICIAL-SENSITIVE - RECIPIENTS ONLY', 'UK:OFFICIAL |  | RECIPIENTS ONLY,SENSITIVE | GBR/GBR |  | GBR |'],
  ['uk-gsc', 'OFFICIAL-SENSITIVE COMMERCIAL', 'UK:OFFICIAL |  | COMMERCIAL,SENSITIVE | GBR/GBR |  | GBR |'],
  ['uk-gsc', 'UK OFFICIAL - REL EU', 'UK:OFFICIAL |  |  | GBR/GBR |  | EU,GBR |'],
  ['uk-gsc', 'SECRET - FIVE EYES ONLY', 'UK:SECRET |  |  | GBR/GBR |  | AUS,CAN,GBR,NZL,USA |'],
  ['uk-gsc', 'CONFIDENTIAL', 'RETIRED_MARKING'],
  ['uk-gsc', 'UK RESTRICTED', 'RETIRED_MARKING'],
  ['uk-gsc', 'PROTECT', 'RETIRED_MARKING'],
  ['uk-gsc', 'O-S', 'UNKNOWN_LEVEL'],
  ['uk-gsc', 'OFFICIAL SENSITIVE', 'UNKNOWN_LEVEL'],
  ['uk-gsc', 'SECRET-SENSITIVE', 'UNKNOWN_LEVEL'],
  ['uk-gsc', 'OFFICIAL - UK EYES ONLY', 'CAVEAT_NEEDS_LEVEL'],
  ['uk-gsc', 'SECRET - US EYES ONLY', 'CAVEAT_NEEDS_OWNER'],
  ['uk-gsc', 'OFFICIAL - REL EU', 'CAVEAT_NEEDS_PREFIX'],
  ['uk-gsc', 'SECRET - HMG USE ONLY', 'CAVEAT_NEEDS_LEVEL'],
  ['uk-gsc', 'OFFICIAL - RECIPIENTS ONLY', 'CAVEAT_NEEDS_LEVEL'],
  ['uk-gsc', 'SECRET//UK EYES ONLY', 'UNKNOWN_LEVEL'],
  ['uk-gsc', 'SECRET - UK EYES ONLY - UK EYES ONLY', 'CATEGORY_ORDER'],
  ['uk-gsc', 'SECRET - UK/UK EYES ONLY', 'DUPLICATE'],
  ['uk-gsc', 'SECRET - APPLE', 'UNKNOWN_MARKING'],
  ['uk-gsc', 'Secret', 'FORBIDDEN_CHARACTER'],
  ['nato-text', 'COSMIC TOP SECRET ATOMAL', 'NATO:COSMIC TOP SECRET | ATOMAL |  | NATO/NATO |  | allies |'],
  ['nato-text', 'NATO RESTRICTED Releasable to Japan, Switzerland, Ukraine', 'NATO:NATO RESTRICTED |  |  | NATO/NATO |  | allies,CHE,JPN,UKR |'],
  ['nato-text', 'NATO/KFOR CONFIDENTIAL Ireland, Sweden, Ukraine, NATO ONLY', 'NATO:NATO CONFIDENTIAL | NATO/KFOR |  | NATO/NATO |  | allies,IRL,UKR |'],
  ['nato-text', 'NATO UNCLASSIFIED - STAFF', 'NATO:NATO UNCLASSIFIED |  | STAFF | NATO/NATO |  | allies |'],
  ['nato-text', 'NATO TOP SECRET', 'UNKNOWN_LEVEL'],
  ['nato-text', 'COSMIC SECRET', 'UNKNOWN_LEVEL'],
  ['nato-text', 'SECRET', 'UNKNOWN_LEVEL'],
  ['nato-text', 'NATO SECRET BOHEMIA', 'LEVEL_TOO_LOW'],
  ['nato-text', 'NATO RESTRICTED ATOMAL', 'LEVEL_TOO_LOW'],
  ['nato-text', 'COSMIC TOP SECRET Releasable to Japan', 'CAVEAT_NEEDS_LEVEL'],
  ['nato-text', 'NATO SECRET Releasable to Atlantis', 'UNKNOWN_CODE'],
  ['nato-text', 'NATO SECRET Releasable to Ukraine, Japan', 'CODE_ORDER'],
  ['nato-text', 'NATO SECRET NOFORN', 'UNKNOWN_MARKING'],
  ['aus-epms-subject', '[SEC=SECRET, CAVEAT=SH:ACCOUNTABLE-MATERIAL, CAVEAT=RI:AUSTEO]', 'AUS:SECRET |  | ACCOUNTABLE MATERIAL | AUS/AUS |  | AUS |'],
  ['aus-epms-subject', '[SEC=PROTECTED, EXPIRES=2019-07-01, DOWNTO=OFFICIAL]', 'AUS:PROTECTED |  |  | AUS/AUS |  | AUS |'],
  ['aus-epms-subject', '[SEC=PROTECTED, CAVEAT=RI:REL AUS/CAN/GBR]', 'AUS:PROTECTED |  |  | AUS/AUS |  | AUS,CAN,GBR |'],
  ['aus-epms-subject', '[SEC=PROTECTED] [SEC=OFFICIAL]', 'FORBIDDEN_CHARACTER'],
  ['aus-epms-subject', '[SEC=SECRET, CAVEAT=ZZ:AUSTEO]', 'UNKNOWN_MARKING'],
  ['aus-epms-subject', '[SEC=SECRET, SEC=OFFICIAL]', 'UNKNOWN_MARKING'],
  ['aus-epms-subject', '[SEC=TOP SECRET]', 'UNKNOWN_LEVEL'],
  ['aus-epms-subject', '[SEC=PROTECTED, EXPIRES=2019-07-01, DOWNTO=SECRET]', 'UNKNOWN_LEVEL'],
  ['aus-epms-subject', '[SEC=PROTECTED, EXPIRES=2019-02-30, DOWNTO=OFFICIAL]', 'INVALID_DATE'],
  ['aus-epms-subject', 'text [SEC=SECRET]', 'FORBIDDEN_CHARACTER'],
  ['aus-epms-header', 'VER=2018.4, NS=gov.au, SEC=OFFICIAL:Sensitive, ACCESS=Legal-Privilege, ORIGIN=a.b@entity.gov.au', 'AUS:OFFICIAL: Sensitive |  | Legal-Privilege | AUS/AUS |  | AUS |'],
  ['aus-epms-header', 'VER=2018.4, NS=gov.au, SEC=SECRET', 'UNKNOWN_MARKING'],
  ['aus-epms-header', 'VER=2018.4, NS=gov.au, SEC=SECRET,\r\n ORIGIN=a@b.gov.au', 'FORBIDDEN_CHARACTER'],
  ['aus-epms-header', 'VER=1.0, NS=gov.au, SEC=SECRET, ORIGIN=a@b.gov.au', 'UNKNOWN_MARKING'],
  // IC-ISM, by Schematron rule
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'NF' }, 'US:SECRET |  |  | USA/USA |  | USA |'],
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'OC OC-USGOV NF' }, 'US:SECRET |  | ORCON,ORCON-USGOV | USA/USA |  | USA |'],
  ['ism-attrs', { ...ISM, classification: 'TS', SCIcontrols: 'SI SI-G SI-G-ABCD', disseminationControls: 'NF OC' }, 'US:TOP SECRET | SI,SI-G,SI-G ABCD | ORCON | USA/USA |  | USA |'],
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'REL', releasableTo: 'USA GBR AUS' }, 'US:SECRET |  |  | USA/USA |  | AUS,GBR,USA |'],
  ['ism-attrs', { ...ISM, classification: 'S', joint: 'true', ownerProducer: 'USA GBR', disseminationControls: 'REL', releasableTo: 'USA GBR' }, 'US:SECRET |  |  | GBR,USA/USA |  | GBR,USA |'],
  ['ism-attrs', { ...ISM, classification: 'S', atomicEnergyMarkings: 'RD RD-CNWDI RD-SG-14', disseminationControls: 'NF' }, 'US:SECRET | RD,RD-CNWDI,RD-SIGMA 14 |  | USA/USA |  | USA |'],
  ['ism-attrs', { ...ISM, classification: 'TS', SARIdentifier: 'SAR-DOD:S:BP', disseminationControls: 'NF' }, 'US:TOP SECRET | SAR-BP |  | USA/USA |  | USA |'],
  ['ism-attrs', { ...ISM, classification: 'R', ownerProducer: 'DEU', disseminationControls: 'NF' }, 'US:RESTRICTED |  |  | DEU/USA |  | USA |'],
  ['ism-attrs', { ownerProducer: 'USA', compliesWith: 'USA-CUI USGov', classification: 'U', cuiBasic: 'CMPRS JURY', disseminationControls: 'DL_ONLY' }, 'US:UNCLASSIFIED | CUI,CUI:CMPRS,CUI:JURY | DL ONLY | USA/USA |  | USA |'],
  ['ism-attrs', { classification: 'S' }, 'MISSING_ATTRIBUTE'],
  ['ism-attrs', { ...ISM, classification: 'S' }, 'NEEDS_RELEASE_DECISION'],
  ['ism-attrs', { ...ISM, classification: 'X' }, 'UNKNOWN_LEVEL'],
  ['ism-attrs', { ...ISM, classification: 'R', disseminationControls: 'NF' }, 'UNKNOWN_LEVEL'],
  ['ism-attrs', { ...ISM, classification: 'U', SCIcontrols: 'SI' }, 'LEVEL_TOO_LOW'],
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'REL' }, 'MISSING_LIST'],
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'NF', releasableTo: 'USA GBR' }, 'MISSING_LIST'],
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'REL', releasableTo: 'GBR USA' }, 'USA_NOT_FIRST'],
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'REL', releasableTo: 'USA' }, 'USA_NOT_FIRST'],
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'REL NF', releasableTo: 'USA GBR' }, 'NOFORN_WITH_RELEASE'],
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'EYES REL', releasableTo: 'USA AUS' }, 'RETIRED_MARKING'],
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'NF NF' }, 'DUPLICATE'],
  ['ism-attrs', { ...ISM, classification: 'TS', SCIcontrols: 'SI-G', disseminationControls: 'NF OC' }, 'MISSING_PARENT'],
  ['ism-attrs', { ...ISM, classification: 'TS', SCIcontrols: 'SI SI-G', disseminationControls: 'NF' }, 'NEEDS_ORCON'],
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'OC-USGOV NF' }, 'NEEDS_ORCON'],
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'WAIVED NF' }, 'UNKNOWN_MARKING'],
  ['ism-attrs', { ...ISM, classification: 'S', FGIsourceOpen: 'GBR', FGIsourceProtected: 'FGI', disseminationControls: 'NF' }, 'CAVEAT_EXCLUDED'],
  ['ism-attrs', { ...ISM, classification: 'S', FGIsourceOpen: 'NATO', disseminationControls: 'NF' }, 'MISSING_ATTRIBUTE'],
  ['ism-attrs', { ...ISM, classification: 'U', classifiedBy: 'X' }, 'UNCLASSIFIED_ONLY'],
  ['ism-attrs', { ...ISM, classification: 'U', disseminationControls: 'PR' }, 'NEEDS_RELEASE_DECISION'],
  ['ism-attrs', { ...ISM, classification: 'U', cuiBasic: 'PRVCY' }, 'CUI_NOT_ALLOWED'],
  ['ism-attrs', { ...ISM, classification: 'S', colour: 'red' }, 'UNKNOWN_ATTRIBUTE'],
  ['ism-attrs', '{"classification":"S","classification":"U","ownerProducer":"USA"}', 'INVALID_JSON'],
  ['ism-attrs', [], 'NOT_A_MARKING'],
  ['ism-attrs', null, 'NOT_A_MARKING'],
  ['ism-xml', ism('ism:classification="S" ism:ownerProducer="USA" ism:disseminationControls="NF"'), 'US:SECRET |  |  | USA/USA |  | USA |'],
  ['ism-xml', '<security classification="S" ownerProducer="USA" disseminationControls="NF"/>', 'UNEXPECTED_XML'],
  ['ism-xml', ism('classification="S" ism:ownerProducer="USA" ism:classification="S" ism:disseminationControls="NF"'), 'UNEXPECTED_XML'],
  ['ism-xml', `<!DOCTYPE a>${ism('ism:classification="U" ism:ownerProducer="USA"')}`, 'FORBIDDEN_XML'],
  ['ism-xml', ism('ism:classification="&#83;" ism:ownerProducer="USA"'), 'FORBIDDEN_XML'],
  ['ism-xml', `<?pi x?>${ism('ism:classification="U" ism:ownerProducer="USA"')}`, 'FORBIDDEN_XML'],
  ['ism-xml', ism('ism:classification="U" ism:classification="U"'), 'MALFORMED_XML'],
  ['ism-xml', '<a xmlns:ism="urn:us:gov:ic:ism" ism:classification="U" ism:ownerProducer="USA"><b/></a>', 'UNEXPECTED_XML'],
  ['ism-xml', '<a>'.repeat(100), 'FORBIDDEN_XML'],
  ['ism-xml', 'SECRET', 'MALFORMED_XML'],
  ['stanag-4774-xml', STANAG(NATO_SECRET), 'NATO:NATO SECRET |  |  | NATO/NATO |  | allies |'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('Releasable To', 'PERMISSIVE', 'NATO', 'JPN')), 'NATO:NATO SECRET |  |  | NATO/NATO |  | allies,JPN |'],
  ['stanag-4774-xml', STANAG(`${NATO_SECRET}<Classification>UNCLASSIFIED</Classification>`), 'SECOND_LABEL'],
  ['stanag-4774-xml', STANAG(NATO_SECRET, undefined, '1:1'), 'UNEXPECTED_XML'],
  ['stanag-4774-xml', STANAG(NATO_SECRET, 'OriginatorConfidentialityLabel'), 'UNEXPECTED_XML'],
  ['stanag-4774-xml', STANAG(NATO_SECRET.replace('SECRET', 'NATO SECRET')), 'UNKNOWN_LEVEL'],
  ['stanag-4774-xml', STANAG(NATO_SECRET.replace('>NATO<', '>ACME<')), 'UNKNOWN_POLICY'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('Releasable To', 'RESTRICTIVE', 'JPN')), 'CATEGORY_TYPE'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('ReleasableTo', 'PERMISSIVE', 'JPN')), 'UNKNOWN_MARKING'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('Releasable To', 'PERMISSIVE', 'XXX')), 'UNKNOWN_CODE'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('Additional Sensitivity', 'RESTRICTIVE', 'FROBOZZ')), 'UNKNOWN_MARKING'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('Releasable To', 'PERMISSIVE')), 'EMPTY_CATEGORY'],
  ['stanag-5636-json', ocl({ catl: [{ type: 'P', name: 'Releasable To', vals: ['JPN'] }], dcr: '2024-10-21T20:47:36Z' }), 'NATO:NATO SECRET |  |  | NATO/NATO |  | allies,JPN |'],
  ['stanag-5636-json', ocl({ pol: '62c76c68-d73d-4628-8ccc-4c1e18118c22', catl: [{ type: 'P', name: 'Releasable To', vals: ['usa'] }] }), 'stanag-sample:62c76c68-d73d-4628-8ccc-4c1e18118c22:SECRET |  |  | /stanag-sample:62c76c68-d73d-4628-8ccc-4c1e18118c22 |  | USA |'],
  ['stanag-5636-json', ocl({ pol: 'ACME' }), 'UNKNOWN_POLICY'],
  ['stanag-5636-json', ocl({ catl: [{ type: 'R', name: 'Releasable To', vals: ['JPN'] }] }), 'CATEGORY_TYPE'],
  ['stanag-5636-json', ocl({ cls: 'secret' }), 'UNKNOWN_LEVEL'],
  ['stanag-5636-json', { ...ocl({}), extra: 1 }, 'NOT_A_MARKING'],
  ['stanag-5636-json', ocl({ catl: [{ type: 'P', name: 'Releasable To', vals: ['usa'] }] }), 'UNKNOWN_CODE'],
  ['stanag-5636-json', '{"ocl":{"pol":"NATO","cls":"SECRET","cls":"UNCLASSIFIED"},"context":{"@base":"urn:nato:stanag:5636:A:1:elements:json"}}', 'INVALID_JSON'],
  ['xep-0258-xml', xep(`<displaymarking fgcolor="black" bgcolor="red">SECRET</displaymarking>${ESS}`), 'ess:1.1:SECRET |  |  | /ess:1.1 |  | nobody |'],
  ['xep-0258-xml', xep(ESS), 'ess:1.1:SECRET |  |  | /ess:1.1 |  | nobody |'],
  ['xep-0258-xml', xep(`<displaymarking>UNCLASSIFIED</displaymarking>${ESS}`), 'DISPLAY_MISMATCH'],
  ['xep-0258-xml', xep(`<displaymarking>TOP SECRET</displaymarking>${ESS}`), 'DISPLAY_MISMATCH'],
  ['xep-0258-xml', xep('<label/>'), 'UNEXPECTED_XML'],
  ['xep-0258-xml', xep(ESS + ESS), 'SECOND_LABEL'],
  ['xep-0258-xml', xep('<displaymarking>SECRET</displaymarking>'), 'UNEXPECTED_XML'],
  ['xep-0258-xml', xep(ESS.replace('MQYCAQQGASk=', 'MQYCAQkGASk=')), 'MALFORMED_LABEL'],
  ['xep-0258-xml', xep(ESS.replace('MQYCAQQGASk=', 'AAAA')), 'MALFORMED_LABEL'],
  ['sio-label-header', 'type=":ess"; label="MQYCAQQGASk="', 'ess:1.1:SECRET |  |  | /ess:1.1 |  | nobody |'],
  ['sio-label-header', 'marking="EXAMPLE CONFIDENTIAL"; fgcolor="black"; bgcolor="red"; type=":ess"; label="MQYGASkCAQM="', 'ess:1.1:CONFIDENTIAL |  |  | /ess:1.1 |  | nobody |'],
  ['sio-label-header', 'type=":ess"; label*0="MQYCAQ"; label*1="QGASk="', 'ess:1.1:SECRET |  |  | /ess:1.1 |  | nobody |'],
  ['sio-label-header', 'type=":xml"; label="PHNlY3JldC8+"', 'UNEXPECTED_XML'],
  ['sio-label-header', 'type=":ess"; label="MQYCAQQGASk="; label="MQYCAQQGASk="', 'SECOND_LABEL'],
  ['sio-label-header', 'label="MQYCAQQGASk="', 'MISSING_ATTRIBUTE'],
  ['sio-label-header', 'type=":x411"; label="MQYCAQQGASk="', 'UNKNOWN_POLICY'],
  ['sio-label-header', 'type=":ess"; label="MQYCAQQGASk="\r\nSIO-Label: x', 'MALFORMED_ATTRIBUTE'],
  ['sio-label-header', 'marking="UNCLASSIFIED"; type=":ess"; label="MQYCAQQGASk="', 'DISPLAY_MISMATCH'],
  ['label', { ...US, releasableTo: ['USA', 'GBR'] }, 'US:SECRET |  |  | USA/USA |  | GBR,USA |'],
  ['label', { ...US, noforn: true, compartments: ['SI-G ABCD'], controls: ['ORCON'] }, 'US:SECRET | SI,SI-G,SI-G ABCD | ORCON | USA/USA |  | USA |'],
  ['label', { ...US, ownerOnly: true }, 'US:SECRET |  |  | USA/USA |  | USA |'],
  ['label', { frame: 'UK', level: 'OFFICIAL', owners: ['GBR'], markedBy: 'GBR', unrestricted: true }, 'UK:OFFICIAL |  |  | GBR/GBR |  | all |'],
  ['label', US, 'AUDIENCE_NOT_EXPLICIT'],
  ['label', { ...US, unrestricted: true }, 'AUDIENCE_NOT_EXPLICIT'],
  ['label', { ...US, noforn: true, releasableTo: ['USA', 'GBR'] }, 'AUDIENCE_NOT_EXPLICIT'],
  ['label', { ...US, releasableTo: [] }, 'AUDIENCE_NOT_EXPLICIT'],
  ['label', { ...US, noforn: 'yes' }, 'MALFORMED_ATTRIBUTE'],
  ['label', { ...US, owners: [], noforn: true }, 'MISSING_ATTRIBUTE'],
  ['label', { ...US, level: 'secret', noforn: true }, 'UNKNOWN_LEVEL'],
  ['label', { ...US, frame: 'XX', noforn: true }, 'UNKNOWN_LEVEL'],
  ['label', { ...US, noforn: true, colour: 'red' }, 'UNKNOWN_ATTRIBUTE'],
  ['label', { ...US, releasableTo: ['USA', 'XXX'] }, 'UNKNOWN_CODE'],
  ['label', { ...US, noforn: true, compartments: ['si'] }, 'MALFORMED_NAME'],
  ['label', { ...US, frame: 'UK', noforn: true }, 'AUDIENCE_NOT_EXPLICIT'],
  ['us-portion', '(//FGI S)', 'US:SECRET |  |  | /USA |  | USA |'],
  ['us-portion', '(S//FGI DEU//DISPLAY ONLY AFG)', 'US:SECRET |  |  | USA/USA | DEU | USA | AFG'],
  ['us-portion', '(TS//TK//BALK//RD-CNWDI-SG 14 20//FGI NATO//NF)', 'US:TOP SECRET | BALK,NATO,RD,RD-CNWDI,RD-SIGMA 14,RD-SIGMA 20,TK |  | USA/USA | NATO | USA |'],
  ['us-portion', '(//JOINT S USA GBR//REL TO USA, GBR)', 'CODE_ORDER'],
  ['us-portion', '(//JOINT S GBR USA//REL TO USA, GBR)', 'US:SECRET |  |  | GBR,USA/USA |  | GBR,USA |'],
  ['us-banner', 'SECRET//SAR-BUTTER POPCORN-A B/XRAY//NOFORN', 'US:SECRET | SAR-BUTTER POPCORN,SAR-BUTTER POPCORN-A,SAR-BUTTER POPCORN-A B,SAR-XRAY |  | USA/USA |  | USA |'],
  ['us-banner', '//NATO ISAF SECRET//REL TO USA, NATO', 'US:SECRET | NATO,NATO ISAF |  | NATO/USA |  | allies |'],
  ['us-banner', '//NATO ISAF TOP SECRET', 'CODE_ORDER'],
  ['cui-banner', 'CUI//DISPLAY ONLY AFG', 'US:UNCLASSIFIED | CUI |  | USA/USA |  | USA | AFG'],
  ['cui-banner', 'CUI//AC/AWP/DISPLAY ONLY AFG/REL TO USA, FVEY', 'US:UNCLASSIFIED | CUI | AC,AWP | USA/USA |  | AUS,CAN,GBR,NZL,USA | AFG'],
  ['cui-banner', 'CUI//FED ONLY/FEDCON', 'CAVEAT_EXCLUDED'],
  ['cui-banner', 'CUI//CTI/SP-CTI', 'ITEM_ORDER'],
  ['cui-banner', 'CUI//SP-CTI/CTI', 'DUPLICATE'],
  ['uk-gsc', 'OFFICIAL - FOR PUBLIC RELEASE', 'UK:OFFICIAL |  |  | GBR/GBR |  | all |'],
  ['nato-text', 'NATO SECRET ATOMAL CRYPTO Japan ONLY', 'NATO:NATO SECRET | ATOMAL,CRYPTO |  | NATO/NATO |  | JPN |'],
  ['aus-epms-subject', '[SEC=TOP-SECRET, CAVEAT=C:WORD, CAVEAT=FG:GBR, CAVEAT=RI:AGAO]', 'AUS:TOP SECRET | WORD | AGAO | AUS/AUS | GBR | AUS |'],
  ['aus-epms-subject', '[SEC=OFFICIAL, CAVEAT=FG:GBR]', 'AUS:OFFICIAL |  |  | AUS/AUS | GBR | AUS |'],
  ['aus-epms-subject', '[SEC=OFFICIAL]', 'AUS:OFFICIAL |  |  | AUS/AUS |  | all |'],
  ['ism-attrs', { ...ISM, classification: 'S', FGIsourceProtected: 'FGI', highWaterNATO: 'NATO-S', disseminationControls: 'NF' }, 'US:SECRET | NATO |  | USA/USA | FGI | USA |'],
  ['ism-attrs', { ...ISM, classification: 'S', FGIsourceOpen: 'DEU GBR', disseminationControls: 'DISPLAYONLY', displayOnlyTo: 'AFG' }, 'US:SECRET |  |  | USA/USA | DEU,GBR | USA | AFG'],
  ['ism-attrs', { ...ISM, classification: 'S', ownerProducer: 'FGI', disseminationControls: 'NF' }, 'US:SECRET |  |  | /USA |  | USA |'],
  ['ism-attrs', { ...ISM, classification: 'S', ownerProducer: 'NATO', nonUSControls: 'ATOMAL', disseminationControls: 'REL', releasableTo: 'USA NATO' }, 'US:SECRET | ATOMAL,NATO |  | NATO/USA |  | allies |'],
  ['ism-attrs', { ...ISM, classification: 'U', nonICmarkings: 'SBU', disseminationControls: 'NF' }, 'US:UNCLASSIFIED |  | SBU | USA/USA |  | USA |'],
  ['ism-attrs', { ownerProducer: 'USA', compliesWith: 'USA-CUI', classification: 'U', cuiBasic: 'PRIVILEGE', cuiSpecified: 'CTI', disseminationControls: 'AC' }, 'US:UNCLASSIFIED | CUI,CUI:PRIVILEGE,CUI:SP-CTI | AC | USA/USA |  | USA |'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('Additional Sensitivity', 'RESTRICTIVE', 'CRYPTO', 'ATOMAL') + category('Administrative', 'INFORMATIVE', 'STAFF') + category('Context', 'PERMISSIVE', 'KFOR') + category('Only', 'PERMISSIVE', 'JPN')), 'NATO:NATO SECRET | ATOMAL,CRYPTO,NATO/KFOR | STAFF | NATO/NATO |  | JPN |'],
  ['stanag-5636-json', ocl({ cls: 'TOP SECRET' }), 'NATO:COSMIC TOP SECRET |  |  | NATO/NATO |  | allies |'],
  ['xep-0258-xml', xep(`<label>${ism('ism:classification="S" ism:ownerProducer="USA" ism:disseminationControls="NF"')}</label>`), 'US:SECRET |  |  | USA/USA |  | USA |'],
  ['xep-0258-xml', xep(`<displaymarking>NATO SECRET</displaymarking><label>${STANAG(NATO_SECRET)}</label>`), 'NATO:NATO SECRET |  |  | NATO/NATO |  | allies |'],
  ['xep-0258-xml', xep(`<displaymarking>NATO RESTRICTED</displaymarking><label>${STANAG(NATO_SECRET)}</label>`), 'DISPLAY_MISMATCH'],
  ['sio-label-header', `type=":xml"; label="${Buffer.from(STANAG(NATO_SECRET)).toString('base64')}"`, 'NATO:NATO SECRET |  |  | NATO/NATO |  | allies |'],
  ['sio-label-header', `marking="NATO UNCLASSIFIED"; type=":xml"; label="${Buffer.from(STANAG(NATO_SECRET)).toString('base64')}"`, 'DISPLAY_MISMATCH'],
  ['sio-label-header', 'type=":ess"; label*1="QGASk="', 'MISSING_ATTRIBUTE'],
  ['sio-label-header', 'type=":ess"; label*0="MQYCAQ"; label="MQYCAQQGASk="', 'SECOND_LABEL'],
  ['label', { ...US, noforn: true, compartments: ['RD-SIGMA 20', 'SI-G ABCD'] }, 'US:SECRET | RD,RD-SIGMA 20,SI,SI-G,SI-G ABCD |  | USA/USA |  | USA |'],
  ['stanag-5636-json', ocl({ pol: '62c76c68-d73d-4628-8ccc-4c1e18118c22' }), 'stanag-sample:62c76c68-d73d-4628-8ccc-4c1e18118c22:SECRET |  |  | /stanag-sample:62c76c68-d73d-4628-8ccc-4c1e18118c22 |  | nobody |'],
  ['label', { ...US, fgi: ['DEU'], displayOnly: ['AFG'], ownerOnly: true }, 'US:SECRET |  |  | USA/USA | DEU | USA | AFG'],
  ['us-portion', '(S//NF', 'MALFORMED_PORTION'],
  ['us-portion', '(S//SAR-ABCD//NF)', 'MALFORMED_NAME'],
  ['can-text', 'PROTECTED A', 'CAN-PROTECTED:PROTECTED A |  |  | CAN/CAN |  | CAN |'],
  ['us-portion', '(//JOINT S//REL TO USA, GBR)', 'LIST_FROM_BANNER'],
  ['cui-banner', 'CUI////NOFORN', 'EMPTY_CATEGORY'],
  ['cui-banner', 'CUI//SP-CTI//NOFORN//', 'EMPTY_CATEGORY'],
  ['cui-banner', 'CUI//NOCON/AC', 'ITEM_ORDER'],
  ['cui-banner', 'CUI//DISPLAY ONLY AFG/NOFORN', 'NOFORN_WITH_RELEASE'],
  ['cui-banner', 'CUI//FEDCON/NOCON', 'CAVEAT_EXCLUDED'],
  ['cui-portion', '(CUI//(NF))', 'MALFORMED_PORTION'],
  ['uk-gsc', 'SECRET - UK/FIVE EYES ONLY', 'DUPLICATE'],
  ['uk-gsc', 'SECRET - UK/NZ EYES ONLY', 'UK:SECRET |  |  | GBR/GBR |  | GBR,NZL |'],
  ['uk-gsc', 'OFFICIAL-SENSITIVE - LEGAL - RECIPIENTS ONLY', 'CATEGORY_ORDER'],
  ['uk-gsc', 'UK SECRET - REL EU - UK EYES ONLY', 'CAVEAT_EXCLUDED'],
  ['uk-gsc', 'OFFICIAL - LEGAL - LEGAL', 'DUPLICATE'],
  ['nato-text', 'NATO SECRET Releasable to Korea', 'NATO:NATO SECRET |  |  | NATO/NATO |  | allies,KOR |'],
  ['nato-text', 'NATO SECRET Releasable to Japan, Japan', 'DUPLICATE'],
  ['nato-text', 'NATO SECRET CRYPTO ATOMAL', 'ITEM_ORDER'],
  ['nato-text', 'NATO SECRET - STAFF MEDICAL', 'ITEM_ORDER'],
  ['nato-text', 'NATO SECRET - STAFF - MEDICAL', 'UNKNOWN_MARKING'],
  ['aus-epms-subject', '[SEC=SECRET, CAVEAT=RI:AGAO, CAVEAT=RI:AUSTEO]', 'CAVEAT_EXCLUDED'],
  ['aus-epms-subject', '[SEC=SECRET, CAVEAT=SH:CABINET, CAVEAT=SH:CABINET]', 'DUPLICATE'],
  ['aus-epms-subject', '[SEC=SECRET, CAVEAT=SH:CABINET:X]', 'UNKNOWN_MARKING'],
  ['aus-epms-subject', '[SEC=SECRET, CAVEAT=RI:REL AUS/XXX]', 'UNKNOWN_CODE'],
  ['aus-epms-subject', '[SEC=SECRET, ACCESS=Legal-Privilege, ACCESS=Legal-Privilege]', 'DUPLICATE'],
  ['aus-epms-header', 'VER=2018.4, NS=gov.nz, SEC=SECRET, ORIGIN=a@b.gov.au', 'UNKNOWN_MARKING'],
  ['aus-epms-header', 'VER=2018.4, NS=gov.au, SEC=SECRET, ORIGIN=a@b@c.gov.au', 'UNKNOWN_MARKING'],
  ['aus-epms-header', 'VER=2018.4, NS=gov.au, SEC=SECRET, ORIGIN=a@b', 'UNKNOWN_MARKING'],
  ['aus-epms-header', `VER=2018.4, NS=gov.au, SEC=SECRET, NOTE=${'n'.repeat(128)}, ORIGIN=a@b.au`, 'AUS:SECRET |  |  | AUS/AUS |  | AUS |'],
  ['aus-epms-header', `VER=2018.4, NS=gov.au, SEC=SECRET, NOTE=${'n'.repeat(129)}, ORIGIN=a@b.au`, 'MALFORMED_NAME'],
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'OC' }, 'NEEDS_RELEASE_DECISION'],
  ['ism-attrs', { ...ISM, classification: 'S', joint: 'true', ownerProducer: 'USA GBR' }, 'JOINT_NEEDS_RELEASE'],
  ['ism-attrs', { ...CUI, compliesWith: 'USA-CUI USIC' }, 'CUI_NOT_ALLOWED'],
  ['ism-attrs', { ...CUI, compliesWith: 'USGov' }, 'CUI_NOT_ALLOWED'],
  ['ism-attrs', { ...CUI, classification: 'S', disseminationControls: 'NF' }, 'UNCLASSIFIED_ONLY'],
  ['ism-attrs', { ...CUI, cuiBasic: 'FROBOZZ' }, 'UNKNOWN_MARKING'],
  ['ism-attrs', { ...CUI, cuiSpecified: 'FROBOZZ' }, 'UNKNOWN_MARKING'],
  ['ism-attrs', { ...CUI, disseminationControls: 'AC' }, 'MISSING_PARENT'],
  ['ism-attrs', { ...CUI, disseminationControls: 'AWP' }, 'MISSING_PARENT'],
  ['ism-attrs', { compliesWith: 'USA-CUI-ONLY' }, 'CUI_ONLY'],
  ['ism-attrs', { compliesWith: 'USA-CUI-ONLY', cuiBasic: 'JURY' }, 'US:UNCLASSIFIED | CUI,CUI:JURY |  | USA/USA |  | all |'],
  ['ism-attrs', { compliesWith: 'USA-CUI-ONLY', cuiBasic: 'JURY', ownerProducer: 'USA' }, 'CUI_ONLY'],
  ['ism-attrs', { ...NF, SCIcontrols: 'SI SI-G SI-G-ABCD SI-G-ABCD-X' }, 'MALFORMED_NAME'],
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'DISPLAYONLY', displayOnlyTo: 'XXX' }, 'UNKNOWN_CODE'],
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'DISPLAYONLY', displayOnlyTo: 'USA' }, 'USA_NOT_ALLOWED'],
  ['ism-attrs', { ...NF, joint: 'true', ownerProducer: 'DEU GBR' }, 'JOINT_WITHOUT_USA'],
  ['ism-attrs', { ...NF, joint: 'true' }, 'JOINT_WITHOUT_USA'],
  ['ism-attrs', { ...NF, ownerProducer: 'USA GBR' }, 'JOINT_WITHOUT_USA'],
  ['ism-attrs', { ...NF, ownerProducer: 'GBR NATO' }, 'UNKNOWN_CODE'],
  ['ism-attrs', { ...NF, joint: 'maybe' }, 'MALFORMED_ATTRIBUTE'],
  ['ism-attrs', { ...NF, joint: 'true false' }, 'MALFORMED_ATTRIBUTE'],
  ['ism-attrs', { ...NF, classification: 'S U' }, 'UNKNOWN_LEVEL'],
  ['ism-attrs', { ...NF, classification: 'U', SARIdentifier: 'SAR-DOD:U:BP' }, 'MALFORMED_NAME'],
  ['ism-attrs', { ...NF, SARIdentifier: 'SAR-DOD:R:BP' }, 'MALFORMED_NAME'],
  ['ism-attrs', { ...NF, SARIdentifier: 'SAR-DOD:TS:BP' }, 'LEVEL_TOO_LOW'],
  ['ism-attrs', { ...NF, SARIdentifier: 'SAR-D:BP' }, 'MALFORMED_NAME'],
  ['ism-attrs', { ...NF, SARIdentifier: 'SAR-DOD:BP-' }, 'MALFORMED_NAME'],
  ['ism-attrs', { ...NF, SARIdentifier: 'SAR-DOD:B/P' }, 'MALFORMED_NAME'],
  ['ism-attrs', { ...NF, atomicEnergyMarkings: 'RD-CNWDI' }, 'MISSING_PARENT'],
  ['ism-attrs', { ...NF, atomicEnergyMarkings: 'RD RD-SG-99' }, 'UNKNOWN_MARKING'],
  ['ism-attrs', { ...NF, nonUSControls: 'FROB' }, 'UNKNOWN_MARKING'],
  ['ism-attrs', { ...NF, nonICmarkings: 'FROB' }, 'UNKNOWN_MARKING'],
  ['ism-attrs', { ...NF, FGIsourceOpen: 'XXX' }, 'UNKNOWN_CODE'],
  ['ism-attrs', { ...NF, FGIsourceOpen: 'USA' }, 'USA_NOT_ALLOWED'],
  ['ism-attrs', { ...NF, FGIsourceProtected: 'DEU' }, 'UNKNOWN_CODE'],
  ['ism-attrs', { ...NF, FGIsourceOpen: 'NATO', highWaterNATO: 'NATO-TS' }, 'LEVEL_TOO_LOW'],
  ['ism-attrs', { ...NF, FGIsourceOpen: 'NATO', highWaterNATO: 'NATO-C' }, 'US:SECRET | NATO |  | USA/USA | NATO | USA |'],
  ['ism-attrs', { ...NF, FGIsourceOpen: 'NATO', highWaterNATO: 'NATO-S NATO-C' }, 'UNKNOWN_LEVEL'],
  ['ism-attrs', { ...ISM, classification: 'S', ownerProducer: 'NATO', disseminationControls: 'REL', releasableTo: 'USA NATO', highWaterNATO: 'NATO-S' }, 'NATO_SOURCE_MISSING'],
  ['ism-attrs', { ...ISM, classification: 'S', joint: 'true', ownerProducer: 'USA NATO', disseminationControls: 'REL', releasableTo: 'USA NATO' }, 'MISSING_ATTRIBUTE'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('Only', 'PERMISSIVE', 'JPN') + category('Only', 'PERMISSIVE', 'USA')), 'DUPLICATE'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('Only', 'PERMISSIVE', 'JPN', 'JPN')), 'DUPLICATE'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('Only', 'PERMISSIVE', 'XXX')), 'UNKNOWN_CODE'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('Context', 'PERMISSIVE', 'KFOR', 'IP')), 'UNKNOWN_MARKING'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('Context', 'PERMISSIVE', 'FROB')), 'UNKNOWN_MARKING'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('Administrative', 'INFORMATIVE', 'FROB')), 'UNKNOWN_MARKING'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('Releasable To', 'PERMISSIVE', 'JPN') + category('Only', 'PERMISSIVE', 'JPN')), 'CAVEAT_EXCLUDED'],
  ['stanag-4774-xml', STANAG(NATO_SECRET.replace('SECRET', 'TOP SECRET') + category('Context', 'PERMISSIVE', 'KFOR')), 'CAVEAT_NEEDS_LEVEL'],
  ['stanag-4774-xml', STANAG(NATO_SECRET.replace('r>N', 'r URI="urn:oid:1.3.26.1.3.1">N')), 'NATO:NATO SECRET |  |  | NATO/NATO |  | allies |'],
  ['stanag-4774-xml', STANAG(NATO_SECRET.replace('r>N', 'r URI="urn:oid:1.2.3">N')), 'UNEXPECTED_XML'],
  ['stanag-4774-xml', STANAG(NATO_SECRET.replace('r>N', 'r URI="urn:oid:1.3.26.1.3.1" URL="urn:oid:1.3.26.1.3.1">N')), 'UNEXPECTED_XML'],
  ['stanag-4774-xml', STANAG(NATO_SECRET.replace('SECRET', ' SECRET')), 'UNEXPECTED_XML'],
  ['stanag-4774-xml', STANAG(NATO_SECRET).replace(' xmlns', ' Level="x" xmlns'), 'UNEXPECTED_XML'],
  ['stanag-4774-xml', STANAG(NATO_SECRET).replace(' xmlns', ' ReviewDateTime="x" xmlns'), 'NATO:NATO SECRET |  |  | NATO/NATO |  | allies |'],
  ['stanag-4774-xml', STANAG(NATO_SECRET).replace('</o', '<CreationDateTime>x</CreationDateTime></o'), 'NATO:NATO SECRET |  |  | NATO/NATO |  | allies |'],
  ['stanag-4774-xml', STANAG(NATO_SECRET).replace('</o', '<CreationDateTime>x</CreationDateTime><CreationDateTime>x</CreationDateTime></o'), 'UNEXPECTED_XML'],
  ['stanag-4774-xml', STANAG(NATO_SECRET).replace('</o', '<Successor>x</Successor></o'), 'UNEXPECTED_XML'],
  ['stanag-4774-xml', STANAG(NATO_SECRET).replace('Information>', 'Information Level="x">'), 'UNEXPECTED_XML'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('Only', 'OPTIONAL', 'JPN')), 'UNEXPECTED_XML'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('Only', 'PERMISSIVE', 'JPN').replace('Tag', 'More="x" Tag')), 'UNEXPECTED_XML'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('Only', 'PERMISSIVE', 'JPN').replaceAll('GenericValue', 'OtherValue')), 'UNEXPECTED_XML'],
  ['stanag-5636-json', { ...ocl({}), context: { '@base': 'urn:other' } }, 'UNKNOWN_POLICY'],
  ['stanag-5636-json', ocl({ dcr: 'yesterday' }), 'MALFORMED_ATTRIBUTE'],
  ['stanag-5636-json', ocl({ dcr: '2024-10-21T20:47:36.000Z' }), 'MALFORMED_ATTRIBUTE'],
  ['stanag-5636-json', ocl({ dcr: '2024-02-30T20:47:36Z' }), 'MALFORMED_ATTRIBUTE'],
  ['stanag-5636-json', ocl({ catl: Array.from({ length: 65 }, (_, i) => ({ type: 'P', name: `${i}`, vals: ['JPN'] })) }), 'MALFORMED_ATTRIBUTE'],
  ['stanag-5636-json', ocl({ catl: [{ type: 'P', name: 'Only', vals: [1] }] }), 'MALFORMED_ATTRIBUTE'],
  ['stanag-5636-json', { ocl: { pol: 'NATO' }, context: ocl({}).context }, 'NOT_A_MARKING'],
  ['stanag-5636-json', ocl({ pol: SAMPLE, catl: [{ type: 'P', name: 'Only', vals: ['usa'] }] }), 'UNKNOWN_MARKING'],
  ['stanag-5636-json', ocl({ pol: SAMPLE, catl: [{ type: 'P', name: 'Releasable To', vals: ['USA'] }] }), 'UNKNOWN_CODE'],
  ['stanag-5636-json', ocl({ pol: SAMPLE, cls: 'COSMIC' }), 'UNKNOWN_LEVEL'],
  ['xep-0258-xml', xep(ESS.replace('</label>', '<b/></label>')), 'SECOND_LABEL'],
  ['xep-0258-xml', xep(`<displaymarking size="2">SECRET</displaymarking>${ESS}`), 'UNEXPECTED_XML'],
  ['xep-0258-xml', xep(`<displaymarking xmlns="urn:x">SECRET</displaymarking>${ESS}`), 'UNEXPECTED_XML'],
  ['xep-0258-xml', xep(`<displaymarking><b/></displaymarking>${ESS}`), 'UNEXPECTED_XML'],
  ['xep-0258-xml', xep(ESS).replace(' xmlns', ' a="b" xmlns'), 'UNEXPECTED_XML'],
  ['xep-0258-xml', xep(ESS.replace('<label>', '<label a="b">')), 'UNEXPECTED_XML'],
  ['xep-0258-xml', xep(ESS.replace('<label>', '<label xmlns="urn:x">')), 'UNEXPECTED_XML'],
  ['xep-0258-xml', xep(ESS.replace('<label>', '<label>SECRET')), 'UNEXPECTED_XML'],
  ['xep-0258-xml', xep(ESS).replaceAll('securitylabel xmlns="urn:xmpp:sec-label:0"', 'label xmlns="urn:xmpp:sec-label:0"').replace(/<.securitylabel>$/, '</label>'), 'UNEXPECTED_XML'],
  ['sio-label-header', ess(0x31, 6, 2, 1, 1, 6, 1, 0x78), 'ess:2.40:UNCLASSIFIED |  |  | /ess:2.40 |  | nobody |'],
  ['sio-label-header', ess(0x31, 6, 2, 1, 0, 6, 1, 0x29), 'MALFORMED_LABEL'],
  ['sio-label-header', ess(0x30, 6, 2, 1, 4, 6, 1, 0x29), 'MALFORMED_LABEL'],
  ['sio-label-header', ess(0x31, 5, 2, 1, 4, 6, 1, 0x29), 'MALFORMED_LABEL'],
  ['sio-label-header', ess(0x31, 6, 2, 1, 4, 6, 2, 0x29), 'MALFORMED_LABEL'],
  ['sio-label-header', ess(0x31, 7, 2, 2, 4, 0, 6, 1, 0x29), 'MALFORMED_LABEL'],
  ['sio-label-header', ess(0x31, 9, 2, 1, 4, 6, 1, 0x29, 6, 1, 0x2a), 'MALFORMED_LABEL'],
  ['sio-label-header', ess(0x31, 9, 2, 1, 4, 6, 1, 0x29, 2, 1, 1), 'MALFORMED_LABEL'],
  ['sio-label-header', ess(0x31, 7, 2, 1, 4, 6, 2, 0x29, 0x86), 'MALFORMED_LABEL'],
  ['sio-label-header', 'type=":ess"; label="MQYCAQQGASl="', 'MALFORMED_LABEL'],
  ['sio-label-header', 'marking="SECRET SECRET"; type=":ess"; label="MQYCAQQGASk="', 'DISPLAY_MISMATCH'],
  ['sio-label-header', 'type=":ess"; label*00="MQYCAQQGASk="', 'UNKNOWN_ATTRIBUTE'],
  ['sio-label-header', 'marking="SEC"RET"; type=":ess"; label="MQYCAQQGASk="', 'MALFORMED_ATTRIBUTE'],
  ['sio-label-header', 'type=":ess"; label*1="QGASk="; label*0="MQYCAQ"', 'ess:1.1:SECRET |  |  | /ess:1.1 |  | nobody |'],
  ['sio-label-header', 'type=":xml"; label="PGE+/zwvYT4="', 'MALFORMED_LABEL'],
  ['sio-label-header', 'type=":xml"; label="PHNlY3JldC8"', 'MALFORMED_LABEL'],
];

describe('every format', () => {
  test.each(CASES)('%s %j: %s', (format, input, outcome) => {
    const result = readMarking(input, { format, on });
    expect(result.ok ? said(result.label) : result.errors[0].code).toBe(outcome);
    if (!result.ok) return;
    const again = readMarking(result.canonical, { format, on });
    expect(again.ok && again.label).toEqual(result.label);
    expect(again.ok && again.canonical).toBe(result.canonical);
  });
});

test('a structured input beyond its size is refused unread', () => {
  const code = (format: MarkingFormat, input: string) => {
    const result = readMarking(input, { format, on });
    return result.ok ? 'accepted' : result.errors[0].code;
  };
  expect(code('ism-xml', '<a>'.repeat(6000))).toBe('TOO_LONG');
  expect(code('sio-label-header', 'x'.repeat(65_536))).toBe('TOO_LONG');
  expect(code('ism-attrs', '['.repeat(40_000))).toBe('INVALID_JSON');
  expect(code('us-document', `{"portions":[${'"(S)",'.repeat(300)}"(S)"]}`)).toBe('TOO_LONG');
});

describe('what machine labels say', () => {
  test('a sender cannot switch rules off: compliesWith and excludeFromRollup change nothing', () => {
    const bare = readMarking(
      {
        classification: 'S',
        ownerProducer: 'USA',
        compliesWith: 'OtherAuthority',
        excludeFromRollup: 'true',
      },
      { format: 'ism-attrs', on },
    );
    expect(bare.ok ? 'accepted' : bare.errors[0].code).toBe('NEEDS_RELEASE_DECISION');
  });

  test('a list in any order is one marking, with one canonical form', () => {
    const canonical = (releasableTo: string, SCIcontrols: string) => {
      const more = { disseminationControls: 'OC REL', releasableTo, SCIcontrols };
      const result = readMarking({ ...NF, ...more, classification: 'TS' }, { format: 'ism-attrs', on });
      return result.ok ? result.canonical : result.errors[0].code;
    };
    expect(canonical('USA GBR AUS', 'TK SI SI-G')).toBe(canonical('USA AUS GBR', 'SI SI-G TK'));
    expect(canonical('USA GBR AUS', 'TK')).toContain('"releasableTo":"USA AUS GBR"');
  });

  test('a member is one on its last day', () => {
    const admits = (day: string) => {
      const result = readMarking('SECRET UE/EU SECRET', { format: 'eu-text', on: day });
      return result.ok && result.label.audience?.includes('GBR');
    };
    expect([admits('2020-01-31'), admits('2020-02-01')]).toEqual([true, false]);
  });

  test('a deprecated organisation stands only on information from before its end', () => {
    const released = (createDate: string) =>
      readMarking(
        { ...ISM, classification: 'S', disseminationControls: 'REL', releasableTo: 'USA ISAF', createDate },
        { format: 'ism-attrs', on },
      ).ok;
    expect([released('2014-12-31'), released('2015-01-01')]).toEqual([true, false]);
  });
});
