import { describe, expect, test } from 'vitest';
import { readMarking } from '../../../../functions/core/marking/read.ts';

const on = '2014-06-01';
const read = (banner: string | undefined, portions: readonly string[]) =>
  readMarking(banner === undefined ? { portions } : { banner, portions }, { format: 'us-document', on });

/** Pages of MAN with a banner and its portions, and documents derived from Table 3 (pp28-30). */
const VALID: readonly (readonly [banner: string | undefined, portions: readonly string[]])[] = [
  ['SECRET//REL TO USA, JPN', ['(U//FOUO/REL TO USA, JPN)', '(S//REL TO USA, JPN)']], // p52
  ['SECRET//NOFORN/FISA', ['(U//FISA)', '(S//REL TO USA, GBR)']], // p53
  ['UNCLASSIFIED//NOFORN//SBU', ['(U//SBU-NF)', '(U//REL TO USA, FVEY)']], // p53
  ['UNCLASSIFIED//REL TO USA, FVEY', ['(U)', '(U//REL TO USA, FVEY)']], // p54
  [
    '//JOINT SECRET CAN GBR USA//REL TO USA, CAN, GBR',
    ['(//JOINT S//REL)', '(//JOINT S CAN GBR USA//REL TO USA, FVEY)'],
  ], // p58
  [
    '//JOINT SECRET GBR USA//FGI NZL//REL TO USA, GBR',
    ['(//JOINT S//REL)', '(//JOINT S GBR USA//FGI NZL//REL TO USA, FVEY)'],
  ], // p59
  ['TOP SECRET//RSV-123-ABC//NOFORN', ['(TS//RSV-ABC//NF)', '(TS//RSV-123//NF)']], // p73
  ['TOP SECRET//SI-EU//REL TO USA, CAN, GBR', ['(TS//SI-EU//REL)']], // p79
  ['TOP SECRET//TK-BLFH ABCD-IDIT//NOFORN', ['(TS//TK-BLFH ABCD//NF)', '(TS//TK-IDIT//NF)']], // p90
  ['SECRET//RESTRICTED DATA//NOFORN', ['(S//RD//NF)', '(S//NF)']], // p105
  ['SECRET//RD-SIGMA 14 18//NOFORN', ['(S//RD-SG 14//NF)', '(S//FRD-SG 18//NF)']], // p108
  ['SECRET//TFNI//REL TO USA, ACGU', ['(S//TFNI//REL TO USA, ACGU)', '(S//REL TO USA, ACGU)']], // p121
  [
    'TOP SECRET//FGI CAN DEU//REL TO USA, CAN, DEU',
    ['(TS//REL TO USA, CAN, DEU)', '(TS//FGI DEU//REL TO USA, CAN, DEU)', '(//CAN S//REL TO USA, CAN, DEU)'],
  ], // p126
  [
    'TOP SECRET//BOHEMIA//FGI AUS CAN DEU NATO//NOFORN',
    [
      '(TS//RELIDO)',
      '(//CAN DEU S//REL TO USA, CAN, DEU)',
      '(//AUS S//REL TO USA, AUS)',
      '(//CTS//BOHEMIA//REL TO USA, NATO)',
    ],
  ], // p127
  [
    'SECRET//FGI//NOFORN',
    ['(S//RELIDO)', '(//DEU S//NF)', '(//DEU C//REL TO USA, CAN, DEU)', '(//FGI S//NF)'],
  ], // p128
  [
    'SECRET//FGI CAN GBR//REL TO USA, CAN, GBR',
    ['(S//FGI CAN//REL TO USA, CAN, GBR)', '(//GBR S//REL TO USA, CAN, GBR)'],
  ], // p130
  ['TOP SECRET//ORCON/NOFORN', ['(TS//OC-USGOV/NF)', '(S//OC/NF)']], // p141
  ['TOP SECRET//IMCON/NOFORN', ['(S//IMC/REL TO USA, AUS, CAN, GBR, NZL)', '(TS//NF)']], // p144
  ['SECRET//NOFORN//LES', ['(S//REL TO USA, JPN)', '(U//LES-NF)']], // p147
  ['SECRET//NOFORN', ['(S//REL TO USA, FVEY)', '(C)']], // p152
  ['SECRET//REL TO USA, NZL', ['(S//REL TO USA, JPN, NZL)', '(S//REL)']], // p153
  ['SECRET//RELIDO', ['(S//RELIDO)', '(S//REL TO USA, AUS, CAN/RELIDO)']], // p155
  ['SECRET//DISPLAY ONLY AFG', ['(S//DISPLAY ONLY AFG)', '(S//DISPLAY ONLY AFG, IRQ)']], // p165
  ['SECRET//DISPLAY ONLY IRQ', ['(S//REL TO USA, IRQ)', '(S//DISPLAY ONLY IRQ)']], // p166
  ['SECRET//NOFORN', ['(S//REL TO USA, AFG/DISPLAY ONLY IRQ)', '(S//REL TO USA, GBR/DISPLAY ONLY PAK)']], // p167
  ['SECRET//NOFORN', ['(U//DS)', '(S//NF)']], // p171
  ['UNCLASSIFIED//SBU/SSI', ['(U//SBU)', '(U//SBU/SSI)', '(U//FOUO)']], // p177
  ['UNCLASSIFIED//SBU NOFORN', ['(U//SBU-NF)', '(U//FOUO)']], // p179
  ['SECRET//REL TO USA, ACGU//SSI', ['(S//REL TO USA, ACGU)', '(U//REL TO USA, ACGU//SSI)']], // p191
  ['SECRET//REL TO USA, GBR', ['(S//REL TO USA, FVEY)', '(S//REL TO USA, GBR)']], // rule 23
  ['SECRET//NOFORN//NODIS', ['(S//NF//XD)', '(S//NF//ND)']], // p172
  ['TOP SECRET//NOFORN', ['(S//NF)']], // compilation, p23
  ['SECRET', ['(S)', '(U)']],
  [undefined, ['(S//NF)', '(TS//SI//REL TO USA, GBR)']],
];

