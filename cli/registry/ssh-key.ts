/**
 * SSH keys that sign as a person does: their public half and their signatures, in the forms the registry knows. An
 * `ssh-ed25519` key signs the data itself (RFC 8709), an `ecdsa-sha2-nistp384` key its SHA-384 (RFC 5656).
 */
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { reading, SshFormatError, type SshReader } from './ssh-wire.ts';

/** Bytes of one coordinate on P-384, and of each half of a raw signature. */
const HALF = 48;

interface Kind {
  /** Reads what follows the name in a public key. */
  publicKey(reader: SshReader): JsonWebKey;
  /** The raw form of a signature. */
  raw(signature: Buffer): Uint8Array;
}

const KINDS: ReadonlyMap<string, Kind> = new Map([
  [
    'ssh-ed25519',
    {
      publicKey: (reader) => ({ kty: 'OKP', crv: 'Ed25519', x: text(sized(reader.string(), 32)) }),
      raw: (signature) => signature,
    },
  ],
  [
    'ecdsa-sha2-nistp384',
    {
      publicKey(reader) {
        if (reader.string().toString('latin1') !== 'nistp384') throw new SshFormatError('another curve');
        const point = sized(reader.string(), 1 + 2 * HALF);
        if (point[0] !== 4) throw new SshFormatError('a point in another form');
        const [x, y] = [point.subarray(1, 1 + HALF), point.subarray(1 + HALF)];
        return { kty: 'EC', crv: 'P-384', x: text(x), y: text(y) };
      },
      raw(signature) {
        const reader = reading(signature);
        const halves = [half(reader.string()), half(reader.string())];
        reader.end();
        return Buffer.concat(halves);
      },
    },
  ],
] satisfies [string, Kind][]);

/** What a key is of: `ssh-rsa`. */
export function keyKindOf(blob: Buffer): string {
  return reading(blob).string().toString('latin1');
}

/** Base64 DER (SPKI), or null for a kind that no person's key is of. @throws SshFormatError */
export function publicHalfOf(blob: Buffer): string | null {
  const kind = KINDS.get(keyKindOf(blob));
  if (kind === undefined) return null;
  const reader = reading(blob);
  reader.string();
  const key = kind.publicKey(reader);
  reader.end();
  try {
    const spki = createPublicKey({ format: 'jwk', key }).export({ format: 'der', type: 'spki' });
    return spki.toString('base64');
  } catch {
    throw new SshFormatError('no point on the curve');
  }
}

/** The raw form of a signature that says it is of this kind. @throws SshFormatError */
export function rawSignatureOf(kind: string, signature: Buffer): Uint8Array {
  const reader = reading(signature);
  const [said, blob] = [reader.string().toString('latin1'), reader.string()];
  reader.end();
  if (said !== kind) throw new SshFormatError('a signature of another kind');
  return KINDS.get(said)?.raw(blob) ?? new Uint8Array();
}

/** A positive `mpint`: no leading zeros but one that keeps its sign. */
function half(integer: Buffer): Uint8Array {
  const bytes = integer[0] === 0 ? integer.subarray(1) : integer;
  if (bytes.length > HALF) throw new SshFormatError('a number too large');
  return Buffer.concat([Buffer.alloc(HALF - bytes.length), bytes]);
}

function sized(bytes: Buffer, length: number): Buffer {
  if (bytes.length !== length) throw new SshFormatError('a key of another size');
  return bytes;
}

function text(bytes: Buffer): string {
  return bytes.toString('base64url');
}
