/** What one person does alone, and what it takes two for, by a clock that is set: instants, facts and notes exactly. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { purgeContextOf } from '../../functions/registry/assemble.ts';
import { approvePurge, requestPurge } from '../../functions/registry/purge-request.ts';
import { ConflictError } from '../../functions/store/publisher.ts';
import { identities } from '../../infra/local/identities.ts';
import { digestOf, source, vendor } from './changes.ts';
import { approvalOf, type RegistryRig, simulated, startRegistryRig, type Wire } from './rig.ts';
import { purgeSigned } from './signing.ts';

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
const fact = async (key: string) => (await rig.as('auditor').get(`facts/${key}`)).body.fact;
const head = async () => (await rig.as('auditor').get('log')).body.entries[0];
const UMA = 'arn:aws:sts::000000000000:assumed-role/routeguard-usa-proposer/uma';
const DRILL = { id: 'drill', authority: 'us-state', scope: { network: 'us-a' }, cause: 'doubt' };
const stop = { ...DRILL, reason: 'A drill' };
/** Of an acknowledgement at this instant: a lease of five seconds and clocks two seconds apart. */
const inForce = (at: string, until: string) => ({ acknowledgedAt: at, noPermitAfter: until });

/** A stop of what is its authority's own. */
const OWN = { wide: false, until: null };

describe('a hold', () => {
  it('is in force for clocks that are behind, and everywhere after the lease and their difference', async () => {
    const [status, body] = await post('usa-proposer', 'hold', stop);
    const { digest, note, kind, author, approvers } = await head();
    const times = inForce('2026-11-23T12:00:00.000Z', '2026-11-23T12:00:07.000Z');
    expect([status, body]).toEqual([200, { version: 2, digest, ...times, ...OWN }]);
    expect(await fact('hold/drill')).toEqual({
      kind: 'hold',
      ...DRILL,
      valid: { from: '2026-11-23T11:59:58.000Z', to: null, zone: 'UTC' },
      sources: [{ citation: 'Hold set by routeguard-usa-proposer/uma', verified: true, primary: true }],
    });
    expect([kind, author, approvers, note]).toMatchObject([
      'hold',
      'routeguard-usa-proposer/uma',
      [],
      { reason: 'A drill', author: UMA, hold: 'drill' },
    ]);
  });

  it('set again is recognised; another under its name is refused', async () => {
    now += 60_000;
    const { digest } = await head();
    const times = inForce('2026-11-23T12:01:00.000Z', '2026-11-23T12:01:07.000Z');
    expect(await post('usa-approver', 'hold', { ...stop, reason: 'Again' })).toEqual([
      200,
      { version: 2, digest, ...times, already: true, ...OWN },
    ]);
    for (const change of [
      { cause: 'order' },
      { until: '2026-11-24T12:00:00Z' },
      { scope: { everything: true } },
      { scope: { network: 'gb-b' } },
      { scope: { owner: 'USA' } },
      { authority: 'us-accreditor' },
    ])
      expect(await post('usa-approver', 'hold', { ...stop, ...change })).toEqual([409, 'CONFLICT']);
    expect((await head()).version).toBe(2);
  });

  it('is ended by nobody alone, and by two of its authority', async () => {
    expect(await post('usa-proposer', 'revoke', { facts: ['hold/drill'], reason: 'x' })).toEqual([
      422,
      'NOT_RESTRICTING',
    ]);
    const lift = { hold: 'drill', reason: 'The drill is over' };
    for (const who of ['usa-approver', 'gbr-proposer', 'proposer', 'auditor'])
      expect(await post(who, 'lift', lift)).toEqual([403, 'NOT_AUTHORISED']);
    const [, filed] = await post('usa-proposer', 'lift', lift);
    expect([filed.kind, filed.operations]).toEqual(['lift', 1]);
    const proposal = await simulated(rig.as('usa-proposer'), filed.id);
    const hold = await fact('hold/drill');
    expect(proposal.changes).toEqual([
      {
        op: 'end',
        key: 'hold/drill',
        on: '2026-11-23T12:01:00.000Z',
        ending: [
          { citation: 'Lifting proposed by routeguard-usa-proposer/uma', verified: true, primary: true },
        ],
        was: (await rig.as('auditor').get('facts/hold/drill')).body.digest,
      },
    ]);
    expect(hold.valid.to).toBeNull();
    const path = `proposals/${filed.id}/approve`;
    expect(await post('usa-proposer', path, approvalOf(proposal))).toEqual([403, 'SECOND_PERSON_NEEDED']);
    expect((await post('usa-approver', path, approvalOf(proposal)))[0]).toBe(200);
    expect((await head()).kind).toBe('lift');
    expect((await fact('hold/drill')).valid.to).toBe('2026-11-23T12:01:00.000Z');
    // Its name is used up.
    expect(await post('usa-proposer', 'hold', stop)).toEqual([409, 'CONFLICT']);
  });
});

