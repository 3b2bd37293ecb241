/**
 * obligations-required: a permit under this standard holds only if the enforcement point does certain things.
 *
 * Reads: nothing.
 * Satisfied by: anything. A caller that did not declare that it can discharge every obligation is refused by the
 * decision.
 * Cites: the text that asks for them.
 */
import * as z from 'zod/mini';
import { id, set } from '../facts/primitives.ts';
import type { RuleContext } from './context.ts';
import type { RuleResult } from './finding.ts';
import { obligationTypes, reEvaluation, toObligations } from './obligations.ts';

export const params = z.strictObject({
  rule: z.literal('obligations-required'),
  id,
  cites: set(id, 1),
  obligations: obligationTypes,
  /** How long an answer may be used, in hours; `null` where the standard does not say. */
  reEvaluateWithinHours: reEvaluation,
});

export function evaluate(p: z.infer<typeof params>, ctx: RuleContext): RuleResult {
  return { findings: [], obligations: toObligations(p, ctx) };
}
