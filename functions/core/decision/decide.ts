/**
 * The decision: a pure fold from (label, request, evidence, instant) to an outcome with its reasons.
 *
 * Deny unless permitted, deny overrides. A permit needs, for every responsible owner, a mandate in force and every
 * standard it names satisfied on every hop, and dominance on every hop or on the tunnel. Nothing here grants.
 */
import type { Basis } from '../facts/mandate.ts';
import { holdsAt } from '../facts/moment.ts';
import type { DecisionInput } from '../registry/input.ts';
import { changedSinceJudged } from './binding.ts';
import { nextBoundary } from './boundaries.ts';
import { isCitedAs, restsOnTheEndOf, unproven } from './citations.ts';
import type { CoreDecision } from './core-decision.ts';
import { gateOf } from './gate.ts';
import { judgeCited } from './judge-basis.ts';
import { meetDecisions } from './meet.ts';
import { worst } from './outcome.ts';

export type { DecisionInput } from '../registry/input.ts';
export type { CoreDecision, StandardVerdict } from './core-decision.ts';

/** Decides. Total over sound inputs; a throw inside is a fault, and every caller reads a fault as deny. */
export function decide(input: DecisionInput): CoreDecision {
  const { signed, ...own } = input;
  return signed === undefined
    ? decideOnce(own)
    : meetDecisions(decideOnce(own), decideOnce({ ...own, ...signed }));
}

function decideOnce(input: DecisionInput): CoreDecision {
  const { path, at } = input;
  const { judged, ...gate } = gateOf(input);

  const bases: readonly Basis[] =
    input.request.message.protection !== undefined && 'registration' in input.request.message.protection
      ? ['trusted-transport', 'encrypted-transport']
      : ['trusted-transport'];
  const results = bases.map((basis) => ({ basis, ...judgeCited(basis, input, judged) }));
  // The first basis that permits; if none does, the last one asked for, whose reasons the caller can act on.
  const chosen = results.find((r) => r.outcome === 'permit') ?? results.at(-1);
  if (chosen === undefined) throw new Error('no basis was judged');

  // Where facts of a lower grade, or unbound ones, count as absent, each in sight may change the answer as it starts or ends.
  const refuses = results.some((r) => r.demands.grade !== 'unverified' || r.demands.bound);
  const boundary = nextBoundary(
    input,
    refuses ? 'examined' : 'decision',
    results.flatMap((r) => r.boundaries),
  );
  const unverified = [
    ...unproven(input),
    ...[...chosen.relied, ...gate.authorities].filter(
      (f) => holdsAt(f.interval, at) && !isCitedAs('secondary', f),
    ),
    ...restsOnTheEndOf('secondary', input),
  ].map((f) => f.key);

  return {
    outcome: worst([gate.outcome, chosen.outcome]),
    basis: chosen.basis,
    ...(path.known && { pathAssurance: path.assurance }),
    dominance:
      judged.length < (path.known ? path.hops.length : 1) && chosen.dominance === 'satisfied'
        ? 'not-evaluated'
        : chosen.dominance,
    standards: chosen.standards,
    reasons: [...gate.reasons, ...chosen.reasons],
    notes: [...gate.notes, ...chosen.notes, ...changedSinceJudged(input)],
    obligations: chosen.obligations,
    mandates: chosen.mandates,
    exemptions: gate.exemptions,
    waivers: chosen.waivers,
    waiversByRequest: chosen.waiversByRequest,
    unverified: [...new Set(unverified)].sort(),
    validUntil: boundary,
  };
}
