/**
 * A stop that is set anew says why from the closed set, and a wide one ends in time; see `wide-stops.ts`. An exemption is from a
 * stop that has one, for information that is not the stop's own. What stands in the registry is left as it is: it may only
 * end sooner.
 */
import type { Hold } from '../../facts/hold.ts';
import { readingOf } from '../../facts/reading.ts';
import { mayBeExempt, outlastsItsReach } from '../wide-stops.ts';
import type { Check, CheckContext, CheckFlaw, JudgedFact } from './check.ts';

function holdBefore(key: string, { before }: CheckContext): JudgedFact<Hold> | undefined {
  const reading = readingOf(before?.get(key));
  return reading.sound && reading.fact.kind === 'hold' ? { ...reading, fact: reading.fact } : undefined;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function flawsOfHold(hold: JudgedFact<Hold>, ctx: CheckContext): readonly CheckFlaw[] {
  const { key, fact, interval } = hold;
  const was = holdBefore(key, ctx);
  const flaws: CheckFlaw[] = [];
  if (fact.reason !== undefined && fact.reason !== was?.fact.reason)
    flaws.push({
      key,
      path: '/reason',
      message: 'give a "cause" instead; words of your own stand in the reason of the change',
    });
  if (was !== undefined && !(was.fact.authority === fact.authority && isSame(was.fact.scope, fact.scope)))
    flaws.push({
      key,
      path: '/scope',
      message: 'a hold keeps its authority and what it stops, because exemptions rest on them: set another',
    });
  const onlyShorter =
    was !== undefined && interval.from === was.interval.from && interval.to <= was.interval.to;
  if (!onlyShorter && outlastsItsReach(hold, ctx.index.facts))
    flaws.push({
      key,
      path: '/valid/to',
      message: `HOLD_TOO_WIDE: it stops more than ${fact.authority} speaks for, so it ends at most 24 hours after it begins: give "to" and "ending", or name an owner or a network of its own`,
    });
  return flaws;
}

export const stops: Check = (ctx) => [
  ...ctx.judged('hold').flatMap((hold) => flawsOfHold(hold, ctx)),
  ...ctx.judged('exemption').flatMap(({ key, fact }): readonly CheckFlaw[] => {
    const hold = ctx.soundOf('hold', fact.hold)?.fact;
    if (hold === undefined) return [];
    if (mayBeExempt(hold, fact.owner, ctx.index.facts)) return [];
    const message = `hold/${hold.id} is ${hold.authority}'s to lift: what an authority stops of its own nation's nobody else exempts`;
    return [{ key, path: '/hold', message }];
  }),
];
