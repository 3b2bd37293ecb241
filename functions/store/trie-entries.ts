import type { Digest, Json } from '../core/facts/canonical.ts';
import type { TrieTops } from './registry-tries.ts';
import type { ObjectSource } from './stored-object.ts';
import { standingOnce } from './trie-node.ts';

/** Nodes loaded at once: bounds the memory of a walk over any registry, and how often it waits for the database. */
const WALK_BATCH = 256;

/**
 * Every entry of a trie, a bounded number of nodes at a time, in no promised order.
 *
 * @throws StoreError OBJECT_MALFORMED
 */
export async function* entriesOf(
  source: ObjectSource,
  trie: TrieTops,
): AsyncGenerator<readonly [key: string, document: Json]> {
  const pending: { readonly digest: Digest; readonly depth: number }[] = trie.tops
    .filter((digest) => digest !== null)
    .map((digest) => ({ digest, depth: trie.depth }));
  const demandOnce = standingOnce();
  while (pending.length > 0) {
    const batch = pending.splice(-WALK_BATCH);
    for (const { digest, depth } of batch) demandOnce(digest, depth);
    const nodes = await source.load(
      batch.map(({ digest }) => digest),
      ['leaf', 'node'],
    );
    for (const { digest, depth } of batch) {
      const node = nodes.get(digest);
      if (node?.type === 'leaf') yield* node.entries;
      else if (node?.type === 'node')
        pending.push(
          ...childDigests(node.fanout, (i) => node.child(i)?.digest).map((child) => ({
            digest: child,
            depth: depth + 1,
          })),
        );
    }
  }
}

function childDigests(count: number, child: (index: number) => Digest | undefined): Digest[] {
  return Array.from({ length: count }, (_, index) => child(index)).filter((digest) => digest !== undefined);
}
