/** Commits that stand in the objects and are newer than HEAD: where no floor says what was acknowledged, they are what is left to say it. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import type { NamedCommit } from '../../functions/store/ancestry.ts';
import { isDigest } from '../../functions/store/digest-bytes.ts';
import { comparePlaces } from '../../functions/store/floor.ts';
import type { Item } from '../../functions/store/head.ts';
import { MAX_OBJECT_BYTES } from '../../functions/store/object-bytes.ts';
import { objectBytes } from '../../functions/store/object-items.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { decodeObject } from '../../functions/store/stored-object.ts';
import { type ScannedPage, type ScanPlace, scanPage } from '../../functions/store/table-scan.ts';
import { progress } from '../registry/run.ts';

/** Newest first. Whoever lost a race left one too: nothing says that any was acknowledged, or that it was not. */
export async function writtenSince(
  client: DynamoDBClient,
  tables: readonly string[],
  head: NamedCommit,
  signal: AbortSignal,
): Promise<readonly NamedCommit[]> {
  const found = new Map<Digest, NamedCommit>();
  for (const table of new Set(tables)) {
    progress(`check: looking through ${table} for versions that the floor does not know`);
    for await (const item of itemsOf(client, table, signal)) {
      const at = commitIn(item);
      if (at !== null && at.digest !== head.digest && comparePlaces(at.commit, head.commit) >= 0)
        found.set(at.digest, at);
    }
  }
  return [...found.values()].sort((a, b) => comparePlaces(b.commit, a.commit));
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
