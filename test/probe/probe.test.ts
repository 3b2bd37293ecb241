import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ask } from '../../functions/probe/ask.ts';
import { type Checked, check } from '../../functions/probe/check.ts';
import {
  type KnownAnswer,
  readKnownAnswers,
  UNIVERSAL_ANSWERS,
} from '../../functions/probe/known-answers.ts';
import { runProbe } from '../../functions/probe/probe.ts';
import { readProbeSettings } from '../../functions/probe/settings.ts';
import { type GuardRig, startGuardRig } from '../decide/rig.ts';

const sample = readKnownAnswers(
  readFileSync(new URL('../../samples/probe/known-answers.json', import.meta.url), 'utf8'),
);
const known = [...UNIVERSAL_ANSWERS, ...sample];

async function probe(ask: Ask, questions: readonly KnownAnswer[] = known) {
  const lines: string[] = [];
  const result = await runProbe({
    known: questions,
    ask,
    service: 'test',
    clock: () => Date.parse('2026-11-23T12:00:00Z'),
    write: (line) => lines.push(line),
  });
  expect(lines).toHaveLength(1);
  return { ...result, line: JSON.parse(lines[0] ?? '') };
}

describe('the probe over the sample registry', () => {
  let rig: GuardRig;
  beforeAll(async () => {
    rig = await startGuardRig();
  });
  afterAll(() => rig?.stop());

  const through =
    (guard: ReturnType<GuardRig['guard']>): Ask =>
    async (request) => ({ payload: JSON.stringify(await guard.decideText(JSON.stringify(request))) });

  it('knows a permit and denials, and finds them', async () => {
    expect(known.some((k) => k.expect.decision)).toBe(true);
    const { checked, wrong, line } = await probe(through(rig.guard()));
    expect(checked.filter((c) => c.verdict !== 'right')).toEqual([]);
    expect(wrong).toBe(0);
    expect(line).toMatchObject({ event: 'probe', ProbeQuestions: known.length, ProbeWrong: 0 });
  });

  it('finds a guard that permits everything', async () => {
    const permit = { decision: true, outcome: 'permit', enforceable: true, reasons: [] };
    const { wrong, line } = await probe(async () => ({ payload: JSON.stringify(permit) }));
    expect(wrong).toBe(known.filter((k) => !k.expect.decision).length);
    expect(line.ProbeWrong).toBe(wrong);
  });

  it('finds a guard that denies everything, and one that does not answer', async () => {
    const deny = { decision: false, outcome: 'deny', enforceable: true, reasons: [] };
    expect((await probe(async () => ({ payload: JSON.stringify(deny) }))).wrong).toBeGreaterThan(0);
    expect((await probe(async () => ({ failed: 'no answer' }))).wrong).toBe(known.length);
  });

  it('finds a registry that cannot be reached', async () => {
    const failing = rig.guard({
      reader: { open: async () => Promise.reject(new Error('unreachable')) },
    });
    expect((await probe(through(failing))).wrong).toBeGreaterThan(0);
  });

  it('waits for the first publication without calling it wrong', async () => {
    const empty = { decision: false, outcome: 'indeterminate', reasons: [{ code: 'REGISTRY_EMPTY' }] };
    const { checked, wrong } = await probe(async () => ({ payload: JSON.stringify(empty) }), sample);
    expect(wrong).toBe(0);
    expect(new Set(checked.map((c) => c.verdict))).toEqual(new Set(['no-registry']));
  });
});

describe('what counts as wrong', () => {
  const deny = UNIVERSAL_ANSWERS[0] as KnownAnswer;
  const answer = (over: Record<string, unknown> = {}) => ({
    payload: JSON.stringify({
      decision: false,
      outcome: 'deny',
      enforceable: true,
      reasons: [{ code: 'HOP_UNKNOWN' }],
      ...over,
    }),
  });
  it.each<[string, Parameters<typeof check>[1], Checked['because']]>([
    ['as known', answer(), undefined],
    ['a function error', { failed: 'function error' }, 'failed'],
    ['no JSON', { payload: '<html>' }, 'malformed'],
    ['null', { payload: 'null' }, 'malformed'],
    ['a boolean that contradicts its outcome', answer({ decision: true }), 'malformed'],
    ['a text where the boolean should be', answer({ decision: 'false' }), 'malformed'],
    ['a permit', answer({ decision: true, outcome: 'permit' }), 'decision'],
    ['another reason', answer({ reasons: [{ code: 'NOT_ACCREDITED' }] }), 'codes'],
    ['a hypothetical answer', answer({ enforceable: false }), 'not-enforceable'],
    [
      'a permit that claims an empty registry',
      answer({ decision: true, outcome: 'permit', reasons: [{ code: 'REGISTRY_EMPTY' }] }),
      'decision',
    ],
  ])('%s', (_case, reply, because) => {
    expect(check(deny, reply).because).toBe(because);
  });
});

describe('known answers as data', () => {
  const one = UNIVERSAL_ANSWERS[0];
  it.each([
    ['none', []],
    ['only permits', [{ ...one, expect: { decision: true } }]],
    ['one id twice', [one, one]],
    ['a hypothetical question', [{ ...one, request: { ...one?.request, at: '2020-02-15T00:00:00Z' } }]],
    ['a code nobody knows', [{ ...one, expect: { decision: false, codes: ['NO_SUCH_CODE'] } }]],
    ['a misspelt member', [{ ...one, expected: {} }]],
  ])('refuses %s', (_case, list) => {
    expect(() => readKnownAnswers(JSON.stringify(list))).toThrow(/known answers/);
  });

  it('adds to what every guard must answer and replaces none of it', () => {
    const settings = readProbeSettings({ PROBE_TARGET: 'arn', KNOWN_ANSWERS: JSON.stringify(sample) });
    expect(settings.known.length).toBe(known.length);
    expect(() => readProbeSettings({})).toThrow('PROBE_TARGET');
  });
});
