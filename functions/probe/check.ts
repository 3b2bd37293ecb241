/** Compares what a build answered with what is known to be right. Whatever is said that is not known is wrong. */
import { classOfReason, REASON_CODES, type ReasonCode } from '../core/decision/reasons.ts';
import type { Digest } from '../core/facts/canonical.ts';
import { member } from '../core/facts/fact.ts';
import type { KnownAnswer } from './known-answers.ts';

/** What came back from an invocation: its payload as text, with the digest of what was asked, or that it failed. */
export type ProbeReply = { readonly payload: string; readonly asked?: Digest } | { readonly failed: string };

type Verdict =
  /** As known. */
  | 'right'
  /** Nothing has been published yet, so that every answer is a refusal; known permits can not be judged. */
  | 'no-registry'
  /** No answer, or a refusal for want of a registry that can be read: nothing passes, and nothing is known of the rest. */
  | 'unanswered'
  /** Refused by a stop in force, or by a registry that is held: set on purpose, and told by alarms of its own. */
  | 'held'
  | 'wrong';

export interface CheckResult {
  readonly id: string;
  readonly verdict: Verdict;
  /** A closed word for people, never the answer's text. */
  readonly because?: 'malformed' | 'another-question' | 'decision' | 'codes' | 'not-enforceable';
}

export function codesOf(answer: unknown): readonly unknown[] {
  const reasons = member(answer, 'reasons');
  return Array.isArray(reasons) ? reasons.map((r) => member(r, 'code')) : [];
}

/** Stops, whoever set them. `HOLD_SET_ASIDE` stops nothing. */
const STOPPED = [
  'HOLD_EVERYTHING',
  'HOLD_OWNER',
  'HOLD_NETWORK',
  'REGISTRY_HELD',
] as const satisfies readonly ReasonCode[];

/** Codes by which a guard says that it could not judge. */
export const UNJUDGED: readonly ReasonCode[] = REASON_CODES.filter((code) =>
  ['unavailable', 'integrity'].includes(classOfReason(code)),
);

/** Whether any of these is among an answer's codes, and was not expected there. */
function anyOf(list: readonly string[], codes: readonly unknown[], expected: readonly string[]): boolean {
  return list.some((code) => codes.includes(code) && !expected.includes(code));
}

/** What a text says as JSON; undefined for one that is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A build from before answers named their question says nothing of it; no client acts on one that names another. */
function isAbout(answer: unknown, asked: Digest | undefined): boolean {
  const question = member(answer, 'question');
  return question === undefined || asked === undefined || member(question, 'digest') === asked;
}

export function check(known: KnownAnswer, reply: ProbeReply): CheckResult {
  const { id, expect } = known;
  const wrong = (because: NonNullable<CheckResult['because']>): CheckResult => ({
    id,
    verdict: 'wrong',
    because,
  });
  if ('failed' in reply) return { id, verdict: 'unanswered' };
  const answer = jsonIn(reply.payload);
  const decision = member(answer, 'decision');
  const outcome = member(answer, 'outcome');
  if (typeof decision !== 'boolean' || decision !== (outcome === 'permit')) return wrong('malformed');
  if (!isAbout(answer, reply.asked)) return wrong('another-question');
  const codes = codesOf(answer);
  const expected = expect.codes ?? [];
  if (!decision && codes.includes('REGISTRY_EMPTY')) return { id, verdict: 'no-registry' };
  if (!decision && anyOf(UNJUDGED, codes, expected)) return { id, verdict: 'unanswered' };
  const isKnown = decision === expect.decision && expected.every((code) => codes.includes(code));
  if (!isKnown && !decision && anyOf(STOPPED, codes, expected)) return { id, verdict: 'held' };
  if (decision !== expect.decision) return wrong('decision');
  if (member(answer, 'enforceable') !== true || member(answer, 'hypothetical') !== undefined)
    return wrong('not-enforceable');
  return isKnown ? { id, verdict: 'right' } : wrong('codes');
}
