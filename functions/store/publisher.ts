import { randomBytes } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Digest, digestOf, type Json } from '../core/facts/canonical.ts';
import { ancestorAt, type NamedCommit } from './ancestry.ts';
import { encodeCommit, homeOf } from './commit.ts';
import { type CommitKeys, commitMessage, isSigned, type Signer } from './commit-signature.ts';
import { rawDigest } from './digest-bytes.ts';
import { documentText } from './document.ts';
import { callDynamo, type StoreTables } from './dynamodb.ts';
import { encodeHead, type HeadContent, type VerifiedHead, verifyHead } from './head.ts';
import { readHead } from './head-read.ts';
import { type CommitMeta, nextCommit } from './next-commit.ts';
import { frame } from './object-bytes.ts';
import { createObjectCache } from './object-cache.ts';
import { insertObjects } from './object-inserts.ts';
import { pause, type ReadContext } from './object-items.ts';
import { createObjectLoader } from './object-loader.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import type { StagedRegistry } from './staging.ts';
import { StoreError } from './store-error.ts';

export interface PublisherOptions {
  readonly client: DynamoDBClient;
  readonly tables: StoreTables;
  readonly signer: Signer;
  readonly publicKeys: CommitKeys;
  /** Milliseconds for one `publish`. @default 60000 */
  readonly budgetMs?: number;
}

/** What to publish: on which base (null: the first version), what, and on whose word. */
export interface Publication {
  readonly base: OpenSnapshot | null;
  readonly staged: StagedRegistry;
  readonly meta: CommitMeta;
  /** Kept beside the commit as an object of its own: a reason, the proposal's digest … At most 60 KB. */
  readonly note: Json;
}

/** A publication whose bytes are frozen: publishing it twice, or after a crash, is publishing it once. */
export interface PreparedPublication {
  readonly head: HeadContent;
  /** Digest of the parent commit, null at genesis. */
  readonly expected: Digest | null;
  /** Everything below the commit, by digest. */
  readonly objects: ReadonlyMap<Digest, Uint8Array>;
}

export interface Published {
  readonly version: number;
  readonly digest: Digest;
  readonly lineage: string;
  readonly recordedAt: string;
}

/** Lost the race: `actual` is what HEAD is now. */
export class ConflictError extends StoreError {
  readonly actual: VerifiedHead | undefined;
  constructor(actual: VerifiedHead | undefined) {
    super('CONFLICT', actual === undefined ? {} : { digest: actual.digest, version: actual.commit.version });
    this.actual = actual;
  }
}

export interface Publisher {
  /** Freezes the commit's bytes and signature. Reads only ancestors; writes nothing. */
  prepare(publication: Publication): Promise<PreparedPublication>;
  /**
   * Writes the objects, then moves HEAD. Readers see the old registry or the new one, at whatever point this stops.
   * Idempotent: a lost acknowledgement is recognised by reading back, so the same `prepared` may be published again.
   *
   * @throws ConflictError if HEAD has moved elsewhere; StoreError STORE_UNAVAILABLE if the outcome is not known
   */
  publish(prepared: PreparedPublication): Promise<Published>;
  /** `prepare`, then `publish`. */
  commit(publication: Publication): Promise<Published>;
}

const HEAD_ATTEMPTS = 5;
const BACKOFF_MS = 25;

export function createPublisher(options: PublisherOptions): Publisher {
  const { client, tables, signer, publicKeys } = options;

  async function prepare({ base, staged, meta, note }: Publication): Promise<PreparedPublication> {
    const noteBytes = encodeNote(note);
    const place = { home: homeOf(tables.state), root: staged.rootDigest, note: digestOf(noteBytes) };
    const commit = encodeCommit(await nextCommit(base, place, meta));
    const digest = digestOf(commit);
    const signature = await signer.sign(commitMessage(digest));
    // A signer whose public key nobody has been given would lock every reader out.
    if (!isSigned(digest, signature, publicKeys)) throw new StoreError('SIGNATURE_INVALID', { digest });
    const head = { commit, signature, root: staged.rootBytes };
    encodeHead(head);
    const objects = new Map(staged.objects);
    objects.set(place.note, noteBytes);
    objects.set(staged.rootDigest, staged.rootBytes);
    return { head, expected: base?.digest ?? null, objects };
  }

  async function publish(prepared: PreparedPublication): Promise<Published> {
    const context: ReadContext = {
      signal: AbortSignal.timeout(options.budgetMs ?? 60_000),
      meter: { readUnits: 0, batches: 0 },
    };
    const ours = verifyHead(prepared.head, publicKeys);
    await insertObjects(client, tables.objects, prepared.objects, context);
    // After everything it refers to, and with its signature, which HEAD will not keep once it moves on.
    const companions = { signature: { B: prepared.head.signature } };
    const commitObject: [Digest, Uint8Array][] = [[ours.digest, prepared.head.commit]];
    await insertObjects(client, tables.objects, commitObject, context, companions);
    await moveHead(ours, prepared.expected, context);
    const { version, lineage, recordedAt } = ours.commit;
    return { version, digest: ours.digest, lineage, recordedAt };
  }

  /** Whatever the database answered, or did not, only what HEAD is afterwards says whether this publication is in. */
  async function moveHead(ours: VerifiedHead, expected: Digest | null, context: ReadContext): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await putHead(ours.content, expected, context);
      if (outcome === 'moved') return;
      const head = await readHead(client, tables.state, publicKeys, context);
      if (head !== undefined && (await includes(head, ours, context))) return;
      if ((head?.digest ?? null) !== expected) throw new ConflictError(head);
      if (attempt === HEAD_ATTEMPTS) throw new StoreError('STORE_UNAVAILABLE');
      await pause(BACKOFF_MS * 2 ** attempt * Math.random(), context.signal);
    }
  }

  async function putHead(
    content: HeadContent,
    expected: Digest | null,
    context: ReadContext,
  ): Promise<'moved' | 'unclear'> {
    const condition =
      expected === null
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'digest = :expected',
            ExpressionAttributeValues: { ':expected': { B: rawDigest(expected) } },
          };
    try {
      await callDynamo(context.signal, (abortSignal) =>
        client.send(
          new PutItemCommand({ TableName: tables.state, Item: encodeHead(content), ...condition }),
          { abortSignal },
        ),
      );
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
  async function includes(head: NamedCommit, ours: VerifiedHead, context: ReadContext): Promise<boolean> {
    if (head.commit.version < ours.commit.version) return false;
    const source = createObjectLoader(client, tables.objects, createObjectCache(1024 * 1024)).within(context);
    return (await ancestorAt(source, head, ours.commit.version)).digest === ours.digest;
  }

  return { prepare, publish, commit: async (publication) => publish(await prepare(publication)) };
}

/** The salt keeps a purged note from being guessed from its digest. */
function encodeNote(note: Json): Uint8Array {
  const salted = { note, salt: randomBytes(16).toString('hex') };
  return frame('note', Buffer.from(documentText(salted), 'utf8'));
}
