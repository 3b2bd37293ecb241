/** One question asked of registries at many instants, from now on. */

import { type CoreDecision, decide } from '../decision/decide.ts';
import { type LabelReading, labelOf } from '../decision/label-of.ts';
import { unreadable } from '../decision/unreadable.ts';
import { type Label, madeLabel } from '../marking/label.ts';
import { inSightOf } from '../registry/in-sight.ts';
import { type Approach, approach, withLabel } from '../registry/input.ts';
import type { Registry } from '../registry/registry.ts';
import type { DecisionRequest } from '../request.ts';
import { type EndingAnswer, type Span, type SpanTerms, spans } from '../time/spans.ts';
import type { Question } from './questions.ts';

/** What is asked about: a label that was made, or a message, whose marking is read at each instant anew. */
export type CarriedMessage = Label | Pick<DecisionRequest, 'message'>;

/** The label of what is carried, at an instant. */
export function readAt(carried: CarriedMessage, at: number): LabelReading {
  return 'message' in carried ? labelOf(carried.message, at) : { ok: true, ...madeLabel(carried) };
}

/** A registry asked one question: what does not depend on the label is prepared once for each instant. */
export interface Inquiry {
  /** What it is answered from. */
  approach(at: number): Approach;
  answer(carried: CarriedMessage, at: number): CoreDecision;
}

export function inquiry(registry: Registry, question: Question): Inquiry {
  const seen = inSightOf(registry, question.request);
  const prepared = new Map<number, Approach>();
  const approached = (at: number): Approach => {
    const from = prepared.get(at) ?? approach(seen, question.request, at, question.asked.assurance);
    prepared.set(at, from);
    return from;
  };
  return {
    approach: approached,
    answer(carried, at) {
      const read = readAt(carried, at);
      return read.ok ? decide(withLabel(approached(at), read)) : unreadable(read.reasons, read.until);
    },
  };
}

/**
 * A question as a permit answered it: what is permitted on trusted transport is permitted without the tunnel, and what
 * refuses the tunnel is no cause of it.
 */
export function asPermitted(question: Question, { basis }: Pick<CoreDecision, 'basis'>): Question {
  const { protection, ...message } = question.request.message;
  if (basis !== 'trusted-transport' || protection === undefined) return question;
  return { ...question, request: { ...question.request, message } };
}

/** One answer of each inquiry, over the time in which all of them hold. */
export interface Answers extends EndingAnswer {
  readonly each: readonly CoreDecision[];
}

export function answersOver(
  inquiries: readonly Pick<Inquiry, 'answer'>[],
  carried: CarriedMessage,
  from: number,
  until?: number,
  terms?: SpanTerms,
): Iterable<Span<Answers>> {
  const answersAt = (at: number): Answers => {
    const each = inquiries.map((i) => i.answer(carried, at));
    const ends = each.flatMap((a) => (a.validUntil === null ? [] : [a.validUntil]));
    return { each, validUntil: ends.length === 0 ? null : Math.min(...ends) };
  };
  return spans(answersAt, from, until, terms);
}
