/** Signatures as other tools make and check them: Ed25519, or ECDSA P-384 with SHA-384 in DER, as openssl has it. */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { publicKey as shape } from '../../functions/core/facts/primitives.ts';
import type { PersonKey } from '../registry/person-key.ts';
import { UsageError } from '../usage-error.ts';

/** Bytes of an integer on P-384. */
const HALF = 48;

function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const short = Buffer.from(bytes.subarray(first < 0 ? bytes.length - 1 : first));
  // A first bit that is set would make it negative.
  const value = (short[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.of(0), short]) : short;
  return Buffer.concat([Buffer.of(0x02, value.length), value]);
}

/** RFC 3279, section 2.2.3: both integers are short enough for lengths of one byte. */
function derOf(raw: Uint8Array): Buffer {
  const inside = Buffer.concat([integer(raw.subarray(0, HALF)), integer(raw.subarray(HALF))]);
  return Buffer.concat([Buffer.of(0x30, inside.length), inside]);
}

/** @param text base64 of DER (SPKI), as `registry key new` prints it. @throws UsageError for anything else */
export function publicKeyIn(text: string): KeyObject {
  if (shape.safeParse(text).success)
    try {
      return createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    } catch {
      // Well-formed, and no point on the curve.
    }
  throw new UsageError(
    '--key is the public half of an Ed25519 or P-384 key, as `routeguard registry key show` prints it',
  );
}

const isEdwards = (key: KeyObject) => key.asymmetricKeyType === 'ed25519';

export function isSignedBy(key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
  return verify(isEdwards(key) ? null : 'sha384', message, key, signature);
}

/** @throws UsageError where what holds the key answers with something else than a signature by it */
export async function plainSignature(key: PersonKey, message: Uint8Array): Promise<Buffer> {
  const publicKey = publicKeyIn(key.publicKey);
  const raw = await key.signBytes(message);
  const signature = isEdwards(publicKey) ? Buffer.from(raw) : derOf(raw);
  if (isSignedBy(publicKey, message, signature)) return signature;
  throw new UsageError(
    'what holds the key answered with something else than a signature by it: nothing is signed',
  );
}
