import * as z from 'zod/mini';
import { id, set } from '../facts/primitives.ts';
import {
  aboutDeployment,
  adoption,
  adoptionBoundaries,
  designatedDeployments,
  scopeUnknown,
} from './adoption.ts';
import type { EquipmentContext } from './context.ts';
import type { RuleAbout, RuleDefinition } from './definition.ts';
import type { RuleResult } from './finding.ts';

export const about: RuleAbout = {
  demands: 'No vendor under an adopted designation at a site of the named classes, whatever its share.',
  reads:
    "designations of each vendor in service, or of a tunnel's layer, and of its owners; `siteClass`, which no layer states.",
  satisfiedBy: 'absence. A site whose class is not known refuses.',
  cites: 'the text that names the sites.',
  codes: ['DESIGNATED_VENDOR_AT_SENSITIVE_SITE', 'SCOPE_UNKNOWN'],
};

export const params = z.strictObject({
  rule: z.literal('sensitive-site'),
  id,
  cites: set(id, 1),
  adopt: set(adoption, 1),
  siteClasses: set(z.enum(['sensitive', 'cni-safety']), 1),
});

type Params = z.infer<typeof params>;

function evaluate(p: Params, ctx: EquipmentContext): RuleResult {
  return {
    findings: designatedDeployments(ctx, p.adopt, { siteClasses: p.siteClasses }).map((d) =>
      d.certainty === 'yes'
        ? { code: 'DESIGNATED_VENDOR_AT_SENSITIVE_SITE', effect: 'deny', ...aboutDeployment(d) }
        : scopeUnknown(d),
    ),
    boundaries: adoptionBoundaries(p.adopt, ctx),
  };
}

export const definition: RuleDefinition<Params> = { evaluate, ofLayers: evaluate, waivable: false };

/** What it asks for, besides what it adopts and where. */
export function gist(p: Params): string {
  return p.siteClasses.join(', ');
}
