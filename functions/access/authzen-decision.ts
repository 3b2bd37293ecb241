/** An answer as an AuthZEN decision: the same boolean, and everything else in its context. */

import type { Decision } from '../authzen/responses.ts';
import type { Answer, Result } from '../core/decision/answer.ts';
import type { QuestionBinding } from '../core/decision/question-binding.ts';
import type { Misfit } from './authzen-request.ts';

const MISFIT_SENTENCES = {
  SUBJECT_TYPE_UNKNOWN: 'The subject of a decision here is a message.',
  ACTION_UNKNOWN: 'The action decided here is route.',
  RESOURCE_TYPE_UNKNOWN: 'A message is routed over a network, a route or a path.',
  CONTEXT_MEMBER_UNKNOWN:
    'The context has a member that is not one of nonce, at, registry, standards, explain, supported_obligations; a registered route has its own assurance.',
  PROPERTY_UNKNOWN:
    'The properties of a message are marking, markingFormat, originator, digest, protection and flow; of the action protection; of a path hops; a network, a route and what is searched for have none.',
} as const satisfies Record<Misfit, string>;

export function sentenceOfMisfit(misfit: Misfit): string {
  return MISFIT_SENTENCES[misfit];
}

export function misfitDecision(misfit: Misfit, question: QuestionBinding): Decision {
  return { decision: false, context: { question, reason: { code: misfit, text: MISFIT_SENTENCES[misfit] } } };
}

function drop(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined));
}

function obligationsOf({ obligations }: Result) {
  return obligations.map((o) => ({
    id: o.id,
    type: 'custom',
    properties: drop({ obligation: o.type, ref: o.ref, within_hours: o.withinHours }),
  }));
}

/** What would be decided, for people: the boolean of the decision is the only thing to act on. */
function hypotheticalOf({ hypothetical, at }: Answer) {
  return hypothetical === undefined
    ? undefined
    : drop({ ...hypothetical, obligations: obligationsOf(hypothetical), at });
}

export function decisionOf(answer: Answer): Decision {
  return {
    decision: answer.decision,
    context: drop({
      question: answer.question,
      evaluation_id: answer.evaluationId,
      evaluated_at: answer.evaluatedAt,
      outcome: answer.outcome,
      enforceable: answer.enforceable,
      hypothetical: hypotheticalOf(answer),
      retry: answer.retry,
      reason:
        answer.reasons[0] === undefined
          ? undefined
          : { code: answer.reasons[0].code, text: answer.reasons[0].text },
      reasons: answer.reasons,
      standards: answer.standards,
      dominance: answer.dominance,
      basis: answer.basis,
      path_assurance: answer.pathAssurance,
      registry: answer.registry,
      build: answer.build,
      valid_until: answer.validUntil,
      use_by: answer.useBy,
      obligations: obligationsOf(answer),
      exemptions: answer.exemptions,
      waivers: answer.waivers,
    }),
  };
}