describe('a revocation', () => {
  const KEY = 'accreditation/us-on-gb-b';

  it('is in force for clocks that are behind, and says who, not why', async () => {
    const before = await fact(KEY);
    const asked = { facts: [KEY, KEY], reason: 'The lease has ended' };
    const [status, body] = await post('usa-proposer', 'revoke', asked);
    const { digest, note, version } = await head();
    const times = inForce('2026-11-23T12:01:00.000Z', '2026-11-23T12:01:07.000Z');
    expect([status, body]).toEqual([200, { version, digest, ...times }]);
    const word = { citation: 'Revoked by routeguard-usa-proposer/uma', verified: true, primary: true };
    const valid = { ...before.valid, to: '2026-11-23T12:00:58.000Z' };
    expect(await fact(KEY)).toEqual({ ...before, valid, sources: [...before.sources, word] });
    expect(note).toMatchObject({ reason: 'The lease has ended', author: UMA, facts: [KEY] });
  });

  it('is repeated without a version, and of what is not over yet it is made', async () => {
    const { version } = await head();
    const again = { facts: [KEY], reason: 'Again' };
    expect((await post('usa-proposer', 'revoke', again))[1]).toMatchObject({ version, already: true });
    now = Date.parse('2026-11-23T12:00:58.000Z') - 1;
    // To a clock that stands before its end it is still there.
    const [status, body] = await post('usa-proposer', 'revoke', again);
    expect([status, body.already, body.error], 'by the same person, with the same source').toEqual([
      200,
      undefined,
      undefined,
    ]);
    now = Date.parse('2026-11-23T12:05:00.000Z');
  });

  it('of several is of all, or of none', async () => {
    const { version } = await head();
    const facts = ['accreditation/us-on-us-a', 'accreditation/nowhere'];
    const { status, body } = await rig.as('usa-proposer').post('revoke', { facts, reason: 'x' });
    expect([status, body.error.code, body.error.path]).toEqual([404, 'FACT_UNKNOWN', '/facts/1']);
    expect(
      await post('usa-proposer', 'revoke', {
        facts: ['accreditation/us-on-us-a', 'hold/drill', 'standard/US-STATE-TRUST'],
        reason: 'x',
      }),
    ).toEqual([422, 'NOT_RESTRICTING']);
    for (const who of ['gbr-approver', 'proposer', 'auditor'])
      expect(await post(who, 'revoke', { facts: facts.slice(0, 1), reason: 'x' })).toEqual([
        403,
        'NOT_AUTHORISED',
      ]);
    expect((await head()).version).toBe(version);
  });

  it('rebases by itself as long as it loses, and gives up with a conflict, never with a success', async () => {
    let lost = 0;
    const { publisher } = rig.context;
    const losing = (times: number) => ({
      ...rig.context,
      publisher: {
        ...publisher,
        prepare: (publication: Parameters<typeof publisher.prepare>[0]) => {
          lost += 1;
          return lost <= times
            ? Promise.reject(new ConflictError(undefined))
            : publisher.prepare(publication);
        },
      },
    });
    const hold = (id: string) => ({ ...stop, id });
    const { version } = await head();
    const late = await rig.asIn(losing(2), 'usa-proposer').post('hold', hold('late'));
    expect([late.status, late.body.version, lost]).toEqual([200, version + 1, 3]);
    lost = 0;
    const never = await rig.asIn(losing(1_000), 'usa-proposer').post('hold', hold('never'));
    expect([never.status, never.body.error.code, lost]).toEqual([409, 'CONFLICT', 50]);
    expect((await head()).version).toBe(version + 1);
  });
});

