/**
 * One question through time, from now on: asked again at every instant at which an answer may change, which each
 * answer itself names. Nothing is sampled: between two such instants no answer differs.
 */
import type { CoreDecision } from '../decision/decide.ts';
import type { Label } from '../marking/label.ts';
import type { Question } from './questions.ts';
import { type Approach, approach, ask, type World } from './world.ts';

/** A world asked one question: what does not depend on the label is prepared once for each instant. */
export interface Inquiry {
  answer(label: Label, at: number): CoreDecision;
}

export function inquiry(world: World, question: Question): Inquiry {
  const prepared = new Map<number, Approach>();
  return {
    answer(label, at) {
      let from = prepared.get(at);
      if (from === undefined) {
        from = approach(world, question.request, at, question.asked.assurance);
        prepared.set(at, from);
      }
      return ask(from, label);
    },
  };
}

/** Answers that hold over `[from, until)`, one of each inquiry. */
export interface Span {
  readonly from: number;
  /** Epoch ms; `null` where no end is known. */
  readonly until: number | null;
  readonly answers: readonly CoreDecision[];
}

/** Stops at `horizon` (epoch ms), or runs until nothing is known to change any more. */
export function* timeline(
  inquiries: readonly Inquiry[],
  label: Label,
  start: number,
  horizon: number = Number.POSITIVE_INFINITY,
): Generator<Span> {
  for (let from: number | null = start; from !== null && from < horizon; ) {
    const at: number = from;
    const answers = inquiries.map((i) => i.answer(label, at));
    const ends = answers.flatMap((a) => (a.validUntil === null ? [] : [a.validUntil]));
    const until: number | null = ends.length === 0 ? null : Math.min(...ends);
    // INVARIANT: an answer ends after the instant it is for; one that did not would never let time pass.
    if (until !== null && until <= at) throw new Error('an answer ends before it begins');
    yield { from: at, until, answers };
    from = until;
  }
}
