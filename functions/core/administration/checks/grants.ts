/** Two people are two people: one role never stands in both grants, and one key never under two names, in any authority. */
import { idOfKey } from '../../facts/fact.ts';
import type { Check } from './check.ts';

export const grants: Check = (ctx) => {
  const judged = ctx.judged('authority');
  if (judged.length === 0) return [];
  const all = ctx.index.keysOfKind('authority').flatMap((key) => {
    const found = ctx.soundOf('authority', idOfKey(key));
    return found === undefined ? [] : [found];
  });
  const approving = new Map(all.flatMap((a) => a.fact.approvers.map((role) => [role, a.key] as const)));
  const proposing = new Map(all.flatMap((a) => a.fact.proposers.map((role) => [role, a.key] as const)));
  const names = Map.groupBy(
    all.flatMap((a) =>
      (a.fact.people ?? []).flatMap(({ name, keys }) => keys.map((k) => ({ k, name, of: a.key }))),
    ),
    ({ k }) => k,
  );
  return judged.flatMap(({ key, fact }) => [
    ...(fact.people ?? []).flatMap((person, i) =>
      person.keys.flatMap((k, j) => {
        const other = names.get(k)?.find(({ name }) => name !== person.name);
        if (other === undefined) return [];
        return [{ key, path: `/people/${i}/keys/${j}`, message: `this key is ${other.name} in ${other.of}` }];
      }),
    ),
    ...fact.proposers.flatMap((role, i) => {
      const other = approving.get(role);
      if (other === undefined) return [];
      return [{ key, path: `/proposers/${i}`, message: `this role approves in ${other}` }];
    }),
    ...fact.approvers.flatMap((role, i) => {
      const other = proposing.get(role);
      if (other === undefined) return [];
      return [{ key, path: `/approvers/${i}`, message: `this role proposes in ${other}` }];
    }),
  ]);
};
