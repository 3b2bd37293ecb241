import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { ancestorAt, type NamedCommit } from './ancestry.ts';
import type { CommitKeys } from './commit-signature.ts';
import { rawDigest } from './digest-bytes.ts';
import { callDynamo, type StoreTables } from './dynamodb.ts';
import { encodeHead, type Item, type VerifiedHead } from './head.ts';
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

/** How often, and how patiently, a write of HEAD is made again. */
export const HEAD_TERMS = { attempts: 5, backoffMs: 25 };

/**
 * Moves HEAD's first copy from the parent of `ours` to `ours` by one conditional write. Whatever the database answered, or
 * did not, only what HEAD is afterwards says whether this publication is in.
 *
 * A write that is still on its way when this gives up cannot do harm: it takes effect only on the very parent.
 *
 * @param copies how many there shall be. Once there are more, there stay more: whoever reads among them, in a build or a
 *   setting that is on its way out, must never find one that publishers have forgotten.
 * @returns what HEAD is now: ours, or what came after it
 * @throws ConflictError if HEAD has moved elsewhere; StoreError STORE_UNAVAILABLE if the outcome is not known
 */
export async function moveHead(
  access: HeadAccess,
  ours: VerifiedHead,
  copies: number,
): Promise<VerifiedHead> {
  const { client, tables, publicKeys, context } = access;
  const parent = ours.commit.ancestors[0] ?? null;
  // As most often: the parent was published with the same setting.
  let were = copies;
  let is = ours;
  await retrying({ ...HEAD_TERMS, signal: context.signal }, async () => {
    const content = { ...ours.content, copies: Math.max(copies, were) };
    is = { ...ours, content };
    if ((await putIf(access, encodeHead(content), onParent(parent, were))) === 'done') return null;
    const head = await readHead(client, tables.state, publicKeys, context);
    if (head !== undefined && (await includes(access, head, ours))) {
      is = head;
      return null;
    }
    if ((head?.digest ?? null) !== parent) throw new ConflictError(head);
    were = head?.content.copies ?? 1;
    return {};
  });
  return is;
}

type Condition = Pick<PutItemCommandInput, 'ConditionExpression' | 'ExpressionAttributeValues'>;

/** Only from where the parent is, with as many copies as are going to be moved. */
function onParent(parent: NamedCommit['digest'] | null, copies: number): Condition {
  if (parent === null) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const values = { ':parent': { B: rawDigest(parent) } };
  return copies === 1
    ? {
        ConditionExpression: 'digest = :parent AND attribute_not_exists(copies)',
        ExpressionAttributeValues: values,
      }
    : {
        ConditionExpression: 'digest = :parent AND copies = :copies',
        ExpressionAttributeValues: { ...values, ':copies': { N: String(copies) } },
      };
}

/** One conditional write; `unclear` where it may or may not have taken effect, or its condition did not hold. */
export async function putIf(
  { client, tables, context }: HeadAccess,
  item: Item,
  condition: Condition,
): Promise<'done' | 'unclear'> {
  const put = new PutItemCommand({ TableName: tables.state, Item: item, ...condition });
  try {
    await callDynamo(context.signal, (abortSignal) => client.send(put, { abortSignal }));
    return 'done';
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
