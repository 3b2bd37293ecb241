/**
 * The versions that a HEAD comes from, for what cannot be undone: told step by step, because the longer links of a commit
 * may be anybody's word, and each held against what the floor says was acknowledged in its place.
 */
import { loadCommit, loadRoot, type NamedCommit } from './ancestry.ts';
import type { Commit } from './commit.ts';
import type { FloorRow, Place } from './floor.ts';
import { ancestry } from './history.ts';
import { type OpenSnapshot, openSnapshot } from './open-snapshot.ts';
import { StoreError } from './store-error.ts';

/** What the floor says of one place, or null where nothing was acknowledged there. */
export type RowAt = (place: Place) => Promise<Pick<FloorRow, 'digest'> | null>;

/** Rows asked for at once. */
const AT_ONCE = 16;

/**
 * Newest first, HEAD's own version among them.
 *
 * @param head judged
 * @param since versions before this one are not held against the floor: what comes from an acknowledged one is its word
 * @throws StoreError HEAD_BELOW_FLOOR where another version was acknowledged in a place, or what loading throws
 */
export async function acknowledgedPast(
  head: OpenSnapshot,
  since: number,
  rowAt: RowAt,
): Promise<readonly NamedCommit[]> {
  const past: NamedCommit[] = [];
  for await (const at of ancestry(head)) {
    if (at.commit.version !== head.version - past.length)
      throw new StoreError('OBJECT_MALFORMED', { digest: at.digest });
    past.push(at);
  }
  const asked = past.filter(({ commit }) => commit.version >= since);
  for (let start = 0; start < asked.length; start += AT_ONCE)
    await Promise.all(
      asked.slice(start, start + AT_ONCE).map((at, k) => demandHere(at, asked[start + k - 1]?.commit, rowAt)),
    );
  return past;
}

/** Of the epoch it has, and of the one after it has: an epoch begins once, and not below what was acknowledged in it. */
async function demandHere(
  { digest, commit }: NamedCommit,
  after: Commit | undefined,
  rowAt: RowAt,
): Promise<void> {
  const { version } = commit;
  for (const epoch of new Set([commit.epoch, after?.epoch ?? commit.epoch])) {
    const row = await rowAt({ epoch, version });
    if (row !== null && row.digest !== digest) throw new StoreError('HEAD_BELOW_FLOOR', { version });
  }
}

/** A version that HEAD comes from, open for reading as HEAD is. */
export async function openedBelow(
  { objects, held, acknowledged, readStartedAt }: OpenSnapshot,
  { digest, commit }: NamedCommit,
): Promise<OpenSnapshot> {
  const root = await loadRoot(objects, commit.root);
  const meter = { readUnits: 0, batches: 0 };
  return openSnapshot({ digest, commit, root, held, acknowledged, readStartedAt, meter, objects });
}

/** The version before one; undefined for the first. */
export async function parentOf(
  { objects }: Pick<OpenSnapshot, 'objects'>,
  { commit }: Pick<NamedCommit, 'commit'>,
): Promise<NamedCommit | undefined> {
  const [digest] = commit.ancestors;
  return digest === undefined ? undefined : { digest, commit: await loadCommit(objects, digest) };
}
