/**
 * Standards build on rules that are there and replace those of their own owner, and no mandate rests on one that another
 * has replaced: what still stands of it is carried by its successor.
 */
import { successorsOf } from '../../decision/asked-standard.ts';
import { foundedRules } from '../../decision/founded-rules.ts';
import type { Standard } from '../../facts/standard.ts';
import type { Check, CheckContext, CheckFlaw, JudgedFact } from './check.ts';

type Library = ReadonlyMap<string, JudgedFact<Standard>>;

function libraryOf(ctx: CheckContext): Library {
  return new Map(
    ctx.index.keysOfKind('standard').flatMap((key) => {
      const id = key.slice('standard/'.length);
      const found = ctx.soundOf('standard', id);
      return found === undefined ? [] : [[id, found] as const];
    }),
  );
}

function lineage({ key, fact }: JudgedFact<Standard>, library: Library): readonly CheckFlaw[] {
  const foundations = (fact.buildsOn ?? []).flatMap(({ standard, rules }, i): readonly CheckFlaw[] => {
    const base = library.get(standard);
    if (base === undefined) return [];
    const path = `/buildsOn/${i}`;
    const founded = foundedRules(base, library, [fact.id]);
    if (founded.lost.includes(fact.id))
      return [{ key, path, message: 'the standard builds on itself this way' }];
    const known = founded.rules.map(({ rule }) => rule.id);
    return (rules ?? [])
      .filter((id) => !known.includes(id))
      .map((id) => ({
        key,
        path: `${path}/rules`,
        message: `standard/${standard} has no rule ${id}: its rules are ${known.join(', ')}`,
      }));
  });
  const strangers = (fact.replaces ?? []).flatMap((id, i): readonly CheckFlaw[] => {
    const old = library.get(id);
    if (old === undefined) return [];
    const path = `/replaces/${i}`;
    if (old.fact.owner !== fact.owner)
      return [
        { key, path, message: `standard/${id} is of ${old.fact.owner}: an owner replaces its own standards` },
      ];
    if (successorsOf(fact.id, fact.owner, library).some((s) => s.fact.id === id))
      return [{ key, path, message: `standard/${id} replaces this one: one of the two is the later` }];
    return [];
  });
  return [...foundations, ...strangers];
}

/** Mandates that were written before a successor came stay: every answer by them says so. */
function namesReplaced(ctx: CheckContext, library: Library): readonly CheckFlaw[] {
  return ctx
    .judged('mandate')
    .filter(({ key }) => ctx.changed.includes(key))
    .flatMap(({ key, fact, interval }) =>
      fact.standards.flatMap((id, i): readonly CheckFlaw[] => {
        const named = library.get(id);
        if (named === undefined) return [];
        // One that binds only some providers takes its place for those alone.
        const by = successorsOf(id, named.fact.owner, library).find(
          (s) =>
            s.fact.scope.providers === null &&
            Math.max(s.interval.from, interval.from, ctx.at) < Math.min(s.interval.to, interval.to),
        );
        if (by === undefined) return [];
        const message = `standard/${id} is replaced by standard/${by.fact.id} from ${by.fact.valid.from} on: name that one, or end the mandate before`;
        return [{ key, path: `/standards/${i}`, message }];
      }),
    );
}

export const succession: Check = (ctx) => {
  const library = libraryOf(ctx);
  return [...ctx.judged('standard').flatMap((s) => lineage(s, library)), ...namesReplaced(ctx, library)];
};
