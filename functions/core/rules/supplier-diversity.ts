/**
 * supplier-diversity: at least so many different suppliers serve the part of the network the rule is about, so that
 * the failure or withdrawal of one does not take the network with it.
 *
 * Reads: the vendors of the deployments in service that `where` names; designations, where the standard asks for
 * diversity only beside a designated vendor. Satisfied by: enough vendors, or nothing there at all. A deployment of
 * which it is not known whether it belongs there asks for diversity but does not count towards it.
 * Cites: the text that asks for several suppliers.
 */
import * as z from 'zod/mini';
import { id, set } from '../facts/primitives.ts';
import { adoption, adoptionBoundaries, designatedDeployments } from './adoption.ts';
import type { RuleContext } from './context.ts';
import { type RuleResult, SATISFIED } from './finding.ts';
import { inService, matches, where } from './selection.ts';

export const params = z.strictObject({
  rule: z.literal('supplier-diversity'),
  id,
  cites: set(id, 1),
  where,
  least: z
    .number()
    .check(z.refine((n) => Number.isInteger(n) && n >= 2 && n <= 16, 'a whole number from 2 to 16')),
  /** Asks only where a vendor under one of these designations is present. Left out, always. */
  beside: z.optional(set(adoption, 1)),
});

export function evaluate(p: z.infer<typeof params>, ctx: RuleContext): RuleResult {
  const boundaries = adoptionBoundaries(p.beside ?? [], ctx);
  if (p.beside !== undefined && designatedDeployments(ctx, p.beside, p.where).length === 0)
    return { ...SATISFIED, boundaries };
  const answers = inService(ctx.network.fact, ctx.at).map((d) => ({
    vendor: d.vendor,
    there: matches(p.where, d),
  }));
  if (answers.every((a) => a.there === 'no')) return { ...SATISFIED, boundaries };
  const suppliers = new Set(answers.filter((a) => a.there === 'yes').map((a) => a.vendor));
  if (suppliers.size >= p.least) return { ...SATISFIED, boundaries };
  return { findings: [{ code: 'TOO_FEW_SUPPLIERS', effect: 'deny' }], boundaries };
}
