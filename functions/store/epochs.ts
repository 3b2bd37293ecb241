/**
 * How epochs follow one another, as the floor's table says. Whatever it acknowledged first of all started it, and each epoch
 * ends once: what ends it takes the place after its last version, so that nothing more can be acknowledged there, by a
 * publisher that stalled or by anybody. Epochs can be made up; their order cannot.
 */
import type { Digest } from '../core/facts/canonical.ts';
import { loadCommit, type NamedCommit } from './ancestry.ts';
import { comparePlaces, type FloorLine, type FloorRow, LAST_PLACE, type Place } from './floor.ts';
import type { FloorRows } from './floor-rows.ts';
import type { ReadContext } from './object-items.ts';
import { rowsLeft } from './rows-left.ts';
import type { ObjectSource } from './stored-object.ts';

/** The last version that was acknowledged in an epoch, as a confirmation of another signs it. */
export type AcknowledgedVersion = Pick<FloorRow, 'epoch' | 'version' | 'digest'>;

/** What the floor says of epochs. Rows that came back with another table say nothing. */
export interface Epochs {
  /**
   * By whom the places are taken that whatever begins after this one has to take; null for one that is free, or was taken by
   * what was never acknowledged: whoever takes the place of that has its places too.
   */
  takenAfter(
    last: Place | null,
    objects: ObjectSource,
    context: ReadContext,
  ): Promise<readonly (Digest | null)[]>;
  /** The commit that was acknowledged in a place. */
  acknowledged(at: Place, context: ReadContext): Promise<Digest | null>;
}

/** Beginnings that one after another were not finished and gave way: beyond more of them nothing begins. */
export const MOST_UNFINISHED = 16;

/** One of the rows that a beginning writes, before any other of its own. */
export interface PlaceTaken extends Place {
  readonly line: FloorLine;
}

/**
 * The places that a beginning takes, in the order in which it takes them: the start of the table; or the end of the epoch
 * before, and what comes after its last version. Whoever stands in a later one has come through the first.
 *
 * @param table its id
 */
export function placesAfter(last: Place | null, table: string): readonly PlaceTaken[] {
  if (last === null) return [{ line: `START ${table}`, epoch: 0, version: 0 }];
  const { epoch, version } = last;
  return [
    { line: 'END', epoch, version: 0 },
    { line: 'COMMIT', epoch, version: version + 1 },
  ];
}

/** Rows of this table, and not of another that came back; and who had a place, one after another. */
function placesIn(rows: Pick<FloorRows, 'at' | 'id'>) {
  const own = (context: ReadContext) => rows.id.now(context);
  const at = async ({ line, ...place }: PlaceTaken, context: ReadContext): Promise<Digest | null> => {
    const [row, ours] = await Promise.all([rows.at(place, context, line), own(context)]);
    return row?.table === ours ? row.digest : null;
  };
  const acknowledged = (place: Place, context: ReadContext) => at({ line: 'COMMIT', ...place }, context);
  /** Whoever takes the place of a version has its places too; the last of all stands where it was acknowledged itself. */
  const takers = async (place: PlaceTaken, objects: ObjectSource, context: ReadContext) => {
    const all: (NamedCommit & { readonly isAcknowledged: boolean })[] = [];
    let by = await at(place, context);
    while (by !== null && all.length < MOST_UNFINISHED) {
      const commit = await loadCommit(objects, by);
      const taken = await acknowledged(commit, context);
      all.push({ digest: by, commit, isAcknowledged: taken === by });
      by = taken === by ? null : taken;
    }
    return all;
  };
  return { own, acknowledged, takers };
}

/** As these rows of the floor say. */
export function epochsIn(rows: Pick<FloorRows, 'at' | 'id'>): Epochs {
  const { own, acknowledged, takers } = placesIn(rows);
  return {
    takenAfter: async (last, objects, context) => {
      const places = placesAfter(last, await own(context));
      const taken = await Promise.all(places.map((place) => takers(place, objects, context)));
      return taken.map((all) => all.find(({ isAcknowledged }) => isAcknowledged)?.digest ?? null);
    },
    acknowledged,
  };
}

/**
 * Where the last epoch that was begun has come to: what a confirmation of another names. Null for a table that knows of none.
 *
 * @param objects has the commits that began epochs
 * @param before the last of the epochs below this one
 */
export async function cameTo(
  floor: FloorRows,
  objects: ObjectSource,
  context: ReadContext,
  before = Number.POSITIVE_INFINITY,
): Promise<AcknowledgedVersion | null> {
  const epochs = epochsIn(floor);
  let last: Place | null = null;
  for (;;) {
    const [beginning = null] = await epochs.takenAfter(last, objects, context);
    if (beginning === null) break;
    const { epoch, version }: Place = await loadCommit(objects, beginning);
    // Epochs go up, or this would have no end.
    if (epoch >= before || (last !== null && comparePlaces({ epoch, version }, last) <= 0)) break;
    last = { epoch, version };
  }
  if (last === null) return null;
  for (let upTo = LAST_PLACE; ; ) {
    const row = await floor.newest('COMMIT', context, { epoch: last.epoch, version: upTo });
    if (row === null) return null;
    // What was to end the epoch, and was not finished, has the place after its last version.
    const isVersion = comparePlaces(await loadCommit(objects, row.digest), row) === 0;
    if (isVersion) return { epoch: row.epoch, version: row.version, digest: row.digest };
    upTo = row.version - 1;
  }
}

/**
 * Rows that whoever asks what people have to sign follows: a few for each epoch, and one for each beginning that was not finished. More
 * are nobody's who only publishes, and would let nobody come to the end in time.
 */
const MOST_ROWS_FOLLOWED = 500;

/**
 * Where the registry {@link cameTo}, and the {@link highestPlace} in its floor.
 *
 * @throws StoreError FLOOR_MALFORMED where there are more rows to follow than that; what is not read is never taken for nothing
 */
export async function floorTop(
  rows: FloorRows,
  objects: ObjectSource,
  context: ReadContext,
): Promise<{ readonly last: AcknowledgedVersion | null; readonly highest: Place }> {
  const floor = rowsLeft(rows, MOST_ROWS_FOLLOWED);
  const last = await cameTo(floor, objects, context);
  return { last, highest: await highestPlace(floor, last, objects, context) };
}

/**
 * The highest place that anything in the floor is about: acknowledged, half acknowledged, or made up. A new epoch is above
 * it, so that it finds nobody's rows in it, and nobody its own.
 *
 * @param last where the registry {@link cameTo}
 */
async function highestPlace(
  floor: FloorRows,
  last: Place | null,
  objects: ObjectSource,
  context: ReadContext,
): Promise<Place> {
  const { own, takers } = placesIn(floor);
  const places = placesAfter(last, await own(context));
  const [taken, commits, ...words] = await Promise.all([
    Promise.all(places.map((place) => takers(place, objects, context))),
    floor.newest('COMMIT', context),
    floor.newest('APPROVAL', context),
    floor.newest('KEYRING', context),
  ]);
  const found: readonly (Place | null)[] = [
    commits,
    ...taken.flat().map(({ commit }) => commit),
    // People's word, or a number of links: in an epoch that has either, something was confirmed, or was meant to be.
    ...words.map((row) => row && { epoch: row.epoch, version: LAST_PLACE }),
  ];
  return found.reduce<Place>(
    (highest, place) => (place !== null && comparePlaces(place, highest) > 0 ? place : highest),
    { epoch: 0, version: 0 },
  );
}
