import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Digest } from '../core/facts/canonical.ts';
import { rawDigest } from './digest-bytes.ts';

/** Bytes of an ES384 signature in its raw form, r then s (RFC 7518 section 3.4). */
export const SIGNATURE_BYTES = 96;

/** What can sign commits. `sign` takes the message itself (not its hash) and answers {@link SIGNATURE_BYTES} bytes. */
export interface Signer {
  readonly keyId: string;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** The public keys whose signature on a commit counts; several while keys rotate. */
export type CommitKeys = readonly KeyObject[];

/** Keeps a signature over a commit from being one over anything else this key may ever sign. */
const DOMAIN = Buffer.from('routeguard commit signature 1\n', 'ascii');

/** What is signed: the domain, then the commit's raw digest. */
export function commitMessage(digest: Digest): Uint8Array {
  return Buffer.concat([DOMAIN, rawDigest(digest)]);
}

/**
 * Reads `COMMIT_PUBLIC_KEYS`: comma-separated base64 of DER SubjectPublicKeyInfo, each an ECDSA key on P-384.
 *
 * @throws TypeError for anything else, an empty list included: without keys nothing could be verified
 */
export function parseCommitKeys(text: string | undefined): CommitKeys {
  const parts = (text ?? '').split(',').map((part) => part.trim());
  return parts.map((part) => {
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(part)) throw new TypeError('commit keys: not a base64 public key');
    const key = createPublicKey({ key: Buffer.from(part, 'base64'), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'secp384r1') {
      throw new TypeError('commit keys: not an ECDSA P-384 key');
    }
    return key;
  });
}

/** True if one of `keys` has signed the commit with this digest. */
export function isSigned(digest: Digest, signature: Uint8Array, keys: CommitKeys): boolean {
  return isSignedMessage(commitMessage(digest), signature, keys);
}

/** True if one of `keys` has signed this message, which begins with the domain of what it is. */
export function isSignedMessage(message: Uint8Array, signature: Uint8Array, keys: CommitKeys): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false;
  return keys.some((key) => verify('sha384', message, { key, dsaEncoding: 'ieee-p1363' }, signature));
}
