import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { join } from '../../../functions/core/marking/join.ts';
import type { Label } from '../../../functions/core/marking/label.ts';
import { frames, ladderOf, levelRank } from '../../../functions/core/marking/ladders.ts';
import { leq } from './leq.ts';

const label = (changes: Partial<Label>): Label => ({
  frame: 'US',
  level: 'SECRET',
  compartments: [],
  controls: [],
  owners: ['USA'],
  markedBy: 'USA',
  fgi: [],
  audience: ['USA'],
  displayOnly: [],
  ...changes,
});

/** Small scope, every combination: 3 levels × 2 compartments × 2 controls × 4 audiences × 2 owner sets = 96 labels. */
const SMALL: readonly Label[] = ['UNCLASSIFIED', 'SECRET', 'TOP SECRET'].flatMap((level) =>
  [[], ['SI']].flatMap((compartments) =>
    [[], ['ORCON']].flatMap((controls) =>
      [null, ['GBR', 'USA'], ['USA'], []].flatMap((audience) =>
        [['USA'], ['GBR', 'USA']].map((owners) => label({ level, compartments, controls, audience, owners })),
      ),
    ),
  ),
);

describe('the lattice, exhaustively on small scope', () => {
  test(`partial order and bounds over ${SMALL.length} labels`, () => {
    let ordered = 0;
    for (const a of SMALL) {
      expect(leq(a, a)).toBe(true);
      for (const b of SMALL) {
        if (leq(a, b)) ordered += 1;
        if (leq(a, b) && leq(b, a)) expect(a).toEqual(b);
        const top = join([a, b]) as Label;
        expect(leq(a, top) && leq(b, top)).toBe(true);
        expect(join([b, a])).toEqual(top);
        expect(join([a, top])).toEqual(top);
        expect(leq(a, b)).toBe(JSON.stringify(top) === JSON.stringify(b));
      }
    }
    console.log(`${SMALL.length ** 2} pairs, ${ordered} ordered`);
  });

  test('the join is the least upper bound', () => {
    const few = SMALL.filter((_label, index) => index % 3 === 0);
    for (const a of few) {
      for (const b of few) {
        const top = join([a, b]) as Label;
        for (const c of few) if (leq(a, c) && leq(b, c)) expect(leq(top, c)).toBe(true);
      }
    }
  });

  test('a broken order that forgets the audience is caught', () => {
    const broken = (a: Label, b: Label) => leq({ ...a, audience: null }, { ...b, audience: null });
    const wide = label({ audience: null });
    const narrow = label({ audience: ['USA'] });
    expect(broken(narrow, wide)).toBe(true);
    expect(leq(narrow, wide)).toBe(false);
  });
});

const subset = (values: readonly string[]) => fc.subarray([...values]).map((list) => list.toSorted());
const arbitrary: fc.Arbitrary<Label> = fc.record({
  frame: fc.constant('US'),
  level: fc.constantFrom('UNCLASSIFIED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP SECRET'),
  compartments: subset(['HCS', 'SI', 'SI-G', 'TK']),
  controls: subset(['FISA', 'IMCON', 'ORCON']),
  owners: subset(['CAN', 'GBR', 'USA']),
  markedBy: fc.constant('USA'),
  fgi: subset(['DEU', 'FGI']),
  audience: fc.option(subset(['AUS', 'CAN', 'GBR', 'USA']), { nil: null }),
  displayOnly: subset(['AFG', 'IRQ']),
});

describe('the lattice, by property', () => {
  const seed = 31_415;
  test(`the join is associative and idempotent (seed ${seed})`, () => {
    fc.assert(
      fc.property(arbitrary, arbitrary, arbitrary, (a, b, c) => {
        expect(join([a, b, c])).toEqual(join([join([a, b]) as Label, c]));
        expect(join([a, b, c])).toEqual(join([a, join([b, c]) as Label]));
        expect(join([a, a])).toEqual(a);
        if (leq(a, b) && leq(b, c)) expect(leq(a, c)).toBe(true);
      }),
      { seed, numRuns: 2000 },
    );
  });
});

describe('frames', () => {
  test('labels of different frames are never ordered or joined', () => {
    const us = label({});
    const uk = label({ frame: 'UK', markedBy: 'GBR' });
    expect(leq(us, uk) || leq(uk, us)).toBe(false);
    expect(join([us, uk])).toBeUndefined();
    expect(join([])).toBeUndefined();
  });

  test('a level its frame does not have has no place', () => {
    expect(levelRank('UK', 'CONFIDENTIAL')).toBeUndefined();
    expect(levelRank('XX', 'SECRET')).toBeUndefined();
    expect(leq(label({ level: 'GEHEIM' }), label({ level: 'GEHEIM' }))).toBe(false);
  });

  test.each(frames())('%s has a ladder without repetition', (frame) => {
    const ladder = ladderOf(frame) ?? [];
    expect(new Set(ladder).size).toBe(ladder.length);
    for (const [rank, level] of ladder.entries()) expect(levelRank(frame, level)).toBe(rank);
  });
});
