import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Label } from '../../../../functions/core/marking/label.ts';
import { readMarking } from '../../../../functions/core/marking/read.ts';
import { codeFactsOn } from '../code-facts.ts';
import { INVALID_BANNERS, VALID_BANNERS } from '../us/corpus.ts';
import { mutations } from '../us/mutations.ts';
import { bannerArbitrary } from '../us/near-valid.ts';
import { type SecondReading, secondReading } from './us-banner.ts';

const on = '2026-01-01';
const facts = codeFactsOn(on);

function firstReading(text: string): Label | undefined {
  const result = readMarking(text, { format: 'us-banner', on });
  return result.ok ? result.label : undefined;
}

/** The two normal forms, or a difference worth reading. */
function compare(text: string, first: Label | undefined, second: SecondReading | undefined): boolean {
  if (first === undefined || second === undefined) {
    if (first !== second)
      throw new Error(`disagree on ${JSON.stringify(text)}: ${first ? 'first' : 'second'} accepts`);
    return false;
  }
  const { frame: _frame, markedBy: _markedBy, ...shared } = first;
  expect({ text, ...shared }).toEqual({ text, ...second });
  return true;
}

describe('two independent readers of US banners', () => {
  test('agree on the corpus', () => {
    for (const text of VALID_BANNERS)
      expect(compare(text, firstReading(text), secondReading(text, facts))).toBe(true);
    for (const [text] of INVALID_BANNERS) compare(text, firstReading(text), secondReading(text, facts));
  });

  test('agree on every small change of every valid banner', () => {
    let cases = 0;
    let accepted = 0;
    for (const banner of VALID_BANNERS) {
      for (const text of mutations(banner)) {
        cases += 1;
        if (compare(text, firstReading(text), secondReading(text, facts))) accepted += 1;
      }
    }
    console.log(`mutations: ${cases} cases, ${accepted} accepted`);
    expect(accepted).toBeGreaterThan(100);
  });

  test('agree on generated banners, about half of them valid', () => {
    const seed = 20_261_123;
    let accepted = 0;
    let runs = 0;
    fc.assert(
      fc.property(bannerArbitrary, (text) => {
        runs += 1;
        if (compare(text, firstReading(text), secondReading(text, facts))) accepted += 1;
      }),
      { seed, numRuns: 5000 },
    );
    console.log(`seed ${seed}: ${runs} banners, ${accepted} accepted`);
    expect(accepted / runs).toBeGreaterThan(0.2);
  });

  test('a reader that drops a rule is caught', () => {
    // The broken variant ignores NOFORN, as a reader that guesses does.
    const broken = (text: string) =>
      secondReading(text.replace('/NOFORN', '').replace('//NOFORN', ''), facts);
    const text = 'TOP SECRET//TK//ORCON/NOFORN';
    expect(() => compare(text, firstReading('SECRET//TK/NOFORN'), broken('SECRET//TK/NOFORN'))).toThrow(
      'disagree',
    );
    expect(() =>
      compare(text, firstReading(text), secondReading('TOP SECRET//TK//ORCON/REL TO USA, GBR', facts)),
    ).toThrow();
  });
});
