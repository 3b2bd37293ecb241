/** The release hook through its door: what CodeDeploy is told, which builds were asked, and the one line it writes. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { wholeRegistry } from '../../functions/board/whole-registry.ts';
import { markingProfiles } from '../../functions/core/administration/marking-profiles.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { responsibleOwners } from '../../functions/core/marking/label.ts';
import { readMarking } from '../../functions/core/marking/read.ts';
import { askThrough } from '../../functions/probe/ask.ts';
import { reportToCodeDeploy } from '../../functions/probe/codedeploy.ts';
import { buildQuestions, markingOf } from '../../functions/probe/flips.ts';
import { UNIVERSAL_ANSWERS } from '../../functions/probe/known-answers.ts';
import { releaseVerdict } from '../../functions/probe/release-verdict.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { stateOf } from '../decide/rig.ts';
import { type StoreProxy, startStoreProxy, type Weather } from '../doors/store-proxy.ts';
import { openRig, type StoreRig } from '../store/store-rig.ts';
import { type AwsRig, type Build, environment, type Said, startAwsRig } from './aws-rig.ts';

const AT = Date.parse('2026-11-23T12:00:00Z');
const LIVE = 'arn:aws:lambda:eu-west-2:000000000000:function:decide:live';
const NEW = 'arn:aws:lambda:eu-west-2:000000000000:function:decide:probe';
const EVENT = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'e-1' };

/** Of the sample two networks, a route and the accreditation of one, so that every question is quickly asked. */
const KEPT = new Set(['network/us-a', 'network/gb-b', 'route/sms-gb-primary', 'accreditation/us-on-us-a']);
const facts = new Map<string, RawFact>(
  [...readSampleRegistry()].filter(([key, fact]) => KEPT.has(key) || fact['kind'] === 'authority'),
);
const whole = wholeRegistry({ version: 1, digest: 'sha256:0', recordedAt: '2026-11-23T11:00:00.000Z' }, [
  ...facts.values(),
]);
const questions = buildQuestions(whole, AT);
/** Markings asked about each. */
const P = questions.total / 3;

let aws: AwsRig;
let store: StoreRig;
let proxy: StoreProxy;
const lines: string[] = [];

beforeAll(async () => {
  aws = await startAwsRig();
  store = await openRig();
  proxy = await startStoreProxy(store.engine.endpoint, 20);
  await store.genesis(stateOf(facts));
  vi.useFakeTimers({ toFake: ['Date'], now: AT });
  vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
});
afterAll(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await Promise.all([aws?.stop(), proxy?.stop()]);
  await store?.stop();
});

function answer(decision: boolean, code: string, more: object = {}): string {
  const outcome = decision ? 'permit' : 'deny';
  return JSON.stringify({ decision, outcome, enforceable: true, reasons: [{ code }], ...more });
}

/** A build that permits the questions whose text holds one of these; it knows what every guard must answer. */
const permitting =
  (...texts: readonly string[]): Build =>
  (request) => {
    if (request.includes('"probe-1"')) return answer(false, 'HOP_UNKNOWN');
    if (request.includes('"probe-2"')) return answer(false, 'MARKING_INVALID');
    return answer(
      texts.some((text) => request.includes(text)),
      'NOT_ACCREDITED',
    );
  };
const saying =
  (said: Said): Build =>
  () =>
    said;
/** Sound about what is known, and this for every other question. */
const knownThen =
  (said: Said): Build =>
  (request) =>
    request.includes('"probe-') ? permitting()(request) : said;

const now = permitting('"us-a"');
const wider = permitting('"us-a"', '"gb-b"');