const INVALID: readonly (readonly [banner: string | undefined, portions: readonly string[], code: string])[] =
  [
    ['SECRET//NOFORN', ['(TS//NF)'], 'BANNER_BELOW_LEVEL'],
    ['UNCLASSIFIED', ['(C)'], 'BANNER_BELOW_LEVEL'],
    ['SECRET//TK//NOFORN', ['(S//TK//NF)', '(S//SI//NF)'], 'BANNER_LACKS_CONTROL'],
    ['TOP SECRET//SI//ORCON/NOFORN', ['(TS//SI-G//OC/NF)'], 'BANNER_LACKS_CONTROL'],
    ['SECRET//NOFORN', ['(S//OC/NF)'], 'BANNER_LACKS_CONTROL'],
    ['SECRET//ORCON-USGOV/NOFORN', ['(S//OC/NF)'], 'BANNER_LACKS_CONTROL'],
    ['SECRET//FRD//NOFORN', ['(S//RD//NF)'], 'BANNER_LACKS_CONTROL'],
    ['SECRET//NOFORN', ['(S//NF//ND)'], 'BANNER_LACKS_CONTROL'],
    ['SECRET', ['(S//NF)'], 'BANNER_WIDENS_RELEASE'],
    ['SECRET//REL TO USA, GBR', ['(S//NF)'], 'BANNER_WIDENS_RELEASE'],
    ['SECRET//REL TO USA, GBR', ['(S//REL TO USA, CAN)'], 'BANNER_WIDENS_RELEASE'],
    ['SECRET//REL TO USA, CAN, GBR', ['(S//REL TO USA, GBR)'], 'BANNER_WIDENS_RELEASE'],
    ['SECRET//REL TO USA, GBR', ['(S//REL TO USA, GBR)', '(S)'], 'BANNER_WIDENS_RELEASE'], // rule 16
    ['SECRET//REL TO USA, GBR', ['(S//REL TO USA, GBR)', '(S//RELIDO)'], 'BANNER_WIDENS_RELEASE'], // rule 10
    ['SECRET//REL TO USA, GBR', ['(S//REL TO USA, GBR)', '(U//SBU-NF)'], 'BANNER_WIDENS_RELEASE'], // rule 14
    ['SECRET//RELIDO', ['(S//RELIDO)', '(S)'], 'BANNER_WIDENS_RELEASE'],
    ['SECRET//DISPLAY ONLY AFG, IRQ', ['(S//DISPLAY ONLY AFG)'], 'BANNER_WIDENS_RELEASE'],
    ['SECRET//FGI DEU//NOFORN', ['(//DEU S//NF)', '(//FGI S//NF)'], 'BANNER_LACKS_SOURCE'],
    ['SECRET//NOFORN', ['(//DEU S//NF)'], 'BANNER_LACKS_SOURCE'],
    ['SECRET//FGI CAN//NOFORN', ['(//DEU S//NF)'], 'BANNER_LACKS_SOURCE'],
    ['SECRET//REL TO USA, GBR', ['(//JOINT S GBR USA//REL TO USA, GBR)'], 'BANNER_LACKS_SOURCE'],
    ['//JOINT SECRET GBR USA//REL TO USA, GBR', ['(S//REL TO USA, GBR)'], 'BANNER_LACKS_SOURCE'],
    [
      '//JOINT SECRET GBR USA//REL TO USA, GBR',
      ['(//JOINT S CAN USA//REL TO USA, CAN, GBR)'],
      'BANNER_LACKS_SOURCE',
    ],
    ['//DEU SECRET//REL TO USA, DEU', ['(S//REL TO USA, DEU)'], 'BANNER_LACKS_SOURCE'],
    [undefined, ['(S//REL)'], 'LIST_FROM_BANNER'],
    ['SECRET//NOFORN', ['(S//REL)'], 'LIST_FROM_BANNER'],
    ['SECRET//NOFORN', [], 'EMPTY'],
    ['SECRET//NOFORN', ['S//NF'], 'MALFORMED_PORTION'],
    ['S//NF', ['(S//NF)'], 'UNKNOWN_LEVEL'],
  ];

