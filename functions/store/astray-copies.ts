/** Which of HEAD's other copies are not what was acknowledged: nobody decides on one, and nobody has any business changing it. */
import type { NamedCommit } from './ancestry.ts';
import { readHead } from './head-read.ts';
import type { HeadAccess } from './move-head.ts';
import { StoreError } from './store-error.ts';

/** How HEAD's copies stand. */
export interface CopiesFound {
  /** How many there are, the first included, or may be. */
  readonly copies: number;
  /** Numbers of those that are older than what everybody was told of, not sound, or gone. */
  readonly astray: readonly number[];
}

/**
 * No copy is older than what anybody was told of (`move-copies.ts`): so one that is was put back, or left out by whoever did
 * not know of it. One that is newer is a publication on its way.
 *
 * @param acknowledged HEAD as it was found at the floor, before the copies are read
 * @param configured how many readers choose among: HEAD may have been made to say that it has fewer. One that it does not name
 *   need not be there yet.
 * @throws StoreError where the database does not answer
 */
export async function astrayCopies(
  { client, tables, publicKeys, context }: HeadAccess,
  acknowledged: NamedCommit,
  configured: number,
): Promise<CopiesFound> {
  const first = await readHead(client, tables.state, publicKeys, context);
  const named = first?.content.copies ?? 1;
  const copies = Math.max(named, configured);

  async function isAstray(copy: number): Promise<boolean> {
    try {
      const head = await readHead(client, tables.state, publicKeys, context, first, copy);
      if (head === undefined) return copy < named;
      return head.digest !== acknowledged.digest && !isAfter(head, acknowledged);
    } catch (error) {
      if (error instanceof StoreError && !/^STORE_/.test(error.code)) return true;
      throw error;
    }
  }

  const others = Array.from({ length: copies - 1 }, (_, index) => index + 1);
  const found = await Promise.all(others.map(isAstray));
  return { copies, astray: others.filter((_, index) => found[index]) };
}

function isAfter({ commit }: NamedCommit, { commit: before }: NamedCommit): boolean {
  return commit.epoch === before.epoch ? commit.version > before.version : commit.epoch > before.epoch;
}
