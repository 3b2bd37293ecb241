/** Time at the doors: the early answer before Lambda's timeout, and instants and leases on a clock that moves. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CONTEXT, type Door, type DoorName, type Doors, startDoors } from './doors-rig.ts';
import {
  counted,
  digestOfText,
  NOW,
  NOW_MS,
  permitted,
  permittedLine,
  question,
  refused,
  refusedLine,
} from './expected.ts';
import { CALLER, REQUEST_ID, restEvent } from './rest-event.ts';

const NAMES = ['decide', 'decide-http', 'explain', 'access'] as const;
let doors: Doors;
let digest: string;
const open = new Map<DoorName, Door>();
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW_MS });
  doors = await startDoors(NAMES, 700);
  digest = (await doors.store.reader().open()).digest;
  for (const name of NAMES) {
    const door = await doors.fresh(name);
    open.set(name, door);
    await door(eventOf[name]);
  }
});
afterAll(async () => {
  await doors.stop();
  vi.useRealTimers();
});
beforeEach(() => {
  doors.proxy.weather('fair');
  vi.setSystemTime(NOW_MS);
  doors.lines();
});

const NONCE = 'CANARY-0123456789';
const TEXT = JSON.stringify(question('gb-b', { nonce: NONCE, explain: 'codes' }));
const QUESTION = { digest: digestOfText(TEXT), nonce: NONCE };
const AUTHZEN = {
  subject: { type: 'message', id: 'CANARY', properties: { marking: 'SECRET//REL TO USA, GBR' } },
  action: { name: 'route' },
  resource: { type: 'network', id: 'gb-b' },
};
const eventOf: Readonly<Record<DoorName, unknown>> = {
  decide: { request: TEXT },
  'decide-http': restEvent('/v1/decide', { body: TEXT }),
  explain: restEvent('/v1/audit/explain', { body: TEXT }),
  access: restEvent('/access/v1/evaluation', { body: AUTHZEN }),
};

function door(name: DoorName): Door {
  const found = open.get(name);
  if (found === undefined) throw new Error(`no door ${name}`);
  return found;
}

const HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' };
const TIRED = [{ code: 'BUDGET_EXHAUSTED' }] as const;
const REFUSED = { ...refused(TIRED, 'after'), question: QUESTION };
const written = (members: object) => ({ ...refusedLine('unavailable', TIRED, 'after'), ...members });
const KNOWN = { caller: CALLER, requestId: REQUEST_ID };
const search = (searched: string) => ({
  event: 'search',
  schema: 1,
  Service: 'contract',
  searched,
  results: 0,
  complete: false,
  ...KNOWN,
});

/** What is asked, of which function, what is sent in time, and the one line about it. */
type Row = readonly [
  name: string,
  door: DoorName,
  event: unknown,
  sent: unknown,
  line: object,
  context?: object,
];

const overHttp = { statusCode: 200, headers: HEADERS, body: REFUSED };
const overAccess = { statusCode: 500, headers: HEADERS, body: 'the request took too long' };
const reasons = [{ code: 'BUDGET_EXHAUSTED', text: 'The time for this decision ran out.' }];
const probe = { invokedFunctionArn: CONTEXT.invokedFunctionArn.replace(':live', ':probe') };
const {
  Decisions: _one,
  Permits: _none,
  Faults: _zero,
  WaivedPermits: _nothing,
  DecisionTime: _time,
  ...uncounted
} = written({ door: 'direct', requestId: CONTEXT.awsRequestId });

const ROWS: readonly Row[] = [
  [
    'an invocation',
    'decide',
    eventOf.decide,
    REFUSED,
    written({ door: 'direct', requestId: CONTEXT.awsRequestId }),
  ],
  [
    'a question of the probe',
    'decide',
    eventOf.decide,
    REFUSED,
    { ...uncounted, ...counted(['ProbeDecisions'], false), probe: true, Class: 'probe', ProbeDecisions: 1 },
    probe,
  ],
  ['POST /v1/decide', 'decide-http', eventOf['decide-http'], overHttp, written({ door: 'http', ...KNOWN })],
  ['an explanation', 'explain', eventOf.explain, overHttp, written({ door: 'audit', ...KNOWN })],
  ['an evaluation', 'access', eventOf.access, overAccess, written({ door: 'access', ...KNOWN })],
  [
    'a batch',
    'access',
    restEvent('/access/v1/evaluations', { body: { ...AUTHZEN, evaluations: [{}, {}] } }),
    overAccess,
    written({ door: 'access', ...KNOWN }),
  ],
  ...['subject', 'resource', 'action'].map(
    (kind): Row => [
      `a search for a ${kind}`,
      'access',
      restEvent(`/access/v1/search/${kind}`, {
        body: { ...AUTHZEN, ...(kind === 'subject' && { subject: { type: 'message' } }) },
      }),
      overAccess,
      search(kind),
    ],
  ),
  [
    'a comparison of paths',
    'access',
    restEvent('/v1/best-path', { body: { message: question('gb-b').message } }),
    { ...overAccess, statusCode: 503, body: { reasons } },
    search('best-path'),
  ],
];

