/** When an answer next changes: not the next date of any fact, but the next on which the answer is another. */
import { canonicalText } from '../facts/canonical.ts';
import { spansAwaited } from '../time/spans.ts';
import type { CoreDecision } from './decide.ts';

/** What two answers are compared by: everything but how long they last, whose sources are unverified, and any order. */
export function coreAnswer(decision: CoreDecision): string {
  const { validUntil: _until, unverified: _unverified, ...core } = decision;
  const unordered = Object.entries(core).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map((each) => textOf(each)).sort() : value,
  ]);
  return textOf(Object.fromEntries(unordered));
}

function textOf(value: unknown): string {
  return canonicalText(JSON.parse(JSON.stringify(value)));
}

/** The next instant at which an answer is another one, and that answer. */
export interface NextChange {
  /** Epoch ms of the first instant with another answer. */
  readonly at: number;
  readonly decision: CoreDecision;
}

/** What comes next of any kind, and the next time that a permit begins or ends. */
export interface NextChanges {
  /** `null` where no date in any fact examined changes the answer. */
  readonly changes: NextChange | null;
  /** The first instant at which what may be done changes: from a permit to a refusal, or back. */
  readonly flips: NextChange | null;
  /** Up to where was looked, epoch ms; `null` for all time. */
  readonly lookedUntil: number | null;
}

/** Dates looked at before it says how far it came: an auditor waits for the answer. */
const LIMIT = { limit: 256 };

/**
 * Looks no further than it must: a whole timeline is `timeline.ts`.
 *
 * @param first the answer now
 * @param decideAt the answer at an instant, epoch ms
 */
export async function outlook(
  first: CoreDecision,
  decideAt: (at: number) => Promise<CoreDecision> | CoreDecision,
): Promise<NextChanges> {
  const now = coreAnswer(first);
  let changes: NextChange | null = null;
  const later = first.validUntil ?? Number.POSITIVE_INFINITY;
  for await (const { from: at, answer: decision } of spansAwaited(decideAt, later, undefined, LIMIT)) {
    if (decision === undefined) return { changes, flips: null, lookedUntil: at };
    if (changes === null && coreAnswer(decision) !== now) changes = { at, decision };
    if ((decision.outcome === 'permit') !== (first.outcome === 'permit'))
      return { changes, flips: { at, decision }, lookedUntil: null };
  }
  return { changes, flips: null, lookedUntil: null };
}
