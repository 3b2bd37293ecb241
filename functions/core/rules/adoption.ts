/**
 * A designation is not a denial. A standard says which instruments it adopts, whose, in which classes, and how far
 * ownership carries them; this file finds the deployments such designations reach.
 */
import * as z from 'zod/mini';
import { DESIGNATION_CLASSES, type Designation } from '../facts/designation.ts';
import { holdsAt, intervalOf } from '../facts/moment.ts';
import type { Deployment } from '../facts/network.ts';
import { hundredths, id, publishedId, set } from '../facts/primitives.ts';
import type { RuleContext, Sound, VendorEvidence } from './context.ts';
import { inService, matches, type Tri, type Where } from './selection.ts';

export const adoption = z.strictObject({
  instrument: publishedId,
  authority: id,
  classes: set(z.enum(DESIGNATION_CLASSES), 1),
  /**
   * The smallest owned share, link by link, over which a designation with reach `affiliates` carries to a
   * subsidiary, in hundredths of a percent.
   */
  affiliateShare: hundredths,
});

export type Adoption = z.infer<typeof adoption>;

/** Owners reached from a vendor over links of at least `share` in force at `at`, the vendor itself included. */
function ownersReached(v: VendorEvidence, share: number, at: number): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting: string[] = [v.vendor.fact.id];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    const links = (next === v.vendor.fact.id ? v.vendor : v.owners.get(next))?.fact.ownedBy ?? [];
    for (const link of links) {
      if (link.share >= share && holdsAt(intervalOf(link.valid), at)) waiting.push(link.owner);
    }
  }
  return reached;
}

/** The designations a standard adopts that are in force for a vendor, its own or an owner's. */
export function adoptedDesignations(
  v: VendorEvidence,
  adopt: readonly Adoption[],
  at: number,
): readonly Sound<Designation>[] {
  return adopt.flatMap((a) => {
    const reached = ownersReached(v, a.affiliateShare, at);
    return v.designations.filter(({ fact: d, interval }) => {
      if (d.instrument !== a.instrument || d.authority !== a.authority || !a.classes.includes(d.class))
        return false;
      if (!holdsAt(interval, at) || !('vendor' in d.subject)) return false;
      if (d.subject.vendor === v.vendor.fact.id) return true;
      return d.reach === 'affiliates' && reached.has(d.subject.vendor);
    });
  });
}

/** Whether a designation's own scope covers a deployment. One about services covers an operator, not equipment. */
function covers(d: Designation, deployment: Deployment): Tri {
  if (d.scope.services !== undefined) return 'no';
  const { segments, functions, generations, uses } = d.scope;
  if (generations === undefined) return matches({ segments, functions, uses } as Where, deployment);
  if (generations.includes('unknown')) return 'unknown';
  const named = generations.filter((g) => g !== 'shared' && g !== 'unknown');
  return matches(
    { segments, functions, uses, ...(named.length > 0 && { generations: named }) } as Where,
    deployment,
  );
}

export interface DesignatedDeployment {
  readonly deployment: Deployment;
  readonly designation: Sound<Designation>;
  /** `unknown` where an attribute that decides the scope is not known. */
  readonly certainty: Exclude<Tri, 'no'>;
}

/** Deployments in service that an adopted designation reaches, within the part of the network the rule is about. */
export function designatedDeployments(
  ctx: RuleContext,
  adopt: readonly Adoption[],
  where: Where,
): readonly DesignatedDeployment[] {
  const found: DesignatedDeployment[] = [];
  for (const deployment of inService(ctx.network.fact, ctx.at)) {
    const evidence = ctx.vendors.get(deployment.vendor);
    // INVARIANT: the fold refuses a hop whose vendors are not all known before any rule runs.
    if (evidence === undefined) throw new Error('vendor evidence missing');
    const within = matches(where, deployment);
    if (within === 'no') continue;
    for (const designation of adoptedDesignations(evidence, adopt, ctx.at)) {
      const scope = covers(designation.fact, deployment);
      if (scope === 'no') continue;
      found.push({
        deployment,
        designation,
        certainty: scope === 'yes' && within === 'yes' ? 'yes' : 'unknown',
      });
    }
  }
  return found;
}
