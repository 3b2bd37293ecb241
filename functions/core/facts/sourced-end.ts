/** Kinds that name the source of their end in a member of its own, because their end must be sourced: by somebody's word, not by itself. */
import type { FactKind } from './fact.ts';

export const HAS_ENDING = {
  accreditation: false,
  assessment: true,
  authority: false,
  'criteria-set': false,
  designation: true,
  equivalence: false,
  exemption: false,
  hold: true,
  mandate: false,
  network: false,
  protection: false,
  route: false,
  standard: false,
  vendor: false,
  waiver: false,
} as const satisfies Record<FactKind, boolean>;
