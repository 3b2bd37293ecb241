import type { Facts } from '../core/administration/change.ts';
import type { Digest } from '../core/facts/canonical.ts';
import type { RawFact } from '../core/facts/view.ts';
import { factsOf } from '../store/applied-change.ts';
import { diff } from '../store/history.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';

/** All facts of a version, by key. */
export interface FactSets {
  of(snapshot: OpenSnapshot): Promise<Facts>;
}

/**
 * Keeps the facts of the version asked for last, for the life of the process: they are named by the digest of their tree,
 * so they cannot be stale. Another version is reached from there by what differs, not by reading everything again: what is
 * kept is where the next one begins, which `keptByKey` does not hand on.
 */
export function createFactSets(): FactSets {
  let kept:
    | { readonly snapshot: OpenSnapshot; readonly root: Digest | null; readonly facts: Facts }
    | undefined;

  async function load(snapshot: OpenSnapshot): Promise<Facts> {
    if (kept === undefined) return factsOf(snapshot);
    const facts = new Map(kept.facts);
    for await (const { key, after } of diff(kept.snapshot, snapshot, 'facts')) {
      if (after === undefined) facts.delete(key);
      else facts.set(key, after as RawFact);
    }
    return facts;
  }

  return {
    async of(snapshot) {
      const root = snapshot.root.facts;
      // Also where all of them are here: what is loaded from waits until HEAD was judged.
      await snapshot.objects.load([root ?? snapshot.root.law], ['leaf', 'node', 'law']);
      if (kept?.root === root) return kept.facts;
      const facts = await load(snapshot);
      kept = { snapshot, root, facts };
      return facts;
    },
  };
}
