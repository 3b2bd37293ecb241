import { createHash } from 'node:crypto';
import { DeleteItemCommand, GetItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HEAD_KEY } from '../../functions/store/head.ts';
import { verifyHistory } from '../../functions/store/history-verify.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { createTables, type Engine, startEngine } from '../engine.ts';
import { approvalOf, contextFor, type RegistryRig, simulated, startRegistryRig, type Wire } from './rig.ts';
import { signedNow } from './signing.ts';
import { smallSample } from './small-sample.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const adds = () => [...smallSample().values()].map((fact) => ({ op: 'add', fact }));

describe('the first day', () => {
  it('refuses everything but a first proposal', async () => {
    const rig = await startRegistryRig({ engine, published: false });
    for (const [path, body] of [
      [
        'hold',
        { id: 'h', authority: 'us-state', scope: { everything: true }, cause: 'doubt', reason: 'A test' },
      ],
      ['revoke', { facts: ['network/us-a'], reason: 'A test' }],
      ['proposals', { reason: 'A test', changes: adds() }],
    ] as const) {
      const answer = await rig.as('proposer').post(path, body);
      expect([answer.status, answer.body.error.code]).toEqual([409, 'REGISTRY_EMPTY']);
    }
  });

  it('needs the registrar that the first proposal itself names, and two people', async () => {
    const rig = await startRegistryRig({ engine, published: false });
    const genesis = { reason: 'The first registry', base: null, changes: adds() };
    const other = await rig.as('usa-proposer').post('proposals', genesis);
    expect([other.status, other.body.error.code]).toEqual([403, 'NOT_AUTHORISED']);
    const { status, body } = await rig.as('proposer').post('proposals', genesis);
    expect(status, JSON.stringify(body).slice(0, 500)).toBe(201);
    const proposal = await simulated(rig.as('proposer'), body.id);
    expect(proposal.simulation.base).toBeNull();
    expect(proposal.simulation.permits).toBeGreaterThan(0);
    const alone = await rig.as('proposer').post(`proposals/${body.id}/approve`, approvalOf(proposal));
    expect([alone.status, alone.body.error.code]).toEqual([403, 'SECOND_PERSON_NEEDED']);
    const done = await rig.as('approver').post(`proposals/${body.id}/approve`, approvalOf(proposal));
    expect([done.status, done.body.version], JSON.stringify(done.body)).toEqual([200, 1]);
    const log = await rig.as('auditor').get('log');
    expect(log.body.entries).toMatchObject([{ kind: 'genesis', approvers: ['routeguard-approver/alex'] }]);
    const verify = await rig.as('auditor').post('verify');
    const result = await rig.as('auditor').get(`jobs/${verify.body.job.id}/result`);
    expect(JSON.parse(result.body.text).sound).toBe(true);
  });

  it('refuses synthetic facts outside a sample, naming each', async () => {
    const rig = await startRegistryRig({ engine, published: false, sample: false });
    const { status, body } = await rig
      .as('proposer')
      .post('proposals', { reason: 'The first registry', base: null, changes: adds() });
    expect([status, body.error.code]).toEqual([422, 'SYNTHETIC_REFUSED']);
    expect(body.error.problems.length).toBeGreaterThan(1);
  });
});

