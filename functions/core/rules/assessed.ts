import * as z from 'zod/mini';
import type { Assessment } from '../facts/assessment.ts';
import type { CriteriaSet } from '../facts/criteria-set.ts';
import { holdsAt } from '../facts/moment.ts';
import { id, publishedId, set } from '../facts/primitives.ts';
import type { Sound } from '../facts/sound.ts';
import type { EquipmentContext, RuleContext } from './context.ts';
import type { RuleAbout, RuleDefinition } from './definition.ts';
import type { Finding, RuleCode, RuleResult } from './finding.ts';
import { authoritiesInWords } from './gist-words.ts';
import { weigh } from './weighing.ts';

export const about: RuleAbout = {
  demands:
    "A valid, trusted assessment against a named criteria set, by an accepted authority, of the network, of every vendor in it, of the makers of a tunnel's layers, or of several. Confidence is shown, never presumed: no assessment is no confidence, whoever made the equipment, and an adverse one in force outweighs any favourable one.",
  reads:
    "assessments of the network and of each vendor in service or of a tunnel's layer; the criteria set of the authority the rule names, where results are weighed.",
  satisfiedBy:
    "`outcome: trusted`, unexpired, and where results are weighed, every mandatory criterion met with evidence and the weight of those met at the set's bound or above it.",
  cites: 'the text that asks for confidence, and the criteria.',
  codes: [
    'NETWORK_NOT_ASSESSED',
    'NETWORK_NOT_TRUSTED',
    'VENDOR_NOT_ASSESSED',
    'VENDOR_NOT_TRUSTED',
    'ASSESSMENT_EXPIRED',
    'ASSESSMENT_NOT_ITEMISED',
    'CRITERIA_NOT_MET',
    'CRITERIA_SET_UNKNOWN',
  ],
};

export const params = z
  .strictObject({
    rule: z.literal('assessed'),
    id,
    cites: set(id, 1),
    /** `vendors`: of the network's equipment and of a tunnel's layers; `layers`: of a tunnel's layers alone. */
    subjects: set(z.enum(['network', 'vendors', 'layers']), 1),
    criteriaSet: publishedId,
    authorities: set(id, 1),
    /** `weighed`: by the criteria set in the registry, criterion by criterion; `stated`: the assessor's word counts. */
    results: z.enum(['weighed', 'stated']),
    /** Whose criteria set it is, where results are weighed: a set of that name by anybody else weighs nothing. */
    criteriaAuthority: z.optional(id),
  })
  .check(
    z.refine(
      (p) => (p.results === 'weighed') === (p.criteriaAuthority !== undefined),
      'results are weighed by the criteria set of an authority: give "criteriaAuthority" with "weighed", and only then',
    ),
  );

type Params = z.infer<typeof params>;

/** `undefined` where the subject is trusted; otherwise why not, and by which fact. */
type Shortcoming = { readonly code: RuleCode; readonly fact?: string } | undefined;

/** True of the set the rule names: by its id and by who published it. */
function weighs(p: Params, { fact }: Sound<CriteriaSet>): boolean {
  return p.results === 'weighed' && fact.id === p.criteriaSet && fact.authority === p.criteriaAuthority;
}

function weighedShortcoming(p: Params, a: Sound<Assessment>, ctx: EquipmentContext): Shortcoming {
  if (p.results === 'stated') return undefined;
  const set = ctx.criteriaSets.find((c) => weighs(p, c) && holdsAt(c.interval, ctx.at));
  if (set === undefined) return { code: 'CRITERIA_SET_UNKNOWN' };
  const weighed = weigh(a.fact, set.fact);
  switch (weighed) {
    case 'passes':
      return undefined;
    case 'not-itemised':
      return { code: 'ASSESSMENT_NOT_ITEMISED', fact: a.key };
    case 'not-met':
      return { code: 'CRITERIA_NOT_MET', fact: a.key };
  }
}

