/**
 * Standards adopt designations by the name of their instrument. A name misspelt on either side switches a ban off and
 * breaks nothing: so one that nobody answers, and that is all but the name of one on the other side, is told. What a rule selects
 * is something, too.
 */

import { idOfKey } from '../../facts/fact.ts';
import { readingOf } from '../../facts/reading.ts';
import type { RawFact } from '../../facts/view.ts';
import { slipsBetween } from '../../nearest.ts';
import { adoptedBy } from '../../rules/adopted.ts';
import { selectsAny } from '../../rules/selection.ts';
import type { Check, CheckContext, CheckFlaw } from './check.ts';

interface Named {
  readonly key: string;
  readonly path: string;
  /** Authority and instrument. */
  readonly name: string;
}

function nameOf({
  authority,
  instrument,
}: {
  readonly authority: string;
  readonly instrument: string;
}): string {
  return `${authority} ${instrument}`;
}

/** Figures, alone or with a letter, a letter alone, and Roman figures. */
const OF_PART = /^(?:[A-Z]?\d+[A-Z]?|[A-Z]|[IVXL]+)$/;

/** Editions and parts of one instrument differ in a figure, or by a part that one of them has more, and are two. */
function areParts(a: string, b: string): boolean {
  const [left = [], right = []] = [a, b].map((name) => name.split('-'));
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  const figures = (part: string) => part.replace(/\d+/g, '#');
  const isPart = (x: string, y = '') =>
    x === y || (OF_PART.test(x) && OF_PART.test(y)) || (/\d/.test(x) && figures(x) === figures(y));
  return short.every((x, i) => isPart(x, long[i])) && long.slice(short.length).every((x) => OF_PART.test(x));
}

/** Names of another authority are other names. */
function isSlip(a: string, b: string): boolean {
  const [[authority, name = ''], [other, named = '']] = [a.split(' '), b.split(' ')];
  return authority === other && name !== named && !areParts(name, named) && slipsBetween(name, named) <= 2;
}

/** What a fact named before it was changed. */
function namesOf(before: RawFact | undefined): ReadonlySet<string> {
  const reading = before === undefined ? undefined : readingOf(before);
  if (reading?.sound !== true) return new Set();
  const { fact } = reading;
  if (fact.kind === 'designation') return new Set([nameOf(fact)]);
  if (fact.kind !== 'standard') return new Set();
  return new Set(fact.rules.flatMap(adoptedBy).map(([, adopted]) => nameOf(adopted)));
}

function misspelt(ctx: CheckContext): readonly CheckFlaw[] {
  const all = <K extends 'standard' | 'designation'>(kind: K) =>
    ctx.index.keysOfKind(kind).flatMap((key) => ctx.soundOf(kind, idOfKey(key)) ?? []);
  const adopted: readonly Named[] = all('standard').flatMap(({ key, fact }) =>
    fact.rules.flatMap((r, i) =>
      adoptedBy(r).map(([at, a]) => ({ key, path: `/rules/${i}/${at}/instrument`, name: nameOf(a) })),
    ),
  );
  const designated: readonly Named[] = all('designation').map(({ key, fact }) => ({
    key,
    path: '/instrument',
    name: nameOf(fact),
  }));
  const alone = (of: readonly Named[], others: readonly Named[]) => {
    const answered = new Set(others.map((x) => x.name));
    return of.filter((x) => !answered.has(x.name));
  };
  // What was named before stays, and may end: whoever writes the second of two names is told.
  const judged = new Set(ctx.before === undefined ? ctx.scope : ctx.changed);
  const isNew = (key: string, name: string) => !namesOf(ctx.before?.get(key)).has(name);
  const [unanswered, unadopted] = [alone(adopted, designated), alone(designated, adopted)];
  const flaws = (of: readonly Named[], among: readonly Named[], what: string) =>
    of.flatMap(({ key, path, name }): readonly CheckFlaw[] => {
      const meant =
        judged.has(key) && isNew(key, name) ? among.find((x) => isSlip(name, x.name))?.name : undefined;
      if (meant === undefined) return [];
      const [authority = '', instrument = ''] = meant.split(' ');
      return [{ key, path, message: `${what}; did you mean ${instrument} of ${authority}?` }];
    });
  return [
    ...flaws(unanswered, designated, 'no designation is of this instrument'),
    ...flaws(unadopted, adopted, 'no standard adopts this instrument'),
  ];
}

function emptySelections(ctx: CheckContext): readonly CheckFlaw[] {
  return ctx.judged('standard').flatMap(({ key, fact }) =>
    fact.rules.flatMap((r, i): readonly CheckFlaw[] =>
      'where' in r && !selectsAny(r.where)
        ? [
            {
              key,
              path: `/rules/${i}/where`,
              message: 'no function is in all of these: the rule is about nothing',
            },
          ]
        : [],
    ),
  );
}

export const instruments: Check = (ctx) => [...misspelt(ctx), ...emptySelections(ctx)];
