/** What a question touches, read naively from the facts. */
import { kindOf, member } from '../../functions/core/facts/fact.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import type { Asked } from './case.ts';

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((x): x is string => typeof x === 'string') : [];
}

/** Ids of the networks on the path, without their hosts. */
export function networksOn(facts: readonly RawFact[], q: Asked): readonly string[] {
  if (q.route !== undefined) {
    const route = facts.find((f) => kindOf(f) === 'route' && member(f, 'id') === q.route);
    return [...new Set([...texts(member(route, 'hops')), ...texts(member(route, 'alternates'))])];
  }
  const named = (q.hops ?? ['net-a']).map((hop) => {
    if (typeof hop === 'string') return hop;
    const claimant = facts.find((f) =>
      JSON.stringify(member(f, 'identifiers') ?? '').includes(hop['plmn'] ?? '?'),
    );
    return String(member(claimant, 'id'));
  });
  return [...new Set(named)];
}
