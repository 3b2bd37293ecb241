/** What a floor acknowledged and the way to HEAD has not: of all that it knows, or of what an epoch gave up where it began. */
import { loadCommit, type NamedCommit } from '../../functions/store/ancestry.ts';
import { type AcknowledgedVersion, cameTo } from '../../functions/store/epochs.ts';
import { comparePlaces, LAST_PLACE, type Place } from '../../functions/store/floor.ts';
import type { ReadContext } from '../../functions/store/object-items.ts';
import { parentsIn } from '../../functions/store/parents.ts';
import type { RowsLeft } from '../../functions/store/rows-left.ts';
import { orMalformed, orMissing } from '../../functions/store/store-error.ts';
import type { ObjectSource } from '../../functions/store/stored-object.ts';
import { named, type WayVersion, wayDown } from '../../functions/store/way-down.ts';
import type { EpochBegun } from './heads-way.ts';
import type { LostStep } from './lost-version.ts';

/**
 * Whether the list is all there is. `complete`: the floor of this registry says so. Otherwise more may be lost than is listed:
 * the floor is `empty`; it is itself `older`, from a backup or another table; a version cannot be `read`, and what it
 * comes from is not told; what was acknowledged is `unrelated` to HEAD; or somebody has written into the floor: it is `crowded`, and not
 * all of its rows were looked at, it names what is `unsigned`, or it is `silent` of versions that stand in the objects.
 */
export type ToldBy =
  | 'complete'
  | 'empty'
  | 'older'
  | 'unread'
  | 'unrelated'
  | 'crowded'
  | 'unsigned'
  | 'silent';

/** Which floor, and what it takes to follow it. */
export interface FloorGround {
  readonly floor: RowsLeft;
  /** Whether rows were passed over that name what nobody signed. */
  readonly isForged: () => boolean;
  readonly source: ObjectSource;
  readonly context: ReadContext;
}

/** What was followed down, and how far that tells. */
export interface FloorWalk extends Pick<Telling, 'told' | 'last'> {
  /** What gave it up; null for what is above HEAD. */
  readonly begun: EpochBegun | null;
  /** Newest first. */
  readonly lost: readonly LostStep[];
  /** What the way to HEAD has instead. */
  readonly own: readonly NamedCommit[];
}

/**
 * Of every epoch from the one that something came from on, that included, up to the one that was begun: each may have come to
 * something that no later one comes from.
 */
export async function givenUpBy(begun: EpochBegun, by: FloorGround): Promise<readonly FloorWalk[]> {
  const walks: FloorWalk[] = [];
  // From one that the floor has to the next: between two of them may be any number.
  for (let before = begun.epoch; before > begun.from.commit.epoch; ) {
    const telling = await toldBy(before, begun.below, by);
    walks.push(await walked(telling, begun.below, begun, by));
    before = telling.newest?.epoch ?? 0;
  }
  return walks;
}

/** Of all that the floor acknowledged: where that has nothing in common with HEAD, also of what is beneath it. Not empty. */
export async function lostAbove(head: NamedCommit, by: FloorGround): Promise<readonly FloorWalk[]> {
  const walks: FloorWalk[] = [];
  for (let before: number | undefined; ; ) {
    const telling = await toldBy(before, head, by);
    const walk = await walked(telling, head, null, by);
    walks.push(walk);
    if (walk.told !== 'unrelated' || telling.last === null) return walks;
    before = telling.last.epoch;
  }
}

interface Telling {
  readonly told: ToldBy;
  readonly last: AcknowledgedVersion | null;
  /** The newest row of all that were asked. */
  readonly newest: Place | null;
  readonly rows: RowsLeft;
}

/**
 * What a floor says the registry had come to; one that came back, what it said before.
 *
 * @param before of the epochs below this one alone
 */
async function toldBy(
  before: number | undefined,
  head: NamedCommit,
  { floor, source, context }: FloorGround,
): Promise<Telling> {
  const upTo = before === undefined ? undefined : { epoch: before - 1, version: LAST_PLACE };
  const newest = await orMalformed(floor.newest('COMMIT', context, upTo));
  if (newest === 'malformed') return { told: 'unread', last: null, newest: null, rows: floor };
  if (newest === null) return { told: 'empty', last: null, newest, rows: floor };
  const { table, epoch, version, digest } = newest;
  const rows = { ...floor, id: { now: async () => table } };
  const isOwn = table === (await floor.id.now(context, table));
  const last = await orMissing(() => cameTo(rows, source, context, before));
  // Nothing comes after HEAD then, whether what it begins has been finished or not; a row above HEAD's place says no such thing.
  const isHead = digest === head.digest && comparePlaces(newest, head.commit) <= 0;
  if (last === null && !isHead) return { told: 'unread', last: { epoch, version, digest }, newest, rows };
  const at = last ?? { epoch, version, digest };
  // Of an epoch that nobody has confirmed, a stop perhaps: what can be read of it stands in the objects.
  if (epoch > at.epoch && (await orMissing(() => loadCommit(source, digest))) === null)
    return { told: 'unread', last: at, newest, rows };
  return { told: isOwn ? 'complete' : 'older', last: at, newest, rows };
}

async function walked(
  { told, last, rows }: Telling,
  head: NamedCommit,
  begun: EpochBegun | null,
  by: FloorGround,
): Promise<FloorWalk> {
  const { ends, lost, own } =
    last === null ? { ends: null, lost: [], own: [] } : await walk(last, head, { ...by, floor: rows });
  return {
    told: saidOf(ends ?? told, rows, by),
    ...{ last, begun, own, lost: lost.map((each) => ({ ...each, begun })) },
  };
}

function saidOf(told: ToldBy, rows: RowsLeft, { isForged }: FloorGround): ToldBy {
  // What more rows say was not asked: whatever this came to, it may be another.
  if (rows.isSpent()) return 'crowded';
  return (told === 'complete' || told === 'empty') && isForged() ? 'unsigned' : told;
}

interface Ways {
  readonly lost: readonly WayVersion[];
  readonly own: readonly NamedCommit[];
  /** Where it ended before the version that both share, or is not what the floor says; null where neither. */
  readonly ends: 'unread' | 'unrelated' | null;
}

/** What is of another registry, or made up, is on no list of this one. */
const UNRELATED: Ways = { lost: [], own: [], ends: 'unrelated' };

/** Both ways down to the version they share. */
async function walk(
  last: AcknowledgedVersion,
  head: NamedCommit,
  by: Omit<FloorGround, 'isForged'>,
): Promise<Ways> {
  const [lost, own]: [WayVersion[], NamedCommit[]] = [[], []];
  const parentOf = parentsIn(by.source, 2);
  let ours = head;
  let isFaulty = false;
  const goDown = async () => {
    own.push(ours);
    const parent = await parentOf(ours.commit);
    if (parent !== undefined) ours = parent;
    return parent !== undefined;
  };
  for await (const { at, others, fault } of wayDown(last, by)) {
    isFaulty ||= fault !== null;
    while (ours.commit.version > at.version) if (!(await goDown())) return UNRELATED;
    if (ours.digest === at.digest) return { lost, own, ends: isFaulty ? 'unread' : null };
    if (ours.commit.version === at.version && !(await goDown())) return UNRELATED;
    lost.push(at);
    for (const other of others) lost.push(await named(other, by.source));
    if (at.commit !== null && at.commit.ancestors[0] === undefined) return UNRELATED;
  }
  // Of what an epoch began with nobody knows what it came from, where its commit is gone.
  return { lost, own, ends: 'unread' };
}
