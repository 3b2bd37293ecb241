import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { ancestorAt, type NamedCommit } from './ancestry.ts';
import type { CommitKeys } from './commit-signature.ts';
import { rawDigest } from './digest-bytes.ts';
import { callDynamo, type StoreTables } from './dynamodb.ts';
import { encodeHead, type VerifiedHead } from './head.ts';
import { readHead } from './head-read.ts';
import { createObjectCache } from './object-cache.ts';
import type { ReadContext } from './object-items.ts';
import { createObjectLoader } from './object-loader.ts';
import { retrying } from './retrying.ts';
import { StoreError } from './store-error.ts';

/** Lost the race: `actual` is what HEAD is now. */
export class ConflictError extends StoreError {
  readonly actual: VerifiedHead | undefined;
  constructor(actual: VerifiedHead | undefined) {
    super('CONFLICT', actual === undefined ? {} : { digest: actual.digest, version: actual.commit.version });
    this.actual = actual;
  }
}

/** Where HEAD is, and how long this may take. */
export interface HeadAccess {
  readonly client: DynamoDBClient;
  readonly tables: StoreTables;
  readonly publicKeys: CommitKeys;
  readonly context: ReadContext;
}

const TERMS = { attempts: 5, backoffMs: 25 };

/**
 * Moves HEAD from the parent of `ours` to `ours` by one conditional write. Whatever the database answered, or did not,
 * only what HEAD is afterwards says whether this publication is in.
 *
 * A write that is still on its way when this gives up cannot do harm: it takes effect only on the very parent.
 *
 * @throws ConflictError if HEAD has moved elsewhere; StoreError STORE_UNAVAILABLE if the outcome is not known
 */
export async function moveHead(access: HeadAccess, ours: VerifiedHead): Promise<void> {
  const { client, tables, publicKeys, context } = access;
  const parent = ours.commit.ancestors[0] ?? null;
  await retrying({ ...TERMS, signal: context.signal }, async () => {
    if ((await putHead(access, ours)) === 'moved') return null;
    const head = await readHead(client, tables.state, publicKeys, context);
    if (head !== undefined && (await includes(access, head, ours))) return null;
    if ((head?.digest ?? null) !== parent) throw new ConflictError(head);
    return {};
  });
}

async function putHead(access: HeadAccess, ours: VerifiedHead): Promise<'moved' | 'unclear'> {
  const { client, tables, context } = access;
  const parent = ours.commit.ancestors[0];
  const condition =
    parent === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'digest = :parent',
          ExpressionAttributeValues: { ':parent': { B: rawDigest(parent) } },
        };
  const put = new PutItemCommand({ TableName: tables.state, Item: encodeHead(ours.content), ...condition });
  try {
    await callDynamo(context.signal, (abortSignal) => client.send(put, { abortSignal }));
    return 'moved';
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    // A failed condition is unclear too: the SDK may have repeated a write of ours that had succeeded.
    if (error.cause instanceof ConditionalCheckFailedException) return 'unclear';
    if (error.code === 'STORE_UNAVAILABLE' && !context.signal.aborted) return 'unclear';
    throw error;
  }
}

/** True if `head` is this publication or has come after it. */
async function includes(access: HeadAccess, head: NamedCommit, ours: VerifiedHead): Promise<boolean> {
  if (head.commit.version < ours.commit.version) return false;
  const loader = createObjectLoader(access.client, access.tables.objects, createObjectCache(1024 * 1024));
  const source = loader.within(access.context);
  return (await ancestorAt(source, head, ours.commit.version)).digest === ours.digest;
}
