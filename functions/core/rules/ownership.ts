/** How far ownership carries what is said of an owner. Shares are hundredths of a percent; bounds are inclusive. */
import { holdsAt, intervalOf } from '../facts/moment.ts';
import type { Vendor } from '../facts/vendor.ts';
import type { VendorEvidence } from './context.ts';

export const COUNTING = ['each-link', 'aggregate'] as const;

export interface ReachTerms {
  readonly share: number;
  /** `each-link`: one owner alone must hold the share; `aggregate`: owners that are reached count together. */
  readonly counting: (typeof COUNTING)[number];
}

export interface OwnershipReach {
  /** The organisations started from, and every one they own far enough, link by link. */
  readonly reached: ReadonlySet<string>;
  /** What the reached owners hold of the vendor itself: together, or the largest of them. */
  readonly ownedShare: number;
}

function heldBy(owned: Vendor, owners: ReadonlySet<string>, terms: ReachTerms, at: number): number {
  const shares = owned.ownedBy
    .filter((link) => owners.has(link.owner) && holdsAt(intervalOf(link.valid), at))
    .map((link) => link.share);
  return terms.counting === 'aggregate' ? shares.reduce((sum, s) => sum + s, 0) : Math.max(0, ...shares);
}

/**
 * Follows ownership down from `from` through the vendor's family, to a fixed point, so that cycles end and an
 * organisation that is reached counts as an owner in its turn.
 */
export function reachedOwners(
  v: VendorEvidence,
  from: ReadonlySet<string>,
  terms: ReachTerms,
  at: number,
): OwnershipReach {
  const family = [v.vendor.fact, ...[...v.owners.values()].map((o) => o.fact)];
  const reached = new Set(from);
  for (let grew = from.size > 0; grew; ) {
    grew = false;
    for (const member of family) {
      const held = heldBy(member, reached, terms, at);
      if (reached.has(member.id) || !(held > 0 && held >= terms.share)) continue;
      reached.add(member.id);
      grew = true;
    }
  }
  return { reached, ownedShare: heldBy(v.vendor.fact, reached, terms, at) };
}
