/** What a change is shown with: what it is made to, what registered things are called, and where its words contradict it. */

import type { Facts, Operation } from '../../functions/core/administration/change.ts';
import { contradictionsOf } from '../../functions/core/administration/contradictions.ts';
import { renewalsToFind } from '../../functions/core/administration/renewals.ts';
import type { Contradiction } from '../../functions/core/administration/told.ts';
import { type FactNames, NO_NAMES } from '../../functions/core/facts/words/names.ts';
import { names as namesShape } from '../../functions/registry/answers.ts';
import type { RegistryClient } from './connection.ts';
import { earlierFacts } from './earlier-facts.ts';
import { factsTouched } from './facts-touched.ts';
import { readAs } from './read-answer.ts';

export interface ChangeToShow {
  readonly changes: readonly Operation[];
  readonly facts: Facts;
  readonly names: FactNames;
  readonly contradictions: readonly Contradiction[];
}

/**
 * @param version of the base; null where there is none, and nothing is registered
 * @throws UsageError where a fact is not what an operation was written against
 */
export async function shownChange(
  registry: RegistryClient,
  { reason, changes }: { readonly reason: string; readonly changes: readonly Operation[] },
  version: number | null,
): Promise<ChangeToShow> {
  const facts: Facts = version === null ? new Map() : await factsTouched(registry, changes, version);
  const names = version === null ? NO_NAMES : await namesAt(registry, version);
  const wanted = renewalsToFind(reason, changes);
  const earlier = version === null ? () => [] : await earlierFacts(registry, wanted, version);
  return {
    ...{ changes, facts, names },
    contradictions: contradictionsOf({ reason, changes, facts, names, earlier }),
  };
}

/** What everything registered is called, as it stands or in a version. */
export async function namesAt(registry: RegistryClient, version?: number): Promise<FactNames> {
  const at = version === undefined ? {} : { version: String(version) };
  const names = new Map<string, string>();
  let after: string | null = '';
  while (after !== null) {
    const query: Readonly<Record<string, string>> = { ...at, ...(after !== '' && { after }) };
    const page = readAs(namesShape, await registry({ method: 'GET', path: 'names', query }));
    for (const [key, name] of Object.entries(page.names)) names.set(key, name);
    after = page.next;
  }
  return names;
}
