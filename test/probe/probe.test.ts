/** The probe through its door: the one line it writes and the metrics in it, over every weather of the registry. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createNews } from '../../functions/metrics/news.ts';
import { askThrough } from '../../functions/probe/ask.ts';
import { type CheckResult, check } from '../../functions/probe/check.ts';
import {
  type KnownAnswer,
  readKnownAnswers,
  UNIVERSAL_ANSWERS,
} from '../../functions/probe/known-answers.ts';
import { runProbe } from '../../functions/probe/probe.ts';
import { readProbeSettings } from '../../functions/probe/settings.ts';
import { createDynamoClient } from '../../functions/store/dynamodb.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { type GuardRig, startGuardRig } from '../decide/rig.ts';
import { type StoreProxy, startStoreProxy, type Weather } from '../doors/store-proxy.ts';
import { type AwsRig, type Build, environment, type Said, startAwsRig } from './aws-rig.ts';

const AT = Date.parse('2026-11-23T12:00:00Z');
const TARGET = 'arn:aws:lambda:eu-west-2:000000000000:function:decide:probe';
const SAMPLE = readFileSync(new URL('../../samples/probe/known-answers.json', import.meta.url), 'utf8');
const IDS = [
  'unregistered-network',
  'unreadable-marking',
  'trusted-route',
  'network-without-trust',
  'hub-that-picks-its-own-way',
];

let aws: AwsRig;
let rig: GuardRig;
let proxy: StoreProxy;
const lines: string[] = [];
beforeAll(async () => {
  aws = await startAwsRig();
  rig = await startGuardRig(readSampleRegistry());
  proxy = await startStoreProxy(rig.store.engine.endpoint, 20);
  vi.useFakeTimers({ toFake: ['Date'], now: AT });
  vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
});
afterAll(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await Promise.all([aws?.stop(), proxy?.stop()]);
  await rig?.stop();
});

/** One run of the probe's handler, in a process of its own, against a build. */
async function probe(build: Build, env: Readonly<Record<string, string>> = {}) {
  vi.resetModules();
  aws.forget();
  lines.length = 0;
  aws.builds.set(TARGET, build);
  const all = environment(aws, { PROBE_TARGET: TARGET, KNOWN_ANSWERS: SAMPLE, ...env });
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
  const { handler } = await import('../../functions/probe/handler.ts');
  const returned = await handler();
  expect(lines).toHaveLength(1);
  return { returned, line: JSON.parse(lines[0] ?? '') };
}

/** `undefined` is right. */
type Because = CheckResult['because'] | 'no-registry' | 'unanswered' | 'held';
function lineOf(becauses: readonly Because[], wrong: number) {
  const checked = becauses.map((because, i) => {
    if (because === undefined) return { id: IDS[i], verdict: 'right' };
    if (because === 'no-registry' || because === 'unanswered' || because === 'held')
      return { id: IDS[i], verdict: because };
    return { id: IDS[i], verdict: 'wrong', because };
  });
  const mayPass = checked.filter(
    ({ id, because }) => /^(decision|malformed)$/.test(because ?? '') && id !== 'trusted-route',
  ).length;
  return {
    _aws: {
      Timestamp: AT,
      CloudWatchMetrics: [
        {
          Namespace: 'Routeguard',
          Dimensions: [['Service']],
          Metrics: [
            { Name: 'ProbeQuestions', Unit: 'Count' },
            { Name: 'ProbeWrong', Unit: 'Count' },
            { Name: 'ProbeNewlyWrong', Unit: 'Count' },
            ...(wrong > 0 ? [{ Name: 'ProbeWrongMark', Unit: 'None' }] : []),
            { Name: 'ProbeUnanswered', Unit: 'Count' },
          ],
        },
      ],
    },
    event: 'probe',
    schema: 1,
    Service: 'guard-1',
    checked,
    ProbeQuestions: becauses.length,
    ProbeWrong: wrong,
    // The first run of a process: what may pass that must not. One of them must be permitted.
    // Of the others nobody here knows whether they are.
    ProbeNewlyWrong: mayPass > 0 || wrong === 0 ? mayPass : 0.5,
    ...(wrong > 0 && { ProbeWrongMark: expect.any(Number) }),
    ProbeUnanswered: becauses.filter((because) => because === 'unanswered').length,
  };
}

const RIGHT = Array<Because>(5).fill(undefined);
const ALL = (because: Because) => Array<Because>(5).fill(because);
/** Refused for want of a registry: only what nobody can read is refused without one. */
const UNREAD: readonly Because[] = ['unanswered', undefined, ...Array<Because>(3).fill('unanswered')];

