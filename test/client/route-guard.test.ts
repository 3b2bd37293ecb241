import { describe, expect, it } from 'vitest';
import {
  type Reply,
  RetryBudget,
  RouteGuard,
  type RouteGuardOptions,
  type Transport,
} from '../../client/index.ts';
import { earlierPermit, REQUEST } from './vectors.ts';

const START = '2026-03-01T12:00:00.000Z';

/** A client whose time stands still but for its own waits, and a transport that plays a list of replies. */
function scripted(
  replies: readonly (Reply | 'throws' | 'hangs')[],
  options: Partial<RouteGuardOptions> = {},
) {
  const waits: number[] = [];
  const requests: string[] = [];
  let passed = 0;
  const transport: Transport = {
    async send(text) {
      const reply = replies[Math.min(requests.length, replies.length - 1)];
      requests.push(text);
      if (reply === undefined || reply === 'throws') throw new Error('socket hang up');
      if (reply === 'hangs') return new Promise(() => {});
      return reply;
    },
  };
  const guard = new RouteGuard({
    transport,
    surroundings: {
      now: () => Date.parse(START),
      monotonic: () => passed,
      random: () => 0.5,
      sleep: async (milliseconds) => {
        waits.push(milliseconds);
        passed += milliseconds;
      },
      timeout: () => AbortSignal.timeout(20),
    },
    ...options,
  });
  return { guard, waits, requests };
}

const permit = (id = 'e-1'): Reply => earlierPermit(START, id);
const denial = (retry: string): Reply => ({
  kind: 'answered',
  status: 200,
  functionError: null,
  text: JSON.stringify({
    decision: false,
    retry,
    evaluationId: 'e-9',
    reasons: [{ code: 'HELD' }, { code: 'no' }],
  }),
});

describe('retries', () => {
  it.each<[string, (Reply | 'throws' | 'hangs')[], number, string]>([
    ['a permit is not asked again', [permit()], 1, 'permit'],
    ['a final deny is not asked again', [denial('never'), permit()], 1, 'deny'],
    ['a passing deny is asked again', [denial('after'), permit()], 2, 'permit'],
    ['a throttle is asked again', [{ kind: 'throttled' }, permit()], 2, 'permit'],
    ['a timeout is asked again', ['hangs', permit()], 2, 'permit'],
    ['a thrown transport is asked again', ['throws', permit()], 2, 'permit'],
    ['a refusal of the caller is not', [{ kind: 'refused' }, permit()], 1, 'unavailable'],
    ['an unsound permit is not', [{ ...permit(), text: '{}' } as Reply, permit()], 1, 'deny'],
    ['three attempts are the end', ['throws', 'throws', 'throws', permit()], 3, 'unavailable'],
  ])('%s', async (_, replies, attempts, kind) => {
    const { guard, requests } = scripted(replies);
    expect((await guard.decide(REQUEST)).kind).toBe(kind);
    expect(requests).toHaveLength(attempts);
  });

  it('wait between nothing and an exponential ceiling', async () => {
    const { guard, waits } = scripted(['throws'], { attempts: 8, deadlineMs: 60_000 });
    await guard.decide(REQUEST);
    expect(waits).toEqual([25, 50, 100, 200, 400, 500, 500]);
  });

  it('stop where the wait would pass the deadline', async () => {
    const { guard, waits } = scripted(['throws'], { attempts: 8, deadlineMs: 100 });
    expect(await guard.decide(REQUEST)).toMatchObject({
      kind: 'unavailable',
      retry: 'after',
      cause: 'unreachable',
    });
    expect(waits).toEqual([25, 50]);
  });

  it('never exceed the budget, however many requests fail', async () => {
    const { guard, requests } = scripted(['throws'], { retryBudget: new RetryBudget(5, 0.1) });
    for (let asked = 0; asked < 200; asked += 1) await guard.decide(REQUEST);
    // 200 first attempts, 5 saved retries, and one for every ten requests.
    expect(requests.length - 200).toBeLessThanOrEqual(25);
    expect(requests.length - 200).toBeGreaterThan(20);
  });

  it('without a budget multiply the load: the storm the budget prevents', async () => {
    const { guard, requests } = scripted(['throws'], { retryBudget: new RetryBudget(1_000, 1) });
    for (let asked = 0; asked < 200; asked += 1) await guard.decide(REQUEST);
    expect(requests).toHaveLength(600);
  });
});

describe('a permit', () => {
  it.each<[unknown, number | null]>([
    [{ version: 12, digest: 'sha256:0' }, 12],
    [{ version: '12' }, null],
    ['12', null],
    [undefined, null],
  ])('says which registry was asked: %j is %s', async (registry, version) => {
    const reply = permit();
    if (reply.kind !== 'answered') throw new Error('expected an answer');
    const text = JSON.stringify({ ...(JSON.parse(reply.text) as object), registry });
    const { guard } = scripted([{ ...reply, text }]);
    expect(await guard.decide(REQUEST)).toMatchObject({ kind: 'permit', registryVersion: version });
  });
});

