import type { Digest } from '../core/facts/canonical.ts';
import { DIGEST_BYTES, digestAt, rawDigest } from './digest-bytes.ts';
import { framed } from './object-bytes.ts';
import { StoreError } from './store-error.ts';

/** How many top slots of the view HEAD carries: 2 KB of its 4. */
export const VIEW_SLOTS = 64;

/** The top of everything one version of the registry consists of. */
export interface RegistryRoot {
  readonly law: Digest;
  /** Null for an empty map. */
  readonly facts: Digest | null;
  readonly vendors: Digest | null;
  /** The first level of the view's trie, {@link VIEW_SLOTS} of them. */
  readonly view: readonly (Digest | null)[];
}

/** A root's bytes: law, facts, vendors, then the view's slots, 32 bytes each. */
export function encodeRoot(root: RegistryRoot): Uint8Array {
  if (root.view.length !== VIEW_SLOTS) throw new StoreError('OBJECT_MALFORMED');
  return framed('root', Buffer.concat([root.law, root.facts, root.vendors, ...root.view].map(rawDigest)));
}

export function decodeRoot(body: Buffer): RegistryRoot {
  if (body.length !== (3 + VIEW_SLOTS) * DIGEST_BYTES) throw new StoreError('OBJECT_MALFORMED');
  const law = digestAt(body, 0);
  if (law === null) throw new StoreError('OBJECT_MALFORMED');
  return Object.freeze({
    law,
    facts: digestAt(body, DIGEST_BYTES),
    vendors: digestAt(body, 2 * DIGEST_BYTES),
    view: Object.freeze(
      Array.from({ length: VIEW_SLOTS }, (_, slot) => digestAt(body, (3 + slot) * DIGEST_BYTES)),
    ),
  });
}