describe('the probe, over a registry that is', () => {
  it.each<[Weather, readonly Because[], number]>([
    ['fair', RIGHT, 0],
    ['slow', RIGHT, 0],
    ['dead', UNREAD, 0],
    ['hung', UNREAD, 0],
    ['refusing', UNREAD, 0],
    ['lying', UNREAD, 0],
    ['empty', ['no-registry', undefined, 'no-registry', 'no-registry', 'no-registry'], 0],
  ])('%s', async (weather, becauses, wrong) => {
    proxy.weather(weather);
    const { tables, keys } = rig.store;
    // Where an answer comes, a busy machine may be slow to see it.
    const waits = becauses === UNREAD ? { readMs: 200, budgetMs: 600 } : { readMs: 5_000, budgetMs: 20_000 };
    const client = createDynamoClient({
      endpoint: proxy.endpoint,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      region: 'eu-west-2',
      readMs: waits.readMs,
    });
    const guard = rig.guard({
      reader: createRegistryReader({
        client,
        tables,
        publicKeys: keys,
        founders: LOCAL_FOUNDERS,
        budgetMs: waits.budgetMs,
      }),
    });
    const { returned, line } = await probe(async (r) => JSON.stringify(await guard.decideText(r)));
    client.destroy();
    expect(line).toEqual(lineOf(becauses, wrong));
    const unanswered = becauses.filter((because) => because === 'unanswered').length;
    expect(returned).toEqual({ wrong, unanswered, rehearsed: null });
  });
});

describe('the probe, of a build that', () => {
  const answer = (decision: boolean) =>
    JSON.stringify({ decision, outcome: decision ? 'permit' : 'deny', enforceable: true });
  it.each<[string, Said, readonly Because[], number]>([
    ['permits everything', answer(true), ['decision', 'decision', undefined, 'decision', 'decision'], 4],
    ['denies everything', answer(false), ['codes', 'codes', 'decision', undefined, 'codes'], 4],
    ['faults', { fault: true }, ALL('unanswered'), 0],
    ['is not there', { status: 404 }, ALL('unanswered'), 0],
    ['says nothing', '', ALL('unanswered'), 0],
    ['says a word', '"permit"', ALL('malformed'), 5],
  ])('%s', async (_case, said, becauses, wrong) => {
    expect((await probe(() => said)).line).toEqual(lineOf(becauses, wrong));
  });

  it('is asked through the probe’s alias, and what every guard must answer where nothing else is known', async () => {
    const { line } = await probe(() => answer(false), { KNOWN_ANSWERS: '', LIVE_TARGET: 'other' });
    expect(line).toEqual(lineOf(['codes', 'codes'], 2));
    expect(aws.asked).toEqual([TARGET, TARGET]);
  });

  it('hangs is no answer', async () => {
    aws.builds.set(TARGET, () => 'hang');
    const [one] = UNIVERSAL_ANSWERS;
    if (one === undefined) throw new Error('nothing is known');
    const env = { AWS_ENDPOINT_URL_LAMBDA: aws.url };
    expect(await askThrough(TARGET, env, 100)(one.request)).toEqual({ failed: 'no answer' });
  });

  it('cannot be named is a fault at the start', async () => {
    await expect(probe(() => '', { PROBE_TARGET: '' })).rejects.toThrow(
      'environment variable PROBE_TARGET is not set',
    );
    expect(() => readProbeSettings({})).toThrow('environment variable PROBE_TARGET is not set');
    await expect(probe(() => '', { KNOWN_ANSWERS: '[]' })).rejects.toThrow('known answers');
  });
});

it('what was wrong the time before is no news, and what is wrong in its place is', async () => {
  const asked = UNIVERSAL_ANSWERS;
  const news = createNews();
  const counts: (readonly number[])[] = [];
  const run = async (...wrong: readonly string[]) => {
    const answers = asked.map(({ id, expect: { codes = [] } }) => {
      const decision = wrong.includes(id);
      const reasons = codes.map((code) => ({ code }));
      return JSON.stringify({ decision, outcome: decision ? 'permit' : 'deny', enforceable: true, reasons });
    });
    let line = '';
    await runProbe({
      ...{ known: asked, news, service: 'guard-1', clock: () => AT },
      ask: async () => ({ payload: answers.shift() ?? '' }),
      write: (text) => {
        line = text;
      },
    });
    const { ProbeWrong, ProbeNewlyWrong } = JSON.parse(line);
    counts.push([ProbeWrong, ProbeNewlyWrong]);
  };
  const [one = '', another = ''] = asked.map(({ id }) => id);
  for (const wrong of [[one], [one], [another], [one, another], [], [], [], [one]]) await run(...wrong);
  expect(counts).toEqual([
    [1, 1],
    [1, 0],
    [1, 1],
    // What comes back at once has been told.
    [2, 0],
    [0, 0],
    [0, 0],
    [0, 0],
    [1, 1],
  ]);
});

