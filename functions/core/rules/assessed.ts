/**
 * assessed: a valid, trusted assessment against a named criteria set, by an accepted authority, of the network, of
 * every vendor in it, or of both. Confidence is shown, never presumed: no assessment is no confidence, whoever made
 * the equipment, and an adverse one in force outweighs any favourable one.
 *
 * Reads: assessments of the network and of each vendor in service. Satisfied by `outcome: trusted`, unexpired.
 */
import * as z from 'zod/mini';
import type { Assessment } from '../facts/assessment.ts';
import { holdsAt } from '../facts/moment.ts';
import { id, publishedId, set } from '../facts/primitives.ts';
import type { RuleContext, Sound } from './context.ts';
import type { Finding, RuleResult } from './finding.ts';
import { inService } from './selection.ts';

export const params = z.strictObject({
  rule: z.literal('assessed'),
  id,
  cites: set(id, 1),
  subjects: set(z.enum(['network', 'vendors']), 1),
  criteriaSet: publishedId,
  authorities: set(id, 1),
});

type Params = z.infer<typeof params>;
type Verdict =
  | { readonly state: 'trusted' }
  | { readonly state: 'not-trusted' | 'expired'; readonly fact: string }
  | { readonly state: 'none' };

function verdictOf(p: Params, assessments: readonly Sound<Assessment>[], at: number): Verdict {
  const counted = assessments.filter(
    ({ fact }) => fact.criteriaSet === p.criteriaSet && p.authorities.includes(fact.authority),
  );
  const inForce = counted.filter(({ interval }) => holdsAt(interval, at));
  const adverse = inForce.find(({ fact }) => fact.outcome === 'not-trusted');
  if (adverse !== undefined) return { state: 'not-trusted', fact: adverse.key };
  if (inForce.some(({ fact }) => fact.outcome === 'trusted')) return { state: 'trusted' };
  const past = counted
    .filter(({ fact, interval }) => fact.outcome === 'trusted' && interval.to <= at)
    .sort((a, b) => b.interval.to - a.interval.to || (a.key < b.key ? -1 : 1))[0];
  return past === undefined ? { state: 'none' } : { state: 'expired', fact: past.key };
}

export function evaluate(p: Params, ctx: RuleContext): RuleResult {
  const findings: Finding[] = [];
  if (p.subjects.includes('network')) {
    const verdict = verdictOf(p, ctx.assessments, ctx.at);
    if (verdict.state === 'not-trusted')
      findings.push({ code: 'NETWORK_NOT_TRUSTED', effect: 'deny', fact: verdict.fact });
    else if (verdict.state === 'expired')
      findings.push({ code: 'ASSESSMENT_EXPIRED', effect: 'deny', fact: verdict.fact });
    else if (verdict.state !== 'trusted') findings.push({ code: 'NETWORK_NOT_ASSESSED', effect: 'deny' });
  }
  if (p.subjects.includes('vendors')) {
    const seen = new Set<string>();
    for (const { vendor, segment } of inService(ctx.network.fact, ctx.at)) {
      // One finding for a vendor in a segment, however many functions it has there.
      if (seen.has(`${vendor} ${segment}`)) continue;
      seen.add(`${vendor} ${segment}`);
      const verdict = verdictOf(p, ctx.vendors.get(vendor)?.assessments ?? [], ctx.at);
      if (verdict.state === 'not-trusted')
        findings.push({ code: 'VENDOR_NOT_TRUSTED', effect: 'deny', segment, vendor, fact: verdict.fact });
      else if (verdict.state === 'expired')
        findings.push({ code: 'ASSESSMENT_EXPIRED', effect: 'deny', segment, vendor, fact: verdict.fact });
      else if (verdict.state !== 'trusted')
        findings.push({ code: 'VENDOR_NOT_ASSESSED', effect: 'deny', segment, vendor });
    }
  }
  return { findings };
}
