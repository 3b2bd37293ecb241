import type { Digest } from '../core/facts/canonical.ts';

/** Bytes of one SHA-256. */
export const DIGEST_BYTES = 32;

const NONE = Buffer.alloc(DIGEST_BYTES);
const DIGEST_PATTERN = /^sha256:[0-9a-f]{64}$/;

export function isDigest(value: unknown): value is Digest {
  return typeof value === 'string' && DIGEST_PATTERN.test(value);
}

/** The 32 raw bytes of a digest; absence is 32 zero bytes, which nothing is known to hash to. */
export function rawDigest(digest: Digest | null): Buffer {
  return digest === null ? NONE : Buffer.from(digest.slice('sha256:'.length), 'hex');
}

/** The digest at an offset of some bytes, or null where there is none. */
export function digestAt(bytes: Buffer, offset: number): Digest | null {
  const raw = bytes.subarray(offset, offset + DIGEST_BYTES);
  return raw.equals(NONE) ? null : `sha256:${raw.toString('hex')}`;
}
