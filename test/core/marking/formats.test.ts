import { describe, expect, test } from 'vitest';
import type { MarkingFormat } from '../../../functions/core/marking/formats.ts';
import { readMarking } from '../../../functions/core/marking/read.ts';

const on = '2026-01-01';
const ISM = { ownerProducer: 'USA', compliesWith: 'USGov USIC' };
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
const US = { frame: 'US', level: 'SECRET', owners: ['USA'], markedBy: 'USA' };

/** Each format: what it accepts, and what it refuses with which code. Sources stand in the readers' headers. */
const CASES: readonly (readonly [format: MarkingFormat, input: unknown, outcome: string])[] = [
  ['us-portion', '(S//NF)', 'ok'],
  ['us-portion', '(TS//HCS-O-P//OC/NF)', 'ok'],
  ['us-portion', '(//CAN GBR S)', 'ok'],
  ['us-portion', '(//NIS//REL TO USA, ISAF, NATO)', 'ok'],
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
  ['cui-banner', 'CUI', 'ok'],
  ['cui-banner', 'CONTROLLED', 'ok'],
  ['cui-banner', 'CUI//SP-CTI/SP-PRVCY//NOFORN', 'ok'],
  ['cui-banner', 'CUI//PRVCY//REL TO USA, GBR', 'ok'],
  ['cui-banner', 'CUI//FED ONLY', 'ok'],
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
  ['cui-portion', '(CUI//NF)', 'ok'],
  ['cui-portion', '(CUI)', 'ok'],
  ['cui-portion', '(CUI//NOFORN)', 'UNKNOWN_MARKING'],
  ['cui-portion', 'CUI', 'MALFORMED_PORTION'],
  ['cui-portion', '(CONTROLLED)', 'UNKNOWN_LEVEL'],
  ['uk-gsc', 'OFFICIAL', 'ok'],
  ['uk-gsc', 'OFFICIAL-SENSITIVE', 'ok'],
  ['uk-gsc', 'UK SECRET', 'ok'],
  ['uk-gsc', 'TOP SECRET \u2013 UK / US EYES ONLY', 'ok'],
  ['uk-gsc', 'OFFICIAL-SENSITIVE - RECIPIENTS ONLY', 'ok'],
  ['uk-gsc', 'OFFICIAL-SENSITIVE COMMERCIAL', 'ok'],
  ['uk-gsc', 'UK OFFICIAL - REL EU', 'ok'],
  ['uk-gsc', 'SECRET - FIVE EYES ONLY', 'ok'],
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
  ['nato-text', 'COSMIC TOP SECRET ATOMAL', 'ok'],
  ['nato-text', 'NATO RESTRICTED Releasable to Japan, Switzerland, Ukraine', 'ok'],
  ['nato-text', 'NATO/KFOR CONFIDENTIAL Ireland, Sweden, Ukraine, NATO ONLY', 'ok'],
  ['nato-text', 'NATO UNCLASSIFIED - STAFF', 'ok'],
  ['nato-text', 'NATO TOP SECRET', 'UNKNOWN_LEVEL'],
  ['nato-text', 'COSMIC SECRET', 'UNKNOWN_LEVEL'],
  ['nato-text', 'SECRET', 'UNKNOWN_LEVEL'],
  ['nato-text', 'NATO SECRET BOHEMIA', 'LEVEL_TOO_LOW'],
  ['nato-text', 'NATO RESTRICTED ATOMAL', 'LEVEL_TOO_LOW'],
  ['nato-text', 'COSMIC TOP SECRET Releasable to Japan', 'CAVEAT_NEEDS_LEVEL'],
  ['nato-text', 'NATO SECRET Releasable to Atlantis', 'UNKNOWN_CODE'],
  ['nato-text', 'NATO SECRET Releasable to Ukraine, Japan', 'CODE_ORDER'],
  ['nato-text', 'NATO SECRET NOFORN', 'UNKNOWN_MARKING'],
  ['aus-epms-subject', '[SEC=SECRET, CAVEAT=SH:ACCOUNTABLE-MATERIAL, CAVEAT=RI:AUSTEO]', 'ok'],
  ['aus-epms-subject', '[SEC=PROTECTED, EXPIRES=2019-07-01, DOWNTO=OFFICIAL]', 'ok'],
  ['aus-epms-subject', '[SEC=PROTECTED, CAVEAT=RI:REL AUS/CAN/GBR]', 'ok'],
  ['aus-epms-subject', '[SEC=PROTECTED] [SEC=OFFICIAL]', 'FORBIDDEN_CHARACTER'],
  ['aus-epms-subject', '[SEC=SECRET, CAVEAT=ZZ:AUSTEO]', 'UNKNOWN_MARKING'],
  ['aus-epms-subject', '[SEC=SECRET, SEC=OFFICIAL]', 'UNKNOWN_MARKING'],
  ['aus-epms-subject', '[SEC=TOP SECRET]', 'UNKNOWN_LEVEL'],
  ['aus-epms-subject', '[SEC=PROTECTED, EXPIRES=2019-07-01, DOWNTO=SECRET]', 'UNKNOWN_LEVEL'],
  ['aus-epms-subject', '[SEC=PROTECTED, EXPIRES=2019-02-30, DOWNTO=OFFICIAL]', 'INVALID_DATE'],
  ['aus-epms-subject', 'text [SEC=SECRET]', 'FORBIDDEN_CHARACTER'],
  [
    'aus-epms-header',
    'VER=2018.4, NS=gov.au, SEC=OFFICIAL:Sensitive, ACCESS=Legal-Privilege, ORIGIN=a.b@entity.gov.au',
    'ok',
  ],
  ['aus-epms-header', 'VER=2018.4, NS=gov.au, SEC=SECRET', 'UNKNOWN_MARKING'],
  ['aus-epms-header', 'VER=2018.4, NS=gov.au, SEC=SECRET,\r\n ORIGIN=a@b.gov.au', 'FORBIDDEN_CHARACTER'],
  ['aus-epms-header', 'VER=1.0, NS=gov.au, SEC=SECRET, ORIGIN=a@b.gov.au', 'UNKNOWN_MARKING'],
  // IC-ISM, by Schematron rule
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'NF' }, 'ok'],
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'OC OC-USGOV NF' }, 'ok'],
  [
    'ism-attrs',
    { ...ISM, classification: 'TS', SCIcontrols: 'SI SI-G SI-G-ABCD', disseminationControls: 'NF OC' },
    'ok',
  ],
  [
    'ism-attrs',
    { ...ISM, classification: 'S', disseminationControls: 'REL', releasableTo: 'USA GBR AUS' },
    'ok',
  ],
  [
    'ism-attrs',
    {
      ...ISM,
      classification: 'S',
      joint: 'true',
      ownerProducer: 'USA GBR',
      disseminationControls: 'REL',
      releasableTo: 'USA GBR',
    },
    'ok',
  ],
  [
    'ism-attrs',
    {
      ...ISM,
      classification: 'S',
      atomicEnergyMarkings: 'RD RD-CNWDI RD-SG-14',
      disseminationControls: 'NF',
    },
    'ok',
  ],
  [
    'ism-attrs',
    { ...ISM, classification: 'TS', SARIdentifier: 'SAR-DOD:S:BP', disseminationControls: 'NF' },
    'ok',
  ],
  ['ism-attrs', { ...ISM, classification: 'R', ownerProducer: 'DEU', disseminationControls: 'NF' }, 'ok'],
  [
    'ism-attrs',
    {
      ownerProducer: 'USA',
      compliesWith: 'USA-CUI USGov',
      classification: 'U',
      cuiBasic: 'CMPRS JURY',
      disseminationControls: 'DL_ONLY',
    },
    'ok',
  ],
  ['ism-attrs', { classification: 'S' }, 'MISSING_ATTRIBUTE'],
  ['ism-attrs', { ...ISM, classification: 'S' }, 'NEEDS_RELEASE_DECISION'],
  ['ism-attrs', { ...ISM, classification: 'X' }, 'UNKNOWN_LEVEL'],
  ['ism-attrs', { ...ISM, classification: 'R', disseminationControls: 'NF' }, 'UNKNOWN_LEVEL'],
  ['ism-attrs', { ...ISM, classification: 'U', SCIcontrols: 'SI' }, 'LEVEL_TOO_LOW'],
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'REL' }, 'MISSING_LIST'],
  [
    'ism-attrs',
    { ...ISM, classification: 'S', disseminationControls: 'NF', releasableTo: 'USA GBR' },
    'MISSING_LIST',
  ],
  [
    'ism-attrs',
    { ...ISM, classification: 'S', disseminationControls: 'REL', releasableTo: 'GBR USA' },
    'USA_NOT_FIRST',
  ],
  [
    'ism-attrs',
    { ...ISM, classification: 'S', disseminationControls: 'REL', releasableTo: 'USA' },
    'USA_NOT_FIRST',
  ],
  [
    'ism-attrs',
    { ...ISM, classification: 'S', disseminationControls: 'REL NF', releasableTo: 'USA GBR' },
    'NOFORN_WITH_RELEASE',
  ],
  [
    'ism-attrs',
    { ...ISM, classification: 'S', disseminationControls: 'EYES REL', releasableTo: 'USA AUS' },
    'RETIRED_MARKING',
  ],
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'NF NF' }, 'DUPLICATE'],
  [
    'ism-attrs',
    { ...ISM, classification: 'TS', SCIcontrols: 'SI-G', disseminationControls: 'NF OC' },
    'MISSING_PARENT',
  ],
  [
    'ism-attrs',
    { ...ISM, classification: 'TS', SCIcontrols: 'SI SI-G', disseminationControls: 'NF' },
    'NEEDS_ORCON',
  ],
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'OC-USGOV NF' }, 'NEEDS_ORCON'],
  ['ism-attrs', { ...ISM, classification: 'S', disseminationControls: 'WAIVED NF' }, 'UNKNOWN_MARKING'],
  [
    'ism-attrs',
    {
      ...ISM,
      classification: 'S',
      FGIsourceOpen: 'GBR',
      FGIsourceProtected: 'FGI',
      disseminationControls: 'NF',
    },
    'CAVEAT_EXCLUDED',
  ],
  [
    'ism-attrs',
    { ...ISM, classification: 'S', FGIsourceOpen: 'NATO', disseminationControls: 'NF' },
    'MISSING_ATTRIBUTE',
  ],
  ['ism-attrs', { ...ISM, classification: 'U', classifiedBy: 'X' }, 'UNCLASSIFIED_ONLY'],
  ['ism-attrs', { ...ISM, classification: 'U', disseminationControls: 'PR' }, 'NEEDS_RELEASE_DECISION'],
  ['ism-attrs', { ...ISM, classification: 'U', cuiBasic: 'PRVCY' }, 'CUI_NOT_ALLOWED'],
  ['ism-attrs', { ...ISM, classification: 'S', colour: 'red' }, 'UNKNOWN_ATTRIBUTE'],
  ['ism-attrs', '{"classification":"S","classification":"U","ownerProducer":"USA"}', 'INVALID_JSON'],
  ['ism-attrs', [], 'NOT_A_MARKING'],
  ['ism-attrs', null, 'NOT_A_MARKING'],
  ['ism-xml', ism('ism:classification="S" ism:ownerProducer="USA" ism:disseminationControls="NF"'), 'ok'],
  [
    'ism-xml',
    '<security classification="S" ownerProducer="USA" disseminationControls="NF"/>',
    'UNEXPECTED_XML',
  ],
  [
    'ism-xml',
    ism('classification="S" ism:ownerProducer="USA" ism:classification="S" ism:disseminationControls="NF"'),
    'UNEXPECTED_XML',
  ],
  ['ism-xml', `<!DOCTYPE a>${ism('ism:classification="U" ism:ownerProducer="USA"')}`, 'FORBIDDEN_XML'],
  ['ism-xml', ism('ism:classification="&#83;" ism:ownerProducer="USA"'), 'FORBIDDEN_XML'],
  ['ism-xml', `<?pi x?>${ism('ism:classification="U" ism:ownerProducer="USA"')}`, 'FORBIDDEN_XML'],
  ['ism-xml', ism('ism:classification="U" ism:classification="U"'), 'MALFORMED_XML'],
  [
    'ism-xml',
    '<a xmlns:ism="urn:us:gov:ic:ism" ism:classification="U" ism:ownerProducer="USA"><b/></a>',
    'UNEXPECTED_XML',
  ],
  ['ism-xml', '<a>'.repeat(100), 'FORBIDDEN_XML'],
  ['ism-xml', 'SECRET', 'MALFORMED_XML'],
  ['stanag-4774-xml', STANAG(NATO_SECRET), 'ok'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('Releasable To', 'PERMISSIVE', 'NATO', 'JPN')), 'ok'],
  ['stanag-4774-xml', STANAG(`${NATO_SECRET}<Classification>UNCLASSIFIED</Classification>`), 'SECOND_LABEL'],
  ['stanag-4774-xml', STANAG(NATO_SECRET, undefined, '1:1'), 'UNEXPECTED_XML'],
  ['stanag-4774-xml', STANAG(NATO_SECRET, 'OriginatorConfidentialityLabel'), 'UNEXPECTED_XML'],
  ['stanag-4774-xml', STANAG(NATO_SECRET.replace('SECRET', 'NATO SECRET')), 'UNKNOWN_LEVEL'],
  ['stanag-4774-xml', STANAG(NATO_SECRET.replace('>NATO<', '>ACME<')), 'UNKNOWN_POLICY'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('Releasable To', 'RESTRICTIVE', 'JPN')), 'CATEGORY_TYPE'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('ReleasableTo', 'PERMISSIVE', 'JPN')), 'UNKNOWN_MARKING'],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('Releasable To', 'PERMISSIVE', 'XXX')), 'UNKNOWN_CODE'],
  [
    'stanag-4774-xml',
    STANAG(NATO_SECRET + category('Additional Sensitivity', 'RESTRICTIVE', 'FROBOZZ')),
    'UNKNOWN_MARKING',
  ],
  ['stanag-4774-xml', STANAG(NATO_SECRET + category('Releasable To', 'PERMISSIVE')), 'EMPTY_CATEGORY'],
  [
    'stanag-5636-json',
    ocl({ catl: [{ type: 'P', name: 'Releasable To', vals: ['JPN'] }], dcr: '2024-10-21T20:47:36Z' }),
    'ok',
  ],
  [
    'stanag-5636-json',
    ocl({
      pol: '62c76c68-d73d-4628-8ccc-4c1e18118c22',
      catl: [{ type: 'P', name: 'Releasable To', vals: ['usa'] }],
    }),
    'ok',
  ],
  ['stanag-5636-json', ocl({ pol: 'ACME' }), 'UNKNOWN_POLICY'],
  ['stanag-5636-json', ocl({ catl: [{ type: 'R', name: 'Releasable To', vals: ['JPN'] }] }), 'CATEGORY_TYPE'],
  ['stanag-5636-json', ocl({ cls: 'secret' }), 'UNKNOWN_LEVEL'],
  ['stanag-5636-json', { ...ocl({}), extra: 1 }, 'NOT_A_MARKING'],
  ['stanag-5636-json', ocl({ catl: [{ type: 'P', name: 'Releasable To', vals: ['usa'] }] }), 'UNKNOWN_CODE'],
  [
    'stanag-5636-json',
    '{"ocl":{"pol":"NATO","cls":"SECRET","cls":"UNCLASSIFIED"},"context":{"@base":"urn:nato:stanag:5636:A:1:elements:json"}}',
    'INVALID_JSON',
  ],
  ['xep-0258-xml', xep(`<displaymarking fgcolor="black" bgcolor="red">SECRET</displaymarking>${ESS}`), 'ok'],
  ['xep-0258-xml', xep(ESS), 'ok'],
  ['xep-0258-xml', xep(`<displaymarking>UNCLASSIFIED</displaymarking>${ESS}`), 'DISPLAY_MISMATCH'],
  ['xep-0258-xml', xep(`<displaymarking>TOP SECRET</displaymarking>${ESS}`), 'DISPLAY_MISMATCH'],
  ['xep-0258-xml', xep('<label/>'), 'UNEXPECTED_XML'],
  ['xep-0258-xml', xep(ESS + ESS), 'SECOND_LABEL'],
  ['xep-0258-xml', xep('<displaymarking>SECRET</displaymarking>'), 'UNEXPECTED_XML'],
  ['xep-0258-xml', xep(ESS.replace('MQYCAQQGASk=', 'MQYCAQkGASk=')), 'MALFORMED_LABEL'],
  ['xep-0258-xml', xep(ESS.replace('MQYCAQQGASk=', 'AAAA')), 'MALFORMED_LABEL'],
  ['sio-label-header', 'type=":ess"; label="MQYCAQQGASk="', 'ok'],
  [
    'sio-label-header',
    'marking="EXAMPLE CONFIDENTIAL"; fgcolor="black"; bgcolor="red"; type=":ess"; label="MQYGASkCAQM="',
    'ok',
  ],
  ['sio-label-header', 'type=":ess"; label*0="MQYCAQ"; label*1="QGASk="', 'ok'],
  ['sio-label-header', 'type=":xml"; label="PHNlY3JldC8+"', 'UNEXPECTED_XML'],
  ['sio-label-header', 'type=":ess"; label="MQYCAQQGASk="; label="MQYCAQQGASk="', 'SECOND_LABEL'],
  ['sio-label-header', 'label="MQYCAQQGASk="', 'MISSING_ATTRIBUTE'],
  ['sio-label-header', 'type=":x411"; label="MQYCAQQGASk="', 'UNKNOWN_POLICY'],
  ['sio-label-header', 'type=":ess"; label="MQYCAQQGASk="\r\nSIO-Label: x', 'MALFORMED_ATTRIBUTE'],
  ['sio-label-header', 'marking="UNCLASSIFIED"; type=":ess"; label="MQYCAQQGASk="', 'DISPLAY_MISMATCH'],
  ['label', { ...US, releasableTo: ['USA', 'GBR'] }, 'ok'],
  ['label', { ...US, noforn: true, compartments: ['SI-G ABCD'], controls: ['ORCON'] }, 'ok'],
  ['label', { ...US, ownerOnly: true }, 'ok'],
  ['label', { frame: 'UK', level: 'OFFICIAL', owners: ['GBR'], markedBy: 'GBR', unrestricted: true }, 'ok'],
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
];

