/**
 * Commits that stand in the objects, newer than what the registry goes on from, and are not on its way: whatever a floor says of
 * what was acknowledged, or somebody wrote into one, they are left to say what else may have been.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import { ancestorAt, firstOfEpoch, type NamedCommit } from '../../functions/store/ancestry.ts';
import { type CommitKeys, isSigned } from '../../functions/store/commit-signature.ts';
import { isDigest } from '../../functions/store/digest-bytes.ts';
import { comparePlaces } from '../../functions/store/floor.ts';
import type { FloorRows } from '../../functions/store/floor-rows.ts';
import type { Item } from '../../functions/store/head.ts';
import { MAX_OBJECT_BYTES } from '../../functions/store/object-bytes.ts';
import { objectBytes, type ReadContext } from '../../functions/store/object-items.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { decodeObject, type ObjectSource } from '../../functions/store/stored-object.ts';
import { type ScannedPage, type ScanPlace, scanPage } from '../../functions/store/table-scan.ts';
import { progress } from '../registry/run.ts';
import type { Tables } from '../registry/tables.ts';

/** What HEAD comes from, as far down as to the last version that people had confirmed before its epoch. */
export interface HeadsWay {
  readonly head: NamedCommit;
  /** HEAD itself where its epoch is the first. */
  readonly from: NamedCommit;
}

export async function wayOf(head: NamedCommit, source: ObjectSource): Promise<HeadsWay> {
  const { epoch } = head.commit;
  const first = epoch > 1 ? await firstOfEpoch(head, source) : undefined;
  if (first === undefined || first.commit.version === 1) return { head, from: head };
  let from = first;
  do from = await ancestorAt(source, from, from.commit.version - 1);
  while (!from.commit.confirmed);
  return { head, from };
}

/** By what it is told that something lost the race for its place. */
interface Acknowledgements {
  readonly floor: FloorRows;
  readonly source: ObjectSource;
  readonly context: ReadContext;
}

/** Newest first. Nothing here says that any was acknowledged, or that it was not. */
export async function writtenBeside(
  { client, publicKeys }: Pick<Tables, 'client' | 'publicKeys'>,
  tables: readonly string[],
  way: HeadsWay,
  by: Acknowledgements,
): Promise<readonly NamedCommit[]> {
  const found = new Map<Digest, NamedCommit>();
  for (const table of new Set(tables)) {
    progress(`check: looking through ${table} for versions that are not in HEAD`);
    for await (const item of itemsOf(client, table, by.context.signal)) {
      const at = commitIn(item, publicKeys);
      if (at !== null && isNewer(at, way) && !(await isKnown(at, way, by))) found.set(at.digest, at);
    }
  }
  return [...found.values()].sort((a, b) => comparePlaces(b.commit, a.commit));
}

/**
 * Numbers of epochs are given again where a floor was lost, those of versions whenever something came back: what neither HEAD nor
 * what came back is in one line with is newer whatever its number.
 */
function isNewer({ commit }: NamedCommit, { head, from }: HeadsWay): boolean {
  const beside = [head, from].find((each) => each.commit.lineage === commit.lineage);
  if (beside === undefined) return commit.epoch >= from.commit.epoch;
  return comparePlaces(commit, beside.commit) >= 0;
}

/** It is on the way to HEAD; or this floor says that its place, in one line with it, was taken by what is. */
async function isKnown(
  { digest, commit }: NamedCommit,
  { head }: HeadsWay,
  { floor, source, context }: Acknowledgements,
): Promise<boolean> {
  if (commit.version > head.commit.version) return false;
  const there = await ancestorAt(source, head, commit.version);
  if (there.digest === digest) return true;
  const [row, own] = await Promise.all([floor.at(commit, context), floor.id.now(context)]);
  return row?.table === own && row.digest === there.digest && there.commit.lineage === commit.lineage;
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

/** A commit that was signed: its signature stands beside it since before it was HEAD. */
function commitIn(item: Item, publicKeys: CommitKeys): NamedCommit | null {
  const digest = item['digest']?.S;
  const limit = MAX_OBJECT_BYTES.commit;
  if (!isDigest(digest) || !(Number(item['n']?.N) <= limit)) return null;
  if (!isSigned(digest, new Uint8Array(item['signature']?.B ?? []), publicKeys)) return null;
  try {
    const object = decodeObject(objectBytes(digest, item, limit), ['commit']);
    return object.type === 'commit' ? { digest, commit: object.commit } : null;
  } catch (error) {
    if (error instanceof StoreError) return null;
    throw error;
  }
}
