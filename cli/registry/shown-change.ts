/** What a change is shown with: what it is made to, what registered things are called, and where its words contradict it. */

import type { Facts, Operation } from '../../functions/core/administration/change.ts';
import {
  type Contradiction,
  contradictionsOf,
  renewalsToFind,
} from '../../functions/core/administration/contradictions.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { type FactNames, NO_NAMES } from '../../functions/core/facts/words/names.ts';
import { factShape, keys as keysShape, names as namesShape } from '../../functions/registry/answers.ts';
import type { RegistryClient } from './connection.ts';
import { factsTouched } from './facts-touched.ts';
import { readAs } from './read-answer.ts';

export interface ChangeToShow {
  readonly changes: readonly Operation[];
  readonly facts: Facts;
  readonly names: FactNames;
  readonly contradictions: readonly Contradiction[];
}

/** More renewals than this nobody looks for: then none is doubted. */
const MOST_RENEWALS = 20;

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
  const earlier = version === null ? [] : await earlierFacts(registry, reason, changes, version);
  const claimed = { reason, changes, facts, names, ...(earlier !== undefined && { earlier }) };
  return { changes, facts, names, contradictions: contradictionsOf(claimed) };
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

async function earlierFacts(
  registry: RegistryClient,
  reason: string,
  changes: readonly Operation[],
  version: number,
): Promise<readonly RawFact[] | undefined> {
  const wanted = renewalsToFind(reason, changes);
  if (wanted.length > MOST_RENEWALS) return undefined;
  const found: RawFact[] = [];
  for (const { kind, about } of wanted) {
    const query = { version: String(version), about };
    const { keys } = readAs(keysShape, await registry({ method: 'GET', path: `facts/${kind}`, query }));
    for (const key of keys) {
      const of = { version: String(version) };
      const { fact } = readAs(factShape, await registry({ method: 'GET', path: `facts/${key}`, query: of }));
      found.push(fact as RawFact);
    }
  }
  return found;
}
