/**
 * What one named standard says of a request, with everything else given as satisfied: mandates, dominance and the
 * caller's obligations. The path, holds and unsound adverse facts count, as they do in a decision. For scenarios,
 * timelines and simulations; nothing routes on it.
 */

import type { Sound } from '../facts/sound.ts';
import type { Standard } from '../facts/standard.ts';
import { responsibleOwners } from '../marking/label.ts';
import type { Obligation } from '../obligation.ts';
import type { DecisionInput } from '../registry/input.ts';
import { askStandard } from './asked-standard.ts';
import { nextBoundary } from './boundaries.ts';
import { gateOf } from './gate.ts';
import { type Outcome, worst } from './outcome.ts';
import type { Reason } from './reasons.ts';
import { judgeTunnel } from './tunnel.ts';

/** What one standard comes to over the whole path. */
export interface StandardJudgement {
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
  /** What explains a permit, and what a standard that is not applicable has noted. */
  readonly notes: readonly Reason[];
  readonly obligations: readonly Obligation[];
  readonly waivers: readonly string[];
  /** The standards whose rules were asked: itself, those it builds on, and what replaced it. */
  readonly asked: readonly Sound<Standard>[];
  /** Epoch ms: when a fact the standard counts starts or ends, or it asks to be asked again; `null` where never. */
  readonly validUntil: number | null;
}

/** A waiver, and an exemption, is only as good as the authority that gave it. */
function speakerBoundaries({ law, path }: DecisionInput): readonly number[] {
  const waived = path.known && path.hops.some((h) => h.networks?.some((n) => n.waivers.length > 0));
  return waived || law.exemptions.length > 0
    ? law.authorities.flatMap((a) => [a.interval.from, a.interval.to])
    : [];
}

export function judgeStandard(input: DecisionInput, id: string): StandardJudgement {
  const gate = gateOf(input);
  const standard = input.law.standards.get(id);
  const tunnelled = input.protection === undefined ? undefined : judgeTunnel(input);
  const unfit = [...(tunnelled?.refused ?? []), ...(tunnelled?.unread ?? [])];
  if (standard === undefined) {
    return {
      outcome: worst([gate.outcome, 'indeterminate']),
      reasons: [...gate.reasons, { code: 'STANDARD_UNKNOWN', standard: id }],
      notes: gate.notes,
      obligations: [],
      waivers: [],
      asked: [],
      validUntil: nextBoundary(input, 'standard', []),
    };
  }
  const said = askStandard(standard, {
    label: input.label,
    owners: responsibleOwners(input.label),
    hops: gate.judged,
    assurance: input.path.known ? input.path.assurance : 'assumed',
    flow: input.request.message.flow,
    tunnel: tunnelled?.tunnel,
    law: input.law,
    at: input.at,
  });
  return {
    outcome: worst([
      gate.outcome,
      said.outcome,
      (tunnelled?.refused ?? []).length > 0 ? 'deny' : 'permit',
      (tunnelled?.unread ?? []).length > 0 ? 'indeterminate' : 'permit',
    ]),
    reasons: [...gate.reasons, ...unfit, ...said.reasons],
    notes: [...gate.notes, ...said.notes],
    obligations: said.obligations,
    waivers: said.waivers,
    asked: said.asked.map((a) => a.standard),
    validUntil: nextBoundary(input, 'standard', [
      ...said.boundaries,
      ...speakerBoundaries(input),
      ...said.obligations.flatMap((o) =>
        o.withinHours === undefined ? [] : [input.at + o.withinHours * 3_600_000],
      ),
    ]),
  };
}
