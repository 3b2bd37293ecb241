import type { Assessment } from '../facts/assessment.ts';
import type { Designation } from '../facts/designation.ts';
import type { Sound } from '../facts/sound.ts';
import type { Vendor } from '../facts/vendor.ts';

/** Everything registered about one vendor and everyone who owns it, directly or not. */
export interface VendorEvidence {
  readonly vendor: Sound<Vendor>;
  /** Transitive owners by id. */
  readonly owners: ReadonlyMap<string, Sound<Vendor>>;
  /** Designations of the vendor and of its owners. */
  readonly designations: readonly Sound<Designation>[];
  /** Assessments of the vendor itself. */
  readonly assessments: readonly Sound<Assessment>[];
}