function shortcoming(
  p: Params,
  assessments: readonly Sound<Assessment>[],
  ctx: EquipmentContext,
  codes: { readonly notTrusted: RuleCode; readonly notAssessed: RuleCode },
): Shortcoming {
  const counted = assessments.filter((a) => counts(p, a));
  const inForce = counted.filter(({ interval }) => holdsAt(interval, ctx.at));
  const adverse = inForce.find(({ fact }) => fact.outcome === 'not-trusted');
  if (adverse !== undefined) return { code: codes.notTrusted, fact: adverse.key };
  const trusted = counted.filter(({ fact }) => fact.outcome === 'trusted');
  const answers = trusted.filter((a) => inForce.includes(a)).map((a) => weighedShortcoming(p, a, ctx));
  if (answers.includes(undefined)) return undefined;
  const past = trusted
    .filter(({ interval }) => interval.to <= ctx.at)
    .sort((a, b) => b.interval.to - a.interval.to || (a.key < b.key ? -1 : 1))[0];
  if (past !== undefined && answers.length === 0) return { code: 'ASSESSMENT_EXPIRED', fact: past.key };
  return answers[0] ?? { code: codes.notAssessed };
}

const NETWORK_CODES = { notTrusted: 'NETWORK_NOT_TRUSTED', notAssessed: 'NETWORK_NOT_ASSESSED' } as const;
const VENDOR_CODES = { notTrusted: 'VENDOR_NOT_TRUSTED', notAssessed: 'VENDOR_NOT_ASSESSED' } as const;

function networkFindings(p: Params, ctx: RuleContext): readonly Finding[] {
  const found = shortcoming(p, ctx.assessments, ctx, NETWORK_CODES);
  return found === undefined ? [] : [{ ...found, effect: 'deny' }];
}

function vendorFindings(p: Params, ctx: EquipmentContext): readonly Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const { vendor, segment } of ctx.equipment) {
    // One finding for a vendor in a segment, however many functions it has there.
    if (seen.has(`${vendor} ${segment}`)) continue;
    seen.add(`${vendor} ${segment}`);
    const found = shortcoming(p, ctx.vendors.get(vendor)?.assessments ?? [], ctx, VENDOR_CODES);
    if (found !== undefined) findings.push({ ...found, effect: 'deny', segment, vendor });
  }
  return findings;
}

/** Instants at which an assessment that counts, or the criteria set it is weighed by, starts or ends. */
function boundaries(
  p: Params,
  ctx: EquipmentContext,
  ofNetwork: RuleContext['assessments'],
): readonly number[] {
  const assessments = [...ofNetwork, ...[...ctx.vendors.values()].flatMap((v) => v.assessments)];
  const sets = ctx.criteriaSets.filter((c) => weighs(p, c));
  return [...assessments.filter((a) => counts(p, a)), ...sets].flatMap(({ interval }) => [
    interval.from,
    interval.to,
  ]);
}

function counts(p: Params, { fact }: Sound<Assessment>): boolean {
  return fact.criteriaSet === p.criteriaSet && p.authorities.includes(fact.authority);
}

function evaluate(p: Params, ctx: RuleContext): RuleResult {
  return {
    boundaries: boundaries(p, ctx, ctx.assessments),
    findings: [
      ...(p.subjects.includes('network') ? networkFindings(p, ctx) : []),
      ...(p.subjects.includes('vendors') ? vendorFindings(p, ctx) : []),
    ],
  };
}

function ofLayers(p: Params, ctx: EquipmentContext): RuleResult {
  const asked = p.subjects.includes('vendors') || p.subjects.includes('layers');
  return {
    boundaries: boundaries(p, ctx, []),
    findings: asked ? vendorFindings(p, ctx) : [],
  };
}

export const definition: RuleDefinition<Params> = { evaluate, ofLayers, waivable: false };

/** What it asks for, besides what it adopts and where. */
export function gist(p: Params): string {
  const by = p.criteriaAuthority === undefined ? '' : ` of ${p.criteriaAuthority}`;
  return `${p.subjects.join(' and ')}, against ${p.criteriaSet}${by} as ${p.results} by ${authoritiesInWords(p.authorities)}`;
}
