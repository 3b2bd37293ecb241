/** Which table this is: asked for anew as time goes by, when the clock goes back, and when a row says another. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { createTableId, SAME_TABLE_MS } from '../../functions/store/table-id.ts';

const context = { signal: AbortSignal.timeout(60_000), meter: { readUnits: 0, batches: 0 } };

it.each<[string, number, string | undefined, number]>([
  ['at once', 0, undefined, 1],
  ['a moment before it is too long ago', SAME_TABLE_MS - 1, undefined, 1],
  ['once it is too long ago', SAME_TABLE_MS, undefined, 2],
  ['by a clock that went back', -1, undefined, 2],
  ['where a row says the same', 0, 'table-1', 1],
  ['where a row says another', 0, 'table-2', 2],
])('asked again %s', async (_, later, said, expected) => {
  let [now, asked] = [1_000_000, 0];
  const send = async () => {
    asked += 1;
    return { Table: { TableId: `table-${asked}` } };
  };
  const id = createTableId({ send } as unknown as DynamoDBClient, 'floor', () => now);
  expect(await id.now(context)).toBe('table-1');
  now += later;
  expect([await id.now(context, said), asked]).toEqual([`table-${expected}`, expected]);
});
