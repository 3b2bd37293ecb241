/** The contract of the three doors that answer native requests: what is sent and what is recorded, to the last member. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { expectPublished } from '../openapi/in-document.ts';
import { CONTEXT, type Door, type Doors, startDoors } from './doors-rig.ts';
import {
  counted,
  denied,
  deniedLine,
  digestOfText,
  NEVER_IN_A_LINE,
  NOW,
  permitted,
  permittedLine,
  question,
  type Refusal,
  refused,
  refusedLine,
  unbound,
} from './expected.ts';
import { CALLER, REQUEST_ID, restEvent } from './rest-event.ts';
import type { Weather } from './store-proxy.ts';

let doors: Doors;
let digest: string;
let direct: Door;
let http: Door;
let audit: Door;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(NOW) });
  doors = await startDoors(['decide', 'decide-http', 'explain'], 2_000);
  digest = (await doors.store.reader().open()).digest;
  const short = { DYNAMODB_READ_MS: '1000' };
  direct = await doors.fresh('decide', short);
  http = await doors.fresh('decide-http', short);
  audit = await doors.fresh('explain', short);
  for (const network of ['gb-b', 'gb-c']) await askAll(question(network));
});
afterAll(async () => {
  await doors.stop();
  vi.useRealTimers();
});
beforeEach(() => doors.proxy.weather('fair'));

const GOOD = JSON.stringify(question('gb-b'));
const HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' };

interface Said {
  readonly sent: unknown;
  readonly line: unknown;
}

/** The answers to these texts, and the one line of each by its door. */
async function said(
  asked: readonly Promise<unknown>[],
  ...texts: readonly string[]
): Promise<readonly Said[]> {
  const answers = await Promise.all(asked);
  const lines = doors.lines();
  expect(lines).toHaveLength(answers.length);
  for (const line of lines)
    expect(line.replaceAll('mandate/usa-trusted-transport', '')).not.toMatch(NEVER_IN_A_LINE);
  const byDoor = lines
    .map((line) => JSON.parse(line) as { readonly door: string })
    .sort((a, b) => ORDER.indexOf(a.door) - ORDER.indexOf(b.door));
  return answers.map((sent, i) => ({ sent: unbound(sent, texts[i] ?? ''), line: byDoor[i] }));
}
const ORDER: readonly string[] = ['direct', 'http', 'audit'];

async function parsed(sent: Promise<unknown>, path = '/v1/decide'): Promise<unknown> {
  const { body, ...rest } = (await sent) as { readonly statusCode: number; readonly body: string };
  expectPublished('POST', path, rest.statusCode, JSON.parse(body));
  return { ...rest, body: JSON.parse(body) };
}

/** The same text through every door; the auditors' is asked for codes alone, so that its answer is the others'. */
function askAll(value: unknown): Promise<readonly Said[]> {
  const isText = typeof value === 'string';
  const text = isText ? value : JSON.stringify(value);
  const audited = isText ? value : JSON.stringify({ explain: 'codes', ...(value as object) });
  const asked = [
    direct({ request: text }),
    parsed(http(restEvent('/v1/decide', { body: text }))),
    parsed(audit(restEvent('/v1/audit/explain', { body: audited })), '/v1/audit/explain'),
  ];
  return said(asked, text, text, audited);
}

function expectAll(answers: readonly Said[], statusCode: number, body: object, line: object): void {
  const overHttp = { sent: { statusCode, headers: HEADERS, body } };
  const rest = { caller: CALLER, requestId: REQUEST_ID };
  expect(answers).toEqual([
    { sent: body, line: { ...line, door: 'direct', requestId: CONTEXT.awsRequestId } },
    { ...overHttp, line: { ...line, door: 'http', ...rest } },
    { ...overHttp, line: { ...line, door: 'audit', ...rest } },
  ]);
}

