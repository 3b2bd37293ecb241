/** What a rule may oblige a caller to, from the standard's data. */
import * as z from 'zod/mini';
import { set } from '../facts/primitives.ts';
import { OBLIGATION_TYPES, type Obligation, type ObligationType } from '../obligation.ts';
import type { RuleContext } from './context.ts';

type Listed = Exclude<ObligationType, 're-evaluate-by'>;

export const obligationTypes = set(
  z.enum(Object.keys(OBLIGATION_TYPES).filter((t): t is Listed => t !== 're-evaluate-by')),
);

export const reEvaluation = z.nullable(
  z.number().check(z.refine((n) => Number.isInteger(n) && n >= 1 && n <= 8760, 'whole hours, up to a year')),
);

/** The obligations of a rule. Hours stay hours: an answer says the same whenever it is given. */
export function toObligations(
  p: { readonly obligations: readonly Listed[]; readonly reEvaluateWithinHours: number | null },
  ctx: RuleContext,
): readonly Obligation[] {
  const listed = p.obligations.map(
    (type): Obligation =>
      type === 'use-tunnel' && ctx.tunnel !== undefined
        ? { type, ref: ctx.tunnel.protection.fact.id }
        : { type },
  );
  if (p.reEvaluateWithinHours === null) return listed;
  return [...listed, { type: 're-evaluate-by', withinHours: p.reEvaluateWithinHours }];
}
