import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import profiles from '../../functions/access/marking-profiles.json' with { type: 'json' };
import { labelOf } from '../../functions/core/decision/label-of.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { CALLER, type Call } from '../doors/rest-event.ts';
import { type AccessRig, type Reply, startAccessRig } from './access-rig.ts';

let rig: AccessRig;
/** A clock on which a second passes whenever somebody looks. */
function hastyClock(): () => number {
  let looks = 0;
  return () => {
    looks += 1;
    return Date.now() + looks * 1000;
  };
}
let ask: (path: string, call?: Call) => Promise<Reply>;
beforeAll(async () => {
  rig = await startAccessRig();
  ask = rig.door();
});
afterAll(() => rig.stop());

const EVALUATION = '/access/v1/evaluation';
const EVALUATIONS = '/access/v1/evaluations';
const SEARCH = '/access/v1/search';

function message(marking = 'SECRET//REL TO USA, GBR', properties: Record<string, unknown> = {}) {
  return { type: 'message', id: 'm-1', properties: { marking, ...properties } };
}
const route = { name: 'route' };

function network(id = 'gb-b', over: Record<string, unknown> = {}): Record<string, unknown> {
  return { subject: message(), action: route, resource: { type: 'network', id }, ...over };
}

describe('a search over a registry that cannot be read is no empty list', () => {
  it.each([
    'STORE_UNAVAILABLE',
    'DIGEST_MISMATCH',
    'SIGNATURE_INVALID',
    'HEAD_MISSING',
    'LINEAGE_CHANGED',
  ] as const)('%s', async (code) => {
    const reader = { ...rig.guard.store.reader(), open: () => Promise.reject(new StoreError(code)) };
    const door = rig.door({ reader });
    const body = { subject: { type: 'message' }, action: route, resource: { type: 'network', id: 'gb-b' } };
    const asked = [
      await door(`${SEARCH}/subject`, { body }),
      await door(`${SEARCH}/action`, { body: { ...body, subject: message() } }),
      await door(`${SEARCH}/resource`, {
        body: { ...body, subject: message(), resource: { type: 'network' } },
      }),
    ];
    expect(asked.map(({ status }) => status)).toEqual([500, 500, 500]);
  });
});

describe('evaluation', () => {
  it.each([
    ['a network that may', network(), true, undefined],
    ['a network that may not', network('us-c'), false, 'VENDOR_NOT_ASSESSED'],
    [
      'a registered route',
      network('', { resource: { type: 'route', id: 'sms-gb-primary' }, context: {} }),
      true,
    ],
    [
      'a path',
      network('', { resource: { type: 'path', id: 'p', properties: { hops: [{ network: 'gb-b' }] } } }),
      true,
    ],
    ['a network nobody registered', network('nowhere'), false, 'HOP_UNKNOWN'],
    [
      'a marking nobody reads',
      network('gb-b', { subject: message('VERY SECRET') }),
      false,
      'MARKING_INVALID',
    ],
    ['no marking', network('gb-b', { subject: { type: 'message', id: 'm' } }), false, 'REQUEST_INVALID'],
    ['no hops', network('', { resource: { type: 'path', id: 'p' } }), false, 'REQUEST_INVALID'],
    [
      'another type of subject',
      network('gb-b', { subject: { type: 'user', id: 'u' } }),
      false,
      'SUBJECT_TYPE_UNKNOWN',
    ],
    ['another action', network('gb-b', { action: { name: 'read' } }), false, 'ACTION_UNKNOWN'],
    [
      'another type of resource',
      network('', { resource: { type: 'record', id: 'r' } }),
      false,
      'RESOURCE_TYPE_UNKNOWN',
    ],
    [
      'an unknown member of the context',
      network('gb-b', { context: { pathAsurance: 'x' } }),
      false,
      'CONTEXT_MEMBER_UNKNOWN',
    ],
    [
      'an unknown property of the message',
      network('gb-b', { subject: message(undefined, { colour: 'blue' }) }),
      false,
      'PROPERTY_UNKNOWN',
    ],
    [
      'how well the path is known',
      network('gb-b', { context: { pathAssurance: 'pinned' } }),
      false,
      'CONTEXT_MEMBER_UNKNOWN',
    ],
    [
      'a version not reached',
      network('gb-b', { context: { registry: { atLeast: 9 } } }),
      false,
      'REGISTRY_BEHIND',
    ],
    ['a version that is there', network('gb-b', { context: { registry: { atLeast: 1 } } }), true],
    [
      'a version and a date',
      network('gb-b', { context: { registry: { atLeast: 1, exact: 1 } } }),
      false,
      'REQUEST_INVALID',
    ],
    ['a full explanation', network('gb-b', { context: { explain: 'full' } }), false, 'EXPLAIN_NOT_GRANTED'],
  ] as const)('%s', async (_what, body, decision, code: string | undefined = undefined) => {
    const { status, headers, body: said } = await ask(EVALUATION, { body });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    expect(said.decision).toBe(decision);
    const reasons = said.context.reasons ?? [said.context.reason];
    if (code !== undefined) expect(reasons.map((r: { code: string }) => r.code)).toContain(code);
  });

  it('ignores members that are not ours, as the specification demands', async () => {
    const body = network('gb-b', { subject: { ...message(), colour: 'blue' }, extra: 1 });
    expect((await ask(EVALUATION, { body })).body.decision).toBe(true);
  });
});

