/**
 * What was purged in the first Region after its standby had copied it. No version says so: a tombstone stands in an object's place,
 * and in it whose word it was. So what earlier versions hold is looked at, a few of them a run and which of them by the clock, over
 * and over, whatever process runs; and what went there goes here, where the same people said so and nothing in force here holds it.
 */
import { CLOCK_TOLERANCE_MS } from '../core/administration/statement.ts';
import type { Digest } from '../core/facts/canonical.ts';
import { loadCommit, loadRoot, type NamedCommit } from './ancestry.ts';
import type { Item } from './head.ts';
import { homesSince } from './homes.ts';
import { createObjectCache } from './object-cache.ts';
import type { ObjectCopies, StoreAt } from './object-copies.ts';
import { fetchItems, isTombstone, type ReadContext } from './object-items.ts';
import { createObjectLoader } from './object-loader.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import type { ProvenPast } from './proven-past.ts';
import { purgeObject } from './purge.ts';
import { isTombstoneMeant } from './purge-consent.ts';
import { decodeWord, isSaidBy, type PurgeWord } from './purge-word.ts';
import { StoreError, type StoreErrorCode } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';
import { voicesOfVersion } from './version-voices.ts';
import { walkDifference } from './version-walk.ts';
import { factObject, isHeldBy } from './where-object.ts';
import { wordOf } from './word.ts';

export interface FollowedPurges {
  /** Objects that went here, as they had there. */
  readonly purged: number;
  /** Tombstones there that bear nobody's word, are of what is in force, cannot be judged, or wait for reasons to be read: those stay here. */
  readonly unproven: number;
  /**
   * What kept it from looking at more: a right, a database, a fault; the time only where it had none for anything. Or what keeps a
   * version from being followed that an earlier run met, and no later one has come through.
   */
  readonly stopped?: unknown;
}

export interface FollowingOptions {
  readonly from: StoreAt;
  readonly to: StoreAt;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Versions whose reasons are asked for at once. @default 100 */
  readonly reasons?: number;
}

export interface FollowingGround {
  /** The first Region's HEAD, which is HEAD here, too. */
  readonly head: OpenSnapshot;
  readonly past: Pick<ProvenPast, 'digestAt' | 'newestAt'>;
  readonly copies: Pick<ObjectCopies, 'here'>;
  readonly context: ReadContext;
}

/** Versions that one run looks at: some dozens of objects each, read there and here. */
const A_RUN = 25;
/** Reasons asked for at once. */
const REASONS = 100;
const MINUTE_MS = 60 * 1000;
/** For the objects of one run: what was purged is not kept for the next. Bytes. */
const CACHE_BYTES = 16 * 1024 * 1024;

/** For one process, which goes on where its last run ended. */
export function createPurgeFollowing({ from, to, clock, reasons = REASONS }: FollowingOptions) {
  // INVARIANT: each of these facts was seen to have gone there before the reasons of versions below `next` were looked at.
  let waiting: readonly Went[] = [];
  let next = 1;
  let begunUnder: Pick<OpenSnapshot, 'version' | 'digest'> | null = null;
  /** What stopped the last look at a version, until one of it is not stopped: its own turn comes rarely. */
  const stops = new Map<number, unknown>();

  return async ({ head: there, past, copies, context }: FollowingGround): Promise<FollowedPurges> => {
    // By what is here, which is all of it: a hole there keeps nobody from judging.
    const loader = createObjectLoader(to.client, to.tables.objects, createObjectCache(CACHE_BYTES));
    const ground = { head: { ...there, objects: loader.within(context) }, past, copies, context };
    let [purged, unproven, hasLooked] = [0, 0, false];
    const tombstonesAt = async (version: number) =>
      (await unlessUnreadable(() => tombstonesOf(from, ground, version))) ?? [undefined];
    const follows = async (went: Went) => {
      if (await unlessUnreadable(() => follow(to, ground, went))) purged += 1;
      else unproven += 1;
    };
    /** Before any fact goes, every reason: whose it is, facts say that may be the ones to go. */
    const followFacts = async () => {
      for (; next <= there.version; next += reasons) {
        purged += await followReasons(from, to, ground, [next, Math.min(reasons, there.version - next + 1)]);
        hasLooked = true;
      }
      for (let [went] = waiting; went !== undefined; [went] = waiting) {
        await follows(went);
        waiting = waiting.slice(1);
      }
    };
    const lookAt = async (version: number) => {
      try {
        for (const went of await tombstonesAt(version)) {
          if (went === undefined) unproven += 1;
          else if (went.isNote) await follows(went);
          else waiting = [...waiting, went];
        }
        stops.delete(version);
        hasLooked = true;
      } catch (error) {
        // Behind the others that were stopped, so that one keeps nobody from them.
        if (!context.signal.aborted) {
          stops.delete(version);
          stops.set(version, error);
        }
        throw error;
      }
    };
    // Of another history than that which they were seen in, they are met again.
    if (begunUnder !== null && !isOnWay(begunUnder, there, past)) waiting = [];
    try {
      if (waiting.length > 0) await followFacts();
      [next, begunUnder] = [1, there];
      for (const version of stops.keys()) if (version > there.version) stops.delete(version);
      const again = [...stops.keys()].slice(0, A_RUN);
      for (const version of new Set([...versionsAt(clock(), there.version), ...again])) await lookAt(version);
      if (waiting.length > 0) await followFacts();
    } catch (error) {
      // Out of time: the same versions are begun elsewhere among them the next time. What waits stays here, and is told.
      const told = { purged, unproven: unproven + waiting.length };
      if (!context.signal.aborted) return { ...told, stopped: error };
      // A run that had no time for anything has not looked: nobody may take it for one that found nothing.
      if (!hasLooked) return { ...told, stopped: new StoreError('STORE_UNAVAILABLE', { cause: error }) };
      return { ...told, ...lastStop(stops) };
    }
    return { purged, unproven, ...lastStop(stops) };
  };
}

