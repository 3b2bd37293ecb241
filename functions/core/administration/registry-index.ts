/**
 * The registry turned round: who names a fact, and which networks claim an identifier. One pass over the raw facts,
 * without reading any of them in full; a change of a few facts only lays its difference over the index of the base.
 */
import { type FactKind, idOfKey, kindOf, member } from '../facts/fact.ts';
import type { RawFact } from '../facts/view.ts';
import { standsInLaw } from './law-facts.ts';
import { referencesOf } from './references.ts';

type Facts = ReadonlyMap<string, RawFact>;

/** The facts of a registry, to be found by what they name and by what they are. */
export interface RegistryIndex {
  readonly facts: Facts;
  /** Keys of the facts that name a key, in no particular order. */
  referrers(key: string): readonly string[];
  /** Ids of the networks that claim an identifier (`plmn:234-15`). */
  claimants(identifier: string): readonly string[];
  /** Keys of all facts of a kind. */
  keysOfKind(kind: string): readonly string[];
  /** Keys of the facts that are laid in the law. */
  lawKeys(): readonly string[];
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

function scan(facts: Facts): RegistryIndex {
  const referrers = new Map<string, string[]>();
  const claimants = new Map<string, string[]>();
  const kinds = new Map<string, string[]>();
  const law: string[] = [];
  for (const [key, raw] of facts) {
    const kind = kindOf(raw);
    if (kind !== undefined) push(kinds, kind, key);
    if (standsInLaw(raw)) law.push(key);
    for (const named of new Set(referencesOf(raw).map((r) => r.key))) push(referrers, named, key);
    if (kind === 'network') {
      const id = idOfKey(key);
      for (const identifier of new Set(identifiersOf(raw))) push(claimants, identifier, id);
    }
  }
  return {
    facts,
    referrers: (key) => referrers.get(key) ?? NONE,
    claimants: (identifier) => claimants.get(identifier) ?? NONE,
    keysOfKind: (kind) => kinds.get(kind) ?? NONE,
    lawKeys: () => law,
  };
}

function overlay(base: RegistryIndex, after: Facts, touched: readonly string[]): RegistryIndex {
  const changed = new Set(touched);
  const now = scan(
    new Map(
      touched.flatMap((key) => {
        const raw = after.get(key);
        return raw === undefined ? [] : [[key, raw] as const];
      }),
    ),
  );
  const merged = (was: readonly string[], is: readonly string[], keyOf = (x: string) => x) => [
    ...was.filter((x) => !changed.has(keyOf(x))),
    ...is,
  ];
  return {
    facts: after,
    referrers: (key) => merged(base.referrers(key), now.referrers(key)),
    claimants: (identifier) =>
      merged(base.claimants(identifier), now.claimants(identifier), (id) => `network/${id}`),
    keysOfKind: (kind) => merged(base.keysOfKind(kind), now.keysOfKind(kind)),
    lawKeys: () => merged(base.lawKeys(), now.lawKeys()),
  };
}

/** A set of facts never changes, so its index is kept for as long as it is. */
const indexes = new WeakMap<Facts, RegistryIndex>();

export function indexOf(facts: Facts): RegistryIndex {
  let index = indexes.get(facts);
  if (index === undefined) {
    index = scan(facts);
    indexes.set(facts, index);
  }
  return index;
}

/** Where few facts changed, lays them over the index of the base. With many, a scan is as cheap and looks up faster. */
const MOST_OVERLAID = 1_000;

/** The index of a change's result, from that of its base. */
export function indexAfter(before: Facts, after: Facts, touched: readonly string[]): RegistryIndex {
  const known = indexes.get(after);
  if (known !== undefined) return known;
  return touched.length > MOST_OVERLAID ? indexOf(after) : overlay(indexOf(before), after, touched);
}

/** Ids of all facts of a kind, ascending in code-unit order. */
export function idsOfKind(index: RegistryIndex, kind: FactKind): readonly string[] {
  return index
    .keysOfKind(kind)
    .map((key) => idOfKey(key))
    .sort();
}
