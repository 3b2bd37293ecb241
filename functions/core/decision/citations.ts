/**
 * How well what is cited is known, and judgements of what is not there any more. A mandate may refuse either, and then
 * polarity settles what that means: such a favourable fact counts as absent, so that ending it never permits; of what cannot
 * be left out (the networks, the vendors, what is said against them, the law itself) every citation must be of the grade.
 */
import type { Accreditation } from '../facts/accreditation.ts';
import type { Assessment } from '../facts/assessment.ts';
import type { FactKind, FactOf } from '../facts/fact.ts';
import type { Mandate } from '../facts/mandate.ts';
import { holdsAt } from '../facts/moment.ts';
import { type Grade, type GradeBasis, isOfGrade } from '../facts/provenance.ts';
import type { Sound } from '../facts/sound.ts';
import { HAS_ENDING } from '../facts/sourced-end.ts';
import { responsibleOwners } from '../marking/label.ts';
import { perObject } from '../per-object.ts';
import type { Law, NetworkEvidence, ProtectionEvidence } from '../registry/evidence.ts';
import type { DecisionInput } from '../registry/input.ts';
import type { VendorEvidence } from '../registry/vendor-evidence.ts';
import { bindingOf, isFavourable } from './binding.ts';
import { examinedIn, type SourcedFact } from './boundaries.ts';
import { heldMessage } from './held-message.ts';
import { holdReasons } from './holds.ts';
import type { ReasonCode } from './reasons.ts';
import { eachPart, factsInWhere, factsOfKind, factsWhere, perPart } from './relied-on.ts';
import type { JudgedHop } from './standard-terms.ts';

type Evidenced = SourcedFact & {
  readonly items?: readonly { readonly evidence: readonly GradeBasis[] }[] | undefined;
};
type Ended = { readonly ending?: readonly GradeBasis[] | undefined };

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

/** Some facts of a list; the list itself where that is all of them. */
function some<F>(facts: readonly F[], counts: (f: F) => boolean): readonly F[] {
  return facts.every(counts) ? facts : facts.filter(counts);
}

function counting<F extends Evidenced>(facts: readonly Sound<F>[], { grade }: Demands): readonly Sound<F>[] {
  return some(facts, (f) => isCitedAs(grade, f));
}

/** Judgements that speak for their subject count only as the mandates ask; those against it always count. */
function countingJudgements<F extends Accreditation | Assessment>(
  all: readonly Sound<F>[],
  subject: Parameters<typeof bindingOf>[1],
  { grade, bound }: Demands,
): readonly Sound<F>[] {
  return some(
    all,
    (a) =>
      !isFavourable(a.fact) || (isCitedAs(grade, a) && (!bound || bindingOf(a.fact, subject) === 'bound')),
  );
}

/** Evidence with less in it; itself where it is no less. */
function withOnly<E extends object>(of: E, lists: Partial<E>): E {
  return (Object.keys(lists) as (keyof E)[]).every((m) => lists[m] === of[m]) ? of : { ...of, ...lists };
}

/** What counts of some evidence under demands, found out once for as long as it is kept. */
function perDemands<E extends object>(
  counting: (of: E, demands: Demands) => E,
): (of: E, demands: Demands) => E {
  const known = perObject((_of: E) => new Map<string, E>());
  return (of, demands) => {
    const key = `${demands.grade} ${demands.bound}`;
    const byDemands = known(of);
    const found = byDemands.get(key) ?? counting(of, demands);
    byDemands.set(key, found);
    return found;
  };
}

const countingLaw = perDemands((law: Law, demands) =>
  withOnly(law, {
    authorities: counting(law.authorities, demands),
    equivalences: counting(law.equivalences, demands),
    exemptions: counting(law.exemptions, demands),
    criteriaSets: counting(law.criteriaSets, demands),
  }),
);

const countingTunnel = perDemands((p: ProtectionEvidence, demands) =>
  withOnly(p, { accreditations: countingJudgements(p.accreditations, p.protection.fact, demands) }),
);

const countingVendor = perDemands((v: VendorEvidence, demands) =>
  withOnly(v, { assessments: countingJudgements(v.assessments, v.vendor.fact, demands) }),
);

const countingNetwork = perDemands((n: NetworkEvidence, demands) =>
  withOnly(n, {
    accreditations: countingJudgements(n.accreditations, n.network.fact, demands),
    assessments: countingJudgements(n.assessments, n.network.fact, demands),
    waivers: counting(n.waivers, demands),
  }),
);

function countingHop(hop: JudgedHop, demands: Demands): JudgedHop {
  const vendors = [...hop.vendors].map(([id, v]) => [id, countingVendor(v, demands)] as const);
  return {
    ...hop,
    networks: hop.networks.map((n) => countingNetwork(n, demands)),
    vendors: new Map(vendors),
  };
}

/** True where every fact in sight meets the demands: the question is then the same. */
function allCount({ law, protection }: DecisionInput, hops: readonly JudgedHop[], demands: Demands): boolean {
  return (
    countingLaw(law, demands) === law &&
    (protection === undefined || countingTunnel(protection, demands) === protection) &&
    hops.every(
      ({ networks, vendors }) =>
        networks.every((n) => countingNetwork(n, demands) === n) &&
        [...vendors.values()].every((v) => countingVendor(v, demands) === v),
    )
  );
}

/**
 * The same question, asked as if nobody had stated the favourable facts that do not meet the demands.
 *
 * @returns undefined where all meet them, so that nothing is left out
 */
export function onlyCounting(
  input: DecisionInput,
  hops: readonly JudgedHop[],
  demands: Demands,
): { readonly input: DecisionInput; readonly hops: readonly JudgedHop[] } | undefined {
  if (allCount(input, hops, demands)) return undefined;
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

/** What of a part has an end: adverse facts, whose end is a statement of its own, with sources of its own. */
const endingIn = perPart((place, part) =>
  factsInWhere(HAS_ENDING, (is) => is, place, part).filter((f) => Number.isFinite(f.interval.to)),
);

/** Facts an answer rests on by their end, less well known: the designation that no longer holds, the hold that was lifted. */
export function restsOnTheEndOf(least: Grade, input: DecisionInput): readonly Sound<SourcedFact>[] {
  const { path, at, label } = input;
  const ended: Sound<FactOf<FactKind>>[] = [];
  eachPart(input, (place, part) => {
    for (const f of endingIn(place, part)) {
      const { ending = [] } = f.fact as Ended;
      if (f.interval.to <= at && !ending.every((s) => isOfGrade(s, least))) ended.push(f);
    }
  });
  if (ended.length === 0) return [];
  const message = heldMessage(responsibleOwners(label), path);
  return ended.filter(
    ({ fact, ...f }) =>
      fact.kind !== 'hold' || holdReasons([{ ...f, fact }], message, f.interval.from).length > 0,
  );
}

/** What in a part cites something less well known than a report of its text. */
const unprovenIn = perPart((place, part) =>
  examinedIn(place, part).filter((f) => !isCitedAs('secondary', f)),
);

/** Facts in force on the way to an answer that cite something nobody read. */
export function unproven(input: DecisionInput): readonly Sound<SourcedFact>[] {
  const facts: Sound<SourcedFact>[] = [];
  eachPart(input, (place, part) => {
    for (const f of unprovenIn(place, part)) if (holdsAt(f.interval, input.at)) facts.push(f);
  });
  return facts;
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