it('what was denied in other words, and passes now, is news', async () => {
  const [known] = UNIVERSAL_ANSWERS;
  const news = createNews();
  const said: unknown[] = [];
  for (const decision of [false, false, true, true]) {
    const outcome = decision ? 'permit' : 'deny';
    await runProbe({
      ...{ known: known === undefined ? [] : [known], news, service: 'guard-1', clock: () => AT },
      ask: async () => ({ payload: JSON.stringify({ decision, outcome, enforceable: true, reasons: [] }) }),
      write: (text) => {
        said.push(JSON.parse(text).ProbeNewlyWrong);
      },
    });
  }
  expect(said).toEqual([0.5, 0, 1, 0]);
});

describe('what counts as wrong', () => {
  const [deny, unreadable] = UNIVERSAL_ANSWERS;
  if (deny === undefined || unreadable === undefined) throw new Error('nothing is known');
  const two: KnownAnswer = { ...deny, expect: { decision: false, codes: ['HOP_UNKNOWN', 'ROUTE_UNKNOWN'] } };
  const permit: KnownAnswer = { ...deny, expect: { decision: true } };
  const answer = (over: Record<string, unknown> = {}) => ({
    payload: JSON.stringify({
      decision: false,
      outcome: 'deny',
      enforceable: true,
      reasons: [{ code: 'HOP_UNKNOWN' }],
      ...over,
    }),
  });
  const ASKED = 'sha256:11';
  const permitted = { decision: true, outcome: 'permit', reasons: [] };
  const refused = (...codes: readonly string[]) => answer({ reasons: codes.map((code) => ({ code })) });
  it.each<[string, KnownAnswer, Parameters<typeof check>[1], CheckResult['verdict'], CheckResult['because']]>(
    // biome-ignore format: one row a line
    [
    ['as known', deny, answer(), 'right', undefined],
    ['a permit as known', permit, answer(permitted), 'right', undefined],
    ['a permit denied', permit, answer(), 'wrong', 'decision'],
    ['a function error', deny, { failed: 'function error' }, 'unanswered', undefined],
    ['a registry that cannot be read', deny, refused('REGISTRY_UNAVAILABLE'), 'unanswered', undefined],
    ['a denial that is right by chance', { ...deny, expect: { decision: false } }, refused('REGISTRY_INTEGRITY'), 'unanswered', undefined],
    ['a fault that is known', { ...deny, expect: { decision: false, codes: ['FACT_UNSOUND'] } }, refused('FACT_UNSOUND'), 'right', undefined],
    ['a permit where a registry cannot be read', deny, answer({ ...permitted, reasons: [{ code: 'REGISTRY_UNAVAILABLE' }] }), 'wrong', 'decision'],
    ['a stop of everything', permit, refused('HOLD_EVERYTHING'), 'held', undefined],
    ['a stop of an owner', permit, refused('HOLD_OWNER'), 'held', undefined],
    ['a stop of a network', permit, refused('HOLD_NETWORK'), 'held', undefined],
    ['a stop that hides another reason', deny, refused('HOLD_EVERYTHING'), 'held', undefined],
    ['a registry that is held', permit, refused('REGISTRY_HELD'), 'held', undefined],
    ['a denial as known under a stop', deny, refused('HOP_UNKNOWN', 'HOLD_OWNER'), 'right', undefined],
    ['a stop set aside, which stops nothing', permit, refused('HOLD_SET_ASIDE'), 'wrong', 'decision'],
    ['a permit in spite of a stop', deny, answer({ ...permitted, reasons: [{ code: 'HOLD_EVERYTHING' }] }), 'wrong', 'decision'],
    ['no JSON', deny, { payload: '<html>' }, 'wrong', 'malformed'],
    ['null', deny, { payload: 'null' }, 'wrong', 'malformed'],
    ['a boolean that contradicts its outcome', deny, answer({ decision: true }), 'wrong', 'malformed'],
    ['an outcome that contradicts its boolean', permit, answer({ outcome: 'permit' }), 'wrong', 'malformed'],
    ['a text where the boolean should be', deny, answer({ decision: 'false' }), 'wrong', 'malformed'],
    ['a number', deny, answer({ decision: 0 }), 'wrong', 'malformed'],
    ['a permit', deny, answer(permitted), 'wrong', 'decision'],
    ['another reason', deny, answer({ reasons: [{ code: 'NOT_ACCREDITED' }] }), 'wrong', 'codes'],
    ['no reasons', deny, answer({ reasons: 'HOP_UNKNOWN' }), 'wrong', 'codes'],
    ['one of two reasons', two, answer(), 'wrong', 'codes'],
    ['a hypothetical denial', deny, answer({ enforceable: false }), 'wrong', 'not-enforceable'],
    ['a hypothetical permit', permit, answer({ ...permitted, enforceable: false }), 'wrong', 'not-enforceable'],
    ['an answer that does not say', deny, answer({ enforceable: undefined }), 'wrong', 'not-enforceable'],
    ['an answer to this question', deny, { ...answer({ question: { digest: ASKED } }), asked: ASKED }, 'right', undefined],
    ['an answer to another question', deny, { ...answer({ question: { digest: 'sha256:00' } }), asked: ASKED }, 'wrong', 'another-question'],
    ['an answer that names its question by nothing', deny, { ...answer({ question: {} }), asked: ASKED }, 'wrong', 'another-question'],
    ['an answer of a build that names none yet', deny, { ...answer(), asked: ASKED }, 'right', undefined],
    ['an empty registry', permit, answer({ reasons: [{ code: 'REGISTRY_EMPTY' }] }), 'no-registry', undefined],
    ['a permit that claims an empty registry', deny, answer({ ...permitted, reasons: [{ code: 'REGISTRY_EMPTY' }] }), 'wrong', 'decision'],
  ],
  )('%s', (_case, known, reply, verdict, because) => {
    expect(check(known, reply)).toEqual({ id: deny.id, verdict, ...(because !== undefined && { because }) });
  });
});

