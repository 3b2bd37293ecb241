/**
 * protection-required: the message travels inside a registered protection in force, of an accepted scheme, with
 * enough layers that do not depend on each other. The network beneath stays untrusted, and the answer says so.
 *
 * Reads: the registered protection, on the basis `encrypted-transport` only: its scheme, layers, validity.
 * Satisfied by: a protection that meets the terms for its scheme. It then obliges the caller to what is listed.
 * Cites: the text that accepts encryption over a network nobody trusts.
 */
import * as z from 'zod/mini';
import { id, set } from '../facts/primitives.ts';
import { PROTECTION_SCHEMES } from '../facts/protection.ts';
import type { RuleContext } from './context.ts';
import type { Finding, RuleResult } from './finding.ts';
import { obligationTypes, reEvaluation, toObligations } from './obligations.ts';

const INDEPENDENT = ['vendor', 'codeBase', 'keyDomain'] as const;

export const params = z.strictObject({
  rule: z.literal('protection-required'),
  id,
  cites: set(id, 1),
  accept: set(
    z.strictObject({
      scheme: z.enum(PROTECTION_SCHEMES),
      leastLayers: z
        .number()
        .check(z.refine((n) => Number.isInteger(n) && n >= 1 && n <= 4, 'a whole number from 1 to 4')),
      /** In these respects no two layers may be the same. */
      independentIn: set(z.enum(INDEPENDENT)),
    }),
    1,
  ),
  obligations: obligationTypes,
  /** How long an answer may be used, in hours; `null` where the standard does not say. */
  reEvaluateWithinHours: reEvaluation,
});

type Params = z.infer<typeof params>;

function shortcoming(p: Params, ctx: RuleContext): Finding | undefined {
  const protection = ctx.protection?.fact;
  if (protection === undefined) return { code: 'PROTECTION_REQUIRED', effect: 'deny' };
  const terms = p.accept.find((a) => a.scheme === protection.scheme);
  if (terms === undefined) return { code: 'PROTECTION_NOT_ACCEPTED', effect: 'deny' };
  if (protection.layers.length < terms.leastLayers)
    return { code: 'PROTECTION_LAYERS_INSUFFICIENT', effect: 'deny' };
  const independent = terms.independentIn.every(
    (respect) => new Set(protection.layers.map((l) => l[respect])).size === protection.layers.length,
  );
  return independent ? undefined : { code: 'PROTECTION_LAYERS_NOT_INDEPENDENT', effect: 'deny' };
}

export function evaluate(p: Params, ctx: RuleContext): RuleResult {
  const boundaries = ctx.protection === undefined ? [] : [ctx.protection.interval.to];
  const found = shortcoming(p, ctx);
  if (found !== undefined) return { findings: [found], boundaries };
  return {
    findings: [
      { code: 'PROTECTION_SUFFICIENT', effect: 'note', ...(ctx.protection && { fact: ctx.protection.key }) },
    ],
    obligations: toObligations(p, ctx),
    boundaries,
  };
}
