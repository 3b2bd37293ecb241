import { hash } from 'node:crypto';
import { StoreError } from './store-error.ts';

/**
 * The shape of a trie by SHA-256 of key. It is a pure function of the set of entries: a subtree whose encoded size is
 * within its depth's limit is one leaf, a larger one is a node over its children. Limits grow with depth so that no
 * entry lies deeper than the fourth batch of a cold read (HEAD, node, leaf, vendor leaf) until a single second-level
 * subtree passes 256 KB, that is, at several gigabytes of view.
 */
export interface TrieShape {
  /** Children of the node at depth 0; below it every node has 256. */
  readonly rootFanout: 64 | 256;
  /** The largest encoded size of a leaf at each depth; the last holds for all below. */
  readonly leafLimits: readonly [number, ...number[]];
}

const KB = 1024;

/** The largest leaf anywhere, and so the largest document: it still fits one item when nothing compresses. */
export const MAX_LEAF_SIZE = 256 * KB;

/** Fan-out 64 at the top, whose slots HEAD itself carries. */
export const VIEW_SHAPE: TrieShape = { rootFanout: 64, leafLimits: [32 * KB, 32 * KB, MAX_LEAF_SIZE] };

/** As the view, but its top is an object: only the control plane reads facts. */
export const FACTS_SHAPE: TrieShape = { ...VIEW_SHAPE };

/** One level between root and leaves, because a cold decision has one batch left for vendors after the networks. */
export const VENDORS_SHAPE: TrieShape = { rootFanout: 256, leafLimits: [32 * KB, MAX_LEAF_SIZE] };

/** Of a key's hash: no subtree lies deeper. */
export const HASH_BYTES = 32;

/** SHA-256 of an entry's key: where it lies. */
export function keyHash(key: string): Buffer {
  // By way of text: one call that makes no object of a hash takes a quarter of the time.
  return Buffer.from(hash('sha256', key, 'hex'), 'hex');
}

/** Which child of a node at `depth` an entry lies under. A trie deeper than a hash is long is OBJECT_MALFORMED. */
export function childIndex(shape: TrieShape, hash: Buffer, depth: number): number {
  const byte = hash[depth];
  if (byte === undefined) throw new StoreError('OBJECT_MALFORMED');
  return depth === 0 && shape.rootFanout === 64 ? byte >> 2 : byte;
}

export function fanout(shape: TrieShape, depth: number): 64 | 256 {
  return depth === 0 ? shape.rootFanout : 256;
}

export function leafLimit(shape: TrieShape, depth: number): number {
  return shape.leafLimits[Math.min(depth, shape.leafLimits.length - 1)] ?? MAX_LEAF_SIZE;
}

/** An entry's share of its leaf in bytes: `"key":document` and one separator. Keys are ASCII without escapes. */
export function entrySize(key: string, text: string): number {
  return key.length + 4 + Buffer.byteLength(text, 'utf8');
}
