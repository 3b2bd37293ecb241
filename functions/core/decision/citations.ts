/**
 * Citations nobody verified. A mandate may refuse them, and then polarity settles what that means: an unverified
 * favourable fact counts as absent, so that ending it never permits; of what cannot be left out (the networks, the
 * vendors, what is said against them, the law itself) every citation must be verified.
 */
import { holdsAt } from '../facts/moment.ts';
import type { Source } from '../facts/provenance.ts';
import { responsibleOwners } from '../marking/label.ts';
import type { Sound, VendorEvidence } from '../rules/context.ts';
import type { Cited } from './boundaries.ts';
import type { Law, NetworkEvidence, ProtectionEvidence } from './evidence.ts';
import { holdReasons } from './holds.ts';
import type { DecisionInput } from './input.ts';
import { heldHops } from './path.ts';
import type { JudgedHop } from './standards.ts';

type Evidenced = Cited & {
  readonly items?: readonly { readonly evidence: readonly Pick<Source, 'verified'>[] }[] | undefined;
};
type Ended = Cited & { readonly ending?: readonly Pick<Source, 'verified'>[] | undefined };

/** True where somebody has read everything the fact cites, the evidence of each of its results included. */
export function isVerified({ fact }: Sound<Evidenced>): boolean {
  const evidence = (fact.items ?? []).flatMap((i) => i.evidence);
  return [...fact.sources, ...evidence].every((s) => s.verified);
}

function counts<F extends Evidenced>(facts: readonly Sound<F>[]): readonly Sound<F>[] {
  return facts.filter(isVerified);
}

/** Assessments that speak for their subject count only where verified; those against it always count. */
function countingAssessments(all: NetworkEvidence['assessments']): NetworkEvidence['assessments'] {
  return all.filter((a) => a.fact.outcome === 'not-trusted' || isVerified(a));
}

function verifiedLaw(law: Law): Law {
  return {
    ...law,
    authorities: counts(law.authorities),
    equivalences: counts(law.equivalences),
    criteriaSets: counts(law.criteriaSets),
  };
}

function verifiedTunnel(p: ProtectionEvidence): ProtectionEvidence {
  return { ...p, accreditations: counts(p.accreditations) };
}

function verifiedVendor(v: VendorEvidence): VendorEvidence {
  return { ...v, assessments: countingAssessments(v.assessments) };
}

function verifiedHop(hop: JudgedHop): JudgedHop {
  const networks = hop.networks.map((n) => ({
    ...n,
    accreditations: counts(n.accreditations),
    assessments: countingAssessments(n.assessments),
    waivers: counts(n.waivers),
  }));
  const vendors = [...hop.vendors].map(([id, v]) => [id, verifiedVendor(v)] as const);
  return { ...hop, networks, vendors: new Map(vendors) };
}

/** The same question, asked as if nobody had stated the favourable facts that cite something unverified. */
export function withoutUnverified(
  input: DecisionInput,
  hops: readonly JudgedHop[],
): { readonly input: DecisionInput; readonly hops: readonly JudgedHop[] } {
  const { protection } = input;
  const vendors = [...input.vendors].map(
    ([id, { evidence, taints }]) => [id, { evidence: verifiedVendor(evidence), taints }] as const,
  );
  return {
    input: {
      ...input,
      vendors: new Map(vendors),
      law: verifiedLaw(input.law),
      protection: protection === undefined ? undefined : verifiedTunnel(protection),
    },
    hops: hops.map(verifiedHop),
  };
}

/** Adverse facts that have ended: that they did is a statement of its own, with sources of its own. */
function endedUnverified(facts: readonly Sound<Ended>[], at: number): readonly Sound<Cited>[] {
  return facts.filter((f) => f.interval.to <= at && (f.fact.ending ?? []).some((s) => !s.verified));
}

function networksIn({ path }: DecisionInput): readonly NetworkEvidence[] {
  return path.known ? path.hops.flatMap((h) => h.networks ?? []) : [];
}

/** Facts an answer rests on by their end: the designation that no longer holds, the hold that was lifted. */
export function restsOnTheEndOf(input: DecisionInput): readonly Sound<Cited>[] {
  const { law, path, at, label, vendors } = input;
  const owners = responsibleOwners(label);
  const concerning = law.holds.filter(
    (h) => holdReasons([h], owners, heldHops(path), h.interval.from).length > 0,
  );
  return [
    ...endedUnverified(concerning, at),
    ...networksIn(input).flatMap((n) => endedUnverified(n.assessments, at)),
    ...[...vendors.values()].flatMap(({ evidence: v }) => [
      ...endedUnverified(v.designations, at),
      ...endedUnverified(v.assessments, at),
    ]),
  ];
}

/**
 * Facts that cannot be left out and cite something unverified.
 *
 * @param relied the mandates and standards that were asked
 */
export function irreducible(input: DecisionInput, relied: readonly Sound<Cited>[]): readonly Sound<Cited>[] {
  const { path, at, vendors, protection } = input;
  const against = (a: NetworkEvidence['assessments']) => a.filter((x) => x.fact.outcome === 'not-trusted');
  const unverified = [
    ...relied,
    ...(path.known && path.route !== undefined ? [path.route] : []),
    ...networksIn(input).flatMap((n) => [n.network, ...against(n.assessments)]),
    ...[...vendors.values()].flatMap(({ evidence: v }) => [
      v.vendor,
      ...v.owners.values(),
      ...v.designations,
      ...against(v.assessments),
    ]),
    ...(protection === undefined ? [] : [protection.protection]),
  ].filter((f) => holdsAt(f.interval, at) && !isVerified(f));
  return [...unverified, ...restsOnTheEndOf(input)];
}
