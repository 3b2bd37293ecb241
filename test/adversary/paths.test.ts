/** Attempts to have a path believed: a caller's word on how well its hops are known earns nothing, at any door. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { type Door, type Doors, startDoors } from '../doors/doors-rig.ts';
import { NOW } from '../doors/expected.ts';
import { restEvent } from '../doors/rest-event.ts';

const PINNED = readSampleRegistry().get('route/gb-b-alone') ?? expect.fail();

/** The sample, and routes that look better than they are. */
function registry(): ReadonlyMap<string, RawFact> {
  const facts = new Map(readSampleRegistry());
  const route = (id: string, part: object) => facts.set(`route/${id}`, { ...PINNED, ...part, id });
  route('to-nowhere-else', { alternates: ['gb-a'] });
  route('to-somewhere-unknown', { alternates: ['nobody-knows'] });
  route('ended', { valid: { from: '2019-01-01', to: '2020-01-01', zone: 'UTC' } });
  route('to-come', { valid: { from: '2030-01-01', to: null, zone: 'UTC' } });
  route('unsourced', { sources: [] });
  route('of-another-word', { assurance: 'certain' });
  return facts;
}

let doors: Doors;
let decide: Door;
let http: Door;
let audit: Door;
let access: Door;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(NOW) });
  doors = await startDoors(['decide', 'decide-http', 'explain', 'access'], undefined, registry());
  decide = await doors.fresh('decide');
  http = await doors.fresh('decide-http');
  audit = await doors.fresh('explain');
  access = await doors.fresh('access');
});
afterAll(async () => {
  await doors.stop();
  vi.useRealTimers();
});

const message = { id: 'm', marking: 'SECRET//REL TO USA, GBR' };
const HOPS = [{ network: 'gb-b' }];

interface Said {
  readonly decision?: boolean;
  readonly pathAssurance?: string;
  readonly reasons?: readonly { readonly code: string; readonly field?: string }[];
}

async function bodyOf(sent: Promise<unknown>): Promise<Said & Record<string, unknown>> {
  const { body } = (await sent) as { readonly body: string };
  return JSON.parse(body) as Said & Record<string, unknown>;
}

/** The same text at the three doors that decide. */
async function askAll(request: unknown): Promise<readonly Said[]> {
  const text = typeof request === 'string' ? request : JSON.stringify(request);
  return [
    (await decide({ request: text })) as Said,
    await bodyOf(http(restEvent('/v1/decide', { body: text }))),
    await bodyOf(audit(restEvent('/v1/audit/explain', { body: text }))),
  ];
}

it('a registered route is what it says, and every line says so', async () => {
  doors.lines();
  const answers = await askAll({ message, path: { route: 'gb-b-alone' } });
  expect(answers.map((a) => [a.decision, a.pathAssurance])).toEqual(Array(3).fill([true, 'pinned']));
  const lines = doors.lines().map((line) => JSON.parse(line) as Said);
  expect(lines.map((l) => l.pathAssurance)).toEqual(Array(3).fill('pinned'));
});

it('the same network as a caller names it is assumed', async () => {
  for (const hop of [{ network: 'gb-b' }, { plmn: '999-02' }, { asn: '64497' }]) {
    const answers = await askAll({ message, path: { hops: [hop] } });
    expect(answers.map((a) => [a.decision, a.pathAssurance])).toEqual(Array(3).fill([false, 'assumed']));
    for (const { reasons = [] } of answers)
      expect(reasons.map((r) => r.code)).toContain('PATH_ASSURANCE_INSUFFICIENT');
  }
});

it('an owner who accepts that is told', async () => {
  const asked = { message: { id: 'm', marking: 'OFFICIAL', originator: 'AUS' } };
  doors.lines();
  const answers = await askAll({ ...asked, path: { hops: [{ network: 'au-a' }] } });
  expect(answers.map((a) => [a.decision, a.pathAssurance])).toEqual(Array(3).fill([true, 'assumed']));
  const lines = doors.lines().map((line) => JSON.parse(line) as Said);
  expect(lines.map((l) => l.pathAssurance)).toEqual(Array(3).fill('assumed'));
});

