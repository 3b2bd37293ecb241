import type { MarkingErrorCode } from '../errors.ts';
import { LEVELS } from '../us/register.ts';
import type { UsMarking } from '../us/syntax.ts';
import type { IsmAttributes } from './attributes.ts';

/** `highWaterNATO` and the level it stands for, as ISM-ID-00525 compares them with the classification. */
const HIGH_WATER: ReadonlyMap<string, string> = new Map(
  LEVELS.map(({ id, portion }) => [`NATO-${portion}`, id]),
);

/**
 * The highest NATO level inside a marking that is not NATO's own. Required where NATO is one source or owner among
 * others (ISM-ID-00523, 00526), since its level is undetermined without it; refused where nothing is from NATO
 * (00522), where NATO is the only owner (00524), and above the classification (00525).
 */
export function natoHighWaterError(
  { head, fgi }: UsMarking,
  attributes: IsmAttributes,
): MarkingErrorCode | undefined {
  const [highest, ...more] = attributes.tokens('highWaterNATO');
  const named = fgi?.codes.includes('NATO') === true;
  const shared = head.kind === 'joint' && head.owners.includes('NATO');
  if (highest === undefined) return named || shared ? 'MISSING_ATTRIBUTE' : undefined;
  const concealed = fgi !== undefined && fgi.codes.length === 0;
  if (head.kind === 'nato' || !(named || shared || concealed)) return 'NATO_SOURCE_MISSING';
  const level = HIGH_WATER.get(highest);
  if (level === undefined || more.length > 0) return 'UNKNOWN_LEVEL';
  const rank = (name: string) => LEVELS.findIndex(({ id }) => id === name);
  // The register lists the highest level first.
  return rank(level) < rank(head.level) ? 'LEVEL_TOO_LOW' : undefined;
}
