/** The client around an answer: retries, deadline, lease, obligations, and what it asks. */
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import {
  type Reply,
  RetryBudget,
  RouteGuard,
  type RouteGuardOptions,
  type Transport,
} from '../../client/index.ts';
import { digestOfMessage } from '../../client/message-digest.ts';
import { performAll } from '../../client/obligations.ts';
import { settingsFrom } from '../../client/options.ts';
import { SeenEvaluations } from '../../client/seen-evaluations.ts';
import { PROCESS_SURROUNDINGS } from '../../client/surroundings.ts';
import { NONCE as NONCE_FORM } from '../../functions/core/request.ts';
import { BOUND, boundReply, earlierPermit, REQUEST } from './vectors.ts';

const START = '2026-03-01T12:00:00.000Z';
const NONCE = 'a-nonce-of-the-tests';

/** A client whose time stands still but for its own waits, and a transport that plays a list of replies. */
function scripted(
  replies: readonly (Reply | 'throws' | 'hangs')[],
  options: Partial<RouteGuardOptions> = {},
) {
  const waits: number[] = [];
  const timeouts: number[] = [];
  const requests: string[] = [];
  let passed = 0;
  const transport: Transport = {
    async send(text) {
      const reply = replies[Math.min(requests.length, replies.length - 1)];
      requests.push(text);
      if (reply === undefined || reply === 'throws') throw new TypeError('socket hang up');
      if (reply === 'hangs') return new Promise(() => {});
      return boundReply(text, reply);
    },
  };
  const guard = new RouteGuard({
    transport,
    surroundings: {
      now: () => Date.parse(START),
      monotonic: () => passed,
      nonce: () => NONCE,
      random: () => 0.5,
      sleep: async (milliseconds) => {
        waits.push(milliseconds);
        // Time passes before the next attempt only for whoever waits.
        await Promise.resolve();
        passed += milliseconds;
      },
      timeout: (milliseconds) => {
        timeouts.push(milliseconds);
        return AbortSignal.timeout(20);
      },
    },
    ...options,
  });
  return { guard, waits, timeouts, requests };
}

const permit = (id = 'e-1'): Reply => earlierPermit(START, id);
const denial = (retry: string): Reply => ({
  kind: 'answered',
  status: 200,
  functionError: null,
  text: JSON.stringify({
    decision: false,
    question: BOUND,
    retry,
    evaluationId: 'e-9',
    reasons: [{ code: 'HELD' }, { code: 'no' }],
  }),
});

