import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Digest, digestOf } from '../core/facts/canonical.ts';
import { decompress } from './compression.ts';
import { isDigest } from './digest-bytes.ts';
import { callDynamo } from './dynamodb.ts';
import type { Item } from './head.ts';
import { retrying } from './retrying.ts';
import { StoreError } from './store-error.ts';

/** What reads have cost so far. `batches` counts round trips that had to wait for one another. */
export interface Meter {
  readUnits: number;
  batches: number;
}

/** What a series of reads shares: one deadline, one account of its cost. */
export interface ReadContext {
  readonly signal: AbortSignal;
  readonly meter: Meter;
}

/** Of reads that have cost nothing yet. */
export function readingWithin(signal: AbortSignal): ReadContext {
  return { signal, meter: { readUnits: 0, batches: 0 } };
}

/** DynamoDB's limit of keys in one BatchGetItem. */
const BATCH_KEYS = 100;

/** For keys that DynamoDB left unprocessed. */
const TERMS = { attempts: 8, backoffMs: 10 };

/** BatchGetItem calls under way at once; what a decision needs always fits one wave. */
const PARALLEL = 8;

/**
 * Reads object items by digest, strongly consistent. A key DynamoDB left unprocessed is asked for again until the
 * deadline; the result then lacks exactly the digests that are not in the table.
 */
export async function fetchItems(
  client: DynamoDBClient,
  table: string,
  digests: readonly Digest[],
  context: ReadContext,
): Promise<Map<Digest, Item>> {
  const found = new Map<Digest, Item>();
  const all = [...new Set(digests)];
  for (let from = 0; from < all.length; from += PARALLEL * BATCH_KEYS) {
    await fetchWave(client, table, all.slice(from, from + PARALLEL * BATCH_KEYS), context, found);
  }
  return found;
}

async function fetchWave(
  client: DynamoDBClient,
  table: string,
  digests: readonly Digest[],
  context: ReadContext,
  found: Map<Digest, Item>,
): Promise<void> {
  let pending = digests;
  await retrying({ ...TERMS, signal: context.signal }, async () => {
    context.meter.batches += 1;
    const chunks = Array.from({ length: Math.ceil(pending.length / BATCH_KEYS) }, (_, i) =>
      pending.slice(i * BATCH_KEYS, (i + 1) * BATCH_KEYS),
    );
    const left = await Promise.all(chunks.map((chunk) => fetchChunk(client, table, chunk, context, found)));
    pending = left.flat();
    return pending.length === 0 ? null : {};
  });
}

async function fetchChunk(
  client: DynamoDBClient,
  table: string,
  chunk: readonly Digest[],
  context: ReadContext,
  found: Map<Digest, Item>,
): Promise<Digest[]> {
  const answer = await callDynamo(context.signal, (abortSignal) =>
    client.send(
      new BatchGetItemCommand({
        RequestItems: {
          [table]: { Keys: chunk.map((digest) => ({ digest: { S: digest } })), ConsistentRead: true },
        },
        ReturnConsumedCapacity: 'TOTAL',
      }),
      { abortSignal },
    ),
  );
  for (const cost of answer.ConsumedCapacity ?? []) context.meter.readUnits += cost.CapacityUnits ?? 0;
  for (const item of answer.Responses?.[table] ?? []) {
    const digest = item['digest']?.S;
    if (isDigest(digest) && chunk.includes(digest)) found.set(digest, item);
  }
  const unprocessed = answer.UnprocessedKeys?.[table]?.Keys ?? [];
  return unprocessed.map((key) => {
    const digest = key['digest']?.S;
    if (!isDigest(digest)) throw new StoreError('STORE_UNAVAILABLE');
    return digest;
  });
}

/** Whether what stands in an object's place says that it was purged. */
export function isTombstone(item: Item): boolean {
  return item['purged']?.BOOL === true && item['z'] === undefined;
}

/**
 * The bytes in an object's item, proven to be those its digest names.
 *
 * @param limit the most bytes an object in this place may have
 * @throws StoreError OBJECT_PURGED for a tombstone, OBJECT_MALFORMED, DIGEST_MISMATCH
 */
export function objectBytes(digest: Digest, item: Item, limit: number): Uint8Array {
  if (isTombstone(item)) {
    throw new StoreError('OBJECT_PURGED', { digest });
  }
  const compressed = item['z']?.B;
  const length = item['n']?.N;
  if (compressed === undefined || length === undefined) throw new StoreError('OBJECT_MALFORMED', { digest });
  const bytes = decompressNamed(digest, compressed, Number(length), limit);
  if (digestOf(bytes) !== digest) throw new StoreError('DIGEST_MISMATCH', { digest });
  return bytes;
}

function decompressNamed(digest: Digest, compressed: Uint8Array, length: number, limit: number): Uint8Array {
  try {
    return decompress(compressed, length, limit);
  } catch (cause) {
    throw new StoreError('OBJECT_MALFORMED', { digest, cause });
  }
}
