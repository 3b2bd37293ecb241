/** Runs one scenario through the real core. */

import { judgeStandard, type StandardJudgement } from '../../functions/core/decision/judge-standard.ts';
import { readFact } from '../../functions/core/facts/fact.ts';
import { instantOf, isDay } from '../../functions/core/facts/moment.ts';
import type { Problem } from '../../functions/core/facts/problem-words.ts';
import type { PathAssurance } from '../../functions/core/facts/route.ts';
import { FLOW_WORDS } from '../../functions/core/facts/scope-words.ts';
import { approach, withLabel } from '../../functions/core/registry/input.ts';
import { registryFrom } from '../../functions/core/registry/registry.ts';
import { type DecisionRequest, decisionRequest } from '../../functions/core/request.ts';
import { mismatches } from './expectation.ts';
import { scenarioFacts, standardOf } from './facts.ts';
import { identifierOf, type Scenario } from './format.ts';
import { scenarioLabel, scenarioProtection } from './message.ts';
import { isRegistered, networkIdOf } from './networks.ts';
import { ScenarioError } from './scenario-error.ts';
import type { World } from './world.ts';

export interface ScenarioResult {
  readonly scenario: Scenario;
  readonly judgement: StandardJudgement;
  /** What differs from the expectation, one sentence each; empty for a pass. */
  readonly mismatches: readonly string[];
  /** Facts of the scenario that are unsound: on purpose, or the reason for a mismatch. */
  readonly unsound: readonly { readonly key: string; readonly problems: readonly Problem[] }[];
}

/** A bare day stands for noon UTC, which is that day in every zone from UTC-12 to UTC+11. */
export function instantOfScenario(at: string): number {
  return instantOf(isDay(at) ? `${at}T12:00:00Z` : at) ?? Number.NaN;
}

type Hop = { readonly [scheme: string]: string };

function hopOf(name: string): Hop {
  const identifier = identifierOf(name);
  return identifier === undefined ? { network: name } : { [identifier.scheme]: identifier.value };
}

function pathRequest(s: Scenario): unknown {
  if (s.path !== undefined) {
    if ('route' in s.path) return s.path;
    return { hops: s.path.hops.map(hopOf) };
  }
  if (s.network === undefined) throw new ScenarioError('', 'give "network", "path", or both');
  const hops =
    s.network.hops === undefined
      ? [{ network: s.network.id }]
      : s.network.hops.map((h) => (isRegistered(h) ? { network: networkIdOf(h) } : hopOf(h.id)));
  return { hops };
}

/** A scenario says what is so: hops it gives are those of a route over them, with the assurance it states. */
function assuranceOf({ path, assurance = 'pinned' }: Scenario): PathAssurance {
  return (path !== undefined && 'hops' in path ? path.assurance : undefined) ?? assurance;
}

function requestOf(s: Scenario, protection: ReturnType<typeof scenarioProtection>): DecisionRequest {
  const { flow, accessTechnology } = s.message;
  const narrower = `${flow}-${accessTechnology?.toLowerCase()}`;
  const fullFlow = FLOW_WORDS.find((word) => word === narrower) ?? flow;
  const parsed = decisionRequest.safeParse({
    message: {
      id: 'scenario',
      marking: '',
      ...(fullFlow !== undefined && { flow: fullFlow }),
      ...(protection !== undefined && {
        protection: { scheme: protection.scheme, registration: protection.registration },
      }),
    },
    path: pathRequest(s),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ScenarioError(`/${(issue?.path ?? []).map(String).join('/')}`, issue?.message ?? 'not a request');
}

const UNREADABLE: Omit<StandardJudgement, 'validUntil'> = {
  outcome: 'indeterminate',
  reasons: [{ code: 'MARKING_INVALID' }],
  notes: [],
  obligations: [],
  waivers: [],
  asked: [],
};

/**
 * @throws ScenarioError where the scenario contradicts itself or names something that does not exist
 */
export function runScenario(s: Scenario, world: World): ScenarioResult {
  const at = instantOfScenario(s.at);
  const protection = scenarioProtection(s.message.protection);
  const facts = scenarioFacts(s, world, at, protection?.facts ?? []);
  const standard = standardOf(s, facts);
  const zone = standard?.valid.zone ?? 'UTC';
  const label = scenarioLabel(s.message, standard?.owner ?? 'USA', at);
  const request = requestOf(s, protection);
  const judgement = judged();
  return {
    scenario: s,
    judgement,
    mismatches: mismatches(s.expect, judgement, zone, at),
    unsound: unsoundFacts(s),
  };

  function judged(): StandardJudgement {
    if (!label.ok) return { ...UNREADABLE, validUntil: label.until };
    const from = approach(registryFrom(facts), request, at, assuranceOf(s));
    return judgeStandard(withLabel(from, label), s.standard);
  }
}

function unsoundFacts(s: Scenario): ScenarioResult['unsound'] {
  return (s.facts ?? []).flatMap((raw) => {
    const reading = readFact(raw);
    if (reading.sound) return [];
    return [{ key: `${String(raw['kind'])}/${String(raw['id'])}`, problems: reading.problems }];
  });
}
