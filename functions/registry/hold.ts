import { readFact } from '../core/facts/fact.ts';
import { readingOf } from '../core/facts/reading.ts';
import type { RawFact } from '../core/facts/view.ts';
import { actAlone } from './act-alone.ts';
import type { ReplyTo } from './answers.ts';
import { holdBody, readBody } from './bodies.ts';
import { nameOf } from './caller.ts';
import { type Call, instantText, type RegistryContext } from './context.ts';
import { Refusal } from './refusal.ts';

/** Stops everything, one owner's information or one network from the next decision on. */
export async function holdNow(context: RegistryContext, call: Call): Promise<ReplyTo<'hold'>> {
  const { id, authority, scope, reason } = readBody(holdBody, call.body());
  const key = `hold/${id}`;
  // In force for a decider whose clock is behind, too.
  const from = instantText(context.clock() - context.clockSkewMs);
  const fact = {
    kind: 'hold',
    id,
    authority,
    scope,
    reason,
    valid: { from, to: null, zone: 'UTC' },
    sources: [{ citation: `Hold set by ${nameOf(call.caller)}`, verified: true, primary: true }],
  } as const satisfies RawFact;
  const reading = readFact(fact);
  if (!reading.sound)
    throw new Refusal('REQUEST_INVALID', 'this hold is not sound', { problems: reading.problems });
  return actAlone(context, call, {
    kind: 'hold',
    reason,
    note: { hold: id },
    changes: (facts) => {
      const present = facts.get(key) as RawFact | undefined;
      if (present === undefined) return [{ op: 'add', fact }];
      if (!isSameHold(present, fact, context.clock()))
        throw new Refusal(
          'CONFLICT',
          'another hold has this id, or had it, or has it for a time to come: give this one a new id',
          { path: '/id' },
        );
      return [];
    },
  });
}

/** The same stop by the same authority, begun and still without an end: asking for it again is a retry. */
function isSameHold(present: RawFact, wanted: RawFact, now: number): boolean {
  const open = readingOf(present);
  return (
    open.sound &&
    open.fact.valid.to === null &&
    open.interval.from <= now &&
    JSON.stringify([present['authority'], present['scope']]) ===
      JSON.stringify([wanted['authority'], wanted['scope']])
  );
}