function lastStop(stops: ReadonlyMap<number, unknown>): Pick<FollowedPurges, 'stopped'> {
  const [stopped] = stops.values();
  return stopped === undefined ? {} : { stopped };
}

function isOnWay(
  { version, digest }: Pick<OpenSnapshot, 'version' | 'digest'>,
  head: OpenSnapshot,
  past: FollowingGround['past'],
): boolean {
  return version <= head.version && past.digestAt(version) === digest;
}

/**
 * The reasons of so many versions that are gone there. One that is nobody's word stays for its own minute.
 *
 * @returns how many went
 */
async function followReasons(
  from: StoreAt,
  to: StoreAt,
  ground: FollowingGround,
  [first, length]: readonly [first: number, length: number],
): Promise<number> {
  const { head, past, copies, context } = ground;
  let purged = 0;
  const each = Array.from({ length }, (_, index) =>
    unlessUnreadable(() => versionOf(head.objects, past, first + index)),
  );
  const versions = (await Promise.all(each)).filter((at) => at !== undefined);
  const notes = versions.map(({ commit }) => commit.note);
  const there = await fetchItems(from.client, from.tables.objects, notes, context);
  for (const at of versions) {
    const digest = at.commit.note;
    const tombstone = there.get(digest);
    if (tombstone === undefined || !isTombstone(tombstone)) continue;
    const went = { digest, isNote: true, tombstone, at };
    const goes = async () => (await copies.here([digest], ['note'])).has(digest) && follow(to, ground, went);
    if (await unlessUnreadable(goes)) purged += 1;
  }
  return purged;
}

async function versionOf(
  source: ObjectSource,
  past: FollowingGround['past'],
  version: number,
): Promise<NamedCommit> {
  const digest = past.digestAt(version);
  return { digest, commit: await loadCommit(source, digest) };
}

/**
 * The versions that are looked at in a minute: from each on, all are within as many minutes as there are slices. Where among its
 * own a slice begins moves on, too, so that one which takes too long keeps nobody from those below.
 */
function versionsAt(now: number, newest: number): readonly number[] {
  const minute = Math.floor(now / MINUTE_MS);
  const slices = Math.ceil(newest / A_RUN);
  const lowest = (minute % slices) * A_RUN + 1;
  const length = Math.min(A_RUN, newest - lowest + 1);
  const begins = Math.floor(minute / slices);
  return Array.from({ length }, (_, index) => lowest + ((begins + index) % length));
}

/** Undefined where it cannot be told of what is there and here. Of what else that is true, others show. */
async function unlessUnreadable<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof StoreError) || OF_THE_DATABASE.has(error.code)) throw error;
    return undefined;
  }
}

/** What is no word about any one object. */
const OF_THE_DATABASE: ReadonlySet<StoreErrorCode> = new Set(['STORE_UNAVAILABLE', 'STORE_REFUSED']);

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
  { head, past, copies, context }: FollowingGround,
  version: number,
): Promise<readonly Went[]> {
  const source = head.objects;
  const at = await versionOf(source, past, version);
  const { note, root: rootDigest } = at.commit;
  const root = await loadRoot(source, rootDigest);
  const here: Digest[] = [...(await copies.here([note], ['note'])).keys()];
  if (version < head.version) {
    const newer = await loadRoot(source, (await versionOf(source, past, version + 1)).commit.root);
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
  // The note first: whose it is, facts say that may be gone afterwards.
  return here.flatMap((digest) => {
    const tombstone = there.get(digest);
    return tombstone !== undefined && isTombstone(tombstone)
      ? [{ digest, isNote: digest === note, tombstone, at }]
      : [];
  });
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
  { head, past }: FollowingGround,
  { digest, isNote, tombstone, at }: Went,
  word: PurgeWord,
): Promise<boolean> {
  const { keyring } = await wordOf(head, head.objects);
  const by = { keyring, homes: homesSince(at.commit.version, past) };
  if (!isNote)
    return isTombstoneMeant({ digest, tombstone, commit: at.commit }, { ...head, ...by }, head.objects);
  const isNamed = word.asked.notes.includes(at.commit.version) && isSince(word, at);
  return isNamed && isSaidBy(word, await voicesOfVersion(head, at), by);
}

/** A reason is named by a number, which a confirmation gives to another: no word from before a version is about its reason. */
function isSince({ signed }: PurgeWord, { commit: { epoch, recordedAt } }: NamedCommit): boolean {
  const recorded = Date.parse(recordedAt) - CLOCK_TOLERANCE_MS;
  return signed.every(({ statement: { epoch: of, at } }) => of >= epoch && Date.parse(at) >= recorded);
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
