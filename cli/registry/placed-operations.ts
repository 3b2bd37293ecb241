/** The operations of a change with all that their place among the others rests on. */
import { keyOf, type Operation } from '../../functions/core/administration/change.ts';
import { type Loosening, looseningOf } from '../../functions/core/administration/loosening.ts';
import { isRestrictOnly } from '../../functions/core/administration/polarity.ts';
import type { Contradiction } from '../../functions/core/administration/told.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import type { ChangeToShow } from './shown-change.ts';

/** An operation with all that its place among the others rests on. */
export interface PlacedOperation {
  readonly operation: Operation;
  readonly index: number;
  readonly current: RawFact | undefined;
  readonly restricts: boolean;
  /** How it lets more pass; undefined where nothing is seen that does, as of what only restricts. */
  readonly loosens: Loosening | undefined;
  readonly flags: readonly Contradiction[];
}

export function placedOperations({
  changes,
  facts,
  contradictions,
}: ChangeToShow): readonly PlacedOperation[] {
  const flagged = Map.groupBy(contradictions, ({ operation }) => operation);
  return changes.map((operation, index) => {
    const current = facts.get(keyOf(operation) ?? '');
    const restricts = isRestrictOnly(operation, current);
    const loosens = looseningOf(operation, current);
    return { operation, index, current, restricts, loosens, flags: flagged.get(index) ?? [] };
  });
}
