/** What would open for nobody is not published: HEAD stays where it is, and opens. */
import { ExecuteStatementCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { digestOf } from '../../functions/core/facts/canonical.ts';
import { encodeFloor, type FloorLine } from '../../functions/store/floor.ts';
import { decodeHead, HEAD_KEY, verifyHead } from '../../functions/store/head.ts';
import { insertion } from '../../functions/store/object-inserts.ts';
import { signStatement } from '../../functions/store/person-signature.ts';
import type { Publication } from '../../functions/store/publisher.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { stageAgain, stageChanges } from '../../functions/store/staging.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { tableIdOf } from '../../functions/store/table-id.ts';
import { localKey } from '../../infra/local/identities.ts';
import { type Engine, startEngine } from '../engine.ts';
import { confirmedBy, signedBy, TEST_AUTHORITY } from './signed.ts';
import { lawWith, META, openRig, type StoreRig, sampleState } from './store-rig.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const T = (minutes: number) => new Date(Date.parse('2026-11-23T12:00:00Z') + minutes * 60_000).toISOString();
const DAY = 24 * 60;

/** The authority that signs here, which lapses where it is told to. */
const lapsing = (to: string) => ({ ...TEST_AUTHORITY, valid: { from: '2000-01-01', to, zone: 'UTC' } });
const renamed = { ...TEST_AUTHORITY, name: 'Another name' };

/** A change of the law or of an authority, signed at these two times. */
async function change(
  rig: StoreRig,
  [first, second]: readonly [string, string],
  authority?: object,
): Promise<Publication> {
  const base = await rig.reader().open();
  const changed =
    authority === undefined ? undefined : new Map([['authority/test-authority', authority as never]]);
  const staged = await stageChanges(base, {
    law: lawWith({ at: second }),
    ...(changed !== undefined && { facts: changed }),
  });
  const unsigned = { tables: rig.tables, root: staged.rootDigest, changed };
  const { approval, keyring } = await signedBy(base, { ...unsigned, at: second });
  const [author, approver] = approval;
  if (author === undefined || approver === undefined) throw new Error('nobody signed');
  const signed = signStatement({ ...author.statement, at: first }, localKey('pat'));
  const by = signed.key === author.key ? [signed, approver] : [author, approver];
  return { base, staged, signed: { approval: by as never, keyring }, meta: META, note: null };
}

async function taken(rig: StoreRig, line: FloorLine, version: number, since?: number): Promise<void> {
  const { client, tables } = rig;
  const table = await tableIdOf(client, tables.floor, AbortSignal.timeout(60_000));
  const digest = digestOf(Buffer.from('somebody else'));
  const row = encodeFloor(line, { epoch: 1, version, digest, table, ...(since !== undefined && { since }) });
  await client.send(new ExecuteStatementCommand(insertion(tables.floor, row)));
}

it.each<[string, (rig: StoreRig) => Promise<Publication>]>([
  [
    'signed when whoever signs speaks no more',
    async (rig) => {
      await rig.publisher.commit(await change(rig, [T(0), T(0)], lapsing('2026-11-23')));
      return change(rig, [T(DAY / 2 - 1), T(DAY / 2 + 1)]);
    },
  ],
  ['signed more than thirty days apart', (rig) => change(rig, [T(-30 * DAY - 1), T(0)])],
  [
    'signed before what it rests on, by clocks that differ',
    async (rig) => {
      await rig.publisher.commit(await change(rig, [T(4), T(4)], renamed));
      return change(rig, [T(-2), T(-2)]);
    },
  ],
  ['signed after now', (rig) => change(rig, [T(0), new Date(Date.now() + 3_600_000).toISOString()])],
  ...(['COMMIT', 'APPROVAL'] as const).map((line): [string, (rig: StoreRig) => Promise<Publication>] => [
    `whose ${line} row is somebody else’s`,
    async (rig) => {
      const next = await change(rig, [T(1), T(1)]);
      await taken(rig, line, 2);
      return next;
    },
  ]),
  [
    'whose number of links is somebody else’s',
    async (rig) => {
      const next = await change(rig, [T(1), T(1)], renamed);
      await taken(rig, 'KEYRING', 2, 2);
      return next;
    },
  ],
  [
    'whose number of links is somebody else’s, for later versions only',
    async (rig) => {
      const next = await change(rig, [T(1), T(1)], renamed);
      await taken(rig, 'KEYRING', 2, 9);
      return next;
    },
  ],
])('%s', async (_, make) => {
  const rig = await openRig(engine);
  await rig.genesis({ ...sampleState(1, 1), law: lawWith({}) });
  const next = await make(rig);
  const head = () => rig.client.send(new GetItemCommand({ TableName: rig.tables.state, Key: HEAD_KEY }));
  const { Item } = await head();
  await expect(rig.publisher.commit(next)).rejects.toMatchObject({ code: 'NOT_OPENABLE' });
  expect((await head()).Item).toEqual(Item);
  rig.client.destroy();
});

it.each([
  ['with more signatures than can be read', 257, undefined],
  ['whose place another has taken', 2, 'COMMIT'],
  ['whose place another has taken, that was never in', 2, 'END'],
] as const)('a confirmation %s', async (_, signatures, line) => {
  const rig = await openRig(engine);
  await rig.genesis({ ...sampleState(1, 1), law: lawWith({}) });
  const open = () =>
    createRegistryReader({ ...rig, publicKeys: rig.keys, budgetMs: 60_000, acceptUnconfirmed: true }).open();
  const first = await rig.reader().open();
  const restore = { ...META, kind: 'restore', succession: 'restore' } as const;
  await rig.publisher.commit({ base: first, staged: stageAgain(first), meta: restore, note: null });
  const base = await open();
  const names = Array.from({ length: signatures }, (_x, k) => ['pat', 'alex'][k] ?? `nobody-${k}`);
  const signed = await confirmedBy(rig, base, names);
  if (line === 'COMMIT') await taken(rig, line, 2);
  if (line === 'END') await taken(rig, line, 0);
  const confirming = { ...META, kind: 'confirm', succession: 'confirm' } as const;
  const next = { base, staged: stageAgain(base), meta: confirming, note: null, signed };
  await expect(rig.publisher.commit(next)).rejects.toMatchObject({ code: 'NOT_OPENABLE' });
  expect((await open()).digest).toBe(base.digest);
  rig.client.destroy();
});

it.each(['COMMIT', 'APPROVAL', 'KEYRING'] as const)(
  'a stop is published whatever is in its way: where a %s row is, nothing opens',
  async (line) => {
    const rig = await openRig(engine);
    await rig.genesis({ ...sampleState(1, 1), law: lawWith({}) });
    const base = await rig.reader().open();
    await taken(rig, line, 2, line === 'KEYRING' ? 2 : undefined);
    const stop = { ...META, kind: 'hold', approvers: [] };
    const publication = { base, staged: stageAgain(base), meta: stop, note: null };
    await rig.publisher.commit(publication).catch((error) => expect(error).toBeInstanceOf(StoreError));
    const { Item } = await rig.client.send(
      new GetItemCommand({ TableName: rig.tables.state, Key: HEAD_KEY }),
    );
    expect(verifyHead(decodeHead(Item ?? {}), rig.keys).commit.version).toBe(2);
    const opens = async () => (await rig.reader().open()).read([]);
    await expect(opens()).rejects.toBeInstanceOf(StoreError);
    rig.client.destroy();
  },
);
