/** What a floor acknowledged and the way to HEAD has not: of all that it knows, or of what an epoch gave up where it began. */
import { loadCommit, type NamedCommit } from '../../functions/store/ancestry.ts';
import { type AcknowledgedVersion, cameTo } from '../../functions/store/epochs.ts';
import { LAST_PLACE, type Place } from '../../functions/store/floor.ts';
import type { ReadContext } from '../../functions/store/object-items.ts';
import { type ParentOf, parentsIn } from '../../functions/store/parents.ts';
import type { ObjectSource } from '../../functions/store/stored-object.ts';
import { orMissing } from './either-table.ts';
import type { EpochBegun } from './heads-way.ts';
import type { LostStep } from './lost-version.ts';
import { refused } from './refusals.ts';
import type { RowsLeft } from './rows-left.ts';

/**
 * Whether the list is all there is. `complete`: the floor of this registry says so. Otherwise more may be lost than is listed:
 * the floor is `empty`; it is itself `older`, from a backup or another table; a version cannot be `read`, and what it
 * comes from is not told; or the floor is `crowded`, and not all of its rows were looked at.
 */
export type ToldBy = 'complete' | 'empty' | 'older' | 'unread' | 'crowded';

/** Which floor, and what it takes to follow it. */
export interface FloorGround {
  readonly floor: RowsLeft;
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
 *
 * @throws RegistryRefusedError UNRELATED
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

/** Of all that the floor acknowledged. @throws RegistryRefusedError UNRELATED */
export async function lostAbove(head: NamedCommit, by: FloorGround): Promise<FloorWalk> {
  return walked(await toldBy(undefined, head, by), head, null, by);
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
  const newest = await floor.newest('COMMIT', context, upTo);
  if (newest === null) return { told: 'empty', last: null, newest, rows: floor };
  const { table, epoch, version, digest } = newest;
  const rows = { ...floor, id: { now: async () => table } };
  const isOwn = table === (await floor.id.now(context, table));
  const last = await orMissing(() => cameTo(rows, source, context, before));
  // Nothing comes after HEAD then, whether what it begins has been finished or not.
  if (last === null && digest !== head.digest)
    return { told: 'unread', last: { epoch, version, digest }, newest, rows };
  return { told: isOwn ? 'complete' : 'older', last: last ?? { epoch, version, digest }, newest, rows };
}

async function walked(
  { told, last, rows }: Telling,
  head: NamedCommit,
  begun: EpochBegun | null,
  by: FloorGround,
): Promise<FloorWalk> {
  const { isAll, lost, own } =
    last === null ? { isAll: true, lost: [], own: [] } : await walk(last, head, { ...by, floor: rows });
  const is = isAll ? told : 'unread';
  return {
    // What more rows say was not asked: whatever this came to, it may be another.
    told: rows.isSpent() ? 'crowded' : is,
    ...{ last, begun, own, lost: lost.map((each) => ({ ...each, begun })) },
  };
}

type Step = Omit<LostStep, 'begun'>;

/** Both ways down to the version they share. @throws RegistryRefusedError UNRELATED where they share none */
async function walk(
  last: AcknowledgedVersion,
  head: NamedCommit,
  { floor: rows, source, context }: FloorGround,
): Promise<{
  readonly lost: readonly Step[];
  readonly own: readonly NamedCommit[];
  readonly isAll: boolean;
}> {
  const [lost, own]: [Step[], NamedCommit[]] = [[], []];
  const [ourParent, theirParent] = [parentsIn(source, 2), parentsIn(source, 2)];
  let theirs = await named(last, source);
  let ours = head;
  while (theirs.digest !== ours.digest) {
    const [their, our] = [theirs.version, ours.commit.version];
    if (our >= their) {
      own.push(ours);
      const parent = await ourParent(ours.commit);
      if (parent === undefined) throw unrelated(last, head);
      ours = parent;
    }
    if (their < our) continue;
    lost.push(theirs);
    if (theirs.commit !== null && theirs.commit.ancestors[0] === undefined) throw unrelated(last, head);
    const before = await stepBefore(theirs, theirParent, { floor: rows, source, context });
    // Of what an epoch began with nobody knows what it came from, where its commit is gone.
    if (before === null) return { lost, own, isAll: false };
    theirs = before;
  }
  return { lost, own, isAll: true };
}

async function stepBefore(
  { commit, ...at }: Step,
  parentOf: ParentOf,
  { floor, source, context }: FloorGround,
): Promise<Step | null> {
  const digest = commit?.ancestors[0];
  // Which epoch it is of, its own commit says.
  if (commit !== null && digest !== undefined) {
    const parent = await orMissing(() => parentOf(commit));
    return asSaid({ epoch: commit.epoch, version: at.version - 1, digest }, parent?.commit ?? null);
  }
  const row = await floor.at({ epoch: at.epoch, version: at.version - 1 }, context);
  return row && named(row, source);
}

async function named(at: AcknowledgedVersion, source: ObjectSource): Promise<Step> {
  return asSaid(at, await orMissing(() => loadCommit(source, at.digest)));
}

/** Which version it is, its commit says: a row names whatever its writer liked. */
function asSaid({ epoch, version, digest }: AcknowledgedVersion, commit: Step['commit']): Step {
  return { epoch, version: commit?.version ?? version, digest, commit };
}

function unrelated(last: AcknowledgedVersion, head: NamedCommit) {
  return refused(
    'UNRELATED',
    `NOBODY CAN TELL what is lost: version ${last.version} of epoch ${last.epoch}, which was acknowledged last, and version ${head.commit.version} of epoch ${head.commit.epoch}, which came back, have no version in common`,
  );
}
