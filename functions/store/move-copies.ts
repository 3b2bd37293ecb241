/** Moves HEAD's other copies to where the first is: before anybody is told, so that whoever reads any of them knows. */
import { type AttributeValue, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { rawDigest } from './digest-bytes.ts';
import { callDynamo } from './dynamodb.ts';
import {
  decodeHead,
  encodeHead,
  type HeadContent,
  headKey,
  type Item,
  isSameHead,
  type VerifiedHead,
} from './head.ts';
import { readHead } from './head-read.ts';
import { HEAD_TERMS, type HeadAccess, putIf } from './move-head.ts';
import { retrying } from './retrying.ts';
import { StoreError } from './store-error.ts';

/**
 * Each by a write of its own, conditioned on what it held: no transaction, which would not be had across Regions. Done when
 * every copy has been seen, or made, what the first was no earlier; doing it twice, or two at once, is doing it once.
 *
 * @param first what HEAD's first copy is, or was a moment ago
 * @throws StoreError STORE_UNAVAILABLE where a copy could not be moved; HEAD_MISSING where the first has gone
 */
export async function moveCopies(access: HeadAccess, first: VerifiedHead): Promise<void> {
  const others = Array.from({ length: (first.content.copies ?? 1) - 1 }, (_, index) => index + 1);
  await Promise.all(others.map((copy) => moveCopy(access, copy, first)));
}

async function moveCopy(access: HeadAccess, copy: number, first: VerifiedHead): Promise<void> {
  const { client, tables, publicKeys, context } = access;
  const [parent] = first.commit.ancestors;
  let { content } = first;
  // As most often: where the first has come from.
  let held: AttributeValue | undefined = parent && { B: rawDigest(parent) };
  await retrying({ ...HEAD_TERMS, signal: context.signal }, async () => {
    if ((await putIf(access, encodeHead(content, copy), whileHolding(held))) === 'done') return null;
    const item = await itemOf(access, copy);
    // After the copy, so that it is no older: what it does not include was put back, and stands for nobody.
    const head = await readHead(client, tables.state, publicKeys, context, first);
    if (head === undefined) throw new StoreError('HEAD_MISSING');
    content = head.content;
    held = item?.['digest'];
    return isCopyOf(item, content) ? null : {};
  });
}

/** A copy that was never written, or is not even of the form, holds nothing. */
export function whileHolding(digest: AttributeValue | undefined) {
  return digest === undefined
    ? { ConditionExpression: 'attribute_not_exists(digest)' }
    : { ConditionExpression: 'digest = :held', ExpressionAttributeValues: { ':held': digest } };
}

async function itemOf({ client, tables, context }: HeadAccess, copy: number): Promise<Item | undefined> {
  const get = new GetItemCommand({ TableName: tables.state, Key: headKey(copy), ConsistentRead: true });
  return (await callDynamo(context.signal, (abortSignal) => client.send(get, { abortSignal }))).Item;
}

function isCopyOf(item: Item | undefined, content: HeadContent): boolean {
  if (item === undefined) return false;
  try {
    return isSameHead(decodeHead(item), content);
  } catch (error) {
    if (error instanceof StoreError) return false;
    throw error;
  }
}
