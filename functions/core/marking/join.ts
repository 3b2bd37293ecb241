/** The label of what is put together: the high-water mark of its parts. */
import type { Label } from './label.ts';
import { levelRank } from './ladders.ts';

type Codes = readonly string[];

/**
 * High-water mark of several portions: highest level, union of what restricts, intersection of what permits.
 * `undefined` for no labels and for labels that have no common frame and marking nation.
 */
export function join([first, ...rest]: readonly Label[]): Label | undefined {
  if (first === undefined || levelRank(first.frame, first.level) === undefined) return undefined;
  let result = first;
  for (const label of rest) {
    const above = joinTwo(result, label);
    if (above === undefined) return undefined;
    result = above;
  }
  return result;
}

function joinTwo(a: Label, b: Label): Label | undefined {
  if (a.frame !== b.frame || a.markedBy !== b.markedBy) return undefined;
  const [rankOfA, rankOfB] = [levelRank(a.frame, a.level), levelRank(b.frame, b.level)];
  if (rankOfA === undefined || rankOfB === undefined) return undefined;
  return {
    frame: a.frame,
    level: rankOfA >= rankOfB ? a.level : b.level,
    compartments: union(a.compartments, b.compartments),
    controls: union(a.controls, b.controls),
    owners: union(a.owners, b.owners),
    markedBy: a.markedBy,
    fgi: union(a.fgi, b.fgi),
    audience: intersectAudience(a.audience, b.audience),
    displayOnly: intersection(a.displayOnly, b.displayOnly),
  };
}

/** `null` is everyone. */
export function audienceSubset(part: Codes | null, whole: Codes | null): boolean {
  if (whole === null) return true;
  if (part === null) return false;
  const members = new Set(whole);
  return part.every((member) => members.has(member));
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
