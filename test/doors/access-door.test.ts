/** The contract of the door of AuthZEN and best path: what is sent and what is recorded, to the last member. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { BUILD } from '../decide/rig.ts';
import { expectPublished } from '../openapi/in-document.ts';
import { type Door, type Doors, startDoors } from './doors-rig.ts';
import {
  denied,
  deniedLine,
  digestOfText,
  ID,
  NEVER_IN_A_LINE,
  NOW,
  permitted,
  permittedLine,
  type Refusal,
  refusedLine,
  SENTENCES,
  unbound,
} from './expected.ts';
import { CALLER, type Call, REQUEST_ID, restEvent } from './rest-event.ts';

let doors: Doors;
let digest: string;
let access: Door;
/** Waits for the registry no longer than bad weather needs to show. */
let hasty: Door;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(NOW) });
  doors = await startDoors(['access'], 2_000);
  digest = (await doors.store.reader().open()).digest;
  access = await doors.fresh('access');
  hasty = await doors.fresh('access', { DYNAMODB_READ_MS: '60' });
  // What is read once is kept by its digest: from here on, a decision is one read of HEAD.
  for (const id of ['gb-b', 'gb-c', 'sg-a'])
    await ask(EVALUATION, { body: asked({ resource: network(id) }) });
});
afterAll(async () => {
  await doors.stop();
  vi.useRealTimers();
});
beforeEach(() => doors.proxy.weather('fair'));

const EVALUATION = '/access/v1/evaluation';
const EVALUATIONS = '/access/v1/evaluations';
const BEST_PATH = '/v1/best-path';
const SEARCHES = ['subject', 'resource', 'action'] as const;
const network = (id: string) => ({ type: 'network', id });
const message = { id: 'CANARY', marking: 'SECRET//REL TO USA, GBR' };
const PATHS = {
  message,
  paths: ['gb-c', 'gb-b'].map((id) => ({ hops: [{ network: id }] })),
};

function asked(over: Readonly<Record<string, unknown>> = {}) {
  return {
    subject: { type: 'message', id: 'CANARY', canary: 'canary', properties: { marking: message.marking } },
    action: { name: 'route' },
    resource: network('gb-b'),
    ...over,
  };
}

const HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' };
const reply = (statusCode: number, body: unknown, headers: object = HEADERS) => ({
  statusCode,
  headers,
  body,
});

type Decisions = {
  readonly evaluations?: readonly unknown[];
  readonly context?: { readonly error?: unknown };
};

/** What was sent, less what binds each decision in it to the question: the whole body, which says nothing of itself. */
function unboundIn(sent: unknown, call: Call): unknown {
  const { evaluations, context } = Object(sent) as Decisions;
  if (evaluations !== undefined) return { evaluations: evaluations.map((each) => unboundIn(each, call)) };
  if (context === undefined || context.error !== undefined) return sent;
  const text = typeof call.body === 'string' ? call.body : JSON.stringify(call.body);
  return { ...Object(sent), context: unbound(context, text) };
}

type Sent = { readonly statusCode: number; readonly body: string };

async function ask(path: string, call: Call, door = access) {
  doors.lines();
  const { body, ...rest } = (await door(restEvent(path, call))) as Sent;
  // API Gateway knows no such address, and asks nobody.
  if (rest.statusCode !== 404)
    expectPublished(call.method ?? 'POST', path, rest.statusCode, JSON.parse(body));
  const lines = doors.lines();
  for (const line of lines)
    expect(line.replaceAll(/mandate\/usa-(?:trusted|encrypted)-transport/g, '')).not.toMatch(NEVER_IN_A_LINE);
  return {
    sent: { ...rest, body: unboundIn(JSON.parse(body), call) },
    lines: lines.map((line) => JSON.parse(line)),
  };
}

