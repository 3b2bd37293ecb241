import type { Digest, Json } from '../core/facts/canonical.ts';
import { DIGEST_BYTES, digestAt, rawDigest } from './digest-bytes.ts';
import { isStorableKey, parseStored } from './document.ts';
import { framed } from './object-bytes.ts';
import { StoreError } from './store-error.ts';
import { HASH_BYTES } from './trie-shape.ts';

/** A subtree as its parent knows it: where it is, and the sum of its entries' sizes. */
export interface Subtree {
  readonly digest: Digest;
  readonly size: number;
}

/** Documents by key, sorted by key. */
export interface LeafNode {
  readonly type: 'leaf';
  readonly entries: ReadonlyMap<string, Json>;
}

/** Subtrees by child index. Sizes are kept so that a shrunken node can be seen to fit a leaf without loading it. */
export interface InnerNode {
  readonly type: 'node';
  readonly fanout: number;
  child(index: number): Subtree | null;
}

const CHILD_BYTES = DIGEST_BYTES + 4;
const MAX_SUBTREE_SIZE = 0xffff_ffff;

/**
 * Asked of every subtree that a walk of one trie comes to, false for one that cannot stand there: each stands in one place,
 * because the hashes of its entries lead there, and none deeper than a hash is long. What stood in several could make a walk
 * of a few small objects go on for ever, and what stood deeper wait for the database as often as somebody likes.
 */
export function placedOnce(): (digest: Digest, depth: number) => boolean {
  const met = new Set<Digest>();
  return (digest, depth) => {
    if (met.has(digest) || depth > HASH_BYTES) return false;
    met.add(digest);
    return true;
  };
}

/** The same, where nobody goes on. @throws StoreError OBJECT_MALFORMED */
export function standingOnce(): (digest: Digest, depth: number) => void {
  const isPlaced = placedOnce();
  return (digest, depth) => {
    if (!isPlaced(digest, depth)) throw new StoreError('OBJECT_MALFORMED', { digest });
  };
}

/** A leaf's bytes: one canonical JSON object. `texts` are canonical documents by key, in any order. */
export function encodeLeaf(texts: Iterable<readonly [string, string]>): Uint8Array {
  const sorted = [...texts].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const body = `{${sorted.map(([key, text]) => `"${key}":${text}`).join(',')}}`;
  return framed('leaf', Buffer.from(body, 'utf8'));
}

export function decodeLeaf(body: Buffer): LeafNode {
  const parsed = parseStored(body.toString('utf8'));
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new StoreError('OBJECT_MALFORMED');
  }
  const entries = new Map<string, Json>(Object.entries(parsed));
  for (const key of entries.keys()) if (!isStorableKey(key)) throw new StoreError('OBJECT_MALFORMED');
  return { type: 'leaf', entries };
}

/** A node's bytes: for each child its raw digest and its size as a big-endian 32-bit integer. */
export function encodeNode(children: readonly (Subtree | null)[]): Uint8Array {
  const body = Buffer.alloc(children.length * CHILD_BYTES);
  children.forEach((child, index) => {
    if (child === null) return;
    if (child.size > MAX_SUBTREE_SIZE) throw new StoreError('TOO_LARGE');
    rawDigest(child.digest).copy(body, index * CHILD_BYTES);
    body.writeUInt32BE(child.size, index * CHILD_BYTES + DIGEST_BYTES);
  });
  return framed('node', body);
}

export function decodeNode(body: Buffer): InnerNode {
  const count = body.length / CHILD_BYTES;
  if (count !== 64 && count !== 256) throw new StoreError('OBJECT_MALFORMED');
  return {
    type: 'node',
    fanout: count,
    child(index) {
      if (!Number.isInteger(index) || index < 0 || index >= count) throw new StoreError('OBJECT_MALFORMED');
      const digest = digestAt(body, index * CHILD_BYTES);
      if (digest === null) return null;
      return { digest, size: body.readUInt32BE(index * CHILD_BYTES + DIGEST_BYTES) };
    },
  };
}
