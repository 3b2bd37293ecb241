import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { SignedStatement, Statement } from '../core/administration/statement.ts';
import { canonicalBytes } from '../core/facts/canonical.ts';
import { publicKey } from '../core/facts/primitives.ts';

/** Keeps a person's signature from being one over anything else this key may ever sign, commits included. */
const DOMAIN = Buffer.from('routeguard person statement 1\n', 'ascii');

/** What a person signs: the domain, then the SHA-256 of the statement's canonical bytes. 62 bytes. */
export function personMessage(statement: Statement): Uint8Array {
  const digest = createHash('sha256').update(canonicalBytes(statement)).digest();
  return Buffer.concat([DOMAIN, digest]);
}

/** True where the statement was signed with the key it names: Ed25519, or ECDSA P-384 with SHA-384 in raw form. */
export function isSignedByItsKey({ statement, key, signature }: SignedStatement): boolean {
  try {
    const bytes = Buffer.from(signature, 'base64');
    // One signature has one spelling, so that a replayed one can be recognised.
    if (bytes.toString('base64') !== signature) return false;
    const object = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
    return verify(
      hashFor(object),
      personMessage(statement),
      { key: object, dsaEncoding: 'ieee-p1363' },
      bytes,
    );
  } catch {
    return false;
  }
}

/** Signs with a private key held in this process: Ed25519 or P-384. @throws TypeError for any other */
export function signStatement<S extends Statement>(
  statement: S,
  privateKey: KeyObject,
): SignedStatement & { readonly statement: S } {
  const signature = signedBytes(personMessage(statement), privateKey).toString('base64');
  return { statement, key: publicKeyOf(privateKey), signature };
}

/** Signs bytes as they are, with a private key held in this process: the raw form of either kind. */
export function signedBytes(message: Uint8Array, privateKey: KeyObject): Buffer {
  return sign(hashFor(privateKey), message, { key: privateKey, dsaEncoding: 'ieee-p1363' });
}

/** The public half, as authority facts list it. @throws TypeError for a key of another kind */
export function publicKeyOf(privateKey: KeyObject): string {
  const text = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64');
  if (!publicKey.safeParse(text).success) throw new TypeError('a person’s key is Ed25519 or ECDSA P-384');
  return text;
}

/** Ed25519 hashes by itself. */
function hashFor(key: KeyObject): 'sha384' | null {
  return key.asymmetricKeyType === 'ed25519' ? null : 'sha384';
}

/** The keys that the first version of a registry is signed with, pinned where the guard is deployed. */
export type FounderKeys = readonly string[];

/**
 * Reads `FOUNDER_KEYS`: comma-separated base64 of DER SubjectPublicKeyInfo, Ed25519 or ECDSA P-384.
 *
 * @throws TypeError for anything else, and for fewer than two: nobody could ever be believed
 */
export function parseFounderKeys(text: string | undefined): FounderKeys {
  const keys = (text ?? '').split(',').map((part) => part.trim());
  if (keys.length < 2 || new Set(keys).size !== keys.length)
    throw new TypeError('founder keys: at least two different public keys, separated by commas');
  for (const key of keys) {
    if (!publicKey.safeParse(key).success)
      throw new TypeError('founder keys: each is base64 of DER (SPKI), Ed25519 or ECDSA P-384');
    // Well-formed is not yet a point on the curve.
    createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
  }
  return keys;
}
