/**
 * path-assurance: the path is known in a way the standard accepts. An assumed path is a guess: an SMS aggregator or
 * an IPX chooses the next hop for itself.
 *
 * Reads: the assurance of the registered route; hops that a caller names are assumed, whatever it says of them.
 * Satisfied by: an assurance on the standard's list.
 * Cites: the text that asks for a known path.
 */
import * as z from 'zod/mini';
import { id, set } from '../facts/primitives.ts';
import { ASSURANCES } from '../facts/route.ts';
import type { RuleContext } from './context.ts';
import { type RuleResult, SATISFIED } from './finding.ts';

export const params = z.strictObject({
  rule: z.literal('path-assurance'),
  id,
  cites: set(id, 1),
  accept: set(z.enum(ASSURANCES), 1),
});

export function evaluate(p: z.infer<typeof params>, ctx: RuleContext): RuleResult {
  if (!p.accept.includes(ctx.assurance)) return { findings: [{ code: 'PATH_NOT_ASSURED', effect: 'deny' }] };
  return SATISFIED;
}
