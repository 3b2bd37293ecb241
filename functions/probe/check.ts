/** Compares what a build answered with what is known to be right. Anything that is no sound answer is wrong. */
import { member } from '../core/facts/fact.ts';
import type { KnownAnswer } from './known-answers.ts';

/** What came back from an invocation: its payload as text, or that it failed. */
export type ProbeReply = { readonly payload: string } | { readonly failed: string };

type Verdict =
  /** As known. */
  | 'right'
  /** Nothing has been published yet, so that every answer is a refusal; known permits can not be judged. */
  | 'no-registry'
  | 'wrong';

export interface CheckResult {
  readonly id: string;
  readonly verdict: Verdict;
  /** A closed word for people, never the answer's text. */
  readonly because?: 'failed' | 'malformed' | 'decision' | 'codes' | 'not-enforceable';
}

function codesOf(answer: unknown): readonly unknown[] {
  const reasons = member(answer, 'reasons');
  return Array.isArray(reasons) ? reasons.map((r) => member(r, 'code')) : [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function check(known: KnownAnswer, reply: ProbeReply): CheckResult {
  const { id, expect } = known;
  const wrong = (because: NonNullable<CheckResult['because']>): CheckResult => ({
    id,
    verdict: 'wrong',
    because,
  });
  if ('failed' in reply) return wrong('failed');
  const answer = parse(reply.payload);
  const decision = member(answer, 'decision');
  const outcome = member(answer, 'outcome');
  if (typeof decision !== 'boolean' || decision !== (outcome === 'permit')) return wrong('malformed');
  const codes = codesOf(answer);
  if (!decision && codes.includes('REGISTRY_EMPTY')) return { id, verdict: 'no-registry' };
  if (decision !== expect.decision) return wrong('decision');
  if (member(answer, 'enforceable') !== true || member(answer, 'hypothetical') !== undefined)
    return wrong('not-enforceable');
  if (!(expect.codes ?? []).every((code) => codes.includes(code))) return wrong('codes');
  return { id, verdict: 'right' };
}
