/**
 * The behaviours that the AuthZEN certification scenario and the OpenID conformance suite look at, over HTTP against
 * the served fixture: evaluation, batch, the three searches, transport and discovery.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, call, type Sent } from './call.ts';
import { type FixtureServer, serveFixture } from './fixture/server.ts';

let server: FixtureServer;
beforeAll(async () => {
  server = await serveFixture({ port: 0 });
});
afterAll(() => server.close());

const post = (path: string, body: unknown, sent: Sent = {}): Promise<Answer> =>
  call(`${server.url}${path}`, { body, ...sent });

const alice = { type: 'user', id: 'alice' };
const bob = { type: 'user', id: 'bob' };
const admin = { ...bob, properties: { role: 'admin' } };
const one = { type: 'record', id: 'record-1' };
const two = { type: 'record', id: 'record-2' };
const archived = { ...two, properties: { status: 'archived' } };
const read = { name: 'read' };
const write = { name: 'write' };
const softly = (soft: unknown) => ({ name: 'delete', properties: { soft } });

const EVALUATION = '/access/v1/evaluation';
const EVALUATIONS = '/access/v1/evaluations';
const SUBJECTS = '/access/v1/search/subject';
const RESOURCES = '/access/v1/search/resource';
const ACTIONS = '/access/v1/search/action';

/** A request that is good for each path. */
const GOOD: { readonly [path: string]: object } = {
  [EVALUATION]: { subject: alice, action: read, resource: one },
  [EVALUATIONS]: { subject: alice, action: read, evaluations: [{ resource: one }, { resource: two }] },
  [SUBJECTS]: { subject: { type: 'user' }, action: read, resource: one },
  [RESOURCES]: { subject: alice, action: read, resource: { type: 'record' } },
  [ACTIONS]: { subject: alice, resource: one },
};
const PATHS = Object.keys(GOOD);

describe('evaluation', () => {
  it.each<[string, object, boolean]>([
    ['alice reads record-1', { subject: alice, action: read, resource: one }, true],
    ['alice writes record-1', { subject: alice, action: write, resource: one }, true],
    ['bob reads record-1', { subject: bob, action: read, resource: one }, true],
    ['bob writes record-1', { subject: bob, action: write, resource: one }, false],
    ['alice reads record-2', { subject: alice, action: read, resource: two }, true],
    ['alice writes what is archived', { subject: alice, action: write, resource: archived }, false],
    ['an admin writes what is archived', { subject: admin, action: write, resource: archived }, true],
    ['alice deletes softly', { subject: alice, action: softly(true), resource: one }, true],
    ['alice deletes for good', { subject: alice, action: softly(false), resource: one }, false],
    ['alice deletes somehow', { subject: alice, action: { name: 'delete' }, resource: one }, false],
    ['a stranger', { subject: { type: 'user', id: 'mallory' }, action: read, resource: one }, false],
    [
      'a context',
      { ...GOOD[EVALUATION], context: { time: '2025-06-27T18:03-07:00', ip: '192.168.1.1' } },
      true,
    ],
    ['an empty context', { ...GOOD[EVALUATION], context: {} }, true],
    [
      'more properties than the fixture knows',
      {
        subject: { ...alice, properties: { department: 'Sales', role: 'manager' } },
        action: { ...read, properties: { method: 'GET' } },
        resource: { ...one, properties: { status: 'active', owner: 'bob' } },
      },
      true,
    ],
    ['unknown members at the top', { ...GOOD[EVALUATION], foo: 'bar', futureField: { nested: true } }, true],
    ['unknown members of the subject', { ...GOOD[EVALUATION], subject: { ...alice, x: 1 } }, true],
    ['unknown members of the action', { ...GOOD[EVALUATION], action: { ...read, x: [1] } }, true],
    ['unknown members of the resource', { ...GOOD[EVALUATION], resource: { ...one, x: null } }, true],
    [
      'the members in another order',
      { resource: { id: 'record-1', type: 'record' }, action: read, subject: alice },
      true,
    ],
  ])('%s', async (_, body, decision) => {
    const answer = await post(EVALUATION, body);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ decision });
    expect(answer.headers.get('content-type')).toBe('application/json');
  });

  it.each<[string, object]>([
    ['no subject', { action: read, resource: one }],
    ['no action', { subject: alice, resource: one }],
    ['no resource', { subject: alice, action: read }],
    ['a subject without type', { subject: { id: 'alice' }, action: read, resource: one }],
    ['a subject without id', { subject: { type: 'user' }, action: read, resource: one }],
    ['an action without name', { subject: alice, action: {}, resource: one }],
    ['a resource without type', { subject: alice, action: read, resource: { id: 'record-1' } }],
    ['a resource without id', { subject: alice, action: read, resource: { type: 'record' } }],
    ['a subject as text', { subject: 'alice', action: read, resource: one }],
    ['a subject as null', { subject: null, action: read, resource: one }],
    ['a subject as list', { subject: [alice], action: read, resource: one }],
    ['an action as text', { subject: alice, action: 'read', resource: one }],
    ['a name as number', { subject: alice, action: { name: 123 }, resource: one }],
    ['an id as number', { subject: { type: 'user', id: 1 }, action: read, resource: one }],
    ['a type as object', { subject: alice, action: read, resource: { type: {}, id: 'record-1' } }],
    ['properties as text', { subject: { ...alice, properties: 'admin' }, action: read, resource: one }],
    ['properties as list', { subject: { ...alice, properties: [] }, action: read, resource: one }],
    ['a context as text', { ...GOOD[EVALUATION], context: 'now' }],
    ['a context as list', { ...GOOD[EVALUATION], context: [] }],
    ['nothing', {}],
  ])('400 for %s', async (_, body) => {
    const answer = await post(EVALUATION, body);
    expect(answer.status).toBe(400);
    expect(answer.json).toBeTypeOf('string');
  });

  it('does not read required members from the prototype', async () => {
    const body =
      '{"__proto__":{"subject":{"type":"user","id":"alice"}},"action":{"name":"read"},"resource":{"type":"record","id":"record-1"}}';
    expect((await post(EVALUATION, body)).status).toBe(400);
  });
});

