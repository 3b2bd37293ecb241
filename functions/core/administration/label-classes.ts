/**
 * Labels that no answer about a subject can tell apart. A decision looks at a label's level, its owners, and how its
 * compartments, controls and audience compare with the accreditations on the way, and at nothing else: two labels
 * that compare alike with every one of them are asked about once, and one that is a permit at no time not at all. A
 * test asks about every label and compares.
 */
import { translationsFor } from '../decision/carriers.ts';
import { dominanceShortfall } from '../decision/dominance.ts';
import { mandatesOf } from '../decision/mandates.ts';
import type { Accreditation } from '../facts/accreditation.ts';
import { canonicalText } from '../facts/canonical.ts';
import type { Basis, Mandate } from '../facts/mandate.ts';
import type { PathAssurance } from '../facts/route.ts';
import type { Sound } from '../facts/sound.ts';
import { type Label, responsibleOwners } from '../marking/label.ts';
import type { Law } from '../registry/evidence.ts';
import { networksInSight } from '../registry/in-sight.ts';
import type { Registry } from '../registry/registry.ts';
import type { DecisionRequest } from '../request.ts';
import type { MarkingProfile } from './marking-profiles.ts';
import type { Question } from './questions.ts';

type Accreditations = readonly Sound<Accreditation>[];

/** The accreditations that a request is answered from, in force or not, by the basis they count on. */
function accreditationsFor(
  registry: Registry,
  request: DecisionRequest,
): Readonly<Record<Basis, Accreditations>> {
  const networks = networksInSight(registry, request);
  const { protection } = request.message;
  const tunnel = protection && 'registration' in protection && registry.protection(protection.registration);
  return {
    'trusted-transport': networks.flatMap(({ accreditations }) => accreditations),
    'encrypted-transport': tunnel ? tunnel.accreditations : [],
  };
}

const BASES: readonly Basis[] = ['trusted-transport', 'encrypted-transport'];

interface Limits {
  /** Distinct audiences, and distinct sets of categories carried. */
  readonly audiences: readonly (readonly string[])[];
  readonly compartments: readonly (readonly string[])[];
  readonly controls: readonly (readonly string[])[];
}

function distinct(sets: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...new Map(sets.map((s) => [canonicalText([...s].sort()), s])).values()];
}

function limitsOf(accreditations: Accreditations): Limits {
  const carried = accreditations.flatMap(({ fact }) => fact.carries);
  return {
    audiences: distinct(accreditations.map(({ fact }) => fact.audience)),
    compartments: distinct(carried.map((c) => c.compartments)),
    controls: distinct(carried.map((c) => c.controls)),
  };
}

function within(part: readonly string[], whole: readonly string[]): boolean {
  return part.every((x) => whole.includes(x));
}

function signature(label: Label, limits: Limits): string {
  const { audience } = label;
  return canonicalText([
    [label.frame, label.level, label.markedBy, label.owners],
    limits.audiences.map((a) => audience === null || within(a, audience)),
    limits.compartments.map((c) => within(label.compartments, c)),
    limits.controls.map((c) => within(label.controls, c)),
  ]);
}

/** As if it were in force at all times. */
function always<T extends { readonly interval: object }>(facts: readonly T[]): readonly T[] {
  const interval = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  return facts.map((f) => ({ ...f, interval }));
}

/** A marking for which every owner has a mandate, in force or not: each owner's. */
interface Mandated {
  readonly marking: MarkingProfile;
  readonly mandates: readonly (readonly Mandate[])[];
}

type Kept = WeakMap<readonly MarkingProfile[], Map<string, readonly Mandated[]>>;

/** Worked out once for a law and a list of markings: it is the same for every network and route. */
const kept = new WeakMap<Law, Kept>();

function mandated(
  law: Law,
  markings: readonly MarkingProfile[],
  basis: Basis,
  assurance: PathAssurance | undefined,
): readonly Mandated[] {
  const ofLaw: Kept = kept.get(law) ?? new WeakMap();
  kept.set(law, ofLaw);
  const known = ofLaw.get(markings) ?? new Map<string, readonly Mandated[]>();
  ofLaw.set(markings, known);
  const timeless = { ...law, mandates: always(law.mandates) };
  const found =
    known.get(`${basis} ${assurance}`) ??
    markings
      .map((marking) => ({
        marking,
        mandates: responsibleOwners(marking.label).map((owner) =>
          mandatesOf(owner, marking.label, basis, timeless, 0).mandates.flatMap(({ fact: m }) =>
            assurance === undefined || m.assurances.includes(assurance) ? [m] : [],
          ),
        ),
      }))
      .filter((m) => m.mandates.every((each) => each.length > 0));
  known.set(`${basis} ${assurance}`, found);
  return found;
}

/**
 * The markings of which a permit is thinkable: on some basis every owner has a mandate, and somebody it recognises has
 * accredited what is on the way for them, were all of that in force and could nobody else reach what is carried. All
 * else only refuses more.
 */
function thinkable(
  registry: Registry,
  markings: readonly MarkingProfile[],
  { request, asked }: Question,
): readonly MarkingProfile[] {
  // How well a route is known is its own to say; a network is asked about as one route or another would have it.
  const assurance = 'route' in request.path ? undefined : (asked.assurance ?? 'assumed');
  const { law } = registry;
  const timeless = { equivalences: always(law.equivalences), authorities: always(law.authorities) };
  const translations = new Map(law.mandates.map(({ fact: m }) => [m, translationsFor(m, timeless, 0)]));
  const found = accreditationsFor(registry, request);
  return BASES.flatMap((basis) => {
    const carriers = found[basis].map((a) => ({ accreditations: always([a]), reach: a.fact.audience }));
    if (carriers.length === 0) return [];
    const carried = (label: Label, m: Mandate) => {
      const terms = { label, accreditors: m.accreditors, equivalences: translations.get(m) ?? [], at: 0 };
      return carriers.some((c) => dominanceShortfall(c, terms) === undefined);
    };
    return mandated(law, markings, basis, assurance)
      .filter(({ marking, mandates }) =>
        mandates.every((each) => each.some((m) => carried(marking.label, m))),
      )
      .map(({ marking }) => marking);
  });
}

/** Groups markings by what the answers to a request, in these registries, could depend on. No group is empty. */
export function labelClasses(
  markings: readonly MarkingProfile[],
  registries: readonly Registry[],
  request: DecisionRequest,
): readonly (readonly MarkingProfile[])[] {
  const limits = limitsOf(registries.flatMap((r) => Object.values(accreditationsFor(r, request)).flat()));
  return [...Map.groupBy(markings, ({ label }) => signature(label, limits)).values()];
}

/** The same of the markings of which a permit is thinkable, at some time and in some of the registries. */
export function permittableClasses(
  markings: readonly MarkingProfile[],
  registries: readonly Registry[],
  question: Question,
): ReturnType<typeof labelClasses> {
  const asked = new Set(registries.flatMap((registry) => thinkable(registry, markings, question)));
  return labelClasses(
    markings.filter((m) => asked.has(m)),
    registries,
    question.request,
  );
}