const KNOWN = { caller: CALLER, requestId: REQUEST_ID };
const decision = (line: object) => ({ ...line, door: 'access', ...KNOWN });
const search = (searched: string, results: number, complete: boolean) => ({
  event: 'search',
  schema: 1,
  Service: 'contract',
  searched,
  results,
  complete,
  ...KNOWN,
});

const envelope = {
  evaluation_id: expect.stringMatching(ID),
  evaluated_at: NOW,
  enforceable: true,
  retry: 'never',
  build: BUILD,
};

function decided(over: object) {
  return {
    ...envelope,
    dominance: 'satisfied',
    basis: 'trusted-transport',
    path_assurance: 'assumed',
    registry: { version: 1, digest },
    valid_until: '2036-01-01T00:00:00.000Z',
    obligations: [],
    waivers: [],
    ...over,
  };
}
const permit = (over: object = {}) => ({
  decision: true,
  context: decided({
    outcome: 'permit',
    reasons: [],
    standards: permitted(digest).standards,
    use_by: '2026-11-28T12:01:00.000Z',
    ...over,
  }),
});
const denial = () => ({
  decision: false,
  context: decided({
    outcome: 'deny',
    reason: {
      code: 'ASSESSMENT_EXPIRED',
      text: 'The assessment this needs has ended: it expired, or was revoked.',
    },
    reasons: denied(digest).reasons,
    standards: denied(digest).standards,
  }),
});
function refusal(code: Refusal['code'], retry: 'after' | 'never') {
  const reason = { code, text: SENTENCES[code] };
  return {
    decision: false,
    context: {
      ...envelope,
      outcome: 'indeterminate',
      retry,
      reason,
      reasons: [reason],
      standards: [],
      dominance: 'not-evaluated',
      obligations: [],
    },
  };
}

