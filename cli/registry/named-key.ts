/** The key that `--key`, `ROUTEGUARD_KEY` or `key show` names: in a file, in the SSH agent, or in a KMS. */

import type { WhichGuard } from '../which-guard.ts';
import { agentKey } from './agent-key.ts';
import { PASSPHRASE, readKey } from './key-files.ts';
import { heldKey, type PersonKey } from './person-key.ts';

/**
 * Finds the key and its public half; signs nothing.
 *
 * @throws UsageError where there is no such key, or it is not a person's; RegistryUnavailableError where what holds it
 * does not answer
 */
export async function namedKey(name: string, options: WhichGuard = {}): Promise<PersonKey> {
  if (name.startsWith('agent:')) return agentKey(name.slice('agent:'.length));
  if (name.startsWith('kms:') || name.startsWith('arn:')) {
    // The client of KMS is loaded for those who have a key there.
    const { kmsKey } = await import('./kms-key.ts');
    return kmsKey(name, undefined, options);
  }
  return heldKey(readKey(name, process.env[PASSPHRASE]));
}
