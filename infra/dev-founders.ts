/** Founders of a developer's own guard: two keys in `.routeguard/`, made on first use, so that nobody else can be them. */
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publicKeyOf } from '../functions/store/person-signature.ts';
import { makePrivateDirectory } from './private-directory.ts';
import { projectRoot } from './project-paths.ts';

/** Their public keys; the private ones are in files of the owner alone, as `--key` takes them. */
export function devFounders(directory = join(projectRoot, '.routeguard')): readonly string[] {
  makePrivateDirectory(directory);
  return ['founder-1.pem', 'founder-2.pem'].map((name) => {
    const file = join(directory, name);
    if (!existsSync(file)) {
      const { privateKey } = generateKeyPairSync('ed25519');
      writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
    }
    return publicKeyOf(createPrivateKey(readFileSync(file)));
  });
}
