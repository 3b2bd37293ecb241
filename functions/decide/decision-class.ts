/** The one class a decision is counted under. A closed list: it is a metric's dimension. */
import { classOfReason, type Reason, type ReasonClass } from '../core/decision/reasons.ts';

export type DecisionClass = 'permit' | 'hypothetical' | ReasonClass;

/** What an operator must hear about first: a fault is not hidden by an ordinary refusal beside it. */
const WORST_FIRST = [
  'integrity',
  'unavailable',
  'hold',
  'invalid',
  'policy',
] as const satisfies readonly ReasonClass[];

export const DECISION_CLASSES: readonly DecisionClass[] = ['permit', 'hypothetical', ...WORST_FIRST];

/**
 * The class of a decision. Hypothetical answers move nothing and are counted apart, unless they reveal a fault.
 * INVARIANT: a refusal without a reason is a fault.
 */
export function decisionClass(
  answer: { readonly decision: boolean; readonly enforceable: boolean },
  reasons: readonly Reason[],
): DecisionClass {
  const classes = new Set(reasons.map((r) => classOfReason(r.code)));
  const worst = WORST_FIRST.find((c) => classes.has(c));
  if (worst === 'integrity' || worst === 'unavailable') return worst;
  if (!answer.enforceable) return 'hypothetical';
  if (answer.decision) return 'permit';
  return worst ?? 'integrity';
}