describe('known answers as data', () => {
  const one = UNIVERSAL_ANSWERS[0];
  const many = (n: number) => Array.from({ length: n }, (_, i) => ({ ...one, id: `q-${i}` }));
  it.each<[string, unknown, string]>(
    // biome-ignore format: one row a line
    [
    ['none', [], 'known answers: '],
    ['more than thirty-two', many(33), 'known answers: '],
    ['only permits', [{ ...one, expect: { decision: true } }], 'at least one question that must be denied'],
    ['one id twice', [one, one], 'no id may occur twice'],
    ['an id in capitals', [{ ...one, id: 'A' }], '0/id: lower-case kebab'],
    ['a past question', [{ ...one, request: { ...one?.request, at: '2020-02-15T00:00:00Z' } }], 'hypothetical'],
    ['an old version', [{ ...one, request: { ...one?.request, registry: { exact: 1 } } }], 'hypothetical'],
    ['codes without reasons', [{ ...one, request: { ...one?.request, explain: 'none' } }], 'default explanation'],
    ['a code nobody knows', [{ ...one, expect: { decision: false, codes: ['NO_SUCH_CODE'] } }], 'codes'],
    ['too many codes', [{ ...one, expect: { decision: false, codes: Array(17).fill('HOP_UNKNOWN') } }], 'codes'],
    ['no decision', [{ ...one, expect: {} }], '0/expect/decision'],
    ['a misspelt member', [{ ...one, expected: {} }], 'known answers: 0'],
    ['a misspelt expectation', [{ ...one, expect: { decision: false, code: [] } }], '0/expect'],
    ['a question nobody could ask', [{ ...one, request: { ...one?.request, hops: [] } }], '0/request'],
  ],
  )('refuses %s', (_case, list, because) => {
    expect(() => readKnownAnswers(JSON.stringify(list))).toThrow(because);
  });

  it('takes thirty-two, and adds them to what every guard must answer', () => {
    expect(readKnownAnswers(JSON.stringify(many(32)))).toHaveLength(32);
    const settings = readProbeSettings({ PROBE_TARGET: 'arn', KNOWN_ANSWERS: SAMPLE });
    expect([settings.target, settings.known.map((k) => k.id)]).toEqual(['arn', IDS]);
    // Of the sample at least one is known to be permitted: else a guard that denies everything is right.
    expect(settings.known.map((k) => k.expect)).toEqual([
      { decision: false, codes: ['HOP_UNKNOWN'] },
      { decision: false, codes: ['MARKING_INVALID'] },
      { decision: true },
      { decision: false },
      { decision: false, codes: ['PATH_ASSURANCE_INSUFFICIENT'] },
    ]);
  });
});
