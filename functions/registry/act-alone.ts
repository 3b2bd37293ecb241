import { mayActAlone } from '../core/administration/authority.ts';
import type { Facts, Operation } from '../core/administration/change.ts';
import type { Json } from '../core/facts/canonical.ts';
import { stageApplied } from '../store/applied-change.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import { ConflictError } from '../store/publisher.ts';
import type { ReplyTo } from './answers.ts';
import { nameOf } from './caller.ts';
import { applyTo, factsAt } from './change-staging.ts';
import type { ActingContext, Call } from './context.ts';
import { demand } from './permissions.ts';
import { acknowledge, prepare } from './publication.ts';
import { Refusal } from './refusal.ts';
import { demandBriefEnds } from './room-for-stops.ts';
import { lossesOf } from './stopped.ts';
import { demandSound } from './validate.ts';

/** A change that one person makes alone, written anew against whatever HEAD is. */
export interface LoneChange {
  readonly kind: 'hold' | 'revoke';
  readonly reason: string;
  /** Empty where everything asked for is in force already: a retry after a lost acknowledgement. */
  readonly changes: (facts: Facts) => readonly Operation[];
  /** What else must be so for one person to do this. @throws Refusal */
  readonly demand?: (facts: Facts, head: OpenSnapshot) => Promise<void>;
  readonly note: Readonly<Record<string, Json>>;
}

type Body = ReplyTo<'revoke'>['body'];

/** A revocation that keeps losing races would be a revocation denied: it tries as long as the request lasts. */
const MOST_ATTEMPTS = 50;

/**
 * Acts at once, on one authorised person's word, and rebases by itself; or says what that would stop, and does nothing.
 *
 * @throws Refusal NOT_RESTRICTING where any of it could permit something; NOT_AUTHORISED
 */
export function actOrPreview(
  context: ActingContext,
  call: Call,
  change: LoneChange,
  dryRun: true | undefined,
): Promise<Body> {
  return dryRun === true ? previewAlone(context, call, change) : actAlone(context, call, change);
}

async function actAlone(context: ActingContext, call: Call, change: LoneChange): Promise<Body> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const head = await context.reader.open({}, call.signal);
    const changes = await allowed(context, call, head, change);
    if (changes.length === 0) {
      // Whoever made them may have died before the floor was raised; who is told so now relies on it.
      await context.publisher.acknowledge(head);
      return { ...acknowledge(context, head), already: true };
    }
    try {
      return { ...acknowledge(context, await publishAlone(context, call, head, change, changes)) };
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
    }
  }
  throw new Refusal('CONFLICT', 'the registry keeps moving: send the same request again');
}

/** The same questions asked, and refused alike; nothing is published. */
async function previewAlone(context: ActingContext, call: Call, change: LoneChange): Promise<Body> {
  const head = await context.reader.open({}, call.signal);
  const changes = await allowed(context, call, head, change);
  const { applied } = await stagedAlone(context, head, changes);
  return { dryRun: true, version: head.version, stops: lossesOf(context, call, applied) };
}

/** The operations on this version, where this person may make them. */
async function allowed(
  context: ActingContext,
  call: Call,
  head: OpenSnapshot,
  change: LoneChange,
): Promise<readonly Operation[]> {
  const facts = await factsAt(context, head);
  const changes = change.changes(facts);
  if (changes.length === 0) return [];
  demand(mayActAlone(call.caller, changes, facts, context.clock()));
  await change.demand?.(facts, head);
  return changes;
}

/** What it comes to, where it fits the store: nobody is told that something would stop which would not. */
async function stagedAlone(context: ActingContext, head: OpenSnapshot, changes: readonly Operation[]) {
  const applied = await applyTo(context, head, changes);
  demandSound(context, applied, changes, false);
  const staged = await stageApplied(head, applied, 'left behind');
  demandBriefEnds(staged, changes);
  return { applied, staged };
}

async function publishAlone(
  context: ActingContext,
  call: Call,
  head: OpenSnapshot,
  { kind, reason, note }: LoneChange,
  changes: readonly Operation[],
) {
  const { staged } = await stagedAlone(context, head, changes);
  const meta = { kind, author: nameOf(call.caller), approvers: [] };
  const full = { reason, author: call.caller.arn, ...note };
  return context.publisher.publish(await prepare(context, head, staged, meta, full, call.signal));
}