describe('the worst day: a table restored from a backup', () => {
  let rig: RegistryRig;
  let restored: RegistryRig;
  beforeAll(async () => {
    rig = await startRegistryRig({ engine });
    const tables = await createTables(engine.endpoint, {
      objects: rig.store.tables.objects.replace('objects', 'kept'),
      state: `${rig.store.tables.state}-restored`,
      floor: `${rig.store.tables.floor}-kept`,
    });
    // The state table came back from its backup; the objects were never lost.
    const { Items = [] } = await rig.store.client.send(
      new ScanCommand({ TableName: rig.store.tables.state }),
    );
    for (const Item of Items)
      await rig.store.client.send(new PutItemCommand({ TableName: tables.state, Item }));
    const store = {
      ...rig.store,
      tables: { ...rig.store.tables, state: tables.state },
    };
    const context = contextFor(store, rig.store.signer);
    restored = { ...rig, store, context, as: (name: string) => rig.asIn(context, name) };
  });

  it('starts held: nothing can be changed, history can be read', async () => {
    for (const [path, body] of [
      ['revoke', { facts: ['accreditation/us-on-gb-b'], reason: 'A test' }],
      ['proposals', { reason: 'A test', changes: [] }],
      ['rollback', { version: 1, by: 'us-state', also: [], reason: 'A test' }],
    ] as const) {
      const answer = await restored.as('usa-proposer').post(path, body);
      expect([answer.status, answer.body.error.code]).toEqual([409, 'REGISTRY_HELD']);
    }
    expect((await restored.as('auditor').get('log')).body.entries).toHaveLength(1);
  });

  it('is confirmed by two founders and two people of every authority, who name its version', async () => {
    const headOf = async (table: string) =>
      (await rig.store.client.send(new GetItemCommand({ TableName: table, Key: HEAD_KEY }))).Item;
    await rig.store.change({});
    const later = await headOf(rig.store.tables.state);
    const [head] = (await restored.as('auditor').get('log')).body.entries;
    const confirm = { version: 1, digest: head.digest, reason: 'Compared with the log' };
    const wrong = { ...confirm, digest: `sha256:${'0'.repeat(64)}` };
    const other = await restored.as('usa-proposer').post('confirm', wrong);
    expect([other.status, other.body.error.code]).toEqual([409, 'CONFLICT']);
    const foreign = await restored.as('auditor').post('confirm', confirm);
    expect([foreign.status, foreign.body.error.code]).toEqual([403, 'NOT_AUTHORISED']);
    const { status, body } = await restored.as('usa-proposer').post('confirm', confirm);
    expect(status, JSON.stringify(body)).toBe(201);
    const approval = { proposal: body.digest, permits: [] };
    const sign = (who: string) => restored.as(who).post(`proposals/${body.id}/approve`, approval);
    // Everybody's word is for this state of the registry: its content, its people and the epoch that it begins.
    const { body: asked } = await restored.as('auditor').get('signing');
    const state = {
      base: asked.base,
      epoch: asked.epoch,
      floor: asked.floor,
      root: asked.root,
      people: asked.people,
    };
    const nothing = `sha256:${'0'.repeat(64)}`;
    for (const [what, differs] of Object.entries<Wire>({
      root: { root: nothing },
      people: { people: nothing },
      epoch: { epoch: asked.epoch + 1 },
      floor: { floor: { ...asked.floor, version: asked.floor.version + 1 } },
      base: { base: { version: asked.base.version + 1, digest: asked.base.digest } },
    })) {
      const said = { operation: 'confirm', content: body.digest, ...state, ...differs } as const;
      const signed = signedNow(restored.context, 'ulysses', said);
      const refused = await restored
        .as('usa-approver')
        .post(`proposals/${body.id}/approve`, { permits: [], signed });
      expect([refused.status, refused.body.error?.code], what).toEqual([409, 'CONFLICT']);
    }
    const missing: unknown[] = [];
    for (const who of ['usa-proposer', 'usa-approver', 'gbr-proposer', 'gbr-approver', 'proposer']) {
      const half = await sign(who);
      missing.push([half.status, half.body.missing]);
    }
    expect(missing).toEqual(Array(5).fill([202, 'founders']));
    const twin = (await restored.as('usa-proposer').post('confirm', confirm)).body;
    // Another HEAD than the one that was named comes back: nobody has compared that one with the log.
    const putBack = (Item: Awaited<ReturnType<typeof headOf>>) =>
      rig.store.client.send(new PutItemCommand({ TableName: restored.store.tables.state, Item }));
    const named = await headOf(restored.store.tables.state);
    await putBack(later);
    // Another process: this one has seen a later version, and would refuse the one that is put back.
    const elsewhere = contextFor(restored.store, rig.store.signer);
    const moved = await rig.asIn(elsewhere, 'approver').post(`proposals/${body.id}/approve`, approval);
    expect([moved.status, moved.body.error.code]).toEqual([409, 'CONFLICT']);
    await putBack(named);
    const done = await sign('approver');
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    const again = await restored
      .as('usa-approver')
      .post(`proposals/${twin.id}/approve`, { ...approval, proposal: twin.digest });
    expect([again.status, again.body.error.code]).toEqual([409, 'CONFLICT']);
    const log = await restored.as('auditor').get('log');
    expect(log.body.entries.map((entry: Wire) => [entry.kind, entry.epoch, entry.confirmed])).toEqual([
      ['confirm', 2, true],
      ['restore', 2, false],
      ['approve', 1, true],
    ]);
    // A reader of the new table believes it from the founders' keys on, and so does an audit.
    const { tables, client } = restored.context;
    const { keys: publicKeys, founders } = rig.store;
    const reader = createRegistryReader({ client, tables, publicKeys, founders, budgetMs: 20_000 });
    await expect((await reader.open()).read([])).resolves.toBeDefined();
    const signal = AbortSignal.timeout(60_000);
    expect((await verifyHistory({ client, tables, publicKeys, founders, signal })).problems).toEqual([]);
    const revoked = await restored
      .as('usa-proposer')
      .post('revoke', { facts: ['accreditation/us-on-gb-b'], reason: 'It was revoked after the backup' });
    expect([revoked.status, revoked.body.version]).toEqual([200, 4]);
  });
});

