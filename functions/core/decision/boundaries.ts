/** The next instant at which an answer may change: a permit never outlives the law and the facts it stands on. */
import type { FactKind, FactOf } from '../facts/fact.ts';
import { intervalOf } from '../facts/moment.ts';
import type { GradeBasis } from '../facts/provenance.ts';
import type { Sound } from '../facts/sound.ts';
import { perObject } from '../per-object.ts';
import type { Law } from '../registry/evidence.ts';
import type { DecisionInput } from '../registry/input.ts';
import { serviceBoundaries } from '../rules/selection.ts';
import { type EvidenceParts, eachPart, factsInWhere, perPart } from './relied-on.ts';

/** The part of every fact that says where it comes from. */
export type SourcedFact = { readonly sources: readonly GradeBasis[] };

/**
 * Whose start or end an answer ends with. `standard`: of whatever a standard says. `decision`: of the whole of it, where
 * mandates, who may set them, and dominance count as well. `reported`: told by what counts it (a rule its designations and
 * assessments, the path its route, a basis the standards it asks), so that an answer does not end with an instrument nobody
 * adopted.
 */
const ENDS = {
  accreditation: 'decision',
  assessment: 'reported',
  authority: 'decision',
  'criteria-set': 'reported',
  designation: 'reported',
  equivalence: 'decision',
  exemption: 'standard',
  hold: 'standard',
  mandate: 'decision',
  network: 'standard',
  protection: 'standard',
  route: 'reported',
  standard: 'reported',
  vendor: 'standard',
  waiver: 'standard',
} as const satisfies Record<FactKind, 'standard' | 'decision' | 'reported'>;

/** The facts of a part that are looked at on the way, whichever basis. Which standards are asked, the bases say. */
export function examinedIn<P extends keyof EvidenceParts>(
  place: P,
  part: EvidenceParts[P],
): readonly Sound<FactOf<FactKind>>[] {
  const { standard: _asked, ...kinds } = ENDS;
  return factsInWhere({ ...kinds, standard: null }, (ends) => ends !== null, place, part);
}

/**
 * Whose dates count. `standard`: of what may change what any standard says; `decision`: the same for a whole decision;
 * `examined`: of everything looked at.
 */
type Counted = 'standard' | 'decision' | 'examined';

const COUNTED: {
  readonly [C in Counted]: <P extends keyof EvidenceParts>(
    place: P,
    part: EvidenceParts[P],
  ) => readonly Sound<unknown>[];
} = {
  standard: (place, part) => factsInWhere(ENDS, (ends) => ends === 'standard', place, part),
  decision: (place, part) => factsInWhere(ENDS, (ends) => ends !== 'reported', place, part),
  examined: examinedIn,
};

/** Instants at which what a part is changes, besides when its facts start and end. */
const WITHIN: { readonly [P in keyof EvidenceParts]: (part: EvidenceParts[P]) => readonly number[] } = {
  network: (n) => serviceBoundaries(n.network.fact),
  vendor: (v) => [v.vendor, ...v.owners.values()].flatMap(({ fact }) => ownershipBoundaries(fact)),
  protection: () => [],
  route: () => [],
  law: () => [],
};

function ownershipBoundaries({ ownedBy }: FactOf<'vendor'>): readonly number[] {
  return ownedBy.flatMap(({ valid }) => {
    const { from, to } = intervalOf(valid);
    return [from, to];
  });
}

function ascending(instants: readonly number[]): Float64Array {
  return Float64Array.from(new Set(instants.filter((t) => Number.isFinite(t)))).sort();
}

/** The instants at which a part changes, ascending. */
function datesCounted(counted: Counted) {
  return perPart((place, part) => {
    const facts = COUNTED[counted](place, part);
    return ascending([...facts.flatMap((f) => [f.interval.from, f.interval.to]), ...WITHIN[place](part)]);
  });
}

const DATES = {
  standard: datesCounted('standard'),
  decision: datesCounted('decision'),
  examined: datesCounted('examined'),
} as const satisfies Record<Counted, unknown>;

/** The first of some ascending instants after one; infinite where there is none. */
function firstAfter(dates: Float64Array, at: number): number {
  let [low, high] = [0, dates.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((dates[middle] ?? Number.POSITIVE_INFINITY) > at) high = middle;
    else low = middle + 1;
  }
  return dates[low] ?? Number.POSITIVE_INFINITY;
}

/** The next instant (epoch ms) at which anything of a part starts, ends or changes; infinite where there is none. */
export function nextDateIn<P extends keyof EvidenceParts>(
  place: P,
  part: EvidenceParts[P],
  at: number,
): number {
  return firstAfter(DATES.examined(place, part), at);
}

/** When anything of a law starts or ends, ascending: whoever it is of, and whatever of it somebody asks. */
const datesOfLaw = perObject((law: Law) => {
  const { standards, mandates, authorities, equivalences, criteriaSets, holds, exemptions, categories } = law;
  const facts: readonly Pick<Sound<unknown>, 'interval'>[] = [
    ...standards.values(),
    ...[mandates, authorities, equivalences, criteriaSets, holds, exemptions, categories].flat(),
  ];
  return ascending(facts.flatMap(({ interval }) => [interval.from, interval.to]));
});

/** The next instant (epoch ms) at which anything in sight starts, ends or changes, what is only told among it; infinite where there is none. */
export function nextDateAnywhere(input: DecisionInput): number {
  const { at, label, signed } = input;
  return Math.min(
    ...[input, ...(signed === undefined ? [] : [{ ...signed, label }])].map((side) => {
      let next = firstAfter(datesOfLaw(side.law), at);
      eachPart(side, (place, part) => {
        next = Math.min(next, nextDateIn(place, part, at));
      });
      return next;
    }),
  );
}

/** @param extra instants (epoch ms) that are no fact's own, such as a rule's deadline */
export function nextBoundary(
  input: DecisionInput,
  counted: Counted,
  extra: readonly number[],
): number | null {
  const { at, path, labelUntil } = input;
  let next = Number.POSITIVE_INFINITY;
  const meet = (t: number) => {
    if (t > at && t < next) next = t;
  };
  eachPart(input, (place, part) => meet(firstAfter(DATES[counted](place, part), at)));
  for (const t of path.boundaries) meet(t);
  if (labelUntil !== null) meet(labelUntil);
  for (const t of extra) meet(t);
  return next === Number.POSITIVE_INFINITY ? null : next;
}