describe('a fair registry', () => {
  it('permits with everything the permit rests on', async () => {
    const { sent, lines } = await ask(EVALUATION, { body: asked() });
    expect(sent).toEqual(reply(200, permit()));
    expect(lines).toEqual([decision(permittedLine(digest))]);
  });

  it('denies with 200', async () => {
    const { sent, lines } = await ask(EVALUATION, { body: asked({ resource: network('gb-c') }) });
    expect(sent).toEqual(reply(200, denial()));
    expect(lines).toEqual([decision(deniedLine(digest))]);
  });

  it('permits inside a tunnel with every duty of it', async () => {
    const duties = ['use-tunnel', 'no-plaintext-fallback', 'hide-label', 'log-hops', 're-evaluate-by'];
    const tunnelled = asked({
      resource: network('sg-a'),
      action: {
        name: 'route',
        properties: { protection: { scheme: 'csfc', registration: 'synthetic-reg-1' } },
      },
      context: { supported_obligations: duties },
    });
    const duty = (obligation: string, over: object = {}) => ({
      id: obligation,
      type: 'custom',
      properties: { obligation, ...over },
    });
    const standards = [{ id: 'US-ENCRYPTED-OVER-UNTRUSTED', by: 'mandate', outcome: 'permit' }];
    const obligations = [
      { ...duty('use-tunnel', { ref: 'synthetic-reg-1' }), id: 'use-tunnel:synthetic-reg-1' },
      duty('no-plaintext-fallback'),
      duty('hide-label'),
      duty('re-evaluate-by', { within_hours: 24 }),
      duty('log-hops'),
    ];
    const { sent } = await ask(EVALUATION, { body: tunnelled });
    expect(sent).toEqual(reply(200, permit({ basis: 'encrypted-transport', standards, obligations })));
  });

  it('names the question of each decision: the nonce of its context, the digest of its message, and the whole body', async () => {
    const [nonce, other] = ['CANARY-0123456789', 'CANARY-9876543210'];
    const message = `sha384:${'5a'.repeat(48)}`;
    const { subject, action } = asked();
    const described = { ...subject, properties: { ...subject.properties, digest: message } };
    const body = JSON.stringify({
      ...{ subject: described, action, context: { nonce } },
      evaluations: [
        { resource: network('gb-b') },
        { resource: network('gb-c'), context: { nonce: other } },
        { resource: network('gb-b'), context: {} },
        { resource: { type: 'canary', id: 'x' } },
        { resource: network('gb-b'), context: { nonce: 'short' } },
      ],
    });
    const { body: sent } = (await access(restEvent(EVALUATIONS, { body }))) as { readonly body: string };
    const { evaluations } = JSON.parse(sent) as {
      readonly evaluations: readonly {
        readonly decision: boolean;
        readonly context: { readonly question: unknown };
      }[];
    };
    const whole = { digest: digestOfText(body), message };
    expect(evaluations.map(({ decision, context }) => [decision, context.question])).toEqual([
      [true, { ...whole, nonce }],
      [false, { ...whole, nonce: other }],
      [true, whole],
      [false, { ...whole, nonce }],
      [false, whole],
    ]);
    doors.lines();
  });

  it.each([
    ['another time', { at: '2026-11-28T11:00:00Z' }, '2026-11-28T11:00:00.000Z'],
    ['an exact version', { registry: { exact: 1 } }, NOW],
  ])('about %s answers false, with what would be decided beside it', async (_what, over, at) => {
    const { sent, lines } = await ask(EVALUATION, {
      body: asked({ context: { ...over } }),
    });
    const { use_by: _lease, ...context } = permit().context as { readonly use_by?: string };
    const result = { decision: true, outcome: 'permit' };
    const hypothetical = {
      ...{ ...context, outcome: 'indeterminate', enforceable: false },
      hypothetical: { ...result, obligations: [], at },
    };
    expect(sent).toEqual(reply(200, { decision: false, context: hypothetical }));
    expect(lines).toMatchObject([
      { Class: 'hypothetical', decision: false, enforceable: false, hypothetical: result, Permits: 0 },
    ]);
  });

  it('answers a batch item by item, each with its line', async () => {
    const evaluations = [
      {},
      { resource: network('gb-c') },
      'canary',
      { resource: { type: 'canary', id: 'x' } },
      {},
    ];
    const { sent, lines } = await ask(EVALUATIONS, { body: asked({ evaluations }) });
    const unread = { status: 400, message: 'an item of evaluations must be an object' };
    const reason = {
      code: 'RESOURCE_TYPE_UNKNOWN',
      text: 'A message is routed over a network, a route or a path.',
    };
    const items = [
      permit(),
      denial(),
      { decision: false, context: { error: unread } },
      { decision: false, context: { reason } },
      permit(),
    ];
    expect(sent).toEqual(reply(200, { evaluations: items }));
    expect(lines).toMatchObject(
      [
        permittedLine(digest),
        deniedLine(digest),
        { ...permittedLine(digest), ReadUnits: expect.any(Number) },
      ].map(({ batches: _, ReadUnits: __, ...line }) => decision(line)),
    );
  });

  it.each([
    ['resource', {}, ['gb-b', 'us-a', 'us-b'].map(network)],
    [
      'resource',
      { resource: { type: 'route' } },
      ['gb-b-alone', 'sms-gb-primary', 'us-b-alone', 'us-domestic'].map((id) => ({ type: 'route', id })),
    ],
    [
      'action',
      {},
      [
        { name: 'route' },
        { name: 'route', properties: { protection: { scheme: 'csfc', registration: 'synthetic-reg-1' } } },
      ],
    ],
    [
      'subject',
      { subject: { type: 'message' }, resource: network('us-a') },
      [
        ['us-unclassified', { marking: 'UNCLASSIFIED', originator: 'USA' }],
        ['us-confidential-noforn', { marking: 'CONFIDENTIAL//NOFORN' }],
        ['us-confidential-rel-gbr', { marking: 'CONFIDENTIAL//REL TO USA, GBR' }],
        ['us-confidential-rel-fvey', { marking: 'CONFIDENTIAL//REL TO USA, FVEY' }],
        ['us-secret-noforn', { marking: 'SECRET//NOFORN' }],
        ['us-secret-rel-gbr', { marking: 'SECRET//REL TO USA, GBR' }],
        ['us-secret-rel-fvey', { marking: 'SECRET//REL TO USA, FVEY' }],
        ['us-top-secret-noforn', { marking: 'TOP SECRET//NOFORN' }],
        ['us-top-secret-rel-fvey', { marking: 'TOP SECRET//REL TO USA, FVEY' }],
      ].map(([id, properties]) => ({
        type: 'message',
        id,
        properties: { ...(properties as object), markingFormat: 'us-banner' },
      })),
    ],
  ])('finds every %s that is permitted, and nothing else: %j', async (kind, over, results) => {
    const { sent, lines } = await ask(`/access/v1/search/${kind}`, { body: asked(over) });
    expect(sent).toEqual(reply(200, { results }));
    expect(lines).toEqual([search(kind, results.length, true)]);
  });

  it('compares paths', async () => {
    const { sent, lines } = await ask(BEST_PATH, { body: PATHS });
    const validUntil = '2036-01-01T00:00:00.000Z';
    const repair = (name: string, what: string, code: string) => ({
      repair: name,
      text: `An accepted authority assesses the ${what} as trusted.`,
      hops: [0],
      codes: [code],
    });
    const missing = [
      repair('assess-network', 'network', 'ASSESSMENT_EXPIRED'),
      repair('assess-vendor', 'vendor', 'VENDOR_NOT_ASSESSED'),
    ];
    const path = (index: number, outcome: string, repairs: readonly object[]) => ({
      path: { index },
      permitted: outcome === 'permit',
      outcome,
      obligations: [],
      repairs,
      repairsComplete: true,
      validUntil,
    });
    const paths = [path(1, 'permit', []), path(0, 'deny', missing)];
    const answer = {
      evaluatedAt: NOW,
      at: NOW,
      current: true,
      registry: { version: 1, digest },
      build: BUILD,
      paths,
    };
    expect(sent).toEqual(reply(200, answer));
    expect(lines).toEqual([search('best-path', 2, true)]);
  });

  it('announces itself, and writes nothing', async () => {
    const base = 'https://abc.execute-api.eu-west-2.amazonaws.com/guard';
    const { sent, lines } = await ask('/.well-known/authzen-configuration', { method: 'GET', caller: null });
    expect(sent).toEqual(
      reply(200, {
        policy_decision_point: base,
        access_evaluation_endpoint: `${base}/access/v1/evaluation`,
        access_evaluations_endpoint: `${base}/access/v1/evaluations`,
        search_subject_endpoint: `${base}/access/v1/search/subject`,
        search_resource_endpoint: `${base}/access/v1/search/resource`,
        search_action_endpoint: `${base}/access/v1/search/action`,
      }),
    );
    expect(lines).toEqual([]);
  });
});

