/** Search over a finite list: each candidate is asked about singly, in the order of the list. */
import type { FoundPage, PageWindow } from '../authzen/pdp.ts';

export interface ListedWindow extends PageWindow {
  /** True when it is time to stop and say where to go on. */
  readonly outOfTime: () => boolean;
}

/** The position a cursor names; anything that is none begins at the start. */
function positionOf(cursor: string | undefined): number {
  return cursor !== undefined && /^\d{1,6}$/.test(cursor) ? Number(cursor) : 0;
}

/** Candidates that may, page by page. The cursor is a position: the list does not change while a build serves it. */
export async function permittedOf<T>(
  candidates: readonly T[],
  { cursor, limit, outOfTime }: ListedWindow,
  may: (candidate: T) => Promise<boolean>,
): Promise<FoundPage<T>> {
  const results: T[] = [];
  const start = positionOf(cursor);
  for (const [offset, candidate] of candidates.slice(start).entries()) {
    // At least one is asked about for each page, so that a search always comes to its end.
    const enough = results.length >= limit || (offset > 0 && outOfTime());
    if (enough) return { results, next: String(start + offset) };
    if (await may(candidate)) results.push(candidate);
  }
  return { results };
}
