import * as z from 'zod/mini';
import { day } from '../facts/moment.ts';
import { id, set } from '../facts/primitives.ts';
import {
  aboutDeployment,
  adoption,
  adoptionBoundaries,
  designatedDeployments,
  scopeUnknown,
} from './adoption.ts';
import type { EquipmentContext } from './context.ts';
import { deadlineOf } from './deadline.ts';
import type { RuleAbout, RuleDefinition } from './definition.ts';
import type { RuleResult } from './finding.ts';
import { where } from './selection.ts';

export const about: RuleAbout = {
  demands:
    'Vendors under an adopted designation are gone from the part of the network the rule is about once the day named has passed. Until then their presence is noted and refuses nothing.',
  reads:
    "designations of each vendor in service, or of a tunnel's layer, and of its owners, the attributes `where` names.",
  satisfiedBy: 'absence, or a day that has not passed. After it an attribute that is not known refuses.',
  cites: 'the text that sets the day.',
  codes: ['DESIGNATED_VENDOR_BEFORE_DEADLINE', 'DESIGNATED_VENDOR_AFTER_DEADLINE', 'SCOPE_UNKNOWN'],
};

export const params = z.strictObject({
  rule: z.literal('removal-deadline'),
  id,
  cites: set(id, 1),
  adopt: set(adoption, 1),
  where,
  /** The last day on which the equipment may be in service, in the standard's zone. */
  by: day,
});

type Params = z.infer<typeof params>;

function evaluate(p: Params, ctx: EquipmentContext): RuleResult {
  const deadline = deadlineOf(p.by, ctx);
  const found = designatedDeployments(ctx, p.adopt, p.where);
  return {
    findings: deadline.passed
      ? found.map((d) =>
          d.certainty === 'yes'
            ? { code: 'DESIGNATED_VENDOR_AFTER_DEADLINE', effect: 'deny', ...aboutDeployment(d) }
            : scopeUnknown(d),
        )
      : found.map((d) => ({
          code: 'DESIGNATED_VENDOR_BEFORE_DEADLINE',
          effect: 'note',
          ...aboutDeployment(d),
        })),
    boundaries: [...deadline.boundaries, ...adoptionBoundaries(p.adopt, ctx)],
  };
}

export const definition: RuleDefinition<Params> = { evaluate, ofLayers: evaluate, waivable: false };

/** What it asks for, besides what it adopts and where. */
export function gist(p: Params): string {
  return `gone by ${p.by}`;
}