describe('on a clock that moves while the registry is read', () => {
  /** Seven seconds pass during every read of HEAD, and one during every other. */
  function moveTheClock(): void {
    doors.proxy.weather((operation) => {
      vi.setSystemTime(Date.now() + (operation === 'GetItem' ? 7_000 : 1_000));
      return 'fair';
    });
  }
  const BEHIND = '2026-11-28T12:00:07.000Z';

  it.each(['decide', 'decide-http', 'explain'] as const)(
    'at %s the answer is for the instant before the read, and so is its lease',
    async (name) => {
      moveTheClock();
      const answer = await door(name)(eventOf[name]);
      const body = name === 'decide' ? answer : JSON.parse((answer as { readonly body: string }).body);
      expect(body).toEqual({ ...permitted(digest), question: QUESTION, evaluatedAt: BEHIND });
      const { _aws: _metrics, ...line } = permittedLine(digest);
      expect(JSON.parse(doors.lines()[0] ?? '')).toMatchObject({ ...line, evaluatedAt: BEHIND });
    },
  );

  it('so it is where HEAD’s objects are read too, and the lease is the one that was set', async () => {
    const cold = await doors.fresh('decide', { LEASE_SECONDS: '15' });
    moveTheClock();
    const answer = await cold(eventOf.decide);
    expect(answer).toMatchObject({
      at: NOW,
      evaluatedAt: '2026-11-28T12:00:14.000Z',
      useBy: '2026-11-28T12:00:15.000Z',
    });
  });

  it.each([
    ['7', { decision: false, outcome: 'indeterminate', enforceable: true, retry: 'after', reasons }],
    ['8', { decision: true, useBy: '2026-11-28T12:00:08.000Z' }],
  ])('a lease of %s s is told only while it lasts', async (seconds, expected) => {
    const brief = await doors.fresh('decide', { LEASE_SECONDS: seconds });
    await brief(eventOf.decide);
    moveTheClock();
    expect(await brief(eventOf.decide)).toMatchObject(expected);
  });

  /** What each door says of a permit that is over when it is made, and how its permit begins. */
  const OVER = { decision: false, outcome: 'indeterminate', retry: 'after', reasons };
  const overOver = (kind: string): readonly [permit: RegExp, status: number, body: unknown] => {
    const { decision, ...context } = OVER;
    if (kind === 'an evaluation') return [/"decision":true/, 200, { decision, context }];
    // The second is asked when the first has been.
    if (kind === 'a batch')
      return [
        /"decision":true.*"decision":true/,
        200,
        { evaluations: [{ decision, context }, { decision }] },
      ];
    if (kind === 'a search for a action') return [/"results":\[\{/, 200, { results: [] }];
    if (kind.startsWith('a search')) return [/"results":\[\{/, 500, 'the search failed'];
    if (kind === 'a comparison of paths') return [/"permitted":true/, 503, { reasons }];
    return [/"decision":true/, 200, OVER];
  };
  const asked = ROWS.map(([kind, to, event]) => [kind, to, event] as const);
  it.each(asked)('%s that takes longer than what it rests on permits nothing', async (kind, to, event) => {
    const ask = async (): Promise<readonly [number, string]> => {
      vi.setSystemTime('2035-12-31T23:59:59.000Z');
      const answer = (await door(to)(event)) as { readonly statusCode?: number; readonly body?: string };
      return [answer.statusCode ?? 200, answer.body ?? JSON.stringify(answer)];
    };
    const [permit, status, body] = overOver(kind);
    expect((await ask())[1]).toMatch(permit);
    moveTheClock();
    const [told, text] = await ask();
    expect([told, JSON.parse(text)]).toMatchObject([status, body]);
    const decides = to !== 'access' || kind === 'an evaluation';
    const line = JSON.parse(doors.lines().at(-1) ?? '');
    expect(line).toMatchObject(decides ? { decision: false, codes: ['BUDGET_EXHAUSTED'] } : {});
  });

  it('a permit that is over is not explained', async () => {
    const event = restEvent('/v1/audit/explain', { body: JSON.stringify(question('gb-b')) });
    const explained = async (): Promise<readonly boolean[]> => {
      vi.setSystemTime('2035-12-31T23:59:59.000Z');
      const { body } = (await door('explain')(event)) as { readonly body: string };
      const answer = JSON.parse(body);
      return [answer.decision, 'explanation' in answer];
    };
    expect(await explained()).toEqual([true, true]);
    moveTheClock();
    expect(await explained()).toEqual([false, false]);
  });

  it.each([
    ['a second before a fact ends', '2035-12-31T23:59:59.000Z', true, '2036-01-01T00:00:00.000Z'],
    ['a lease before it ends', '2035-12-31T23:59:00.000Z', true, '2036-01-01T00:00:00.000Z'],
    ['longer before it ends', '2035-12-31T23:58:59.000Z', true, '2035-12-31T23:59:59.000Z'],
    ['when it has ended', '2036-01-01T00:00:00.000Z', false, undefined],
  ])('%s a lease ends no later than what it rests on', async (_when, now, decision, useBy) => {
    vi.setSystemTime(now);
    const answer = (await door('decide')(eventOf.decide)) as { readonly useBy?: string };
    expect({ ...answer, useBy: answer.useBy }).toMatchObject({ decision, useBy });
  });

  it('a batch is decided on one read of HEAD and leased from before it', async () => {
    moveTheClock();
    doors.proxy.counted();
    const evaluations = [{}, { context: { registry: { atLeast: 1 } } }, {}];
    const reply = await door('access')(
      restEvent('/access/v1/evaluations', { body: { ...AUTHZEN, evaluations } }),
    );
    const { evaluations: said } = JSON.parse((reply as { readonly body: string }).body);
    expect(said.map((one: { context: { use_by: string } }) => one.context.use_by)).toEqual(
      evaluations.map(() => '2026-11-28T12:01:00.000Z'),
    );
    expect(doors.proxy.counted()).toMatchObject({ GetItem: 1 });
  });
});

it.each([
  ['longer than it has', '300', 503],
  ['as long as it has', '20000', 200],
])('a comparison of paths that waits %s for the registry', async (_what, budget, status) => {
  const hurried = await doors.fresh('access', { DECIDE_BUDGET_MS: budget });
  doors.proxy.weather((operation) => (operation === 'GetItem' ? 'slow' : 'fair'));
  const body = { message: question('gb-b').message, paths: [{ hops: [{ network: 'gb-b' }] }] };
  expect(await hurried(restEvent('/v1/best-path', { body }))).toMatchObject({ statusCode: status });
});

// The last test: what it leaves behind still reads the registry when it ends on a busy machine.
it('500 ms before Lambda would end it, every invocation is refused, and what comes of it later is not written', async () => {
  doors.proxy.weather('slow');
  const fired: string[] = [];
  const sooner = setTimeout(() => fired.push('sooner'), 20);
  // With 600 ms left the early answer is due after 100: between the two timers of the same process.
  const asked = ROWS.map(async ([name, to, event, _sent, _line, context]) => {
    const answer = await door(to)(event, { ...CONTEXT, ...context, getRemainingTimeInMillis: () => 600 });
    const { body, ...rest } = answer as { readonly body: string };
    return [name, fired.join(), to === 'decide' ? answer : { ...rest, body: JSON.parse(body) }];
  });
  // Set after the early answers' own timers, and so due after them however busy the machine is.
  const later = setTimeout(() => fired.push('later'), 400);
  expect(await Promise.all(asked)).toEqual(ROWS.map(([name, , , sent]) => [name, 'sooner', sent]));
  clearTimeout(sooner);
  clearTimeout(later);
  // Long enough for the registry's answers to come and be decided on.
  await new Promise((resolve) => setTimeout(resolve, 900));
  const lines = doors.lines();
  expect(lines.map((text) => JSON.parse(text))).toEqual(ROWS.map(([, , , , line]) => line));
  expect(lines.join()).not.toMatch(/canary|SECRET|gb-b/i);
});
