/** The next instant at which an answer may change: a permit never outlives the law and the facts it stands on. */
import type { FactKind } from '../facts/fact.ts';
import { intervalOf } from '../facts/moment.ts';
import type { GradeBasis } from '../facts/provenance.ts';
import type { Sound } from '../facts/sound.ts';
import type { DecisionInput } from '../registry/input.ts';
import { serviceBoundaries } from '../rules/selection.ts';
import { factsOfKind, factsWhere } from './relied-on.ts';

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

/** Every fact that was looked at on the way, whichever basis. Which standards are asked, the bases say. */
export function examined(input: DecisionInput): readonly Sound<SourcedFact>[] {
  const { standard: _asked, ...kinds } = ENDS;
  return factsWhere({ ...kinds, standard: null }, (ends) => ends !== null, input);
}

/** Facts whose start or end may change what any standard says. */
export function datedForStandards(input: DecisionInput): readonly Sound<SourcedFact>[] {
  return factsWhere(ENDS, (ends) => ends === 'standard', input);
}

/** The same for a whole decision. */
export function datedForDecision(input: DecisionInput): readonly Sound<SourcedFact>[] {
  return factsWhere(ENDS, (ends) => ends !== 'reported', input);
}

function ownershipBoundaries(input: DecisionInput): readonly number[] {
  return factsOfKind('vendor', input).flatMap(({ fact }) =>
    fact.ownedBy.flatMap(({ valid }) => {
      const { from, to } = intervalOf(valid);
      return [from, to];
    }),
  );
}

export function nextBoundary(
  input: DecisionInput,
  facts: readonly Sound<SourcedFact>[],
  extra: readonly number[],
): number | null {
  const instants = [
    ...facts.flatMap((f) => [f.interval.from, f.interval.to]),
    ...input.path.boundaries,
    ...(input.labelUntil === null ? [] : [input.labelUntil]),
    ...factsOfKind('network', input).flatMap((n) => serviceBoundaries(n.fact)),
    ...ownershipBoundaries(input),
    ...extra,
  ].filter((t) => t > input.at && Number.isFinite(t));
  return instants.length === 0 ? null : instants.reduce((a, b) => Math.min(a, b));
}
