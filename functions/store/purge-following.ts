/**
 * What was purged in the first Region after its standby had copied it. No version says so: a tombstone stands in an object's place,
 * and in it whose word it was. So what earlier versions hold is looked at, a few of them a run, over and over; and what went there
 * goes here, where the same people said so and nothing in force here holds it.
 */
import type { Digest } from '../core/facts/canonical.ts';
import { ancestorAt, loadRoot, type NamedCommit } from './ancestry.ts';
import type { Item } from './head.ts';
import { authoritiesAfter } from './keyring.ts';
import type { ObjectCopies, StoreAt } from './object-copies.ts';
import { fetchItems, isTombstone, type ReadContext } from './object-items.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import { purgeObject } from './purge.ts';
import { decodeWord, isConsented, isSaidBy } from './purge-word.ts';
import { voicesOfVersion } from './version-voices.ts';
import { walkDifference } from './version-walk.ts';
import { factObject, isHeldBy } from './where-object.ts';
import { wordOf } from './word.ts';

export interface FollowedPurges {
  /** Objects that went here, as they had there. */
  readonly purged: number;
  /** Tombstones there that bear nobody's word, or are of what is in force: those stay here. */
  readonly unproven: number;
}

export interface FollowingOptions {
  readonly from: StoreAt;
  readonly to: StoreAt;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

export interface FollowingGround {
  /** The first Region's HEAD, which is HEAD here, too. */
  readonly head: OpenSnapshot;
  readonly copies: Pick<ObjectCopies, 'here'>;
  readonly context: ReadContext;
}

/** Versions that one run looks at: some dozens of objects each, read there and here. */
const A_RUN = 25;
/** From the end of one look through all versions to the beginning of the next. Milliseconds. */
const REST_MS = 60 * 60 * 1000;

/** A run that is stopped has looked at as many versions as it has; the next one goes on. */
export function createPurgeFollowing({ from, to, clock }: FollowingOptions) {
  /** The version looked at last, from HEAD down; undefined between two looks. */
  let last: number | undefined;
  let restedAt = Number.NEGATIVE_INFINITY;

  return async (ground: FollowingGround): Promise<FollowedPurges> => {
    const { head, context } = ground;
    let [purged, unproven] = [0, 0];
    if (last === undefined && clock() < restedAt) return { purged, unproven };
    let version = Math.min(last ?? head.version + 1, head.version + 1) - 1;
    for (let looked = 0; version >= 1 && looked < A_RUN; looked += 1, version -= 1) {
      try {
        for (const went of await tombstonesOf(from, ground, version))
          if (await follow(to, ground, went)) purged += 1;
          else unproven += 1;
      } catch (error) {
        if (!context.signal.aborted) throw error;
        return { purged, unproven };
      }
      last = version;
    }
    if (version < 1) {
      last = undefined;
      restedAt = clock() + REST_MS;
    }
    return { purged, unproven };
  };
}

/** An object that is here and went there. */
interface Went {
  readonly digest: Digest;
  readonly isNote: boolean;
  readonly tombstone: Item;
  readonly at: NamedCommit;
}

/** Of what a version holds and the next one does not: every object that is in no newer one is that of some version. */
async function tombstonesOf(
  from: StoreAt,
  { head, copies, context }: FollowingGround,
  version: number,
): Promise<readonly Went[]> {
  const source = { load: copies.here };
  const at = await ancestorAt(source, head, version);
  const { note, root: rootDigest } = at.commit;
  const root = await loadRoot(source, rootDigest);
  const here: Digest[] = [...(await copies.here([note], ['note'])).keys()];
  if (version < head.version) {
    const newer = await loadRoot(source, (await ancestorAt(source, head, version + 1)).commit.root);
    if (root.law !== newer.law) here.push(...(await copies.here([root.law], ['law'])).keys());
    await walkDifference(newer, root, {
      before: (digests) => copies.here(digests, ['leaf', 'node']),
      after: async (digests) => {
        const found = await copies.here(digests, ['leaf', 'node']);
        for (const [digest, { type }] of found) if (type === 'leaf') here.push(digest);
        return found;
      },
    });
  }
  const there = await fetchItems(from.client, from.tables.objects, here, context);
  return [...there].flatMap(([digest, tombstone]) =>
    isTombstone(tombstone) ? [{ digest, isNote: digest === note, tombstone, at }] : [],
  );
}

/** False where nobody's word is good for it, or decisions would rest on a hole. */
async function follow(to: StoreAt, ground: FollowingGround, went: Went): Promise<boolean> {
  const word = decodeWord(went.tombstone);
  if (word === undefined || !(await isMeant(ground, went, word)) || (await isInForce(ground, went)))
    return false;
  const { client, tables } = to;
  const outcome = await purgeObject({ client, tables, signal: ground.context.signal }, went.digest, word);
  return outcome === 'purged' || outcome === 'already-purged';
}

/** As an audit asks of a document of facts, and as the first Region's registry asked of a reason. */
async function isMeant(
  { head }: FollowingGround,
  { digest, isNote, at }: Went,
  word: NonNullable<ReturnType<typeof decodeWord>>,
): Promise<boolean> {
  const { keyring } = await wordOf(head, head.objects);
  const by = { keyring, homes: new Set([head.commit.home, at.commit.home]) };
  if (isNote)
    return (
      word.asked.notes.includes(at.commit.version) && isSaidBy(word, await voicesOfVersion(head, at), by)
    );
  const then = await wordOf(at, head.objects);
  const speaking = authoritiesAfter(then.keyring.links);
  return isConsented(word, digest, { ...by, speaking, recordedAt: Date.parse(at.commit.recordedAt) });
}

/** Whether HEAD, or what people last signed of it, holds it. Nothing that decides reads a note. */
async function isInForce({ head, copies }: FollowingGround, { digest, isNote }: Went): Promise<boolean> {
  if (isNote) return false;
  const source = { load: copies.here };
  const object = await factObject(source, digest);
  const approved = await head.approved();
  const roots = approved === undefined ? [head.root] : [head.root, approved.root];
  for (const root of roots) if (await isHeldBy(source, root, object)) return true;
  return false;
}
