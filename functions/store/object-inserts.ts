import { BatchExecuteStatementCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Digest, digestOf } from '../core/facts/canonical.ts';
import { compress } from './compression.ts';
import { callDynamo } from './dynamodb.ts';
import { type Item, itemBytes } from './head.ts';
import { fetchItems, objectBytes, type ReadContext } from './object-items.ts';
import { retrying } from './retrying.ts';
import { StoreError } from './store-error.ts';

/** DynamoDB's limits: statements in one batch, bytes in one item (a little kept back). */
const BATCH_STATEMENTS = 25;
export const MAX_ITEM_BYTES = 390 * 1024;

const TERMS = { attempts: 10, backoffMs: 20, doublings: 6 };
/** Batches under way at once. */
const PARALLEL = 4;

/** Codes of a single statement's failure after which it may simply be sent again. */
const PASSING: ReadonlySet<string> = new Set([
  'InternalServerError',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
  'ThrottlingError',
  'TransactionConflict',
]);

/** Attributes of an object's item besides the object itself (a commit's signature, which is not part of its digest). */
export type Companions = Item;

/**
 * Stores objects by PartiQL INSERT, the one write of DynamoDB that IAM can grant without also granting replacement. An
 * object that is already there is read back and proven intact: a publication must not rest on a damaged or purged one.
 *
 * @throws StoreError TOO_LARGE, OBJECT_PURGED, DIGEST_MISMATCH, OBJECT_MALFORMED, STORE_UNAVAILABLE, STORE_REFUSED
 */
export async function insertObjects(
  client: DynamoDBClient,
  table: string,
  objects: Iterable<readonly [Digest, Uint8Array]>,
  context: ReadContext,
  companions: Companions = {},
): Promise<void> {
  const queue = chunksOf(objects, BATCH_STATEMENTS);
  async function work(): Promise<void> {
    for (const chunk of queue) await insertChunk(client, table, new Map(chunk), context, companions);
  }
  await Promise.all(Array.from({ length: PARALLEL }, work));
}

/** What inserting these would throw before anything is sent. @throws StoreError TOO_LARGE, DIGEST_MISMATCH */
export function demandInsertable(objects: Iterable<readonly [Digest, Uint8Array]>): void {
  for (const [digest, bytes] of objects) objectItem(digest, bytes, {});
}

async function insertChunk(
  client: DynamoDBClient,
  table: string,
  objects: ReadonlyMap<Digest, Uint8Array>,
  context: ReadContext,
  companions: Companions,
): Promise<void> {
  const items = [...objects].map(([digest, bytes]) => objectItem(digest, bytes, companions));
  const present = await insertItems(client, table, items, context);
  await proveIntact(client, table, present, objects, context);
}

/**
 * Inserts items as they are, at most so many as go into one batch.
 *
 * @returns whose digests are taken: what stands there is as it was
 * @throws StoreError STORE_UNAVAILABLE, STORE_REFUSED
 */
export async function insertItems(
  client: DynamoDBClient,
  table: string,
  items: readonly Item[],
  context: ReadContext,
): Promise<readonly Digest[]> {
  const present: Digest[] = [];
  let pending = items;
  await retrying({ ...TERMS, signal: context.signal }, async () => {
    const batch = pending;
    if (batch.length === 0) return null;
    const answer = await callDynamo(context.signal, (abortSignal) =>
      client.send(
        new BatchExecuteStatementCommand({ Statements: batch.map((item) => insertion(table, item)) }),
        { abortSignal },
      ),
    );
    const responses = answer.Responses ?? [];
    if (responses.length !== batch.length) throw new StoreError('STORE_UNAVAILABLE');
    pending = batch.filter((item, index) => {
      const code = responses[index]?.Error?.Code;
      if (code === undefined) return false;
      if (code === 'DuplicateItem') {
        present.push(item['digest']?.S as Digest);
        return false;
      }
      if (!PASSING.has(code)) throw new StoreError('STORE_REFUSED');
      return true;
    });
    return pending.length === 0 ? null : {};
  });
  return present;
}

async function proveIntact(
  client: DynamoDBClient,
  table: string,
  present: readonly Digest[],
  objects: ReadonlyMap<Digest, Uint8Array>,
  context: ReadContext,
): Promise<void> {
  if (present.length === 0) return;
  const items = await fetchItems(client, table, present, context);
  for (const digest of present) {
    const item = items.get(digest);
    if (item === undefined) throw new StoreError('OBJECT_MISSING', { digest });
    objectBytes(digest, item, objects.get(digest)?.length ?? 0);
  }
}

function objectItem(digest: Digest, bytes: Uint8Array, companions: Companions): Item {
  if (digestOf(bytes) !== digest) throw new StoreError('DIGEST_MISMATCH', { digest });
  const item: Item = {
    digest: { S: digest },
    z: { B: compress(bytes) },
    n: { N: String(bytes.length) },
    ...companions,
  };
  if (itemBytes(item) > MAX_ITEM_BYTES) throw new StoreError('TOO_LARGE', { digest });
  return item;
}

/** One PartiQL INSERT, which refuses a key that is there. */
export function insertion(table: string, item: Item) {
  if (!/^[A-Za-z0-9_.-]{3,255}$/.test(table)) throw new StoreError('NOT_STORABLE');
  const names = Object.keys(item);
  return {
    Statement: `INSERT INTO "${table}" VALUE {${names.map((name) => `'${name}': ?`).join(', ')}}`,
    Parameters: Object.values(item),
  };
}

/** Chunks that several workers can take turns at: one shared iterator. */
function* chunksOf<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let chunk: T[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length === size) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}
