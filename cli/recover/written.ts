/**
 * Commits that stand in the objects, newer than what the registry goes on from, and are not on its way: whatever a floor says of
 * what was acknowledged, or somebody wrote into one, they are left to say what else may have been.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import { ancestorAt, loadCommit, type NamedCommit } from '../../functions/store/ancestry.ts';
import { isDigest } from '../../functions/store/digest-bytes.ts';
import { comparePlaces, type Place } from '../../functions/store/floor.ts';
import type { FloorRows } from '../../functions/store/floor-rows.ts';
import type { Item } from '../../functions/store/head.ts';
import { MAX_OBJECT_BYTES } from '../../functions/store/object-bytes.ts';
import { objectBytes, type ReadContext } from '../../functions/store/object-items.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { decodeObject, type ObjectSource } from '../../functions/store/stored-object.ts';
import { type ScannedPage, type ScanPlace, scanPage } from '../../functions/store/table-scan.ts';
import { progress } from '../registry/run.ts';
import { orMissing } from './either-table.ts';

/** Where HEAD is, and what its way goes through. */
interface Way {
  readonly head: Place;
  /** HEAD's version where nothing began since; otherwise that which came back. */
  readonly from: Place;
  /** True of HEAD and of whatever it comes from. */
  readonly has: (at: NamedCommit) => Promise<boolean>;
}

/** Down to the last version that people had confirmed before HEAD's epoch, where that began after a restore. */
export async function wayOf(head: NamedCommit, source: ObjectSource): Promise<Way> {
  const { epoch, version } = head.commit;
  // Epochs go up along the way, so that the last version of those before is found by halves.
  let [below, within] = [0, version];
  while (epoch > 1 && below + 1 < within) {
    const middle = Math.floor((below + within) / 2);
    if ((await ancestorAt(source, head, middle)).commit.epoch < epoch) below = middle;
    else within = middle;
  }
  let from = below === 0 ? head : await ancestorAt(source, head, below);
  while (from.commit.epoch < epoch && !from.commit.confirmed)
    from = await ancestorAt(source, from, from.commit.version - 1);
  return {
    head: head.commit,
    from: from.commit,
    has: async ({ digest, commit }) =>
      commit.version <= version && (await ancestorAt(source, head, commit.version)).digest === digest,
  };
}

/** By what it is told that something lost the race for its place. */
interface Acknowledgements {
  readonly floor: FloorRows;
  readonly source: ObjectSource;
  readonly context: ReadContext;
}

/**
 * Newest first, without what this floor itself says lost the race for its place. Nothing here says that any was acknowledged, or
 * that it was not.
 */
export async function writtenBeside(
  client: DynamoDBClient,
  tables: readonly string[],
  way: Way,
  by: Acknowledgements,
): Promise<readonly NamedCommit[]> {
  const found = new Map<Digest, NamedCommit>();
  for (const table of new Set(tables)) {
    progress(`check: looking through ${table} for versions that are not in HEAD`);
    for await (const item of itemsOf(client, table, by.context.signal)) {
      const at = commitIn(item);
      if (at !== null && isNewer(at.commit, way) && !(await way.has(at)) && !(await hasLost(at, by)))
        found.set(at.digest, at);
    }
  }
  return [...found.values()].sort((a, b) => comparePlaces(b.commit, a.commit));
}

async function hasLost(
  { digest, commit }: NamedCommit,
  { floor, source, context }: Acknowledgements,
): Promise<boolean> {
  const [row, own] = await Promise.all([floor.at(commit, context), floor.id.now(context)]);
  if (row === null || row.table !== own || row.digest === digest) return false;
  // What began another epoch there says nothing of what had that place before.
  const winner = await orMissing(() => loadCommit(source, row.digest));
  return winner !== null && comparePlaces(winner, row) === 0;
}

/** Below HEAD in its own epoch is what lost a race to its way. */
function isNewer(at: Place, { head, from }: Way): boolean {
  return comparePlaces(at, at.epoch === head.epoch ? head : from) >= 0;
}

async function* itemsOf(client: DynamoDBClient, table: string, signal: AbortSignal): AsyncGenerator<Item> {
  for (let after: ScanPlace | null = null; ; ) {
    const page: ScannedPage = await scanPage(client, table, after, signal).catch((error) => {
      // A table that is gone has nothing to say; a missing right is said.
      const isGone = error instanceof StoreError && /ResourceNotFound/.test(String(error.cause));
      if (!isGone) throw error;
      return { items: [], next: null };
    });
    yield* page.items;
    if (page.next === null) return;
    after = page.next;
  }
}

function commitIn(item: Item): NamedCommit | null {
  const digest = item['digest']?.S;
  const limit = MAX_OBJECT_BYTES.commit;
  if (!isDigest(digest) || !(Number(item['n']?.N) <= limit)) return null;
  try {
    const object = decodeObject(objectBytes(digest, item, limit), ['commit']);
    return object.type === 'commit' ? { digest, commit: object.commit } : null;
  } catch (error) {
    if (error instanceof StoreError) return null;
    throw error;
  }
}
