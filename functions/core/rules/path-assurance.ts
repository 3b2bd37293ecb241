import * as z from 'zod/mini';
import { id, set } from '../facts/primitives.ts';
import { ASSURANCES } from '../facts/route.ts';
import type { RuleContext } from './context.ts';
import type { RuleAbout, RuleDefinition } from './definition.ts';
import { type RuleResult, SATISFIED } from './finding.ts';

export const about: RuleAbout = {
  demands:
    'The path is known in a way the standard accepts. An assumed path is a guess: an SMS aggregator or an IPX chooses the next hop for itself.',
  reads:
    'the assurance of the registered route; hops that a caller names are assumed, whatever it says of them.',
  satisfiedBy: "an assurance on the standard's list.",
  cites: 'the text that asks for a known path.',
  codes: ['PATH_NOT_ASSURED'],
};

export const params = z.strictObject({
  rule: z.literal('path-assurance'),
  id,
  cites: set(id, 1),
  accept: set(z.enum(ASSURANCES), 1),
});

type Params = z.infer<typeof params>;

function evaluate(p: Params, ctx: RuleContext): RuleResult {
  if (!p.accept.includes(ctx.assurance)) return { findings: [{ code: 'PATH_NOT_ASSURED', effect: 'deny' }] };
  return SATISFIED;
}

export const definition: RuleDefinition<Params> = { evaluate, ofLayers: null, waivable: false };

/** What it asks for, besides what it adopts and where. */
export function gist(p: Params): string {
  return p.accept.join(' or ');
}