describe('a registry that is', () => {
  it.each([
    ['slow', 'unavailable', 'REGISTRY_UNAVAILABLE', 'after'],
    ['dead', 'unavailable', 'REGISTRY_UNAVAILABLE', 'after'],
    ['hung', 'unavailable', 'REGISTRY_UNAVAILABLE', 'after'],
    ['refusing', 'unavailable', 'REGISTRY_UNAVAILABLE', 'after'],
    ['lying', 'integrity', 'REGISTRY_INTEGRITY', 'never'],
    ['empty', 'integrity', 'REGISTRY_EMPTY', 'never'],
  ] as const)(
    '%s refuses evaluations, and is an error to whoever searches',
    async (weather, cls, code, retry) => {
      doors.proxy.weather(weather);
      const one = refusal(code, retry);
      const line = decision(refusedLine(cls, [{ code }], retry));
      expect(await ask(EVALUATION, { body: asked() }, hasty)).toEqual({
        sent: reply(200, one),
        lines: [line],
      });
      const batch = await ask(EVALUATIONS, { body: asked({ evaluations: [{}, {}] }) }, hasty);
      expect(batch).toEqual({ sent: reply(200, { evaluations: [one, one] }), lines: [line, line] });
      for (const kind of SEARCHES) {
        const said = kind === 'subject' ? 'the search failed' : 'the request could not be processed';
        const body = asked(kind === 'subject' ? { subject: { type: 'message' } } : {});
        expect(await ask(`/access/v1/search/${kind}`, { body }, hasty)).toEqual({
          sent: reply(500, said),
          lines: [search(kind, 0, false)],
        });
      }
      expect(await ask(BEST_PATH, { body: PATHS }, hasty)).toEqual({
        sent: reply(503, { reasons: [{ code, text: SENTENCES[code] }] }),
        lines: [search('best-path', 0, false)],
      });
    },
  );
});

