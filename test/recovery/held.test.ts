/** What everybody says of a registry that is not as it was acknowledged: decisions, the watch, the board, and the registry itself. */
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { HEAD_KEY, type Item } from '../../functions/store/head.ts';
import { createKeyedTable } from '../engine.ts';
import type { Wire } from '../registry/rig.ts';
import {
  type Deployed,
  type Ground,
  type RecoveryRig,
  startGround,
  startRecoveryRig,
} from './recovery-rig.ts';

const POINT = '2026-11-30T10:00:00Z';
const NEWEST = '2026-11-30T10:10:00Z';

let ground: Ground;
let rig: RecoveryRig;
let first: Item = {};
let newest: Item = {};
beforeAll(async () => {
  ground = await startGround();
  rig = await startRecoveryRig(ground);
  await ground.backups.backUp(POINT);
  first = await head();
  await rig.store.change({});
  newest = await head();
  await ground.backups.backUp(NEWEST);
});
afterAll(async () => {
  await rig.stop();
  await ground.stop();
});

async function head(): Promise<Item> {
  const asked = { TableName: rig.store.tables.state, Key: HEAD_KEY };
  return (await rig.store.client.send(new GetItemCommand(asked))).Item ?? {};
}

const put = (TableName: string, Item: Item) => rig.store.client.send(new PutItemCommand({ TableName, Item }));
const floored = (floor: string): Deployed => ({ ...rig.first, tables: { ...rig.store.tables, floor } });

async function newFloor(name: string, ...rows: readonly Item[]): Promise<Deployed> {
  await createKeyedTable(rig.store.client, name);
  for (const row of rows) await put(name, row);
  return floored(name);
}

/** What each of them says: the reason of a decision, the watch's line and figures, the board's alert, and the registry's answers. */
async function saidBy(deployed: Deployed) {
  const { answer, lines } = await rig.ask('watch', deployed);
  const { answer: html } = await rig.ask('board', deployed);
  const alert = /class="alert">([^<]*)/.exec(String(html))?.[1] ?? null;
  const auditor = rig.as('auditor', { ...deployed });
  const [log, holds] = [await auditor.get('log'), await auditor.get('holds')];
  const { HeadBelowFloor, WatchFailures, HoldsInForce, held = null } = lines[0] ?? {};
  return {
    decided: (await rig.decided(deployed))[1],
    watch: { ok: (answer as Wire).ok, HeadBelowFloor, WatchFailures, HoldsInForce, held },
    board: alert?.match(/\((\w+)\)(, and is held)?/)?.slice(1) ?? null,
    registry: [log, holds].map(({ body }) => body.error?.details.store ?? body.held),
  };
}

/** Of a registry that is held: one word, and what it is held for, from everybody. */
const held = (store: string, ok = true) => ({
  decided: 'REGISTRY_HELD',
  watch: { ok, HeadBelowFloor: 1, WatchFailures: 0, HoldsInForce: 1, held: store },
  board: [store, ', and is held'],
  registry: [store, store],
});

/** Of one that nobody can read: nobody says that people could open it by confirming. */
const unread = (store: string, decided: string) => ({
  decided,
  watch: { ok: false, HeadBelowFloor: undefined, WatchFailures: 1, HoldsInForce: undefined, held: null },
  board: [store, undefined],
  registry: [store, store],
});

const right = {
  decided: null,
  watch: { ok: true, HeadBelowFloor: 0, WatchFailures: 0, HoldsInForce: 0, held: null },
  board: null,
  registry: [null, null],
};

const restoredTo = async (at: string): Promise<Deployed> => {
  const { json } = await rig.recover('restore', '--lost', 'state', '--at', at);
  return { ...rig.first, tables: json.tables };
};
const headIs = async (item: Item): Promise<Deployed> => {
  await put(rig.store.tables.state, item);
  return rig.first;
};

it.each<[string, () => Promise<Deployed>, object]>([
  ['nothing is wrong', async () => rig.first, right],
  ['HEAD is put back under the same name', () => headIs(first), held('HEAD_BELOW_FLOOR')],
  [
    'HEAD is gone',
    async () => {
      await rig.store.client.send(
        new DeleteItemCommand({ TableName: rig.store.tables.state, Key: HEAD_KEY }),
      );
      return rig.first;
    },
    held('HEAD_BELOW_FLOOR', false),
  ],
  ['HEAD is what it was again', () => headIs(newest), right],
  ['the state table is restored under another name', () => restoredTo(POINT), held('HEAD_BELOW_FLOOR')],
  ['the same, and nothing was lost', () => restoredTo(NEWEST), held('LINEAGE_CHANGED')],
  ['the floor is empty', () => newFloor('floor-empty'), held('FLOOR_MISSING')],
  [
    'the floor is gone',
    async () => floored('floor-that-is-gone'),
    unread('STORE_REFUSED', 'REGISTRY_UNAVAILABLE'),
  ],
  [
    'the floor cannot be read',
    () => newFloor('floor-garbled', { pk: { S: 'COMMIT' }, sk: { S: '~' } }),
    unread('FLOOR_MALFORMED', 'REGISTRY_INTEGRITY'),
  ],
])('%s: decisions, watch, board and registry agree', async (_, make, expected) => {
  const deployed = await make();
  const said = await saidBy(deployed);
  expect(said).toEqual(expected);
});
