/** Reads the floor's table: each question one strongly consistent read. */
import { type DynamoDBClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { callDynamo } from './dynamodb.ts';
import { decodeFloor, type FloorLine, type FloorRow, floorKey, LAST_PLACE, type Place } from './floor.ts';
import type { Item } from './head.ts';
import type { AcknowledgedLinks } from './keyring.ts';
import type { ReadContext } from './object-items.ts';
import { StoreError } from './store-error.ts';
import { createTableId, type TableId } from './table-id.ts';

/** @throws StoreError STORE_UNAVAILABLE, STORE_REFUSED, FLOOR_MALFORMED from every method */
export interface FloorRows {
  /** Of the table as it is now: rows that say another came back from a backup. */
  readonly id: TableId;
  /** The newest row of a line, or the newest not after a place: one read unit. Null where there is none. */
  newest(line: FloorLine, context: ReadContext, upTo?: Place): Promise<FloorRow | null>;
  /** The row in one place, or null where there is none. */
  at(place: Place, context: ReadContext, line?: FloorLine): Promise<FloorRow | null>;
  /** What an epoch has of versions in a place and below, newest first, as many as one question reads. */
  below(place: Place, context: ReadContext): Promise<RowsBelow>;
  /** Every row of a line, oldest first, as many at once as one answer holds. */
  all(line: FloorLine, context: ReadContext): AsyncIterable<readonly FloorRow[]>;
  /** The first approval of an epoch: its confirmation, where it is one. Null where there is none. */
  first(epoch: number, context: ReadContext): Promise<FloorRow | null>;
  /**
   * What an epoch has acknowledged of keyrings up to a version, fewest links first. Every one counts and not the newest
   * alone: where the keyring of an old version is continued another way, it soon has more links than any.
   *
   * @throws StoreError FLOOR_MALFORMED for more than anybody acknowledged, too
   */
  keyrings(upTo: Place, context: ReadContext): Promise<readonly AcknowledgedLinks[]>;
}

/** Consecutive places of an epoch, and what was acknowledged in them. */
export interface RowsBelow {
  readonly rows: readonly FloorRow[];
  /** Down to this version, that included; what is below it was not read. */
  readonly downTo: number;
  /** False where any of them is no row: what it says besides nobody knows. */
  readonly isSound: boolean;
}

/** Rows of one question about a way down. */
const AT_ONCE = 64;

/** @param clock milliseconds since the epoch */
export function floorRows(client: DynamoDBClient, table: string, clock: () => number): FloorRows {
  const items = async (query: Query, context: ReadContext) => {
    const asked = {
      TableName: table,
      ...query,
      ConsistentRead: true,
      ReturnConsumedCapacity: 'TOTAL',
    } as const;
    const {
      Items = [],
      ConsumedCapacity,
      LastEvaluatedKey,
    } = await callDynamo(context.signal, (abortSignal) =>
      client.send(new QueryCommand(asked), { abortSignal }),
    );
    context.meter.readUnits += ConsumedCapacity?.CapacityUnits ?? 0;
    return { items: Items, next: LastEvaluatedKey };
  };
  const page = async (query: Query, context: ReadContext) => {
    const { items: found, next } = await items(query, context);
    return { rows: found.map(decodeFloor), next };
  };
  const ask = async (query: Query, context: ReadContext): Promise<readonly FloorRow[]> => {
    const { rows, next } = await page(query, context);
    // What stands beyond a page is not read, and could say no.
    if (query.Limit === undefined && next !== undefined) throw new StoreError('FLOOR_MALFORMED');
    return rows;
  };
  return {
    id: createTableId(client, table, clock),
    async newest(line, context, upTo) {
      const { sk: last } = upTo === undefined ? {} : floorKey(line, upTo);
      const query = {
        KeyConditionExpression: last === undefined ? 'pk = :line' : 'pk = :line AND sk <= :last',
        ExpressionAttributeValues: { ':line': { S: line }, ...(last !== undefined && { ':last': last }) },
        ScanIndexForward: false,
        Limit: 1,
      };
      return (await ask(query, context))[0] ?? null;
    },
    async *all(line, context) {
      const query = {
        KeyConditionExpression: 'pk = :line',
        ExpressionAttributeValues: { ':line': { S: line } },
      };
      for (let from: Item | undefined; ; ) {
        const { rows, next } = await page({ ...query, ExclusiveStartKey: from }, context);
        yield rows;
        if (next === undefined) return;
        from = next;
      }
    },
    async below({ epoch, version }, context) {
      const query = { ...ofEpoch('COMMIT', epoch, [0, version], 'newest'), Limit: AT_ONCE };
      const { items: found, next } = await items(query, context);
      const rows = found.flatMap((item) => decodedOrNone(item));
      const downTo = next === undefined ? 0 : (rows.at(-1)?.version ?? version);
      return { rows, downTo, isSound: rows.length === found.length };
    },
    async at({ epoch, version }, context, line = 'COMMIT') {
      return (await ask(ofEpoch(line, epoch, [version, version]), context))[0] ?? null;
    },
    async first(epoch, context) {
      return (await ask({ ...ofEpoch('APPROVAL', epoch), Limit: 1 }, context))[0] ?? null;
    },
    async keyrings({ epoch, version }, context) {
      const rows = await ask(ofEpoch('KEYRING', epoch), context);
      return rows
        .filter(({ since = 0 }) => !(since > version))
        .map(({ version: count, digest, since }) => ({
          count,
          digest,
          ...(since !== undefined && { since }),
        }));
    },
  };
}

type Query = Omit<QueryCommandInput, 'TableName'>;

function ofEpoch(
  line: FloorLine,
  epoch: number,
  [first, last]: readonly [first: number, last: number] = [0, LAST_PLACE],
  begin: 'oldest' | 'newest' = 'oldest',
): Query {
  const { pk, sk: from } = floorKey(line, { epoch, version: first });
  const { sk: to } = floorKey(line, { epoch, version: last });
  return {
    KeyConditionExpression: 'pk = :line AND sk BETWEEN :first AND :last',
    ExpressionAttributeValues: { ':line': pk, ':first': from, ':last': to } as Item,
    ScanIndexForward: begin === 'oldest',
  };
}

function decodedOrNone(item: Item): readonly FloorRow[] {
  try {
    return [decodeFloor(item)];
  } catch (error) {
    if (error instanceof StoreError && error.code === 'FLOOR_MALFORMED') return [];
    throw error;
  }
}
