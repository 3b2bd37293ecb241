/**
 * The decision: a pure fold from (label, request, evidence, instant) to an outcome with its reasons.
 *
 * Deny unless permitted, deny overrides. A permit needs, for every responsible owner, a mandate in force and every
 * standard it names satisfied on every hop, and dominance on every hop or on the tunnel. Nothing here grants.
 */

import type { Basis } from '../facts/mandate.ts';
import { holdsAt } from '../facts/moment.ts';
import { reachOf } from '../facts/network.ts';
import { ownerOfFrame } from '../marking/frame-owners.ts';
import { responsibleOwners } from '../marking/label.ts';
import type { Sound } from '../rules/context.ts';
import type { Obligation } from '../rules/finding.ts';
import { type Cited, datedForDecision, examined, nextBoundary } from './boundaries.ts';
import { irreducible, isVerified, restsOnTheEndOf, withoutUnverified } from './citations.ts';
import { type Carrier, dominanceShortfall } from './dominance.ts';
import type { Law, NetworkEvidence, ProtectionEvidence } from './evidence.ts';
import { gateOf } from './gate.ts';
import type { DecisionInput } from './input.ts';
import { mandatesOf, type OwnerMandates } from './mandates.ts';
import { type Outcome, worst } from './outcome.ts';
import type { Reason } from './reasons.ts';
import { evaluateStandard, type JudgedHop, type StandardTerms } from './standards.ts';

export type { DecisionInput } from './input.ts';

export interface StandardVerdict {
  readonly id: string;
  readonly by: 'mandate' | 'request';
  readonly outcome: Outcome;
}

export interface CoreDecision {
  readonly outcome: Outcome;
  readonly basis: Basis;
  readonly dominance: 'satisfied' | 'not-satisfied' | 'not-evaluated';
  readonly standards: readonly StandardVerdict[];
  readonly reasons: readonly Reason[];
  /** Findings that refuse nothing: shares within a cap, findings a waiver set aside. */
  readonly notes: readonly Reason[];
  readonly obligations: readonly Obligation[];
  /** Keys of the mandates that were asked and the waivers that were used. */
  readonly mandates: readonly string[];
  readonly waivers: readonly string[];
  /** Keys of facts relied on that carry a citation nobody verified. */
  readonly unverified: readonly string[];
  /** The next instant (epoch ms) at which any fact examined starts or ends; `null` where none is known. */
  readonly validUntil: number | null;
}

type Judged = Pick<
  CoreDecision,
  'dominance' | 'standards' | 'notes' | 'obligations' | 'mandates' | 'waivers'
> & {
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
  readonly boundaries: readonly number[];
  /** The mandates and standards that were asked. */
  readonly relied: readonly Sound<Cited>[];
  /** True where one of the mandates refuses citations nobody verified. */
  readonly refusesUnverified: boolean;
};

function carrierOf(n: NetworkEvidence): Carrier {
  return { accreditations: n.accreditations, reach: reachOf(n.network.fact) };
}

function tunnelOf(p: ProtectionEvidence): Carrier {
  return { accreditations: p.accreditations, reach: p.protection.fact.endpointCountries };
}

interface Placed {
  readonly hop?: number;
  readonly carrier: Carrier;
}

/** What must dominate: every network of every hop, or the tunnel instead. */
function carriersOn(basis: Basis, input: DecisionInput, hops: readonly JudgedHop[]): readonly Placed[] {
  switch (basis) {
    case 'trusted-transport':
      return hops.flatMap((h) => h.networks.map((n) => ({ hop: h.index, carrier: carrierOf(n) })));
    case 'encrypted-transport':
      return input.protection === undefined ? [] : [{ carrier: tunnelOf(input.protection) }];
    default:
      return basis satisfies never;
  }
}

/** Whose information is translated decides whether the translation may be relied on. */
function equivalencesInForce({ law, at }: DecisionInput): Law['equivalences'] {
  return law.equivalences.filter(({ fact: e }) =>
    law.authorities.some(
      (a) =>
        a.fact.id === e.authority &&
        holdsAt(a.interval, at) &&
        a.fact.speaksFor.includes(ownerOfFrame(e.from.frame)),
    ),
  );
}

/** Dominance for every mandate of every owner. */
function dominanceReasons(
  input: DecisionInput,
  owners: readonly OwnerMandates[],
  carriers: readonly Placed[],
): readonly Reason[] {
  const { label, at } = input;
  const equivalences = equivalencesInForce(input);
  const reasons = owners.flatMap(({ owner, mandates }) =>
    mandates.flatMap(({ fact: m }) =>
      carriers.flatMap(({ hop, carrier }) => {
        const shortfall = dominanceShortfall(carrier, {
          label,
          at,
          accreditors: m.accreditors,
          equivalences,
        });
        if (shortfall === undefined) return [];
        const { codes, fact } = shortfall;
        return codes.map(
          (code): Reason => ({
            code,
            owner,
            ...(hop !== undefined && { hop }),
            ...(fact !== undefined && { fact }),
          }),
        );
      }),
    ),
  );
  return uniqueReasons(reasons);
}

