/** Writes into the floor how far the registry has come, before anybody is told that it has. */
import { type DynamoDBClient, ExecuteStatementCommand } from '@aws-sdk/client-dynamodb';
import { loadCommit, type NamedCommit } from './ancestry.ts';
import { saidBy } from './approval.ts';
import { type Commit, isPeoplesWord } from './commit.ts';
import { callDynamo } from './dynamodb.ts';
import { MOST_UNFINISHED, type PlaceTaken, placesAfter } from './epochs.ts';
import { comparePlaces, encodeFloor, type FloorLine, type FloorRow, rowOfLinks } from './floor.ts';
import { acknowledgedLinks } from './keyring.ts';
import { insertion } from './object-inserts.ts';
import type { ReadContext } from './object-items.ts';
import { type Floor, openFloor } from './open-floor.ts';
import { retrying } from './retrying.ts';
import { StoreError } from './store-error.ts';
import { loadOne, type ObjectSource } from './stored-object.ts';
import { wordOf } from './word.ts';

const TERMS = { attempts: 5, backoffMs: 25 };

/** How a single INSERT says that the key is there: as the API documents it, and as batches and DynamoDB Local 3.3.1 call it. */
const TAKEN: ReadonlySet<string> = new Set(['DuplicateItemException', 'DuplicateItem']);

/** The floor for whoever publishes; those who only decide have nothing that writes. */
export interface RaisableFloor extends Floor {
  /**
   * Writes a version that HEAD has moved to into the floor, before anybody is told that it is in: from then on no HEAD
   * before it opens. Doing it twice is doing it once.
   *
   * @param objects has the commit's approval and keyring
   * @param id of the table, where it has been asked for: between HEAD and floor nothing is decided
   * @throws StoreError HEAD_BELOW_FLOOR where another commit has this place, or began instead of this one, or another
   *   keyring has this number of links; STORE_UNAVAILABLE, STORE_REFUSED
   */
  raise(at: NamedCommit, objects: ObjectSource, context: ReadContext, id?: string): Promise<void>;
  /** Whether every row of a version's own is still free, or its. Those it takes to begin are for its judge. */
  hasRoom(at: NamedCommit, objects: ObjectSource, context: ReadContext, id: string): Promise<boolean>;
}

/** @param clock milliseconds since the epoch */
export function openRaisableFloor(client: DynamoDBClient, table: string, clock: () => number): RaisableFloor {
  const floor = openFloor(client, table, clock);
  const insert = insertsInto(client, table, floor);
  return {
    ...floor,
    async raise({ digest, commit }, objects, context, id) {
      const { epoch, version } = commit;
      const ours: FloorRow = { epoch, version, digest, table: id ?? (await floor.id.now(context)) };
      if (isPeoplesWord(commit))
        for (const place of await beginningPlaces({ digest, commit }, ours.table, objects))
          await takePlace(insert, floor, place, ours, objects, context);
      for (const [line, row] of await ownRows(commit, ours, objects)) await insert(line, row, context);
    },
    async hasRoom({ digest, commit }, objects, context, id) {
      const { epoch, version } = commit;
      const own = await ownRows(commit, { epoch, version, digest, table: id }, objects);
      const found = await Promise.all(
        own.map(async ([line, row]) => {
          const there = await floor.at(row, context, line);
          return there === null || isSameRow(there, row);
        }),
      );
      return found.every(Boolean);
    },
  };
}

type OwnRow = readonly [line: FloorLine, row: FloorRow];

/** In the order in which they are written: whoever sees the version then sees whose keys count, and that people made it. */
async function ownRows(commit: Commit, floor: FloorRow, objects: ObjectSource): Promise<readonly OwnRow[]> {
  // A registry that came back is nobody's word before it is confirmed: the first approval of an epoch is its confirmation.
  if (!isPeoplesWord(commit)) return [['COMMIT', floor]];
  const { keyring } = await loadOne(objects, commit.keyring, 'keyring');
  const links = { ...floor, ...rowOfLinks(acknowledgedLinks(keyring)), since: commit.version };
  return [
    ['KEYRING', links],
    ['APPROVAL', floor],
    ['COMMIT', floor],
  ];
}

/**
 * Takes a place, or that of whoever has it and was never acknowledged: then nobody else ever is in its stead.
 *
 * @param ours the version's own row
 */
async function takePlace(
  insert: InsertRow,
  floor: Pick<Floor, 'at'>,
  { line, ...place }: PlaceTaken,
  ours: FloorRow,
  objects: ObjectSource,
  context: ReadContext,
): Promise<void> {
  let at = { line, row: { ...ours, ...place } };
  for (let steps = 0; ; steps += 1) {
    try {
      return await insert(at.line, at.row, context);
    } catch (error) {
      const isTaken = error instanceof StoreError && error.code === 'HEAD_BELOW_FLOOR';
      if (!isTaken || steps === MOST_UNFINISHED) throw error;
      const row = await floor.at(at.row, context, at.line);
      if (row === null) throw error;
      const { epoch, version } = await loadCommit(objects, row.digest);
      const theirs = { epoch, version };
      if (at.line === 'COMMIT' && comparePlaces(at.row, theirs) === 0) throw error;
      // Whoever has given way takes nothing from others: two in each other's places would leave none for anybody.
      const own = await floor.at(ours, context);
      if (own !== null && own.digest !== ours.digest) throw error;
      at = { line: 'COMMIT', row: { ...ours, ...theirs } };
    }
  }
}

/** What a first version takes of the floor before its own rows, and what a confirmation does; nothing for any other. */
async function beginningPlaces(
  { digest, commit }: NamedCommit,
  table: string,
  objects: ObjectSource,
): Promise<readonly PlaceTaken[]> {
  if (commit.ancestors.length === 0) return placesAfter(null, table);
  if (commit.kind !== 'confirm') return [];
  const { begins } = saidBy((await wordOf({ commit }, objects)).approval);
  // Nothing is acknowledged as the beginning of what nobody confirmed.
  if (begins === null) throw new StoreError('APPROVAL_INVALID', { digest });
  return placesAfter(begins.floor, table);
}

type InsertRow = (line: FloorLine, row: FloorRow, context: ReadContext) => Promise<void>;

function insertsInto(client: DynamoDBClient, table: string, floor: Pick<Floor, 'at'>): InsertRow {
  return async (line, row, context) => {
    const statement = new ExecuteStatementCommand(insertion(table, encodeFloor(line, row)));
    await retrying({ ...TERMS, signal: context.signal }, async () => {
      try {
        await callDynamo(context.signal, (abortSignal) => client.send(statement, { abortSignal }));
      } catch (error) {
        if (!(error instanceof StoreError) || error.code !== 'STORE_UNAVAILABLE') throw error;
        if (!(error.cause instanceof Error && TAKEN.has(error.cause.name))) return error;
        demandSame(await floor.at(row, context, line), row);
      }
      return null;
    });
  };
}

/** The place is taken: by us before, or by another history. */
function demandSame(there: FloorRow | null, row: FloorRow): void {
  if (there?.table !== row.table) throw new StoreError('FLOOR_MISSING');
  if (!isSameRow(there, row)) throw new StoreError('HEAD_BELOW_FLOOR', { version: row.version });
}

/** A row that counts only for later versions was not written by whoever acknowledged these links. */
function isSameRow(row: FloorRow, { table, digest, since = 0 }: FloorRow): boolean {
  return row.table === table && row.digest === digest && !((row.since ?? 0) > since);
}
