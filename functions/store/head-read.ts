/** Reads one copy of HEAD, strongly consistent, and proves what it says of itself; neither the floor nor people’s signatures. */
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { CommitKeys } from './commit-signature.ts';
import { callDynamo } from './dynamodb.ts';
import {
  decodeHead,
  type HeadContent,
  headKey,
  isSameHead,
  type VerifiedHead,
  verifyCommit,
  verifyHead,
} from './head.ts';
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
  const content = await contentOf(client, stateTable, context, copy);
  if (content === undefined) return undefined;
  return known !== undefined && isSameHead(known.content, content) ? known : verifyHead(content, keys);
}

/** HEAD's commit, also where only newer builds may read its root; parameters and errors as for {@link readHead}. */
export async function readHeadCommit(
  client: DynamoDBClient,
  stateTable: string,
  keys: CommitKeys,
  context: ReadContext,
): Promise<Pick<VerifiedHead, 'digest' | 'commit'> | undefined> {
  const content = await contentOf(client, stateTable, context, 0);
  return content && verifyCommit(content, keys);
}

async function contentOf(
  client: DynamoDBClient,
  stateTable: string,
  context: ReadContext,
  copy: number,
): Promise<HeadContent | undefined> {
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
  return answer.Item && decodeHead(answer.Item);
}
