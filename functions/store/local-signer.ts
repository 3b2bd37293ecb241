import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { digestOf } from '../core/facts/canonical.ts';
import type { Signer } from './commit-signature.ts';

/** A signer and the public half of its key, as `COMMIT_PUBLIC_KEYS` takes it. */
export interface LocalSigner extends Signer {
  readonly publicKey: string;
}

/** Signs with a P-384 private key held in this process (PEM or a key object): for one machine, not for AWS. */
export function createLocalSigner(privateKey: string | KeyObject): LocalSigner {
  const key = typeof privateKey === 'string' ? createPrivateKey(privateKey) : privateKey;
  if (key.type !== 'private' || key.asymmetricKeyDetails?.namedCurve !== 'secp384r1') {
    throw new TypeError('local signer: not an ECDSA P-384 private key');
  }
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    keyId: digestOf(spki),
    publicKey: spki.toString('base64'),
    sign: async (message) => sign('sha384', message, { key, dsaEncoding: 'ieee-p1363' }),
  };
}