const decisions = (...values: boolean[]) => ({ evaluations: values.map((decision) => ({ decision })) });
const failed = (message: string) => ({ decision: false, context: { error: { status: 400, message } } });
const semantic = (evaluations_semantic: unknown) => ({ options: { evaluations_semantic } });
const MIXED = {
  subject: bob,
  resource: one,
  evaluations: [{ action: read }, { action: write }, { action: read }],
};

describe('evaluations', () => {
  it.each<[string, object, unknown]>([
    ['two resources', GOOD[EVALUATIONS] as object, decisions(true, true)],
    [
      'in the order of the request',
      { ...MIXED, evaluations: [{ action: read }, { action: write }] },
      decisions(true, false),
    ],
    [
      'without defaults',
      {
        evaluations: [
          { subject: alice, action: read, resource: one },
          { subject: bob, action: write, resource: one },
        ],
      },
      decisions(true, false),
    ],
    [
      'properties of each item',
      {
        subject: alice,
        action: write,
        evaluations: [{ resource: { ...one, properties: { status: 'active' } } }, { resource: archived }],
      },
      decisions(true, false),
    ],
    [
      'subjects of each item',
      { action: write, resource: archived, evaluations: [{ subject: alice }, { subject: admin }] },
      decisions(false, true),
    ],
    [
      'a context inherited and one replaced',
      {
        subject: alice,
        action: read,
        context: { time: '2025-06-27T18:03-07:00' },
        evaluations: [{ resource: one }, { resource: two, context: { source: 'batch-override' } }],
      },
      decisions(true, true),
    ],
    [
      'an incomplete default that every item replaces',
      {
        subject: alice,
        action: write,
        resource: { type: 'record' },
        evaluations: [{ resource: { ...one, properties: { status: 'active' } } }, { resource: archived }],
      },
      decisions(true, false),
    ],
    [
      'an item overrides a default',
      { subject: bob, action: write, resource: one, evaluations: [{ action: read }, {}] },
      decisions(true, false),
    ],
    [
      'a default that is replaced leaves nothing behind',
      {
        subject: admin,
        action: write,
        resource: archived,
        evaluations: [{ subject: alice }, { resource: two }],
      },
      decisions(false, true),
    ],
    [
      'no member of a default is merged into an item',
      {
        subject: alice,
        action: read,
        resource: { type: 'record' },
        evaluations: [{ resource: { id: 'record-1' } }],
      },
      { evaluations: [failed('resource.type is missing or wrong')] },
    ],
    [
      'an item without resource fails alone',
      { subject: alice, action: read, evaluations: [{ resource: one }, {}] },
      { evaluations: [{ decision: true }, failed('resource is missing or wrong')] },
    ],
    [
      'no subject anywhere',
      { action: read, evaluations: [{ resource: one }] },
      { evaluations: [failed('subject is missing or wrong')] },
    ],
    [
      'items that are no objects fail alone',
      { subject: alice, action: read, resource: one, evaluations: [null, 'x', [], {}] },
      {
        evaluations: [
          ...Array.from({ length: 3 }, () => failed('an item of evaluations must be an object')),
          { decision: true },
        ],
      },
    ],
    [
      'unknown members',
      { ...(GOOD[EVALUATIONS] as object), foo: 1, options: { unknown: true } },
      decisions(true, true),
    ],
    ['unknown members of an item', { ...MIXED, evaluations: [{ action: read, foo: 1 }] }, decisions(true)],
    ['execute_all by default', MIXED, decisions(true, false, true)],
    ['execute_all', { ...MIXED, ...semantic('execute_all') }, decisions(true, false, true)],
    ['deny_on_first_deny', { ...MIXED, ...semantic('deny_on_first_deny') }, decisions(true, false)],
    [
      'deny_on_first_deny with nothing denied',
      { ...MIXED, evaluations: [{ action: read }, { action: read }], ...semantic('deny_on_first_deny') },
      decisions(true, true),
    ],
    [
      'deny_on_first_deny stops at a failure',
      {
        ...MIXED,
        evaluations: [{ action: read }, { action: {} }, { action: read }],
        ...semantic('deny_on_first_deny'),
      },
      { evaluations: [{ decision: true }, failed('action.name is missing or wrong')] },
    ],
    [
      'permit_on_first_permit',
      {
        ...MIXED,
        evaluations: [{ action: write }, { action: read }, { action: write }],
        ...semantic('permit_on_first_permit'),
      },
      decisions(false, true),
    ],
    [
      'permit_on_first_permit goes past a failure',
      {
        ...MIXED,
        evaluations: [{ action: {} }, { action: read }, { action: read }],
        ...semantic('permit_on_first_permit'),
      },
      { evaluations: [failed('action.name is missing or wrong'), { decision: true }] },
    ],
    [
      'permit_on_first_permit with nothing permitted',
      {
        ...MIXED,
        evaluations: [{ action: write }, { action: write }],
        ...semantic('permit_on_first_permit'),
      },
      decisions(false, false),
    ],
    ['no list: a single evaluation', GOOD[EVALUATION] as object, { decision: true }],
    [
      'an empty list: a single evaluation',
      { ...(GOOD[EVALUATION] as object), evaluations: [] },
      { decision: true },
    ],
    [
      'a single evaluation ignores what it does not know',
      { ...(GOOD[EVALUATION] as object), ...semantic('sometimes') },
      { decision: true },
    ],
  ])('%s', async (_, body, expected) => {
    const answer = await post(EVALUATIONS, body);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual(expected);
  });

  it.each<[string, object]>([
    ['an unknown semantic', { ...MIXED, ...semantic('sometimes') }],
    ['a semantic as number', { ...MIXED, ...semantic(1) }],
    ['options as text', { ...MIXED, options: 'execute_all' }],
    ['evaluations as object', { ...MIXED, evaluations: { 0: { action: read } } }],
    ['evaluations as null', { ...MIXED, evaluations: null }],
    ['a default as text', { ...MIXED, subject: 'bob' }],
    ['a default context as list', { ...MIXED, context: [] }],
    [
      'more items than are taken',
      { ...MIXED, evaluations: Array.from({ length: 1_001 }, () => ({ action: read })) },
    ],
    ['an incomplete single evaluation', { subject: alice, action: read, evaluations: [] }],
  ])('400 for %s', async (_, body) => {
    expect((await post(EVALUATIONS, body)).status).toBe(400);
  });

  it('takes a thousand items', async () => {
    const answer = await post(EVALUATIONS, {
      ...MIXED,
      evaluations: Array.from({ length: 1_000 }, () => ({ action: read })),
    });
    expect((answer.json as { evaluations: unknown[] }).evaluations).toHaveLength(1_000);
  });
});

