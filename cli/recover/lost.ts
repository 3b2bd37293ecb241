/** What was acknowledged and is not in what came back, version by version; and whether anybody can tell that this is all. */
import type { Digest, Json } from '../../functions/core/facts/canonical.ts';
import { member } from '../../functions/core/facts/fact.ts';
import { loadCommit, type NamedCommit } from '../../functions/store/ancestry.ts';
import { type AcknowledgedVersion, cameTo } from '../../functions/store/epochs.ts';
import { LAST_PLACE, type Place } from '../../functions/store/floor.ts';
import { type FloorRows, floorRows } from '../../functions/store/floor-rows.ts';
import { changesIn, noteOf } from '../../functions/store/history.ts';
import { type ReadContext, readingWithin } from '../../functions/store/object-items.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import type { ObjectSource } from '../../functions/store/stored-object.ts';
import type { Tables } from '../registry/tables.ts';
import { eitherTable, orMissing } from './either-table.ts';
import { refused } from './refusals.ts';
import { wayOf, writtenBeside } from './written.ts';

export interface LostChange {
  readonly key: string;
  readonly change: 'added' | 'removed' | 'replaced';
  readonly before: Json | null;
  readonly after: Json | null;
}

export interface LostVersion {
  readonly version: number;
  readonly epoch: number;
  readonly digest: Digest;
  /** Null where its objects are in no table that is left: nobody can say what it was. */
  readonly said: {
    readonly kind: string;
    readonly author: string;
    readonly approvers: readonly string[];
    readonly recordedAt: string;
    /** Null where it was purged, or is not there. */
    readonly reason: string | null;
    /** Null where not all of it could be read. */
    readonly changes: readonly LostChange[] | null;
    /** True where it takes a newer build to read what it changed. */
    readonly isNewer: boolean;
  } | null;
}

/**
 * Whether the list is all there is. `complete`: the floor of this registry says so. Otherwise more may be lost than is listed:
 * the floor is `empty`; it is itself `older`, from a backup or another table; or a version cannot be `read`, and what it
 * comes from is not told.
 */
export type ToldBy = 'complete' | 'empty' | 'older' | 'unread';

export interface Lost {
  readonly told: ToldBy;
  /** What was acknowledged last, as this floor says, or said when it was backed up; null where it has no row. */
  readonly acknowledged: AcknowledgedVersion | null;
  /** Newest first. */
  readonly versions: readonly LostVersion[];
  /** In HEAD, and given up by a confirmation since: they come back with it. Newest first. */
  readonly revived: readonly (Place & { readonly digest: Digest })[];
  /** In the objects, not in HEAD, and by no word of this floor never acknowledged. Newest first. */
  readonly written: readonly LostVersion[];
}

const BUDGET_MS = 600_000;

/**
 * From what the registry itself says it had come to, down to where HEAD comes from: by epochs, because a confirmation gives up
 * versions whose numbers are given again. What HEAD's own epoch gave up where it began is lost as well, confirmed or half so.
 *
 * @param damaged the table of objects as it was before, where it may still hold what the new one does not
 * @throws RegistryRefusedError UNRELATED
 */
export async function lostSince(
  registry: Pick<Tables, 'client' | 'publicKeys' | 'tables'>,
  head: NamedCommit,
  damaged: string,
): Promise<Lost> {
  const { client, tables } = registry;
  const context = readingWithin(AbortSignal.timeout(BUDGET_MS));
  const source = eitherTable({ client }, [tables.objects, damaged], context);
  const floor = floorRows(client, tables.floor, Date.now);
  const way = await wayOf(head, source);
  const [{ epoch: began }, { epoch }] = [way.from.commit, head.commit];
  const since = began < epoch ? [epoch, began + 1] : [];
  const tellings = await Promise.all(
    [undefined, ...new Set(since)].map((before) => toldBy(floor, before, { head, source, context })),
  );
  const walks = await Promise.all(
    tellings.map(async ({ last, rows, told }) => {
      if (last === null) return { told, lost: [], own: [] };
      const { isAll, ...way } = await walk(last, head, { rows, source, context });
      return { told: isAll ? told : ('unread' as const), ...way };
    }),
  );
  const lost = [...new Map(walks.flatMap((way) => way.lost).map((at) => [at.digest, at])).values()];
  const from = [tables.objects, damaged];
  const written = await writtenBeside(registry, from, way, { floor, source, context });
  const known = new Set(lost.map(({ digest }) => digest));
  const last = tellings[0]?.last ?? null;
  return {
    told: walks.find(({ told }) => told !== 'complete')?.told ?? 'complete',
    acknowledged: last,
    versions: await Promise.all(lost.map((at) => versionAt(source, at))),
    revived: (walks[0]?.own ?? [])
      .filter(({ commit }) => commit.confirmed && last !== null && commit.epoch < last.epoch)
      .map(({ digest, commit: { epoch, version } }) => ({ epoch, version, digest })),
    written: await Promise.all(
      written.flatMap(({ digest, commit }) =>
        known.has(digest)
          ? []
          : versionAt(source, { digest, commit, epoch: commit.epoch, version: commit.version }),
      ),
    ),
  };
}

