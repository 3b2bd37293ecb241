/** Who has to sign before anything opens: two founders, and two people of every authority of what came back and of what was acknowledged last. */

import { authoritiesInForce } from '../../functions/core/administration/speakers.ts';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import { loadCommit } from '../../functions/store/ancestry.ts';
import { authoritiesAfter } from '../../functions/store/keyring.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { loadOne, type ObjectSource } from '../../functions/store/stored-object.ts';

export interface MustSign {
  readonly authority: string;
  /** Two of these. */
  readonly people: readonly string[];
}

/** @param versions digests of commits; one that cannot be read is left out, and names nobody */
export async function mustSign(
  source: ObjectSource,
  versions: readonly Digest[],
): Promise<readonly MustSign[]> {
  const found = new Map<string, Set<string>>();
  for (const version of versions)
    for (const { id, people = [] } of await speaking(source, version)) {
      const names = found.get(id) ?? new Set();
      for (const { name } of people) names.add(name);
      if (people.length > 0) found.set(id, names);
    }
  return [...found].map(([authority, names]) => ({ authority, people: [...names].sort() }));
}

async function speaking(source: ObjectSource, version: Digest) {
  try {
    const { keyring: digest } = await loadCommit(source, version);
    const { keyring } = await loadOne(source, digest, 'keyring');
    return authoritiesInForce(authoritiesAfter(keyring.links), Date.now());
  } catch (error) {
    if (error instanceof StoreError && error.code !== 'STORE_UNAVAILABLE') return [];
    throw error;
  }
}