/** A permit whose lease was over before it came. */
const overdue = (): Reply => ({ ...earlierPermit('2026-03-01T11:59:59.000Z', 'e-3', 1_000) });

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
    ['a deny with a retry of its own is not', [denial('soon'), permit()], 1, 'deny'],
    ['a lease that was over is not', [overdue(), permit()], 1, 'deny'],
    ['an answer that cannot be read is not', [{ ...permit(), text: 'x' } as Reply, permit()], 1, 'deny'],
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
    // Exactly at the deadline is too late.
    expect((await askedFor(75)).waits).toEqual([25]);
    expect((await askedFor(76)).waits).toEqual([25, 50]);
  });

  async function askedFor(deadlineMs: number, options: Partial<RouteGuardOptions> = {}) {
    const played = scripted(['throws'], { attempts: 8, deadlineMs, ...options });
    await played.guard.decide(REQUEST);
    return played;
  }

  it('give an attempt its time, and never more than is left of the deadline', async () => {
    expect((await askedFor(100)).timeouts).toEqual([100, 75, 25]);
    expect((await askedFor(100, { attemptMs: 60 })).timeouts).toEqual([60, 60, 25]);
    const { timeouts, requests } = scripted(['throws']);
    expect([timeouts, requests]).toEqual([[], []]);
    const usual = scripted(['throws']);
    await usual.guard.decide(REQUEST);
    expect(usual.timeouts).toEqual([2_000, 2_000, 2_000]);
  });

  it('take one token each out of ten, and a tenth comes back with each request', async () => {
    const budget = new RetryBudget();
    const { guard, requests } = scripted(['throws'], {
      attempts: 8,
      deadlineMs: 60_000,
      retryBudget: budget,
    });
    await guard.decide(REQUEST);
    expect(requests).toHaveLength(8);
    // Ten are the most: what the first request earned was over the brim. 10 - 7 + 0.1, spent one by one.
    await guard.decide(REQUEST);
    expect(requests).toHaveLength(12);
    for (let asked = 0; asked < 8; asked += 1) await guard.decide(REQUEST);
    expect(requests).toHaveLength(20);
    await guard.decide(REQUEST);
    expect(requests).toHaveLength(22);
    const small = new RetryBudget(2, 0.5);
    for (let earned = 0; earned < 9; earned += 1) small.earn();
    expect([1, 2, 3].map(() => small.spend())).toEqual([true, true, false]);
    expect([budget.spend(), new RetryBudget(0, 0).spend(), new RetryBudget(1, 0).spend()]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it.each([
    [-1, 0.1],
    [Number.NaN, 0.1],
    [10, -0.1],
    [10, 1.1],
    [10, Number.NaN],
  ])('have no budget of %d and %d', (capacity, share) => {
    expect(() => new RetryBudget(capacity, share)).toThrow(RangeError);
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
  it('says what the sender may know, and is current until its lease is over by either clock', async () => {
    let wall = Date.parse(START);
    let passed = 0;
    const transport: Transport = { send: async (sent) => boundReply(sent, permit()) };
    const surroundings = { now: () => wall, monotonic: () => passed };
    const result = await new RouteGuard({ transport, surroundings }).decide(REQUEST);
    if (result.kind !== 'permit') throw new Error('expected a permit');
    const { current, ...said } = result;
    expect(said).toEqual({
      kind: 'permit',
      retry: 'never',
      sentence: 'The guard permits this message on this path.',
      evaluationId: 'e-1',
      evaluatedAt: START,
      useBy: '2026-03-01T12:00:05.000Z',
      registryVersion: null,
      obligations: [],
    });
    const at = (wallMs: number, passedMs: number) => {
      wall = Date.parse(START) + wallMs;
      passed = passedMs;
      return current();
    };
    expect([at(0, 0), at(4_999, 4_999), at(5_000, 0), at(0, 5_000)]).toEqual([true, true, false, false]);
  });
});

describe('obligations', () => {
  /** What comes of a permit with these obligations, and the time its handlers were given. */
  async function performing(
    types: readonly string[],
    obligations: RouteGuardOptions['obligations'],
    elapsed = 0,
    late = 0,
  ) {
    const given: number[] = [];
    let sent = false;
    const result = await new RouteGuard({
      ...(obligations !== undefined && { obligations }),
      attempts: 1,
      transport: {
        send: async (text) => {
          sent = true;
          const asked = types.map((type) => ({ type, ref: `for-${type}` }));
          return boundReply(text, earlierPermit(START, 'e-1', 5_000, asked));
        },
      },
      surroundings: {
        now: () => Date.parse(START) + (sent ? late : 0),
        monotonic: () => (sent ? elapsed : 0),
        timeout: (milliseconds) => {
          given.push(milliseconds);
          return AbortSignal.timeout(50);
        },
      },
    }).decide(REQUEST);
    return { result, given };
  }

  it('are performed in the order of the answer, each with its members and the signal', async () => {
    const seen: unknown[] = [];
    const note = (obligation: unknown, signal: AbortSignal) => {
      seen.push([obligation, signal.aborted]);
      return true;
    };
    const { result } = await performing(['b', 'a', 'b'], { a: note, b: note });
    expect(result.kind).toBe('permit');
    expect(seen).toEqual(['b', 'a', 'b'].map((type) => [{ type, ref: `for-${type}` }, false]));
  });

  it.each<[string, unknown]>([
    ...['true', 1, {}, [], null, undefined, 0, false].map((value): [string, unknown] => [
      JSON.stringify(value),
      value,
    ]),
    ['a promise of one', Promise.resolve(1)],
    ['a function', () => true],
  ])('that answer %s are not performed, and end the rest', async (_, value) => {
    let after = 0;
    const { result } = await performing(['a', 'b'], {
      a: () => value as boolean,
      b: () => {
        after += 1;
        return true;
      },
    });
    const evaluationId = 'e-1';
    expect([result, after]).toMatchObject([
      { kind: 'deny', cause: 'obligation-failed', retry: 'never', evaluationId },
      0,
    ]);
  });

  it('have what is left of the lease by the stricter clock', async () => {
    const done = { a: () => true };
    expect((await performing(['a'], done, 100, 300)).given).toEqual([2_000, 4_700]);
    expect((await performing(['a'], done, 300, 100)).given).toEqual([2_000, 4_700]);
    expect((await performing([], done, 300, 100)).given).toEqual([2_000]);
  });

  it('registered after the client was made are not announced and not performed', async () => {
    const obligations: Record<string, () => boolean> = {};
    const { guard, requests } = scripted([earlierPermit(START, 'e-1', 5_000, [{ type: 'a' }])], {
      obligations,
    });
    obligations['a'] = () => true;
    expect(await guard.decide(REQUEST)).toMatchObject({ kind: 'deny', cause: 'unknown-obligation' });
    expect(requests[0]).toContain('"supportedObligations":[]');
  });

  it('are not begun without time', async () => {
    let begun = 0;
    const a = () => {
      begun += 1;
      return true;
    };
    expect(await performAll([{ type: 'a' }], { a }, AbortSignal.abort())).toBe(false);
    expect(begun).toBe(0);
  });

  it('that outlast the lease leave a deny that names its evaluation', async () => {
    let passed = 0;
    const a = () => {
      passed = 5_000;
      return true;
    };
    const { guard } = scripted([earlierPermit(START, 'e-1', 5_000, [{ type: 'a' }])], {
      obligations: { a },
      surroundings: { now: () => Date.parse(START), monotonic: () => passed },
    });
    expect(await guard.decide(REQUEST)).toMatchObject({
      kind: 'deny',
      cause: 'lease-expired',
      evaluationId: 'e-1',
    });
  });

  it('are not performed twice: the answer is spent whatever becomes of them', async () => {
    const { guard } = scripted([earlierPermit(START, 'e-1', 5_000, [{ type: 'a' }])], {
      obligations: { a: () => false },
    });
    expect(await guard.decide(REQUEST)).toMatchObject({ cause: 'obligation-failed' });
    expect(await guard.decide(REQUEST)).toMatchObject({ cause: 'repeated-answer' });
  });
});

describe('the last evaluations', () => {
  it('are remembered up to 4096, the oldest forgotten first', () => {
    const seen = new SeenEvaluations();
    for (let n = 0; n < 4_097; n += 1) seen.add(`e-${n}`);
    expect([seen.has('e-0'), seen.has('e-1'), seen.has('e-4096'), seen.has('e-5000')]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('the time of an attempt', () => {
  it('that is over before it began is not used', async () => {
    const { guard, requests } = scripted([permit()], {
      attempts: 1,
      surroundings: { now: () => Date.parse(START), monotonic: () => 0, timeout: () => AbortSignal.abort() },
    });
    expect(await guard.decide(REQUEST)).toMatchObject({ kind: 'unavailable', cause: 'timed-out' });
    expect(requests).toEqual([]);
    // Nor is one that begins at the deadline.
    const times = [0, 4_000];
    const late = scripted([permit()], {
      attempts: 1,
      surroundings: { now: () => Date.parse(START), monotonic: () => times.shift() ?? 4_000 },
    });
    expect(await late.guard.decide(REQUEST)).toMatchObject({ kind: 'unavailable', cause: 'timed-out' });
    expect(late.requests).toEqual([]);
  });

  it.each([
    [-5, 0],
    [0, 0],
    [0.2, 1],
    [1_500, 1_500],
    [2 ** 40, 2 ** 31 - 1],
  ])('of %d ms is a timer of %d', (milliseconds, timer) => {
    const timers = vi.spyOn(AbortSignal, 'timeout');
    PROCESS_SURROUNDINGS.timeout(milliseconds);
    expect(timers.mock.calls).toEqual([[timer]]);
    timers.mockRestore();
  });

  it('is told by a clock that nobody sets, and a wait by a timer', async () => {
    const { now, monotonic, random, sleep } = PROCESS_SURROUNDINGS;
    vi.spyOn(Date, 'now').mockReturnValue(7);
    vi.spyOn(performance, 'now').mockReturnValue(9);
    vi.spyOn(Math, 'random').mockReturnValue(0.25);
    const timers = vi.spyOn(globalThis, 'setTimeout');
    expect([now(), monotonic(), random()]).toEqual([7, 9, 0.25]);
    await sleep(3);
    expect(timers.mock.lastCall?.[1]).toBe(3);
    vi.restoreAllMocks();
  });
});

describe('the request', () => {
  it('travels with the obligations this service can perform', async () => {
    const { guard, requests } = scripted([permit()], {
      obligations: { 'use-tunnel': () => true, 'notify-owner': () => true },
    });
    const asked = { ...REQUEST, explain: 'none' } as const;
    await guard.decide({ ...asked, standards: ['UK-HRV-2020-01'], registry: { atLeast: 12 } });
    expect(JSON.parse(requests[0] ?? '')).toEqual({
      ...asked,
      standards: ['UK-HRV-2020-01'],
      registry: { atLeast: 12 },
      supportedObligations: ['notify-owner', 'use-tunnel'],
      nonce: NONCE,
    });
  });

  const marked = (marking: unknown) => ({ ...REQUEST, message: { ...REQUEST.message, marking } });
  const described = (more: object) => ({ ...REQUEST, message: { ...REQUEST.message, ...more } });
  const deep = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
  const AROUND = 'message, path, registry, standards, explain';
  const WITHIN = 'id, marking, markingFormat, originator, digest, protection, flow';
  const cycle: Record<string, unknown> = {};
  cycle['itself'] = cycle;
  class Marked {
    readonly id = 'm-1';
    readonly marking = 'SECRET';
    get protection() {
      return { scheme: 'csfc' };
    }
  }

  class MarkedToo extends Marked {}
  class WritesItself extends Array {
    toJSON() {
      return [];
    }
  }
  /** An object on a prototype that is the root of everything, as far as it goes. */
  const rooted = (prototype: object, own: object): object =>
    Object.assign(Object.create(Object.assign(Object.create(null), prototype)), own);

  // What is wrong is named, and nothing is asked: the question that travels is the one that was written, or none.
  it.each<[string, unknown, string]>(
    // biome-ignore format: one row a line
    [
    ['nothing', undefined, 'the request is something that JSON cannot say'],
    ['null', null, 'it cannot be written as JSON'],
    ['no message', { path: { route: 'a' } }, 'message must be an object'],
    ['no path', { message: { id: 'm', marking: 'x' } }, 'path must be an object'],
    ['a path as text', { ...REQUEST, path: 'sms-gb-primary' }, 'path must be an object'],
    ['a list as message', { ...REQUEST, message: [] }, 'message must be an object'],
    ['a marking deeper than the stack', marked(deep(100_000)), 'it cannot be written as JSON'],
    ['a cycle', marked(cycle), 'it cannot be written as JSON'],
    ['a getter that throws', { ...REQUEST, get registry() { throw new Error('x'); } }, 'registry is something that JSON cannot say'],
    ['a proxy that throws', { ...REQUEST, registry: new Proxy({}, { ownKeys: () => { throw new Error('x'); } }) }, 'it cannot be written as JSON'],
    ['a registry that is null', { ...REQUEST, registry: null }, 'registry.atLeast must be a version, a whole number'],
    ['no version', { ...REQUEST, registry: {} }, 'registry.atLeast must be a version, a whole number'],
    ['a version as text', { ...REQUEST, registry: { atLeast: '12' } }, 'registry.atLeast must be a version, a whole number'],
    ['a time, which would be hypothetical', { ...REQUEST, at: '2020-02-15T00:00:00Z' }, `at is a member nobody knows; the request takes ${AROUND}`],
    ['an exact version', { ...REQUEST, registry: { atLeast: 12, exact: 3 } }, 'registry.exact is a member nobody knows; registry takes atLeast'],
    ['standards, misspelt', { ...REQUEST, standard: ['UK-HRV-2020-01'] }, `standard is a member nobody knows; the request takes ${AROUND}`],
    ['the registry, misspelt', { ...REQUEST, register: { atLeast: 12 } }, `register is a member nobody knows; the request takes ${AROUND}`],
    ['a nonce of the caller', { ...REQUEST, nonce: 'A'.repeat(24) }, `nonce is a member nobody knows; the request takes ${AROUND}`],
    ['the wire’s own obligations', { ...REQUEST, supportedObligations: ['use-tunnel'] }, `supportedObligations is a member nobody knows; the request takes ${AROUND}`],
    ['anything, even without a value', { ...REQUEST, foo: undefined }, `foo is a member nobody knows; the request takes ${AROUND}`],
    ['a name every object has', { ...REQUEST, toString: 'x' }, `toString is a member nobody knows; the request takes ${AROUND}`],
    ['the originator, misspelt', described({ originater: 'USA' }), `message.originater is a member nobody knows; message takes ${WITHIN}`],
    ['a registration, misspelt', described({ protection: { scheme: 'csfc', registrations: 'r' } }), 'message.protection.registrations is a member nobody knows; message.protection takes scheme, registration'],
    ['how well the path is known', { ...REQUEST, path: { route: 'a', assurance: 'pinned' } }, 'path.assurance is a member nobody knows; path takes route, hops'],
    ['a name that is a message', described({ 'SECRET: the attack is at dawn': 1 }), `message.(a strange name) is a member nobody knows; message takes ${WITHIN}`],
    ['a symbol', { ...REQUEST, [Symbol('standards')]: ['S'] }, '(a strange name) is a member nobody knows'],
    ['a bigint', described({ id: 1n }), 'message.id is something that JSON cannot say'],
    ['standards as a function', { ...REQUEST, standards: () => ['S'] }, 'standards is something that JSON cannot say'],
    ['standards as a symbol', { ...REQUEST, standards: Symbol('S') }, 'standards is something that JSON cannot say'],
    ['standards as a set', { ...REQUEST, standards: new Set(['S']) }, 'standards is no plain object'],
    ['a standard that is not there', { ...REQUEST, standards: ['S', undefined] }, 'standards[1] is something that JSON cannot say'],
    ['a hole among the standards', { ...REQUEST, standards: Array(1) }, 'standards[0] is something that JSON cannot say'],
    ['a number without end in a marking', marked({ portions: [Number.NaN] }), 'message.marking.portions[0] is a number that JSON cannot say'],
    ['a date in a marking', marked({ on: new Date(0) }), 'message.marking.on is no plain object'],
    ['a marking that writes itself', marked({ toJSON: () => 'UNCLASSIFIED' }), 'message.marking.toJSON is something that JSON cannot say'],
    ['a hop that is a map', { ...REQUEST, path: { hops: [new Map([['network', 'gb-a']])] } }, 'path.hops[0] is no plain object'],
    ['a member nobody sees', { ...REQUEST, message: Object.defineProperty({ ...REQUEST.message }, 'flow', { value: 'roaming' }) }, 'message.flow is something that JSON cannot say'],
    ['a member that is worked out', { ...REQUEST, message: { ...REQUEST.message, get flow() { return 'roaming'; } } }, 'message.flow is something that JSON cannot say'],
    ['an object of a class', { ...REQUEST, message: new Marked() }, 'message is no plain object'],
    ['an object of a class without members of its own', { ...REQUEST, message: new MarkedToo() }, 'message is no plain object'],
    ['hops that write themselves', { ...REQUEST, path: { hops: Object.assign([{ network: 'gb-a' }], { toJSON: () => [] }) } }, 'path.hops.toJSON is a member nobody knows'],
    ['hops with a member of their own', { ...REQUEST, path: { hops: Object.assign([{ network: 'gb-a' }], { more: 1 }) } }, 'path.hops.more is a member nobody knows'],
    ['hops with a symbol', { ...REQUEST, path: { hops: Object.assign([{ network: 'gb-a' }], { [Symbol('more')]: 1 }) } }, 'path.hops.(a strange name) is a member nobody knows'],
    ['a hop that is worked out', { ...REQUEST, path: { hops: Object.defineProperty([], '0', { enumerable: true, get: () => ({ network: 'gb-a' }) }) } }, 'path.hops[0] is something that JSON cannot say'],
    ['standards of a class', { ...REQUEST, standards: WritesItself.from(['S']) }, 'standards is no plain list'],
    ['portions of a class', marked({ portions: WritesItself.from(['(S)']) }), 'message.marking.portions is no plain list'],
    ['standards on a prototype of their own', { ...REQUEST, standards: Object.setPrototypeOf(['S'], { toJSON: () => [] }) }, 'standards is no plain list'],
    ['a hop on a prototype that writes it', { ...REQUEST, path: { hops: [rooted({ toJSON: () => ({ network: 'good' }) }, { network: 'bad' })] } }, 'path.hops[0] is no plain object'],
    ['standards that it only inherits', rooted({ standards: ['S'] }, REQUEST), 'the request is no plain object'],
  ],
  )('is refused unsent: %s', async (_, request, problem) => {
    const { guard, requests } = scripted([permit()]);
    const result = await guard.decide(request as typeof REQUEST);
    expect(result).toMatchObject({ kind: 'deny', cause: 'unusable-request', retry: 'never' });
    expect(result.sentence).toBe(`The request cannot be sent: ${problem}.`);
    expect(requests).toHaveLength(0);
  });

  it('is looked at once, so that what was looked at is what is sent', async () => {
    let reads = 0;
    const message = new Proxy(
      { ...REQUEST.message },
      {
        getOwnPropertyDescriptor: (target, key) => {
          reads += key === 'marking' ? 1 : 0;
          const found = Reflect.getOwnPropertyDescriptor(target, key);
          return key === 'marking' && reads > 1 ? { ...found, value: 'UNCLASSIFIED' } : found;
        },
        get: (target, key) => (key === 'marking' ? 'UNCLASSIFIED' : Reflect.get(target, key)),
      },
    );
    const { guard, requests } = scripted([permit()]);
    await guard.decide({ ...REQUEST, message });
    expect(requests.map((request) => JSON.stringify(request).includes('UNCLASSIFIED'))).toEqual([false]);
    expect(reads).toBe(1);
  });

  it.each<[string, () => string]>([
    [
      'throws',
      () => {
        throw new Error('no chance');
      },
    ],
    ['says nothing', () => JSON.parse('null') as string],
    ['says too little', () => 'A'.repeat(15)],
    ['says what is none', () => `${'A'.repeat(20)}"`],
  ])('is not sent where whoever makes nonces %s', async (_, nonce) => {
    const { guard, requests } = scripted([permit()], { surroundings: { nonce } });
    expect(await guard.decide(REQUEST)).toMatchObject({
      ...{ kind: 'deny', cause: 'unusable-request', retry: 'never' },
      sentence: 'The request cannot be sent: nobody made a nonce for it.',
    });
    expect(requests).toEqual([]);
  });

  it('has a nonce of its own at each attempt, and what answers the one before answers nothing', async () => {
    const sent: string[] = [];
    const transport: Transport = {
      async send(text) {
        sent.push(text);
        return sent.length === 1 ? { kind: 'timed-out' } : boundReply(sent[0] ?? '', permit());
      },
    };
    const sleep = async () => {};
    const guard = new RouteGuard({ transport, surroundings: { now: () => Date.parse(START), sleep } });
    expect(await guard.decide(REQUEST)).toMatchObject({ kind: 'deny', cause: 'another-question' });
    const nonces = sent.map((text) => (JSON.parse(text) as { nonce: string }).nonce);
    expect(nonces).toEqual([expect.stringMatching(NONCE_FORM), expect.stringMatching(NONCE_FORM)]);
    expect(new Set(nonces).size).toBe(2);
  });

  it.each<[string, unknown, unknown]>([
    ['optional members without a value', { ...described({ flow: undefined }), explain: undefined }, REQUEST],
    [
      'an object without a prototype',
      { ...REQUEST, message: Object.assign(Object.create(null), REQUEST.message) },
      REQUEST,
    ],
    [
      'an object of another realm',
      { ...REQUEST, message: runInNewContext(`(${JSON.stringify(REQUEST.message)})`) },
      REQUEST,
    ],
    [
      'a marking with members of its own',
      marked({ frame: 'US', level: null, n: 1, b: true }),
      marked({ frame: 'US', level: null, n: 1, b: true }),
    ],
  ])('travels whole: %s', async (_, request, travels) => {
    const { guard, requests } = scripted([permit()]);
    expect((await guard.decide(request as typeof REQUEST)).kind).toBe('permit');
    expect(requests).toEqual([
      JSON.stringify({ ...(travels as object), supportedObligations: [], nonce: NONCE }),
    ]);
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

  it('throws on what the sender throws', async () => {
    const { guard } = scripted([permit('e-8')]);
    await expect(guard.route(REQUEST, () => Promise.reject(new Error('no route')))).rejects.toThrow(
      'no route',
    );
  });

  it('names its content by a digest as the guard writes it', () => {
    expect(digestOfMessage('abc')).toBe(
      'sha384:cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
    );
  });

  it('refuses an answer that was already used', async () => {
    const { guard } = scripted([permit('e-1')]);
    expect((await guard.decide(REQUEST)).kind).toBe('permit');
    expect(await guard.decide(REQUEST)).toMatchObject({ kind: 'deny', cause: 'repeated-answer' });
  });
});

describe('a transport that breaks its contract', () => {
  it.each<[string, unknown, string]>([
    ['undefined', undefined, 'unreadable'],
    ['null', null, 'unreadable'],
    ['text that is an object', { ...permit(), text: {} }, 'unreadable'],
    ['an unknown kind', { kind: 'permitted' }, 'unreachable'],
    ['a kind every object has', { kind: 'toString' }, 'unreachable'],
    ['a permit for a kind', { kind: 'permit', current: () => true }, 'unreachable'],
    ['a bare answer', { decision: true, outcome: 'permit', enforceable: true }, 'unreachable'],
  ])('never yields a permit: %s', async (_, reply, cause) => {
    const guard = new RouteGuard({ attempts: 1, transport: { send: async () => reply as Reply } });
    const kind = cause === 'unreachable' ? 'unavailable' : 'deny';
    expect(await guard.decide(REQUEST)).toMatchObject({ kind, cause });
  });
});

describe('options', () => {
  it.each<[string, object]>(
    // biome-ignore format: one row a line
    [
    ['a misspelt name', { deadlineMS: 5 }],
    ['no transport', { transport: undefined }],
    ['a transport that cannot send', { transport: {} }],
    ...['deadlineMs', 'attemptMs', 'attempts'].flatMap((name) => [0, -1, Number.NaN, Number.POSITIVE_INFINITY].map((value): [string, object] => [`${name} ${value}`, { [name]: value }])),
    ...[-1, Number.NaN, Number.POSITIVE_INFINITY, 60_001, 1e9, '5'].map((skewMs): [string, object] => [`skewMs ${skewMs}`, { skewMs }]),
    ...[0, -1, Number.NaN, 301, 1e9, '5'].map((maxLeaseSeconds): [string, object] => [`maxLeaseSeconds ${maxLeaseSeconds}`, { maxLeaseSeconds }]),
    ...[900_001, 1e12, '4000'].flatMap((value) => ['deadlineMs', 'attemptMs'].map((name): [string, object] => [`${name} ${value}`, { [name]: value }])),
    ...[0.5, 11, 1e9, '3'].map((attempts): [string, object] => [`attempts ${attempts}`, { attempts }]),
    ...[null, true, {}, 'a', undefined].map((handler): [string, object] => [`a handler that is ${handler}`, { obligations: { 'use-tunnel': handler } }]),
    ...[[() => true], null, () => true].map((obligations): [string, object] => [`obligations ${obligations}`, { obligations }]),
    ...[5, {}, { earn: () => {} }, { spend: () => true }, null].map((retryBudget): [string, object] => [`a budget ${JSON.stringify(retryBudget)}`, { retryBudget }]),
    ['a misspelt clock', { surroundings: { nwo: () => 0 } }],
    ['surroundings that are none', { surroundings: null }],
  ],
  )('throw for %s', (_, wrong) => {
    const transport: Transport = { send: async () => permit() };
    expect(() => new RouteGuard({ transport, ...wrong })).toThrow(
      /^(RouteGuard[ :]|(deadlineMs|attemptMs|attempts|skewMs|maxLeaseSeconds) must be a number )/,
    );
  });

  it.each([undefined, null, 'decide', []])('throw for %j in place of options', (none) => {
    const made = () => new RouteGuard(none as unknown as RouteGuardOptions);
    expect(made).toThrow(new TypeError('RouteGuard takes an object of options'));
  });

  it.each([
    ['maxLeaseSeconds', 300],
    ['skewMs', 60_000],
    ['deadlineMs', 900_000],
    ['attemptMs', 900_000],
    ['attempts', 10],
  ])('take %s of %d', (name, most) => {
    const transport: Transport = { send: async () => permit() };
    expect(settingsFrom({ transport, [name]: most })).toMatchObject({ [name]: most });
  });

  it('that are left out are these', () => {
    const transport: Transport = { send: async () => permit() };
    const { retryBudget, surroundings, observe, ...rest } = settingsFrom({ transport, attempts: 2.9 });
    expect(rest).toEqual({
      transport,
      obligations: {},
      deadlineMs: 4_000,
      attemptMs: 2_000,
      attempts: 2,
      skewMs: 1_000,
      maxLeaseSeconds: 30,
    });
    expect([retryBudget instanceof RetryBudget, surroundings]).toEqual([true, PROCESS_SURROUNDINGS]);
    expect(observe).toBeUndefined();
    expect(settingsFrom({ transport }).attempts).toBe(3);
  });
});
