import {
  DescribeTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Digest } from '../core/facts/canonical.ts';
import { ancestorAt } from './ancestry.ts';
import type { Commit } from './commit.ts';
import { DIGEST_BYTES, digestAt, rawDigest } from './digest-bytes.ts';
import { callDynamo } from './dynamodb.ts';
import type { Item, VerifiedHead } from './head.ts';
import type { ReadContext } from './object-items.ts';
import { StoreError, type StoreErrorCode } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';

/**
 * How far the registry has come, in a table of its own that only grows: one row for each publication that was
 * acknowledged. HEAD is one item that can be put back; the newest row here is what it may not lie below.
 */
export interface Floor {
  readonly epoch: number;
  readonly version: number;
  /** The commit's. */
  readonly digest: Digest;
  /** {@link tableIdOf} the table it was written to: in another one, rows came back from a backup. */
  readonly table: string;
}

/** `COMMIT` has a row for every version, `APPROVAL` for those that two people made. */
export type FloorLine = 'COMMIT' | 'APPROVAL';

/** Ten digits each, so that rows sort as (epoch, version) does. */
const PLACE = /^(\d{10})\.(\d{10})$/;

export function floorKey(line: FloorLine, { epoch, version }: Pick<Floor, 'epoch' | 'version'>): Item {
  const ten = (number: number) => String(number).padStart(10, '0');
  return { pk: { S: line }, sk: { S: `${ten(epoch)}.${ten(version)}` } };
}

export function encodeFloor(line: FloorLine, floor: Floor): Item {
  return {
    ...floorKey(line, floor),
    digest: { B: rawDigest(floor.digest) },
    table: { S: floor.table },
  };
}

/** @throws StoreError FLOOR_MALFORMED */
export function decodeFloor(item: Item): Floor {
  const [, epoch, version] = PLACE.exec(item['sk']?.S ?? '') ?? [];
  const [raw, table] = [item['digest']?.B, item['table']?.S];
  const digest = raw?.length === DIGEST_BYTES ? digestAt(Buffer.from(raw), 0) : null;
  if (epoch === undefined || version === undefined || digest === null || table === undefined)
    throw new StoreError('FLOOR_MALFORMED');
  return { epoch: Number(epoch), version: Number(version), digest, table };
}

/**
 * The newest row, or the newest not after a place: one strongly consistent read, one read unit. Null where there is none.
 *
 * @throws StoreError STORE_UNAVAILABLE, STORE_REFUSED, FLOOR_MALFORMED
 */
export async function readFloor(
  client: DynamoDBClient,
  table: string,
  context: ReadContext,
  line: FloorLine = 'COMMIT',
  upTo?: Pick<Floor, 'epoch' | 'version'>,
): Promise<Floor | null> {
  const { sk: last } = upTo === undefined ? {} : floorKey(line, upTo);
  return oneRow(client, context, {
    TableName: table,
    KeyConditionExpression: last === undefined ? 'pk = :line' : 'pk = :line AND sk <= :last',
    ExpressionAttributeValues: { ':line': { S: line }, ...(last !== undefined && { ':last': last }) },
    ScanIndexForward: false,
  });
}

/** The first approval of an epoch: its confirmation, where it is one. Null where there is none. @throws as {@link readFloor} */
export async function firstApproval(
  client: DynamoDBClient,
  table: string,
  context: ReadContext,
  epoch: number,
): Promise<Floor | null> {
  const { pk: line, sk: first } = floorKey('APPROVAL', { epoch, version: 0 });
  const { sk: last } = floorKey('APPROVAL', { epoch: epoch + 1, version: 0 });
  return oneRow(client, context, {
    TableName: table,
    KeyConditionExpression: 'pk = :line AND sk BETWEEN :first AND :last',
    ExpressionAttributeValues: { ':line': line, ':first': first, ':last': last } as Item,
    ScanIndexForward: true,
  });
}

async function oneRow(
  client: DynamoDBClient,
  context: ReadContext,
  query: QueryCommandInput,
): Promise<Floor | null> {
  const asked = { ...query, Limit: 1, ConsistentRead: true, ReturnConsumedCapacity: 'TOTAL' } as const;
  const { Items = [], ConsumedCapacity } = await callDynamo(context.signal, (abortSignal) =>
    client.send(new QueryCommand(asked), { abortSignal }),
  );
  context.meter.readUnits += ConsumedCapacity?.CapacityUnits ?? 0;
  const [row] = Items;
  return row === undefined ? null : decodeFloor(row);
}

/** The row of one version, or null where there is none. @throws StoreError as {@link readFloor} */
export async function floorAt(
  client: DynamoDBClient,
  table: string,
  place: Pick<Floor, 'epoch' | 'version'>,
  { signal }: ReadContext,
  line: FloorLine = 'COMMIT',
): Promise<Floor | null> {
  const { Item: row } = await callDynamo(signal, (abortSignal) =>
    client.send(new GetItemCommand({ TableName: table, Key: floorKey(line, place), ConsistentRead: true }), {
      abortSignal,
    }),
  );
  return row === undefined ? null : decodeFloor(row);
}

/** What DynamoDB gives a table when it is made, and no other: also one restored under the same name has its own. */
export async function tableIdOf(client: DynamoDBClient, table: string, signal: AbortSignal): Promise<string> {
  const { Table } = await callDynamo(signal, (abortSignal) =>
    client.send(new DescribeTableCommand({ TableName: table }), { abortSignal }),
  );
  // A stand-in for DynamoDB may know no ids; the instant of creation tells two tables apart as well.
  const id = Table?.TableId ?? Table?.CreationDateTime?.toISOString();
  if (id === undefined) throw new StoreError('STORE_UNAVAILABLE');
  return id;
}

/** Why a HEAD is held back although it is well signed; null where it may be used. */
export type FloorProblem = Extract<StoreErrorCode, 'FLOOR_MISSING' | 'HEAD_BELOW_FLOOR'> | null;

/**
 * A HEAD must be the newest acknowledged version or come after it: later in a new epoch, which two people have to
 * confirm, or with that version among its ancestors.
 *
 * @param table the floor table's id as it is now
 */
export async function floorProblem(
  head: Pick<VerifiedHead, 'digest' | 'commit'>,
  floor: Floor | null,
  table: string,
  objects: ObjectSource,
): Promise<FloorProblem> {
  if (floor === null || floor.table !== table) return 'FLOOR_MISSING';
  if (comparePlaces(head.commit, floor) < 0) return 'HEAD_BELOW_FLOOR';
  if (head.commit.epoch > floor.epoch || head.digest === floor.digest) return null;
  const { digest } = await ancestorAt(objects, head, floor.version);
  return digest === floor.digest ? null : 'HEAD_BELOW_FLOOR';
}

type Place = Pick<Commit, 'epoch' | 'version'>;

/** Negative where `a` was before `b`: by epoch, then by version. */
export function comparePlaces(a: Place, b: Place): number {
  return a.epoch - b.epoch || a.version - b.version;
}