const users = (...found: string[]) => ({ results: found.map((id) => ({ type: 'user', id })) });
const records = (...found: string[]) => ({ results: found.map((id) => ({ type: 'record', id })) });
const names = (...found: string[]) => ({ results: found.map((name) => ({ name })) });

describe('search', () => {
  it.each<[string, string, object, object]>([
    ['who can read record-1', SUBJECTS, {}, users('alice', 'bob')],
    ['who can read, with a context', SUBJECTS, { context: { ip: '::1' } }, users('alice', 'bob')],
    [
      'who can read, whoever is named',
      SUBJECTS,
      { subject: { type: 'user', id: 'nobody' } },
      users('alice', 'bob'),
    ],
    [
      'who can read, an id of another kind',
      SUBJECTS,
      { subject: { type: 'user', id: 5 } },
      users('alice', 'bob'),
    ],
    ['who can write what is archived', SUBJECTS, { action: write, resource: archived }, users('bob')],
    ['which spaceship can read', SUBJECTS, { subject: { type: 'spaceship' } }, users()],
    ['who can read an unknown record', SUBJECTS, { resource: { type: 'record', id: 'record-9' } }, users()],
    ['who can do an unknown thing', SUBJECTS, { action: { name: 'fly' } }, users()],
    ['unknown members', SUBJECTS, { foo: 'bar' }, users('alice', 'bob')],
    ['what alice can read', RESOURCES, {}, records('record-1', 'record-2')],
    [
      'what alice can read, whatever is named',
      RESOURCES,
      { resource: { ...one, id: 'x' } },
      records('record-1', 'record-2'),
    ],
    ['what an admin can write', RESOURCES, { subject: admin, action: write }, records('record-2')],
    ['what a stranger can read', RESOURCES, { subject: { type: 'user', id: 'mallory' } }, records()],
    ['which planets alice can read', RESOURCES, { resource: { type: 'planet' } }, records()],
    ['unknown members', RESOURCES, { foo: 'bar' }, records('record-1', 'record-2')],
    ['what alice can do', ACTIONS, {}, names('read', 'write')],
    ['what alice can do, with a context', ACTIONS, { context: {} }, names('read', 'write')],
    ['what alice can do, an action named', ACTIONS, { action: { name: 'fly' } }, names('read', 'write')],
    ['what alice can do, an action of another kind', ACTIONS, { action: 7 }, names('read', 'write')],
    ['what an admin can do', ACTIONS, { subject: admin, resource: archived }, names('read', 'write')],
    ['what a stranger can do', ACTIONS, { subject: { type: 'user', id: 'nonexistent-user' } }, names()],
    ['unknown members', ACTIONS, { foo: 'bar' }, names('read', 'write')],
  ])('%s', async (_, path, change, expected) => {
    const answer = await post(path, { ...GOOD[path], ...change });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual(expected);
  });

  it.each<[string, string, object]>([
    ['no subject', SUBJECTS, { subject: undefined }],
    ['a subject without type', SUBJECTS, { subject: {} }],
    ['a subject as text', SUBJECTS, { subject: 'user' }],
    ['no action', SUBJECTS, { action: undefined }],
    ['an action as text', SUBJECTS, { action: 'read' }],
    ['an action without name', SUBJECTS, { action: {} }],
    ['no resource', SUBJECTS, { resource: undefined }],
    ['a resource without id', SUBJECTS, { resource: { type: 'record' } }],
    ['a resource without type', SUBJECTS, { resource: { id: 'record-1' } }],
    ['no subject', RESOURCES, { subject: undefined }],
    ['a subject without id', RESOURCES, { subject: { type: 'user' } }],
    ['no action', RESOURCES, { action: undefined }],
    ['an action without name', RESOURCES, { action: {} }],
    ['no resource', RESOURCES, { resource: undefined }],
    ['a resource without type', RESOURCES, { resource: {} }],
    ['no subject', ACTIONS, { subject: undefined }],
    ['a subject as text', ACTIONS, { subject: 'alice' }],
    ['a subject without id', ACTIONS, { subject: { type: 'user' } }],
    ['a subject without type', ACTIONS, { subject: { id: 'alice' } }],
    ['no resource', ACTIONS, { resource: undefined }],
    ['a resource without id', ACTIONS, { resource: { type: 'record' } }],
    ['a resource without type', ACTIONS, { resource: { id: 'record-1' } }],
    ['a page as text', SUBJECTS, { page: 'first' }],
    ['a negative limit', SUBJECTS, { page: { limit: -1 } }],
    ['half a limit', SUBJECTS, { page: { limit: 0.5 } }],
    ['a limit as text', SUBJECTS, { page: { limit: '1' } }],
    ['a token as number', SUBJECTS, { page: { token: 1 } }],
    ['a token nobody issued', SUBJECTS, { page: { token: 'abc.def' } }],
  ])('400 for %s (%s)', async (_, path, change) => {
    expect((await post(path, { ...GOOD[path], ...change })).status).toBe(400);
  });
});

