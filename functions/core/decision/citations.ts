/**
 * How well what is cited is known, and judgements of what is not there any more. A mandate may refuse either, and then
 * polarity settles what that means: such a favourable fact counts as absent, so that ending it never permits; of what cannot
 * be left out (the networks, the vendors, what is said against them, the law itself) every citation must be of the grade.
 */
import type { Accreditation } from '../facts/accreditation.ts';
import type { Assessment } from '../facts/assessment.ts';
import type { FactKind } from '../facts/fact.ts';
import type { Mandate } from '../facts/mandate.ts';
import { holdsAt } from '../facts/moment.ts';
import { type Grade, type GradeBasis, isOfGrade } from '../facts/provenance.ts';
import type { Sound } from '../facts/sound.ts';
import { responsibleOwners } from '../marking/label.ts';
import type { Law, ProtectionEvidence } from '../registry/evidence.ts';
import type { DecisionInput } from '../registry/input.ts';
import type { VendorEvidence } from '../registry/vendor-evidence.ts';
import { bindingOf, isFavourable } from './binding.ts';
import type { SourcedFact } from './boundaries.ts';
import { heldMessage } from './held-message.ts';
import { holdReasons } from './holds.ts';
import type { ReasonCode } from './reasons.ts';
import { factsOfKind, factsWhere } from './relied-on.ts';
import type { JudgedHop } from './standards.ts';

type Evidenced = SourcedFact & {
  readonly items?: readonly { readonly evidence: readonly GradeBasis[] }[] | undefined;
};
type Ended = SourcedFact & { readonly ending?: readonly GradeBasis[] | undefined };

/** True where everything the fact cites, the evidence of each of its results included, is known at least so well. */
export function isCitedAs(least: Grade, { fact }: Sound<Evidenced>): boolean {
  const evidence = (fact.items ?? []).flatMap((i) => i.evidence);
  return [...fact.sources, ...evidence].every((s) => isOfGrade(s, least));
}

/** The lowest grade of citation that all of some mandates accept. */
export function gradeAsked(
  mandates: readonly Pick<Mandate, 'acceptUnverified' | 'acceptSecondary'>[],
): Grade {
  if (mandates.some((m) => m.acceptSecondary === false)) return 'primary';
  return mandates.every((m) => m.acceptUnverified) ? 'unverified' : 'secondary';
}

/** What is said where a permit does not stand on citations of the grade asked. */
export const CITATION_CODES = {
  primary: 'CITATION_NOT_PRIMARY',
  secondary: 'CITATION_UNVERIFIED',
} as const satisfies Record<Exclude<Grade, 'unverified'>, ReasonCode>;

/** What mandates may ask of a favourable fact before it counts. */
export interface Demands {
  /** How well what it cites is known, at least; `unverified` asks nothing. */
  readonly grade: Grade;
  /** That a judgement binds the very fact it judged. */
  readonly bound: boolean;
}

function counting<F extends Evidenced>(facts: readonly Sound<F>[], { grade }: Demands): readonly Sound<F>[] {
  return facts.filter((f) => isCitedAs(grade, f));
}

/** Judgements that speak for their subject count only as the mandates ask; those against it always count. */
function countingJudgements<F extends Accreditation | Assessment>(
  all: readonly Sound<F>[],
  subject: Parameters<typeof bindingOf>[1],
  { grade, bound }: Demands,
): readonly Sound<F>[] {
  return all.filter(
    (a) =>
      !isFavourable(a.fact) || (isCitedAs(grade, a) && (!bound || bindingOf(a.fact, subject) === 'bound')),
  );
}

function countingLaw(law: Law, demands: Demands): Law {
  return {
    ...law,
    authorities: counting(law.authorities, demands),
    equivalences: counting(law.equivalences, demands),
    exemptions: counting(law.exemptions, demands),
    criteriaSets: counting(law.criteriaSets, demands),
  };
}

