import * as z from 'zod/mini';
import { day } from '../facts/moment.ts';
import type { Deployment } from '../facts/network.ts';
import { hundredths, id, set } from '../facts/primitives.ts';
import { type Segment, SHARE_BASES, type ShareBasis } from '../facts/taxonomy.ts';
import {
  adoption,
  adoptionBoundaries,
  designatedDeployments,
  isOfCategory,
  scopeUnknown,
} from './adoption.ts';
import type { EquipmentContext } from './context.ts';
import { deadlineOf } from './deadline.ts';
import type { RuleAbout, RuleDefinition } from './definition.ts';
import type { Finding, RuleResult } from './finding.ts';
import { byInWords, percentInWords } from './gist-words.ts';
import { where } from './selection.ts';

export const about: RuleAbout = {
  demands:
    'Vendors under an adopted designation hold, together, no more than `max` of a segment, on every basis the standard names. The largest basis counts and the bound is inclusive: "no more than 35 %" permits 35 %.',
  reads:
    "shares of the deployments in service; a tunnel's layer carries all of what is in the tunnel. Within one function a vendor's deployments add up; across functions the vendor's largest share counts (the same sites carry several functions); across vendors shares add up.",
  satisfiedBy:
    'a sum within the bound, or a day to comply that has not passed. A designated vendor whose share on a named basis is not stated refuses.',
  cites: 'the text that states the share.',
  codes: [
    'SHARE_OVER_CAP',
    'SHARE_OVER_CAP_BEFORE_DEADLINE',
    'SHARE_WITHIN_CAP',
    'SHARE_UNKNOWN',
    'SCOPE_UNKNOWN',
  ],
};

export const params = z.strictObject({
  rule: z.literal('share-cap'),
  id,
  cites: set(id, 1),
  adopt: set(adoption, 1),
  where,
  bases: set(z.enum(SHARE_BASES), 1),
  max: hundredths,
  /** The last day before the cap binds, in the standard's zone; `null` where it binds as long as the standard. */
  by: z.nullable(day),
});

type Params = z.infer<typeof params>;

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

/** What the cap says of one segment: the largest basis counts. */
function segmentFindings(
  p: Params,
  segment: Segment,
  deployments: readonly Deployment[],
  bound: boolean,
): Finding[] {
  const vendors = Map.groupBy(deployments, (d) => d.vendor);
  const findings: Finding[] = [];
  let largest: { basis: ShareBasis; share: number } | undefined;
  for (const basis of p.bases) {
    let sum = 0;
    for (const [vendor, own] of vendors) {
      const share = vendorShare(own, basis);
      if (share !== undefined) sum += share;
      else if (bound)
        findings.push({ code: 'SHARE_UNKNOWN', effect: 'indeterminate', segment, vendor, basis });
    }
    if (largest === undefined || sum > largest.share) largest = { basis, share: sum };
  }
  if (largest === undefined) return findings;
  if (largest.share <= p.max)
    return [...findings, { code: 'SHARE_WITHIN_CAP', effect: 'note', segment, ...largest }];
  return [
    ...findings,
    bound
      ? { code: 'SHARE_OVER_CAP', effect: 'deny', segment, ...largest }
      : { code: 'SHARE_OVER_CAP_BEFORE_DEADLINE', effect: 'note', segment, ...largest },
  ];
}

function evaluate(p: Params, ctx: EquipmentContext): RuleResult {
  const deadline = deadlineOf(p.by, ctx);
  const designated = designatedDeployments(ctx, p.adopt, p.where);
  const unknown = deadline.passed ? designated.filter((d) => d.certainty !== 'yes').map(scopeUnknown) : [];
  // A deployment that two designations reach counts once; one that may be of a category, not by its share.
  const counted = designated.filter((x) => x.certainty === 'yes' || !isOfCategory(x));
  const deployments = new Set(counted.map((x) => x.deployment));
  const bySegment = Map.groupBy(deployments, (d): Segment => d.segment);
  return {
    findings: [
      ...unknown,
      ...[...bySegment].flatMap(([segment, own]) => segmentFindings(p, segment, own, deadline.passed)),
    ],
    boundaries: [...deadline.boundaries, ...adoptionBoundaries(p.adopt, ctx)],
  };
}

export const definition: RuleDefinition<Params> = { evaluate, ofLayers: evaluate, waivable: true };

/** What it asks for, besides what it adopts and where. */
export function gist(p: Params): string {
  return `at most ${percentInWords(p.max)} on ${p.bases.join(', ')}${byInWords(p.by)}`;
}
