/**
 * Standards adopt designations by the name of their instrument. A name misspelt on either side switches a ban off and
 * breaks nothing: so one that nobody answers, and that is all but the name of one on the other side, is told. What a rule selects
 * is something, too.
 */
import { slipsBetween } from '../../nearest.ts';
import type { Adoption } from '../../rules/adoption.ts';
import { selectsAny } from '../../rules/selection.ts';
import type { Rule } from '../../rules/vocabulary.ts';
import type { Check, CheckContext, CheckFlaw } from './check.ts';

interface Named {
  readonly key: string;
  readonly path: string;
  /** Authority and instrument. */
  readonly name: string;
}

function adoptedBy(r: Rule): readonly (readonly [path: string, adopted: Adoption])[] {
  if ('adopt' in r) return r.adopt.map((a, i) => [`adopt/${i}`, a] as const);
  return 'beside' in r ? (r.beside ?? []).map((a, i) => [`beside/${i}`, a] as const) : [];
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

/** Two editions or parts of one instrument differ in a figure, or in a letter that stands alone, and are two. */
function areParts(a: string, b: string): boolean {
  const [left, right] = [a, b].map((name) => name.split('-'));
  const ofPart = /^(?:[A-Z]?\d+[A-Z]?|[A-Z])$/;
  return (
    a.length === b.length &&
    left?.length === right?.length &&
    (left ?? []).every((x, i) => x === right?.[i] || (ofPart.test(x) && ofPart.test(right?.[i] ?? '')))
  );
}

function isSlip(a: string, b: string): boolean {
  return a !== b && !areParts(a, b) && Math.abs(a.length - b.length) <= 2 && slipsBetween(a, b) <= 2;
}

function misspelt(ctx: CheckContext): readonly CheckFlaw[] {
  const all = <K extends 'standard' | 'designation'>(kind: K) =>
    ctx.index.keysOfKind(kind).flatMap((key) => ctx.soundOf(kind, key.slice(kind.length + 1)) ?? []);
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
  // What stood there before stays: whoever writes the second of two names is told.
  const judged = new Set(ctx.changed.length > 0 ? ctx.changed : ctx.scope);
  const [unanswered, unadopted] = [alone(adopted, designated), alone(designated, adopted)];
  const flaws = (of: readonly Named[], among: readonly Named[], what: string) =>
    of.flatMap(({ key, path, name }): readonly CheckFlaw[] => {
      const meant = judged.has(key) ? among.find((x) => isSlip(name, x.name))?.name : undefined;
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
