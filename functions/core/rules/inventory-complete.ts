import * as z from 'zod/mini';
import { startOfDay } from '../facts/moment.ts';
import { id, set } from '../facts/primitives.ts';
import type { RuleContext } from './context.ts';
import type { RuleAbout, RuleDefinition } from './definition.ts';
import type { Finding, RuleResult } from './finding.ts';

export const about: RuleAbout = {
  demands:
    "The operator has stated that nothing is left out of the network's inventory, and recently enough. What is not listed cannot be judged, and a network with nothing in service that nobody hosts is not listed.",
  reads: '`inventory.complete`, `inventory.asOf`, `hostedOn`, the deployments in service.',
  satisfiedBy:
    'a complete inventory within `maxAgeDays`, with something in it. One stated only later is not fresh.',
  cites: 'the text by which the whole network counts.',
  codes: ['INVENTORY_INCOMPLETE', 'INVENTORY_STALE'],
};

export const params = z.strictObject({
  rule: z.literal('inventory-complete'),
  id,
  cites: set(id, 1),
  /** Oldest inventory accepted, in days; `null` where the standard sets no limit. */
  maxAgeDays: z.nullable(
    z.number().check(z.refine((n) => Number.isInteger(n) && n > 0 && n <= 3660, 'whole days')),
  ),
});

type Params = z.infer<typeof params>;

const DAY_MS = 86_400_000;

function evaluate(p: Params, ctx: RuleContext): RuleResult {
  const { inventory, valid, hostedOn } = ctx.network.fact;
  const findings: Finding[] = [];
  const empty = hostedOn === null && ctx.equipment.length === 0;
  if (inventory.complete !== true || empty) findings.push({ code: 'INVENTORY_INCOMPLETE', effect: 'deny' });
  if (p.maxAgeDays === null) return { findings };
  const stated = startOfDay(inventory.asOf, valid.zone);
  const stale = stated + (p.maxAgeDays + 1) * DAY_MS;
  if (!(stated <= ctx.at && ctx.at < stale)) findings.push({ code: 'INVENTORY_STALE', effect: 'deny' });
  return { findings, boundaries: [stated, stale] };
}

export const definition: RuleDefinition<Params> = { evaluate, ofLayers: null, waivable: true };

/** What it asks for, besides what it adopts and where. */
export function gist(p: Params): string {
  return p.maxAgeDays === null ? 'of any age' : `at most ${p.maxAgeDays} days old`;
}