describe('whatever the registry does', () => {
  it('a permit is sent and recorded as one', async () => {
    expectAll(await askAll(question('gb-b')), 200, permitted(digest), permittedLine(digest));
  });

  it('a deny is an answer: 200', async () => {
    expectAll(await askAll(question('gb-c')), 200, denied(digest), deniedLine(digest));
  });

  it.each([
    ['slow', 'unavailable', 'REGISTRY_UNAVAILABLE', 'after'],
    ['dead', 'unavailable', 'REGISTRY_UNAVAILABLE', 'after'],
    ['hung', 'unavailable', 'REGISTRY_UNAVAILABLE', 'after'],
    ['refusing', 'unavailable', 'REGISTRY_UNAVAILABLE', 'after'],
    ['lying', 'integrity', 'REGISTRY_INTEGRITY', 'never'],
    ['empty', 'integrity', 'REGISTRY_EMPTY', 'never'],
  ] as const)('a %s one is a refusal of class %s: 200', async (weather, cls, code, retry) => {
    doors.proxy.weather(weather);
    expectAll(
      await askAll(question('gb-b')),
      200,
      refused([{ code }], retry),
      refusedLine(cls, [{ code }], retry),
    );
  });

  it('and where it is itself again, the same processes permit', async () => {
    expectAll(await askAll(question('gb-b')), 200, permitted(digest), {
      ...permittedLine(digest),
      // What failed is not gone by any more: each looks at the floor again.
      ReadUnits: 2,
    });
  });

  it.each<[string, Weather, 'unavailable' | 'integrity', Refusal['code'], 'after' | 'never']>([
    ['altered', 'lying', 'integrity', 'REGISTRY_INTEGRITY', 'never'],
    ['missing', 'empty', 'integrity', 'REGISTRY_INTEGRITY', 'never'],
    ['out of reach', 'dead', 'unavailable', 'REGISTRY_UNAVAILABLE', 'after'],
  ])('what HEAD points at is %s: a refusal', async (_what, weather, cls, code, retry) => {
    doors.proxy.weather((operation) => (operation === 'BatchGetItem' ? weather : 'fair'));
    const door = await doors.fresh('decide');
    const line = { ...refusedLine(cls, [{ code }], retry), door: 'direct', requestId: CONTEXT.awsRequestId };
    expect(await said([door({ request: GOOD })], GOOD)).toEqual([{ sent: refused([{ code }], retry), line }]);
  });

  it.each<[string, string, Weather, 'unavailable', Refusal['code'], 'after' | 'never']>([
    ['the floor', 'Query', 'dead', 'unavailable', 'REGISTRY_UNAVAILABLE', 'after'],
    ['the floor', 'Query', 'refusing', 'unavailable', 'REGISTRY_UNAVAILABLE', 'after'],
    ['which table the floor is', 'DescribeTable', 'dead', 'unavailable', 'REGISTRY_UNAVAILABLE', 'after'],
    ['which table the floor is', 'DescribeTable', 'refusing', 'unavailable', 'REGISTRY_UNAVAILABLE', 'after'],
  ])('%s, by %s, is %s: a refusal', async (_what, asked, weather, cls, code, retry) => {
    doors.proxy.weather((operation) => (operation === asked ? weather : 'fair'));
    const door = await doors.fresh('decide');
    const line = { ...refusedLine(cls, [{ code }], retry), door: 'direct', requestId: CONTEXT.awsRequestId };
    expect(await said([door({ request: GOOD })], GOOD)).toEqual([{ sent: refused([{ code }], retry), line }]);
  });

  it('slower altogether than the budget: a refusal', async () => {
    doors.proxy.weather('slow');
    const door = await doors.fresh('decide', { DECIDE_BUDGET_MS: '300' });
    expect(unbound(await door({ request: GOOD }), GOOD)).toEqual(
      refused([{ code: 'REGISTRY_UNAVAILABLE' }], 'after'),
    );
    doors.lines();
  });
});

const at = (field: string): Refusal => ({ code: 'REQUEST_INVALID', field });
const unknown = (field: string): Refusal => ({ code: 'REQUEST_UNKNOWN_FIELD', field });
const only = (code: Refusal['code']): readonly Refusal[] => [{ code }];

const SHAPELESS = [at('/message'), at('/path')];