it('goes back to an earlier version as a change, each of its operations written against what is there', async () => {
  // What one person stopped or revoked since comes back, or goes, only by its name.
  const also = ['accreditation/us-on-gb-b', 'hold/drill', 'hold/late'];
  const undone = (await rig.as('auditor').get('rollback/1')).body;
  expect([undone.parts, undone.stays]).toEqual([[], also]);
  const back = (by: string) => ({ version: 1, by, also, reason: 'Back' });
  const { body: first } = await rig.as('usa-proposer').post('rollback', back('us-accreditor'));
  const { body } = await rig.as('usa-proposer').post('rollback', back('us-state'));
  const shown = (await rig.as('auditor').get(`proposals/${body.id}`)).body;
  const restored = (await rig.as('auditor').get(`proposals/${first.id}`)).body;
  const digest = async (key: string) => (await rig.as('auditor').get(`facts/${key}`)).body.digest;
  const ending = [
    {
      citation: 'Rolled back to version 1, proposed by routeguard-usa-proposer/uma',
      verified: true,
      primary: true,
    },
  ];
  const end = async (key: string) => ({
    op: 'end',
    key,
    on: '0001-01-01T00:00:00Z',
    ending,
    was: await digest(key),
  });
  const { fact: before } = (await rig.as('auditor').get('facts/accreditation/us-on-gb-b', { version: '1' }))
    .body;
  expect([shown.kind, shown.asked.version, shown.changes]).toEqual([
    'rollback',
    1,
    [await end('hold/drill'), await end('hold/late')],
  ]);
  expect(restored.changes).toEqual([
    { op: 'replace', fact: before, was: await digest('accreditation/us-on-gb-b') },
  ]);
  const { version } = await head();
  const same = await rig.as('usa-proposer').post('rollback', { ...back('us-state'), version });
  expect([same.status, same.body.error.code, same.body.error.path]).toEqual([
    422,
    'PROPOSAL_INVALID',
    '/version',
  ]);
});