/**
 * What a floor says the registry had come to; one that came back, what it said before.
 *
 * @param before of the epochs below this one alone
 */
async function toldBy(
  floor: FloorRows,
  before: number | undefined,
  by: { readonly head: NamedCommit; readonly source: ObjectSource; readonly context: ReadContext },
) {
  const { head, source, context } = by;
  const upTo = before === undefined ? undefined : { epoch: before - 1, version: LAST_PLACE };
  const newest = await floor.newest('COMMIT', context, upTo);
  if (newest === null) return { told: 'empty', last: null, rows: floor } as const;
  const { table, epoch, version, digest } = newest;
  const rows = { ...floor, id: { now: async () => table } };
  const isOwn = table === (await floor.id.now(context, table));
  const last = await orMissing(() => cameTo(rows, source, context, before));
  // Nothing comes after HEAD then, whether what it begins has been finished or not.
  if (last === null && digest !== head.digest)
    return { told: 'unread', last: { epoch, version, digest }, rows } as const;
  return { told: isOwn ? 'complete' : 'older', last: last ?? { epoch, version, digest }, rows } as const;
}

interface Step extends AcknowledgedVersion {
  readonly commit: NamedCommit['commit'] | null;
}

/** Both ways down to the version they share. @throws RegistryRefusedError UNRELATED where they share none */
async function walk(
  last: AcknowledgedVersion,
  head: NamedCommit,
  by: { readonly rows: FloorRows; readonly source: ObjectSource; readonly context: ReadContext },
): Promise<{
  readonly lost: readonly Step[];
  readonly own: readonly NamedCommit[];
  readonly isAll: boolean;
}> {
  const { rows, source, context } = by;
  const lost: Step[] = [];
  const own: NamedCommit[] = [];
  let theirs: AcknowledgedVersion = last;
  let ours = head;
  while (theirs.digest !== ours.digest) {
    const [their, our] = [theirs.version, ours.commit.version];
    if (our >= their) {
      own.push(ours);
      const [digest] = ours.commit.ancestors;
      if (digest === undefined) throw unrelated(last, head);
      ours = { digest, commit: await loadCommit(source, digest) };
    }
    if (their < our) continue;
    const { digest } = theirs;
    const commit = await orMissing(() => loadCommit(source, digest));
    lost.push({ ...theirs, commit });
    if (commit !== null && commit.ancestors[0] === undefined) throw unrelated(last, head);
    const before = await stepBefore(theirs, commit, rows, context);
    // Of what an epoch began with nobody knows what it came from, where its commit is gone.
    if (before === null) return { lost, own, isAll: false };
    theirs = before;
  }
  return { lost, own, isAll: true };
}

async function stepBefore(
  at: AcknowledgedVersion,
  commit: NamedCommit['commit'] | null,
  rows: FloorRows,
  context: ReadContext,
): Promise<AcknowledgedVersion | null> {
  const digest = commit?.ancestors[0];
  // Which epoch it is of, its own commit says.
  if (commit !== null && digest !== undefined)
    return { epoch: commit.epoch, version: at.version - 1, digest };
  return rows.at({ epoch: at.epoch, version: at.version - 1 }, context);
}

function unrelated(last: AcknowledgedVersion, head: NamedCommit) {
  return refused(
    'UNRELATED',
    `NOBODY CAN TELL what is lost: version ${last.version} of epoch ${last.epoch}, which was acknowledged last, and version ${head.commit.version} of epoch ${head.commit.epoch}, which came back, have no version in common`,
  );
}

async function versionAt(
  source: ObjectSource,
  { version, epoch, digest, commit }: Step,
): Promise<LostVersion> {
  return {
    ...{ version, epoch: commit?.epoch ?? epoch, digest },
    said: commit === null ? null : await whatWasSaid(source, { digest, commit }),
  };
}

async function whatWasSaid(source: ObjectSource, at: NamedCommit): Promise<LostVersion['said']> {
  const { kind, author, approvers, recordedAt } = at.commit;
  const note = await orMissing(() => noteOf({ objects: source }, at));
  const reason = member(note, 'reason');
  let isNewer = false;
  const changes = await orMissing(async () => {
    const found: LostChange[] = [];
    try {
      for await (const { key, before, after } of changesIn(source, at, 'facts')) {
        const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'replaced';
        found.push({ key, change, before: before ?? null, after: after ?? null });
      }
    } catch (error) {
      isNewer = error instanceof StoreError && error.code === 'FORMAT_UNKNOWN';
      throw error;
    }
    return found.sort((a, b) => (a.key < b.key ? -1 : 1));
  });
  return {
    ...{ kind, author, approvers, recordedAt, changes, isNewer },
    reason: typeof reason === 'string' ? reason : null,
  };
}
