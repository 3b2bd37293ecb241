/** Every node by which one version's tries differ from another's: what a copy of the one lacks that has the other. */
import type { Digest } from '../core/facts/canonical.ts';
import type { Found } from './object-copies.ts';
import type { RegistryRoot } from './registry-root.ts';
import { type TrieTops, triesOf } from './registry-tries.ts';
import { type InnerNode, standingOnce } from './trie-node.ts';

/** Nodes by digest; what is left out has no children that anybody could know of. */
type LoadNodes = (digests: readonly Digest[]) => Promise<Found<'leaf' | 'node'>>;

interface Pair {
  readonly before: Digest | null;
  readonly after: Digest;
  readonly depth: number;
}

/** Pairs looked at together: bounds the memory of a walk through any registry. */
const WALK_BATCH = 64;

/**
 * Loads every node of `after` that does not stand in the same place of `before`: whoever has all of `before` has all of
 * `after` then. Descends only where digests differ.
 *
 * @param before null for nothing
 */
export async function walkDifference(
  before: RegistryRoot | null,
  after: RegistryRoot,
  load: { readonly before: LoadNodes; readonly after: LoadNodes },
): Promise<void> {
  const was = before === null ? null : triesOf(before);
  for (const [name, trie] of Object.entries(triesOf(after)))
    await walkTrie(was === null ? null : was[name as keyof typeof was], trie, load);
}

async function walkTrie(
  before: TrieTops | null,
  { tops, depth }: TrieTops,
  load: Parameters<typeof walkDifference>[2],
): Promise<void> {
  const stands = standingOnce();
  const pending = differing(
    tops.map((after, index) => ({ before: before?.tops[index] ?? null, after })),
    depth,
  );
  while (pending.length > 0) {
    const batch = pending.splice(-WALK_BATCH);
    for (const { after, depth } of batch) stands(after, depth);
    const nodes = await load.after(batch.map(({ after }) => after));
    const inner = batch.filter(({ after }) => nodes.get(after)?.type === 'node');
    const old = await load.before(inner.flatMap((pair) => pair.before ?? []));
    for (const pair of inner) {
      const [is, was] = [nodes.get(pair.after), pair.before === null ? undefined : old.get(pair.before)];
      if (is?.type !== 'node') continue;
      const child = (node: InnerNode, index: number) => node.child(index)?.digest ?? null;
      const children = Array.from({ length: is.fanout }, (_, index) => ({
        before: was?.type === 'node' && index < was.fanout ? child(was, index) : null,
        after: child(is, index),
      }));
      pending.push(...differing(children, pair.depth + 1));
    }
  }
}

function differing(
  pairs: readonly { readonly before: Digest | null; readonly after: Digest | null }[],
  depth: number,
): Pair[] {
  return pairs.flatMap(({ before, after }) =>
    after === null || after === before ? [] : [{ before, after, depth }],
  );
}
