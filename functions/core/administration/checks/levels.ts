/** A level stands on the ladder of its frame. One that does not would be comparable with nothing, and deny for ever. */
import { ladderOf, levelRank } from '../../marking/ladders.ts';
import type { Check, CheckContext, CheckFlaw } from './check.ts';

interface Rung {
  readonly key: string;
  readonly path: string;
  readonly frame: string;
  readonly level: string;
}

function rungs(ctx: CheckContext): readonly Rung[] {
  type Entry = { readonly frame: string; readonly level: string };
  const at = (key: string, path: string, { frame, level }: Entry): Rung => ({ key, path, frame, level });
  return [
    ...ctx
      .judged('accreditation')
      .flatMap(({ key, fact }) => fact.carries.map((c, i) => at(key, `/carries/${i}`, c))),
    ...ctx.judged('mandate').flatMap(({ key, fact }) => fact.from.map((f, i) => at(key, `/from/${i}`, f))),
    ...ctx
      .judged('standard')
      .flatMap(({ key, fact }) => fact.scope.levels.map((l, i) => at(key, `/scope/levels/${i}`, l))),
    ...ctx
      .judged('equivalence')
      .flatMap(({ key, fact }) => [at(key, '/from', fact.from), at(key, '/to', fact.to)]),
  ];
}

export const levels: Check = (ctx) =>
  rungs(ctx).flatMap(({ key, path, frame, level }): readonly CheckFlaw[] => {
    const ladder = ladderOf(frame);
    if (ladder === undefined)
      return [{ key, path: `${path}/frame`, message: `${frame} is not a marking system the guard reads` }];
    if (levelRank(frame, level) !== undefined) return [];
    return [{ key, path: `${path}/level`, message: `${frame} has the levels ${ladder.join(', ')}` }];
  });