describe.each(['pinned', 'observed', 'assumed', 'PINNED', '', null, true, ['pinned']])('%j', (said) => {
  it.each<[string, object, string, string]>([
    ['of hops', { hops: HOPS, assurance: said }, 'PATH_ASSURANCE_STATED', '/path/assurance'],
    ['of a route', { route: 'gb-b-alone', assurance: said }, 'PATH_ASSURANCE_STATED', '/path/assurance'],
    ['under another name', { hops: HOPS, pathAssurance: said }, 'REQUEST_UNKNOWN_FIELD', '/path'],
    [
      'of one hop',
      { hops: [{ network: 'gb-b', assurance: said }] },
      'PATH_ASSURANCE_STATED',
      '/path/hops/0/assurance',
    ],
  ])('said by the caller %s', async (_, path, code, field) => {
    for (const { decision, reasons } of await askAll({ message, path }))
      expect([decision, reasons]).toEqual([false, [expect.objectContaining({ code, field })]]);
  });

  it('said beside the path, or in the message', async () => {
    const path = { hops: HOPS };
    for (const request of [
      { message, path, assurance: said },
      { message, path, pathAssurance: said },
      { message: { ...message, assurance: said }, path },
    ])
      for (const { decision } of await askAll(request)) expect(decision).toBe(false);
  });

  it('said to AuthZEN, in every place it could stand', async () => {
    const subject = { type: 'message', id: 'm', properties: { marking: message.marking } };
    const asked = { subject, action: { name: 'route' }, resource: { type: 'network', id: 'gb-b' } };
    const path = { type: 'path', id: 'p', properties: { hops: HOPS } };
    const word = { assurance: said, pathAssurance: said, path_assurance: said };
    const bodies = [
      { ...asked, ...word },
      { ...asked, context: { pathAssurance: said } },
      { ...asked, context: { assurance: said } },
      { ...asked, resource: { ...asked.resource, properties: word } },
      { ...asked, resource: { ...path, properties: { ...path.properties, ...word } } },
      { ...asked, resource: { ...path, properties: { hops: [{ network: 'gb-b', ...word }] } } },
      { ...asked, action: { name: 'route', properties: word } },
      { ...asked, subject: { ...subject, properties: { ...subject.properties, ...word } } },
    ];
    for (const body of bodies) {
      expect(await bodyOf(access(restEvent('/access/v1/evaluation', { body })))).toMatchObject({
        decision: false,
      });
      const batch = { evaluations: [body, { resource: { type: 'network', id: 'gb-b' } }], ...asked };
      const { evaluations } = await bodyOf(access(restEvent('/access/v1/evaluations', { body: batch })));
      expect((evaluations as Said[]).map((e) => e.decision)).toEqual([false, false]);
      const found = await bodyOf(access(restEvent('/access/v1/search/resource', { body })));
      expect(found['results'] ?? []).toEqual([]);
    }
  });

  it('said to a comparison of paths', async () => {
    const paths = [{ hops: HOPS, assurance: said }];
    const refused = await bodyOf(access(restEvent('/v1/best-path', { body: { message, paths } })));
    expect(refused.reasons).toEqual([
      expect.objectContaining({ code: 'PATH_ASSURANCE_STATED', field: '/paths/0/assurance' }),
    ]);
    const plain = await bodyOf(
      access(restEvent('/v1/best-path', { body: { message, paths: [{ hops: HOPS }] } })),
    );
    expect(plain['paths']).toMatchObject([{ permitted: false }]);
  });
});

it('said twice, it is no better', async () => {
  const text = `{"message":${JSON.stringify(message)},"path":{"route":"nobody-knows"},"path":{"route":"gb-b-alone"}}`;
  for (const { decision } of await askAll(text)) expect(decision).toBe(false);
});

it.each<[string, string, string]>([
  ['an alternate that may not', 'to-nowhere-else', 'VENDOR_NOT_ASSESSED'],
  ['an alternate nobody knows', 'to-somewhere-unknown', 'HOP_UNKNOWN'],
  ['a validity of the past', 'ended', 'ROUTE_UNKNOWN'],
  ['a validity to come', 'to-come', 'ROUTE_UNKNOWN'],
  ['no source', 'unsourced', 'ROUTE_UNKNOWN'],
  ['an assurance of its own making', 'of-another-word', 'ROUTE_UNKNOWN'],
  ['no registration', 'never-registered', 'ROUTE_UNKNOWN'],
])('a route with %s', async (_, route, code) => {
  for (const { decision, reasons = [] } of await askAll({ message, path: { route } }))
    expect([decision, reasons.map((r) => r.code)]).toEqual([false, expect.arrayContaining([code])]);
});