describe('the protocol, as far as it reaches the guard', () => {
  it('says nothing a caller wrote', async () => {
    const canary = 'canary-7f3a';
    const bodies = [
      network(canary),
      network('gb-b', { context: { [canary]: canary } }),
      network('gb-b', { subject: message(`SECRET//${canary}`, { [canary]: canary }) }),
      network('gb-b', { subject: { type: canary, id: canary } }),
      network('gb-b', { action: { name: canary } }),
      network('', { resource: { type: canary, id: canary } }),
      { [canary]: canary },
      `{"${canary}"`,
    ];
    for (const path of [
      EVALUATION,
      EVALUATIONS,
      `${SEARCH}/resource`,
      `${SEARCH}/subject`,
      `${SEARCH}/action`,
      '/v1/best-path',
    ]) {
      for (const body of bodies) expect((await ask(path, { body })).text.toLowerCase()).not.toContain(canary);
    }
    expect(JSON.stringify(rig.lines)).not.toContain(canary);
  });
});

describe('a batch', () => {
  const items = ['gb-a', 'gb-b', 'nowhere', 'us-b', 'gb-b'].map((id) => ({
    resource: { type: 'network', id },
  }));
  const batch = (over: Record<string, unknown> = {}): Record<string, unknown> => {
    const { resource: _resource, ...defaults } = network();
    return { ...defaults, evaluations: items, ...over };
  };

  it('is decided on one read of HEAD, whatever versions its items ask for', async () => {
    const before = rig.headReads();
    const versions = [{}, { registry: { atLeast: 1 } }, { registry: { atLeast: 9 } }];
    const evaluations = versions.flatMap((v) => items.map((i) => ({ ...i, context: { ...v } })));
    const { body } = await ask(EVALUATIONS, { body: batch({ evaluations }) });
    expect(rig.headReads() - before).toBe(1);
    type Item = {
      decision: boolean;
      context: { registry?: { digest: string }; reasons: { code: string }[] };
    };
    const told = (body.evaluations as readonly Item[]).map(({ decision, context }) => [
      ...[decision, context.registry === undefined],
      context.reasons.some(({ code }) => code === 'REGISTRY_BEHIND'),
    ]);
    const byVersion = (permits: readonly boolean[]) => permits.map((permit) => [permit, false, false]);
    const HERE = [false, true, false, true, true];
    expect([told.slice(0, 5), told.slice(5, 10), told.slice(10)]).toEqual([
      byVersion(HERE),
      byVersion(HERE),
      items.map(() => [false, true, true]),
    ]);
    const digests = (body.evaluations as readonly Item[]).flatMap(
      ({ context: { registry } }) => registry?.digest ?? [],
    );
    expect([digests.length, new Set(digests).size]).toEqual([10, 1]);
  });

  it.each([
    ['execute_all', 5],
    ['deny_on_first_deny', 1],
    ['permit_on_first_permit', 2],
  ])('%s answers %i', async (evaluations_semantic, length) => {
    const { body } = await ask(EVALUATIONS, { body: batch({ options: { evaluations_semantic } }) });
    expect(body.evaluations).toHaveLength(length);
  });

  it('is a 400 for a semantic that is none', async () => {
    expect((await ask(EVALUATIONS, { body: batch({ options: { evaluations_semantic: 'x' } }) })).status).toBe(
      400,
    );
  });

  it('denies an item without a subject in its place', async () => {
    const { subject: _subject, ...rest } = batch();
    const { status, body } = await ask(EVALUATIONS, { body: { ...rest, evaluations: [items[1]] } });
    expect(status).toBe(200);
    expect(body.evaluations).toMatchObject([{ decision: false, context: { error: { status: 400 } } }]);
  });

  it('without items is a single evaluation', async () => {
    expect((await ask(EVALUATIONS, { body: network() })).body).toMatchObject({ decision: true });
  });
});

