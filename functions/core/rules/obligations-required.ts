import * as z from 'zod/mini';
import { id, set } from '../facts/primitives.ts';
import type { RuleContext } from './context.ts';
import type { RuleAbout, RuleDefinition } from './definition.ts';
import type { RuleResult } from './finding.ts';
import { obligationTypes, reEvaluation, toObligations } from './obligations.ts';

export const about: RuleAbout = {
  demands: 'A permit under this standard holds only if the enforcement point does certain things.',
  reads: 'nothing.',
  satisfiedBy:
    'anything. A caller that did not declare that it can discharge every obligation is refused by the decision.',
  cites: 'the text that asks for them.',
  codes: [],
};

export const params = z.strictObject({
  rule: z.literal('obligations-required'),
  id,
  cites: set(id, 1),
  obligations: obligationTypes,
  /** How long an answer may be used, in hours; `null` where the standard does not say. */
  reEvaluateWithinHours: reEvaluation,
});

type Params = z.infer<typeof params>;

function evaluate(p: Params, ctx: RuleContext): RuleResult {
  return { findings: [], obligations: toObligations(p, ctx) };
}

export const definition: RuleDefinition<Params> = { evaluate, ofLayers: null, waivable: false };

/** What it asks for, besides what it adopts and where. */
export function gist(p: Params): string {
  return p.obligations.join(', ');
}
