/**
 * Standards build on rules that are there and replace those of their own owner, and nobody newly mandates one that another
 * has replaced: what still stands of it is carried by its successor.
 */
import { MOST_SUCCESSORS, successorsOf } from '../../decision/asked-standard.ts';
import { foundedRules, MOST_FOUNDED } from '../../decision/founded-rules.ts';
import { idOfKey, member, texts } from '../../facts/fact.ts';
import type { Standard } from '../../facts/standard.ts';
import { levelRank } from '../../marking/ladders.ts';
import type { Check, CheckContext, CheckFlaw, JudgedFact } from './check.ts';

type Library = ReadonlyMap<string, JudgedFact<Standard>>;

function libraryOf(ctx: CheckContext): Library {
  return new Map(
    ctx.index.keysOfKind('standard').flatMap((key) => {
      const id = idOfKey(key);
      const found = ctx.soundOf('standard', id);
      return found === undefined ? [] : [[id, found] as const];
    }),
  );
}

function foundations({ key, fact }: JudgedFact<Standard>, library: Library): readonly CheckFlaw[] {
  return (fact.buildsOn ?? []).flatMap(({ standard, rules }, i): readonly CheckFlaw[] => {
    const base = library.get(standard);
    if (base === undefined) return [];
    const path = `/buildsOn/${i}`;
    const founded = foundedRules(base, library);
    if (founded.asked.some((a) => a.standard.fact.id === fact.id))
      return [{ key, path, message: 'the standard builds on itself this way' }];
    const known = founded.rules.map(({ rule }) => rule.id);
    const absent = (rules ?? []).filter((id) => !known.includes(id));
    return absent.map((id) => ({
      key,
      path: `${path}/rules`,
      message: `standard/${standard} has no rule ${id}: its rules are ${known.join(', ')}`,
    }));
  });
}

/** What it asks in all, and whether that is what its requirements say. */
function whole(s: JudgedFact<Standard>, library: Library): readonly CheckFlaw[] {
  const { key, fact } = s;
  const { rules, lost } = foundedRules(s, library);
  const asks = new Set(rules.map(({ rule }) => rule.id));
  const tooMuch = lost.some((id) => library.has(id));
  return [
    ...(tooMuch && foundations(s, library).length === 0
      ? [
          {
            key,
            path: '/buildsOn',
            message: `nobody could ask it: at most ${MOST_FOUNDED.depth} standards build on each other in a row, of at most ${MOST_FOUNDED.rules} rules in all, each of which is there`,
          },
        ]
      : []),
    ...(fact.requirements ?? []).flatMap(({ encoded = [] }, i) =>
      encoded
        .filter((id) => !asks.has(id))
        .map((id) => ({
          key,
          path: `/requirements/${i}/encoded`,
          message: `there is no rule ${id}, here or in what it builds on: its rules are ${[...asks].join(', ')}`,
        })),
    ),
  ];
}

function replaced({ key, fact }: JudgedFact<Standard>, library: Library): readonly CheckFlaw[] {
  return (fact.replaces ?? []).flatMap((id, i): readonly CheckFlaw[] => {
    const old = library.get(id);
    if (old === undefined) return [];
    const path = `/replaces/${i}`;
    if (old.fact.owner !== fact.owner)
      return [
        { key, path, message: `standard/${id} is of ${old.fact.owner}: an owner replaces its own standards` },
      ];
    if (successorsOf(fact.id, fact.owner, library).some((s) => s.fact.id === id))
      return [{ key, path, message: `standard/${id} replaces this one: one of the two is the later` }];
    if (successorsOf(id, fact.owner, library).length > MOST_SUCCESSORS)
      return [
        {
          key,
          path,
          message: `more than ${MOST_SUCCESSORS} standards would take the place of standard/${id}`,
        },
      ];
    return [];
  });
}

/** One that binds some providers only, or says nothing of some of the flows or levels, takes its place for the rest alone. */
function takesThePlace(by: Standard, of: Standard): boolean {
  const { providers, flows, levels } = by.scope;
  const reaches = ({ frame, level }: (typeof levels)[number]) => {
    const least = levelRank(frame, level);
    return levels.some((x) => {
      const from = x.frame === frame ? levelRank(frame, x.level) : undefined;
      const says =
        by.belowScope === 'satisfied' || (from !== undefined && least !== undefined && from <= least);
      return from !== undefined && says;
    });
  };
  return (
    by.about === of.about &&
    providers === null &&
    (flows === null || (of.scope.flows?.every((f) => flows.includes(f)) ?? false)) &&
    of.scope.levels.every(reaches)
  );
}

/** Mandates that were there before the successor came stay as they are: every answer by them says so. */
function namesReplaced(ctx: CheckContext, library: Library): readonly CheckFlaw[] {
  return ctx
    .judged('mandate')
    .filter(({ key }) => ctx.changed.includes(key))
    .flatMap(({ key, fact, interval }) => {
      const before = ctx.before?.get(key);
      return fact.standards.flatMap((id, i): readonly CheckFlaw[] => {
        const named = library.get(id);
        if (named === undefined || namedBefore(before, id)) return [];
        const path = `/standards/${i}`;
        if (named.interval.to <= Math.max(interval.from, ctx.at)) {
          const ended = `standard/${id} has ended: a mandate that names it refuses everything`;
          return [{ key, path, message: ended }];
        }
        const by = successorsOf(id, named.fact.owner, library).find(
          (s) =>
            takesThePlace(s.fact, named.fact) &&
            !fact.standards.includes(s.fact.id) &&
            Math.max(s.interval.from, interval.from, ctx.at) < Math.min(s.interval.to, interval.to),
        );
        if (by === undefined) return [];
        const message = `standard/${id} is replaced by standard/${by.fact.id} from ${by.fact.valid.from} on: name that one, or end the mandate before`;
        return [{ key, path, message }];
      });
    });
}

function namedBefore(before: unknown, id: string): boolean {
  return texts(member(before, 'standards')).includes(id);
}

export const succession: Check = (ctx) => {
  const library = libraryOf(ctx);
  return [
    ...ctx
      .judged('standard')
      .flatMap((s) => [...foundations(s, library), ...whole(s, library), ...replaced(s, library)]),
    ...namesReplaced(ctx, library),
  ];
};
