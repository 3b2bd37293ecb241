import { type Digest, digestOf } from '../core/facts/canonical.ts';
import { documentText } from './document.ts';
import type { TrieTops } from './registry-tries.ts';
import { StoreError } from './store-error.ts';
import type { ObjectOf } from './stored-object.ts';
import { encodeLeaf, placedOnce } from './trie-node.ts';
import { childIndex, entrySize, fanout, keyHash, leafLimit, type TrieShape } from './trie-shape.ts';

/** Loads objects for an audit: what cannot be had is reported by the callee and left out, so that the walk goes on. */
export type AuditLoad = (
  digests: readonly Digest[],
) => Promise<ReadonlyMap<Digest, ObjectOf<'leaf' | 'node'>>>;

/** A subtree to be audited, and what its parent says of it. */
interface Place {
  readonly digest: Digest;
  readonly path: readonly number[];
  /** What the parent recorded as its size; null under the root, which records none. */
  readonly size: number | null;
}

const AUDIT_BATCH = 32;

/**
 * Walks one trie and reports every node that is not where and what the set of entries demands: an entry under the wrong
 * path, a wrong size, a leaf where a node should be, bytes that are not canonical.
 *
 * @param visited places already audited, as path, size and digest: versions share nearly everything
 */
export async function auditTrie(
  trie: TrieTops,
  load: AuditLoad,
  visited: Set<string>,
  misplaced: (digest: Digest) => void,
): Promise<void> {
  const isPlaced = placedOnce();
  const fresh = ({ digest, path, size }: Place): boolean => {
    if (!isPlaced(digest, path.length)) {
      // It is looked at where it was met first.
      misplaced(digest);
      return false;
    }
    const place = `${trie.shape.rootFanout}/${path.join('/')} ${size} ${digest}`;
    if (visited.has(place)) return false;
    visited.add(place);
    return true;
  };
  const pending = trie.tops
    .flatMap((digest, index): Place[] =>
      digest === null ? [] : [{ digest, path: trie.depth === 0 ? [] : [index], size: null }],
    )
    .filter(fresh);
  while (pending.length > 0) {
    const batch = pending.splice(-AUDIT_BATCH);
    const nodes = await load(batch.map(({ digest }) => digest));
    for (const place of batch) {
      const node = nodes.get(place.digest);
      if (node === undefined) continue;
      const sound =
        node.type === 'leaf' ? isLeafSound(trie.shape, place, node) : isNodeSound(trie.shape, place, node);
      if (!sound) misplaced(place.digest);
      else if (node.type === 'node') pending.push(...childPlaces(place, node).filter(fresh));
    }
  }
}

function isLeafSound(shape: TrieShape, place: Place, leaf: ObjectOf<'leaf'>): boolean {
  const texts = canonicalTexts(leaf);
  if (texts === null) return false;
  const size = texts.reduce((sum, [key, text]) => sum + entrySize(key, text), 0);
  return (
    texts.length > 0 &&
    size <= leafLimit(shape, place.path.length) &&
    (place.size === null || place.size === size) &&
    texts.every(([key]) =>
      place.path.every((index, depth) => childIndex(shape, keyHash(key), depth) === index),
    ) &&
    digestOf(encodeLeaf(texts)) === place.digest
  );
}

/** Null where a document has no canonical form: then no publisher of ours has written it. */
function canonicalTexts(leaf: ObjectOf<'leaf'>): (readonly [string, string])[] | null {
  try {
    return [...leaf.entries].map(([key, document]) => [key, documentText(document)] as const);
  } catch (error) {
    if (error instanceof StoreError) return null;
    throw error;
  }
}

function isNodeSound(shape: TrieShape, place: Place, node: ObjectOf<'node'>): boolean {
  const depth = place.path.length;
  if (node.fanout !== fanout(shape, depth)) return false;
  const size = childPlaces(place, node).reduce((sum, child) => sum + (child.size ?? 0), 0);
  return size > leafLimit(shape, depth) && (place.size === null || place.size === size);
}

function childPlaces(place: Place, node: ObjectOf<'node'>): Place[] {
  return Array.from({ length: node.fanout }, (_, index) => ({ index, child: node.child(index) })).flatMap(
    ({ index, child }) => (child === null ? [] : [{ ...child, path: [...place.path, index] }]),
  );
}
