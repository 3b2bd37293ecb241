/**
 * Ladders of levels, lowest first, by frame. Two frames are never compared by the names of their levels: an
 * equivalence is a fact of the registry with its agreement and dates, and none is built in.
 */
const LADDERS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  // EO 13526 §1.2; RESTRICTED only with a foreign owner, below CONFIDENTIAL as ISM orders it.
  ['US', ['UNCLASSIFIED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP SECRET']],
  // Government Security Classifications: OFFICIAL-SENSITIVE is a control at OFFICIAL, not a tier.
  ['UK', ['OFFICIAL', 'SECRET', 'TOP SECRET']],
]);

/** Levels of a frame, lowest first; `undefined` for a frame without a ladder. */
export function ladderOf(frame: string): readonly string[] | undefined {
  return LADDERS.get(frame);
}

/** Place of a level on its frame's ladder, 0 for the lowest; `undefined` for a level the frame does not have. */
export function levelRank(frame: string, level: string): number | undefined {
  const rank = LADDERS.get(frame)?.indexOf(level) ?? -1;
  return rank < 0 ? undefined : rank;
}
