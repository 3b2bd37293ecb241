/** Whose stop: what one person may stop of others', for how long and how often; and who goes on in spite of it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { heldLately } from '../../functions/registry/held-lately.ts';
import type { OpenSnapshot } from '../../functions/store/open-snapshot.ts';
import { triesOf } from '../../functions/store/registry-tries.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { pathTo } from '../../functions/store/trie-lookup.ts';
import { source } from './changes.ts';
import { approvalOf, type RegistryRig, simulated, startRegistryRig, type Wire } from './rig.ts';

const HOUR = 3_600_000;
let now = Date.parse('2026-11-23T12:00:00.000Z');
let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig({ clock: () => now });
});
afterAll(() => rig.stop());

const post = async (who: string, path: string, body: Wire) => {
  const answer = await rig.as(who).post(path, body);
  return [answer.status, answer.body.error?.code ?? answer.body] as const;
};
const get = async (path: string) => (await rig.as('auditor').get(path)).body;
const version = async () => (await get('log')).entries[0].version as number;
const iso = (ms: number) => new Date(ms).toISOString();

const EVERYTHING = { everything: true };
const body = (id: string, scope: object, more: object = {}) => ({
  ...{ id, authority: 'us-state', scope, cause: 'compromise', reason: 'A test', ...more },
});
const hold = async (id: string, scope: object, more: object = {}) =>
  (await post('usa-proposer', 'hold', body(id, scope, more)))[1];

async function problemsOf(who: string, written: object): Promise<readonly string[]> {
  const fact = JSON.parse(JSON.stringify(written));
  const asked = { reason: 'A test', changes: [{ op: 'add', fact }] };
  const { status, body } = await rig.as(who).post('proposals', asked);
  if (status === 201) return [];
  if (body.error.problems === undefined) throw new Error(JSON.stringify(body));
  return body.error.problems.map(({ path }: Wire) => path.replace('/changes', ''));
}

async function signedByTwo(nation: string, fact: object): Promise<number> {
  const [, filed] = await post(`${nation}-proposer`, 'proposals', {
    reason: 'A test',
    changes: [{ op: 'add', fact }],
  });
  const proposal = await simulated(rig.as(`${nation}-proposer`), filed.id);
  const [status] = await post(`${nation}-approver`, `proposals/${filed.id}/approve`, approvalOf(proposal));
  return status;
}

it('a dry run says what would be stopped, refuses what the stop would be refused, and stops nothing', async () => {
  const before = await version();
  const told = await hold('try', EVERYTHING, { dryRun: true });
  expect(told).toMatchObject({
    dryRun: true,
    version: before,
    wide: true,
    until: iso(now - 2000 + 24 * HOUR),
  });
  expect(told.stops.complete).toBe(true);
  expect(told.stops.networks.lost).toHaveLength(told.stops.networks.permitted);
  expect(told.stops.networks.permitted).toBeGreaterThan(1);
  expect(told.stops.markings.lost.length).toBeGreaterThan(0);
  const one = await hold('try', { network: 'us-a' }, { dryRun: true });
  expect(one.stops.networks.lost).toEqual(['us-a']);
  const [, revoked] = await post('usa-proposer', 'revoke', {
    facts: ['accreditation/us-on-us-a'],
    reason: 'A test',
    dryRun: true,
  });
  expect(revoked.stops.networks.lost).toEqual(['us-a']);
  expect(await post('gbr-proposer', 'hold', body('try', EVERYTHING, { dryRun: true }))).toEqual([
    403,
    'NOT_AUTHORISED',
  ]);
  expect(await hold('try', EVERYTHING, { dryRun: true, cause: 'rehearsal' })).toBe('HOLD_TOO_WIDE');
  expect([await version(), (await get('holds')).holds]).toEqual([before, []]);
});

it.each<[string, object, object, string]>([
  ['everything, for longer', EVERYTHING, { until: '2026-11-24T11:59:58.001Z' }, 'HOLD_TOO_WIDE'],
  ['another’s information, for longer', { owner: 'GBR' }, { until: '2027-01-01T00:00:00Z' }, 'HOLD_TOO_WIDE'],
  [
    'a network under another’s law, for longer',
    { network: 'gb-b' },
    { until: '2026-12-01T00:00:00Z' },
    'HOLD_TOO_WIDE',
  ],
  ['everything, for a drill', EVERYTHING, { cause: 'rehearsal' }, 'HOLD_TOO_WIDE'],
  ['until it is over', { owner: 'USA' }, { until: '2026-11-23T12:00:00Z' }, 'REQUEST_INVALID'],
])('nobody stops alone: %s', async (_what, scope, more, code) => {
  expect(await hold('no', scope, more)).toBe(code);
});

it.each<[string, object, object]>([
  ['its own nation’s information, without an end', { owner: 'USA' }, { wide: false, until: null }],
  ['a network under its own law, without an end', { network: 'us-a' }, { wide: false, until: null }],
])('one person stops %s, drill or not', async (_what, scope, told) => {
  for (const cause of ['rehearsal', 'order'])
    expect(await hold('try', scope, { cause, dryRun: true })).toMatchObject(told);
});

it('one person stops everything for a day, counted from when it is in force', async () => {
  const until = '2026-11-24T11:59:58.000Z';
  expect(await hold('try', EVERYTHING, { until, dryRun: true })).toMatchObject({ wide: true, until });
});

it('two people give a wide stop its end, too, and a cause', async () => {
  const fact = (more: object) => ({
    ...{ kind: 'hold', id: 'two', authority: 'us-state', scope: { owner: 'GBR' }, cause: 'order' },
    ...{ valid: { from: '2026-12-01', to: '2026-12-01', zone: 'UTC' }, ending: [source], sources: [source] },
    ...more,
  });
  const for25 = { from: '2026-12-01T00:00:00Z', to: '2026-12-02T01:00:00Z', zone: 'UTC' };
  expect(await problemsOf('usa-proposer', fact({}))).toEqual([]);
  expect(await problemsOf('usa-proposer', fact({ valid: for25 }))).toEqual(['/0/fact/valid/to']);
  expect(await problemsOf('usa-proposer', fact({ valid: for25, scope: { owner: 'USA' } }))).toEqual([]);
  expect(await problemsOf('usa-proposer', fact({ cause: undefined, reason: 'Words' }))).toEqual([
    '/0/fact/reason',
  ]);
});

it('a wide stop is everybody’s to see, ends by itself, and is not one person’s to set again for a day', async () => {
  const from = now - 2000;
  const until = iso(from + 24 * HOUR);
  expect(await hold('wide', EVERYTHING)).toMatchObject({ wide: true, until });
  expect((await get('facts/hold/wide')).fact).toMatchObject({
    valid: { from: iso(from), to: until },
    ending: [
      { citation: 'Set to end by itself by routeguard-usa-proposer/uma', verified: true, primary: true },
    ],
  });
  const stopped = await get(`versions/${await version()}/stops`);
  expect(stopped.stops.networks.lost).toHaveLength(stopped.stops.networks.permitted);
  now += HOUR;
  expect(await hold('wide', EVERYTHING)).toMatchObject({ already: true, wide: true, until });
  expect((await get('holds')).holds).toEqual([
    {
      ...{ id: 'wide', readable: true, authority: 'us-state', scope: EVERYTHING, cause: 'compromise' },
      ...{ since: iso(from), until, wide: true, exempt: [] },
    },
  ]);
  for (const scope of [EVERYTHING, { owner: 'GBR' }, { network: 'gb-b' }])
    expect(await hold('again', scope)).toBe('HOLD_SET_LATELY');
  // What is its own can be stopped at any time, and others have a day of their own.
  expect(await hold('own', { owner: 'USA' }, { dryRun: true })).toMatchObject({ wide: false });
  expect(
    (await post('gbr-proposer', 'hold', body('try', EVERYTHING, { authority: 'uk-ncsc', dryRun: true })))[0],
  ).toBe(200);
  now = from + 48 * HOUR - 1;
  expect((await get('holds')).holds).toEqual([]);
  expect(await hold('again', EVERYTHING)).toBe('HOLD_SET_LATELY');
  now += 1;
  expect(await hold('again', EVERYTHING)).toMatchObject({ wide: true });
});

it('two people of an owner exempt its information from a wide stop, and of nobody else’s', async () => {
  const exemption = (more: object = {}) => ({
    ...{ kind: 'exemption', id: 'gbr', authority: 'uk-ncsc', hold: 'again', owner: 'GBR' },
    ...{ valid: { from: iso(now), to: null, zone: 'UTC' } },
    sources: [{ citation: 'An order', verified: true, primary: true }],
    ...more,
  });
  expect(await hold('own', { owner: 'USA' })).toMatchObject({ wide: false });
  const flaws: readonly [object, readonly string[]][] = [
    [{ owner: 'USA' }, ['/0/fact/authority', '/0/fact/hold']],
    [{ hold: 'own' }, ['/0/fact/hold']],
    [{ hold: 'none' }, ['/0/fact/hold']],
  ];
  for (const [more, paths] of flaws)
    expect([more, await problemsOf('gbr-proposer', exemption(more))]).toEqual([more, paths]);
  expect(
    await post('gbr-proposer', 'proposals', {
      reason: 'x',
      changes: [{ op: 'add', fact: exemption({ authority: 'us-state' }) }],
    }),
  ).toEqual([403, 'NOT_AUTHORISED']);
  expect(await signedByTwo('gbr', exemption())).toBe(200);
  const [again] = (await get('holds')).holds;
  expect([again.id, again.exempt]).toEqual(['again', [{ owner: 'GBR', exemption: 'gbr' }]]);
  // Ending it restricts: one person may.
  expect((await post('gbr-approver', 'revoke', { facts: ['exemption/gbr'], reason: 'Over' }))[0]).toBe(200);
  expect((await get('holds')).holds[0].exempt).toEqual([]);
});

it('what one person stopped counts from when they set it, though two people put it off, or have it leave', async () => {
  now += 96 * HOUR;
  const [begun, from] = [now, now - 2000];
  const byTwo = async (change: Wire) => {
    const [, filed] = await post('usa-proposer', 'proposals', { reason: 'A test', changes: [change] });
    const proposal = await simulated(rig.as('usa-proposer'), filed.id);
    return (await post('usa-approver', `proposals/${filed.id}/approve`, approvalOf(proposal)))[0];
  };
  const later = (hours: number) => ({
    valid: { from: iso(begun + hours * HOUR), to: iso(begun + (hours + 1) * HOUR), zone: 'UTC' },
  });
  expect(await hold('off', EVERYTHING)).toMatchObject({ wide: true });
  const { fact, digest } = await get('facts/hold/off');
  const put = { op: 'replace', was: digest, fact: { ...fact, ...later(72) } };
  expect(await byTwo(put)).toBe(200);
  now += 1000;
  expect((await get('holds')).holds.filter(({ id }: Wire) => id === 'off')).toEqual([]);
  expect([await hold('off', EVERYTHING), await hold('another', EVERYTHING)]).toEqual([
    'CONFLICT',
    'HOLD_SET_LATELY',
  ]);
  const end = { op: 'end', key: 'hold/off', on: iso(now), ending: [source] };
  expect(await byTwo({ ...end, was: (await get('facts/hold/off')).digest })).toBe(200);
  expect((await rig.as('auditor').get('facts/hold/off')).status).toBe(404);
  for (const id of ['off', 'another']) {
    const { body: refused } = await rig.as('usa-proposer').post('hold', body(id, EVERYTHING));
    expect(refused.error).toMatchObject({
      code: 'HOLD_SET_LATELY',
      details: { hold: 'hold/off', ended: iso(from + 24 * HOUR) },
    });
  }
  // What two people plan by themselves is nobody's renewal before it begins.
  expect(await byTwo({ op: 'add', fact: { ...fact, id: 'plan', ...later(90) } })).toBe(200);
  now = from + 48 * HOUR - 1;
  expect(await hold('another', EVERYTHING)).toBe('HOLD_SET_LATELY');
  now += 1;
  expect(await hold('another', EVERYTHING)).toMatchObject({ wide: true });
  const head = await rig.store.reader().open();
  const alone = async (of: OpenSnapshot, at: number) => (await heldLately(of, at)).map(([key]) => key);
  expect(await alone(head, begun + 48 * HOUR)).toEqual(['hold/another', 'hold/off']);
  expect(await alone(head, begun + 48 * HOUR + 1)).toEqual(['hold/another']);
  // A stop does not wait for what was purged.
  const leaf = (await pathTo(head.objects, triesOf(head.root).facts, 'hold/another')).at(-1);
  const purged: OpenSnapshot['objects'] = {
    load: async (digests, types) => {
      if (digests.some((digest) => digest === leaf)) throw new StoreError('OBJECT_PURGED');
      return head.objects.load(digests, types);
    },
  };
  expect(await alone({ ...head, objects: purged }, begun + 48 * HOUR)).toEqual(['hold/off']);
});
