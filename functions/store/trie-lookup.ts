/** Finds documents by key in the tries of a version, a level at a time. */
import type { Digest, Json } from '../core/facts/canonical.ts';
import type { TrieTops } from './registry-tries.ts';
import { orIfPurged, StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';
import type { InnerNode, LeafNode } from './trie-node.ts';
import { childIndex, fanout, keyHash, type TrieShape } from './trie-shape.ts';

interface WantedKey {
  readonly key: string;
  readonly hash: Buffer;
}

/** A subtree still to be read, and the keys wanted from it. */
interface Step {
  readonly digest: Digest;
  readonly wanted: readonly WantedKey[];
}

/**
 * Looks keys up in one trie, level by level: one batch of reads per level, whatever the number of keys.
 *
 * @returns the documents there are; a key not in the result is truly absent
 */
export async function lookup(
  source: ObjectSource,
  trie: TrieTops,
  keys: readonly string[],
): Promise<Map<string, Json>> {
  const found = new Map<string, Json>();
  const wanted = [...new Set(keys)].map((key) => ({ key, hash: keyHash(key) }));
  let steps = under(wanted, (hash) => topOf(trie, hash));
  for (let depth: number = trie.depth; steps.length > 0; depth += 1) {
    const digests = steps.map((step) => step.digest);
    const nodes = await source.load(digests, ['leaf', 'node']);
    steps = steps.flatMap((step) => visit(step, nodes.get(step.digest), trie.shape, depth, found));
  }
  return found;
}

/** The top under which a key lies. */
export function topOf({ shape, depth, tops }: TrieTops, hash: Buffer): Digest | null {
  return tops[depth === 0 ? 0 : childIndex(shape, hash, 0)] ?? null;
}

/** The subtrees on the way to a key, from the top; what was purged ends it. */
export async function pathTo(source: ObjectSource, trie: TrieTops, key: string): Promise<readonly Digest[]> {
  const hash = keyHash(key);
  const path: Digest[] = [];
  let at = topOf(trie, hash);
  for (let depth: number = trie.depth; at !== null; depth += 1) {
    path.push(at);
    const node = await nodeOrTombstone(source, at);
    if (node?.type !== 'node') break;
    at = node.child(childIndex(trie.shape, hash, depth))?.digest ?? null;
  }
  return path;
}

function nodeOrTombstone(source: ObjectSource, digest: Digest): Promise<LeafNode | InnerNode | undefined> {
  return orIfPurged(async () => (await source.load([digest], ['leaf', 'node'])).get(digest), undefined);
}

function visit(
  { digest, wanted }: Step,
  node: LeafNode | InnerNode | undefined,
  shape: TrieShape,
  depth: number,
  found: Map<string, Json>,
): Step[] {
  if (node === undefined) throw new StoreError('OBJECT_MISSING', { digest });
  if (node.type === 'leaf') {
    for (const { key } of wanted) {
      const document = node.entries.get(key);
      if (document !== undefined) found.set(key, document);
    }
    return [];
  }
  if (node.fanout !== fanout(shape, depth)) throw new StoreError('OBJECT_MALFORMED', { digest });
  return under(wanted, (hash) => node.child(childIndex(shape, hash, depth))?.digest ?? null);
}

/** Groups keys by the subtree they lie in; those that lie in an empty one are absent. */
function under(wanted: readonly WantedKey[], subtree: (hash: Buffer) => Digest | null): Step[] {
  const groups = Map.groupBy(wanted, ({ hash }) => subtree(hash));
  return [...groups].flatMap(([digest, group]) => (digest === null ? [] : [{ digest, wanted: group }]));
}
