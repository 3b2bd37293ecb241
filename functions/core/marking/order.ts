import type { Label } from './label.ts';
import { levelRank } from './ladders.ts';

export { ladderOf, levelRank } from './ladders.ts';

/**
 * The lattice of labels, one per frame and marking nation. `leq(a, b)` says that `b` is at least as sensitive:
 * same frame and marking nation, level not higher, compartments, controls, owners and sources contained, release
 * and display audiences not narrower. Labels of different frames, or with a level their frame does not have, are
 * incomparable, and incomparable must be read as deny.
 */
export function leq(low: Label, high: Label): boolean {
  if (low.frame !== high.frame || low.markedBy !== high.markedBy) return false;
  const lowRank = levelRank(low.frame, low.level);
  const highRank = levelRank(high.frame, high.level);
  if (lowRank === undefined || highRank === undefined || lowRank > highRank) return false;
  return (
    subset(low.compartments, high.compartments) &&
    subset(low.controls, high.controls) &&
    subset(low.owners, high.owners) &&
    subset(low.fgi, high.fgi) &&
    audienceSubset(high.audience, low.audience) &&
    subset(high.displayOnly, low.displayOnly)
  );
}

/** True if `first` is at least as sensitive as `second`. */
export function dominates(first: Label, second: Label): boolean {
  return leq(second, first);
}

/**
 * High-water mark of several portions: highest level, union of what restricts, intersection of what permits.
 * `undefined` for no labels and for labels that have no common frame and marking nation.
 */
export function join(labels: readonly Label[]): Label | undefined {
  return fold(labels, {
    level: (first, second, rank) => (rank(first) >= rank(second) ? first : second),
    restrict: union,
    audience: intersectAudience,
    display: intersection,
  });
}

/** Greatest label below all of them: lowest level, intersection of what restricts, union of what permits. */
export function meet(labels: readonly Label[]): Label | undefined {
  return fold(labels, {
    level: (first, second, rank) => (rank(first) <= rank(second) ? first : second),
    restrict: intersection,
    audience: (first, second) => (first === null || second === null ? null : union(first, second)),
    display: union,
  });
}

type Codes = readonly string[];

interface Combination {
  readonly level: (first: string, second: string, rank: (level: string) => number) => string;
  readonly restrict: (first: Codes, second: Codes) => Codes;
  readonly audience: (first: Codes | null, second: Codes | null) => Codes | null;
  readonly display: (first: Codes, second: Codes) => Codes;
}

function fold(labels: readonly Label[], combine: Combination): Label | undefined {
  const [first, ...rest] = labels;
  if (first === undefined || levelRank(first.frame, first.level) === undefined) return undefined;
  let result = first;
  for (const label of rest) {
    if (label.frame !== result.frame || label.markedBy !== result.markedBy) return undefined;
    if (levelRank(label.frame, label.level) === undefined) return undefined;
    const rank = (level: string) => levelRank(label.frame, level) ?? Number.NaN;
    result = {
      frame: label.frame,
      level: combine.level(result.level, label.level, rank),
      compartments: combine.restrict(result.compartments, label.compartments),
      controls: combine.restrict(result.controls, label.controls),
      owners: combine.restrict(result.owners, label.owners),
      markedBy: label.markedBy,
      fgi: combine.restrict(result.fgi, label.fgi),
      audience: combine.audience(result.audience, label.audience),
      displayOnly: combine.display(result.displayOnly, label.displayOnly),
    };
  }
  return result;
}

function subset(part: Codes, whole: Codes): boolean {
  const members = new Set(whole);
  return part.every((member) => members.has(member));
}

/** `null` is everyone. */
export function audienceSubset(part: Codes | null, whole: Codes | null): boolean {
  if (whole === null) return true;
  return part !== null && subset(part, whole);
}

function union(first: Codes, second: Codes): Codes {
  return [...new Set([...first, ...second])].sort();
}

function intersection(first: Codes, second: Codes): Codes {
  const members = new Set(second);
  return first.filter((member) => members.has(member));
}

function intersectAudience(first: Codes | null, second: Codes | null): Codes | null {
  if (first === null) return second;
  return second === null ? first : intersection(first, second);
}
