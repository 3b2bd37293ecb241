/**
 * sensitive-site: no vendor under an adopted designation at a site of the named classes, whatever its share.
 *
 * Reads: designations of each vendor in service, `siteClass`. A site whose class is not known refuses.
 */
import * as z from 'zod/mini';
import { id, set } from '../facts/primitives.ts';
import { adoption, designatedDeployments } from './adoption.ts';
import type { RuleContext } from './context.ts';
import type { RuleResult } from './finding.ts';

export const params = z.strictObject({
  rule: z.literal('sensitive-site'),
  id,
  cites: set(id, 1),
  adopt: set(adoption, 1),
  siteClasses: set(z.enum(['sensitive', 'cni-safety']), 1),
});

export function evaluate(p: z.infer<typeof params>, ctx: RuleContext): RuleResult {
  return {
    findings: designatedDeployments(ctx, p.adopt, { siteClasses: p.siteClasses }).map(
      ({ deployment: d, designation, certainty }) => ({
        ...(certainty === 'yes'
          ? { code: 'DESIGNATED_VENDOR_AT_SENSITIVE_SITE', effect: 'deny' }
          : { code: 'SCOPE_UNKNOWN', effect: 'indeterminate' }),
        segment: d.segment,
        function: d.function,
        vendor: d.vendor,
        fact: designation.key,
      }),
    ),
  };
}
