/** Who signs, from settings; and who signs nothing. */
import { readFileSync } from 'node:fs';
import { KMSClient } from '@aws-sdk/client-kms';
import type { Signer } from '../store/commit-signature.ts';
import { createKmsSigner } from '../store/kms-signer.ts';
import { createLocalSigner } from '../store/local-signer.ts';
import type { SigningSettings } from './settings.ts';

/** Signs nothing: of a function that publishes nothing, or seals nothing. */
export const NO_SIGNER: Signer = {
  keyId: 'none',
  sign: () => Promise.reject(new Error('this function signs nothing')),
};

export function signerOf(signing: SigningSettings): Signer {
  switch (signing.by) {
    case 'kms':
      return createKmsSigner(new KMSClient({}), signing.keyId);
    case 'file':
      return createLocalSigner(readFileSync(signing.path, 'utf8'));
    case 'pem':
      return createLocalSigner(signing.pem);
    default:
      return unknownSigning(signing);
  }
}

function unknownSigning(signing: never): never {
  throw new Error(`no such signer: ${String(signing)}`);
}