function countingTunnel(p: ProtectionEvidence, demands: Demands): ProtectionEvidence {
  return { ...p, accreditations: countingJudgements(p.accreditations, p.protection.fact, demands) };
}

function countingVendor(v: VendorEvidence, demands: Demands): VendorEvidence {
  return { ...v, assessments: countingJudgements(v.assessments, v.vendor.fact, demands) };
}

function countingHop(hop: JudgedHop, demands: Demands): JudgedHop {
  const networks = hop.networks.map((n) => ({
    ...n,
    accreditations: countingJudgements(n.accreditations, n.network.fact, demands),
    assessments: countingJudgements(n.assessments, n.network.fact, demands),
    waivers: counting(n.waivers, demands),
  }));
  const vendors = [...hop.vendors].map(([id, v]) => [id, countingVendor(v, demands)] as const);
  return { ...hop, networks, vendors: new Map(vendors) };
}

/** The same question, asked as if nobody had stated the favourable facts that do not meet the demands. */
export function onlyCounting(
  input: DecisionInput,
  hops: readonly JudgedHop[],
  demands: Demands,
): { readonly input: DecisionInput; readonly hops: readonly JudgedHop[] } {
  const { protection } = input;
  const vendors = [...input.vendors].map(
    ([id, { evidence, taints }]) => [id, { evidence: countingVendor(evidence, demands), taints }] as const,
  );
  return {
    input: {
      ...input,
      vendors: new Map(vendors),
      law: countingLaw(input.law, demands),
      protection: protection === undefined ? undefined : countingTunnel(protection, demands),
    },
    hops: hops.map((hop) => countingHop(hop, demands)),
  };
}

/** Adverse facts that have ended: that they did is a statement of its own, with sources of its own. */
function endedBelow(least: Grade, facts: readonly Sound<Ended>[], at: number): readonly Sound<SourcedFact>[] {
  return facts.filter((f) => f.interval.to <= at && !(f.fact.ending ?? []).every((s) => isOfGrade(s, least)));
}

/** Facts an answer rests on by their end, less well known: the designation that no longer holds, the hold that was lifted. */
export function restsOnTheEndOf(least: Grade, input: DecisionInput): readonly Sound<SourcedFact>[] {
  const { path, at, label } = input;
  const message = heldMessage(responsibleOwners(label), path);
  const concerning = factsOfKind('hold', input).filter(
    (h) => holdReasons([h], message, h.interval.from).length > 0,
  );
  const adverse = [...factsOfKind('assessment', input), ...factsOfKind('designation', input)];
  return endedBelow(least, [...concerning, ...adverse], at);
}

/**
 * Facts that cannot be left out and cite something less well known.
 *
 * @param relied the mandates and standards that were asked
 */
export function irreducible(
  least: Grade,
  input: DecisionInput,
  relied: readonly Sound<SourcedFact>[],
): readonly Sound<SourcedFact>[] {
  const below = [
    ...relied,
    ...factsWhere(STAYS, (stays) => stays === true, input),
    ...factsOfKind('assessment', input).filter(({ fact }) => !isFavourable(fact)),
  ].filter((f) => holdsAt(f.interval, input.at) && !isCitedAs(least, f));
  return [...below, ...restsOnTheEndOf(least, input)];
}

/** Which kinds cannot be left out as if nobody had stated them; `as it says` is judged fact by fact. */
const STAYS: Readonly<Record<FactKind, boolean | 'as it says'>> = {
  accreditation: false,
  assessment: 'as it says',
  authority: false,
  'criteria-set': false,
  designation: true,
  equivalence: false,
  // Its sources are of the best grade, or it is not sound.
  exemption: false,
  // One in force refuses whatever it cites; the mandates and standards that were asked are given.
  hold: false,
  mandate: false,
  network: true,
  protection: true,
  route: true,
  standard: false,
  vendor: true,
  waiver: false,
};