describe('what holds on every path', () => {
  const every = PATHS.map((path) => [path] as const);

  it.each(every)('%s answers the same question the same way', async (path) => {
    const first = await post(path, GOOD[path]);
    for (let again = 0; again < 3; again += 1) expect((await post(path, GOOD[path])).text).toBe(first.text);
  });

  it.each(every)('%s returns X-Request-ID, on errors too', async (path) => {
    const headers = {
      'content-type': 'application/json',
      'x-request-id': 'bfe9eb29-ab87-4ca3-be83-a1d5d8305716',
    };
    for (const body of [GOOD[path], {}, '{']) {
      const { headers: answered } = await post(path, body, { headers });
      expect(answered.get('x-request-id')).toBe(headers['x-request-id']);
    }
    expect((await post(path, GOOD[path])).headers.get('x-request-id')).toBeNull();
  });

  it.each(every)('%s takes application/json with parameters', async (path) => {
    for (const type of [
      'application/json; charset=utf-8',
      'Application/JSON;charset="UTF-8"',
      'application/json;v=1',
    ]) {
      expect((await post(path, GOOD[path], { headers: { 'content-type': type } })).status).toBe(200);
    }
  });

  it.each(every)('%s takes no other content type', async (path) => {
    const types = ['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'application/jsonp'];
    for (const type of [
      ...types,
      'application/json-patch+json',
      ...['utf-16', 'utf-80', 'x-utf-8', 'utf-8; charset=latin1'].map(
        (set) => `application/json; charset=${set}`,
      ),
      'application/json; charset = latin1',
      'json',
    ]) {
      expect(
        (await post(path, JSON.stringify(GOOD[path]), { headers: { 'content-type': type } })).status,
      ).toBe(400);
    }
    const bytes = Buffer.from(JSON.stringify(GOOD[path]));
    expect((await post(path, bytes, { headers: {} })).status).toBe(400);
  });

  it.each(every)('%s takes no other method', async (path) => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const answer = await call(`${server.url}${path}`, { method });
      expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, 'POST']);
    }
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['an empty body', ''],
    ['white space', ' \n'],
    ['malformed JSON', '{"subject": '],
    ['text after the object', '{} {}'],
    ['a list', [GOOD[EVALUATION]]],
    ['text', '"read"'],
    ['null', 'null'],
    ['a number', '7'],
    ['a comment', '/* */ {}'],
    ['a trailing comma', '{"subject":{"type":"user","id":"alice"},}'],
    ['a byte order mark', `\ufeff${JSON.stringify(GOOD[EVALUATION])}`],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    [
      'a member twice',
      JSON.stringify(GOOD[EVALUATION]).replace('{', '{"subject":{"type":"user","id":"bob"},'),
    ],
    ['a nested member twice', JSON.stringify(GOOD[EVALUATION]).replace('"id"', '"id":"bob","id"')],
    ['too deep', `{"context":${'{"a":'.repeat(32)}1${'}'.repeat(32)}}`],
    ['deeper than any stack', '['.repeat(200_000)],
    ['too large', { ...GOOD[EVALUATION], context: { x: 'x'.repeat(1_100_000) } }],
    ['far too large', { ...GOOD[EVALUATION], context: { x: 'x'.repeat(4_000_000) } }],
  ])('no path takes %s', async (_, body) => {
    for (const path of PATHS) expect([path, (await post(path, body)).status]).toEqual([path, 400]);
  });

  const deep = (levels: number) =>
    JSON.stringify({ ...GOOD[EVALUATION], context: 0 }).replace(
      '"context":0',
      `"context":${'{"a":'.repeat(levels - 1)}1${'}'.repeat(levels - 1)}`,
    );
  const large = (bytes: number) => JSON.stringify(GOOD[EVALUATION]).padEnd(bytes);
  it.each([
    ['32 levels', deep(32), 200],
    ['33 levels', deep(33), 400],
    ['1 MiB', large(1_048_576), 200],
    ['a byte more', large(1_048_577), 400],
    // More than the server collects: what fits is no body of its own.
    ['3 MiB', large(3_145_728), 400],
  ])('takes as much as it says: %s', async (_, body, status) => {
    expect((await post(EVALUATION, body)).status).toBe(status);
  });

  it('never repeats what the caller wrote', async () => {
    const canary = 'CANARY-7f3a';
    const wrong = [
      { ...GOOD[EVALUATION], subject: canary },
      { ...GOOD[EVALUATION], subject: { type: canary, id: 1 } },
      { ...GOOD[EVALUATION], [canary]: 1, action: { name: [canary] } },
      { ...GOOD[EVALUATION], context: canary },
      { ...MIXED, evaluations: [{ action: canary }, canary], [canary]: canary },
      { ...MIXED, ...semantic(canary) },
      { ...GOOD[SUBJECTS], page: { token: canary, [canary]: 1 } },
      `{"${canary}":1,"${canary}":2}`,
      `{"${canary}"`,
    ];
    for (const path of [...PATHS, `/${canary}`, `/access/v1/${canary}`]) {
      for (const body of wrong) {
        const answer = await post(path, body);
        expect(answer.text).not.toContain('CANARY');
        expect(JSON.stringify([...answer.headers])).not.toContain('CANARY');
      }
    }
  });

  it('knows no other address', async () => {
    for (const path of [
      '/',
      '/access/v1',
      '/access/v1/evaluation/',
      '/access/v2/evaluation',
      '/access/v1/search',
    ]) {
      expect([path, (await post(path, GOOD[EVALUATION])).status]).toEqual([path, 404]);
    }
  });

  it('ignores a query', async () => {
    expect((await post(`${EVALUATION}?x=1`, GOOD[EVALUATION])).json).toEqual({ decision: true });
  });
});

