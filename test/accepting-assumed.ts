/** A registry whose owners and standards accept paths that are only a caller's list of hops: for tests about the rest. */
import type { RawFact } from '../functions/core/facts/view.ts';

const ALL = ['assumed', 'observed', 'pinned'];

function accepting(fact: RawFact): RawFact {
  if (fact['kind'] === 'mandate') return { ...fact, assurances: ALL };
  const { rules } = fact as { readonly rules?: readonly RawFact[] };
  if (fact['kind'] !== 'standard' || !Array.isArray(rules)) return fact;
  return { ...fact, rules: rules.map((r) => (r['rule'] === 'path-assurance' ? { ...r, accept: ALL } : r)) };
}

export function acceptingAssumed(facts: ReadonlyMap<string, RawFact>): ReadonlyMap<string, RawFact> {
  return new Map([...facts].map(([key, fact]) => [key, accepting(fact)]));
}
