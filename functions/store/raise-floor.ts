import {
  DuplicateItemException,
  type DynamoDBClient,
  ExecuteStatementCommand,
} from '@aws-sdk/client-dynamodb';
import { loadCommit, type NamedCommit } from './ancestry.ts';
import { saidBy } from './approval.ts';
import { type Commit, isPeoplesWord } from './commit.ts';
import { callDynamo } from './dynamodb.ts';
import { MOST_UNFINISHED, type PlaceTaken, placesAfter } from './epochs.ts';
import { comparePlaces, encodeFloor, type Floor, type FloorLine, floorAt, rowOfLinks } from './floor.ts';
import { acknowledgedLinks } from './keyring.ts';
import { insertion } from './object-inserts.ts';
import { pause, type ReadContext } from './object-items.ts';
import { StoreError } from './store-error.ts';
import { loadOne, type ObjectSource } from './stored-object.ts';
import { tableIdOf } from './table-id.ts';
import { wordOf } from './word.ts';

const ATTEMPTS = 5;
const BACKOFF_MS = 25;

/**
 * Writes a version that HEAD has moved to into the floor, before anybody is told that it is in: from then on no HEAD
 * before it opens. Doing it twice is doing it once.
 *
 * @param objects has the commit's approval and keyring
 * @param id of the floor table, where it has been asked for: between HEAD and floor nothing is decided
 * @throws StoreError HEAD_BELOW_FLOOR where another commit has this place, or began instead of this one, or another keyring
 *   has this number of links; STORE_UNAVAILABLE, STORE_REFUSED
 */
export async function raiseFloor(
  client: DynamoDBClient,
  table: string,
  { digest, commit }: NamedCommit,
  objects: ObjectSource,
  context: ReadContext,
  id?: string,
): Promise<void> {
  const floor: Floor = {
    epoch: commit.epoch,
    version: commit.version,
    digest,
    table: id ?? (await tableIdOf(client, table, context.signal)),
  };
  if (isPeoplesWord(commit))
    for (const place of await beginningPlaces({ digest, commit }, floor.table, objects))
      await takePlace(client, table, place, floor, objects, context);
  for (const [line, row] of await ownRows(commit, floor, objects))
    await insertRow(client, table, line, row, context);
}

/** Whether every row of a version's own is still free, or its. Those it takes to begin are for its judge. */
export async function hasRoom(
  client: DynamoDBClient,
  table: string,
  { digest, commit }: NamedCommit,
  objects: ObjectSource,
  context: ReadContext,
  id: string,
): Promise<boolean> {
  const { epoch, version } = commit;
  const own = await ownRows(commit, { epoch, version, digest, table: id }, objects);
  const found = await Promise.all(
    own.map(async ([line, row]) => {
      const there = await floorAt(client, table, row, context, line);
      return there === null || isSameRow(there, row);
    }),
  );
  return found.every(Boolean);
}

type OwnRow = readonly [line: FloorLine, row: Floor];

/** In the order in which they are written: whoever sees the version then sees whose keys count, and that people made it. */
async function ownRows(commit: Commit, floor: Floor, objects: ObjectSource): Promise<readonly OwnRow[]> {
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
  client: DynamoDBClient,
  table: string,
  { line, ...place }: PlaceTaken,
  ours: Floor,
  objects: ObjectSource,
  context: ReadContext,
): Promise<void> {
  let at = { line, floor: { ...ours, ...place } };
  for (let steps = 0; ; steps += 1) {
    try {
      return await insertRow(client, table, at.line, at.floor, context);
    } catch (error) {
      const isTaken = error instanceof StoreError && error.code === 'HEAD_BELOW_FLOOR';
      if (!isTaken || steps === MOST_UNFINISHED) throw error;
      const row = await floorAt(client, table, at.floor, context, at.line);
      if (row === null) throw error;
      const { epoch, version } = await loadCommit(objects, row.digest);
      const theirs = { epoch, version };
      if (at.line === 'COMMIT' && comparePlaces(at.floor, theirs) === 0) throw error;
      // Whoever has given way takes nothing from others: two in each other's places would leave none for anybody.
      const own = await floorAt(client, table, ours, context);
      if (own !== null && own.digest !== ours.digest) throw error;
      at = { line: 'COMMIT', floor: { ...ours, ...theirs } };
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

async function insertRow(
  client: DynamoDBClient,
  table: string,
  line: FloorLine,
  floor: Floor,
  context: ReadContext,
): Promise<void> {
  const statement = new ExecuteStatementCommand(insertion(table, encodeFloor(line, floor)));
  for (let attempt = 1; ; attempt += 1) {
    try {
      await callDynamo(context.signal, (abortSignal) => client.send(statement, { abortSignal }));
      return;
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'STORE_UNAVAILABLE') throw error;
      if (error.cause instanceof DuplicateItemException)
        return demandSame(client, table, line, floor, context);
      if (attempt === ATTEMPTS) throw error;
    }
    await pause(BACKOFF_MS * 2 ** attempt * Math.random(), context.signal);
  }
}

/** The place is taken: by us before, or by another history. */
async function demandSame(
  client: DynamoDBClient,
  table: string,
  line: FloorLine,
  floor: Floor,
  context: ReadContext,
): Promise<void> {
  const row = await floorAt(client, table, floor, context, line);
  if (row?.table !== floor.table) throw new StoreError('FLOOR_MISSING');
  if (!isSameRow(row, floor)) throw new StoreError('HEAD_BELOW_FLOOR', { version: floor.version });
}

/** A row that counts only for later versions was not written by whoever acknowledged these links. */
function isSameRow(row: Floor, { table, digest, since = 0 }: Floor): boolean {
  return row.table === table && row.digest === digest && !((row.since ?? 0) > since);
}
