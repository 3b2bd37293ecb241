/**
 * What a change to the law is simulated with: questions a second, on the sample and on thousands of networks, through the
 * product's own plan and slices. To tell the build from the machine, cedar-wasm is asked in the same run: what the
 * simulation did before this was measured is kept as a multiple of that.
 */

import {
  DEFAULT_LIMIT,
  planSimulation,
  runSimulation,
  SimulationTooLargeError,
} from '../../../functions/core/administration/simulate.ts';
import { labelOf } from '../../../functions/core/decision/label-of.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { manyNetworks } from '../../access/many-networks.ts';
import { OPEN_SAMPLE } from '../../decide/rig.ts';
import { cedarPeer } from '../peers/cedar.ts';
import { peerFacts, peerQuestion } from '../peers/facts.ts';
import { atLeastTimes, atMostTimes, type Effort, type Figure, type Row } from '../row.ts';
import { named } from '../sizes.ts';
import { median, turnAbout } from '../timing.ts';

/** Questions of the sample that were simulated in the time of one question to cedar-wasm, at commit 0068276a. */
const BEFORE = 3;
const MANDATE = 'mandate/usa-trusted-transport';

type Facts = ReadonlyMap<string, RawFact>;

/** The United States no longer take facts that nobody verified: every network is asked about. */
function changeOfLaw(facts: Facts) {
  const mandate = facts.get(MANDATE);
  if (mandate === undefined) throw new Error(`there is no ${MANDATE}`);
  const after = new Map(facts).set(MANDATE, { ...mandate, acceptUnverified: false });
  return { before: facts, after, touched: [MANDATE], at: Date.now() };
}

interface Simulated {
  readonly questions: number;
  /** Of those it was asked in the time it was given. */
  readonly perSecond: number;
  readonly isTooLarge: boolean;
  readonly seconds: number;
}

function simulate(facts: Facts, seconds: number): Simulated {
  const input = changeOfLaw(facts);
  const began = performance.now();
  let isTooLarge = false;
  try {
    planSimulation(input);
  } catch (error) {
    if (!(error instanceof SimulationTooLargeError)) throw error;
    isTooLarge = true;
  }
  const plan = planSimulation({ ...input, limit: Number.POSITIVE_INFINITY });
  const asking = performance.now();
  const { done } = runSimulation(plan, undefined, () => performance.now() - asking < seconds * 1000);
  const took = (performance.now() - asking) / 1000;
  const asked = plan.tasks.slice(0, done).reduce((sum, { size }) => sum + size, 0);
  return {
    ...{ questions: plan.questions, perSecond: asked / took, isTooLarge },
    seconds: (asking - began) / 1000 + (took * plan.questions) / asked,
  };
}

async function cedarPerSecond(effort: Effort): Promise<number> {
  const at = Date.now();
  const peer = cedarPeer(peerFacts(OPEN_SAMPLE, at));
  const read = labelOf({ id: 'm', marking: 'SECRET//REL TO USA, GBR', markingFormat: 'us-banner' }, at);
  if (!read.ok) throw new Error('no marking');
  const question = peerQuestion(read.label, at);
  const turns = effort.quick
    ? { warmUp: 100, rounds: 3, calls: 50 }
    : { warmUp: 2_000, rounds: 20, calls: 200 };
  const samples = await turnAbout({ cedar: { run: () => peer.permits(['us-b'], question) } }, turns);
  return 1000 / median(samples.cedar);
}

async function measure(effort: Effort): Promise<readonly Figure[]> {
  const seconds = effort.quick ? 1 : 20;
  const sizes = effort.quick ? [200] : effort.scale ? [1_000, 10_000, 100_000] : [1_000, 10_000];
  const before = await cedarPerSecond(effort);
  const sample = simulate(OPEN_SAMPLE, seconds);
  const cedar = (before + (await cedarPerSecond(effort))) / 2;
  const figures: Figure[] = [
    {
      ...{ what: `the sample, ${sample.questions} questions`, unit: 'a second', value: sample.perSecond },
      ...{ against: { what: 'cedar-wasm', value: cedar }, ratio: sample.perSecond / cedar },
    },
  ];
  const then = BEFORE * cedar;
  for (const count of sizes) {
    const found = simulate(manyNetworks(count), seconds);
    if (found.isTooLarge)
      effort.say(
        `${named(count)}: the product refuses, ${found.questions} questions; ${DEFAULT_LIMIT} are taken on`,
      );
    figures.push(
      {
        ...{ what: `${named(count)}, a change to the law`, unit: 'a second', value: found.perSecond },
        ...{ against: { what: 'the sample before', value: then }, ratio: found.perSecond / then },
        ...(count >= 10_000 && { toReach: atLeastTimes(20) }),
      },
      {
        ...{ what: `${named(count)}: questions it takes`, unit: 'count', value: found.questions },
        ...{
          against: { what: 'taken on by default', value: DEFAULT_LIMIT },
          ratio: found.questions / DEFAULT_LIMIT,
        },
        toReach: atMostTimes(1),
      },
      { what: `${named(count)}: all of them, at that rate`, unit: 'ms', value: found.seconds * 1000 },
    );
  }
  return figures;
}

export const simulation: Row = {
  name: 'simulation',
  question: 'simulation of a change to the law at 10,000 networks (100,000 with --scale)',
  against: 'the sample before this was measured, by way of cedar-wasm in the same run',
  toReach: '≥ 20 × the questions per second; within default limits',
  measure,
};
