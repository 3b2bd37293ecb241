/** What a rule may oblige a caller to, from the standard's data. */
import * as z from 'zod/mini';
import { set } from '../facts/primitives.ts';
import type { RuleContext } from './context.ts';
import { OBLIGATION_TYPES, type Obligation, type ObligationType, type RuleResult } from './finding.ts';

type Listed = Exclude<ObligationType, 're-evaluate-by'>;

export const obligationTypes = set(
  z.enum(Object.keys(OBLIGATION_TYPES).filter((t): t is Listed => t !== 're-evaluate-by')),
);

export const reEvaluation = z.nullable(
  z.number().check(z.refine((n) => Number.isInteger(n) && n >= 1 && n <= 8760, 'whole hours, up to a year')),
);

const HOUR_MS = 3_600_000;

/** The obligations of a rule, and the instant until which they let an answer stand. */
export function toObligation(
  p: { readonly obligations: readonly Listed[]; readonly reEvaluateWithinHours: number | null },
  ctx: RuleContext,
  boundaries: readonly number[],
): Required<Pick<RuleResult, 'obligations' | 'boundaries'>> {
  const listed = p.obligations.map(
    (type): Obligation =>
      type === 'use-tunnel' && ctx.protection !== undefined
        ? { type, ref: ctx.protection.fact.id }
        : { type },
  );
  if (p.reEvaluateWithinHours === null) return { obligations: listed, boundaries };
  const by = ctx.at + p.reEvaluateWithinHours * HOUR_MS;
  return {
    obligations: [...listed, { type: 're-evaluate-by', by: new Date(by).toISOString() }],
    boundaries: [...boundaries, by],
  };
}
