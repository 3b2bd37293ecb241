/**
 * The registry turned round: who names a fact, and which networks claim an identifier. One pass over the raw facts,
 * without reading any of them in full, so that a change of one network among 100,000 costs a scan and not a rebuild.
 */
import { kindOf, member } from '../facts/fact.ts';
import type { RawFact } from '../facts/view.ts';
import type { Facts } from './change.ts';
import { referencesOf } from './references.ts';

export interface RegistryIndex {
  readonly facts: Facts;
  /** Keys of the facts that name a key, in no particular order. */
  referrers(key: string): readonly string[];
  /** Ids of the networks that claim an identifier (`plmn:234-15`). */
  claimants(identifier: string): readonly string[];
  /** Keys of all facts of a kind. */
  keysOfKind(kind: string): readonly string[];
}

/** The identifiers a network claims, as `scheme:value`. */
export function identifiersOf(raw: RawFact | undefined): readonly string[] {
  const list = raw === undefined ? undefined : member(raw, 'identifiers');
  if (!Array.isArray(list)) return [];
  return list.flatMap((x: unknown) => {
    const scheme = member(x, 'scheme');
    const value = member(x, 'value');
    return typeof scheme === 'string' && typeof value === 'string' ? [`${scheme}:${value}`] : [];
  });
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

const NONE: readonly string[] = [];

export function indexOf(facts: Facts): RegistryIndex {
  const referrers = new Map<string, string[]>();
  const claimants = new Map<string, string[]>();
  const kinds = new Map<string, string[]>();
  for (const [key, raw] of facts) {
    const kind = kindOf(raw);
    if (kind !== undefined) push(kinds, kind, key);
    for (const named of new Set(referencesOf(raw).map((r) => r.key))) push(referrers, named, key);
    if (kind === 'network') {
      const id = key.slice('network/'.length);
      for (const identifier of new Set(identifiersOf(raw))) push(claimants, identifier, id);
    }
  }
  return {
    facts,
    referrers: (key) => referrers.get(key) ?? NONE,
    claimants: (identifier) => claimants.get(identifier) ?? NONE,
    keysOfKind: (kind) => kinds.get(kind) ?? NONE,
  };
}
