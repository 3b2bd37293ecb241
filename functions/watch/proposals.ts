/** Counts the proposals that wait for a second person: one query of the newest, bounded. */
import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { PARTITIONS } from '../registry/partitions.ts';
import { isExpired, type Proposal } from '../registry/proposal.ts';
import { callDynamo } from '../store/dynamodb.ts';

/** Proposals looked at, the newest. */
const LOOKED_AT = 100;

const WAITING: ReadonlySet<unknown> = new Set(['open', 'approving']);

/** One that has expired waits for nobody: it can only be proposed again. One that cannot be read waits for somebody. */
function isWaiting(json: string | undefined, now: number): boolean {
  try {
    const record = JSON.parse(json ?? '') as Proposal;
    return WAITING.has(record.status) && !isExpired(record, now);
  } catch {
    return true;
  }
}

/** @throws StoreError */
export async function proposalsWaiting(
  client: DynamoDBClient,
  stateTable: string,
  signal: AbortSignal,
  now: number,
): Promise<number> {
  const { Items = [] } = await callDynamo(signal, (abortSignal) =>
    client.send(
      new QueryCommand({
        TableName: stateTable,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: PARTITIONS.proposals } },
        ScanIndexForward: false,
        Limit: LOOKED_AT,
      }),
      { abortSignal },
    ),
  );
  return Items.filter((item) => isWaiting(item['json']?.S, now)).length;
}
