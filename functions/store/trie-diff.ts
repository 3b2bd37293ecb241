import { canonicalText, type Digest, type Json } from '../core/facts/canonical.ts';
import type { TrieTops } from './registry-tries.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';
import { type InnerNode, standingOnce } from './trie-node.ts';
import { childIndex, keyHash, type TrieShape } from './trie-shape.ts';

/** One key whose document differs; undefined on the side that does not have it. */
export interface EntryDifference {
  readonly key: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

type Entries = ReadonlyMap<string, Json>;

/** A subtree of one side: by digest, or as entries of a leaf that the other side keeps further down. */
type Side = Digest | Entries | null;

interface Pair {
  readonly before: Side;
  readonly after: Side;
  readonly depth: number;
}

/** Pairs looked at together: bounds the memory of a comparison of any two registries. */
const DIFF_BATCH = 32;

const NO_ENTRIES: Entries = new Map();

/**
 * What differs between two tries of the same shape. Descends only where digests differ, so the cost follows the size of
 * the difference. In no promised order.
 *
 * @param most subtrees looked at: beyond more of them the tries are not what somebody says they are
 * @throws StoreError OBJECT_MALFORMED
 */
export async function* diffTries(
  source: ObjectSource,
  before: TrieTops,
  after: TrieTops,
  most = Number.POSITIVE_INFINITY,
): AsyncGenerator<EntryDifference> {
  const { shape, depth } = after;
  const once = { before: standingOnce(), after: standingOnce() };
  let looked = 0;
  let pending: Pair[] = after.tops
    .map((top, index) => ({ before: before.tops[index] ?? null, after: top, depth }))
    .filter(differs);
  while (pending.length > 0) {
    const batch = pending.splice(-DIFF_BATCH);
    looked += batch.length;
    if (looked > most) throw new StoreError('OBJECT_MALFORMED');
    for (const pair of batch)
      for (const side of ['before', 'after'] as const)
        if (typeof pair[side] === 'string') once[side](pair[side], pair.depth);
    const digests = batch
      .flatMap((pair) => [pair.before, pair.after])
      .filter((side) => typeof side === 'string');
    const nodes = await source.load(digests, ['leaf', 'node']);
    const open = (side: Side): Entries | InnerNode => {
      if (side === null) return NO_ENTRIES;
      if (typeof side !== 'string') return side;
      const node = nodes.get(side);
      if (node === undefined) throw new StoreError('OBJECT_MISSING', { digest: side });
      return node.type === 'leaf' ? node.entries : node;
    };
    for (const pair of batch) {
      const [left, right] = [open(pair.before), open(pair.after)];
      if (isNode(left) || isNode(right)) {
        pending = pending.concat(split(left, right, shape, pair.depth).filter(differs));
      } else yield* compare(left, right);
    }
  }
}

function split(
  left: Entries | InnerNode,
  right: Entries | InnerNode,
  shape: TrieShape,
  depth: number,
): Pair[] {
  const [before, after] = [children(left, shape, depth), children(right, shape, depth)];
  return Array.from({ length: 256 }, (_, index) => ({
    before: before(index),
    after: after(index),
    depth: depth + 1,
  }));
}

/** The parts of one side by child index; a leaf is cut up the way a node would have been. */
function children(side: Entries | InnerNode, shape: TrieShape, depth: number): (index: number) => Side {
  if (isNode(side)) return (index) => (index < side.fanout ? (side.child(index)?.digest ?? null) : null);
  const parts = Map.groupBy(side, ([key]) => childIndex(shape, keyHash(key), depth));
  return (index) => {
    const part = parts.get(index);
    return part === undefined ? null : new Map(part);
  };
}

function* compare(before: Entries, after: Entries): Generator<EntryDifference> {
  for (const [key, document] of before) {
    const next = after.get(key);
    if (next === undefined || canonicalText(next) !== canonicalText(document)) {
      yield { key, before: document, after: next };
    }
  }
  for (const [key, document] of after) {
    if (!before.has(key)) yield { key, before: undefined, after: document };
  }
}

function differs({ before, after }: Pair): boolean {
  return before !== after;
}

function isNode(side: Entries | InnerNode): side is InnerNode {
  return 'type' in side;
}
