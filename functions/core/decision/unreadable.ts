/** The decision about a message whose marking cannot be read: nobody permits what nobody can name. */
import type { CoreDecision } from './core-decision.ts';
import type { Reason } from './reasons.ts';

/** @param until epoch ms of the first instant at which the marking may read otherwise; `null` where never */
export function unreadable(reasons: readonly Reason[], until: number | null): CoreDecision {
  return {
    outcome: 'indeterminate',
    basis: 'trusted-transport',
    dominance: 'not-evaluated',
    standards: [],
    reasons,
    notes: [],
    obligations: [],
    mandates: [],
    exemptions: [],
    waivers: [],
    waiversByRequest: [],
    unverified: [],
    validUntil: until,
  };
}
