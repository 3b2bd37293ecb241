/**
 * adopted-designation-absent: no vendor under an adopted designation, at any share, in the part of the network the
 * rule is about.
 *
 * Reads: designations of each vendor in service and of its owners, the deployment's function, segment and the other
 * attributes `where` names. Satisfied by absence; an attribute that is not known refuses.
 */
import * as z from 'zod/mini';
import { id, set } from '../facts/primitives.ts';
import { adoption, designatedDeployments } from './adoption.ts';
import type { RuleContext } from './context.ts';
import type { RuleResult } from './finding.ts';
import { where } from './selection.ts';

export const params = z.strictObject({
  rule: z.literal('adopted-designation-absent'),
  id,
  cites: set(id, 1),
  adopt: set(adoption, 1),
  where,
});

export function evaluate(p: z.infer<typeof params>, ctx: RuleContext): RuleResult {
  return {
    findings: designatedDeployments(ctx, p.adopt, p.where).map(
      ({ deployment: d, designation, certainty }) => ({
        ...(certainty === 'yes'
          ? { code: 'DESIGNATED_VENDOR_PRESENT', effect: 'deny' }
          : { code: 'SCOPE_UNKNOWN', effect: 'indeterminate' }),
        segment: d.segment,
        function: d.function,
        vendor: d.vendor,
        fact: designation.key,
      }),
    ),
  };
}
