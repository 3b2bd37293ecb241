import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Digest } from '../core/facts/canonical.ts';
import { callDynamo, type StoreTables } from './dynamodb.ts';
import { MAX_OBJECT_BYTES, OBJECT_TYPES } from './object-bytes.ts';
import { fetchItems, objectBytes, readingWithin } from './object-items.ts';
import { type PurgeWord, tombstoneOf } from './purge-word.ts';
import { StoreError } from './store-error.ts';
import { decodeObject, type StoredObject } from './stored-object.ts';

/**
 * `structure`: it holds no free text, and history hangs by it. `in-force`: decisions rest on it. `unreadable`: nobody can say
 * what would be lost. `in-use`: of a proposal that is still open.
 */
export type PurgeOutcome =
  | 'purged'
  | 'already-purged'
  | 'missing'
  | 'in-use'
  | 'in-force'
  | 'structure'
  | 'unreadable';

export interface PurgeOptions {
  readonly client: DynamoDBClient;
  readonly tables: StoreTables;
  readonly signal: AbortSignal;
}

/**
 * Removes the bytes of a commit's note, or of a document of facts, for good: words that should never have been recorded. The
 * digest stays, with a tombstone that no later publication can fill again, and in it whose word it was. Needs a right to
 * overwrite objects that no other part of the store has. What earlier backups hold is not touched.
 *
 * @param word names the object; whoever calls has seen that nothing in force holds it
 */
export async function purgeObject(
  options: PurgeOptions,
  digest: Digest,
  word: PurgeWord,
): Promise<PurgeOutcome> {
  const { client, tables, signal } = options;
  const left = await leftOf(options, digest);
  if (left !== null) return left;
  return callDynamo(signal, async (abortSignal) => {
    const Item = tombstoneOf(digest, word);
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

/** What there is of an object, and why a purge leaves it so; null for what is still there and may go. */
export async function leftOf(
  { client, tables, signal }: PurgeOptions,
  digest: Digest,
): Promise<PurgeOutcome | null> {
  const item = (await fetchItems(client, tables.objects, [digest], readingWithin(signal))).get(digest);
  if (item === undefined) return 'missing';
  return keptAs(readable(digest, () => objectBytes(digest, item, MAX_OBJECT_BYTES.law)));
}

/** Why an object stays as it is; null for the types that may go. */
function keptAs(object: StoredObject['type'] | 'purged' | 'unreadable'): PurgeOutcome | null {
  switch (object) {
    case 'note':
    case 'law':
    case 'leaf':
      return null;
    case 'approval':
    case 'commit':
    case 'keyring':
    case 'root':
    case 'node':
      return 'structure';
    case 'purged':
      return 'already-purged';
    case 'unreadable':
      return 'unreadable';
    default:
      return unknownType(object);
  }
}

function readable(digest: Digest, bytes: () => Uint8Array): StoredObject['type'] | 'purged' | 'unreadable' {
  try {
    return decodeObject(bytes(), OBJECT_TYPES).type;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return error.code === 'OBJECT_PURGED' && error.digest === digest ? 'purged' : 'unreadable';
  }
}

function unknownType(type: never): never {
  throw new StoreError('OBJECT_MALFORMED', { cause: type });
}
