/** Counts the proposals that wait for a second person: one query of the newest, bounded. */
import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { callDynamo } from '../store/dynamodb.ts';

/** Partition of the state table in which the control plane keeps its proposals (`functions/registry/assemble.ts`). */
export const PROPOSALS_PARTITION = 'PROPOSALS';

/** Proposals looked at: an older one that still waits has expired. */
const LOOKED_AT = 100;

const WAITING: ReadonlySet<unknown> = new Set(['open', 'approving']);

function statusOf(json: string | undefined): unknown {
  try {
    const record: unknown = JSON.parse(json ?? '');
    return typeof record === 'object' && record !== null && 'status' in record ? record.status : undefined;
  } catch {
    return undefined;
  }
}

/** @throws StoreError */
export async function proposalsWaiting(
  client: DynamoDBClient,
  stateTable: string,
  signal: AbortSignal,
): Promise<number> {
  const { Items = [] } = await callDynamo(signal, (abortSignal) =>
    client.send(
      new QueryCommand({
        TableName: stateTable,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: PROPOSALS_PARTITION } },
        ScanIndexForward: false,
        Limit: LOOKED_AT,
      }),
      { abortSignal },
    ),
  );
  return Items.filter((item) => WAITING.has(statusOf(item['json']?.S))).length;
}
