/**
 * Commits that stand in the objects, newer than what the registry goes on from, and are not on its way: whatever a floor says of
 * what was acknowledged, or somebody wrote into one, they are left to say what else may have been.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import { loadCommit, type NamedCommit } from '../../functions/store/ancestry.ts';
import type { Commit } from '../../functions/store/commit.ts';
import { isSigned, SIGNATURE_BYTES } from '../../functions/store/commit-signature.ts';
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
import type { HeadsWay } from './heads-way.ts';

/** By what it is told that something lost the race for its place. */
interface Acknowledgements {
  readonly floor: FloorRows;
  readonly source: ObjectSource;
  readonly context: ReadContext;
}

/** What stands beside HEAD's way; of each the newest first. */
export interface Beside {
  /** Nothing here says that any was acknowledged, or that it was not; what another was built on was HEAD once. */
  readonly written: readonly NamedCommit[];
  /** Another one of HEAD's way has their place after the same parent, and nothing was built on them. */
  readonly raced: readonly NamedCommit[];
  /** Signed by keys that nobody names: whether this registry published them nobody can tell. */
  readonly unnamed: readonly NamedCommit[];
  /** With a signature, and not to be read in any table: nobody can tell what they were. */
  readonly damaged: readonly Digest[];
}

export async function besideWay(
  { client, publicKeys }: Pick<Tables, 'client' | 'publicKeys'>,
  tables: readonly string[],
  way: HeadsWay,
  by: Acknowledgements,
): Promise<Beside> {
  const [signed, unnamed] = [new Map<Digest, NamedCommit>(), new Map<Digest, NamedCommit>()];
  const isRead = new Map<Digest, boolean>();
  for (const table of new Set(tables)) {
    progress(`check: looking through ${table} for versions that are not in HEAD`);
    for await (const item of itemsOf(client, table, by.context.signal)) {
      const digest = signedDigest(item);
      if (digest === null) continue;
      const commit = commitIn(digest, item);
      isRead.set(digest, commit !== null || isRead.get(digest) === true);
      const at = commit && { digest, commit };
      if (at === null || onWay(at.commit.version, way) === digest) continue;
      const isNamed = isSigned(digest, new Uint8Array(item['signature']?.B ?? []), publicKeys);
      (isNamed ? signed : unnamed).set(digest, at);
    }
  }
  // What is beside the way has all that was built on it beside the way as well.
  const builtOn = new Set([...signed.values()].map(({ commit }) => commit.ancestors[0]));
  const [written, raced]: [NamedCommit[], NamedCommit[]] = [[], []];
  for (const at of signed.values()) {
    if (await hasLost(at, builtOn, way, by)) raced.push(at);
    else written.push(at);
  }
  // One that is signed in one table is known, whatever stands in another.
  for (const digest of signed.keys()) unnamed.delete(digest);
  return {
    written: newestFirst(written),
    raced: newestFirst(raced),
    unnamed: newestFirst([...unnamed.values()]),
    damaged: [...isRead].flatMap(([digest, is]) => (is ? [] : [digest])),
  };
}

function newestFirst(commits: readonly NamedCommit[]): readonly NamedCommit[] {
  return commits.toSorted((a, b) => comparePlaces(b.commit, a.commit));
}

/** What HEAD's way has under a number; undefined above HEAD. */
function onWay(version: number, { head, past }: HeadsWay): Digest | undefined {
  return version > head.commit.version ? undefined : past.digestAt(version);
}

/**
 * Its place, after the same version, was taken by what is on HEAD's way, and nothing was ever built on it: nobody builds on what was
 * not HEAD. Above what the registry goes on from, or would, the floor has to say so besides: numbers are given again whenever something
 * came back.
 */
async function hasLost(
  at: NamedCommit,
  builtOn: ReadonlySet<Digest | undefined>,
  way: HeadsWay,
  by: Acknowledgements,
): Promise<boolean> {
  const digest = onWay(at.commit.version, way);
  if (digest === undefined || builtOn.has(at.digest)) return false;
  const there = { digest, commit: await loadCommit(by.source, digest) };
  const { lineage, ancestors, confirmed } = at.commit;
  // What begins an epoch begins a lineage of its own, and changes nothing: two who signed last begin two.
  const isSameKind = there.commit.lineage === lineage || !(confirmed || there.commit.confirmed);
  if (!isSameKind || there.commit.ancestors[0] !== ancestors[0]) return false;
  const last = [way.head, ...way.begun.map(({ from }) => from)].find(
    (each) => each.commit.lineage === lineage,
  );
  if (last !== undefined && comparePlaces(at.commit, last.commit) < 0) return true;
  const { floor, context } = by;
  const [row, own] = await Promise.all([floor.at(at.commit, context), floor.id.now(context)]);
  return row?.table === own && row.digest === there.digest;
}

async function* itemsOf(client: DynamoDBClient, table: string, signal: AbortSignal): AsyncGenerator<Item> {
  for (let after: ScanPlace | null = null; ; ) {
    // Also of a table that goes meanwhile: what it had left to say nobody knows.
    const page: ScannedPage = await scanPage(client, table, after, signal);
    yield* page.items;
    if (page.next === null) return;
    after = page.next;
  }
}

/** Of what has a commit's signature, whoever's: it stands beside it since before it was HEAD. */
function signedDigest({ digest, signature }: Item): Digest | null {
  return isDigest(digest?.S) && signature?.B?.length === SIGNATURE_BYTES ? digest.S : null;
}

function commitIn(digest: Digest, item: Item): Commit | null {
  try {
    const object = decodeObject(objectBytes(digest, item, MAX_OBJECT_BYTES.commit), ['commit']);
    return object.type === 'commit' ? object.commit : null;
  } catch (error) {
    if (error instanceof StoreError) return null;
    throw error;
  }
}