describe('a purge', () => {
  const SECRET = 'The pass phrase is hunter2';
  const ZERO = digestOf('0');
  /** Whose key each signs with. */
  const PERSON: Readonly<Record<string, string>> = Object.fromEntries(
    identities.map(({ name, session }) => [name, session]),
  );
  const asPurge = (who: string, useCase: typeof requestPurge | typeof approvePurge, body: Wire, id = '') => {
    const context = purgeContextOf(rig.context, rig.store.tables.state, false);
    const role = `routeguard-${who}`;
    const session = who;
    const caller = { role: `AROA${who}`, roleName: role, session, arn: `arn:${who}` };
    const call = {
      caller,
      variables: { id },
      query: new Map(),
      body: () => purgeSigned(rig.context, PERSON[who] ?? who, body),
      signal: AbortSignal.timeout(60_000),
      sliceEndsAt: now,
    };
    return useCase(context, call).then(
      (reply) => ({ status: reply.status as number, body: reply.body as Wire }),
      (error) => ({ status: error.status, body: error.body }),
    );
  };
  const asked = (more: object) => ({
    notes: [],
    proposals: [],
    authority: 'us-state',
    reason: 'Spillage 1',
    ...more,
  });

  async function outcomesOf(more: object): Promise<Wire> {
    const { body } = await asPurge('proposer', requestPurge, asked({ authority: 'registrar', ...more }));
    const done = await asPurge('approver', approvePurge, { request: body.digest }, body.id);
    const isLeft = Object.values(done.body.outcomes).includes('in-use');
    expect([done.status, done.body.status]).toEqual([200, isLeft ? 'open' : 'done']);
    // What there is says how far it is: nobody is told so for a word that is none.
    const stranger = await asPurge('auditor', approvePurge, { request: ZERO }, body.id);
    expect([stranger.status, stranger.body.error?.code]).toEqual([403, 'SIGNATURE_INVALID']);
    const again = await asPurge('approver', approvePurge, { request: body.digest }, body.id);
    const found = Object.entries<string>(done.body.outcomes);
    const now = found.map(([id, each]) => [id, each === 'purged' ? 'already-purged' : each]);
    expect(again.body.outcomes).toEqual(Object.fromEntries(now));
    return done.body.outcomes;
  }

  const propose = async (body: Wire) =>
    (await rig.as('proposer').post('proposals', { reason: SECRET, ...body })).body.id as string;
  const read = async (id: string) => {
    const held = await rig.context.proposals.read(id, AbortSignal.timeout(5_000));
    if (held === undefined) throw new Error(id);
    return held;
  };

  it('takes closed proposals with all of their text, and never one that could still be published', async () => {
    const open = await propose({ changes: [vendor('open')] });
    const rejected = await propose({ changes: [vendor('rejected')] });
    const upload = { chunks: 2, bytes: 9, digest: ZERO };
    const uploading = await propose({ upload });
    const abandoned = await propose({ upload });
    await rig.as('proposer').put(`proposals/${abandoned}/chunks/0`, { text: SECRET });
    const approving = await propose({ changes: [vendor('approving')] });
    for (const id of [rejected, abandoned])
      await rig.as('proposer').post(`proposals/${id}/reject`, { reason: SECRET });
    const frozen = await read(approving);
    const prepared = await rig.context.blobs
      .of(approving)
      .put(Buffer.from('frozen'), AbortSignal.timeout(5_000));
    await rig.context.proposals.update(
      frozen,
      { ...frozen.record, status: 'approving', prepared },
      AbortSignal.timeout(5_000),
    );
    const { body } = (await read(rejected)).record;
    const nowhere = 'p-20260101T000000Z-0123456789';
    const none = await asPurge('proposer', requestPurge, asked({ proposals: [rejected, nowhere] }));
    expect([none.status, none.body.error.details]).toEqual([404, { missing: nowhere }]);
    const proposals = [open, rejected, uploading, abandoned, approving];
    const found = await outcomesOf({ proposals });
    expect(proposals.map((id) => found[id])).toEqual(['in-use', 'purged', 'in-use', 'purged', 'in-use']);
    expect((await outcomesOf({ proposals: [rejected] }))[rejected]).toBe('already-purged');
    for (const id of [rejected, abandoned])
      expect(JSON.stringify((await read(id)).record)).not.toContain('hunter2');
    expect(body).not.toBeNull();
    for (const id of [rejected, abandoned])
      expect(await rig.context.blobs.of(id).isAnything(AbortSignal.timeout(5_000))).toBe(false);
    for (const id of [open, uploading, approving]) expect((await read(id)).record.reason).toBe(SECRET);
  });

  it('takes two of one authority, the digest of exactly what was asked, and something to purge', async () => {
    const scope = { network: 'us-a' };
    const stop = { id: 'purged', authority: 'us-state', scope, cause: 'doubt', reason: SECRET };
    const held = (await rig.as('usa-proposer').post('hold', stop)).body.version as number;
    const empty = await asPurge('usa-proposer', requestPurge, asked({}));
    expect([empty.status, empty.body.error.path]).toEqual([400, '/notes']);
    const nobody = await asPurge('usa-proposer', requestPurge, asked({ notes: [1], authority: 'nobody' }));
    expect([nobody.status, nobody.body.error.path]).toEqual([404, '/authority']);
    const others = [
      { notes: ['x'] },
      { notes: [0] },
      { proposals: ['HEAD'] },
      { reason: '' },
      { author: 'x' },
      { notes: Array(101).fill(1) },
    ];
    for (const more of others)
      expect((await asPurge('usa-proposer', requestPurge, asked({ notes: [held], ...more }))).status).toBe(
        400,
      );
    const { body } = await asPurge('usa-proposer', requestPurge, asked({ notes: [held] }));
    const twin = await asPurge('usa-proposer', requestPurge, asked({ notes: [held], reason: 'Another' }));
    expect(twin.body.digest).not.toBe(body.digest);
    for (const [who, request, code] of [
      ['gbr-approver', body.digest, 'NOT_AUTHORISED'],
      ['approver', body.digest, 'NOT_AUTHORISED'],
      ['usa-approver', twin.body.digest, 'SIGNATURE_INVALID'],
    ] as const)
      expect((await asPurge(who, approvePurge, { request }, body.id)).body.error.code).toBe(code);
    const once = await asPurge('usa-proposer', approvePurge, { request: body.digest }, body.id);
    expect([once.status, once.body.missing]).toEqual([202, ['us-state']]);
    const at = await asPurge('usa-approver', approvePurge, { request: body.digest }, body.id);
    expect([at.body.approvedAt, at.body.outcomes]).toEqual([
      '2026-11-23T12:05:00.000Z',
      { [held]: 'purged' },
    ]);
  });
});