describe('documents', () => {
  test.each(VALID)('%s over %j', (banner, portions) => {
    const result = read(banner, portions);
    expect(result.ok ? [] : result.errors).toEqual([]);
    if (!result.ok) return;
    const again = readMarking(result.canonical, { format: 'us-document', on });
    expect(again.ok && again.label).toEqual(result.label);
    expect(again.ok && again.canonical).toBe(result.canonical);
  });

  test.each(INVALID)('%s over %j is %s', (banner, portions, code) => {
    const result = read(banner, portions);
    expect(result.ok ? 'accepted' : result.errors[0].code).toBe(code);
  });

  test('the label is the union of what restricts and the intersection of what permits', () => {
    const result = read(undefined, ['(S//REL TO USA, FVEY)', '(C//OC/REL TO USA, CAN, GBR)', '(U//FOUO)']);
    expect(result.ok && result.label).toMatchObject({
      level: 'SECRET',
      controls: ['FOUO', 'ORCON'],
      audience: ['CAN', 'GBR', 'USA'],
      owners: ['USA'],
    });
  });

  test('foreign owners become sources of a US document, which stays owned by the United States', () => {
    const result = read('SECRET//FGI DEU//REL TO USA, DEU', ['(//DEU S//REL TO USA, DEU)', '(S//REL)']);
    expect(result.ok && result.label).toMatchObject({ owners: ['USA'], fgi: ['DEU'], markedBy: 'USA' });
  });

  test('JSON text with a repeated member is refused', () => {
    const text = '{"banner":"SECRET//NOFORN","portions":["(S//NF)"],"portions":["(U)"]}';
    const result = readMarking(text, { format: 'us-document', on });
    expect(result.ok ? 'accepted' : result.errors[0].code).toBe('INVALID_JSON');
  });
});
