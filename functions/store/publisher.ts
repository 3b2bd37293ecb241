import { randomBytes } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Digest, digestOf, type Json } from '../core/facts/canonical.ts';
import { type Approval, encodeApproval } from './approval.ts';
import { encodeCommit, homeOf } from './commit.ts';
import { type CommitKeys, commitMessage, isSigned, type Signer } from './commit-signature.ts';
import { documentText } from './document.ts';
import type { StoreTables } from './dynamodb.ts';
import { encodeHead, type HeadContent, verifyHead } from './head.ts';
import { encodeKeyring, type Keyring } from './keyring.ts';
import { ConflictError, moveHead } from './move-head.ts';
import { type CommitMeta, nextCommit } from './next-commit.ts';
import { frame } from './object-bytes.ts';
import { insertObjects } from './object-inserts.ts';
import type { ReadContext } from './object-items.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import type { StagedRegistry } from './staging.ts';
import { StoreError } from './store-error.ts';

export { ConflictError };

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
  /** What people signed, and who may sign from here on. Left out for one person's stop: then the base's stand. */
  readonly signed?: Signatures;
  /** Kept beside the commit as an object of its own: a reason, the proposal's digest … At most 60 KB. */
  readonly note: Json;
}

export interface Signatures {
  readonly approval: Approval;
  readonly keyring: Keyring;
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

export function createPublisher(options: PublisherOptions): Publisher {
  const { client, tables, signer, publicKeys } = options;

  async function prepare({ base, staged, meta, signed, note }: Publication): Promise<PreparedPublication> {
    const noteBytes = encodeNote(note);
    const word = signed === undefined ? carried(base) : encodeSignatures(signed);
    const place = {
      ...{ home: homeOf(tables.state), root: staged.rootDigest, note: digestOf(noteBytes) },
      ...{ approval: word.approval, keyring: word.keyring },
    };
    const commit = encodeCommit(await nextCommit(base, place, meta));
    const digest = digestOf(commit);
    const signature = await signer.sign(commitMessage(digest));
    // A signer whose public key nobody has been given would lock every reader out.
    if (!isSigned(digest, signature, publicKeys)) throw new StoreError('SIGNATURE_INVALID', { digest });
    const head = { commit, signature, root: staged.rootBytes };
    encodeHead(head);
    const objects = new Map([...staged.objects, ...word.objects]);
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
    if (prepared.expected !== (ours.commit.ancestors[0] ?? null)) throw new StoreError('NOT_STORABLE');
    await insertObjects(client, tables.objects, prepared.objects, context);
    // After everything it refers to, and with its signature, which HEAD will not keep once it moves on.
    const companions = { signature: { B: prepared.head.signature } };
    const commitObject: [Digest, Uint8Array][] = [[ours.digest, prepared.head.commit]];
    await insertObjects(client, tables.objects, commitObject, context, companions);
    await moveHead({ client, tables, publicKeys, context }, ours);
    const { version, lineage, recordedAt } = ours.commit;
    return { version, digest: ours.digest, lineage, recordedAt };
  }

  return { prepare, publish, commit: async (publication) => publish(await prepare(publication)) };
}

interface Word {
  readonly approval: Digest;
  readonly keyring: Digest;
  readonly objects: readonly (readonly [Digest, Uint8Array])[];
}

/** One person's stop changes nothing of what people signed. */
function carried(base: OpenSnapshot | null): Word {
  if (base === null) throw new StoreError('NOT_STORABLE');
  const { approval, keyring } = base.commit;
  return { approval, keyring, objects: [] };
}

function encodeSignatures(signed: Signatures): Word {
  const [approval, keyring] = [encodeApproval(signed.approval), encodeKeyring(signed.keyring)];
  const objects = [approval, keyring].map((bytes) => [digestOf(bytes), bytes] as const);
  return { approval: digestOf(approval), keyring: digestOf(keyring), objects };
}

/** The salt keeps a purged note from being guessed from its digest. */
function encodeNote(note: Json): Uint8Array {
  const salted = { note, salt: randomBytes(16).toString('hex') };
  return frame('note', Buffer.from(documentText(salted), 'utf8'));
}
