/**
 * sensitive-site: no vendor under an adopted designation at a site of the named classes, whatever its share.
 *
 * Reads: designations of each vendor in service, or of a tunnel's layer, and of its owners; `siteClass`, which no layer states.
 * Satisfied by: absence. A site whose class is not known refuses.
 * Cites: the text that names the sites.
 */
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
import type { RuleResult } from './finding.ts';

export const params = z.strictObject({
  rule: z.literal('sensitive-site'),
  id,
  cites: set(id, 1),
  adopt: set(adoption, 1),
  siteClasses: set(z.enum(['sensitive', 'cni-safety']), 1),
});

export function evaluate(p: z.infer<typeof params>, ctx: EquipmentContext): RuleResult {
  return {
    findings: designatedDeployments(ctx, p.adopt, { siteClasses: p.siteClasses }).map((d) =>
      d.certainty === 'yes'
        ? { code: 'DESIGNATED_VENDOR_AT_SENSITIVE_SITE', effect: 'deny', ...aboutDeployment(d) }
        : scopeUnknown(d),
    ),
    boundaries: adoptionBoundaries(p.adopt, ctx),
  };
}
