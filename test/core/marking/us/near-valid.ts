import fc from 'fast-check';

/** Banners near the boundary: each category drawn from words that fit and words that nearly do, mostly in order. */
const some = (values: readonly string[], max: number) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: max });
const inOrder = (values: readonly string[], max: number, separator: string) =>
  fc.tuple(some(values, max), fc.integer({ min: 0, max: 19 })).map(([picked, roll]) => {
    const sorted = values.filter((value) => picked.includes(value));
    return (roll === 0 ? picked : sorted).join(separator);
  });

const head = fc.constantFrom(
  ...['TOP SECRET', 'TOP SECRET', 'SECRET', 'SECRET', 'CONFIDENTIAL', 'UNCLASSIFIED'],
  ...[
    '//GBR SECRET',
    '//CAN GBR TOP SECRET',
    '//JOINT SECRET GBR USA',
    '//NATO SECRET',
    '//COSMIC TOP SECRET',
    '//FGI SECRET',
  ],
);
const sci = inOrder(
  [
    'HCS-O',
    'HCS-P',
    'HCS-P ABC',
    'RSV-ABC',
    'SI',
    'SI-G ABCD',
    'SI-EU',
    'SI-NF',
    'TK',
    'TK-BLFH',
    'TK-IDIT ABC',
  ],
  2,
  '/',
);
const sap = inOrder(['AA', 'BP', 'BUTTER POPCORN-12', 'NOFORN', 'SDA-X YY'], 2, '/').map(
  (list) => `SAR-${list}`,
);
const natoSap = fc.constantFrom('BALK', 'BOHEMIA');
const aea = inOrder(['RD', 'RD-CNWDI', 'RD-SIGMA 14 20', 'FRD', 'DOD UCNI', 'TFNI', 'ATOMAL'], 2, '/');
const fgi = fc.constantFrom('FGI', 'FGI GBR', 'FGI CAN GBR NATO', 'FGI GBR CAN', 'FGI NATO');
const ic = inOrder(
  [
    'RSEN',
    'FOUO',
    'ORCON',
    'ORCON-USGOV',
    'IMCON',
    'NOFORN',
    'PROPIN',
    'REL TO USA, GBR',
    'RELIDO',
    'DEA SENSITIVE',
    'FISA',
    'DISPLAY ONLY AFG',
  ],
  2,
  '/',
);
const nonIc = inOrder(['LIMDIS', 'EXDIS', 'NODIS', 'SBU', 'SBU NOFORN', 'LES', 'LES NOFORN', 'SSI'], 2, '/');

const maybe = (arbitrary: fc.Arbitrary<string>, percent: number) =>
  fc
    .tuple(fc.integer({ min: 1, max: 100 }), arbitrary)
    .map(([roll, text]) => (roll <= percent ? text : undefined));

export const bannerArbitrary: fc.Arbitrary<string> = fc
  .tuple(
    head,
    maybe(sci, 40),
    maybe(sap, 10),
    maybe(natoSap, 3),
    maybe(aea, 12),
    maybe(fgi, 12),
    maybe(ic, 70),
    maybe(nonIc, 12),
  )
  .map((segments) => segments.filter((segment) => segment !== undefined).join('//'));
