import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Digest, Json } from '../core/facts/canonical.ts';
import { callDynamo, type StoreTables } from './dynamodb.ts';
import { MAX_OBJECT_BYTES } from './object-bytes.ts';
import { fetchItems, objectBytes, type ReadContext } from './object-items.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import { type TrieTops, triesOf } from './registry-tries.ts';
import { StoreError } from './store-error.ts';
import { decodeObject, type ObjectSource, type StoredObject } from './stored-object.ts';
import { topOf } from './trie-lookup.ts';
import { childIndex, keyHash } from './trie-shape.ts';

/** `in-use`: HEAD's readers need it; publish a registry without it first. `structure`: it holds no free text. */
export type PurgeOutcome = 'purged' | 'already-purged' | 'missing' | 'in-use' | 'structure';

export interface PurgeOptions {
  readonly client: DynamoDBClient;
  readonly tables: StoreTables;
  /** HEAD, just opened. */
  readonly head: OpenSnapshot;
  readonly signal: AbortSignal;
}

/**
 * Removes an object's bytes for good, for information that should never have been recorded. The digest stays, with a
 * tombstone that audits report as purged and that no later publication can fill again. Needs a right to overwrite objects
 * that no other part of the store has. What earlier backups hold is not touched.
 */
export async function purgeObject(options: PurgeOptions, digest: Digest): Promise<PurgeOutcome> {
  const { client, tables, head, signal } = options;
  const context: ReadContext = { signal, meter: { readUnits: 0, batches: 0 } };
  const item = (await fetchItems(client, tables.objects, [digest], context)).get(digest);
  if (item === undefined) return 'missing';
  const object = readable(digest, () => objectBytes(digest, item, MAX_OBJECT_BYTES.law));
  if (object === 'purged') return 'already-purged';
  if (object !== 'unreadable') {
    if (object.type !== 'law' && object.type !== 'leaf' && object.type !== 'note') return 'structure';
    if (await isInUse(head, digest, object)) return 'in-use';
  }
  return callDynamo(signal, async (abortSignal) => {
    const Item = { digest: { S: digest }, purged: { BOOL: true } };
    const put = { TableName: tables.objects, Item, ConditionExpression: 'attribute_exists(digest)' };
    try {
      await client.send(new PutItemCommand(put), { abortSignal });
      return 'purged';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'missing';
      throw error;
    }
  });
}

function readable(digest: Digest, bytes: () => Uint8Array): StoredObject | 'purged' | 'unreadable' {
  try {
    return decodeObject(bytes(), ['leaf', 'node', 'root', 'law', 'commit', 'note', 'approval', 'keyring']);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return error.code === 'OBJECT_PURGED' && error.digest === digest ? 'purged' : 'unreadable';
  }
}

/** A leaf's keys say where it would be: only that path is looked at. Nothing that decides reads a note. */
async function isInUse(head: OpenSnapshot, digest: Digest, object: StoredObject): Promise<boolean> {
  if (object.type === 'law') return head.root.law === digest;
  if (object.type !== 'leaf') return false;
  const [key] = object.entries.keys();
  if (key === undefined) return false;
  const leaves = await Promise.all(
    Object.values(triesOf(head.root)).map((trie) => leafOf(head.objects, trie, key)),
  );
  return leaves.includes(digest);
}

/** The leaf a key lies in, or null where it would lie in none. */
async function leafOf(source: ObjectSource, trie: TrieTops, key: string): Promise<Digest | null> {
  const hash = keyHash(key);
  let at = topOf(trie, hash);
  for (let depth: number = trie.depth; at !== null; depth += 1) {
    const node = (await source.load([at], ['leaf', 'node'])).get(at);
    if (node?.type !== 'node') return at;
    at = node.child(childIndex(trie.shape, hash, depth))?.digest ?? null;
  }
  return null;
}

/** What these objects say, for whoever must consent before it goes; an object without text, or gone already, says nothing. */
export async function textsOf(
  client: DynamoDBClient,
  table: string,
  digests: readonly Digest[],
  context: ReadContext,
): Promise<readonly Json[]> {
  const items = await fetchItems(client, table, digests, context);
  return [...items].flatMap(([digest, item]): readonly Json[] => {
    const object = readable(digest, () => objectBytes(digest, item, MAX_OBJECT_BYTES.law));
    if (object === 'purged' || object === 'unreadable') return [];
    if (object.type === 'leaf') return [...object.entries.values()];
    return object.type === 'law' ? [object.document] : [];
  });
}