describe('the worst day: an old HEAD in the table it belongs to', () => {
  it('is held in every process, confirmed by people of everybody, and goes on from there', async () => {
    const rig = await startRegistryRig({ engine });
    const { client, tables } = rig.store;
    const table = { TableName: tables.state };
    const headNow = async () => (await client.send(new GetItemCommand({ ...table, Key: HEAD_KEY }))).Item;
    const old = await headNow();
    const facts = ['accreditation/us-on-gb-b'];
    const revoke = { facts, reason: 'A test' };
    const done = await rig.as('usa-proposer').post('revoke', revoke);
    expect([done.status, done.body.version]).toEqual([200, 2]);
    await client.send(new PutItemCommand({ ...table, Item: old }));
    const processes = [rig.context, rig.fresh()];
    for (const process of processes) {
      const held = await rig.asIn(process, 'usa-proposer').post('revoke', revoke);
      expect([held.status, held.body.error.code, held.body.error.details.store]).toEqual([
        409,
        'REGISTRY_HELD',
        'HEAD_BELOW_FLOOR',
      ]);
    }
    const report = async () => {
      const { body } = await rig.as('auditor').post('verify');
      return JSON.parse((await rig.as('auditor').get(`jobs/${body.job.id}/result`)).body.text);
    };
    expect((await report()).problems).toMatchObject([{ code: 'FLOOR', version: 1 }]);
    // The process that has seen version 2 shows what came back, too.
    const [entry] = (await rig.as('auditor').get('log')).body.entries;
    const confirm = { version: 1, digest: entry.digest, reason: 'Compared' };
    const { status, body } = await rig.as('usa-proposer').post('confirm', confirm);
    expect(status, JSON.stringify(body)).toBe(201);
    const sign = (who: string) =>
      rig.as(who).post(`proposals/${body.id}/approve`, { proposal: body.digest, permits: [] });
    for (const who of ['usa-approver', 'gbr-proposer', 'gbr-approver', 'proposer'])
      expect((await sign(who)).status).toBe(202);
    const approved = await sign('approver');
    expect([approved.status, approved.body.version], JSON.stringify(approved.body)).toEqual([200, 3]);
    const { entries } = (await rig.as('auditor').get('log')).body;
    expect(entries.map((each: Wire) => [each.kind, each.epoch])).toEqual([
      ['confirm', 2],
      ['restore', 2],
      ['approve', 1],
    ]);
    for (const process of processes) {
      const again = await rig.asIn(process, 'usa-proposer').post('revoke', revoke);
      expect([again.status, again.body.version]).toEqual([200, 4]);
    }
    expect(await report()).toMatchObject({ sound: true, problems: [] });
    const [late] = (await rig.as('auditor').get('log')).body.entries;
    expect(late).toMatchObject({ kind: 'revoke', epoch: 2 });
  });

  it('a hold that is in force already is acknowledged only at the floor', async () => {
    const rig = await startRegistryRig({ engine });
    const hold = {
      id: 'h',
      authority: 'us-state',
      scope: { everything: true },
      cause: 'doubt',
      reason: 'A test',
    };
    const { client, tables } = rig.store;
    expect((await rig.as('usa-proposer').post('hold', hold)).status).toBe(200);
    const newest = '0000000001.0000000002';
    const Key = { pk: { S: 'COMMIT' }, sk: { S: newest } };
    // As if its publisher had died between HEAD and the floor.
    await client.send(new DeleteItemCommand({ TableName: tables.floor, Key }));
    const again = await rig.as('usa-proposer').post('hold', hold);
    expect([again.status, again.body.already, again.body.version]).toEqual([200, true, 2]);
    expect((await client.send(new GetItemCommand({ TableName: tables.floor, Key }))).Item).toBeDefined();
  });
});

