/**
 * The way down from a version that was acknowledged, one by one as each names the one before it, each held against the floor.
 * Whoever publishes can sign a way past a version that was acknowledged, a stop perhaps, and write a row above it; the row of that
 * version stays. What people sign for, and what they are told before, is read from this one way.
 */
import { loadCommit, type NamedCommit } from './ancestry.ts';
import type { Commit } from './commit.ts';
import type { AcknowledgedVersion } from './epochs.ts';
import type { FloorRow, Place } from './floor.ts';
import type { FloorRows, RowsBelow } from './floor-rows.ts';
import type { ReadContext } from './object-items.ts';
import { parentsIn } from './parents.ts';
import { orMalformed, orMissing, StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';

/** A version on the way, as far as anybody can tell. */
export interface WayVersion extends AcknowledgedVersion {
  /** Null where it cannot be read: what it was, and what it comes from, is as its row says. */
  readonly commit: Commit | null;
}

/**
 * Why a way is not the one that was acknowledged: the floor has `another` version there; it is `broken` above, where what a version names
 * as its parent is not the version before it, of its epoch or of an earlier one; a row there is `malformed`; or it is `rowless`, more
 * versions one after another than publishers die before they have written their row.
 */
type WayFault = 'another' | 'broken' | 'malformed' | 'rowless';

/** Of the newest epoch: whoever publishes can sign any number under one row, and each costs whoever follows them a read. */
const MOST_ROWLESS = 100;

export interface WayStep {
  readonly at: WayVersion;
  /** What the floor has in its place instead: none of it is on this way. */
  readonly others: readonly FloorRow[];
  readonly fault: WayFault | null;
}

/** What it takes to follow one. */
export interface WayGround {
  readonly floor: Pick<FloorRows, 'below'>;
  readonly source: ObjectSource;
  readonly context: ReadContext;
}

/**
 * Newest first, the version itself included, down to the first of all; or to one that cannot be read, and beneath which the floor has
 * nothing.
 */
export async function* wayDown(top: AcknowledgedVersion, by: WayGround): AsyncGenerator<WayStep> {
  const { source } = by;
  const parentOf = parentsIn(source, 2);
  const rowsAt = rowsOf(by);
  let at = await named(top, source);
  let [epochAbove, isBroken, rowless] = [at.epoch, false, 0];
  for (;;) {
    const { others, isSound, hasRow } = await besides(at, epochAbove, rowsAt);
    rowless = hasRow || at.epoch !== top.epoch ? 0 : rowless + 1;
    const isRowless = rowless > MOST_ROWLESS;
    const fault = isBroken
      ? 'broken'
      : others.length > 0
        ? 'another'
        : !isSound
          ? 'malformed'
          : isRowless
            ? 'rowless'
            : null;
    yield { at, others, fault };
    const { epoch, version, commit } = at;
    const parent = commit === null ? null : await parentIn(commit, parentOf);
    if (parent === undefined) return;
    isBroken = parent !== null && !(parent.version === version - 1 && parent.epoch <= epoch);
    // Where a version was left out, or cannot be read, its row says what stood there.
    const isLost = parent === null || isBroken || isRowless;
    const [row] = isLost ? (await rowsAt({ epoch, version: version - 1 })).rows : [];
    const isBelow = row?.version === version - 1 || (row !== undefined && isRowless);
    const next = isBelow ? await named(row, source) : parent;
    // What was passed over is no fault of what the next row names.
    if (isRowless && isBelow) isBroken = false;
    if (next === null) return;
    epochAbove = epoch;
    at = next;
  }
}

/**
 * The gate of whoever signs that a registry goes on without what was acknowledged since: that is read version by version, and is what
 * the floor says. A version that cannot be read may be a stop, and what nobody can tell nobody gives up.
 *
 * @param from what came back
 * @throws StoreError FLOOR_CONTRADICTED, FLOOR_MALFORMED, OBJECT_MISSING, or what reading throws
 */
export async function demandWayDown(
  top: AcknowledgedVersion,
  from: NamedCommit,
  by: WayGround,
): Promise<void> {
  for await (const { at, others, fault } of wayDown(top, by)) {
    const { version, digest, commit } = at;
    if (fault === 'malformed' || fault === 'rowless') throw new StoreError('FLOOR_MALFORMED', { version });
    if (fault !== null)
      throw new StoreError('FLOOR_CONTRADICTED', { version, digest: others[0]?.digest ?? digest });
    if (commit === null) {
      // It says why it cannot be read.
      await loadCommit(by.source, digest);
      throw new StoreError('OBJECT_MISSING', { version, digest });
    }
    // What came before an epoch, the confirmation that began it says; and beneath what came back everybody comes from the same.
    if (commit.epoch < top.epoch || (commit.epoch === from.commit.epoch && version <= from.commit.version))
      return;
  }
}

/** Rows at and below a place, a page at a time: each is asked for once on a way down. */
function rowsOf({ floor, context }: WayGround): (place: Place) => Promise<RowsBelow> {
  let page: (RowsBelow & Place) | null = null;
  return async ({ epoch, version }) => {
    if (version < 1) return { rows: [], downTo: 0, isSound: true };
    if (page?.epoch !== epoch || version > page.version || version < page.downTo) {
      const read = await orMalformed(floor.below({ epoch, version }, context));
      const none = { rows: [], downTo: version, isSound: false };
      page = { epoch, version, ...(read === 'malformed' ? none : read) };
    }
    return { ...page, rows: page.rows.filter((row) => row.version <= version) };
  };
}

/**
 * What the floor has besides in the place of a version: under its number in its own epoch; and in that of the one above it, which has
 * nothing at all that is older than where it began.
 */
async function besides(
  { epoch, version, digest }: WayVersion,
  epochAbove: number,
  rowsAt: (place: Place) => Promise<RowsBelow>,
): Promise<{ readonly others: readonly FloorRow[]; readonly isSound: boolean; readonly hasRow: boolean }> {
  const above = epoch === epochAbove ? null : await rowsAt({ epoch: epochAbove, version });
  const own = await rowsAt({ epoch, version });
  const isOther = (row: FloorRow) => row.version === version && row.digest !== digest;
  const beneath = (above?.rows ?? []).filter((row) => epoch < epochAbove || isOther(row));
  return {
    others: [...beneath, ...own.rows.filter(isOther)],
    isSound: own.isSound && above?.isSound !== false,
    hasRow: own.rows.some((row) => row.version === version),
  };
}

/** Undefined of the first version of all. */
async function parentIn(
  commit: Commit,
  parentOf: ReturnType<typeof parentsIn>,
): Promise<WayVersion | null | undefined> {
  const [digest] = commit.ancestors;
  if (digest === undefined) return undefined;
  const parent = await orMissing(() => parentOf(commit));
  return asSaid({ epoch: commit.epoch, version: commit.version - 1, digest }, parent?.commit ?? null);
}

export async function named(at: AcknowledgedVersion, source: ObjectSource): Promise<WayVersion> {
  return asSaid(at, await orMissing(() => loadCommit(source, at.digest)));
}

/** Which version it is of which epoch, its commit says: a row names whatever its writer liked. */
function asSaid({ epoch, version, digest }: AcknowledgedVersion, commit: Commit | null): WayVersion {
  return { epoch: commit?.epoch ?? epoch, version: commit?.version ?? version, digest, commit };
}
