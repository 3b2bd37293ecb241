import * as z from 'zod/mini';
import { id, set } from '../facts/primitives.ts';
import { PROTECTION_SCHEMES } from '../facts/protection.ts';
import type { RuleContext, Tunnel } from './context.ts';
import type { RuleAbout, RuleDefinition } from './definition.ts';
import type { Finding, RuleResult } from './finding.ts';
import { obligationTypes, reEvaluation, toObligations } from './obligations.ts';
import { familiesAmong } from './ownership.ts';

export const about: RuleAbout = {
  demands:
    'The message travels inside a registered protection in force, of an accepted scheme, with enough layers that do not depend on each other: makers with a common owner, at any remove and of whatever share, do. The network beneath stays untrusted, and the answer says so.',
  reads:
    'the registered protection, on the basis `encrypted-transport` only: its scheme, layers and who owns their makers, validity.',
  satisfiedBy:
    'a protection that meets the terms for its scheme. It then obliges the caller to what is listed.',
  cites: 'the text that accepts encryption over a network nobody trusts.',
  codes: [
    'PROTECTION_REQUIRED',
    'PROTECTION_NOT_ACCEPTED',
    'PROTECTION_LAYERS_INSUFFICIENT',
    'PROTECTION_LAYERS_NOT_INDEPENDENT',
    'PROTECTION_SUFFICIENT',
  ],
};

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
      /** In these respects no two layers may be the same; `vendor` goes by the family of ownership. */
      independentIn: set(z.enum(INDEPENDENT)),
    }),
    1,
  ),
  obligations: obligationTypes,
  /** How long an answer may be used, in hours; `null` where the standard does not say. */
  reEvaluateWithinHours: reEvaluation,
});

type Params = z.infer<typeof params>;

/** How many different ones there are among the layers, in a respect. */
function distinct(
  respect: (typeof INDEPENDENT)[number],
  { protection, vendors }: Tunnel,
  at: number,
): number {
  const values = protection.fact.layers.map((l) => l[respect]);
  return respect === 'vendor' ? familiesAmong(values, vendors, at) : new Set(values).size;
}

function shortcoming(p: Params, ctx: RuleContext): Finding | undefined {
  const { tunnel } = ctx;
  if (tunnel === undefined) return { code: 'PROTECTION_REQUIRED', effect: 'deny' };
  const protection = tunnel.protection.fact;
  const terms = p.accept.find((a) => a.scheme === protection.scheme);
  if (terms === undefined) return { code: 'PROTECTION_NOT_ACCEPTED', effect: 'deny' };
  if (protection.layers.length < terms.leastLayers)
    return { code: 'PROTECTION_LAYERS_INSUFFICIENT', effect: 'deny' };
  const independent = terms.independentIn.every(
    (respect) => distinct(respect, tunnel, ctx.at) === protection.layers.length,
  );
  return independent ? undefined : { code: 'PROTECTION_LAYERS_NOT_INDEPENDENT', effect: 'deny' };
}

function evaluate(p: Params, ctx: RuleContext): RuleResult {
  const protection = ctx.tunnel?.protection;
  const boundaries = protection === undefined ? [] : [protection.interval.to];
  const found = shortcoming(p, ctx);
  if (found !== undefined) return { findings: [found], boundaries };
  return {
    findings: [
      { code: 'PROTECTION_SUFFICIENT', effect: 'note', ...(protection && { fact: protection.key }) },
    ],
    obligations: toObligations(p, ctx),
    boundaries,
  };
}

export const definition: RuleDefinition<Params> = { evaluate, ofLayers: null, waivable: false };

/** What it asks for, besides what it adopts and where. */
export function gist(p: Params): string {
  const accepted = p.accept.map(
    (a) =>
      `${a.scheme}, ${a.leastLayers} layer${a.leastLayers === 1 ? '' : 's'}${a.independentIn.length === 0 ? '' : ` apart in ${a.independentIn.join(', ')}`}`,
  );
  const again = p.reEvaluateWithinHours === null ? '' : `; asked again within ${p.reEvaluateWithinHours} h`;
  return `${accepted.join(', or ')}; obliges to ${p.obligations.join(', ')}${again}`;
}
