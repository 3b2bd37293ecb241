import { type Digest, digestOf } from '../core/facts/canonical.ts';
import { compress, decompress } from '../store/compression.ts';
import { isDigest } from '../store/digest-bytes.ts';
import { StoreError } from '../store/store-error.ts';
import { keptFrom } from './kept.ts';
import { BLOB_PREFIX } from './partitions.ts';
import type { StateItems } from './state-items.ts';

/**
 * Bytes of any size: operations of proposals, results of jobs, publications frozen before their first attempt. Each belongs
 * to one record, by whose id everything that was ever kept for it is found and taken away, named by the record or not.
 */
export interface Blobs {
  /**
   * @param keeper the id of a proposal, also for what its simulations leave; of a job, where that is of no proposal; or a
   *   digest, for what a build kept by that alone, which is still searched and taken away
   */
  of(keeper: string): KeptBytes;
}

/** What is kept for one record, by digest: in pieces, because an item ends at 400 KB; proven whenever it is read. */
export interface KeptBytes {
  /** Kept for a time from the last time that it was put. */
  put(bytes: Uint8Array, signal: AbortSignal): Promise<Digest>;
  /** Undefined where any piece is missing: it was removed, or its writer died half-way. */
  get(digest: Digest, signal: AbortSignal): Promise<Uint8Array | undefined>;
  /** Whether its first piece is there. */
  isThere(digest: Digest, signal: AbortSignal): Promise<boolean>;
  remove(digest: Digest, signal: AbortSignal): Promise<void>;
  /** Whether there is anything at all, also of what a writer that died has left. */
  isAnything(signal: AbortSignal): Promise<boolean>;
  /** @param last what goes when all else has gone */
  removeAll(signal: AbortSignal, last?: Digest | null): Promise<void>;
}

const PIECE_BYTES = 300 * 1024;
/** The most bytes one blob may have. */
export const MAX_BLOB_BYTES = 64 * 1024 * 1024;
const MAX_PIECES = Math.ceil(MAX_BLOB_BYTES / PIECE_BYTES) + 1;

/** Between a digest and the number of a piece. */
const PIECE = '#';

export function createBlobs(items: StateItems, clock: () => number): Blobs {
  return { of: (keeper) => keptBytes(items, `${BLOB_PREFIX}${keeper}`, clock) };
}

function keptBytes(items: StateItems, pk: string, clock: () => number): KeptBytes {
  const before = (digest: Digest) => (pk === `${BLOB_PREFIX}${digest}` ? '' : `${digest}${PIECE}`);
  const key = (digest: Digest, piece: number) => ({
    pk,
    sk: `${before(digest)}${String(piece).padStart(4, '0')}`,
  });

  const removeEach = async (names: readonly string[], signal: AbortSignal) => {
    for (const sk of names) await items.remove({ pk, sk }, signal);
  };

  return {
    async put(bytes, signal) {
      if (bytes.length === 0 || bytes.length > MAX_BLOB_BYTES) throw new StoreError('TOO_LARGE');
      const digest = digestOf(bytes);
      const packed = compress(bytes);
      const pieces = Math.ceil(packed.length / PIECE_BYTES);
      const life = keptFrom(clock());
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

    isThere: async (digest, signal) => (await items.names(pk, signal, key(digest, 0).sk)).length > 0,

    async remove(digest, signal) {
      await removeEach(await items.names(pk, signal, `${digest}${PIECE}`), signal);
    },

    isAnything: async (signal) => (await items.names(pk, signal)).length > 0,

    async removeAll(signal, last) {
      const names = await items.names(pk, signal);
      const isLast = (name: string) => Boolean(last) && name.startsWith(`${last}${PIECE}`);
      await removeEach(
        names.filter((name) => !isLast(name)),
        signal,
      );
      await removeEach(names.filter(isLast), signal);
    },
  };
}

/** A piece of what is kept, by the key of its item. */
export interface Piece {
  readonly keeper: string;
  readonly digest: Digest;
  readonly isFirst: boolean;
}

/** Undefined for an item that is none. */
export function pieceAt(pk: string, sk: string): Piece | undefined {
  if (!pk.startsWith(BLOB_PREFIX)) return undefined;
  const keeper = pk.slice(BLOB_PREFIX.length);
  const [digest = '', number = ''] = isDigest(keeper) ? [keeper, sk] : sk.split(PIECE);
  return isDigest(digest) ? { keeper, digest, isFirst: Number(number) === 0 } : undefined;
}

/** Undefined for bytes that are not what their digest says: as good as gone, and taken away like any. */
export async function orIfDamaged<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof StoreError && ['OBJECT_MALFORMED', 'DIGEST_MISMATCH'].includes(error.code))
      return undefined;
    throw error;
  }
}