function uniqueReasons(reasons: readonly Reason[]): readonly Reason[] {
  const seen = new Set<string>();
  return reasons.filter((r) => {
    const key = JSON.stringify(Object.entries(r).sort());
    return !seen.has(key) && seen.add(key);
  });
}

const TUNNEL_OBLIGATIONS = ['use-tunnel', 'no-plaintext-fallback', 'hide-label', 're-evaluate-by'] as const;

function tunnelObligations(p: ProtectionEvidence): readonly Obligation[] {
  return TUNNEL_OBLIGATIONS.map((type) =>
    type === 'use-tunnel' ? { type, ref: p.protection.fact.id } : { type },
  );
}

/** Every standard that must be evaluated, mandated ones first, each once. */
function standardIds(
  owners: readonly OwnerMandates[],
  requested: readonly string[],
): readonly { id: string; by: 'mandate' | 'request' }[] {
  const mandated = [...new Set(owners.flatMap((o) => o.mandates.flatMap((m) => m.fact.standards)))].sort();
  const added = requested.filter((id) => !mandated.includes(id));
  return [
    ...mandated.map((id) => ({ id, by: 'mandate' as const })),
    ...added.map((id) => ({ id, by: 'request' as const })),
  ];
}

/** The whole judgement on one basis. Bases are never blended: each is judged as if the other did not exist. */
function judgeOn(basis: Basis, input: DecisionInput, hops: readonly JudgedHop[]): Judged {
  const { label, law, at, request } = input;
  const owners = responsibleOwners(label).map((owner) => mandatesOf(owner, label, basis, law, at));
  const protection = basis === 'encrypted-transport' ? input.protection : undefined;
  const assurance = input.path.known ? input.path.assurance : 'assumed';
  const outcomes: Outcome[] = ['permit'];
  const reasons: Reason[] = [];
  const refuse = (outcome: Exclude<Outcome, 'permit'>, ...why: readonly Reason[]) => {
    if (why.length === 0) return;
    outcomes.push(outcome);
    reasons.push(...why);
  };

  refuse(
    'not-applicable',
    ...owners.flatMap((o) => o.reasons.filter((r) => r.code === 'OWNER_WITHOUT_MANDATE')),
  );
  refuse(
    'indeterminate',
    ...owners.flatMap((o) => o.reasons.filter((r) => r.code !== 'OWNER_WITHOUT_MANDATE')),
  );
  const mandates = owners.flatMap((o) => o.mandates);
  refuse(
    'deny',
    ...owners.flatMap((o): Reason[] =>
      o.mandates.every((m) => m.fact.assurances.includes(assurance))
        ? []
        : [{ code: 'PATH_ASSURANCE_INSUFFICIENT', owner: o.owner }],
    ),
  );
  if (basis === 'encrypted-transport' && protection === undefined)
    refuse('deny', { code: 'PROTECTION_UNKNOWN' });
  if (protection !== undefined && protection.taints.length > 0)
    refuse('indeterminate', { code: 'FACT_UNSOUND' });

  const carriers = carriersOn(basis, input, hops);
  const dominance = dominanceReasons(input, owners, carriers);
  refuse('deny', ...dominance);
  const evaluated = mandates.length > 0 && hops.length > 0 && carriers.length > 0;

  const terms: StandardTerms = {
    label,
    owners: owners.map((o) => o.owner),
    hops,
    assurance,
    flow: request.message.flow,
    protection,
    law,
    at,
  };
  const standards: StandardVerdict[] = [];
  const used: Sound<Cited>[] = [...mandates];
  const notes: Reason[] = [];
  const obligations: Obligation[] = [...(protection === undefined ? [] : tunnelObligations(protection))];
  const waivers: string[] = [];
  const boundaries: number[] = [];
  for (const { id, by } of standardIds(owners, request.standards ?? [])) {
    const standard = law.standards.get(id);
    if (standard === undefined) {
      standards.push({ id, by, outcome: 'indeterminate' });
      refuse('indeterminate', { code: 'STANDARD_UNKNOWN', standard: id });
      continue;
    }
    const result = evaluateStandard(standard, terms);
    boundaries.push(standard.interval.from, standard.interval.to, ...result.boundaries);
    standards.push({ id, by, outcome: result.outcome });
    used.push(standard);
    notes.push(...result.notes);
    obligations.push(...result.obligations);
    waivers.push(...result.waivers);
    // A standard that a request adds, and that has nothing to say here, is reported and has no effect.
    if (by === 'request' && result.outcome === 'not-applicable') notes.push(...result.reasons);
    else {
      // INVARIANT: the outcome counts also where no reason came with it.
      outcomes.push(result.outcome);
      reasons.push(...result.reasons);
    }
  }

  const distinctObligations = uniqueObligations(obligations);
  const supported = request.supportedObligations ?? [];
  if (!distinctObligations.every((o) => supported.includes(o.type)))
    refuse('deny', { code: 'OBLIGATION_UNSUPPORTED' });

  const outcome = worst(outcomes);
  return {
    outcome: outcome === 'permit' && !evaluated ? 'deny' : outcome,
    reasons,
    notes,
    obligations: distinctObligations,
    dominance: !evaluated ? 'not-evaluated' : dominance.length === 0 ? 'satisfied' : 'not-satisfied',
    standards,
    mandates: mandates.map((m) => m.key).sort(),
    waivers: [...new Set(waivers)].sort(),
    boundaries,
    relied: used,
    refusesUnverified: mandates.some((m) => !m.fact.acceptUnverified),
  };
}

