/** Which table this is: one restored from a backup under the same name is another, and its rows say so. */
import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { callDynamo } from './dynamodb.ts';
import type { ReadContext } from './object-items.ts';
import { StoreError } from './store-error.ts';

/**
 * For how many milliseconds a table is taken for the one it was. To delete one and restore it takes DynamoDB minutes; a
 * process that nobody asked anything meanwhile must not take the new one for the old.
 */
export const SAME_TABLE_MS = 30_000;

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

/** The id of one table, asked for now and then. */
export interface TableId {
  /** @param said by a row: if it is another, the table is asked at once which it is */
  now(context: ReadContext, said?: string): Promise<string>;
}

/** @param clock milliseconds since the epoch */
export function createTableId(client: DynamoDBClient, table: string, clock: () => number): TableId {
  // INVARIANT: about no request; see SAME_TABLE_MS.
  let last: { readonly id: string; readonly at: number } | undefined;
  return {
    async now(context, said) {
      const at = clock();
      const isSame = last !== undefined && last.at <= at && at - last.at < SAME_TABLE_MS;
      if (last === undefined || !isSame || (said !== undefined && said !== last.id))
        last = { id: await tableIdOf(client, table, context.signal), at };
      return last.id;
    },
  };
}
