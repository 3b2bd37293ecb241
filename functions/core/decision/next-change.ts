/** When an answer next changes: not the next date of any fact, but the next on which the answer is another. */
import { canonicalText, type Json } from '../facts/canonical.ts';
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
  return canonicalText(JSON.parse(JSON.stringify(value)) as Json);
}

export interface NextChange {
  /** Epoch ms of the first instant with another answer. */
  readonly at: number;
  readonly decision: CoreDecision;
}

export interface Outlook {
  /** `null` where no date in any fact examined changes the answer. */
  readonly changes: NextChange | null;
  /** The first instant at which what may be done changes: from a permit to a refusal, or back. */
  readonly flips: NextChange | null;
  /** Up to where was looked, epoch ms; `null` for all time. */
  readonly lookedUntil: number | null;
}

/** Dates stepped over before giving up and saying so. */
const MAX_STEPS = 256;

/**
 * Steps from boundary to boundary, at which alone an answer can change (T8), and no further than it must: a whole
 * timeline is `timeline.ts`.
 *
 * @param decideAt the answer at an instant, epoch ms
 * @param first the answer now
 */
export async function outlook(
  first: CoreDecision,
  decideAt: (at: number) => Promise<CoreDecision> | CoreDecision,
): Promise<Outlook> {
  const now = coreAnswer(first);
  const permitted = first.outcome === 'permit';
  let changes: NextChange | null = null;
  let boundary = first.validUntil;
  for (let steps = 0; boundary !== null; steps += 1) {
    if (steps === MAX_STEPS) return { changes, flips: null, lookedUntil: boundary };
    const decision = await decideAt(boundary);
    if (changes === null && coreAnswer(decision) !== now) changes = { at: boundary, decision };
    if ((decision.outcome === 'permit') !== permitted)
      return { changes, flips: { at: boundary, decision }, lookedUntil: null };
    boundary = decision.validUntil;
  }
  return { changes, flips: null, lookedUntil: null };
}