/**
 * The judgement, with what the mandates make of unverified citations. Without such a mandate they only are reported;
 * with one, a permit must stand also without every favourable fact that has one.
 */
function judgeCited(basis: Basis, input: DecisionInput, hops: readonly JudgedHop[]): Judged {
  const judged = judgeOn(basis, input, hops);
  if (!judged.refusesUnverified) return judged;
  const verified = withoutUnverified(input, hops);
  const stands = judgeOn(basis, verified.input, verified.hops).outcome === 'permit';
  const refused = irreducible(input, basis, judged.relied).length > 0;
  if (judged.outcome === 'permit' ? stands && !refused : !refused) return judged;
  return {
    ...judged,
    outcome: worst([judged.outcome, 'deny']),
    reasons: [...judged.reasons, { code: 'CITATION_UNVERIFIED' }],
  };
}

/** One obligation of a kind about one thing: the one that leaves the least time. */
function uniqueObligations(obligations: readonly Obligation[]): readonly Obligation[] {
  const hours = (o: Obligation) => o.withinHours ?? Number.POSITIVE_INFINITY;
  const strictest = new Map<string, Obligation>();
  for (const o of obligations) {
    const key = `${o.type} ${o.ref ?? ''}`;
    const before = strictest.get(key);
    if (before === undefined || hours(o) < hours(before)) strictest.set(key, o);
  }
  return [...strictest.values()];
}

/** Decides. Total over sound inputs; a throw inside is a fault, and every caller reads a fault as deny. */
export function decide(input: DecisionInput): CoreDecision {
  const { path, at } = input;
  const { judged, outcome: gateOutcome, reasons: gateReasons } = gateOf(input);

  const bases: readonly Basis[] =
    input.request.message.protection !== undefined && 'registration' in input.request.message.protection
      ? ['trusted-transport', 'encrypted-transport']
      : ['trusted-transport'];
  const results = bases.map((basis) => ({ basis, ...judgeCited(basis, input, judged) }));
  // The first basis that permits; if none does, the last one asked for, whose reasons the caller can act on.
  const chosen = results.find((r) => r.outcome === 'permit') ?? results.at(-1);
  if (chosen === undefined) throw new Error('no basis was judged');

  const facts = examined(input);
  // Where unverified facts count as absent, each of them in sight may change the answer as it starts or ends.
  const refuses = results.some((r) => r.refusesUnverified);
  const boundary = nextBoundary(
    input,
    refuses ? [...facts, ...datedForDecision(input)] : datedForDecision(input),
    results.flatMap((r) => r.boundaries),
  );
  const unverified = [
    ...[...facts, ...chosen.relied].filter((f) => holdsAt(f.interval, at) && !isVerified(f)),
    ...restsOnTheEndOf(input),
  ].map((f) => f.key);

  return {
    outcome: worst([gateOutcome, chosen.outcome]),
    basis: chosen.basis,
    dominance:
      judged.length < (path.known ? path.hops.length : 1) && chosen.dominance === 'satisfied'
        ? 'not-evaluated'
        : chosen.dominance,
    standards: chosen.standards,
    reasons: [...gateReasons, ...chosen.reasons],
    notes: chosen.notes,
    obligations: chosen.obligations,
    mandates: chosen.mandates,
    waivers: chosen.waivers,
    unverified: [...new Set(unverified)].sort(),
    validUntil: boundary,
  };
}
