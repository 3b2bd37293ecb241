import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The pair that takes the place of the KMS key: P-384, for ES384 signatures over commits. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** A new pair that lives as long as this process. */
export function makeSigningKey(): SigningKey {
  return generateKeyPairSync('ec', { namedCurve: 'P-384' });
}

/**
 * The pair kept in `directory`, made on first use; the file is the owner's alone.
 *
 * @throws Error when the file is readable by others or holds no P-384 key
 */
export function loadSigningKey(directory: string): SigningKey {
  const file = join(directory, 'signing-key.pem');
  if (!existsSync(file)) {
    const made = makeSigningKey();
    const pem = made.privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
    return made;
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    throw new Error(`${file} is accessible to others: run "chmod 600 ${file}"`);
  const privateKey = createPrivateKey(readFileSync(file));
  if (privateKey.asymmetricKeyDetails?.namedCurve !== 'secp384r1')
    throw new Error(`${file} holds no P-384 key`);
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** Base64 DER (SPKI), as `COMMIT_PUBLIC_KEYS` carries it. */
export function publicKeyText(key: SigningKey): string {
  return key.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
}
