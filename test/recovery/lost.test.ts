/** What `recover check` says was lost, and whether that is all: by epochs, from floors that cannot tell, of objects in two tables. */
import { BatchGetItemCommand, DeleteItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { objectsOfBefore } from '../../cli/recover/damaged-objects.ts';
import { eitherTable } from '../../cli/recover/either-table.ts';
import { lostAbove } from '../../cli/recover/floor-walk.ts';
import { lostSince } from '../../cli/recover/lost.ts';
import { type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import { FORMAT } from '../../functions/core/facts/format.ts';
import { loadCommit } from '../../functions/store/ancestry.ts';
import { encodeCommit } from '../../functions/store/commit.ts';
import {
  decodeFloor,
  encodeFloor,
  type FloorRow,
  floorKey,
  LAST_PLACE,
} from '../../functions/store/floor.ts';
import { floorRows } from '../../functions/store/floor-rows.ts';
import type { Item } from '../../functions/store/head.ts';
import { insertObjects } from '../../functions/store/object-inserts.ts';
import { readingWithin } from '../../functions/store/object-items.ts';
import { createPublisher } from '../../functions/store/publisher.ts';
import { rowsLeft } from '../../functions/store/rows-left.ts';
import { stageAgain } from '../../functions/store/staging.ts';
import { tableIdOf } from '../../functions/store/table-id.ts';
import { stateOf } from '../decide/rig.ts';
import { createKeyedTable, createTables } from '../engine.ts';
import type { Wire } from '../registry/rig.ts';
import { smallSample } from '../registry/small-sample.ts';
import { tellingClient } from '../store/dying-client.ts';
import { publishOfFormat } from '../store/newer-format.ts';
import { META, openRig, sampleState } from '../store/store-rig.ts';
import { forgerOf } from './forger.ts';
import {
  type Deployed,
  type Ground,
  put,
  type RecoveryRig,
  startGround,
  startRecoveryRig,
} from './recovery-rig.ts';

const POINT = '2026-11-30T10:00:00Z';
const LATER = '2026-11-30T10:05:00Z';
const REVOKED = 'accreditation/us-on-gb-b';
const REVOKE = { facts: [REVOKED], reason: 'Taken away' };
const UNTOLD = 5;
const NOWHERE = digestOf(Buffer.from('nowhere'));

let ground: Ground;
let rig: RecoveryRig;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.stop());
beforeEach(async () => {
  rig = await startRecoveryRig(ground);
  await ground.backups.backUp(POINT);
});
afterEach(() => rig.stop());

const revoke = (deployed: Deployed) => rig.as('usa-proposer', deployed).post('revoke', REVOKE);
const restore = (lost = 'state', at = POINT, suffix = 'x') =>
  rig.recover('restore', '--lost', lost, '--at', at, '--suffix', suffix);
const adopting = (tables: Deployed['tables']): Deployed => ({ ...rig.first, tables });
const again = (json: Wire) => json.again.map(({ key }: { key: string }) => key);
const places = (json: Wire) =>
  json.lost.map(({ epoch, version }: { epoch: number; version: number }) => [epoch, version]);

async function itemsOf(table: string): Promise<readonly Item[]> {
  return (await rig.store.client.send(new ScanCommand({ TableName: table }))).Items ?? [];
}

/** The rows that a floor had, in another table. */
async function oldFloor(): Promise<string> {
  const name = `${rig.store.tables.floor}-old`;
  await createKeyedTable(rig.store.client, name);
  await put(rig.store.client, name, await itemsOf(rig.store.tables.floor));
  return name;
}

/** What a confirmation publishes before anybody's word: whoever was stopped there leaves it. */
async function halfConfirmed(tables: Deployed['tables']): Promise<void> {
  const { client, signer, keys: publicKeys, founders } = rig.store;
  const head = await rig.store.reader({ tables, acceptUnconfirmed: true }).open();
  await createPublisher({ client, tables, signer, publicKeys, founders }).commit({
    ...{ base: head, staged: stageAgain(head), note: 'x' },
    meta: { ...META, kind: 'restore', succession: 'restore' },
  });
}

describe('what a confirmation gave up and somebody brings back', () => {
  it.each([
    ['above the number that was acknowledged last', 4],
    ['below it', 1],
  ])('is not what was acknowledged, %s', async (_, changes) => {
    for (let n = 0; n < changes; n += 1) await rig.store.change({});
    const now = adopting((await restore()).json.tables);
    await rig.confirmed(now);
    await revoke(now);
    // A deployment without `adoptState`.
    const { code, json } = await rig.recover('check');
    const given = json.revived.map(({ epoch, version }: { epoch: number; version: number }) => [
      epoch,
      version,
    ]);
    expect([code, json.told, places(json), again(json), given]).toEqual([
      0,
      'complete',
      [
        [2, 4],
        [2, 3],
        [2, 2],
      ],
      [REVOKED],
      Array.from({ length: changes }, (_, n) => [1, changes + 1 - n]),
    ]);
  });
});

describe('the first half of a confirmation', () => {
  it('hides nothing, and people of what was acknowledged last sign all the same', async () => {
    const us = stateOf(smallSample()).facts.get('authority/us-state') as Wire;
    const [one, other] = us['people'];
    const renamed = { ...us, people: [other, { ...one, name: 'newman' }] };
    await revoke(rig.first);
    await rig.store.change({ facts: new Map([['authority/us-state', renamed]]) });
    const restored = await restore();
    expect(restored.err).not.toContain('crashed');
    const { tables } = restored.json;
    await halfConfirmed(tables);
    const { json } = await rig.recover('check', '--state', tables.state);
    const sets = json.sign.filter(({ authority }: { authority: string }) => authority === 'us-state');
    expect([json.head.epoch, places(json), again(json), sets]).toEqual([
      2,
      [
        [1, 3],
        [1, 2],
      ],
      [REVOKED],
      [
        { authority: 'us-state', as: 'came back', people: ['ulysses', 'uma'] },
        { authority: 'us-state', as: 'acknowledged last', people: expect.arrayContaining(['newman']) },
      ],
    ]);
    expect(json.otherwise).toContainEqual({
      key: 'authority/us-state',
      change: 'replaced',
      restricts: false,
      givenUp: null,
    });
  });
});

describe('however far a confirmation has come', () => {
  /** A floor for the state that came back: as it was before or after the revocation, with none of its rows, or itself. */
  const FLOORS: readonly [
    floor: string,
    floorOf: () => Promise<string>,
    told: string,
    is: 'lost' | 'written',
  ][] = [
    ['intact', async () => rig.store.tables.floor, 'complete', 'lost'],
    ['of the newest backup', oldFloor, 'older', 'lost'],
    ['of an older backup', () => floorOf(before), 'older', 'written'],
    ['empty', () => floorOf([]), 'empty', 'written'],
    // Whoever may write rows: as if nothing had come after what came back.
    ['made up', () => floorOf(before, true), 'silent', 'written'],
    ['made up, with a rival', async () => withRival(await floorOf(before, true)), 'unsigned', 'written'],
  ];
  let before: readonly Item[];
  beforeEach(async () => {
    before = await itemsOf(rig.store.tables.floor);
  });

  async function floorOf(rows: readonly Item[], isTaken = false): Promise<string> {
    const { client, tables } = rig.store;
    const name = `${tables.floor}-${rows.length}-${isTaken}`;
    await createKeyedTable(client, name);
    const [was, is] = await Promise.all(
      [tables.floor, name].map((table) => tableIdOf(client, table, AbortSignal.timeout(60_000))),
    );
    const taken = (text = '') => ({ S: isTaken ? text.replace(String(was), String(is)) : text });
    await put(
      client,
      name,
      rows.map((row) => ({ ...row, pk: taken(row['pk']?.S), table: taken(row['table']?.S) })),
    );
    return name;
  }

  /** A commit that nobody signed, in the place that what was lost had. */
  async function withRival(floor: string): Promise<string> {
    const { client, tables } = rig.store;
    const context = readingWithin(AbortSignal.timeout(60_000));
    const [row] = before.filter(({ pk }) => pk?.S === 'COMMIT').map(decodeFloor);
    const digest = row?.digest ?? digestOf(Buffer.of());
    const commit = await loadCommit(eitherTable({ client }, [tables.objects], context), digest);
    const bytes = encodeCommit({ ...commit, version: 2, ancestors: [digest], kind: 'hold', approvers: [] });
    const rival = digestOf(bytes);
    await insertObjects(client, tables.objects, [[rival, bytes]], context);
    const table = await tableIdOf(client, floor, context.signal);
    await put(client, floor, [encodeFloor('COMMIT', { epoch: 1, version: 2, digest: rival, table })]);
    return floor;
  }

  it.each(FLOORS)('what was lost is told, by a floor that is %s', async (name, floorFor, told, is) => {
    const { state } = (await restore()).json.tables;
    await revoke(rig.first);
    const floor = await floorFor();
    if (name !== 'intact')
      await rig.recover('close', '--floor', rig.store.tables.floor, '--for-ever', '--in-use');
    const now = adopting({ ...rig.store.tables, state, floor });
    const check = async () => {
      const { code, json } = await rig.recover('check', '--state', state, '--floor', floor);
      const isCalm = code === 0;
      return [json.told, json[is].map((each: Wire) => each['said'].kind), again(json), isCalm];
    };
    const expected = [told, ['revoke'], [REVOKED], name === 'intact'];
    expect(await check(), 'as it came back').toEqual(expected);
    await halfConfirmed(now.tables);
    expect(await check(), 'where a confirmation stopped half-way').toEqual(expected);
    await rig.confirmed(now);
    expect(await check(), 'confirmed').toEqual(expected);
    await revoke(now);
    expect((await check())[2], 'made again').toEqual([]);
  });
});

describe('what came back once more', () => {
  it('gives up, by the floor, what came in between', async () => {
    const now = adopting((await restore()).json.tables);
    await rig.confirmed(now);
    await revoke(now);
    const again = adopting((await restore('state', POINT, 'y')).json.tables);
    await rig.confirmed(again);
    const { code, json } = await rig.recover('check', '--state', again.tables.state);
    expect([code, json.told, places(json), json.written]).toEqual([
      0,
      'complete',
      [
        [2, 4],
        [2, 3],
        [2, 2],
      ],
      [],
    ]);
  });

  it('and is numbered as what was lost was, where nothing knows of that: it is told all the same', async () => {
    const made: Deployed[] = [];
    for (const suffix of ['x', 'y']) {
      const { state } = (await restore('state', POINT, suffix)).json.tables;
      const floor = `${rig.store.tables.floor}-${suffix}`;
      await createKeyedTable(rig.store.client, floor);
      await rig.recover('close', '--floor', rig.store.tables.floor, '--for-ever', '--in-use');
      const now = adopting({ ...rig.store.tables, state, floor });
      await rig.confirmed(now);
      made.push(now);
      if (suffix === 'x') await revoke(now);
    }
    const now = made[1] ?? rig.first;
    // Past the number that what was lost had.
    for (const id of ['one', 'two']) {
      const hold = { id, authority: 'us-state', scope: { owner: 'USA' }, cause: 'doubt', reason: 'A test' };
      expect((await rig.as('usa-proposer', now).post('hold', hold)).status).toBe(200);
    }
    const { state, floor } = now.tables;
    const { code, json } = await rig.recover('check', '--state', state, '--floor', floor);
    expect([code, json.head.epoch, again(json)]).toEqual([UNTOLD, 2, [REVOKED]]);
  });
});

describe('a floor that cannot tell', () => {
  it('of two registries with no version in common is the worst, and nothing of the other is listed', async () => {
    const other = await startRecoveryRig(ground);
    const { tables } = other.store;
    const head = await other.store.reader().open();
    const { told, versions } = await lostSince(
      { ...rig.store, publicKeys: rig.store.keys },
      head,
      tables.objects,
    );
    expect([told, versions]).toEqual(['unrelated', []]);
    await other.stop();
  });
});

describe('the floor that is left', () => {
  it('keeps a confirmation back until it is closed; then nothing opens on it, whatever is deployed', async () => {
    const { floor } = rig.store.tables;
    await createKeyedTable(rig.store.client, `${floor}-empty`);
    const { tables } = (await restore()).json;
    const now = ['--state', tables.state, '--floor', `${floor}-empty`];
    const open = await rig.recover('check', ...now);
    expect([open.code, open.json.leftOpen, open.json.confirm]).toEqual([UNTOLD, floor, null]);
    const early = await rig.recover('close', '--floor', floor, '--for-ever');
    expect([early.code, early.json.error.code]).toEqual([3, 'IN_USE']);
    expect((await rig.recover('close', '--floor', floor)).code).toBe(2);
    const close = ['close', '--floor', floor, '--for-ever', '--in-use'];
    const policy = () => JSON.parse(ground.backups.policyOf(floor) ?? '');
    const before = policy();
    expect((await rig.recover(...close)).json).toEqual({ floor, closed: 'now' });
    expect((await rig.recover(...close)).json).toEqual({ floor, closed: 'before' });
    expect(policy()).toEqual(before);
    expect((await rig.recover('check', ...now)).json).toMatchObject({
      leftOpen: null,
      confirm: expect.stringContaining('confirm 1'),
    });
    // Above every epoch, too: people may have confirmed it any number of times before.
    const newest = floorRows(rig.store.client, floor, Date.now).newest(
      'COMMIT',
      readingWithin(AbortSignal.timeout(60_000)),
    );
    expect(await newest).toMatchObject({ epoch: LAST_PLACE, version: LAST_PLACE });
    // The state and the floor of before agree.
    await expect(rig.store.reader().open()).rejects.toMatchObject({ code: 'HEAD_BELOW_FLOOR' });
    await expect(rig.confirmed(rig.first)).rejects.toThrow();
  });

  const ROW = { epoch: 1, version: 9, digest: NOWHERE, table: 'x' };
  const NONE = { ...floorKey('COMMIT', ROW), digest: { B: Buffer.of(1) } };
  const [OF_LAST, OF_NONE] = ['says that version 2 of epoch 1', 'has a newest row that is none'];
  const UNREAD = 'state-\\S+ has no HEAD that can be read';
  // Which state, beside which floor, what was written into that, and why it is refused; null where it is closed.
  it.each<[string, string, 'its' | 'made' | 'none' | 'own', readonly Item[], string | null]>([
    ['the state there was', 'first', 'its', [], null],
    ['a state that came back', 'restored', 'its', [], null],
    ['a state that came back, beneath what is no row', 'restored', 'its', [NONE], null],
    ['a state of another guard', 'other', 'its', [], `${OF_LAST} .*${UNREAD}`],
    ['a state of another guard, beneath what is no row', 'other', 'its', [NONE], `${OF_NONE}.*${UNREAD}`],
    ['a copy that goes on beside another floor', 'restored', 'none', [], `${OF_LAST} .* it is not the floor`],
    [
      'a state beside the guard’s own floor, which is not the one that is named',
      'restored',
      'own',
      [encodeFloor('COMMIT', ROW)],
      'says that version 9 of epoch 1 .* it is not the floor',
    ],
    [
      'a state that another floor knows nothing of',
      'restored',
      'made',
      [encodeFloor('COMMIT', ROW)],
      'says that version 9 of epoch 1 .* it did not acknowledge HEAD .*version 1 of epoch 1',
    ],
  ])(
    'is this guard’s where nobody can read what it acknowledged last, by the HEAD in %s',
    async (_what, by, beside, rows, why) => {
      await revoke(rig.first);
      await ground.backups.backUp(LATER);
      const restored = (await restore('objects,state')).json.tables;
      await rig.lose('objects');
      const { floor: own, state: first } = rig.store.tables;
      const state = { first, restored: restored.state, other: other.store.tables.state }[by];
      const made = beside === 'its' ? own : await emptyTable();
      const floor = beside === 'made' || beside === 'own' ? made : own;
      const named = beside === 'own' ? own : made;
      await put(rig.store.client, floor, rows);
      const before = await itemsOf(floor);
      const tables = [restored.objects, state, named].join();
      const { json } = await rig.recover(
        ...['close', '--tables', tables, '--floor', floor, '--for-ever', '--in-use'],
      );
      expect(json.closed ?? json.error?.code).toBe(why === null ? 'now' : 'NOT_ITS_FLOOR');
      if (why === null) return;
      expect([json.error.message, await itemsOf(floor)]).toEqual([
        expect.stringMatching(new RegExp(why)),
        before,
      ]);
    },
  );

  // What it acknowledged last can be read in either's objects: a copy has them all.
  it.each<[string, 'copied' | 'first', 'restored' | 'other' | 'first', 'none' | 'own', string | null]>([
    ['a guard that was made by copying it', 'copied', 'restored', 'none', 'it is not the floor beside'],
    ['a guard with its state, beside another floor', 'first', 'first', 'none', 'it is not the floor beside'],
    ['a state of another guard', 'first', 'other', 'own', `was made for another state table .*${UNREAD}`],
    ['the state that it stands beside', 'first', 'first', 'own', null],
  ])('is whose it is by the state that it stands beside: %s', async (_what, from, by, beside, why) => {
    await ground.backups.backUp(LATER);
    const copied = (await restore('objects,state')).json.tables;
    const { objects, state, floor } = rig.store.tables;
    const before = await itemsOf(floor);
    const tables = [
      from === 'copied' ? copied.objects : objects,
      { first: state, restored: copied.state, other: other.store.tables.state }[by],
      beside === 'own' ? floor : await emptyTable(),
    ].join();
    const { json } = await rig.recover(
      ...['close', '--tables', tables, '--floor', floor, '--for-ever', '--in-use'],
    );
    expect(json.closed ?? json.error?.code).toBe(why === null ? 'now' : 'NOT_ITS_FLOOR');
    if (why === null) return;
    expect([json.error.message, await itemsOf(floor)]).toEqual([
      expect.stringMatching(new RegExp(why)),
      before,
    ]);
  });

  it('of what nobody signed is not this guard’s', async () => {
    const { head, row, commit } = await forgerOf(rig, rig.first.tables);
    const { state, objects, floor } = rig.store.tables;
    const digest = await commit({ version: 9, ancestors: Array(4).fill(head.digest) }, false);
    const made = await emptyTable();
    await put(rig.store.client, made, [row('COMMIT', { epoch: 1, version: 9 }, digest)]);
    const { json } = await rig.recover(
      ...['close', '--tables', [objects, state, made].join(), '--floor', made, '--for-ever', '--in-use'],
    );
    expect([json.error?.code, made === floor]).toEqual(['NOT_ITS_FLOOR', false]);
  });

  it.each([
    ['another guard’s floor', async () => other.store.tables.floor],
    ['a state table', async () => rig.store.tables.state],
    ['an empty table', () => emptyTable()],
  ])('is never taken for %s', async (_, tableFor) => {
    const table = await tableFor();
    const before = await itemsOf(table);
    const { code, json } = await rig.recover('close', '--floor', table, '--for-ever', '--in-use');
    expect([code, json.error?.code, await itemsOf(table)]).toEqual([3, 'NOT_ITS_FLOOR', before]);
  });

  let other: RecoveryRig;
  beforeAll(async () => {
    other = await startRecoveryRig(ground);
  });
  afterAll(() => other.stop());

  async function emptyTable(): Promise<string> {
    const name = `${rig.store.tables.floor}-none`;
    await createKeyedTable(rig.store.client, name);
    return name;
  }
});

describe('what cannot be confirmed', () => {
  it('is said beforehand, where what was acknowledged last is not in the restored objects', async () => {
    await revoke(rig.first);
    await ground.backups.backUp(LATER);
    const { code, json } = await restore('objects,state');
    expect([code, json.confirm, json.sign, json.refused?.code]).toEqual([
      UNTOLD,
      null,
      null,
      'OBJECT_MISSING',
    ]);
    const { objects, state, floor } = json.tables;
    const deployed = ['--tables', [objects, state, floor].join(','), '--made-for', rig.store.tables.state];
    const keys = [
      '--founder-keys',
      rig.store.founders.join(','),
      '--commit-keys',
      rig.store.signer.publicKey,
    ];
    const blind = await rig.recover('check', ...deployed, ...keys);
    expect([blind.json.lost[0].said, blind.json.unread, blind.code]).toEqual([null, 1, UNTOLD]);
    // As it was printed.
    expect(json.check).toContain(`--damaged-objects ${rig.store.tables.objects}`);
    const told = await rig.recover(...json.check.split(' ').slice(2));
    expect([told.json.lost[0].said.reason, again(told.json)]).toEqual(['Taken away', [REVOKED]]);
  });

  it('nor is anything called open that `decide` denies', async () => {
    const { client, tables } = rig.store;
    for (const { pk, sk } of await itemsOf(tables.floor))
      if (pk?.S === 'APPROVAL' && sk !== undefined)
        await client.send(new DeleteItemCommand({ TableName: tables.floor, Key: { pk, sk } }));
    const { code, json } = await rig.recover('check');
    expect([code, json.error?.code]).toEqual([3, 'NOT_SOUND']);
  });
});

describe('objects', () => {
  it('are read one by one from the table that has each; what neither has is said to be unread', async () => {
    await revoke(rig.first);
    const { client, tables } = rig.store;
    const { state } = (await restore()).json.tables;
    const before = await itemsOf(tables.objects);
    const head = await rig.store.reader().open();
    const other = `${tables.objects}-other`;
    await createTables(rig.store.engine.endpoint, {
      objects: other,
      state: `${tables.state}-other`,
      floor: `${tables.floor}-other`,
    });
    const context = readingWithin(AbortSignal.timeout(60_000));
    const newest = await floorRows(client, tables.floor, Date.now).newest('COMMIT', context);
    // Leaves of the new version, in one table; its commit and the rest in the other.
    const roots = [head.root.facts].filter((digest) => digest !== null);
    const moved = before.filter((item) => roots.some((digest) => item['digest']?.S === digest));
    await put(client, other, moved);
    for (const { digest } of moved)
      if (digest !== undefined)
        await client.send(new DeleteItemCommand({ TableName: tables.objects, Key: { digest } }));
    const source = eitherTable({ client }, [tables.objects, other], context);
    const both = [...roots, newest?.digest ?? head.digest];
    expect((await source.load(both, ['leaf', 'node', 'commit'])).size).toBe(new Set(both).size);
    const registry = { client, publicKeys: rig.store.keys, tables: { ...tables, state } };
    const base = await rig.store.reader({ tables: registry.tables, acceptUnconfirmed: true }).open();
    const whole = await lostSince(registry, base, other);
    const part = await lostSince(registry, base, tables.objects);
    const changes = [whole, part].map(({ versions: [first] }) => first?.said?.changes?.length ?? null);
    expect(changes).toEqual([1, null]);
  });
});

it('what a newer build wrote is told to be unreadable by this one, and not to be gone', async () => {
  const { tables } = (await restore()).json;
  await publishOfFormat(rig.store, { format: FORMAT + 1, oldestReader: FORMAT + 1 });
  const { code, json } = await rig.recover('check', '--state', tables.state);
  const [{ said }] = json.lost;
  expect([said.changes, said.isNewer, json.unread, code]).toEqual([null, true, 1, UNTOLD]);
});

/** Rows that somebody who publishes could write, of the epoch there is and above what was acknowledged in it. */
const FORGED = 60;
describe('a floor that somebody has written into', () => {
  it.each<[string, (digests: readonly Digest[], k: number) => Partial<FloorRow>, number, string]>([
    ['of versions that are nowhere', () => ({}), 500, 'unread'],
    ['of more of those than are looked at', () => ({}), 20, 'crowded'],
    [
      'of versions that HEAD comes from',
      ([digest], k) => (k < 9 ? {} : { digest: digest ?? NOWHERE }),
      500,
      'unread',
    ],
    ['of versions that have another place', ([digest]) => ({ digest: digest ?? NOWHERE }), 500, 'complete'],
    [
      'of more of those than are looked at besides',
      ([digest]) => ({ digest: digest ?? NOWHERE }),
      20,
      'crowded',
    ],
    ['of epochs that nobody began', (_, k) => ({ epoch: k + 2 }), 500, 'unread'],
  ])('%s', async (_what, forged, most, told) => {
    const { client, tables, keys: publicKeys } = rig.store;
    await revoke(rig.first);
    const head = await rig.store.reader().open();
    const table = await tableIdOf(client, tables.floor, AbortSignal.timeout(60_000));
    const rows = Array.from({ length: FORGED }, (_, k) =>
      encodeFloor('COMMIT', {
        ...{ epoch: 1, version: head.version + FORGED - k, digest: NOWHERE, table },
        ...forged(head.commit.ancestors, k),
      }),
    );
    await put(client, tables.floor, rows);
    const asked = await lostSince({ client, tables, publicKeys }, head, tables.objects, most);
    expect([asked.told, asked.versions.length <= most, asked.written]).toEqual([told, true, []]);
  });
});

describe('a long way', () => {
  it('is read many versions at once, from HEAD and from what was acknowledged last', async () => {
    const store = await openRig(ground.engine);
    const { client, tables, keys: publicKeys } = store;
    await store.genesis(sampleState(1));
    const early = await store.reader().open();
    for (let value = 0; value < 40; value += 1)
      await store.change({ facts: new Map([['network/net-0', { value }]]) });
    const head = await store.reader().open();
    const send = vi.spyOn(client, 'send');
    const reads = () => send.mock.calls.filter(([command]) => command instanceof BatchGetItemCommand).length;
    const whole = await lostSince({ client, tables, publicKeys }, head, tables.objects);
    expect([whole.told, whole.written, reads()]).toEqual(['complete', [], expect.toSatisfy((n) => n < 20)]);
    send.mockClear();
    const context = readingWithin(AbortSignal.timeout(60_000));
    const floor = rowsLeft(floorRows(client, tables.floor, Date.now), 100);
    const source = eitherTable({ client }, [tables.objects], context);
    const [above] = await lostAbove(early, { floor, isForged: () => false, source, context });
    expect([above?.lost.length, reads()]).toEqual([40, expect.toSatisfy((n) => n < 20)]);
    let [now, most] = [0, 0];
    const counting = tellingClient(store.engine.endpoint, async (_asked, ask) => {
      now += 1;
      most = Math.max(most, now);
      return ask().finally(() => {
        now -= 1;
      });
    });
    const { versions } = await lostSince({ client: counting, tables, publicKeys }, early, tables.objects);
    counting.destroy();
    expect([versions.length, most]).toEqual([40, expect.toSatisfy((n) => n < 30)]);
    await store.stop();
  });
});

describe('objects of before', () => {
  it.each<[string, boolean, string]>([
    ['that are there to the end', false, 'complete'],
    ['that go while they are looked through', true, 'STORE_REFUSED'],
  ])('%s', async (_what, isGone, came) => {
    const { client: all, tables, keys: publicKeys } = rig.store;
    const head = await rig.store.reader().open();
    const damaged = `${tables.objects}-before`;
    await createKeyedTable(all, damaged);
    const client = tellingClient(ground.engine.endpoint, async ({ command, TableName }, send) => {
      if (isGone && command === 'ScanCommand' && TableName === damaged)
        throw Object.assign(new Error('gone'), { name: 'ResourceNotFoundException' });
      return send();
    });
    const asked = lostSince({ client, tables, publicKeys }, head, damaged).then(
      ({ told }) => told,
      ({ code }) => code,
    );
    expect(await asked).toBe(came);
    client.destroy();
  });

  it.each<[string, 'there' | 'gone', boolean, 'own' | null]>([
    ['that nobody names are the guard’s own', 'there', false, 'own'],
    ['that nobody names, and that are gone, are none', 'gone', false, null],
    ['that somebody names are these', 'there', true, 'own'],
  ])('%s', async (_what, is, isNamed, found) => {
    const { tables } = rig.store;
    if (is === 'gone') await rig.lose('objects');
    const asked = objectsOfBefore(rig.store, isNamed ? tables.objects : undefined);
    expect(await asked).toBe(found === null ? null : tables.objects);
  });
});

describe('objects of before that are not there', () => {
  it.each<[string, readonly string[]]>([
    ['recover check', ['check']],
    ['recover close', ['close', '--floor', 'another-floor', '--for-ever']],
  ])('are a mistake in %s, which says which table', async (_what, args) => {
    const { code, json, err } = await rig.recover(...args, '--damaged-objects', 'objetcs-1');
    const said = err.replaceAll(/\s+/g, ' ');
    expect([code, json, said]).toEqual([
      2,
      null,
      expect.stringMatching(/there is no table objetcs-1 in .* Mend the name; .* leave the option out/),
    ]);
  });

  it('are not named by what is printed', async () => {
    await rig.lose('objects');
    const { json } = await rig.recover('plan', '--suffix', 'x');
    expect(json.check).toMatch(/^routeguard recover check --tables \S+$/);
  });
});

describe('what one person may do again', () => {
  it('is what the restored registry has; a long reason is cut; what was changed otherwise is told', async () => {
    const { tables } = (await restore()).json;
    await rig.as('usa-proposer', rig.first).post('revoke', { ...REVOKE, reason: 'x'.repeat(590) });
    const facts = stateOf(smallSample()).facts;
    const taken = facts.get(REVOKED) as Wire;
    const change = (key: string, fact: Wire) => rig.store.change({ facts: new Map([[key, fact]]) });
    const added = { ...taken, id: 'new-one' };
    await change('accreditation/new-one', added);
    await change('accreditation/new-one', { ...added, valid: { ...added['valid'], to: '2026-11-29' } });
    await change('accreditation/uk-on-gb-b', {
      ...(facts.get('accreditation/uk-on-gb-b') as Wire),
      valid: { ...(facts.get('accreditation/uk-on-gb-b') as Wire)['valid'], to: '2999-01-01' },
    });
    const { json } = await rig.recover('check', '--state', tables.state);
    expect(again(json)).toEqual([REVOKED]);
    expect(/--reason '(.*)'$/.exec(json.again[0].command)?.[1]).toHaveLength(600);
    expect(json.otherwise).toEqual([
      {
        ...{ key: 'accreditation/uk-on-gb-b', change: 'replaced' },
        ...{ restricts: expect.any(Boolean), givenUp: null },
      },
    ]);
  });
});
