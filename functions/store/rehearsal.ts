/**
 * A publication's writes without a publication: the same two writes of the same sizes, where nobody reads them as what they
 * look like. Nothing of it grows, however often it is done.
 */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Digest, digestOf } from '../core/facts/canonical.ts';
import { SIGNATURE_BYTES } from './commit-signature.ts';
import { documentText } from './document.ts';
import { callDynamo, type StoreTables } from './dynamodb.ts';
import { encodeHead, type HeadContent, type Item } from './head.ts';
import { whileHolding } from './move-copies.ts';
import { HEAD_TERMS } from './move-head.ts';
import { framed } from './object-bytes.ts';
import { demandInsertable, insertObjects } from './object-inserts.ts';
import type { ReadContext } from './object-items.ts';
import { retrying } from './retrying.ts';
import { StoreError } from './store-error.ts';

/** A partition of its own: HEAD has another, and no reader asks for this one. */
export const REHEARSAL_PARTITION = 'REHEARSAL';
export const REHEARSAL_KEY: Item = { pk: { S: REHEARSAL_PARTITION }, sk: { S: REHEARSAL_PARTITION } };

interface Access {
  readonly client: DynamoDBClient;
  readonly tables: StoreTables;
  readonly context: ReadContext;
}

/** The same bytes each time: inserted once, and from then on refused as a duplicate and proven intact. */
const OBJECT = framed(
  'note',
  Buffer.from(documentText({ note: { rehearsal: true }, salt: '0'.repeat(32) }), 'utf8'),
);

/**
 * Inserts an object as a publication does, where those of a publication could be inserted too.
 *
 * @param objects measured, and thrown away
 * @throws StoreError TOO_LARGE; and whatever an insert throws
 */
export async function rehearseInsert(
  { client, tables, context }: Access,
  objects: ReadonlyMap<Digest, Uint8Array>,
): Promise<void> {
  demandInsertable(objects);
  await insertObjects(client, tables.objects, [[digestOf(OBJECT), OBJECT]], context);
}

/**
 * Writes what would be HEAD, by one conditional write as HEAD is moved by. What is stored has no signature: put in HEAD's
 * place it would open for nobody.
 *
 * @throws StoreError STORE_UNAVAILABLE, STORE_REFUSED, TOO_LARGE
 */
export async function rehearseMove({ client, tables, context }: Access, content: HeadContent): Promise<void> {
  const unsigned = encodeHead({ ...content, signature: new Uint8Array(SIGNATURE_BYTES) });
  const call = <T>(send: (abortSignal: AbortSignal) => Promise<T>) => callDynamo(context.signal, send);
  await retrying({ ...HEAD_TERMS, signal: context.signal }, async () => {
    const { Item: there } = await call((abortSignal) =>
      client.send(new GetItemCommand({ TableName: tables.state, Key: REHEARSAL_KEY, ConsistentRead: true }), {
        abortSignal,
      }),
    );
    const put = new PutItemCommand({
      TableName: tables.state,
      Item: { ...unsigned, ...REHEARSAL_KEY },
      ...whileHolding(there?.['digest']),
    });
    try {
      await call((abortSignal) => client.send(put, { abortSignal }));
      return null;
    } catch (error) {
      // Another rehearsal was first, or this one's own answer was lost: either way it is asked again.
      if (error instanceof StoreError && error.cause instanceof ConditionalCheckFailedException)
        return { cause: error.cause };
      throw error;
    }
  });
}
