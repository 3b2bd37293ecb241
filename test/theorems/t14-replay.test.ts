/** T14: the same question of the same registry gives the same answer, byte for byte, in whatever order facts arrive. */
import { expect, it } from 'vitest';
import { asStored } from '../core/decision/ask.ts';
import type { Case } from './case.ts';
import { judgedCases, report } from './cases.ts';
import { decisionOf } from './core.ts';
import { choicesFrom } from './random.ts';

const answer = ({ facts, question }: Case) => JSON.stringify(decisionOf(facts, question));

function shuffled<T>(list: readonly T[], seed: number): readonly T[] {
  const pick = choicesFrom(seed);
  const order = new Map(list.map((x) => [x, pick.below(1_000_000)]));
  return list.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
}

it('T14: replay', () => {
  const cases = judgedCases(200);
  const found = cases.flatMap((c) => {
    const later = { ...c, facts: asStored(shuffled(c.facts, c.seed)) };
    return answer(c) === answer(later) ? [] : [`case ${c.seed} (${c.broke})`];
  });
  const share = report('T14', cases, cases.length);
  expect(found).toEqual([]);
  expect(share).toBeGreaterThan(0.3);
  expect(share).toBeLessThan(0.7);
});
