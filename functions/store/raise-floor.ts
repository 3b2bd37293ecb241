import {
  DuplicateItemException,
  type DynamoDBClient,
  ExecuteStatementCommand,
} from '@aws-sdk/client-dynamodb';
import type { NamedCommit } from './ancestry.ts';
import { isApproved } from './commit.ts';
import { callDynamo } from './dynamodb.ts';
import { encodeFloor, type Floor, type FloorLine, floorAt, tableIdOf } from './floor.ts';
import { insertion } from './object-inserts.ts';
import { pause, type ReadContext } from './object-items.ts';
import { StoreError } from './store-error.ts';

const ATTEMPTS = 5;
const BACKOFF_MS = 25;

/**
 * Writes a version that HEAD has moved to into the floor, before anybody is told that it is in: from then on no HEAD
 * before it opens. Doing it twice is doing it once.
 *
 * @throws StoreError HEAD_BELOW_FLOOR where another commit has this place; STORE_UNAVAILABLE, STORE_REFUSED
 */
export async function raiseFloor(
  client: DynamoDBClient,
  table: string,
  { digest, commit }: NamedCommit,
  context: ReadContext,
): Promise<void> {
  const floor = {
    epoch: commit.epoch,
    version: commit.version,
    digest,
    table: await tableIdOf(client, table, context.signal),
  };
  // A registry that came back is nobody's word before it is confirmed: the first approval of an epoch is its confirmation.
  const isSigned = commit.confirmed && isApproved(commit);
  // Approvals first: whoever sees the version then sees that two people made it.
  const lines: readonly FloorLine[] = isSigned ? ['APPROVAL', 'COMMIT'] : ['COMMIT'];
  for (const line of lines) {
    await insertRow(client, table, line, floor, context);
  }
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
  if (row.digest !== floor.digest) throw new StoreError('HEAD_BELOW_FLOOR', { version: floor.version });
}
