import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { callDynamo } from '../store/dynamodb.ts';
import { isHeadPartition } from '../store/head.ts';
import { StoreError } from '../store/store-error.ts';

/** Items of the state table beside HEAD: proposals, jobs, and the pieces of what is too large for one item. */
export interface StateItems {
  get(key: StateKey, signal: AbortSignal): Promise<StateItem | undefined>;
  /** Writes an item; under a condition, answers false where that does not hold. */
  put(key: StateKey, values: StateItem, condition: PutCondition, signal: AbortSignal): Promise<boolean>;
  remove(key: StateKey, signal: AbortSignal): Promise<void>;
  /** Items of one partition by descending sort key, strongly consistent. */
  newest(pk: string, options: PageOptions, signal: AbortSignal): Promise<Page<PlacedItem>>;
  /** Every sort key of a partition that begins so, strongly consistent. @param beginning @default all of them */
  names(pk: string, signal: AbortSignal, beginning?: string): Promise<readonly string[]>;
}

export interface PageOptions {
  readonly before?: string;
  readonly limit: number;
}

/** Some of a partition. */
export interface Page<T> {
  readonly found: readonly T[];
  /** The `before` that goes on behind what was read, whatever of it is found; null where that was all. */
  readonly next: string | null;
}

export interface StateKey {
  readonly pk: string;
  readonly sk: string;
}

type StateValue = string | number | Uint8Array;
export type StateItem = Readonly<Record<string, StateValue>>;
type PlacedItem = StateItem & { readonly sk: string };

/**
 * When a write may happen: the item is not there yet, it is there at exactly this revision, or (for what is named by its
 * own content) always.
 */
type PutCondition = 'absent' | 'always' | { readonly revision: number };

export function createStateItems(client: DynamoDBClient, table: string): StateItems {
  return {
    async get(key, signal) {
      const { Item } = await callDynamo(signal, (abortSignal) =>
        client.send(new GetItemCommand({ TableName: table, Key: keyOf(key), ConsistentRead: true }), {
          abortSignal,
        }),
      );
      return Item === undefined ? undefined : valuesOf(Item);
    },

    async put(key, values, condition, signal) {
      const Item = { ...attributesOf(values), ...keyOf(key) };
      try {
        await callDynamo(signal, (abortSignal) =>
          client.send(new PutItemCommand({ TableName: table, Item, ...conditionOf(condition) }), {
            abortSignal,
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof StoreError && error.cause instanceof ConditionalCheckFailedException)
          return false;
        throw error;
      }
    },

    async remove(key, signal) {
      await callDynamo(signal, (abortSignal) =>
        client.send(new DeleteItemCommand({ TableName: table, Key: keyOf(key) }), { abortSignal }),
      );
    },

    async newest(pk, { before, limit }, signal) {
      if (isHeadPartition(pk)) throw new StoreError('NOT_STORABLE');
      const { Items = [], LastEvaluatedKey } = await callDynamo(signal, (abortSignal) =>
        client.send(
          new QueryCommand({
            TableName: table,
            ConsistentRead: true,
            ScanIndexForward: false,
            Limit: limit,
            KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
            ExpressionAttributeValues: {
              ':pk': { S: pk },
              ...(before !== undefined && { ':before': { S: before } }),
            },
          }),
          { abortSignal },
        ),
      );
      const found = Items.map((item) => ({ ...valuesOf(item), sk: item['sk']?.S ?? '' }));
      return { found, next: LastEvaluatedKey?.['sk']?.S ?? null };
    },

    async names(pk, signal, beginning) {
      if (isHeadPartition(pk)) throw new StoreError('NOT_STORABLE');
      const names: string[] = [];
      let after: Record<string, AttributeValue> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await callDynamo(signal, (abortSignal) =>
          client.send(
            new QueryCommand({
              TableName: table,
              ConsistentRead: true,
              ProjectionExpression: 'sk',
              KeyConditionExpression:
                beginning === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :beginning)',
              ExpressionAttributeValues: {
                ':pk': { S: pk },
                ...(beginning !== undefined && { ':beginning': { S: beginning } }),
              },
              ...(after !== undefined && { ExclusiveStartKey: after }),
            }),
            { abortSignal },
          ),
        );
        names.push(...Items.map((item) => item['sk']?.S ?? ''));
        after = LastEvaluatedKey;
      } while (after !== undefined);
      return names;
    },
  };
}

function keyOf({ pk, sk }: StateKey): Record<string, AttributeValue> {
  if (isHeadPartition(pk)) throw new StoreError('NOT_STORABLE');
  return { pk: { S: pk }, sk: { S: sk } };
}

function conditionOf(condition: PutCondition): Partial<PutItemCommand['input']> {
  if (condition === 'always') return {};
  if (condition === 'absent') return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: 'revision = :revision',
    ExpressionAttributeValues: { ':revision': { N: String(condition.revision) } },
  };
}

function attributesOf(values: StateItem): Record<string, AttributeValue> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, AttributeValue] => {
      if (typeof value === 'string') return [name, { S: value }];
      if (typeof value === 'number') return [name, { N: String(value) }];
      return [name, { B: value }];
    }),
  );
}

function valuesOf(item: Record<string, AttributeValue>): StateItem {
  const values: Record<string, StateValue> = {};
  for (const [name, value] of Object.entries(item)) {
    if (name === 'pk' || name === 'sk') continue;
    if (value.S !== undefined) values[name] = value.S;
    else if (value.N !== undefined) values[name] = Number(value.N);
    else if (value.B !== undefined) values[name] = value.B;
  }
  return values;
}