describe('every format', () => {
  test.each(CASES)('%s %j: %s', (format, input, outcome) => {
    const result = readMarking(input, { format, on });
    expect(result.ok ? 'ok' : result.errors[0].code).toBe(outcome);
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
  const audience = (format: MarkingFormat, input: unknown) => {
    const result = readMarking(input, { format, on });
    return result.ok ? result.label.audience : undefined;
  };

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

  test('a policy known only by name admits whom its own list admits, and a label without one nobody', () => {
    expect(audience('stanag-5636-json', ocl({ pol: '62c76c68-d73d-4628-8ccc-4c1e18118c22' }))).toEqual([]);
    expect(audience('sio-label-header', 'type=":ess"; label="MQYCAQQGASk="')).toEqual([]);
  });

  test('a NATO release adds to the members, ONLY replaces them', () => {
    const released = audience(
      'stanag-4774-xml',
      STANAG(NATO_SECRET + category('Releasable To', 'PERMISSIVE', 'NATO', 'JPN')),
    );
    expect(released).toContain('JPN');
    expect(released).toContain('USA');
    expect(
      audience('stanag-4774-xml', STANAG(NATO_SECRET + category('Only', 'PERMISSIVE', 'JPN', 'USA'))),
    ).toEqual(['JPN', 'USA']);
  });

  test('a deprecated organisation stands only on information from before its end', () => {
    const released = (createDate: string) =>
      readMarking(
        { ...ISM, classification: 'S', disseminationControls: 'REL', releasableTo: 'USA ISAF', createDate },
        { format: 'ism-attrs', on },
      ).ok;
    expect([released('2014-01-01'), released('2020-01-01')]).toEqual([true, false]);
  });

  test('a structured label is closed upwards', () => {
    const result = readMarking(
      { ...US, noforn: true, compartments: ['RD-SIGMA 20', 'SI-G ABCD'] },
      { format: 'label', on },
    );
    expect(result.ok && result.label.compartments).toEqual(['RD', 'RD-SIGMA 20', 'SI', 'SI-G', 'SI-G ABCD']);
  });
});
