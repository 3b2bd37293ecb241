/** Private keys of people in files: PEM, PKCS #8, of the owner alone, encrypted where a passphrase is given. */
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { publicKeyOf } from '../../functions/store/person-signature.ts';
import { makePrivateDirectory } from '../../infra/private-directory.ts';
import { UsageError } from '../usage-error.ts';

/** The variable that holds a passphrase: on a command line everybody on the machine could read it. */
export const PASSPHRASE = 'ROUTEGUARD_KEY_PASSPHRASE';
export const KEY_FILE = 'ROUTEGUARD_KEY';
/** What that, and `--key`, may name besides a file. */
export const KEY_FORMS =
  'a file, agent: (the SSH agent’s; agent:SHA256:… or agent:<comment> where several fit), or the ARN of a KMS key (or kms:alias/…)';

/**
 * Makes an Ed25519 key, which never overwrites a file.
 *
 * @returns its public half, as authority facts list it
 */
export function makeKey(file: string, passphrase: string | undefined): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  const secret = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem', ...secret });
  try {
    makePrivateDirectory(dirname(resolve(file)));
    writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const { code = 'no reason given' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new UsageError(`${file} is there already: a key is never overwritten`);
    throw new UsageError(`${file} cannot be written (${code})`);
  }
  return publicKeyOf(privateKey);
}

/** @throws UsageError where there is no key in the file, others may read it, or its passphrase is missing */
export function readKey(file: string, passphrase: string | undefined): KeyObject {
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
      throw new UsageError(`${file} is accessible to others: run "chmod 600 ${file}"`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} cannot be read`);
  }
  try {
    const key = createPrivateKey({ key: pem, ...(passphrase !== undefined && { passphrase }) });
    publicKeyOf(key);
    return key;
  } catch {
    throw new UsageError(
      `${file} holds no Ed25519 or P-384 private key, or ${PASSPHRASE} is not the passphrase it needs`,
    );
  }
}
