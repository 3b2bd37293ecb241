/** The label of what is put together: the high-water mark of its parts. */
import type { Label } from './label.ts';
import { levelRank } from './ladders.ts';

type Codes = readonly string[];

/**
 * High-water mark of several portions: highest level, union of what restricts, intersection of what permits.
 * `undefined` for no labels and for labels that have no common frame and marking nation.
 */
export function join(labels: readonly Label[]): Label | undefined {
  const [first] = labels;
  if (first === undefined) return undefined;
  const { frame, markedBy } = first;
  if (labels.some((label) => label.frame !== frame || label.markedBy !== markedBy)) return undefined;
  const ranked = labels.map(({ level }) => ({ level, rank: levelRank(frame, level) }));
  let highest = { level: first.level, rank: -1 };
  for (const { level, rank } of ranked) {
    if (rank === undefined) return undefined;
    if (rank > highest.rank) highest = { level, rank };
  }
  return {
    frame,
    level: highest.level,
    compartments: union(labels.map((label) => label.compartments)),
    controls: union(labels.map((label) => label.controls)),
    owners: union(labels.map((label) => label.owners)),
    markedBy,
    fgi: union(labels.map((label) => label.fgi)),
    audience: intersectAudiences(labels.map((label) => label.audience)),
    displayOnly: intersection(labels.map((label) => label.displayOnly)),
  };
}

/** `null` is everyone. */
export function audienceSubset(part: Codes | null, whole: Codes | null): boolean {
  if (whole === null) return true;
  if (part === whole) return true;
  if (part === null) return false;
  const members = new Set(whole);
  return part.every((member) => members.has(member));
}

function union(lists: readonly Codes[]): Codes {
  return [...new Set([...new Set(lists)].flat())].sort();
}

/** A list that stands there several times, as that of a banner does in its portions, is looked through once. */
function intersection(lists: readonly Codes[]): Codes {
  const [first = [], ...rest] = new Set(lists);
  return rest.reduce((left, list) => {
    const members = new Set(list);
    return left.filter((member) => members.has(member));
  }, first);
}

function intersectAudiences(audiences: readonly (Codes | null)[]): Codes | null {
  const lists = audiences.filter((audience) => audience !== null);
  return lists.length === 0 ? null : intersection(lists);
}