describe('a denial', () => {
  it('carries the codes of the guard and nothing else of its text', async () => {
    const { guard } = scripted([denial('never')]);
    expect(await guard.decide(REQUEST)).toEqual({
      kind: 'deny',
      retry: 'never',
      cause: 'denied',
      sentence: 'The guard does not permit this message on this path.',
      evaluationId: 'e-9',
      reasons: ['HELD'],
    });
  });
});

describe('the request', () => {
  it('travels with the obligations this service can perform', async () => {
    const { guard, requests } = scripted([permit()], {
      obligations: { 'use-tunnel': () => true, 'notify-owner': () => true },
    });
    await guard.decide({ ...REQUEST, standards: ['UK-HRV-2020-01'], registry: { atLeast: 12 } });
    expect(JSON.parse(requests[0] ?? '')).toEqual({
      ...REQUEST,
      standards: ['UK-HRV-2020-01'],
      registry: { atLeast: 12 },
      supportedObligations: ['notify-owner', 'use-tunnel'],
    });
  });

  it('cannot be hypothetical, even from a caller without types', async () => {
    const { guard, requests } = scripted([permit()]);
    const sneaky = { ...REQUEST, at: '2020-02-15T00:00:00Z', registry: { atLeast: 12, exact: 3 } };
    await guard.decide(sneaky);
    expect(JSON.parse(requests[0] ?? '')).toEqual({
      ...REQUEST,
      registry: { atLeast: 12 },
      supportedObligations: [],
    });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['no message', { path: { route: 'a' } }],
    ['no path', { message: { id: 'm', marking: 'x' } }],
    ['a path as text', { ...REQUEST, path: 'sms-gb-primary' }],
    ['a list as message', { ...REQUEST, message: [] }],
    ['a bigint', { ...REQUEST, message: { id: 1n } }],
    ['a registry version that is not one', { ...REQUEST, registry: { atLeast: '12' } }],
  ])('is refused unsent: %s', async (_, request) => {
    const { guard, requests } = scripted([permit()]);
    const result = await guard.decide(request as typeof REQUEST);
    expect(result).toMatchObject({ kind: 'deny', cause: 'unusable-request', retry: 'never' });
    expect(requests).toHaveLength(0);
  });
});

describe('route', () => {
  it('runs the sender once under a permit and hands it over', async () => {
    const { guard } = scripted([permit('e-7')]);
    expect(
      await guard.route(REQUEST, async ({ evaluationId }) => `sent under ${evaluationId}`),
    ).toMatchObject({
      sent: true,
      value: 'sent under e-7',
    });
  });

  it('does not run the sender otherwise', async () => {
    const { guard } = scripted([denial('never')]);
    let ran = 0;
    const outcome = await guard.route(REQUEST, async () => {
      ran += 1;
    });
    expect(outcome).toMatchObject({ sent: false, refusal: { kind: 'deny' } });
    expect(ran).toBe(0);
  });

  it('refuses an answer that was already used', async () => {
    const { guard } = scripted([permit('e-1')]);
    expect((await guard.decide(REQUEST)).kind).toBe('permit');
    expect(await guard.decide(REQUEST)).toMatchObject({ kind: 'deny', cause: 'repeated-answer' });
  });
});

describe('the surroundings of the process', () => {
  it('wait for the obligations of a lease of any length', async () => {
    const now = new Date().toISOString();
    const answer = {
      decision: true,
      outcome: 'permit',
      enforceable: true,
      evaluationId: 'e-1',
      evaluatedAt: now,
      useBy: '9999-12-31T23:59:59Z',
      obligations: [{ type: 'no-roaming' }],
    };
    const guard = new RouteGuard({
      obligations: { 'no-roaming': () => true },
      transport: {
        send: async () => ({
          kind: 'answered',
          status: 200,
          functionError: null,
          text: JSON.stringify(answer),
        }),
      },
    });
    expect((await guard.decide(REQUEST)).kind).toBe('permit');
  });
});

describe('a transport that breaks its contract', () => {
  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['text that is an object', { kind: 'answered', status: 200, functionError: null, text: {} }],
    ['an unknown kind', { kind: 'permitted' }],
    ['a bare answer', { decision: true, outcome: 'permit', enforceable: true }],
  ])('never yields a permit: %s', async (_, reply) => {
    const guard = new RouteGuard({ transport: { send: async () => reply as Reply } });
    const result = await guard.decide(REQUEST);
    expect(result.kind).not.toBe('permit');
    expect(result.sentence).toBeTypeOf('string');
  });
});

describe('options', () => {
  it.each<[string, object]>([
    ['a misspelt name', { deadlineMS: 5 }],
    ['no transport', { transport: undefined }],
    ['a deadline of nothing', { deadlineMs: 0 }],
    ['a deadline that is not a number', { deadlineMs: Number.NaN }],
    ['a negative skew', { skewMs: -1 }],
    ['less than one attempt', { attempts: 0.5 }],
  ])('throw for %s', (_, wrong) => {
    const transport: Transport = { send: async () => permit() };
    expect(() => new RouteGuard({ transport, ...wrong })).toThrow(/./);
  });
});
