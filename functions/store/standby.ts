/**
 * A copy of a registry in another Region, kept for the day on which the first Region is gone. What is copied is proven as
 * `decide` proves it there; here it is held until people confirm it, because no floor comes with it. Whatever is published here
 * ends the copying for ever: two Regions never decide on one registry.
 */
import { FORMAT } from '../core/facts/format.ts';
import { loadCommit } from './ancestry.ts';
import { encodeCommit, homeOf } from './commit.ts';
import type { CommitKeys } from './commit-signature.ts';
import type { FloorLine, Place } from './floor.ts';
import { floorRows } from './floor-rows.ts';
import { encodeHead, type VerifiedHead, verifyHead } from './head.ts';
import { readHead } from './head-read.ts';
import { copyHistory, copyWhole } from './history-copy.ts';
import { demandNeverAcknowledgedAt, demandNeverAt } from './homes.ts';
import { whileHolding } from './move-copies.ts';
import { putIf } from './move-head.ts';
import { objectCopies, type StoreAt } from './object-copies.ts';
import { fetchItems, type ReadContext, readingWithin } from './object-items.ts';
import { openFloor } from './open-floor.ts';
import type { FounderKeys } from './person-signature.ts';
import { createProvenPast, type ProvenPast } from './proven-past.ts';
import { createPurgeFollowing } from './purge-following.ts';
import { createRegistryReader, type OpenSnapshot } from './registry-reader.ts';
import { encodeRoot } from './registry-root.ts';
import { createSeenVersions } from './seen-versions.ts';
import { StoreError, type StoreErrorCode } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';

export interface StandbyOptions {
  /** The first Region's, which is only read. */
  readonly from: StoreAt;
  readonly to: StoreAt;
  readonly publicKeys: CommitKeys;
  /** Whose keys everybody else's are believed from: of both Regions. */
  readonly founders: FounderKeys;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Milliseconds for one run. What it has no time for, the next one goes on with. */
  readonly budgetMs: number;
}

/**
 * What a run came to.
 *
 * `empty`: nothing was published anywhere. `current`: nothing has moved. `copied`: HEAD is here. `copying`: objects are, and
 * the next run goes on. `ended`: something was published here, and nothing is copied any more.
 */
type StandbyOutcome = 'empty' | 'current' | 'copied' | 'copying' | 'ended';

export interface StandbyRun {
  readonly outcome: StandbyOutcome;
  /** HEAD here and there, as the run left it; null for none, or where nobody looked. */
  readonly here: Place | null;
  readonly there: Place | null;
  /** Objects copied by this run. */
  readonly objects: number;
  /** Objects that this run purged, because they were there. */
  readonly purged: number;
  /** Objects that are purged there by nobody's word, by one that cannot be judged, or that cannot be judged yet, and stay here. */
  readonly unproven: number;
  /** What kept a run beneath one HEAD from looking for what was purged; null where nothing did. */
  readonly stopped: StoreErrorCode | 'FAULT' | null;
  /** A newer build published it than this one: here it can be read, and nothing be published on top, not even a stop. */
  readonly needsNewer: boolean;
  /** Milliseconds since the first Region recorded what is not here yet; null where nothing of it is here, or nobody looked. */
  readonly behindMs: number | null;
}

/** One run at a time. @throws StoreError for what is not copied, and why not */
export type Standby = () => Promise<StandbyRun>;

export function createStandby({ from, to, publicKeys, founders, clock, budgetMs }: StandbyOptions): Standby {
  // It would be the home of what is copied: held by the floor alone, and taken for published here.
  if (homeOf(from.tables.state) === homeOf(to.tables.state))
    throw new Error('the state tables of two Regions must not have one name: a registry is told by it');
  const reader = createRegistryReader({ ...from, publicKeys, founders, clock, budgetMs });
  const pastOf = createProvenPast();
  const followPurges = createPurgeFollowing({ from, to, clock });
  // Once a process for each epoch that is copied: what an epoch gives up it gives up where it begins.
  let askedFor: number | null = null;

  return async () => {
    const context = readingWithin(AbortSignal.timeout(budgetMs));
    const access = { ...to, publicKeys, context };
    const own = await readHead(to.client, to.tables.state, publicKeys, context);
    const here = placeOf(own);
    if (await isPublished(to, own, context, clock)) return { ...NOTHING, outcome: 'ended', here };
    const snapshot = await orNothing(() => reader.open({}, context.signal), own);
    if (snapshot === null) return { ...NOTHING, outcome: 'empty', here };
    const needsNewer = snapshot.root.format > FORMAT;
    const there = placeOf(snapshot);
    const past = await pastOf(snapshot, snapshot.objects);
    const home = homeOf(to.tables.state);
    demandNeverAt(home, past);
    if (askedFor !== snapshot.commit.epoch) {
      const floor = floorRows(from.client, from.tables.floor, clock);
      await demandNeverAcknowledgedAt(home, floor, past, snapshot.objects, context);
      askedFor = snapshot.commit.epoch;
    }
    const copies = objectCopies(from, to, publicKeys, context);
    // Only beneath one HEAD: what is in force there is what is in force here. HEAD is here, whatever it could not follow.
    const followed = async () => {
      const ground = { head: snapshot, past, copies, context };
      const { stopped: why, ...purges } = await followPurges(ground);
      const stopped = why === undefined ? null : why instanceof StoreError ? why.code : 'FAULT';
      return { ...purges, stopped } as const;
    };
    if (snapshot.digest === own?.digest)
      return { ...NOTHING, outcome: 'current', here, there, needsNewer, behindMs: 0, ...(await followed()) };
    const head = await headOf(snapshot, from, publicKeys, context);
    const next = await demandSuccession(own, head, past, snapshot.objects, { load: copies.here });
    const behindMs = next === null ? null : Math.max(0, clock() - Date.parse(next));
    try {
      await copyWhole(head, own?.root ?? null, copies);
      await copyHistory(head, { to, copies, past, source: snapshot.objects, context });
    } catch (error) {
      if (!(context.signal.aborted && copies.written() > 0)) throw error;
      return { ...NOTHING, outcome: 'copying', here, there, objects: copies.written(), needsNewer, behindMs };
    }
    // Again, last of all: people may have confirmed what was here meanwhile, and somebody taken HEAD away since.
    if (await isPublished(to, own, context, clock)) throw new StoreError('CONFLICT');
    const held = own && encodeHead(own.content)['digest'];
    const put = await putIf(access, encodeHead(head.content), whileHolding(held));
    const after = put === 'done' ? head : await readHead(to.client, to.tables.state, publicKeys, context);
    if (after?.digest !== head.digest) throw new StoreError('CONFLICT');
    const objects = copies.written();
    return { outcome: 'copied', here: there, there, objects, ...(await followed()), needsNewer, behindMs: 0 };
  };
}

