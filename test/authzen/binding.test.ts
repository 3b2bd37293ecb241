import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Admission,
  authzenBinding,
  type BindingOptions,
  behindNodeHttp,
  type Decision,
  type HttpRequest,
  type Session,
} from '../../functions/authzen/index.ts';
import { certificationPdp } from './fixture/pdp.ts';

const KEY = new Uint8Array(32).fill(7);
const GOOD = {
  subject: { type: 'user', id: 'alice' },
  action: { name: 'read' },
  resource: { type: 'record', id: 'record-1' },
};
const post = (body: unknown, path = '/access/v1/evaluation', headers = {}): HttpRequest => ({
  method: 'POST',
  path,
  headers: { 'Content-Type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** A binding over a decision point that does as told; `calls` counts how often it was opened. */
function over(session: Partial<Session>, options: Partial<BindingOptions> = {}) {
  const opened: string[] = [];
  const handler = authzenBinding({
    pdp: {
      open: ({ id }) => {
        opened.push(id);
        return { evaluate: () => ({ decision: true }), ...session };
      },
    },
    identifier: 'https://pdp.example/prod',
    pageKey: KEY,
    maxSteps: 6_000,
    ...options,
  });
  return { handler, opened };
}

/** A callback's answer that its type forbids. */
const nonsense = (value: unknown): Decision => value as Decision;

describe('a decision point that fails', () => {
  it.each<[string, Partial<Session>]>([
    ['throws', { evaluate: () => JSON.parse('{') }],
    ['rejects', { evaluate: async () => Promise.reject(new Error('database "secret" is down')) }],
    ['answers nothing', { evaluate: () => nonsense(undefined) }],
    ['answers true', { evaluate: () => nonsense(true) }],
    ['answers a decision of one', { evaluate: () => nonsense({ decision: 1 }) }],
    ['answers a decision as text', { evaluate: () => nonsense({ decision: 'true' }) }],
    ['answers a context as text', { evaluate: () => nonsense({ decision: true, context: 'x' }) }],
  ])('is a 500 when it %s, and a denied item in a batch', async (_, session) => {
    const { handler } = over(session);
    const single = await handler(post(GOOD));
    expect(single.status).toBe(500);
    expect(single.body).not.toMatch(/true|secret/);
    const batch = await handler(post({ ...GOOD, evaluations: [{}] }, '/access/v1/evaluations'));
    expect(batch.status).toBe(200);
    expect(JSON.parse(batch.body)).toEqual({
      evaluations: [
        { decision: false, context: { error: { status: 500, message: 'the evaluation failed' } } },
      ],
    });
  });

  it('is a 500 when it cannot be opened', async () => {
    const handler = authzenBinding({
      pdp: { open: () => JSON.parse('{') },
      identifier: 'https://pdp.example',
      pageKey: KEY,
      maxSteps: 6_000,
    });
    expect((await handler(post(GOOD))).status).toBe(500);
    expect((await handler(post({ ...GOOD, evaluations: [{}] }, '/access/v1/evaluations'))).status).toBe(500);
  });

  it.each<[string, Partial<Session>]>([
    ['does not search', {}],
    ['finds another type', { searchSubject: () => ({ results: [{ type: 'device', id: 'alice' }] }) }],
    ['finds nonsense', { searchSubject: () => ({ results: [JSON.parse('{"type":"user"}')] }) }],
    ['throws', { searchSubject: () => JSON.parse('{') }],
  ])('is a 500 when a search %s', async (_, session) => {
    const { handler } = over(session);
    const request = { ...GOOD, subject: { type: 'user' } };
    expect((await handler(post(request, '/access/v1/search/subject'))).status).toBe(500);
  });
});

describe('what a decision point sees and says', () => {
  it('is opened once for a batch, with the caller, and not at all for a malformed request', async () => {
    const admit = (): Admission => ({ kind: 'admitted', caller: { id: 'arn:one' } });
    const { handler, opened } = over({}, { admit });
    await handler(post({ ...GOOD, evaluations: [{}, {}, {}] }, '/access/v1/evaluations'));
    expect(opened).toEqual(['arn:one']);
    for (const body of ['{', {}, { ...GOOD, evaluations: 7 }])
      await handler(post(body, '/access/v1/evaluations'));
    expect(opened).toEqual(['arn:one']);
  });

  it('is only what the protocol knows', async () => {
    const { handler } = over({
      evaluate: (request) => {
        expect(request).toEqual({ ...GOOD, context: { at: 1 } });
        return { decision: true, context: { evaluation_id: 'e-1' }, secret: 'x' } as Decision;
      },
    });
    const answer = await handler(post({ ...GOOD, context: { at: 1 }, foo: 'bar' }));
    expect(JSON.parse(answer.body)).toEqual({ decision: true, context: { evaluation_id: 'e-1' } });
  });

  it('is each item with the defaults it brings no own of', async () => {
    const seen: unknown[] = [];
    const { handler } = over({ evaluate: (request) => ({ decision: seen.push(request) > 0 }) });
    const own = { subject: { type: 'user', id: 'bob' }, action: { name: 'write' }, context: { b: 2 } };
    const evaluations = [{}, own, { resource: { type: 'record', id: 'record-2' } }];
    const defaults = { ...GOOD, context: { a: 1 } };
    await handler(post({ ...defaults, evaluations }, '/access/v1/evaluations'));
    expect(seen).toEqual(evaluations.map((item) => ({ ...defaults, ...item })));
  });

  it('keeps the properties of what is searched, and no id', async () => {
    const seen: unknown[] = [];
    const { handler } = over({
      searchResource: (request, window) => {
        seen.push(request.resource, window);
        return { results: [] };
      },
    });
    const request = { ...GOOD, resource: { type: 'record', id: 'x', properties: { a: 1 } } };
    await handler(post(request, '/access/v1/search/resource'));
    await handler(post({ ...request, page: { limit: 1_001 } }, '/access/v1/search/resource'));
    const searched = [{ type: 'record', properties: { a: 1 } }, { limit: 1_000 }];
    expect(seen).toEqual([...searched, ...searched]);
  });
});

describe('admission', () => {
  it.each<[Admission, number]>([
    [{ kind: 'unauthenticated', challenge: 'Bearer realm="pdp"' }, 401],
    [{ kind: 'forbidden' }, 403],
  ])('%j is %i before the body is read', async (admission, status) => {
    const { handler, opened } = over({}, { admit: () => admission });
    for (const body of [GOOD, '{']) {
      const answer = await handler(post(body, '/access/v1/evaluation', { 'X-Request-ID': 'r-1' }));
      expect([answer.status, answer.headers['x-request-id']]).toEqual([status, 'r-1']);
      expect(answer.headers['www-authenticate']).toBe(status === 401 ? 'Bearer realm="pdp"' : undefined);
    }
    expect(opened).toEqual([]);
  });

  it('that throws is a 500', async () => {
    const { handler } = over({}, { admit: () => JSON.parse('{') });
    expect((await handler(post(GOOD))).status).toBe(500);
  });
});

describe('X-Request-ID', () => {
  it.each<[string, string, number]>([
    ['a UUID', 'bfe9eb29-ab87-4ca3-be83-a1d5d8305716', 200],
    ['printable text', 'a b~!"\\', 200],
    ['256 characters', 'x'.repeat(256), 200],
    ['257 characters', 'x'.repeat(257), 400],
    ['a line break', 'a\r\nset-cookie: x=1', 400],
    ['a line feed', 'a\nb', 400],
    ['a control character', 'a\u0007', 400],
    ['another script', 'zażółć', 400],
    ['the other line separator', 'a\u2028b', 400],
  ])('%s', async (_, id, status) => {
    const { handler } = over({});
    const answer = await handler(post(GOOD, '/access/v1/evaluation', { 'X-Request-Id': id }));
    expect(answer.status).toBe(status);
    expect(answer.headers['x-request-id']).toBe(status === 200 ? id : undefined);
  });
});

describe('what is not offered', () => {
  const { handler } = over({}, { apis: ['resource-search'], capabilities: ['urn:x:one'] });

  it('is nowhere, but an evaluation always is', async () => {
    expect((await handler(post(GOOD))).status).toBe(200);
    for (const api of ['evaluations', 'search/subject', 'search/action']) {
      expect((await handler(post(GOOD, `/access/v1/${api}`))).status).toBe(404);
    }
  });

  it('is not announced', async () => {
    const get = (path: string) => handler({ method: 'GET', path, headers: {}, body: undefined });
    for (const path of ['/.well-known/authzen-configuration', '/.well-known/authzen-configuration/prod']) {
      expect(JSON.parse((await get(path)).body)).toEqual({
        policy_decision_point: 'https://pdp.example/prod',
        access_evaluation_endpoint: 'https://pdp.example/prod/access/v1/evaluation',
        search_resource_endpoint: 'https://pdp.example/prod/access/v1/search/resource',
        capabilities: ['urn:x:one'],
      });
    }
    expect((await get('/.well-known/authzen-configuration/other')).status).toBe(404);
  });
});

it.each(['https://pdp.example/', 'https://pdp.example/prod?a', 'https://pdp.example/prod#a', 'pdp'])(
  'nothing is announced under %s',
  async (identifier) => {
    const { handler } = over({}, { identifier });
    const path = '/.well-known/authzen-configuration';
    expect((await handler({ method: 'GET', path, headers: {}, body: undefined })).status).toBe(500);
  },
);

it('node:http hands over a whole body or none, the path without its query, and no answer of a broken handler', async () => {
  const seen: unknown[] = [];
  const listener = behindNodeHttp(async ({ path, body }) => {
    seen.push([path, body]);
    if (path === '/broken') throw new Error('broken');
    return { status: 200, headers: {}, body: '' };
  }, 8);
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const send = (path: string, body: string) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method: 'POST', body });
  for (const body of ['', '12345678', '123456789', '1'.repeat(300_000)]) await send('/a?b=c?d', body);
  await expect(send('/broken', '1')).rejects.toThrow();
  server.close();
  expect(seen).toEqual([
    ['/a', undefined],
    ['/a', '12345678'],
    ['/a', undefined],
    ['/a', undefined],
    ['/broken', '1'],
  ]);
});

describe('arbitrary requests', () => {
  it('get one well-formed answer, and a permit only for what the fixture permits', async () => {
    const handler = authzenBinding({
      pdp: certificationPdp,
      identifier: 'https://pdp.example',
      pageKey: KEY,
      maxSteps: 6_000,
    });
    const seed = 20_260_304;
    let permits = 0;
    const entity = fc.oneof(
      fc.record(
        { type: fc.constantFrom('user', 'record', 7), id: fc.constantFrom('alice', 'bob', 'record-1', null) },
        { requiredKeys: [] },
      ),
      fc.jsonValue({ maxDepth: 1 }),
    );
    const body = fc.record(
      {
        subject: fc.oneof(fc.constant(GOOD.subject), entity),
        action: fc.oneof(fc.constant(GOOD.action), fc.record({ name: fc.constantFrom('read', 'write', 1) })),
        resource: fc.oneof(fc.constant(GOOD.resource), entity),
        context: fc.jsonValue({ maxDepth: 1 }),
        evaluations: fc.oneof(fc.constant([]), fc.jsonValue({ maxDepth: 2 })),
      },
      { requiredKeys: [] },
    );
    const text = fc.oneof({ weight: 4, arbitrary: body.map((value) => JSON.stringify(value)) }, fc.string());
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.constantFrom('evaluation', 'evaluations', 'search/subject'),
        async (sent, api) => {
          const { status, body: answered } = await handler(post(sent, `/access/v1/${api}`));
          expect([200, 400]).toContain(status);
          const json: unknown = JSON.parse(answered);
          if (status === 400) expect(json).toBeTypeOf('string');
          if (status === 200 && answered.includes('"decision":true')) {
            permits += 1;
            expect(sent).toMatch(/alice|bob/);
            expect(sent).toMatch(/record-1/);
          }
        },
      ),
      { seed, numRuns: 3_000 },
    );
    console.info(`seed ${seed}: ${permits} permits`);
    expect(permits).toBeGreaterThan(50);
  });
});