describe('searches', () => {
  const resources = (over: Record<string, unknown> = {}) =>
    network('', { resource: { type: 'network' }, ...over });

  it('finds the networks that evaluate to true, and no others, on one read of HEAD', async () => {
    const before = rig.headReads();
    const found = (await ask(`${SEARCH}/resource`, { body: resources() })).body;
    expect(rig.headReads() - before).toBe(1);
    const hits = found.results.map((r: { id: string }) => r.id);
    expect(hits).toContain('gb-b');
    for (const id of ['gb-a', 'gb-b', 'gb-c', 'us-a', 'us-b', 'us-c']) {
      expect(hits.includes(id)).toBe((await ask(EVALUATION, { body: network(id) })).body.decision);
    }
    expect(Object.keys(found)).toEqual(['results']);
  });

  it('goes on where it was cut, by a limit or by time, and misses nothing', async () => {
    const all = (await ask(`${SEARCH}/resource`, { body: resources() })).body.results;
    const slow = rig.door({ clock: hastyClock(), searchMs: 1 });
    for (const [door, page] of [
      [ask, { limit: 1 }],
      [slow, {}],
    ] as const) {
      const seen: unknown[] = [];
      let token = '';
      for (let pages = 0; pages < 40; pages += 1) {
        const { body } = await door(`${SEARCH}/resource`, {
          body: resources({ page: { ...page, ...(token !== '' && { token }) } }),
        });
        seen.push(...body.results);
        token = body.page.next_token;
        if (token === '') break;
      }
      expect(seen).toEqual(all);
    }
  });

  it('says that a page cut by time is not all, even where nobody asked for pages', async () => {
    const slow = rig.door({ clock: hastyClock(), searchMs: 1_500 });
    expect((await slow(`${SEARCH}/resource`, { body: resources() })).body.page.next_token).not.toBe('');
    const subjects = await slow(`${SEARCH}/subject`, {
      body: network('gb-b', { subject: { type: 'message' } }),
    });
    expect(subjects.body.page.next_token).not.toBe('');
    const paths = await slow('/v1/best-path', { body: { message: { id: 'm', ...message().properties } } });
    expect([paths.status, paths.body.reasons[0].code]).toEqual([503, 'BUDGET_EXHAUSTED']);
  });

  const behind = { registry: { atLeast: 9 } };
  it.each([
    ['an unknown type of resource', 'resource', resources({ resource: { type: 'planet' } }), 200],
    ['an unknown type of subject', 'subject', network('gb-b', { subject: { type: 'planet' } }), 200],
    ['an unknown network', 'subject', network('nowhere', { subject: { type: 'message' } }), 200],
    ['an unknown network', 'action', network('nowhere', { action: undefined }), 200],
    ['a marking nobody reads', 'resource', resources({ subject: message('VERY SECRET') }), 400],
    ['no marking', 'resource', resources({ subject: { type: 'message', id: 'm' } }), 400],
    ['an unknown member of the context', 'resource', resources({ context: { x: 1 } }), 400],
    [
      'an unknown member of the context',
      'subject',
      network('gb-b', { subject: { type: 'message' }, context: { x: 1 } }),
      400,
    ],
    ['another time', 'resource', resources({ context: { at: '2020-02-15T00:00:00Z' } }), 400],
    ['a version not reached', 'resource', resources({ context: { ...behind } }), 500],
    ['a version not reached', 'action', network('gb-b', { context: { ...behind } }), 500],
    [
      'a version not reached',
      'subject',
      network('gb-b', { subject: { type: 'message' }, context: { ...behind } }),
      500,
    ],
    [
      'another time',
      'subject',
      network('gb-b', { subject: { type: 'message' }, context: { at: '2020-02-15T00:00:00Z' } }),
      400,
    ],
    ['another time', 'action', network('gb-b', { context: { at: '2020-02-15T00:00:00Z' } }), 400],
    ['an exact version', 'action', network('gb-b', { context: { registry: { exact: 1 } } }), 400],
  ])('%s in a %s search', async (_what, api, body, status) => {
    const reply = await ask(`${SEARCH}/${api}`, { body });
    expect(reply.status).toBe(status);
    if (status === 200) expect(reply.body.results).toEqual([]);
  });

  const nato = {
    type: 'message',
    id: 'm',
    properties: { marking: 'NATO SECRET', markingFormat: 'nato-text' },
  };
  it.each([['of an owner without a mandate', { subject: nato }]])(
    'finds nothing that is %s',
    async (_what, over) => {
      for (const kind of ['resource', 'action']) {
        const { status, body } = await ask(`${SEARCH}/${kind}`, { body: network('gb-b', over) });
        expect([kind, status, body.results]).toEqual([kind, 200, []]);
      }
    },
  );

  it('ends with an empty page where others had something, whatever tunnel was claimed', async () => {
    const protection = { scheme: 'csfc', registration: 'synthetic-reg-2' };
    const body = resources({ action: { name: 'route', properties: { protection } } });
    const all = (await ask(`${SEARCH}/resource`, { body })).body.results;
    expect(all.length).toBeGreaterThan(0);
    const limit = all.length;
    const first = await ask(`${SEARCH}/resource`, { body: { ...body, page: { limit } } });
    expect(first.body.results).toEqual(all);
    const page = { limit, token: first.body.page.next_token };
    expect(await ask(`${SEARCH}/resource`, { body: { ...body, page } })).toMatchObject({
      status: 200,
      body: { results: [], page: { next_token: '' } },
    });
  });

  it('looks at every network, to the last', async () => {
    const protection = { scheme: 'csfc', registration: 'synthetic-reg-1' };
    const supported_obligations = [
      'use-tunnel',
      'no-plaintext-fallback',
      'hide-label',
      'log-hops',
      're-evaluate-by',
    ];
    const context = { supported_obligations };
    const action = { name: 'route', properties: { protection } };
    const { body } = await ask(`${SEARCH}/resource`, { body: resources({ action, context }) });
    expect(body.results.at(-1)).toEqual({ type: 'network', id: 'us-c' });
  });

  it('hands no page on to another caller', async () => {
    const first = await ask(`${SEARCH}/resource`, { body: resources({ page: { limit: 1 } }) });
    const body = resources({ page: { token: first.body.page.next_token } });
    expect((await ask(`${SEARCH}/resource`, { body })).status).toBe(200);
    expect((await ask(`${SEARCH}/resource`, { body, caller: `${CALLER}-2` })).status).toBe(400);
  });

  it('records that a page is not all', async () => {
    for (const [searched, body] of [
      ['resource', resources({ page: { limit: 1 } })],
      ['subject', network('gb-b', { subject: { type: 'message' }, page: { limit: 1 } })],
      ['action', network('gb-b', { action: undefined, page: { limit: 1 } })],
    ] as const) {
      const before = rig.lines.length;
      const { page } = (await ask(`${SEARCH}/${searched}`, { body })).body;
      const complete = page.next_token === '';
      expect(rig.lines.slice(before)).toMatchObject([{ searched, results: 1, complete }]);
      expect([searched, complete]).toEqual([searched, false]);
    }
  });

  it('finds the published markings that may use a network', async () => {
    const body = network('gb-b', { subject: { type: 'message', id: 'ignored' } });
    const { results } = (await ask(`${SEARCH}/subject`, { body })).body;
    expect(results.map((r: { id: string }) => r.id)).toEqual([
      'us-unclassified',
      ...['us-confidential-rel-gbr', 'us-confidential-rel-fvey', 'us-secret-rel-gbr', 'us-secret-rel-fvey'],
      ...['uk-official', 'uk-secret'],
    ]);
    for (const { id, properties } of results) expect(profiles).toContainEqual({ id, ...properties });
    for (const subject of results) {
      expect((await ask(EVALUATION, { body: network('gb-b', { subject }) })).body.decision).toBe(true);
    }
  });

  it('publishes only markings that are read', () => {
    for (const { id, ...properties } of profiles)
      expect([id, labelOf({ id, ...properties }, Date.now()).ok]).toEqual([id, true]);
  });

  it('finds the actions, each true when asked singly', async () => {
    const { results } = (await ask(`${SEARCH}/action`, { body: network('gb-b', { action: undefined }) }))
      .body;
    expect(results).toContainEqual({ name: 'route' });
    for (const action of results)
      expect((await ask(EVALUATION, { body: network('gb-b', { action }) })).body.decision).toBe(true);
  });
});
