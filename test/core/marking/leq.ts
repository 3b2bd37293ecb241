/** The order that the theorems about labels speak of. */
import type { Label } from '../../../functions/core/marking/label.ts';
import { levelRank } from '../../../functions/core/marking/ladders.ts';

const isWithin = (part: readonly string[], whole: readonly string[]) =>
  part.every((member) => whole.includes(member));

/**
 * Whether `high` is at least as sensitive: same frame and marking nation, level not lower, what restricts contained,
 * release and display audiences not wider. Labels of different frames, or with a level their frame does not have, are
 * incomparable. An audience of `null` is everyone.
 */
export function leq(low: Label, high: Label): boolean {
  if (low.frame !== high.frame || low.markedBy !== high.markedBy) return false;
  const [lowRank, highRank] = [levelRank(low.frame, low.level), levelRank(high.frame, high.level)];
  if (lowRank === undefined || highRank === undefined || lowRank > highRank) return false;
  return (
    isWithin(low.compartments, high.compartments) &&
    isWithin(low.controls, high.controls) &&
    isWithin(low.owners, high.owners) &&
    isWithin(low.fgi, high.fgi) &&
    (low.audience === null || (high.audience !== null && isWithin(high.audience, low.audience))) &&
    isWithin(high.displayOnly, low.displayOnly)
  );
}
