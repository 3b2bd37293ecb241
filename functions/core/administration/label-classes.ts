/**
 * Labels that no answer about a subject can tell apart. A decision looks at a label's level, its owners, and how its
 * compartments, controls and audience compare with the accreditations on the way, and at nothing else: two labels
 * that compare alike with every one of them are asked about once, and one that is a permit at no time not at all. A
 * test asks about every label and compares.
 */
import { dominanceShortfall } from '../decision/dominance.ts';
import { type Law, readingOf } from '../decision/evidence.ts';
import { mandatesOf } from '../decision/mandates.ts';
import { keysOf } from '../decision/path.ts';
import type { DecisionRequest } from '../decision/request.ts';
import { canonicalText } from '../facts/canonical.ts';
import { entries, member, texts } from '../facts/fact.ts';
import type { Basis } from '../facts/mandate.ts';
import type { PathAssurance } from '../facts/route.ts';
import type { ProtectionDoc, RawFact } from '../facts/view.ts';
import { type Label, responsibleOwners } from '../marking/label.ts';
import type { MarkingProfile } from './marking-profiles.ts';
import type { Question } from './questions.ts';
import { networkDocsFor, type World } from './world.ts';

/** The accreditations in the documents a request is answered from, in force or not, by the basis they count on. */
function accreditationsFor(
  world: World,
  request: DecisionRequest,
): Readonly<Record<Basis, readonly RawFact[]>> {
  const tunnels = keysOf(request).flatMap((key) =>
    key.startsWith('protection/') ? [world.entries.get(key) as ProtectionDoc | undefined] : [],
  );
  return {
    'trusted-transport': networkDocsFor(world, request).flatMap((doc) => doc.accreditations),
    'encrypted-transport': tunnels.flatMap((doc) => doc?.accreditations ?? []),
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

function limitsOf(accreditations: readonly RawFact[]): Limits {
  const carried = accreditations.flatMap((a) => entries(member(a, 'carries')));
  return {
    audiences: distinct(accreditations.map((a) => texts(member(a, 'audience')))),
    compartments: distinct(carried.map((c) => texts(member(c, 'compartments')))),
    controls: distinct(carried.map((c) => texts(member(c, 'controls')))),
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

/** A marking for which every owner has a mandate, in force or not: for each owner whom each of them recognises. */
interface Mandated {
  readonly marking: MarkingProfile;
  readonly accreditors: readonly (readonly (readonly string[])[])[];
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
        accreditors: responsibleOwners(marking.label).map((owner) =>
          mandatesOf(owner, marking.label, basis, timeless, 0).mandates.flatMap(({ fact: m }) =>
            assurance === undefined || m.assurances.includes(assurance) ? [m.accreditors] : [],
          ),
        ),
      }))
      .filter((m) => m.accreditors.every((each) => each.length > 0));
  known.set(`${basis} ${assurance}`, found);
  return found;
}

/**
 * The markings of which a permit is thinkable: on some basis every owner has a mandate, and somebody it recognises has
 * accredited what is on the way for them, were all of that in force and could nobody else reach what is carried. All
 * else only refuses more.
 */
function thinkable(
  world: World,
  markings: readonly MarkingProfile[],
  { request, asked }: Question,
): readonly MarkingProfile[] {
  // How well a route is known is its own to say; a network is asked about as one route or another would have it.
  const assurance = 'route' in request.path ? undefined : (asked.assurance ?? 'assumed');
  const equivalences = always(world.law.equivalences);
  const raws = accreditationsFor(world, request);
  return BASES.flatMap((basis) => {
    const carriers = raws[basis].flatMap((raw) => {
      const reading = readingOf(raw);
      if (!reading.sound || reading.fact.kind !== 'accreditation') return [];
      const { fact, key, interval } = reading;
      return [{ accreditations: always([{ fact, key, interval }]), reach: fact.audience }];
    });
    if (carriers.length === 0) return [];
    const carried = (label: Label, accreditors: readonly string[]) =>
      carriers.some((c) => dominanceShortfall(c, { label, accreditors, equivalences, at: 0 }) === undefined);
    return mandated(world.law, markings, basis, assurance)
      .filter(({ marking, accreditors }) =>
        accreditors.every((mandates) => mandates.some((each) => carried(marking.label, each))),
      )
      .map(({ marking }) => marking);
  });
}

/** Groups markings by what the answers to a request, in these worlds, could depend on. No group is empty. */
export function labelClasses(
  markings: readonly MarkingProfile[],
  worlds: readonly World[],
  request: DecisionRequest,
): readonly (readonly MarkingProfile[])[] {
  const limits = limitsOf(worlds.flatMap((w) => Object.values(accreditationsFor(w, request)).flat()));
  return [...Map.groupBy(markings, ({ label }) => signature(label, limits)).values()];
}

/** The same of the markings of which a permit is thinkable, at some time and in some of the worlds. */
export function permittableClasses(
  markings: readonly MarkingProfile[],
  worlds: readonly World[],
  question: Question,
): ReturnType<typeof labelClasses> {
  const asked = new Set(worlds.flatMap((world) => thinkable(world, markings, question)));
  return labelClasses(
    markings.filter((m) => asked.has(m)),
    worlds,
    question.request,
  );
}
