import * as z from 'zod/mini';
import { id, set } from '../facts/primitives.ts';
import { SEGMENTS, type Segment } from '../facts/taxonomy.ts';
import { adoption, adoptionBoundaries, designatedDeployments } from './adoption.ts';
import type { EquipmentContext } from './context.ts';
import type { RuleAbout, RuleDefinition } from './definition.ts';
import type { Finding, RuleResult } from './finding.ts';
import { familiesAmong } from './ownership.ts';

export const about: RuleAbout = {
  demands:
    'Suppliers of at least so many families of ownership serve each segment the rule names, so that the failure or withdrawal of one does not take the network with it.',
  reads:
    "the vendors of the deployments in service, or of a tunnel's layers, by segment, and who owns them: two with a common owner, at any remove and of whatever share, are one supplier; designations, where the standard asks for diversity only beside a designated vendor.",
  satisfiedBy: 'enough families in the segment, or nothing there at all.',
  cites: 'the text that asks for several suppliers.',
  codes: ['TOO_FEW_SUPPLIERS'],
};

export const params = z.strictObject({
  rule: z.literal('supplier-diversity'),
  id,
  cites: set(id, 1),
  // Named one by one and counted one by one: a wider selection must not find more suppliers.
  segments: set(z.enum(SEGMENTS), 1),
  least: z
    .number()
    .check(z.refine((n) => Number.isInteger(n) && n >= 2 && n <= 16, 'a whole number from 2 to 16')),
  /** Asks only where a vendor under one of these designations is present. Left out, always. */
  beside: z.optional(set(adoption, 1)),
});

type Params = z.infer<typeof params>;

function isAsked(p: Params, segment: Segment, ctx: EquipmentContext): boolean {
  return p.beside === undefined || designatedDeployments(ctx, p.beside, { segments: [segment] }).length > 0;
}

function evaluate(p: Params, ctx: EquipmentContext): RuleResult {
  const findings = p.segments.flatMap((segment): readonly Finding[] => {
    const suppliers = ctx.equipment.filter((d) => d.segment === segment);
    if (suppliers.length === 0 || !isAsked(p, segment, ctx)) return [];
    const makers = suppliers.map((d) => d.vendor);
    const enough = familiesAmong(makers, ctx.vendors, ctx.at) >= p.least;
    return enough ? [] : [{ code: 'TOO_FEW_SUPPLIERS', effect: 'deny', segment }];
  });
  return { findings, boundaries: adoptionBoundaries(p.beside ?? [], ctx) };
}

export const definition: RuleDefinition<Params> = { evaluate, ofLayers: evaluate, waivable: false };

/** What it asks for, besides what it adopts and where. */
export function gist(p: Params): string {
  return `at least ${p.least} in ${p.segments.join(', ')}`;
}
