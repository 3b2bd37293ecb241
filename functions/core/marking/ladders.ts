import { ESS_FRAME, ESS_LADDER } from './gateway/ess-ladder.ts';
import { NATO_LADDER } from './nato/ladder.ts';
import { SCHEMES } from './schemes/index.ts';
import { SAMPLE_FRAME, SAMPLE_LADDER } from './stanag/sample.ts';

/**
 * Ladders of levels, lowest first, by frame. Two frames are never compared by the names of their levels: an
 * equivalence is a fact of the registry with its agreement and dates, and none is built in.
 */
const LADDERS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  // EO 13526 §1.2; RESTRICTED only with a foreign owner, below CONFIDENTIAL as ISM orders it.
  ['US', ['UNCLASSIFIED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP SECRET']],
  // Government Security Classifications: OFFICIAL-SENSITIVE is a control at OFFICIAL, not a tier.
  ['UK', ['OFFICIAL', 'SECRET', 'TOP SECRET']],
  ['NATO', NATO_LADDER.map((level) => (level === 'TOP SECRET' ? 'COSMIC TOP SECRET' : `NATO ${level}`))],
  // Nations whose labels arrive in structured form only. India: Manual of Departmental Security Instructions;
  // Sweden: Protective Security Act (2018:585) ch. 2 s. 5. Neither text was read here.
  ['IND', ['RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP SECRET']],
  ['SWE', ['BEGRÄNSAT HEMLIG', 'KONFIDENTIELL', 'HEMLIG', 'KVALIFICERAT HEMLIG']],
  ...Object.values(SCHEMES).flatMap((scheme) =>
    scheme.ladders.map(({ frame, levels }) => [frame, levels.map((level) => level.name)] as const),
  ),
]);

/** Frames a label brings along, named by a policy: comparable among themselves, accredited by nobody. */
const POLICY_LADDERS = [
  [ESS_FRAME, ESS_LADDER],
  [SAMPLE_FRAME, SAMPLE_LADDER],
] as const;

/** Levels of a frame, lowest first; `undefined` for a frame without a ladder. */
export function ladderOf(frame: string): readonly string[] | undefined {
  return LADDERS.get(frame) ?? POLICY_LADDERS.find(([prefix]) => frame.startsWith(prefix))?.[1];
}

/** Place of a level on its frame's ladder, 0 for the lowest; `undefined` for a level the frame does not have. */
export function levelRank(frame: string, level: string): number | undefined {
  const rank = ladderOf(frame)?.indexOf(level) ?? -1;
  return rank < 0 ? undefined : rank;
}

/** Frames with a ladder of their own, in alphabetical order. */
export function frames(): readonly string[] {
  return [...LADDERS.keys()].sort();
}
