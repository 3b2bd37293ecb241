/** What registered things are called. A name is other people's text: the id stands behind it, and the id decides. */
import { type FactKind, factKey, kindOf, member } from '../fact.ts';
import type { RawFact } from '../view.ts';

/** What registered things are called, by key: `vendor/maker-one` → `Maker One Ltd.`. */
export type FactNames = ReadonlyMap<string, string>;

export const NO_NAMES: FactNames = new Map();

/** The member by which a fact of each kind is called, where it has one. */
const CALLED_BY = {
  accreditation: null,
  assessment: null,
  authority: 'name',
  'criteria-set': 'name',
  designation: null,
  equivalence: null,
  exemption: null,
  hold: null,
  mandate: null,
  network: 'name',
  protection: 'name',
  route: 'name',
  standard: 'title',
  vendor: 'name',
  waiver: null,
} as const satisfies Record<FactKind, 'name' | 'title' | null>;

/** What the facts that have a name are called. */
export function namesIn(facts: Iterable<RawFact>): FactNames {
  const names = new Map<string, string>();
  for (const fact of facts) {
    const [kind, id] = [kindOf(fact), member(fact, 'id')];
    const by = kind === undefined ? null : CALLED_BY[kind];
    const name = by === null ? undefined : member(fact, by);
    if (kind !== undefined && typeof id === 'string' && typeof name === 'string')
      names.set(factKey({ kind, id }), name);
  }
  return names;
}

/**
 * `Maker One Ltd. (vendor maker-one)`; without a registered name, `vendor maker-one`. An instrument is known by its
 * published id, and its title would drown the sentence.
 */
export function called(names: FactNames, kind: FactKind, id: string): string {
  if (kind === 'standard' || kind === 'criteria-set') return id;
  return itself(kind, id, names.get(factKey({ kind, id })) ?? id);
}

/** The same of a fact that says its own name. */
export function itself(kind: FactKind, id: string, name: string): string {
  return name === id ? `${kind} ${id}` : `${name} (${kind} ${id})`;
}

export function allCalled(names: FactNames, kind: FactKind, ids: readonly string[]): string {
  return ids.map((id) => called(names, kind, id)).join(', ');
}
