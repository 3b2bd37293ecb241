import type { Digest } from '../core/facts/canonical.ts';
import type { StoredObject } from './stored-object.ts';

/**
 * Verified, decoded objects by digest, within a bound on memory; the least recently used goes first. It outlives
 * requests on purpose: what a digest names cannot become stale, and only verified objects enter. Absence never does.
 */
export interface ObjectCache {
  get(digest: Digest): StoredObject | undefined;
  /** `byteLength` is that of the object's uncompressed bytes. */
  put(digest: Digest, object: StoredObject, byteLength: number): void;
  /** Estimated bytes held. */
  weight(): number;
}

/** A parsed document takes about four times its text in V8's heap; a node stays the bytes it was read from. */
const PARSED_FACTOR = 4;
const ENTRY_OVERHEAD = 512;

export function createObjectCache(maxBytes: number): ObjectCache {
  const held = new Map<Digest, { readonly object: StoredObject; readonly weight: number }>();
  let total = 0;

  function drop(digest: Digest): void {
    const entry = held.get(digest);
    if (entry === undefined) return;
    held.delete(digest);
    total -= entry.weight;
  }

  return {
    get(digest) {
      const entry = held.get(digest);
      if (entry === undefined) return undefined;
      held.delete(digest);
      held.set(digest, entry);
      return entry.object;
    },
    put(digest, object, byteLength) {
      const weight = (object.type === 'node' ? 1 : PARSED_FACTOR) * byteLength + ENTRY_OVERHEAD;
      drop(digest);
      if (weight > maxBytes) return;
      held.set(digest, { object, weight });
      total += weight;
      for (const oldest of held.keys()) {
        if (total <= maxBytes) break;
        drop(oldest);
      }
    },
    weight: () => total,
  };
}
