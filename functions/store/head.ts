/** HEAD as an item of DynamoDB: what it holds, and what of it is checked before anybody reads on. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type Digest, digestOf } from '../core/facts/canonical.ts';
import { type Commit, decodeCommit } from './commit.ts';
import { type CommitKeys, isSigned, SIGNATURE_BYTES } from './commit-signature.ts';
import { rawDigest } from './digest-bytes.ts';
import { unframe } from './object-bytes.ts';
import { decodeRoot, type RegistryRoot } from './registry-root.ts';
import { StoreError } from './store-error.ts';

/** A DynamoDB item as the client gives and takes it. */
export type Item = Record<string, AttributeValue>;

/** The partition of HEAD's first copy, which says what HEAD is: the publisher's alone. */
export const HEAD_PARTITION = 'HEAD';
/** What the partitions of its other copies begin with: a partition serves about 3,000 strong read units a second. */
export const HEAD_COPY_PREFIX = `${HEAD_PARTITION}#`;
export const HEAD_KEY: Item = headKey(0);

export const MOST_HEAD_COPIES = 64;

/** @param copy 0 is the first, which is moved before the others */
export function headKey(copy: number): Item {
  const partition = copy === 0 ? HEAD_PARTITION : `${HEAD_COPY_PREFIX}${copy}`;
  return { pk: { S: partition }, sk: { S: HEAD_PARTITION } };
}

/** True for a partition that only HEAD may be in. */
export function isHeadPartition(pk: string): boolean {
  return pk === HEAD_PARTITION || pk.startsWith(HEAD_COPY_PREFIX);
}

/**
 * Which copy to read between two looks at the floor: where there are others not the first, which serves these looks.
 *
 * @param random from 0 up to, and not, 1
 */
export function copyToRead(copies: number, random: number): number {
  return copies === 1 ? 0 : 1 + Math.floor(random * (copies - 1));
}

/** One read unit: what a strongly consistent read of HEAD may cost at any size of registry. */
const MAX_HEAD_BYTES = 4096;

/** What HEAD holds: enough to verify itself and to take the first step into every trie. */
export interface HeadContent {
  readonly commit: Uint8Array;
  readonly signature: Uint8Array;
  readonly root: Uint8Array;
  /** How many copies of it there are; left out for one. It says what publishers must move, and nobody's signature is on it. */
  readonly copies?: number;
}

/** A HEAD whose signature and digests have been checked. */
export interface VerifiedHead {
  readonly content: HeadContent;
  readonly digest: Digest;
  readonly commit: Commit;
  readonly root: RegistryRoot;
}

/** The item for a copy of a HEAD. Throws TOO_LARGE where reading it would cost more than one unit. */
export function encodeHead(content: HeadContent, copy = 0): Item {
  const { copies = 1 } = content;
  const item: Item = {
    ...headKey(copy),
    // What the next publication's condition compares; readers derive it from the commit's bytes.
    digest: { B: rawDigest(digestOf(content.commit)) },
    commit: { B: content.commit },
    signature: { B: content.signature },
    root: { B: content.root },
    ...(copies > 1 && { copies: { N: String(copies) } }),
  };
  if (itemBytes(item) > MAX_HEAD_BYTES) throw new StoreError('TOO_LARGE');
  return item;
}

/** An item's size as DynamoDB counts it: names and values, strings in UTF-8, binaries raw. */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) =>
      sum + Buffer.byteLength(name) + (value.B?.length ?? Buffer.byteLength(value.S ?? value.N ?? '')),
    0,
  );
}

/** The parts of a HEAD item. Throws HEAD_MALFORMED unless it has exactly their types. */
export function decodeHead(item: Item): HeadContent {
  const [commit, signature, root] = [item['commit']?.B, item['signature']?.B, item['root']?.B];
  if (commit === undefined || signature === undefined || root === undefined) {
    throw new StoreError('HEAD_MALFORMED');
  }
  const digest = item['digest']?.B;
  if (signature.length !== SIGNATURE_BYTES || digest === undefined) throw new StoreError('HEAD_MALFORMED');
  if (!rawDigest(digestOf(commit)).equals(digest)) throw new StoreError('DIGEST_MISMATCH');
  const copies = copiesIn(item);
  return { commit, signature, root, ...(copies > 1 && { copies }) };
}

function copiesIn({ copies: said }: Item): number {
  if (said === undefined) return 1;
  const copies = Number(said.N);
  if (!(Number.isInteger(copies) && copies > 1 && copies <= MOST_HEAD_COPIES))
    throw new StoreError('HEAD_MALFORMED');
  return copies;
}

/**
 * Checks a HEAD by itself: the signature before a byte of the commit is parsed, then the root against the commit.
 *
 * @throws StoreError SIGNATURE_INVALID, DIGEST_MISMATCH or OBJECT_MALFORMED
 */
export function verifyHead(content: HeadContent, keys: CommitKeys): VerifiedHead {
  const { digest, commit } = verifyCommit(content, keys);
  const rootDigest = digestOf(content.root);
  if (rootDigest !== commit.root) throw new StoreError('DIGEST_MISMATCH', { digest: rootDigest });
  return { content, digest, commit, root: decodeRoot(unframe(content.root, ['root']).body) };
}

/** The part of it that says nothing of what it takes to read the rest; errors as for {@link verifyHead}. */
export function verifyCommit(
  content: HeadContent,
  keys: CommitKeys,
): Pick<VerifiedHead, 'digest' | 'commit'> {
  const digest = digestOf(content.commit);
  if (!isSigned(digest, content.signature, keys)) throw new StoreError('SIGNATURE_INVALID', { digest });
  return { digest, commit: decodeCommit(unframe(content.commit, ['commit']).body) };
}

/** True if two HEADs are the same bytes: then what was verified once needs no second look. */
export function isSameHead(a: HeadContent, b: HeadContent): boolean {
  return (
    Buffer.compare(a.commit, b.commit) === 0 &&
    Buffer.compare(a.signature, b.signature) === 0 &&
    Buffer.compare(a.root, b.root) === 0
  );
}
