import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Digest } from '../core/facts/canonical.ts';
import { callDynamo, type StoreTables } from './dynamodb.ts';
import { MAX_OBJECT_BYTES } from './object-bytes.ts';
import { fetchItems, objectBytes, reading } from './object-items.ts';
import { StoreError } from './store-error.ts';
import { decodeObject, type StoredObject } from './stored-object.ts';

/**
 * `shared`: law and leaves hold the facts of many authorities, and whatever was decided on them rests on their bytes: they
 * are never dropped. `structure`: it holds no free text. `unreadable`: nobody can say what would be lost. `in-use`: of a
 * proposal that is still open.
 */
export type PurgeOutcome =
  | 'purged'
  | 'already-purged'
  | 'missing'
  | 'in-use'
  | 'shared'
  | 'structure'
  | 'unreadable';

export interface PurgeOptions {
  readonly client: DynamoDBClient;
  readonly tables: StoreTables;
  readonly signal: AbortSignal;
}

/**
 * Removes the bytes of a commit's note for good: words that should never have been recorded. The digest stays, with a
 * tombstone that audits report as purged and that no later publication can fill again. Nothing that decides reads a note,
 * and no process keeps one. Needs a right to overwrite objects that no other part of the store has. What earlier backups
 * hold is not touched.
 */
export async function purgeObject(options: PurgeOptions, digest: Digest): Promise<PurgeOutcome> {
  const { client, tables, signal } = options;
  const left = await leftOf(options, digest);
  if (left !== null) return left;
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

/** What there is of an object, and why a purge leaves it so; null for a note that is still there. */
export async function leftOf(
  { client, tables, signal }: PurgeOptions,
  digest: Digest,
): Promise<PurgeOutcome | null> {
  const item = (await fetchItems(client, tables.objects, [digest], reading(signal))).get(digest);
  if (item === undefined) return 'missing';
  return keptAs(readable(digest, () => objectBytes(digest, item, MAX_OBJECT_BYTES.law)));
}

/** Why an object stays as it is; null for the one type that may go. */
function keptAs(object: StoredObject['type'] | 'purged' | 'unreadable'): PurgeOutcome | null {
  switch (object) {
    case 'note':
      return null;
    case 'law':
    case 'leaf':
      return 'shared';
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
    return decodeObject(bytes(), ['leaf', 'node', 'root', 'law', 'commit', 'note', 'approval', 'keyring'])
      .type;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return error.code === 'OBJECT_PURGED' && error.digest === digest ? 'purged' : 'unreadable';
  }
}

function unknownType(type: never): never {
  throw new StoreError('OBJECT_MALFORMED', { cause: type });
}