describe('a request that cannot be read is refused with 400', () => {
  it.each<[string, unknown, readonly Refusal[]]>([
    ['no JSON', '{', only('REQUEST_UNPARSABLE')],
    ['nothing', '', only('REQUEST_UNPARSABLE')],
    ['two values', `${GOOD}${GOOD}`, only('REQUEST_UNPARSABLE')],
    ['a byte order mark', `\uFEFF${GOOD}`, only('REQUEST_UNPARSABLE')],
    ['a prototype', '{"__proto__":{"decision":true}}', only('REQUEST_UNPARSABLE')],
    [
      'a member twice',
      GOOD.replace('{"network"', '{"network":"gb-c","network"'),
      only('REQUEST_DUPLICATE_KEY'),
    ],
    [
      'a member twice, by an escape',
      GOOD.replace('"path"', '"p\\u0061th":{"route":"x"},"path"'),
      only('REQUEST_DUPLICATE_KEY'),
    ],
    ['a byte too many', GOOD.padEnd(128 * 1024 + 1), only('REQUEST_TOO_LARGE')],
    ['five megabytes', `"${'a'.repeat(5_000_000)}"`, only('REQUEST_TOO_LARGE')],
    ['a level too deep', '['.repeat(17) + ']'.repeat(17), only('REQUEST_TOO_DEEP')],
    ['a hundred thousand brackets', '['.repeat(100_000), only('REQUEST_TOO_DEEP')],
    ['null', 'null', [at('')]],
    ['a list', '[]', [at('')]],
    ['no members', '{}', SHAPELESS],
    ['an unknown member', question('gb-b', { canary: 'canary' }), [unknown('')]],
    [
      'a marking nobody reads',
      question('gb-b', { message: { id: 'm', marking: 'VERY CANARY' } }),
      [{ code: 'MARKING_INVALID', marking: 'UNRECOGNISED', position: 0 }],
    ],
    [
      'a marking nobody reads, and no explanation',
      question('gb-b', { message: { id: 'm', marking: 'VERY CANARY' }, explain: 'none' }),
      [{ code: 'MARKING_INVALID', marking: 'UNRECOGNISED', position: 0 }],
    ],
  ])('%s', async (what, value, reasons) => {
    const answer = refused(reasons, 'never');
    const shown = what.endsWith('no explanation') ? { ...answer, reasons: [] } : answer;
    expectAll(await askAll(value), 400, shown, refusedLine('invalid', reasons, 'never'));
  });

  const BASE64 = Buffer.from(GOOD).toString('base64');
  it.each<[string, object, object]>([
    ['no body', { body: null }, { digest: digestOfText('') }],
    ['a body that is an object', { body: question('gb-b') }, { digest: digestOfText('') }],
    ['base64 that says it is text', { body: BASE64 }, { digest: digestOfText(BASE64) }],
    ['text that says it is base64', { body: GOOD, isBase64Encoded: true }, {}],
  ])('over HTTP: %s', async (_what, change, asked) => {
    const event = { ...restEvent('/v1/decide'), ...change };
    const body = { ...refused(only('REQUEST_UNPARSABLE'), 'never'), question: asked };
    for (const door of [http, audit])
      expect(await parsed(door(event))).toEqual({ statusCode: 400, headers: HEADERS, body });
    expect(doors.lines()).toHaveLength(2);
  });

  it('but a body in base64 is read', async () => {
    const body = Buffer.from(GOOD).toString('base64');
    const event = { ...restEvent('/v1/decide'), body, isBase64Encoded: true };
    expect(await said([parsed(http(event))], GOOD)).toMatchObject([{ sent: { body: permitted(digest) } }]);
  });
});