describe('a large proposal', () => {
  const vendor = (n: number) => ({
    op: 'add',
    fact: {
      kind: 'vendor',
      id: `large-${n}`,
      name: 'A test',
      synthetic: true,
      ownedBy: [],
      valid: { from: '2020-01-01', to: null, zone: 'UTC' },
      sources: [{ citation: 'A test', verified: true }],
    },
  });

  async function announced(rig: RegistryRig, text: string, chunks: number): Promise<Wire> {
    const upload = {
      chunks,
      bytes: Buffer.byteLength(text),
      digest: `sha256:${createHash('sha256').update(text).digest('hex')}`,
      text,
    };
    return (await rig.as('proposer').post('proposals', { reason: 'Large', upload })).body;
  }

  it('comes in chunks, in any order and twice, and is one proposal when the last is there', async () => {
    const rig = await startRegistryRig({ engine });
    const text = JSON.stringify(Array.from({ length: 500 }, (_, n) => vendor(n)));
    const third = Math.ceil(text.length / 3);
    const parts = [0, 1, 2].map((n) => text.slice(n * third, (n + 1) * third));
    const proposal = await announced(rig, text, 3);
    expect(proposal).toMatchObject({ status: 'uploading', upload: { missing: [0, 1, 2] } });
    const early = await rig.as('proposer').post(`proposals/${proposal.id}/simulate`);
    expect([early.status, early.body.error.code]).toEqual([409, 'PROPOSAL_STATUS']);
    for (const n of [2, 2, 0])
      await rig.as('proposer').put(`proposals/${proposal.id}/chunks/${n}`, { text: parts[n] });
    const stranger = await rig.as('usa-proposer').put(`proposals/${proposal.id}/chunks/1`, { text: 'x' });
    expect([stranger.status, stranger.body.error.code]).toEqual([403, 'NOT_AUTHORISED']);
    const last = await rig.as('proposer').put(`proposals/${proposal.id}/chunks/1`, { text: parts[1] });
    expect([last.status, last.body.status, last.body.operations]).toEqual([200, 'open', 500]);
  });

  it('is refused where the chunks are not what was announced', async () => {
    const rig = await startRegistryRig({ engine });
    const proposal = await announced(rig, '[1]', 1);
    const wrong = await rig.as('proposer').put(`proposals/${proposal.id}/chunks/0`, { text: '[2]' });
    expect([wrong.status, wrong.body.error.path]).toEqual([400, '/upload/digest']);
    const longer = await rig.as('proposer').post('proposals', {
      reason: 'Large',
      upload: { chunks: 1, bytes: 4, digest: `sha256:${createHash('sha256').update('[1]').digest('hex')}` },
    });
    const short = await rig.as('proposer').put(`proposals/${longer.body.id}/chunks/0`, { text: '[1]' });
    expect([short.status, short.body.error.path]).toEqual([400, '/upload/digest']);
    await rig.as('proposer').post(`proposals/${longer.body.id}/reject`, { reason: 'Not that one' });
    const closed = await rig.as('proposer').put(`proposals/${longer.body.id}/chunks/0`, { text: '[1]' });
    expect([closed.status, closed.body.error.code]).toEqual([409, 'PROPOSAL_STATUS']);
    const beyond = await rig.as('proposer').put(`proposals/${proposal.id}/chunks/1`, { text: '[1]' });
    expect([beyond.status, beyond.body.error.path]).toEqual([400, '/n']);
  });

  it('expires by the clock, whatever the table does', async () => {
    let now = Date.now();
    const rig = await startRegistryRig({ engine, clock: () => now });
    const proposal = await announced(rig, '[1]', 1);
    now += 60 * 60 * 1000;
    const late = await rig.as('proposer').put(`proposals/${proposal.id}/chunks/0`, { text: '[1]' });
    expect([late.status, late.body.error.code]).toEqual([409, 'CHUNK_EXPIRED']);
  });

  it('of 100,001 operations is refused with its bound', async () => {
    const rig = await startRegistryRig({ engine });
    const text = `[${Array.from({ length: 100_001 }, () => '{}').join(',')}]`;
    const { status, body } = await rig.as('proposer').post('proposals', `{"reason":"a","changes":${text}}`);
    expect([status, body.error.code]).toEqual([422, 'PROPOSAL_INVALID']);
    expect(body.error.message).toContain('100000');
  });
});
