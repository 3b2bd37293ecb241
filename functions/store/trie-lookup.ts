import type { Digest, Json } from '../core/facts/canonical.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';
import type { InnerNode, LeafNode } from './trie-node.ts';
import { childIndex, fanout, keyHash, type TrieShape } from './trie-shape.ts';

/** A subtree still to be read, and the keys wanted from it. */
interface Step {
  readonly digest: Digest;
  readonly depth: number;
  readonly wanted: readonly WantedKey[];
}

interface WantedKey {
  readonly key: string;
  readonly hash: Buffer;
}

/**
 * Looks keys up in one trie, level by level: one batch of reads per level, whatever the number of keys.
 *
 * @param tops the subtrees at `depth`, by the child index of what lies under them (one, under index 0, at depth 0)
 * @returns the documents there are; a key not in the result is truly absent
 */
export async function lookup(
  source: ObjectSource,
  shape: TrieShape,
  keys: readonly string[],
  tops: readonly (Digest | null)[],
): Promise<Map<string, Json>> {
  const found = new Map<string, Json>();
  const wanted = [...new Set(keys)].map((key) => ({ key, hash: keyHash(key) }));
  const depth = tops.length === 1 ? 0 : 1;
  let steps = descend(wanted, depth, (hash) =>
    depth === 0 ? (tops[0] ?? null) : (tops[childIndex(shape, hash, 0)] ?? null),
  );
  while (steps.length > 0) {
    const nodes = await source.load(
      steps.map((step) => step.digest),
      ['leaf', 'node'],
    );
    steps = steps.flatMap((step) => read(step, nodes.get(step.digest), shape, found));
  }
  return found;
}

function read(
  step: Step,
  node: LeafNode | InnerNode | undefined,
  shape: TrieShape,
  found: Map<string, Json>,
): Step[] {
  if (node === undefined) throw new StoreError('OBJECT_MISSING', { digest: step.digest });
  if (node.type === 'leaf') {
    for (const { key } of step.wanted) {
      const document = node.entries.get(key);
      if (document !== undefined) found.set(key, document);
    }
    return [];
  }
  if (node.fanout !== fanout(shape, step.depth))
    throw new StoreError('OBJECT_MALFORMED', { digest: step.digest });
  return descend(
    step.wanted,
    step.depth + 1,
    (hash) => node.child(childIndex(shape, hash, step.depth))?.digest ?? null,
  );
}

/** Groups keys by the subtree they lie in; those that lie in an empty one are absent. */
function descend(
  wanted: readonly WantedKey[],
  depth: number,
  under: (hash: Buffer) => Digest | null,
): Step[] {
  const groups = new Map<Digest, WantedKey[]>();
  for (const one of wanted) {
    const digest = under(one.hash);
    if (digest === null) continue;
    const group = groups.get(digest);
    if (group === undefined) groups.set(digest, [one]);
    else group.push(one);
  }
  return [...groups].map(([digest, group]) => ({ digest, depth, wanted: group }));
}