describe('who asked is recorded as the door knows it', () => {
  const lineOf = async (door: Door, event: unknown, context?: object) => {
    doors.lines();
    await door(event, context);
    return JSON.parse(doors.lines()[0] ?? '') as Record<string, unknown>;
  };
  const arn = (alias: string) => `arn:aws:lambda:us-east-1:123456789012:function:decide${alias}`;

  it.each([
    [':probe', true],
    [':live', false],
    ['', false],
    [':probe2', false],
    [':live:probe', false],
  ])('the alias %j: a probe is %s', async (alias, probe) => {
    const line = await lineOf(direct, { request: GOOD }, { ...CONTEXT, invokedFunctionArn: arn(alias) });
    const {
      DecisionTime: _time,
      RegistryReadTime: _read,
      ReadUnits: _units,
      ...permit
    } = permittedLine(digest);
    const { Decisions: _one, Permits: _two, Faults: _three, WaivedPermits: _four, ...rest } = permit;
    const probed = {
      ...rest,
      ...counted(['ProbeDecisions'], false),
      probe: true,
      Class: 'probe',
      ProbeDecisions: 1,
    };
    const known = { door: 'direct', requestId: CONTEXT.awsRequestId };
    expect(line).toEqual({ ...(probe ? probed : permittedLine(digest)), ...known });
  });

  it('an invocation has no caller, whatever its event says', async () => {
    const event = { ...restEvent('/v1/decide', { body: GOOD }), request: GOOD };
    expect(await lineOf(direct, event)).not.toHaveProperty('caller');
  });

  it.each<[string, string | null, string, object]>([
    ['a role', CALLER, REQUEST_ID, { caller: CALLER, requestId: REQUEST_ID }],
    ['nobody', null, REQUEST_ID, { requestId: REQUEST_ID }],
    ['text', 'canary', REQUEST_ID, { caller: 'unrecognised', requestId: REQUEST_ID }],
    ['an id with more in it', CALLER, `${REQUEST_ID} canary`, { caller: CALLER }],
  ])('over HTTP: %s', async (_what, caller, requestId, known) => {
    for (const [door, name] of [
      [http, 'http'],
      [audit, 'audit'],
    ] as const) {
      const event = restEvent('/v1/decide', { body: GOOD, caller });
      const requestContext = { ...event.requestContext, requestId };
      expect(await lineOf(door, { ...event, requestContext })).toEqual({
        ...permittedLine(digest),
        door: name,
        ...known,
      });
    }
  });
});

