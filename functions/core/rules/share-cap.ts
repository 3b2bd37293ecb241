/**
 * share-cap: vendors under an adopted designation hold, together, no more than `max` of a segment, on every basis
 * the standard names. The largest basis counts and the bound is inclusive: "no more than 35 %" permits 35 %.
 *
 * Reads: shares of the deployments in service. Within one function a vendor's deployments add up; across functions
 * the vendor's largest share counts (the same sites carry several functions); across vendors shares add up. A
 * designated vendor whose share on a named basis is not stated refuses.
 */
import * as z from 'zod/mini';
import type { Deployment } from '../facts/network.ts';
import { hundredths, id, set } from '../facts/primitives.ts';
import { type Segment, SHARE_BASES, type ShareBasis } from '../facts/taxonomy.ts';
import { adoption, designatedDeployments } from './adoption.ts';
import type { RuleContext } from './context.ts';
import type { Finding, RuleResult } from './finding.ts';
import { where } from './selection.ts';

export const params = z.strictObject({
  rule: z.literal('share-cap'),
  id,
  cites: set(id, 1),
  adopt: set(adoption, 1),
  where,
  bases: set(z.enum(SHARE_BASES), 1),
  max: hundredths,
});

/** A vendor's share of a segment on one basis, or `undefined` where any of its deployments does not state it. */
function vendorShare(deployments: readonly Deployment[], basis: ShareBasis): number | undefined {
  const byFunction = new Map<string, number>();
  for (const d of deployments) {
    const share = d.shares?.[basis];
    if (share === undefined) return undefined;
    byFunction.set(d.function, (byFunction.get(d.function) ?? 0) + share);
  }
  return Math.max(...byFunction.values());
}

function group<K, V>(items: Iterable<V>, key: (item: V) => K): ReadonlyMap<K, readonly V[]> {
  return Map.groupBy(items, key);
}

export function evaluate(p: z.infer<typeof params>, ctx: RuleContext): RuleResult {
  const designated = designatedDeployments(ctx, p.adopt, p.where);
  const findings: Finding[] = [];
  for (const { deployment: d, designation, certainty } of designated) {
    if (certainty !== 'yes') {
      findings.push({
        code: 'SCOPE_UNKNOWN',
        effect: 'indeterminate',
        segment: d.segment,
        function: d.function,
        vendor: d.vendor,
        fact: designation.key,
      });
    }
  }
  // A deployment that two designations reach counts once.
  const deployments = new Set(designated.map((x) => x.deployment));
  for (const [segment, inSegment] of group(deployments, (d): Segment => d.segment)) {
    const vendors = group(inSegment, (d) => d.vendor);
    let largest: { basis: ShareBasis; share: number } | undefined;
    for (const basis of p.bases) {
      let sum = 0;
      for (const [vendor, own] of vendors) {
        const share = vendorShare(own, basis);
        if (share === undefined)
          findings.push({ code: 'SHARE_UNKNOWN', effect: 'indeterminate', segment, vendor, basis });
        else sum += share;
      }
      if (largest === undefined || sum > largest.share) largest = { basis, share: sum };
    }
    if (largest === undefined) continue;
    const within = largest.share <= p.max;
    findings.push({
      code: within ? 'SHARE_WITHIN_CAP' : 'SHARE_OVER_CAP',
      effect: within ? 'note' : 'deny',
      segment,
      ...largest,
    });
  }
  return { findings };
}