const NOTHING = {
  there: null,
  objects: 0,
  purged: 0,
  unproven: 0,
  stopped: null,
  needsNewer: false,
  behindMs: null,
} as const;

const LINES: readonly FloorLine[] = ['COMMIT', 'APPROVAL', 'KEYRING', 'END'];

/** Somebody has published here, or begun to: HEAD is of this table, or its floor has a row. */
async function isPublished(
  { client, tables }: StoreAt,
  own: VerifiedHead | undefined,
  context: ReadContext,
  clock: () => number,
): Promise<boolean> {
  if (own?.commit.home === homeOf(tables.state)) return true;
  const floor = openFloor(client, tables.floor, clock);
  const start: FloorLine = `START ${await floor.id.now(context)}`;
  const rows = await Promise.all([...LINES, start].map((line) => floor.newest(line, context)));
  return rows.some((row) => row !== null);
}

/** Null where nothing was published in the first Region, and nothing was copied from it. */
async function orNothing(
  open: () => Promise<OpenSnapshot>,
  own: VerifiedHead | undefined,
): Promise<OpenSnapshot | null> {
  try {
    return await open();
  } catch (error) {
    if (own === undefined && error instanceof StoreError && error.code === 'HEAD_MISSING') return null;
    throw error;
  }
}

/** The HEAD that was opened, as it is stored: its signature stands beside its commit since before it was HEAD. */
async function headOf(
  { commit, digest, root }: OpenSnapshot,
  { client, tables }: StoreAt,
  publicKeys: CommitKeys,
  context: ReadContext,
): Promise<VerifiedHead> {
  const item = (await fetchItems(client, tables.objects, [digest], context)).get(digest);
  if (item === undefined) throw new StoreError('OBJECT_MISSING', { digest });
  const signature = new Uint8Array(item['signature']?.B ?? []);
  return verifyHead({ commit: encodeCommit(commit), signature, root: encodeRoot(root) }, publicKeys);
}

/**
 * The first Region's HEAD comes after what is here, in one history. A later epoch is one that everybody confirmed there, as the
 * reader has seen: what it dropped is dropped here as well.
 *
 * @returns when what comes after the HEAD here was recorded; null where there is none here
 * @throws StoreError VERSION_REGRESSION, LINEAGE_CHANGED, HISTORY_FORKED; APPROVAL_INVALID where no people signed it
 */
async function demandSuccession(
  own: VerifiedHead | undefined,
  head: VerifiedHead,
  past: ProvenPast,
  there: ObjectSource,
  here: ObjectSource,
): Promise<string | null> {
  // Nothing is read before people's word has been found good, and the first version's history is nothing to read.
  await there.load([head.commit.keyring], ['keyring']);
  if (own === undefined) return null;
  const seen = createSeenVersions();
  seen.admit(own, undefined);
  const problem = seen.admit(head, own);
  if (problem !== null) throw new StoreError(problem, { version: head.commit.version });
  const { epoch, version } = own.commit;
  const isSameEpoch = head.commit.epoch === epoch;
  // Of another epoch, how the registry began: another one with the same founders is not what was copied.
  const shared = isSameEpoch ? version : 1;
  const ours = isSameEpoch ? own.digest : (await createProvenPast()(own, here)).digestAt(shared);
  if (past.digestAt(shared) !== ours) throw new StoreError('HISTORY_FORKED', { version: shared });
  return isSameEpoch
    ? (await loadCommit(there, past.digestAt(version + 1))).recordedAt
    : head.commit.recordedAt;
}

function placeOf(head: Pick<VerifiedHead, 'commit'> | undefined): Place | null {
  return head === undefined ? null : { epoch: head.commit.epoch, version: head.commit.version };
}
