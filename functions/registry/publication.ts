import * as z from 'zod/mini';
import { canonicalText, type Digest, digestOf, type Json } from '../core/facts/canonical.ts';
import { digest } from '../core/facts/primitives.ts';
import type { Approval } from '../store/approval.ts';
import type { Commit } from '../store/commit.ts';
import { isDigest } from '../store/digest-bytes.ts';
import { parseStored } from '../store/document.ts';
import type { CommitMeta } from '../store/next-commit.ts';
import { unframe } from '../store/object-bytes.ts';
import { insertObjects } from '../store/object-inserts.ts';
import { readingWithin } from '../store/object-items.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import type { PreparedPublication, PublishedVersion, Signatures } from '../store/publisher.ts';
import { decodeRoot, type RegistryRoot } from '../store/registry-root.ts';
import type { StagedRegistry } from '../store/staging.ts';
import { StoreError } from '../store/store-error.ts';
import { decodeObject } from '../store/stored-object.ts';
import { type ActingContext, instantText } from './context.ts';

/** What somebody is told who has changed the registry. */
export interface Acknowledgement {
  readonly version: number;
  readonly digest: Digest;
  readonly acknowledgedAt: string;
  /**
   * From this instant no permit that rests on what was replaced may be acted on, anywhere: the acknowledgement, plus the
   * longest lease, plus the stated clock skew.
   */
  readonly noPermitAfter: string;
}

export function acknowledge(
  context: ActingContext,
  published: Pick<PublishedVersion, 'version' | 'digest'>,
): Acknowledgement {
  const now = context.clock();
  return {
    version: published.version,
    digest: published.digest,
    acknowledgedAt: instantText(now),
    noPermitAfter: instantText(now + context.leaseMs + context.clockSkewMs),
  };
}

/**
 * Stores the objects of a change, then freezes its commit. Objects first, because they are named by their content and
 * harmless without a commit: what must survive a crash is then only the commit, a few kilobytes.
 */
export async function prepare(
  context: ActingContext,
  base: OpenSnapshot | null,
  staged: StagedRegistry,
  meta: Omit<CommitMeta, 'recordedAt'>,
  note: Json,
  signal: AbortSignal,
  signed?: Signatures,
): Promise<PreparedPublication> {
  await insertObjects(context.client, context.tables.objects, staged.objects, readingWithin(signal));
  return context.publisher.prepare({
    base,
    staged: { ...staged, objects: new Map() },
    meta: { ...meta, recordedAt: instantText(context.clock()) },
    note,
    ...(signed !== undefined && { signed }),
  });
}

/** A frozen publication as bytes, so that it outlives the process that froze it. */
export function freeze({ head, expected, objects }: PreparedPublication): Uint8Array {
  const text = canonicalText({
    commit: base64(head.commit),
    signature: base64(head.signature),
    root: base64(head.root),
    expected,
    objects: Object.fromEntries([...objects].map(([digest, bytes]) => [digest, base64(bytes)])),
  });
  return Buffer.from(text, 'utf8');
}

const frozen = z.strictObject({
  commit: z.string(),
  signature: z.string(),
  root: z.string(),
  expected: z.nullable(digest),
  objects: z.record(z.string(), z.string()),
});

/** The publication that {@link freeze} wrote. @throws StoreError OBJECT_MALFORMED for anything else */
export function thaw(bytes: Uint8Array): PreparedPublication {
  const read = z.safeParse(frozen, parseStored(Buffer.from(bytes).toString('utf8')));
  if (!read.success) throw new StoreError('OBJECT_MALFORMED');
  const { commit, signature, root, expected, objects } = read.data;
  const stored = new Map<Digest, Uint8Array>();
  for (const [digest, object] of Object.entries(objects)) {
    if (!isDigest(digest)) throw new StoreError('OBJECT_MALFORMED');
    stored.set(digest, Buffer.from(object, 'base64'));
  }
  return {
    head: {
      commit: Buffer.from(commit, 'base64'),
      signature: Buffer.from(signature, 'base64'),
      root: Buffer.from(root, 'base64'),
    },
    expected: expected as Digest | null,
    objects: stored,
  };
}

/** What a frozen publication comes to. @throws StoreError OBJECT_MALFORMED, FORMAT_UNKNOWN */
export function rootIn({ head }: PreparedPublication): RegistryRoot {
  return decodeRoot(unframe(head.root, ['root']).body);
}

/**
 * The commit of a frozen publication, and whose signatures it names: told from its bytes.
 *
 * @throws StoreError OBJECT_MALFORMED, OBJECT_MISSING, DIGEST_MISMATCH
 */
export function wordIn({ head, objects }: PreparedPublication): {
  readonly commit: Commit;
  readonly approval: Approval;
} {
  const made = decodeObject(head.commit, ['commit']);
  if (made.type !== 'commit') throw new StoreError('OBJECT_MALFORMED');
  const named = made.commit.approval;
  const bytes = objects.get(named);
  if (bytes === undefined) throw new StoreError('OBJECT_MISSING', { digest: named });
  if (digestOf(bytes) !== named) throw new StoreError('DIGEST_MISMATCH', { digest: named });
  const word = decodeObject(bytes, ['approval']);
  if (word.type !== 'approval') throw new StoreError('OBJECT_MALFORMED', { digest: named });
  return { commit: made.commit, approval: word.approval };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
