import type { Operation } from '../core/administration/change.ts';
import { member } from '../core/facts/fact.ts';
import { Refusal } from './refusal.ts';

/**
 * Invented networks, routes, vendors and protections belong in a sample registry. Anywhere else a permit that rests on
 * one is a permit that rests on nothing.
 *
 * @throws Refusal SYNTHETIC_REFUSED with every operation that brings one
 */
export function checkSynthetic(changes: readonly Operation[], sample: boolean): void {
  if (sample) return;
  const problems = changes.flatMap((change, index) =>
    change.op !== 'end' && member(change.fact, 'synthetic') === true
      ? [{ path: `/changes/${index}/fact/synthetic`, message: 'synthetic facts belong in a sample registry' }]
      : [],
  );
  if (problems.length === 0) return;
  throw new Refusal('SYNTHETIC_REFUSED', 'this registry is not a sample: it takes no synthetic facts', {
    problems: problems.slice(0, 100),
    details: { refused: problems.length },
  });
}
