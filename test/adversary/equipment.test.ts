/** Attempts to read a network's equipment off answers in codes, by adding standards that no owner mandates. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Door, type Doors, startDoors } from '../doors/doors-rig.ts';
import { restEvent } from '../doors/rest-event.ts';

let doors: Doors;
let direct: Door;
let access: Door;
let audit: Door;
beforeAll(async () => {
  doors = await startDoors(['decide', 'access', 'explain']);
  [direct, access, audit] = await Promise.all([
    doors.fresh('decide'),
    doors.fresh('access'),
    doors.fresh('explain'),
  ]);
});
afterAll(() => doors.stop());

const LIBRARY = readdirSync(new URL('../../standards', import.meta.url))
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length));
/** As many as one request may add. */
const ADDED = [LIBRARY.slice(0, 30), LIBRARY.slice(30)];
const NETWORKS = ['gb-a', 'gb-b', 'gb-c', 'gb-d', 'us-a', 'us-b', 'us-c', 'sg-a'];
const message = { id: 'm', marking: 'SECRET//REL TO USA, GBR' };

interface Reason {
  readonly code: string;
  readonly standard?: string;
}
interface Told {
  readonly reasons: readonly Reason[];
  readonly notes?: readonly Reason[];
  readonly standards: readonly { readonly id: string; readonly by: string; readonly outcome: string }[];
}

async function post(door: Door, path: string, body: unknown): Promise<Record<string, unknown>> {
  const reply = (await door(restEvent(path, { body }))) as { readonly body: string };
  return JSON.parse(reply.body) as Record<string, unknown>;
}

async function everyDoor(request: Readonly<Record<string, unknown>>, hops: readonly object[]) {
  const context = request;
  const question = {
    subject: { type: 'message', id: 'm', properties: { marking: message.marking } },
    action: { name: 'route' },
    resource: { type: 'path', id: 'p', properties: { hops } },
    context,
  };
  const native = { message, path: { hops }, ...request };
  return [
    (await direct({ request: JSON.stringify(native) })) as Told,
    (await post(audit, '/v1/audit/explain', { ...native, explain: 'codes' })) as unknown as Told,
    (await post(access, '/access/v1/evaluation', question))['context'] as Told,
  ];
}

describe.each([
  ['now', {}],
  ['on a day of the past', { at: '2020-02-15T00:00:00Z' }],
  ['in years to come', { at: '2028-06-01T00:00:00Z' }],
])('%s', (_when, about) => {
  it.each(NETWORKS)('no standard added says where anything stands in %s', async (network) => {
    for (const path of [[network], ['gb-b', network]]) {
      const hops = path.map((id) => ({ network: id }));
      const answers = await Promise.all(ADDED.map((standards) => everyDoor({ standards, ...about }, hops)));
      let seen = 0;
      for (const told of answers.flat()) {
        const added = told.standards.filter((s) => s.by === 'request').map((s) => s.id);
        expect(added.length).toBeGreaterThan(10);
        const said = [...told.reasons, ...(told.notes ?? [])].filter((r) => added.includes(r.standard ?? ''));
        seen += said.length;
        for (const reason of said) expect(Object.keys(reason).sort()).toEqual(['code', 'standard', 'text']);
        // That the law lacks something, or was replaced, is said beside what it comes to.
        const ofLaw = ['STANDARD_INCOMPLETE', 'STANDARD_REPLACED'];
        const each = said.filter((r) => !ofLaw.includes(r.code)).map((r) => r.standard);
        expect(new Set(each).size).toBe(each.length);
        const dates = Object.keys(told).filter((name) => /^valid_?until$/i.test(name));
        expect(dates).toEqual([]);
      }
      expect(seen).toBeGreaterThan(10);
    }
  });
});

it('nor does best path: of such a standard there is one repair, about no hop', async () => {
  const paths = NETWORKS.map((network) => ({
    hops: [{ network: 'gb-b' }, { network }],
  }));
  const ask = async (standards: readonly string[]) => {
    const { paths: compared } = await post(access, '/v1/best-path', { message, paths, standards });
    return compared as {
      repairs: { repair: string; hops: unknown[]; codes: string[] }[];
      validUntil?: string;
    }[];
  };
  const plain = await ask([]);
  const added = (
    await Promise.all(ADDED.map((standards) => ask(standards.filter((id) => id !== 'US-STATE-TRUST'))))
  ).flat();
  const kinds = (list: typeof plain) =>
    new Set(list.flatMap((p) => p.repairs.flatMap((r) => r.codes.map((code) => `${r.repair} ${code}`))));
  const more = [...kinds(added)].filter((kind) => !kinds(plain).has(kind));
  // What rests on the law and the question alone stays said: a flow that such a standard asks for.
  expect(more.sort()).toEqual(['correct-request FLOW_UNKNOWN', 'satisfy-standard STANDARD_NOT_SATISFIED']);
  for (const { repairs, validUntil } of added) {
    expect(validUntil).toBeUndefined();
    for (const r of repairs) if (r.repair === 'satisfy-standard') expect(r.hops).toEqual([]);
  }
});

it('but an auditor is told', async () => {
  const full = await post(audit, '/v1/audit/explain', {
    message,
    path: { hops: [{ network: 'gb-a' }] },
    standards: ['UK-HRV-2020-07'],
    at: '2028-06-01T00:00:00Z',
  });
  const reasons = full['reasons'] as Record<string, unknown>[];
  expect(reasons.some((r) => r['standard'] === 'UK-HRV-2020-07' && r['segment'] !== undefined)).toBe(true);
});
