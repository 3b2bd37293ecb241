/** How far ownership carries what is said of an owner. Shares are hundredths of a percent; bounds are inclusive. */
import { holdsAt, intervalOf } from '../facts/moment.ts';
import type { Vendor } from '../facts/vendor.ts';
import type { VendorEvidence } from '../registry/vendor-evidence.ts';

export const COUNTING = ['each-link', 'aggregate'] as const;

/** How far ownership carries something, and how it is counted. */
export interface ReachTerms {
  readonly share: number;
  /** `each-link`: one owner alone must hold the share; `aggregate`: owners that are reached count together. */
  readonly counting: (typeof COUNTING)[number];
}

/** How far ownership carried something, and how much of the vendor that is. */
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

/** A vendor and everybody who owns any part of it at that instant, at any remove. */
function ownersOf(id: string, v: VendorEvidence | undefined, at: number): ReadonlySet<string> {
  const family = new Set([id]);
  const waiting = v === undefined ? [] : [v.vendor.fact];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const { owner, valid } of next.ownedBy) {
      if (family.has(owner) || !holdsAt(intervalOf(valid), at)) continue;
      family.add(owner);
      const fact = v?.owners.get(owner)?.fact;
      if (fact !== undefined) waiting.push(fact);
    }
  }
  return family;
}

/**
 * How many families of ownership some vendors are of. Independence is shown, never presumed: two that have an owner in
 * common, or of which one owns the other, are of one family, whatever the share, and so is who is tied to either.
 */
export function familiesAmong(
  ids: readonly string[],
  vendors: ReadonlyMap<string, VendorEvidence>,
  at: number,
): number {
  let families: ReadonlySet<string>[] = [];
  for (const id of new Set(ids)) {
    const own = ownersOf(id, vendors.get(id), at);
    const tied = families.filter((family) => [...family].some((member) => own.has(member)));
    families = [
      ...families.filter((family) => !tied.includes(family)),
      new Set([...own, ...tied.flatMap((family) => [...family])]),
    ];
  }
  return families.length;
}