function digestOf(flips: readonly object[]): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(flips)).digest('hex')}`;
}
const markings = [...new Set([...questions.each()].map((q) => q.asked.marking))];
/** Members in the order of their names, as the digest is over the canonical form. */
const flip = (before: string, after: string, subject: object) => (marking: string) => ({
  after,
  before,
  marking,
  subject,
});
const byProfile = [...markings].sort();
const GB = byProfile.map(flip('refused', 'permit', { network: 'gb-b' }));
const NONE = 'sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945';

interface Case {
  readonly live?: Build;
  readonly build?: Build;
  readonly acknowledged?: string;
  readonly weather?: Weather;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds the function has left. */
  readonly left?: number;
  /** Status of CodeDeploy's answer. */
  readonly codeDeploy?: number;
}

async function release({ live = now, build = now, acknowledged = '', weather = 'fair', ...c }: Case) {
  vi.resetModules();
  aws.forget();
  lines.length = 0;
  aws.codeDeployStatus = c.codeDeploy ?? 200;
  aws.builds.set(LIVE, live).set(NEW, build);
  proxy.weather(weather);
  const env = environment(aws, {
    AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint,
    OBJECTS_TABLE: store.tables.objects,
    STATE_TABLE: store.tables.state,
    FLOOR_TABLE: store.tables.floor,
    COMMIT_PUBLIC_KEYS: store.signer.publicKey,
    FOUNDER_KEYS: store.founders.join(','),
    PROBE_TARGET: NEW,
    LIVE_TARGET: LIVE,
    ACKNOWLEDGED_FLIPS: acknowledged,
    KNOWN_ANSWERS: '',
    ...c.env,
  });
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const { handler } = await import('../../functions/probe/release-hook.ts');
  const context = { getRemainingTimeInMillis: () => c.left ?? 60_000 };
  const thrown = await handler(EVENT, context).then(
    () => undefined,
    (error: Error) => error.message,
  );
  return {
    thrown,
    told: aws.told.map((t) => t.body),
    line: lines.map((l) => JSON.parse(l)).find((l) => l.event === 'release'),
  };
}

const report = (status: string) => [{ deploymentId: 'd-1', lifecycleEventHookExecutionId: 'e-1', status }];
const line = (fit: boolean, answered: boolean, acknowledged: boolean, figures?: object) => ({
  event: 'release',
  schema: 1,
  Service: 'guard-1-release',
  fit,
  answered,
  acknowledged,
  ...(figures !== undefined && {
    questions: 3 * P,
    unasked: 0,
    permits: P,
    flips: NONE,
    toPermit: 0,
    toRefusal: 0,
    listed: [],
    ...figures,
  }),
});
const US = byProfile.map(flip('permit', 'refused', { network: 'us-a' }));
const toPermit = (list: readonly object[], permits: number, others: readonly object[] = []) => ({
  permits,
  flips: digestOf(list),
  toPermit: list.length,
  toRefusal: others.length,
  listed: [...list, ...others].slice(0, 50),
});

describe('a release is reported', () => {
  it('over questions of every subject by every profile', () => {
    expect(markings).toEqual(markingProfiles(AT, whole.index).map((m) => m.id));
    expect([...questions.each()].map((q) => JSON.stringify(q.subject))).toEqual(
      ['{"route":"sms-gb-primary"}', '{"network":"gb-b"}', '{"network":"us-a"}'].flatMap((s) =>
        Array(P).fill(s),
      ),
    );
  });

  it('asking the new build what is known, and each build every question once', async () => {
    await release({});
    const of = (arn: string) => aws.asked.filter((a) => a === arn).length;
    expect([of(NEW), of(LIVE), aws.asked.length]).toEqual([3 * P + 2, 3 * P, 6 * P + 2]);
  });

  it.each<[string, Case, 'Succeeded' | 'Failed', object | undefined]>(
    // biome-ignore format: one row a line
    [
    ['the same answers', {}, 'Succeeded', line(true, true, true, {})],
    ['a slow registry', { weather: 'slow' }, 'Succeeded', line(true, true, true, {})],
    ['fewer permits', { build: permitting() }, 'Succeeded', line(true, true, true, { permits: 0, toRefusal: P, listed: US.slice(0, 50) })],
    ['more permits', { build: wider }, 'Failed', line(false, true, false, toPermit(GB, 2 * P))],
    ['more permits, acknowledged', { build: wider, acknowledged: digestOf(GB) }, 'Succeeded', line(true, true, true, toPermit(GB, 2 * P))],
    ['more permits, all but one acknowledged', { build: wider, acknowledged: digestOf(GB.slice(1)) }, 'Failed', line(false, true, false, toPermit(GB, 2 * P))],
    ['more permits, nothing acknowledged', { build: wider, acknowledged: NONE }, 'Failed', line(false, true, false, toPermit(GB, 2 * P))],
    ['permits where the live build gives no answer', { live: knownThen({ fault: true }) }, 'Failed', line(false, true, false, toPermit(byProfile.map(flip('no-answer', 'permit', { network: 'us-a' })), P, ['gb-b', 'us-a'] .slice(0, 1) .flatMap((network) => byProfile.map(flip('no-answer', 'refused', { network }))) .concat(byProfile.map(flip('no-answer', 'refused', { route: 'sms-gb-primary' })))))],
    ['other permits', { build: permitting('"gb-b"') }, 'Failed', line(false, true, false, toPermit(GB, P, US))],
    ['a wrong known answer, acknowledged', { build: saying(answer(false, 'HOP_UNKNOWN')), acknowledged: NONE }, 'Failed', line(false, false, true, { permits: 0, toRefusal: P, listed: US.slice(0, 50) })],
    ['no registry where there is one', { build: saying(answer(false, 'REGISTRY_EMPTY')) }, 'Failed', line(false, false, true, { permits: 0, toRefusal: P, listed: US.slice(0, 50) })],
    ['no registry where there is none', { build: saying(answer(false, 'REGISTRY_EMPTY')), weather: 'empty' }, 'Succeeded', line(true, true, true)],
    ['a wrong known answer and no registry', { build: saying('{}'), weather: 'empty' }, 'Failed', line(false, false, true)],
  ],
  )('%s', async (_case, given, status, expected) => {
    const { thrown, told, line: written } = await release(given);
    expect(thrown).toBe(undefined);
    expect(written).toEqual(expected);
    expect(told).toEqual(report(status));
  });

  it.each<[string, Said]>([
    ['a fault', { fault: true }],
    ['nothing', ''],
    ['no JSON', '<html>'],
    ['null', 'null'],
    ['a text where the boolean should be', '{"decision":"true"}'],
    ['a refusal', { status: 400 }],
  ])('a build that answers %s: Failed', async (_case, said) => {
    // Of a build that permitted nothing, so that no flip hides it.
    const { told, line: written } = await release({ live: permitting(), build: saying(said) });
    expect(told).toEqual(report('Failed'));
    expect([written?.fit, written?.answered, written?.toPermit]).toEqual([false, false, 0]);
    // Of what is known alone it is not judged: where it answers that, its silence is a refusal's and counted.
    const silent = await release({ live: permitting(), build: knownThen(said) });
    expect([silent.told, silent.line?.toRefusal]).toEqual([report('Succeeded'), 3 * P]);
  });

  it.each<[string, Case, string]>(
    // biome-ignore format: one row a line
    [
    ['a registry that is gone', { weather: 'dead' }, 'STORE_UNAVAILABLE: '],
    ['a registry that refuses', { weather: 'refusing' }, 'STORE_REFUSED: '],
    ['a registry that lies', { weather: 'lying' }, 'DIGEST_MISMATCH: '],
    ['no live build to compare with', { env: { LIVE_TARGET: '' } }, 'environment variable LIVE_TARGET is not set'],
    ['a build compared with itself', { env: { LIVE_TARGET: NEW } }, 'LIVE_TARGET and PROBE_TARGET are the same'],
    ['a registry that hangs', { weather: 'hung', left: 12_200 }, 'the comparison took too long'],
    ['a build that hangs', { build: saying('hang'), left: 12_200 }, 'the comparison took too long'],
    ['a live build that hangs', { live: saying('hang'), left: 12_200 }, 'the comparison took too long'],
  ],
  )('%s: Failed, and a fault', async (_case, given, because) => {
    const { thrown, told, line: written } = await release(given);
    expect(thrown?.startsWith(because), thrown).toBe(true);
    expect([told, written]).toEqual([report('Failed'), undefined]);
  });

  it('and a CodeDeploy that does not take it is a fault', async () => {
    expect((await release({ codeDeploy: 400 })).thrown).toBe('CodeDeploy answered 400');
  });

  it.each([
    'PROBE_TARGET',
    'OBJECTS_TABLE',
    'STATE_TABLE',
    'FLOOR_TABLE',
    'COMMIT_PUBLIC_KEYS',
    'FOUNDER_KEYS',
  ])('by nobody without %s', async (name) => {
    await expect(release({ env: { [name]: '' } })).rejects.toThrow();
    expect(aws.told).toEqual([]);
  });
});

describe('questions there is no time for', () => {
  const UNFINISHED = `sha256:${createHash('sha256')
    .update(JSON.stringify({ toPermit: [], unfinished: questions.plan }))
    .digest('hex')}`;

  it.each([
    ['are counted, and stop the release', undefined, 1, false],
    ['are not among what was acknowledged of all of them', NONE, 1, false],
    ['may be acknowledged as such, for this registry', UNFINISHED, 1, true],
    ['are none', undefined, 2, true],
    ['are none, and then nothing is unfinished', UNFINISHED, 2, true],
  ])('%s', async (_case, acknowledged, chunks, fit) => {
    aws.builds.set(LIVE, now).set(NEW, now);
    const written: string[] = [];
    let asked = 0;
    const terms = {
      known: UNIVERSAL_ANSWERS,
      before: askThrough(LIVE),
      after: askThrough(NEW),
      registry: async () => whole,
      acknowledged,
      service: 'guard-1-release',
      clock: () => AT,
      write: (text: string) => written.push(text),
      keepGoing: () => {
        asked += 1;
        return asked < chunks;
      },
    };
    expect(await releaseVerdict(terms)).toBe(fit);
    const most = Math.min(chunks * 100, questions.total);
    expect(JSON.parse(written.at(-1) ?? '')).toMatchObject({
      questions: most,
      unasked: questions.total - most,
      flips: chunks === 1 ? UNFINISHED : NONE,
    });
    expect(await releaseVerdict({ ...terms, known: [] }), 'nothing known').toBe(false);
  });
});

describe('a marking as a request', () => {
  it('reads as the label it was made of, or as none: what is releasable to all is said by nobody', () => {
    const sample = wholeRegistry({ version: 1, digest: 'sha256:0', recordedAt: '2026-11-23T11:00:00.000Z' }, [
      ...readSampleRegistry().values(),
    ]);
    const read = markingProfiles(AT, sample.index).map(({ id, label }) => {
      const reading = readMarking(markingOf(label), { on: '2026-11-23', format: 'label' });
      return { id, label, reading };
    });
    expect(read.filter((r) => r.reading.ok).length).toBeGreaterThan(900);
    for (const { id, label, reading } of read)
      if (reading.ok)
        expect({ ...reading.label, owners: responsibleOwners(reading.label) }, id).toEqual({
          ...label,
          owners: responsibleOwners(label),
        });
      else expect(label.audience, id).toBe(null);
  });

  it('is asked of a network as a caller names it, and in every tunnel', () => {
    const sample = wholeRegistry({ version: 1, digest: 'sha256:0', recordedAt: '2026-11-23T11:00:00.000Z' }, [
      ...readSampleRegistry().values(),
    ]);
    const ways = [...buildQuestions(sample, AT).each()].filter(
      ({ subject, asked }) =>
        'network' in subject && subject.network === 'us-a' && asked.marking === 'US SECRET//NOFORN',
    );
    expect(ways.map(({ asked }) => asked)).toEqual([
      { marking: 'US SECRET//NOFORN' },
      { marking: 'US SECRET//NOFORN', protection: 'synthetic-reg-1' },
    ]);
    expect(ways.map(({ request }) => request.path)).toEqual(Array(2).fill({ hops: [{ network: 'us-a' }] }));
  });
});

describe('the call to CodeDeploy', () => {
  const base = { AWS_REGION: 'eu-west-2', AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'S' };
  it.each<[Record<string, string>, string]>([
    [{}, 'https://codedeploy.eu-west-2.amazonaws.com/'],
    [{ URL_SUFFIX: 'amazonaws.com.cn' }, 'https://codedeploy.eu-west-2.amazonaws.com.cn/'],
    [{ AWS_USE_FIPS_ENDPOINT: 'true' }, 'https://codedeploy-fips.eu-west-2.amazonaws.com/'],
    [{ AWS_USE_FIPS_ENDPOINT: 'false' }, 'https://codedeploy.eu-west-2.amazonaws.com/'],
  ])('with %j goes to %s', async (env, url) => {
    const asked: string[] = [];
    await reportToCodeDeploy(EVENT, 'Failed', { ...base, ...env }, async (to) => {
      asked.push(String(to));
      return new Response('{}');
    });
    expect(asked).toEqual([url]);
  });

  it('is signed, with the session', async () => {
    await release({});
    const { headers } = aws.told[0] ?? {};
    expect(headers).toMatchObject({
      'x-amz-target': 'CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-security-token': 'token',
      'x-amz-date': '20261123T120000Z',
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKID\/20261123\/eu-west-2\/codedeploy\/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token;x-amz-target, Signature=[0-9a-f]{64}$/,
      ),
    });
  });
});