describe('a hold for a time to come', () => {
  /** One that two people planned, asked for before, at and after the instant it begins. */
  it.each([
    [-1, 'CONFLICT'],
    [0, true],
    [3_600_000, true],
  ])('that is planned is in force %d ms after it begins: %s', async (after, expected) => {
    const planned = { ...stop, id: `planned${after}`.replace('-', 'm') };
    const begins = now + 3_600_000;
    const valid = { from: new Date(begins).toISOString(), to: null, zone: 'UTC' };
    const fact = { kind: 'hold', ...DRILL, id: planned.id, valid, sources: [source] };
    const [, filed] = await post('usa-proposer', 'proposals', {
      reason: 'Planned',
      changes: [{ op: 'add', fact }],
    });
    const proposal = await simulated(rig.as('usa-proposer'), filed.id);
    const path = `proposals/${filed.id}/approve`;
    expect((await post('usa-approver', path, approvalOf(proposal)))[0]).toBe(200);
    now = begins + after;
    const [, body] = await post('usa-approver', 'hold', planned);
    expect(body.already ?? body).toBe(expected);
  });

  it('that ended by itself is none to set again, however long both last', async () => {
    const ends = () => new Date(now + 3_600_000).toISOString();
    const hour = { ...stop, id: 'an-hour' };
    expect((await post('usa-proposer', 'hold', { ...hour, until: ends() }))[0]).toBe(200);
    const until = ends();
    expect((await post('usa-proposer', 'hold', { ...hour, until }))[1]).toMatchObject({ already: true });
    now += 60_000;
    expect((await post('usa-proposer', 'hold', { ...hour, until }))[1]).toMatchObject({
      already: true,
      until,
    });
    now += 2 * 3_600_000;
    expect(await post('usa-proposer', 'hold', { ...hour, until: ends() })).toEqual([409, 'CONFLICT']);
  });

  const HOUR = 3_600_000;
  /** Set until so long after, asked for again so much later until so long after that: undefined is no end named; and the same or not. */
  it.each<[string, object, number | undefined, number, number | undefined, boolean]>([
    ['until the same instant', { owner: 'USA' }, HOUR, 59 * 60_000, 60_000, true],
    ['for as long again', { owner: 'USA' }, HOUR, 59 * 60_000, HOUR, false],
    ['until later', { owner: 'USA' }, HOUR, 0, HOUR + 1000, false],
    ['until sooner', { owner: 'USA' }, HOUR, 0, HOUR - 1000, false],
    ['without an end', { owner: 'USA' }, HOUR, 60_000, undefined, false],
    ['until an instant, where it has no end', { owner: 'USA' }, undefined, 60_000, HOUR, false],
    ['without an end, as it was', { owner: 'USA' }, undefined, 59 * 60_000, undefined, true],
    ['for the day that nobody named, as it was', { everything: true }, undefined, HOUR, undefined, true],
    [
      'for the day that nobody named, once that is over',
      { everything: true },
      undefined,
      25 * HOUR,
      undefined,
      false,
    ],
    [
      'until the end of the day that nobody named',
      { everything: true },
      undefined,
      HOUR,
      23 * HOUR - 2000,
      true,
    ],
    ['for another such day', { everything: true }, undefined, HOUR, 24 * HOUR - 2000, false],
  ])('that is asked for again %s', async (what, scope, first, later, second, isSame) => {
    const at = (after: number | undefined) =>
      after === undefined ? {} : { until: new Date(now + after).toISOString() };
    // Wide stops are days apart.
    now += 48 * HOUR;
    const asked = { ...stop, id: `again-${what.length}-${later}`, scope };
    const [, set] = await post('usa-proposer', 'hold', { ...asked, ...at(first) });
    now += later;
    const again = await post('usa-proposer', 'hold', { ...asked, ...at(second) });
    if (isSame) expect(again[1]).toMatchObject({ already: true, version: set.version, until: set.until });
    else expect(again).toEqual([409, 'CONFLICT']);
  });
});
