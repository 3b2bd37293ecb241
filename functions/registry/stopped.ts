/** What stops are in force, and what a stop takes away: for whoever is about to set one, or has. */
import { holdsInForce } from '../core/administration/holds-in-force.ts';
import { type Losses, lossesBetween } from '../core/administration/losses.ts';
import type { AppliedFacts } from '../store/applied-change.ts';
import type { ReplyTo } from './answers.ts';
import { factsAt } from './change-staging.ts';
import { type ActingContext, type Call, instantText } from './context.ts';
import { Refusal } from './refusal.ts';

/** `GET holds`: every hold in force, what stops most first. */
export async function showHolds(context: ActingContext, call: Call): Promise<ReplyTo<'holds'>> {
  const snapshot = await context.anyReader.open({}, call.signal);
  const at = context.clock();
  const holds = holdsInForce(await factsAt(context, snapshot), at);
  const { version, held } = snapshot;
  return { status: 200, body: { version, at: instantText(at), holds, held } };
}

/** `GET versions/{v}/stops`: what this version stops that the one before permitted, both asked about now. */
export async function showStops(context: ActingContext, call: Call): Promise<ReplyTo<'stops'>> {
  const exact = Number(call.variables['v']);
  if (exact <= 1) throw new Refusal('VERSION_UNKNOWN', 'before the first version nothing was permitted');
  const snapshot = await context.anyReader.open({ exact }, call.signal);
  const before = await factsAt(context, await context.anyReader.open({ exact: exact - 1 }, call.signal));
  const after = await factsAt(context, snapshot);
  const keys = new Set([...before.keys(), ...after.keys()]);
  const touched = [...keys].filter((key) => before.get(key) !== after.get(key));
  const stops = lossesOf(context, call, { before, after, touched });
  return { status: 200, body: { version: snapshot.version, stops, held: snapshot.held } };
}

/** As much as a request has time for; `complete` says whether that was all. */
export function lossesOf(context: ActingContext, call: Call, applied: AppliedFacts): Losses {
  return lossesBetween(applied, context.clock(), () => context.clock() < call.sliceEndsAt);
}
