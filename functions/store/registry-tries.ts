import type { Digest } from '../core/facts/canonical.ts';
import type { RegistryRoot } from './registry-root.ts';
import { FACTS_SHAPE, type TrieShape, VENDORS_SHAPE, VIEW_SHAPE } from './trie-shape.ts';

/** The three maps of a registry. */
export type TrieName = 'facts' | 'view' | 'vendors';

/** A trie as the root points at it: one top at depth 0, or the view's slots at depth 1, by child index. */
export interface TrieTops {
  readonly shape: TrieShape;
  readonly depth: 0 | 1;
  readonly tops: readonly (Digest | null)[];
}

export function triesOf(root: RegistryRoot): Readonly<Record<TrieName, TrieTops>> {
  return {
    facts: { shape: FACTS_SHAPE, depth: 0, tops: [root.facts] },
    view: { shape: VIEW_SHAPE, depth: 1, tops: root.view },
    vendors: { shape: VENDORS_SHAPE, depth: 0, tops: [root.vendors] },
  };
}
