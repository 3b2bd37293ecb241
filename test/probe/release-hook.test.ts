/** The release hook through its door: what CodeDeploy is told, which builds were asked, and the one line it writes. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { markingProfiles } from '../../functions/core/administration/marking-profiles.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { responsibleOwners } from '../../functions/core/marking/label.ts';
import { readMarking } from '../../functions/core/marking/read.ts';
import type { AskBuild } from '../../functions/probe/ask.ts';
import { reportToCodeDeploy } from '../../functions/probe/codedeploy.ts';
import { buildQuestions } from '../../functions/probe/flips.ts';
import { UNIVERSAL_ANSWERS } from '../../functions/probe/known-answers.ts';
import { type ReleaseTerms, releaseVerdict } from '../../functions/probe/release-verdict.ts';
import { markingOf } from '../../functions/probe/written.ts';
import { wholeRegistry } from '../../functions/store/whole-registry.ts';
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
const asked = [...questions.each()];
/** Questions about one subject: those of how a marking reads are spread over the three. */
const about = (id: string) =>
  asked.filter(({ subject }) => ('route' in subject ? subject.route : subject.network) === id);
const reading = asked.filter((q) => q.asked.format !== undefined);
const [R, P] = [reading.length, (questions.total - reading.length) / 3];

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

/** A build asked without Lambda between, where it is not the way of asking that a case is about. */
const asking =
  (build: Build): AskBuild =>
  async (request) => {
    const said = await build(JSON.stringify(request));
    return typeof said === 'string' ? { payload: said } : { failed: 'no answer' };
  };

const now = permitting('"us-a"');
const wider = permitting('"us-a"', '"gb-b"');

/** A build that permits about one network, each time for as many seconds. */
const leasing =
  (seconds: number): Build =>
  (request) => {
    const said = now(request);
    const times = {
      evaluatedAt: '2026-11-23T12:00:00.000Z',
      useBy: new Date(AT + seconds * 1000).toISOString(),
    };
    return typeof said === 'string' && request.includes('"us-a"')
      ? JSON.stringify({ ...JSON.parse(said), ...times })
      : said;
  };
const LONGER = { after: 10, before: 5 };

