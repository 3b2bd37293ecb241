/** What a guard remembers: which questions are the same, until when, and how much of it. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decidingText } from '../../functions/core/decision/decides.ts';
import { readRequest } from '../../functions/core/decision/read-request.ts';
import { digestOf } from '../../functions/core/facts/canonical.ts';
import type { DecisionRequest } from '../../functions/core/request.ts';
import { createAnswerMemory, type KeptDecision } from '../../functions/decide/answer-memory.ts';
import { newTrace } from '../../functions/decide/trace.ts';
import { guardOnOpenVersion } from '../bench/open-version.ts';
import { decideOver, labelFor } from '../core/decision/ask.ts';
import { type GuardRig, OPEN_SAMPLE, startGuardRig, stateOf } from './rig.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const MESSAGE = { id: 'm-1', marking: 'SECRET//REL TO USA, GBR' };
const PATH = { hops: [{ network: 'gb-b' }, { network: 'us-b' }] };
const QUESTION = { message: MESSAGE, path: PATH };

function requestOf(value: unknown): DecisionRequest {
  const reading = readRequest(value);
  if (!reading.ok) throw new Error(JSON.stringify(reading.reasons));
  return reading.request;
}

describe('the text of a question', () => {
  const own = decidingText(requestOf(QUESTION));
  it.each([
    ['another message', { ...QUESTION, message: { ...MESSAGE, id: 'm-2' } }],
    [
      'content of another digest',
      { ...QUESTION, message: { ...MESSAGE, digest: `sha256:${'0'.repeat(64)}` } },
    ],
    ['another nonce', { ...QUESTION, nonce: 'nonce-nonce-nonce' }],
    ['other words', { ...QUESTION, explain: 'none' }],
    ['a version that is behind', { ...QUESTION, registry: { atLeast: 1 } }],
  ])('is the same for %s', (_, value) => expect(decidingText(requestOf(value))).toBe(own));

  it.each([
    ['marking', { ...QUESTION, message: { ...MESSAGE, marking: 'SECRET//NOFORN' } }],
    ['marking in parts', { ...QUESTION, message: { ...MESSAGE, marking: { text: MESSAGE.marking } } }],
    ['format', { ...QUESTION, message: { ...MESSAGE, markingFormat: 'us-banner' } }],
    ['originator', { ...QUESTION, message: { ...MESSAGE, originator: 'USA' } }],
    ['protection', { ...QUESTION, message: { ...MESSAGE, protection: { scheme: 'none' } } }],
    ['flow', { ...QUESTION, message: { ...MESSAGE, flow: 'us-diplomatic-facility' } }],
    ['route', { ...QUESTION, path: { route: 'gb-b' } }],
    ['order of hops', { ...QUESTION, path: { hops: PATH.hops.toReversed() } }],
    ['way to name a hop', { ...QUESTION, path: { hops: [{ plmn: '234-15' }] } }],
    ['standard besides', { ...QUESTION, standards: ['UK-HRV-2020-01'] }],
    ['duty', { ...QUESTION, supportedObligations: ['use-tunnel'] }],
    ['caller who can do nothing', { ...QUESTION, supportedObligations: [] }],
  ])('is another for another %s', (_, value) => expect(decidingText(requestOf(value))).not.toBe(own));
});

function keptFrom(from: number, until: number, more: Partial<KeptDecision> = {}): KeptDecision {
  const version = { digest: digestOf(Buffer.from('one')), signed: undefined };
  return { version, from, until, label: labelFor({}), decision: decideOver([]), ...more };
}

it.each([
  [9, false],
  [10, true],
  [19, true],
  [20, false],
])('kept from 10 until 20, asked at %i: found %s', (at, found) => {
  const memory = createAnswerMemory();
  memory.keep('q', keptFrom(10, 20));
  expect(memory.find('q', at) !== undefined).toBe(found);
  expect(memory.find('another', at)).toBeUndefined();
});

it('is bounded: what was kept first goes first, and what is a document is not kept', () => {
  const memory = createAnswerMemory(64 * 1024);
  for (let i = 0; i < 1_000; i += 1) memory.keep(`question ${i}`, keptFrom(0, 10));
  const { decisions, bytes } = memory.size();
  expect(bytes).toBeLessThanOrEqual(64 * 1024);
  expect(decisions).toBeGreaterThan(10);
  expect(memory.find('question 999', 5)).toBeDefined();
  expect(memory.find('question 0', 5)).toBeUndefined();

  memory.keep('q'.repeat(64 * 1024), keptFrom(0, 10));
  expect(memory.size()).toEqual({ decisions, bytes });
  for (let i = 0; i < 100; i += 1) memory.keep('question 999', keptFrom(0, 10));
  expect(memory.size()).toEqual({ decisions, bytes });
});

it('nothing of a request is kept but what a decision says of it', async () => {
  const memory = createAnswerMemory();
  const guard = await guardOnOpenVersion(OPEN_SAMPLE, memory);
  const padding = ' '.repeat(100_000);
  const ask = (n: number) => {
    const standards = [`A-STANDARD-THAT-NOBODY-KNOWS-${n}`];
    return guard.decideText(`${padding}${JSON.stringify({ ...QUESTION, standards })}`);
  };
  await ask(0);
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  for (let n = 1; n <= 400; n += 1) await ask(n);
  collectGarbage();
  const grown = process.memoryUsage().heapUsed - before;
  const { decisions, bytes } = memory.size();
  console.log(`kept: ${decisions} decisions, reckoned ${bytes} bytes; the heap grew by ${grown}`);
  expect(decisions).toBe(401);
  // All of the requests would be forty megabytes.
  expect(grown).toBeLessThan(10_000_000);
});

describe('over the real store', () => {
  let rig: GuardRig;
  beforeAll(async () => {
    rig = await startGuardRig();
  });
  afterAll(() => rig.stop());

  it('HEAD is read for what is remembered too, and a new version is asked', async () => {
    let now = Date.parse('2026-11-23T12:00:00Z');
    const clock = () => now;
    const guard = rig.guard({
      clock,
      leaseMs: 30_000,
      memory: createAnswerMemory(),
      reader: rig.store.reader({ clock }),
    });
    const ask = async () => {
      const trace = newTrace();
      const answer = await guard.decideText(JSON.stringify(QUESTION), trace);
      return { answer, remembered: trace.remembered === true, readUnits: trace.readUnits };
    };
    const first = await ask();
    now += 5_000;
    const again = await ask();
    expect([first.answer.decision, first.remembered]).toEqual([true, false]);
    expect([again.answer.decision, again.remembered]).toEqual([true, true]);
    expect(again.readUnits).toBeGreaterThan(0);
    // The lease is of the read that was made for it.
    const useBy = (answer: typeof again.answer) => Date.parse(answer.useBy ?? '');
    expect(useBy(again.answer) - useBy(first.answer)).toBe(5_000);

    const without = new Map([...OPEN_SAMPLE].filter(([key]) => key !== 'accreditation/us-on-gb-b'));
    const { view, law } = stateOf(without);
    await rig.store.change({ view: new Map([...view].filter(([key]) => key.includes('gb-b'))), law });
    const after = await ask();
    expect([after.answer.decision, after.remembered]).toEqual([false, false]);
    expect((await ask()).remembered).toBe(true);
  });
});
