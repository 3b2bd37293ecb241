/**
 * How high markings stand: by their distance from the top of their own ladder, because levels of two frames are never
 * compared by name. What cannot be placed counts as the highest: it is shown first.
 */
import { ladderOf, levelRank } from '../marking/ladders.ts';

/** A level, as the id of a marking profile begins with it. */
export interface Height {
  readonly frame: string;
  /** `US TOP SECRET` */
  readonly name: string;
  /** Levels above it on its ladder; -1 where nobody can tell. */
  readonly below: number;
}

/** The level of a marking profile, by its id. */
export function heightOf(marking: string): Height {
  const [name = ''] = marking.split('//');
  for (let space = name.indexOf(' '); space > 0; space = name.indexOf(' ', space + 1)) {
    const [frame, level] = [name.slice(0, space), name.slice(space + 1)];
    const rank = levelRank(frame, level);
    if (rank !== undefined) return { frame, name, below: (ladderOf(frame)?.length ?? 0) - 1 - rank };
  }
  return { frame: name, name, below: -1 };
}

/** Highest first. */
export function byHeight(one: Height, other: Height): number {
  return one.below - other.below || (one.name < other.name ? -1 : one.name === other.name ? 0 : 1);
}

/** The highest of each frame, the highest of all first. */
export function highestOf(heights: Iterable<Height>): readonly Height[] {
  const highest = new Map<string, Height>();
  for (const height of heights) {
    const known = highest.get(height.frame);
    if (known === undefined || height.below < known.below) highest.set(height.frame, height);
  }
  return [...highest.values()].sort(byHeight);
}
