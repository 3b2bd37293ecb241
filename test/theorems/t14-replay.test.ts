/**
 * T14: the same question of the same registry at the same instant gives the same answer, byte for byte: in whatever order
 * facts arrive, and from a logged line and the canonical request, whatever was published since.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Answer } from '../../functions/core/decision/answer.ts';
import { canonicalText, type Json } from '../../functions/core/facts/canonical.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import type { DecisionLine } from '../../functions/decide/decision-line.ts';
import { startRecording } from '../../functions/decide/record.ts';
import type { RegistryReader } from '../../functions/store/registry-reader.ts';
import { stageState } from '../../functions/store/staging.ts';
import { asStored } from '../core/decision/ask.ts';
import { type GuardRig, OPEN_SAMPLE, startGuardRig, stateOf } from '../decide/rig.ts';
import { META } from '../store/store-rig.ts';
import type { Case } from './case.ts';
import { judgedCases, report } from './cases.ts';
import { decisionOf } from './core.ts';
import { choicesFrom } from './random.ts';

type Answering = (c: Case) => string;
const answer: Answering = ({ facts, question }) => JSON.stringify(decisionOf(facts, question));

function shuffled<T>(list: readonly T[], seed: number): readonly T[] {
  const pick = choicesFrom(seed);
  const order = new Map(list.map((x) => [x, pick.below(1_000_000)]));
  return list.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
}

it('T14: replay of the core, facts in any order', () => {
  const cases = judgedCases(200);
  const found = cases.flatMap((c) => {
    const later = { ...c, facts: asStored(shuffled(c.facts, c.seed)) };
    return answer(c) === answer(later) ? [] : [`case ${c.seed} (${c.broke})`];
  });
  const share = report('T14', cases, cases.length);
  expect(found).toEqual([]);
  expect(share).toBeGreaterThan(0.3);
  expect(share).toBeLessThan(0.7);
});

/** A decision as it is kept: the logged line and the canonical request, and the answer to hold a replay against. */
interface Logged {
  readonly line: DecisionLine;
  readonly request: { readonly [member: string]: Json };
  readonly answer: Answer;
}

const NETWORKS = ['gb-a', 'gb-b', 'gb-c', 'us-a', 'nobody-knows'];
const MARKINGS = ['UNCLASSIFIED', 'SECRET//REL TO USA, GBR', 'SECRET//NOFORN', 'not a marking'];
/** What is published between decisions: facts taken away, then put back. */
const WITHOUT: readonly string[][] = [
  [],
  ['accreditation/us-on-gb-b'],
  [],
  ['accreditation/us-on-us-a', 'accreditation/us-on-gb-b'],
  ['network/gb-b'],
  [],
];
const DAY = 86_400_000;
const START = Date.parse('2026-11-23T12:00:00.000Z');

let rig: GuardRig;
const logged: Logged[] = [];

async function decideAndLog(reader: RegistryReader, text: string, clock: number): Promise<Logged> {
  const lines: string[] = [];
  const recording = startRecording({ door: 'direct' }, (line) => lines.push(line));
  const given = await rig.guard({ reader, clock: () => clock }).decideText(text, recording.trace);
  recording.done(given);
  expect(lines.length).toBe(1);
  return { line: JSON.parse(lines[0] ?? ''), request: JSON.parse(text), answer: given };
}

beforeAll(async () => {
  const sample = OPEN_SAMPLE;
  rig = await startGuardRig(sample);
  let now = START;
  const reader = rig.store.reader({ clock: () => now });
  for (const [round, without] of WITHOUT.entries()) {
    const facts = new Map<string, RawFact>([...sample].filter(([key]) => !without.includes(key)));
    const base = await rig.store.reader().open();
    const publication = { base, staged: stageState(stateOf(facts)), meta: META, note: null };
    if (round > 0) await rig.store.publisher.commit(publication);
    now = START + 60 * DAY * round;
    for (const network of NETWORKS)
      for (const marking of MARKINGS) {
        const path = { hops: [{ network }, { network: 'us-a' }] };
        const request = { message: { id: 'm-1', marking }, path, standards: ['UK-HRV-2020-01'] };
        logged.push(await decideAndLog(reader, canonicalText(request), now));
      }
  }
});
afterAll(() => rig.stop());

/**
 * What was decided: all but who was asked and when, and but the lease, which no hypothetical answer has. A replay is
 * hypothetical, so that its result stands apart.
 */
function coreOf(answer: Answer) {
  const { evaluationId: _id, evaluatedAt: _when, enforceable: _real, useBy: _lease, ...core } = answer;
  const { hypothetical, ...rest } = core;
  return JSON.stringify({ ...rest, ...hypothetical });
}

function loggedCoreOf(line: DecisionLine): string {
  const { outcome, decision } = line.hypothetical ?? line;
  const { registry, build, basis, dominance, standards, mandates, waivers } = line;
  const { codes, reasons, reasonCount, at } = line;
  const core = { outcome, decision, registry, build, basis, dominance, standards, mandates, waivers };
  return JSON.stringify({ ...core, codes, reasons, reasonCount, at });
}

/** The decisions that come out otherwise when asked again later, by a process that knows nothing, as `again` says. */
async function differing(again: (one: Logged) => { version: number | undefined; at: string | undefined }) {
  const different: Logged[] = [];
  const reader = rig.store.reader();
  for (const one of logged) {
    const { version, at } = again(one);
    const request = { ...one.request, ...(version && { registry: { exact: version } }), ...(at && { at }) };
    const replayed = await decideAndLog(reader, canonicalText(request), START + 10_000 * DAY);
    const same =
      coreOf(replayed.answer) === coreOf(one.answer) &&
      loggedCoreOf(replayed.line) === loggedCoreOf(one.line);
    if (!same) different.push(one);
  }
  return different;
}

it('T14: replay of what was logged, over the real store', async () => {
  const permits = logged.filter(({ line }) => line.decision);
  console.log(
    `T14: ${logged.length} logged decisions, ${permits.length} permits, ${WITHOUT.length} versions`,
  );
  expect(new Set(logged.map(({ line }) => line.registry?.version))).toEqual(
    new Set([undefined, 1, 2, 3, 4, 5, 6]),
  );
  expect(permits.length).toBeGreaterThan(logged.length / 10);
  expect(await differing(({ line }) => ({ version: line.registry?.version, at: line.at }))).toEqual([]);
});

it('T14: notices a replay at another version, or at another instant', async () => {
  const late = new Date(START + 9_000 * DAY).toISOString();
  expect(
    (await differing(({ line }) => ({ version: line.registry && 5, at: line.at }))).length,
  ).toBeGreaterThan(0);
  expect(
    (await differing(({ line }) => ({ version: line.registry?.version, at: late }))).length,
  ).toBeGreaterThan(0);
});
