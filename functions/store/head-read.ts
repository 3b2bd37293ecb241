/** Reads one copy of HEAD, strongly consistent, and proves what it says of itself; neither the floor nor people’s signatures. */
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { CommitKeys } from './commit-signature.ts';
import { callDynamo } from './dynamodb.ts';
import { decodeHead, headKey, isSameHead, type VerifiedHead, verifyHead } from './head.ts';
import type { ReadContext } from './object-items.ts';

/**
 * Reads and verifies HEAD: one strongly consistent read, one read unit.
 *
 * @param known a HEAD verified before; if these are the same bytes it is the answer
 * @param copy the first is what HEAD is; another may be older, or not be there
 * @returns undefined where nothing has been published
 * @throws StoreError STORE_UNAVAILABLE, STORE_REFUSED, HEAD_MALFORMED, SIGNATURE_INVALID, DIGEST_MISMATCH …
 */
export async function readHead(
  client: DynamoDBClient,
  stateTable: string,
  keys: CommitKeys,
  context: ReadContext,
  known?: VerifiedHead,
  copy = 0,
): Promise<VerifiedHead | undefined> {
  context.meter.batches += 1;
  const answer = await callDynamo(context.signal, (abortSignal) =>
    client.send(
      new GetItemCommand({
        TableName: stateTable,
        Key: headKey(copy),
        ConsistentRead: true,
        ReturnConsumedCapacity: 'TOTAL',
      }),
      { abortSignal },
    ),
  );
  context.meter.readUnits += answer.ConsumedCapacity?.CapacityUnits ?? 0;
  if (answer.Item === undefined) return undefined;
  const content = decodeHead(answer.Item);
  return known !== undefined && isSameHead(known.content, content) ? known : verifyHead(content, keys);
}
