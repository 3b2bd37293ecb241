import * as z from 'zod/mini';
import { day, endOfDay } from '../facts/moment.ts';
import type { Deployment } from '../facts/network.ts';
import { id, set } from '../facts/primitives.ts';
import {
  aboutDeployment,
  adoption,
  adoptionBoundaries,
  type DesignatedDeployment,
  designatedDeployments,
  scopeUnknown,
} from './adoption.ts';
import type { EquipmentContext } from './context.ts';
import type { RuleAbout, RuleDefinition } from './definition.ts';
import type { Finding, RuleResult } from './finding.ts';
import { where } from './selection.ts';

export const about: RuleAbout = {
  demands:
    'Nothing of a vendor under an adopted designation is bought, or installed, after the last day the instrument allows. What was there before stays until another rule says otherwise.',
  reads:
    "designations of each vendor in service, or of a tunnel's layer, and of its owners; `purchased` and `installed` of the deployment. Equipment whose purchase is not stated counts as bought on the day it was installed.",
  satisfiedBy: 'equipment from before. A day that is not known refuses.',
  cites: 'the text that ends purchase or installation.',
  codes: ['NEW_EQUIPMENT_FROM_DESIGNATED_VENDOR', 'EXISTING_EQUIPMENT_BEFORE_BAN', 'SCOPE_UNKNOWN'],
};

export const params = z.strictObject({
  rule: z.literal('no-new-equipment'),
  id,
  cites: set(id, 1),
  adopt: set(adoption, 1),
  where,
  event: z.enum(['purchase', 'installation']),
  /** The last day on which the event is still allowed, in the standard's zone. */
  lastDay: day,
});

type Params = z.infer<typeof params>;

function dayOfEvent(p: Params, d: Deployment): string | null {
  return p.event === 'purchase' ? (d.purchased ?? d.installed) : d.installed;
}

function findingOf(p: Params, d: DesignatedDeployment): Finding {
  const happened = dayOfEvent(p, d.deployment);
  // Days of one calendar compare as text; an event before the limit settles it, whatever else is not known.
  if (happened !== null && happened <= p.lastDay)
    return { code: 'EXISTING_EQUIPMENT_BEFORE_BAN', effect: 'note', ...aboutDeployment(d) };
  if (happened === null || d.certainty !== 'yes') return scopeUnknown(d);
  return { code: 'NEW_EQUIPMENT_FROM_DESIGNATED_VENDOR', effect: 'deny', ...aboutDeployment(d) };
}

function evaluate(p: Params, ctx: EquipmentContext): RuleResult {
  const boundaries = [endOfDay(p.lastDay, ctx.zone), ...adoptionBoundaries(p.adopt, ctx)];
  // Before the limit nothing can have happened after it; a day that is not known cannot either.
  if (ctx.at < endOfDay(p.lastDay, ctx.zone)) return { findings: [], boundaries };
  return { findings: designatedDeployments(ctx, p.adopt, p.where).map((d) => findingOf(p, d)), boundaries };
}

export const definition: RuleDefinition<Params> = { evaluate, ofLayers: evaluate, waivable: false };

/** What it asks for, besides what it adopts and where. */
export function gist(p: Params): string {
  return `no ${p.event} after ${p.lastDay}`;
}
