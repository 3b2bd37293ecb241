/**
 * What a search asks, or why it is refused. A type nobody has is an empty answer, as the specification wants it; a question
 * that is wrong is an error, because an empty list would read as "nothing may carry this".
 */
import { HttpProblem } from '../authzen/problem.ts';
import type { EvaluationRequest } from '../authzen/requests.ts';
import { isHypothetical } from '../core/decision/hypothetical.ts';
import { labelOf } from '../core/decision/label-of.ts';
import { readRequest } from '../core/decision/read-request.ts';
import { type Reason, type ReasonCode, sentenceOf } from '../core/decision/reasons.ts';
import type { ReadLabel } from '../core/marking/label.ts';
import { claimedProtection } from '../core/registry/path.ts';
import type { Registry } from '../core/registry/registry.ts';
import type { DecisionRequest } from '../core/request.ts';
import { sentenceOfMisfit } from './authzen-decision.ts';
import { requestFor } from './authzen-request.ts';

/** The first reason; a field is a member that the schema names. */
function problemOf([reason]: readonly (Reason & { readonly field?: string })[]): HttpProblem {
  const { code, field = '' } = reason ?? { code: 'REQUEST_INVALID' };
  return new HttpProblem(400, `${code}${field === '' ? '' : ` (${field})`}: ${sentenceOf(code)}`);
}

/**
 * One of the questions a search stands for; `undefined` where nobody has what it is about.
 *
 * @throws Problem where it is wrong, and with it the search
 */
export function searched(evaluation: EvaluationRequest): DecisionRequest | undefined {
  const understood = requestFor(evaluation);
  if (!understood.ok) {
    switch (understood.misfit) {
      case 'SUBJECT_TYPE_UNKNOWN':
      case 'ACTION_UNKNOWN':
      case 'RESOURCE_TYPE_UNKNOWN':
        return undefined;
      case 'CONTEXT_MEMBER_UNKNOWN':
      case 'PROPERTY_UNKNOWN':
        throw new HttpProblem(400, sentenceOfMisfit(understood.misfit));
      default:
        return understood.misfit satisfies never;
    }
  }
  // What is found is no decision, and names no question; and a page is asked for with everything else as it was.
  if (evaluation.context?.['nonce'] !== undefined)
    throw new HttpProblem(400, 'a search takes no nonce: ask about what is found singly');
  const read = readRequest(understood.value);
  if (!read.ok) throw problemOf(read.reasons);
  // A hypothetical hit would not be true when asked singly.
  if (isHypothetical(read.request))
    throw new HttpProblem(400, 'a search is about now: at and registry.exact are for single questions');
  return read.request;
}

/** @throws Problem where nobody can read the marking, or in more than one way */
export function readableLabel({ message }: DecisionRequest, at: number): ReadLabel {
  const reading = labelOf(message, at);
  if (reading.ok) return reading;
  throw problemOf(reading.reasons);
}

/** Reasons that are the question's own where it added the standard they are about. */
const OF_THE_QUESTION: readonly ReasonCode[] = ['STANDARD_UNKNOWN', 'FLOW_UNKNOWN'];

/** @throws Problem where the question asks for what it may not have, or adds a standard that can be asked about nothing */
export function refuseFault(reasons: readonly Reason[], added: unknown): void {
  const standards: readonly unknown[] = Array.isArray(added) ? added : [];
  const fault = reasons.find(
    ({ code, standard }) =>
      code === 'EXPLAIN_NOT_GRANTED' || (OF_THE_QUESTION.includes(code) && standards.includes(standard)),
  );
  if (fault !== undefined) throw problemOf([fault]);
}

/** @throws Problem where nothing was found for a tunnel that nobody registered so, or that is over */
export function refuseUnknownTunnel(request: DecisionRequest, registry: Registry, at: number): void {
  const { protection } = request.message;
  const isClaimed = protection !== undefined && 'registration' in protection;
  if (isClaimed && claimedProtection(request, registry, at) === undefined)
    throw problemOf([{ code: 'PROTECTION_UNKNOWN' }]);
}
