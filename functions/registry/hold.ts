import type { Facts } from '../core/administration/change.ts';
import { isWide, MOST_WIDE_MS, setLately } from '../core/administration/wide-stops.ts';
import { readFact } from '../core/facts/fact.ts';
import { holdsAt } from '../core/facts/moment.ts';
import { readingOf } from '../core/facts/reading.ts';
import type { RawFact } from '../core/facts/view.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import { actOrPreview, type LoneChange } from './act-alone.ts';
import type { ReplyTo } from './answers.ts';
import { holdBody, readBody } from './bodies.ts';
import { nameOf } from './caller.ts';
import { type ActingContext, type Call, instantText } from './context.ts';
import { heldLately } from './held-lately.ts';
import { Refusal } from './refusal.ts';
import { demandShareOfRoom } from './room-for-stops.ts';

/** Stops everything, one owner's information or one network from the next decision on. */
export async function holdNow(context: ActingContext, call: Call): Promise<ReplyTo<'hold'>> {
  const { dryRun, ...asked } = readBody(holdBody, call.body());
  const told: { reach?: Reach } = {};
  const change: LoneChange = {
    kind: 'hold',
    reason: asked.reason,
    note: { hold: asked.id },
    changes: (facts) => {
      const wide = isWide(asked, facts);
      const present = facts.get(`hold/${asked.id}`);
      const fact = holdFact(asked, { wide, author: nameOf(call.caller), now: context.clock() }, context);
      told.reach = { wide, until: endOf(present ?? fact) };
      if (present === undefined) return [{ op: 'add', fact }];
      if (!isSameHold(present, fact, { until: asked.until, now: context.clock() }))
        throw new Refusal(
          'CONFLICT',
          'another hold has this id, or had it, or has it for a time to come: give this one a new id',
          { path: '/id' },
        );
      return [];
    },
    demand: async (facts, head) => {
      const { roleName } = call.caller;
      await demandOwnReach(asked, roleName, { facts, head }, context);
      await demandShareOfRoom(asked, roleName, { facts, head }, context.clock());
    },
  };
  const done = await actOrPreview(context, call, change, dryRun);
  if (told.reach === undefined) throw new Error('a stop is laid out before it is made');
  return { status: 200, body: { ...done, ...told.reach } };
}

/** Whether a stop reaches beyond its authority's own, and when it ends by itself. */
interface Reach {
  readonly wide: boolean;
  readonly until: string | null;
}

type Asked = Omit<ReturnType<typeof readBody<typeof holdBody>>, 'dryRun'>;

function endOf(hold: RawFact): string | null {
  const reading = readFact(hold);
  return reading.sound ? reading.fact.valid.to : null;
}

/** The fact: where it stops more than its authority's own it ends by itself, unless it was asked to end sooner. */
function holdFact(
  { id, authority, scope, cause, until }: Asked,
  by: { readonly wide: boolean; readonly author: string; readonly now: number },
  { clockSkewMs }: Pick<ActingContext, 'clockSkewMs'>,
): RawFact {
  // In force for a decider whose clock is behind, too.
  const from = by.now - clockSkewMs;
  const to = until ?? (by.wide ? instantText(from + MOST_WIDE_MS) : null);
  const said = (words: string) => [{ citation: `${words} by ${by.author}`, verified: true, primary: true }];
  const fact: RawFact = {
    ...{ kind: 'hold', id, authority, scope, cause },
    valid: { from: instantText(from), to, zone: 'UTC' },
    ...(to !== null && { ending: said('Set to end by itself') }),
    sources: said('Hold set'),
  };
  const reading = readFact(fact);
  if (!reading.sound || reading.interval.to <= by.now)
    throw new Refusal('REQUEST_INVALID', '"until" is an instant still to come', { path: '/until' });
  return fact;
}

/**
 * What one person may stop of what is not their authority's own.
 *
 * @throws Refusal HOLD_TOO_WIDE, HOLD_SET_LATELY
 */
async function demandOwnReach(
  asked: Asked,
  role: string,
  { facts, head }: { readonly facts: Facts; readonly head: OpenSnapshot },
  { clock, clockSkewMs }: ActingContext,
): Promise<void> {
  if (!isWide(asked, facts)) return;
  const now = clock();
  const { authority, until, cause } = asked;
  const whose = `this stops more than ${authority} speaks for`;
  if (until !== undefined && Date.parse(until) - (now - clockSkewMs) > MOST_WIDE_MS)
    throw new Refusal(
      'HOLD_TOO_WIDE',
      `${whose}: it may last 24 hours at most. Leave "until" out, or name an owner or a network of its own`,
      { path: '/until' },
    );
  if (cause === 'rehearsal')
    throw new Refusal(
      'HOLD_TOO_WIDE',
      `${whose}, and a drill can wait for a second person: propose the hold, or rehearse with an owner or a network of its own`,
      { path: '/cause' },
    );
  const lately = setLately(asked, role, { facts, alone: await heldLately(head, now) }, now);
  if (lately === undefined) return;
  const ended = lately.interval.to;
  throw new Refusal(
    'HOLD_SET_LATELY',
    `${whose}, and ${lately.key}, which your role may have set, stops some of it, or did until less than 24 hours ago: two people may propose it again. An owner or a network of its own can be held at any time`,
    {
      path: '/scope',
      details: { hold: lately.key, ended: Number.isFinite(ended) ? instantText(ended) : null },
    },
  );
}

/**
 * The same stop by the same authority, begun, and with the end it was set with: asking for it again is a retry. An end that is
 * asked for by its instant is that instant, or whoever asks for an hour more is told that it is so. Only a stop that was asked for
 * without one is known by how long it lasts.
 */
function isSameHold(
  present: RawFact,
  wanted: RawFact,
  { until, now }: { readonly until: string | undefined; readonly now: number },
): boolean {
  const [is, asked] = [readingOf(present), readFact(wanted)];
  if (!is.sound || !asked.sound || is.fact.kind !== 'hold' || asked.fact.kind !== 'hold') return false;
  const what = ({ authority, scope, cause }: typeof is.fact) => JSON.stringify([authority, scope, cause]);
  const ends = ({ from, to }: typeof is.interval) => (until === undefined ? to - from : to);
  return (
    what(is.fact) === what(asked.fact) &&
    holdsAt(is.interval, now) &&
    ends(is.interval) === ends(asked.interval)
  );
}