describe('what is no question of a known caller is an error, decides nothing, and is in no line', () => {
  const everywhere = [EVALUATION, EVALUATIONS, ...SEARCHES.map((kind) => `/access/v1/search/${kind}`)];
  const challenged = { ...HEADERS, 'www-authenticate': 'AWS4-HMAC-SHA256' };
  const post = { ...HEADERS, allow: 'POST' };

  it.each<[string, Call, number, string, object]>([
    ['nobody', { body: asked(), caller: null }, 401, 'authentication is needed', challenged],
    ['an empty caller', { body: asked(), caller: '' }, 401, 'authentication is needed', challenged],
    ['a GET', { method: 'GET' }, 405, 'only POST is possible here', post],
    ['a PUT', { method: 'PUT', body: asked() }, 405, 'only POST is possible here', post],
    ['no body', {}, 400, 'the body is empty', HEADERS],
    ['no JSON', { body: '{' }, 400, 'the body is not acceptable JSON', HEADERS],
    [
      'a member twice',
      { body: '{"subject":{},"subject":{}}' },
      400,
      'the body is not acceptable JSON',
      HEADERS,
    ],
    [
      'too much',
      { body: asked({ canary: 'x'.repeat(1_048_576) }) },
      400,
      'the body is not acceptable JSON',
      HEADERS,
    ],
    [
      'too deep',
      { body: `${'{"a":'.repeat(33)}1${'}'.repeat(33)}` },
      400,
      'the body is not acceptable JSON',
      HEADERS,
    ],
    ['a list', { body: '[]' }, 400, 'the body must be a JSON object', HEADERS],
    [
      'another content type',
      { body: asked(), headers: { 'content-type': 'text/plain' } },
      400,
      'Content-Type must be application/json',
      HEADERS,
    ],
    [
      'no content type',
      { body: asked(), headers: {} },
      400,
      'Content-Type must be application/json',
      HEADERS,
    ],
    [
      'a resource of the wrong form',
      { body: asked({ resource: 'canary' }) },
      400,
      'resource is missing or wrong',
      HEADERS,
    ],
  ])('%s', async (_what, call, status, said, headers) => {
    for (const path of everywhere)
      expect(await ask(path, call)).toEqual({ sent: reply(status, said, headers), lines: [] });
  });

  it.each<[string, Call, number, unknown, object]>([
    ['nobody', { body: PATHS, caller: null }, 401, 'authentication is needed', challenged],
    ['a GET', { method: 'GET' }, 405, 'only POST is possible here', post],
  ])('best path: %s', async (_what, call, status, said, headers) => {
    expect(await ask(BEST_PATH, call)).toEqual({ sent: reply(status, said, headers), lines: [] });
  });

  it('a path that is none of the API’s is 404', async () => {
    const sent = reply(404, 'there is nothing at this address');
    expect(await ask('/access/v1/canary', { body: asked() })).toEqual({ sent, lines: [] });
  });
});
