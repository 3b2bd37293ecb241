import type { Digest } from '../core/facts/canonical.ts';
import { FIRST_FORMAT, FORMAT, type RegistryFormat } from '../core/facts/format.ts';
import { DIGEST_BYTES, digestAt, rawDigest } from './digest-bytes.ts';
import { framed } from './object-bytes.ts';
import { StoreError } from './store-error.ts';

/** How many top slots of the view HEAD carries: 2 KB of its 4. */
export const VIEW_SLOTS = 64;

/** The top of everything one version of the registry consists of, and what it takes to read it. */
export interface RegistryRoot extends RegistryFormat {
  readonly law: Digest;
  /** Null for an empty map. */
  readonly facts: Digest | null;
  readonly vendors: Digest | null;
  /** The first level of the view's trie, {@link VIEW_SLOTS} of them. */
  readonly view: readonly (Digest | null)[];
}

/** A registry of nothing, but for the law that each has. */
export const EMPTY_ROOT: Omit<RegistryRoot, 'law'> = {
  ...FIRST_FORMAT,
  facts: null,
  vendors: null,
  view: new Array<null>(VIEW_SLOTS).fill(null),
};

/** @throws StoreError FORMAT_UNKNOWN for a version that this build may decide on at most, and not publish on top of */
export function demandBuildable({ format }: RegistryFormat): void {
  if (format > FORMAT) throw new StoreError('FORMAT_UNKNOWN');
}

const PLACES = (3 + VIEW_SLOTS) * DIGEST_BYTES;
/** Behind the digests, where not both are 1: format and oldest reader, big-endian. */
const FORMAT_BYTES = 4;

/** A root's bytes: law, facts, vendors, then the view's slots, 32 bytes each; then what it takes to read them. */
export function encodeRoot(root: RegistryRoot): Uint8Array {
  if (root.view.length !== VIEW_SLOTS || !isFormat(root)) throw new StoreError('OBJECT_MALFORMED');
  const places = [root.law, root.facts, root.vendors, ...root.view].map(rawDigest);
  return framed('root', Buffer.concat([...places, encodeFormat(root)]));
}

/** @throws StoreError FORMAT_UNKNOWN for what only newer builds than this may read */
export function decodeRoot(body: Buffer): RegistryRoot {
  const said = decodeFormat(body.subarray(PLACES));
  // Before anything else of it: what a newer build wrote may have other places.
  if (said !== null && said.oldestReader > FORMAT) throw new StoreError('FORMAT_UNKNOWN');
  const law = body.length < PLACES ? null : digestAt(body, 0);
  const isWhole = body.length === PLACES || (said !== null && body.length === PLACES + FORMAT_BYTES);
  if (law === null || !isWhole) throw new StoreError('OBJECT_MALFORMED');
  return Object.freeze({
    ...(said ?? FIRST_FORMAT),
    law,
    facts: digestAt(body, DIGEST_BYTES),
    vendors: digestAt(body, 2 * DIGEST_BYTES),
    view: Object.freeze(
      Array.from({ length: VIEW_SLOTS }, (_, slot) => digestAt(body, (3 + slot) * DIGEST_BYTES)),
    ),
  });
}

/** A version of the first format says nothing, so that its bytes are what they were before there were others. */
function encodeFormat({ format, oldestReader }: RegistryFormat): Uint8Array {
  if (format === 1) return new Uint8Array();
  const bytes = Buffer.alloc(FORMAT_BYTES);
  bytes.writeUInt16BE(format, 0);
  bytes.writeUInt16BE(oldestReader, 2);
  return bytes;
}

/** What stands behind the places; null where nothing does, or no format. */
function decodeFormat(rest: Buffer): RegistryFormat | null {
  if (rest.length < FORMAT_BYTES) return null;
  const said = { format: rest.readUInt16BE(0), oldestReader: rest.readUInt16BE(2) };
  return isFormat(said) && said.format > 1 ? said : null;
}

/** A version never asks for a newer reader than what it holds is of. */
function isFormat({ format, oldestReader }: RegistryFormat): boolean {
  return (
    [format, oldestReader].every((n) => Number.isInteger(n) && n >= 1 && n <= 0xffff) &&
    oldestReader <= format
  );
}
