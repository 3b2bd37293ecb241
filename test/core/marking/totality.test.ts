import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MARKING_ERRORS } from '../../../functions/core/marking/errors.ts';
import { MARKING_FORMATS } from '../../../functions/core/marking/formats.ts';
import { ladderOf } from '../../../functions/core/marking/ladders.ts';
import { type ReadResult, readMarking } from '../../../functions/core/marking/read.ts';
import { VALID_BANNERS } from './us/corpus.ts';

const on = '2026-01-01';

/** Whatever came in, the answer is well formed, echoes nothing, and an accepted one prints back to itself. */
function check(result: ReadResult): boolean {
  if (!result.ok) {
    expect(result.errors.length).toBeGreaterThan(0);
    for (const { code, at, message } of result.errors) {
      expect(message).toBe(MARKING_ERRORS[code]);
      expect(Number.isInteger(at) && at >= 0).toBe(true);
    }
    return false;
  }
  const { label, format, canonical } = result;
  expect(ladderOf(label.frame)).toContain(label.level);
  for (const list of [
    label.compartments,
    label.controls,
    label.owners,
    label.fgi,
    label.displayOnly,
    label.audience ?? [],
  ]) {
    expect(list).toEqual([...new Set(list)].sort());
  }
  const again = readMarking(canonical, { format, on });
  expect(again.ok && [again.canonical, again.label]).toEqual([canonical, label]);
  return true;
}

const fragments = fc.constantFrom(
  ...[
    'SECRET',
    'TOP SECRET',
    'OFFICIAL',
    'NATO ',
    'COSMIC ',
    'CUI',
    '//',
    '/',
    ' ',
    '-',
    ', ',
    '(',
    ')',
    'S',
    'NF',
    'NOFORN',
    'REL TO USA, ',
    'GBR',
    'FVEY',
  ],
  ...[
    'SI',
    'TK',
    'SAR-',
    'BP',
    'RD',
    'FGI',
    'JOINT ',
    'UK ',
    ' - ',
    'EYES ONLY',
    '[SEC=',
    ']',
    'VS-NfD',
    'GEHEIM',
    'É',
    '{',
    '}',
    '"',
    ':',
    '<a>',
    '\u0000',
    '\u202e',
    'ſ',
  ],
);
const text = fc.oneof(
  { weight: 3, arbitrary: fc.array(fragments, { maxLength: 12 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  { weight: 1, arbitrary: fc.constantFrom(...VALID_BANNERS) },
);

describe('reading is total', () => {
  const seed = 271_828;
  test(`any text, every format and none (seed ${seed})`, () => {
    let accepted = 0;
    let cases = 0;
    fc.assert(
      fc.property(text, fc.constantFrom(undefined, 'USA', 'GBR', 'XXX', ''), (input, originator) => {
        for (const format of [undefined, ...MARKING_FORMATS]) {
          cases += 1;
          const context = { on, ...(format && { format }), ...(originator !== undefined && { originator }) };
          if (check(readMarking(input, context))) accepted += 1;
        }
      }),
      { seed, numRuns: 1500 },
    );
    console.log(`seed ${seed}: ${cases} readings, ${accepted} accepted`);
    expect(accepted).toBeGreaterThan(100);
  });

  test(`any JSON value in every structured format (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (input) => {
        for (const format of [undefined, ...MARKING_FORMATS]) {
          check(readMarking(input, { on, ...(format && { format }) }));
          check(readMarking(JSON.stringify(input), { on, ...(format && { format }) }));
        }
      }),
      { seed, numRuns: 500 },
    );
  });

  test('an object that throws when it is read is refused', () => {
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    );
    for (const format of MARKING_FORMATS) expect(readMarking(hostile, { format, on }).ok).toBe(false);
  });

  test('no error carries the text it refuses', () => {
    const result = readMarking('SECRET//CODEWORD-UMBRA', { format: 'us-banner', on });
    expect(JSON.stringify(result)).not.toContain('UMBRA');
  });
});
