/** Weighs an assessment's results by its criteria set: every mandatory criterion met, and enough of the weight. */
import type { Assessment } from '../facts/assessment.ts';
import type { CriteriaSet } from '../facts/criteria-set.ts';

/** Whether an assessment reaches what its criteria ask. */
export type WeighingVerdict = 'passes' | 'not-itemised' | 'not-met';

/**
 * `not-evidenced`, a criterion without a result, and one with two results that differ, count as missed. Results for
 * criteria the set does not have show that the assessment was made by another set.
 */
export function weigh(a: Assessment, by: CriteriaSet): WeighingVerdict {
  const { items } = a;
  if (items === undefined) return 'not-itemised';
  if (!items.every((i) => by.criteria.some((c) => c.id === i.criterion))) return 'not-met';
  const met = by.criteria.filter((c) => {
    const results = items.filter((i) => i.criterion === c.id);
    return results.length > 0 && results.every((i) => i.result === 'met');
  });
  const weightOf = (criteria: CriteriaSet['criteria']) => criteria.reduce((sum, c) => sum + c.weight, 0);
  const mandatoryMet = by.criteria.every((c) => c.mode === 'weighted' || met.includes(c));
  // In integers: hundredths of a percent on one side, weights on the other.
  const enough = weightOf(met) * 10_000 >= by.passAt * weightOf(by.criteria);
  return mandatoryMet && enough ? 'passes' : 'not-met';
}
