import { type Digest, digestOf } from '../core/facts/canonical.ts';
import { compress, decompress } from '../store/compression.ts';
import { StoreError } from '../store/store-error.ts';
import { keptFrom } from './kept.ts';
import { BLOB_PREFIX } from './partitions.ts';
import type { StateItems } from './state-items.ts';

/**
 * Bytes of any size by digest: bodies of proposals, results of jobs, publications frozen before their first attempt. Kept
 * in the state table in pieces, because an item ends at 400 KB; proven against the digest whenever they are read.
 */
export interface Blobs {
  /**
   * Kept for a time from the last time that it was put, by whomever: bytes that two share go with the later one.
   *
   * @param forGood for a publication on its way: it stays until somebody removes it
   */
  put(bytes: Uint8Array, signal: AbortSignal, forGood?: 'for-good'): Promise<Digest>;
  /** Undefined where any piece is missing: it was removed, or its writer died half-way. */
  get(digest: Digest, signal: AbortSignal): Promise<Uint8Array | undefined>;
  /** Whether anything of it is there. */
  isThere(digest: Digest, signal: AbortSignal): Promise<boolean>;
  remove(digest: Digest, signal: AbortSignal): Promise<void>;
}

const PIECE_BYTES = 300 * 1024;
/** The most bytes one blob may have. */
export const MAX_BLOB_BYTES = 64 * 1024 * 1024;
const MAX_PIECES = Math.ceil(MAX_BLOB_BYTES / PIECE_BYTES) + 1;

export function createBlobs(items: StateItems, clock: () => number): Blobs {
  const key = (digest: Digest, piece: number) => ({
    pk: `${BLOB_PREFIX}${digest}`,
    sk: String(piece).padStart(4, '0'),
  });

  return {
    async put(bytes, signal, forGood) {
      if (bytes.length === 0 || bytes.length > MAX_BLOB_BYTES) throw new StoreError('TOO_LARGE');
      const digest = digestOf(bytes);
      const packed = compress(bytes);
      const pieces = Math.ceil(packed.length / PIECE_BYTES);
      const life = forGood === undefined ? keptFrom(clock()) : {};
      // The first piece last: whoever finds it finds all of them.
      for (let piece = pieces - 1; piece >= 0; piece -= 1) {
        const z = packed.subarray(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES);
        await items.put(key(digest, piece), { z, n: bytes.length, pieces, ...life }, 'always', signal);
      }
      return digest;
    },

    async get(digest, signal) {
      const first = await items.get(key(digest, 0), signal);
      if (first === undefined) return undefined;
      const { n, pieces } = first;
      if (typeof n !== 'number' || typeof pieces !== 'number' || !(pieces >= 1 && pieces <= MAX_PIECES))
        throw new StoreError('OBJECT_MALFORMED', { digest });
      const rest = await Promise.all(
        Array.from({ length: pieces - 1 }, (_, index) => items.get(key(digest, index + 1), signal)),
      );
      const parts = [first, ...rest].map((item) => item?.['z']);
      if (!parts.every((part) => part instanceof Uint8Array)) return undefined;
      const bytes = decompress(Buffer.concat(parts), n, MAX_BLOB_BYTES);
      if (digestOf(bytes) !== digest) throw new StoreError('DIGEST_MISMATCH', { digest });
      return bytes;
    },

    isThere: async (digest, signal) => (await items.get(key(digest, 0), signal)) !== undefined,

    async remove(digest, signal) {
      const first = await items.get(key(digest, 0), signal);
      const pieces = typeof first?.['pieces'] === 'number' ? first['pieces'] : 1;
      // The first piece last: for as long as anything of it is there, it is known to be, and how much.
      for (let piece = Math.min(pieces, MAX_PIECES) - 1; piece >= 0; piece -= 1) {
        await items.remove(key(digest, piece), signal);
      }
    },
  };
}