describe('discovery', () => {
  const METADATA = '/.well-known/authzen-configuration';

  it('announces every endpoint under the identifier the caller used', async () => {
    const answer = await call(`${server.url}${METADATA}`, {
      method: 'GET',
      headers: { 'x-request-id': 'r-1' },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('x-request-id')).toBe('r-1');
    expect(answer.json).toEqual({
      policy_decision_point: server.url,
      access_evaluation_endpoint: `${server.url}${EVALUATION}`,
      access_evaluations_endpoint: `${server.url}${EVALUATIONS}`,
      search_subject_endpoint: `${server.url}${SUBJECTS}`,
      search_resource_endpoint: `${server.url}${RESOURCES}`,
      search_action_endpoint: `${server.url}${ACTIONS}`,
    });
  });

  it('knows no tenants and no other method', async () => {
    for (const tenant of ['/tenant1', '/'])
      expect((await call(`${server.url}${METADATA}${tenant}`, { method: 'GET' })).status).toBe(404);
    expect((await post(METADATA, {})).status).toBe(405);
  });

  it('does not ask for credentials where the rest does', async () => {
    const closed = await serveFixture({ port: 0, token: 'secret' });
    try {
      expect((await call(`${closed.url}${METADATA}`, { method: 'GET' })).status).toBe(200);
      for (const authorization of ['', 'Bearer wrong', 'Basic secret']) {
        const answer = await call(`${closed.url}${EVALUATION}`, {
          headers: { 'content-type': 'application/json', authorization },
          body: GOOD[EVALUATION],
        });
        expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      }
      const answer = await call(`${closed.url}${EVALUATION}`, {
        headers: { 'content-type': 'application/json', authorization: 'Bearer secret' },
        body: GOOD[EVALUATION],
      });
      expect(answer.json).toEqual({ decision: true });
    } finally {
      await closed.close();
    }
  });
});
