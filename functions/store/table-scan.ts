/** Every item of a table, from where an earlier look stopped: for whoever must be sure that bytes are nowhere. */
import { type AttributeValue, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { callDynamo } from './dynamodb.ts';
import type { Item } from './head.ts';

/** The key that the next page comes after, as plain strings: every table here is keyed by such. */
export type ScanPlace = Readonly<Record<string, string>>;

export interface ScannedPage {
  readonly items: readonly Item[];
  /** Null at the end of the table. */
  readonly next: ScanPlace | null;
}

export async function scanPage(
  client: DynamoDBClient,
  table: string,
  after: ScanPlace | null,
  signal: AbortSignal,
): Promise<ScannedPage> {
  const start = after === null ? {} : { ExclusiveStartKey: attributes(after) };
  const { Items = [], LastEvaluatedKey } = await callDynamo(signal, (abortSignal) =>
    client.send(new ScanCommand({ TableName: table, ConsistentRead: true, ...start }), { abortSignal }),
  );
  return { items: Items, next: LastEvaluatedKey === undefined ? null : strings(LastEvaluatedKey) };
}

function attributes(place: ScanPlace): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(place).map(([name, value]) => [name, { S: value }]));
}

function strings(key: Record<string, AttributeValue>): ScanPlace {
  return Object.fromEntries(Object.entries(key).map(([name, value]) => [name, value.S ?? '']));
}