describe('what an answer reveals and binds to', () => {
  it.each([
    ['another time', { at: '2026-11-28T11:59:59Z' }],
    ['an exact version', { registry: { exact: 1 } }],
  ])('about %s nothing is enforceable, and nothing has a lease', async (_what, over) => {
    const { useBy: _sent, ...unleased } = permitted(digest);
    const { useBy: _written, ...line } = permittedLine(digest);
    const moment = {
      at: 'at' in over ? '2026-11-28T11:59:59.000Z' : NOW,
      ...{ decision: false, outcome: 'indeterminate', enforceable: false },
    };
    const hypothetical = { decision: true, outcome: 'permit' };
    expectAll(
      await askAll(question('gb-b', over)),
      200,
      { ...unleased, ...moment, hypothetical: { ...hypothetical, obligations: [] } },
      { ...line, ...moment, hypothetical, Class: 'hypothetical', Permits: 0 },
    );
  });

  const NONCE = 'CANARY-0123456789';
  const MESSAGE = `sha384:${'5a'.repeat(48)}`;
  const described = (digest: unknown) => ({ message: { ...question('gb-b').message, digest } });
  it.each<[string, string | object, object]>([
    ['nothing of its own', {}, {}],
    ['a nonce', { nonce: NONCE }, { nonce: NONCE }],
    ['the shortest nonce', { nonce: 'A'.repeat(16) }, { nonce: 'A'.repeat(16) }],
    ['the longest nonce', { nonce: 'z'.repeat(128) }, { nonce: 'z'.repeat(128) }],
    ['a digest of its message', described(MESSAGE), { message: MESSAGE }],
    ['both', { nonce: NONCE, ...described(MESSAGE) }, { nonce: NONCE, message: MESSAGE }],
    ['a nonce, and is refused', { nonce: NONCE, path: { hops: [{ network: 'gb-c' }] } }, { nonce: NONCE }],
    ['a nonce, and nothing that can be decided', { nonce: NONCE, path: 7 }, { nonce: NONCE }],
    ['a nonce, and a message without a form', { nonce: NONCE, message: 7 }, { nonce: NONCE }],
    [
      'a nonce, and a marking nobody reads',
      { nonce: NONCE, message: { id: 'm', marking: 'x' } },
      { nonce: NONCE },
    ],
    ['a nonce, and another time', { nonce: NONCE, at: '2026-11-28T11:59:59Z' }, { nonce: NONCE }],
    ['a nonce that is too short', { nonce: 'A'.repeat(15) }, {}],
    ['a nonce that is too long', { nonce: 'A'.repeat(129) }, {}],
    ['a nonce with other signs', { nonce: `${'A'.repeat(20)}"<` }, {}],
    ['a nonce with a line after it', { nonce: `${'A'.repeat(20)}\n` }, {}],
    ['a nonce that is none', { nonce: 1e20 }, {}],
    ['a nonce in a list', { nonce: [NONCE] }, {}],
    ['a digest that is none', described('sha384:5a'), {}],
    ['a nonce twice', `{"nonce":"${NONCE}","nonce":"${NONCE}"}`, {}],
    ['a nonce it inherits', `{"__proto__":{"nonce":"${NONCE}"}}`, {}],
  ])('every answer names its question, which says %s', async (_what, over, own) => {
    const text =
      typeof over === 'string' ? over : JSON.stringify(question('gb-b', over as Record<string, unknown>));
    const bound = { digest: digestOfText(text), ...own };
    for (const [door, path] of [
      [http, '/v1/decide'],
      [audit, '/v1/audit/explain'],
    ] as const) {
      const { body } = (await door(restEvent(path, { body: text }))) as { readonly body: string };
      expect((JSON.parse(body) as { question: unknown }).question).toEqual(bound);
    }
    expect(await direct({ request: text })).toHaveProperty('question', bound);
    for (const line of doors.lines()) expect(line).not.toMatch(/nonce|canary|(?:5a){8}|A{15}|z{15}/i);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a request that is no text', { request: question('gb-b', { nonce: NONCE }) }],
    ['more than a request', { request: GOOD, more: 1 }],
  ])('where no text arrived, an answer names none: %s', async (_what, event) => {
    const { question: asked, reasons } = (await direct(event)) as Record<string, unknown>;
    expect([asked, reasons]).toMatchObject([{}, [{ code: 'REQUEST_NOT_TEXT' }]]);
    expect(asked).toEqual({});
    doors.lines();
  });

  it('a refusal about an exact version that is not there is hypothetical too', async () => {
    const [{ sent } = { sent: undefined }] = await askAll(question('gb-b', { registry: { exact: 99 } }));
    expect(sent).toMatchObject({
      decision: false,
      enforceable: false,
      hypothetical: { decision: false, outcome: 'indeterminate', obligations: [] },
      reasons: [{ code: 'REGISTRY_VERSION_UNKNOWN' }],
    });
  });

  it('nothing is explained where nothing was asked for, and the line keeps its reasons', async () => {
    const { notes: _notes, ...answer } = denied(digest);
    expectAll(
      await askAll(question('gb-c', { explain: 'none' })),
      200,
      { ...answer, reasons: [] },
      deniedLine(digest),
    );
  });

  it('in full only at the auditors’ door', async () => {
    const full = JSON.stringify(question('gb-c', { explain: 'full' }));
    const answer = refused(only('EXPLAIN_NOT_GRANTED'), 'never');
    expect(unbound(await direct({ request: full }), full)).toEqual(answer);
    const sent = await parsed(http(restEvent('/v1/decide', { body: full })));
    expect(unbound(sent, full)).toEqual({ statusCode: 400, headers: HEADERS, body: answer });
    doors.lines();
    for (const body of [full, JSON.stringify(question('gb-c'))]) {
      const [audited] = await said(
        [parsed(audit(restEvent('/v1/audit/explain', { body })), '/v1/audit/explain')],
        body,
      );
      expect(audited).toMatchObject({
        sent: {
          statusCode: 200,
          headers: HEADERS,
          body: { decision: false, explanation: {}, unverified: {} },
        },
        line: { ...deniedLine(digest), reasons: expect.any(Array), reasonCount: expect.any(Number) },
      });
    }
  });
});
