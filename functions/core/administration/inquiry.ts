/** One question asked of registries at many instants, from now on. */

import { ask } from '../decision/ask.ts';
import type { CoreDecision } from '../decision/decide.ts';
import type { Label } from '../marking/label.ts';
import { inSightOf } from '../registry/in-sight.ts';
import { type Approach, approach } from '../registry/input.ts';
import type { Registry } from '../registry/registry.ts';
import { type EndingAnswer, type Span, type SpanTerms, spans } from '../time/spans.ts';
import type { Question } from './questions.ts';

/** A registry asked one question: what does not depend on the label is prepared once for each instant. */
export interface Inquiry {
  answer(label: Label, at: number): CoreDecision;
}

export function inquiry(registry: Registry, question: Question): Inquiry {
  const seen = inSightOf(registry, question.request);
  const prepared = new Map<number, Approach>();
  return {
    answer(label, at) {
      let from = prepared.get(at);
      if (from === undefined) {
        from = approach(seen, question.request, at, question.asked.assurance);
        prepared.set(at, from);
      }
      return ask(from, label);
    },
  };
}

/** One answer of each inquiry, over the time in which all of them hold. */
export interface Answers extends EndingAnswer {
  readonly each: readonly CoreDecision[];
}

export function answersOver(
  inquiries: readonly Inquiry[],
  label: Label,
  from: number,
  until?: number,
  terms?: SpanTerms,
): Iterable<Span<Answers>> {
  const answersAt = (at: number): Answers => {
    const each = inquiries.map((i) => i.answer(label, at));
    const ends = each.flatMap((a) => (a.validUntil === null ? [] : [a.validUntil]));
    return { each, validUntil: ends.length === 0 ? null : Math.min(...ends) };
  };
  return spans(answersAt, from, until, terms);
}