function digestOf(flips: object): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(flips)).digest('hex')}`;
}
const markings = asked.filter((q) => q.asked.format === undefined).map((q) => q.asked.marking);
/** Members in the order of their names, as the digest is over the canonical form. */
const flips = (before: string, after: string, id: string, looser?: readonly string[]) =>
  about(id)
    .map(({ subject, asked: { format, marking, text } }) => ({
      after,
      before,
      ...(format !== undefined && { format }),
      ...(looser !== undefined && { looser }),
      marking,
      subject,
      ...(text !== undefined && { text }),
    }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
const GB = flips('refused', 'permit', 'gb-b');
const [N, ALL] = [about('us-a').length, questions.total];
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
    questions: ALL,
    unasked: 0,
    permits: N,
    flips: NONE,
    toPermit: 0,
    toRefusal: 0,
    lease: { before: 0, after: 0 },
    listed: [],
    ...figures,
  }),
});
const US = flips('permit', 'refused', 'us-a');
const toPermit = (list: readonly object[], permits: number, others: readonly object[] = []) => ({
  permits,
  flips: digestOf(list),
  toPermit: list.length,
  toRefusal: others.length,
  listed: [...list, ...others].slice(0, 50),
});

describe('a release is reported', () => {
  it('over questions of every subject by every profile', () => {
    const profiles = markingProfiles(AT, whole.index).map((m) => m.id);
    expect(markings).toEqual([...profiles, ...profiles, ...profiles]);
    const subjects = ['{"route":"sms-gb-primary"}', '{"network":"gb-b"}', '{"network":"us-a"}'];
    expect(asked.slice(R).map((q) => JSON.stringify(q.subject))).toEqual(
      subjects.flatMap((s) => Array(P).fill(s)),
    );
    expect(reading.map((q) => JSON.stringify(q.subject))).toEqual(reading.map((_q, n) => subjects[n % 3]));
  });

  it('asking the new build what is known, and each build every question once, of a slow registry too', async () => {
    const { told, line: written } = await release({ weather: 'slow' });
    const of = (arn: string) => aws.asked.filter((a) => a === arn).length;
    expect([of(NEW), of(LIVE), aws.asked.length]).toEqual([ALL + 2, ALL, 2 * ALL + 2]);
    expect([written, told]).toEqual([line(true, true, true, {}), report('Succeeded')]);
  });

  it.each<[string, Case, 'Succeeded' | 'Failed', object | undefined]>(
    // biome-ignore format: one row a line
    [
    ['more permits, acknowledged', { build: wider, acknowledged: digestOf(GB) }, 'Succeeded', line(true, true, true, toPermit(GB, N + about('gb-b').length))],
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
    ['no JSON', '<html>'],
    ['a refusal', { status: 400 }],
  ])('a build that answers %s: Failed', async (_case, said) => {
    // Of a build that permitted nothing, so that no flip hides it.
    const { told, line: written } = await release({ live: permitting(), build: saying(said), left: 22_000 });
    expect(told).toEqual(report('Failed'));
    expect([written?.fit, written?.answered, written?.toPermit]).toEqual([false, false, 0]);
    // What it answers to questions that nobody knows the answer to is none.
    expect([written?.questions, written?.toRefusal]).toEqual([0, 100]);
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
    expect((await release({ codeDeploy: 400, left: 22_000 })).thrown).toBe('CodeDeploy answered 400');
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

/** The verdict over two builds, and the line it writes. */
async function judge({ live = now, build = now, acknowledged = '' }: Case, more: Partial<ReleaseTerms> = {}) {
  const written: string[] = [];
  const fit = await releaseVerdict({
    known: UNIVERSAL_ANSWERS,
    before: asking(live),
    after: asking(build),
    registry: async () => whole,
    acknowledged,
    service: 'guard-1-release',
    clock: () => AT,
    write: (text) => written.push(text),
    keepGoing: () => true,
    ...more,
  });
  return { fit, line: JSON.parse(written.at(-1) ?? '') };
}

/** A build that says this before it says anything about a question, so many times. */
function first(times: number, said: Said, then: Build): Build {
  const asked = new Map<string, number>();
  return (request) => {
    const before = asked.get(request) ?? 0;
    asked.set(request, before + 1);
    return before < times && !request.includes('"probe-') ? said : then(request);
  };
}
const UNREADABLE = answer(false, 'REGISTRY_UNAVAILABLE');

describe('an answer that is lost on the way', () => {
  it.each<[string, Case]>([
    ['twice, of the build', { build: first(2, { fault: true }, now) }],
    ['twice, of the live one', { live: first(2, { fault: true }, now) }],
    ['as the table was throttled', { live: first(2, UNREADABLE, now), build: first(1, UNREADABLE, now) }],
  ])('%s, is asked for again', async (_case, given) => {
    expect(await judge(given)).toEqual({ fit: true, line: line(true, true, true, {}) });
  });

  it.each<[string, Case]>([
    ['three times', { live: first(3, { fault: true }, now) }],
    ['as something that a registry refuses', { live: first(1, answer(false, 'NOT_ACCREDITED'), now) }],
    ['and was a permit', { build: first(1, answer(true, 'NOT_ACCREDITED'), now) }],
  ])('%s, is what it was', async (_case, given) => {
    expect((await judge(given)).fit).toBe(false);
  });
});

describe('what a build never judged was not asked, and stops a release', () => {
  const always = (code: string) => knownThen(answer(false, code));
  it.each<[string, Case, unasked: number]>([
    ['permits where the live build gives no answer', { live: knownThen({ fault: true }) }, ALL],
    ['no answers to what nobody knows', { live: permitting(), build: knownThen({ fault: true }) }, ALL],
    ['no answers of either', { live: knownThen({ fault: true }), build: knownThen({ fault: true }) }, ALL],
    [
      'more permits, each after three answers that were lost',
      { build: first(3, { fault: true }, wider) },
      ALL,
    ],
    [
      'no answer wherever it would permit more',
      { build: (request) => (request.includes('"gb-b"') ? { fault: true } : now(request)) },
      [...questions.each()].filter((q) => JSON.stringify(q.request).includes('"gb-b"')).length,
    ],
    ['no registry where there is one', { build: saying(answer(false, 'REGISTRY_EMPTY')) }, ALL],
    ['a registry that is always out of reach', { build: always('REGISTRY_UNAVAILABLE') }, ALL],
    ['a registry that it cannot read', { build: always('REGISTRY_FORMAT') }, ALL],
    ['a fault of its own', { build: always('INTERNAL_FAULT') }, ALL],
  ])('%s', async (_case, given, unasked) => {
    const { fit, line } = await judge(given);
    expect([fit, line.unasked, line.questions]).toEqual([false, unasked, ALL - unasked]);
    expect((await judge({ ...given, acknowledged: NONE })).fit).toBe(false);
  });

  it('but a fact that cannot be read is a judgement, and asked about once', async () => {
    let asked = 0;
    const unsound: Build = (request) => {
      asked += 1;
      return always('FACT_UNSOUND')(request);
    };
    const { fit, line } = await judge({ live: unsound, build: unsound });
    expect([fit, line.unasked]).toEqual([true, 0]);
    expect(asked).toBeLessThan(2 * ALL + 20);
  });
});

describe('a release is judged by', () => {
  it.each<[string, Case, boolean, object]>(
    // biome-ignore format: one row a line
    [
    ['the same answers', {}, true, line(true, true, true, {})],
    ['fewer permits', { build: permitting() }, true, line(true, true, true, { permits: 0, toRefusal: N, listed: US.slice(0, 50) })],
    ['more permits', { build: wider }, false, line(false, true, false, toPermit(GB, N + about('gb-b').length))],
    ['more permits, acknowledged', { build: wider, acknowledged: digestOf(GB) }, true, line(true, true, true, toPermit(GB, N + about('gb-b').length))],
    ['more permits, all but one acknowledged', { build: wider, acknowledged: digestOf(GB.slice(1)) }, false, line(false, true, false, toPermit(GB, N + about('gb-b').length))],
    ['more permits, nothing acknowledged', { build: wider, acknowledged: NONE }, false, line(false, true, false, toPermit(GB, N + about('gb-b').length))],
    ['other permits', { build: permitting('"gb-b"') }, false, line(false, true, false, toPermit(GB, about('gb-b').length, US))],
    ['a wrong known answer, acknowledged', { build: saying(answer(false, 'HOP_UNKNOWN')), acknowledged: NONE }, false, line(false, false, true, { permits: 0, toRefusal: N, listed: US.slice(0, 50) })],
    ['a longer lease', { live: leasing(5), build: leasing(10) }, false, line(false, true, false, { lease: LONGER, flips: digestOf({ lease: LONGER, toPermit: [] }) })],
    ['a longer lease, acknowledged', { live: leasing(5), build: leasing(10), acknowledged: digestOf({ lease: LONGER, toPermit: [] }) }, true, line(true, true, true, { lease: LONGER, flips: digestOf({ lease: LONGER, toPermit: [] }) })],
    ['a shorter lease', { live: leasing(10), build: leasing(5) }, true, line(true, true, true, { lease: { before: 10, after: 5 } })],
  ],
  )('%s', async (_case, given, fit, expected) => {
    expect(await judge(given)).toEqual({ fit, line: expected });
  });

  it.each<[string, Said]>([
    ['nothing', ''],
    ['no JSON', '<html>'],
    ['null', 'null'],
    ['a text where the boolean should be', '{"decision":"true"}'],
    ['a fault', { fault: true }],
  ])('a build that answers %s', async (_case, said) => {
    // Of a build that permitted nothing, so that no flip hides it.
    const { fit, line: written } = await judge({ live: permitting(), build: saying(said) });
    expect([fit, written.answered, written.toPermit]).toEqual([false, false, 0]);
    // Of what is known alone it is not judged: where it answers that, its silence is counted, and stops it.
    const { fit: isFit, line: silent } = await judge({ live: permitting(), build: knownThen(said) });
    expect([isFit, silent.answered, silent.unasked, silent.toRefusal]).toEqual([false, true, ALL, ALL]);
  });
});

describe('questions there is no time for', () => {
  /** A build that says which it is. */
  const named =
    (digest: string): Build =>
    (request) => {
      const said = now(request);
      return typeof said === 'string' ? JSON.stringify({ ...JSON.parse(said), build: digest }) : said;
    };
  const unfinished = (...builds: readonly string[]) =>
    digestOf({ builds: builds.map((build) => [build]), toPermit: [], unfinished: questions.plan });
  const UNFINISHED = unfinished('sha256:a', 'sha256:b');

  it.each<[string, string | undefined, number, Build, boolean]>(
    // biome-ignore format: one row a line
    [
    ['are counted, and stop the release', undefined, 1, named('sha256:b'), false],
    ['are not among what was acknowledged of all of them', NONE, 1, named('sha256:b'), false],
    ['may be acknowledged as such, for this registry and these builds', UNFINISHED, 1, named('sha256:b'), true],
    ['are not acknowledged for a later build', UNFINISHED, 1, named('sha256:c'), false],
    ['are not acknowledged for another build in service', unfinished('sha256:z', 'sha256:b'), 1, named('sha256:b'), false],
    ['are acknowledged by nobody for a build without a name', unfinished('sha256:a', ''), 1, now, false],
    ['are none', undefined, 999, named('sha256:b'), true],
    ['are none, and then nothing is unfinished', UNFINISHED, 999, named('sha256:b'), true],
  ],
  )('%s', async (_case, acknowledged, chunks, build, fit) => {
    const given = { live: named('sha256:a'), build };
    const terms = () => {
      let looks = 0;
      return { acknowledged, keepGoing: () => ++looks < chunks };
    };
    const said = await judge(given, terms());
    expect(said.fit).toBe(fit);
    const most = Math.min(chunks * 100, questions.total);
    expect(said.line).toMatchObject({ questions: most, unasked: questions.total - most });
    if (chunks > 1) expect(said.line.flips).toBe(NONE);
    expect((await judge(given, { ...terms(), known: [] })).fit, 'nothing known').toBe(false);
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
      ({ subject, asked: how }) =>
        'network' in subject &&
        subject.network === 'us-a' &&
        how.format === undefined &&
        how.marking === 'US SECRET//NOFORN',
    );
    expect(ways.map(({ asked: how }) => how)).toEqual([
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
    await release({ left: 22_000 });
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
