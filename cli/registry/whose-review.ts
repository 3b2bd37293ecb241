/** Whose review a digest is, where it is not one's own: so that nobody signs what only somebody else has read. */

import type { Digest } from '../../functions/core/facts/canonical.ts';
import { entries, member, texts } from '../../functions/core/facts/fact.ts';
import { factShape, keys as keysShape } from '../../functions/registry/answers.ts';
import type { RegistryClient } from './connection.ts';
import { RegistryRefusedError, RegistryUnavailableError } from './errors.ts';
import { readAs } from './read-answer.ts';

/** @returns who has read this, among the people of the authorities; undefined where it is none of theirs */
export async function whoseReview(
  registry: RegistryClient,
  readBy: (key: string) => Digest,
  digest: string,
): Promise<string | undefined> {
  try {
    return await readerOf(registry, readBy, digest);
  } catch (error) {
    // It is refused either way; whose it is helps, and is not worth another refusal.
    if (error instanceof RegistryRefusedError || error instanceof RegistryUnavailableError) return undefined;
    throw error;
  }
}

async function readerOf(
  registry: RegistryClient,
  readBy: (key: string) => Digest,
  digest: string,
): Promise<string | undefined> {
  const { keys } = readAs(keysShape, await registry({ method: 'GET', path: 'facts/authority' }));
  for (const key of keys) {
    const { fact } = readAs(factShape, await registry({ method: 'GET', path: `facts/${key}` }));
    const reader = entries(member(fact, 'people')).find((person) =>
      texts(member(person, 'keys')).some((each) => readBy(each) === digest),
    );
    if (reader !== undefined) return `${String(member(reader, 'name'))} (${String(member(fact, 'id'))})`;
  }
  return undefined;
}
