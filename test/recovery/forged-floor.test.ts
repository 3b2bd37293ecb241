/** What `recover check` says where whoever may insert has written rows into the floor: the list, and never that it is complete. */

import { DeleteItemCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { provenReport } from '../../cli/recover/check-report.ts';
import { type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import type { Commit } from '../../functions/store/commit.ts';
import type { StoreTables } from '../../functions/store/dynamodb.ts';
import { floorKey, LAST_PLACE, type Place } from '../../functions/store/floor.ts';
import type { Item } from '../../functions/store/head.ts';
import type { Wire } from '../registry/rig.ts';
import { tellingClient } from '../store/dying-client.ts';
import { type Forger, forgerOf } from './forger.ts';
import {
  type Deployed,
  type Ground,
  put,
  type RecoveryRig,
  startGround,
  startRecoveryRig,
} from './recovery-rig.ts';

const POINT = '2026-11-30T10:00:00Z';
const REVOKED = 'accreditation/us-on-gb-b';
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

const revoke = (deployed: Deployed) =>
  rig.as('usa-proposer', deployed).post('revoke', { facts: [REVOKED], reason: 'Taken away' });
const restored = async (suffix: string): Promise<StoreTables> =>
  (await rig.recover('restore', '--lost', 'state', '--at', POINT, '--suffix', suffix)).json.tables;

const FIRST: Partial<Commit> = { epoch: 5, version: 1, ancestors: [], author: 'nobody' };
const begunAt = ({ row }: Forger, digest: Digest) => [
  row('END', { epoch: 1, version: 0 }, digest),
  row('COMMIT', { epoch: 5, version: 1 }, digest),
];

interface Told {
  readonly told: string;
  /** Versions of the first epoch that are lost, and those that stand beside. */
  readonly lost: readonly number[];
  readonly written?: readonly number[];
  readonly unsigned?: readonly (readonly [epoch: number, version: number])[];
  readonly refused: string | null;
}

const numbers = (versions: readonly Wire[]) =>
  versions.filter(({ epoch }) => epoch === 1).map(({ version }) => version);

describe('a floor that somebody has written into', () => {
  it.each<[string, (forge: Forger) => Promise<readonly Item[]>, Told]>([
    [
      'a beginning that nobody signed',
      async (forge) => begunAt(forge, await forge.commit(FIRST, false)),
      { told: 'unsigned', lost: [2], unsigned: [[5, 1]], refused: 'APPROVAL_INVALID' },
    ],
    [
      'a version above that nobody signed',
      async ({ head, row, commit }) => [
        row(
          'COMMIT',
          { epoch: 1, version: 3 },
          await commit({ version: 3, ancestors: [head.digest, head.digest] }, false),
        ),
      ],
      { told: 'unsigned', lost: [2], unsigned: [[1, 3]], refused: 'FLOOR_CONTRADICTED' },
    ],
    [
      'a beginning of another registry, signed',
      async (forge) => begunAt(forge, await forge.commit(FIRST, true)),
      { told: 'unrelated', lost: [2], refused: 'APPROVAL_INVALID' },
    ],
    [
      'HEAD above its place, and nothing beneath it',
      async ({ head, row }) => [
        row('COMMIT', { epoch: 1, version: LAST_PLACE }, head.digest),
        row('COMMIT', { epoch: 1, version: LAST_PLACE - 1 }, NOWHERE),
      ],
      { told: 'unread', lost: [], written: [2], refused: 'OBJECT_MISSING' },
    ],
    [
      'more than anybody follows who is to sign',
      async ({ head, row }) =>
        Array.from({ length: 520 }, (_, k) => row('COMMIT', { epoch: 1, version: 100 + k }, head.digest)),
      { told: 'complete', lost: [2], refused: 'FLOOR_MALFORMED' },
    ],
    [
      'what is no row',
      async () => [
        { ...floorKey('COMMIT', { epoch: 1, version: 9 }), digest: { B: Buffer.of(1) }, table: { S: 'x' } },
      ],
      { told: 'unread', lost: [], written: [2], refused: 'FLOOR_MALFORMED' },
    ],
  ])('%s', async (_what, forged, { told, lost, written = [], unsigned = [], refused }) => {
    await revoke(rig.first);
    const tables = await restored('x');
    const rows = await forged(await forgerOf(rig, tables));
    for (let from = 0; from < rows.length; from += 50)
      await Promise.all(rows.slice(from, from + 50).map((row) => put(rig.store.client, tables.floor, [row])));
    const { code, json, err } = await rig.recover('check', '--state', tables.state);
    expect(json, err).not.toHaveProperty('error');
    expect({
      told: json.told,
      lost: numbers(json.lost),
      written: numbers(json.written),
      unsigned: json.unsigned.map(({ epoch, version }: Place) => [epoch, version]),
      refused: json.refused?.code ?? null,
      again: json.again.map(({ key }: { key: string }) => key),
      confirm: json.confirm,
      code,
    }).toEqual({ told, lost, written, unsigned, refused, again: [REVOKED], confirm: null, code: 5 });
  });

  it('a beginning that nobody signed, and that gave way to one that people confirmed', async () => {
    const tables = await restored('x');
    const forge = await forgerOf(rig, tables);
    const digest = await forge.commit({ epoch: 2, version: 2, ancestors: [forge.head.digest] }, false);
    await put(rig.store.client, tables.floor, [forge.row('END', { epoch: 1, version: 0 }, digest)]);
    const now: Deployed = { ...rig.first, tables };
    await rig.confirmed(now);
    await revoke(now);
    const { state } = await restored('y');
    const { code, json } = await rig.recover('check', '--state', state);
    expect([code, json.told, json.lost.map(({ epoch, version }: Place) => [epoch, version])]).toEqual([
      0,
      'complete',
      [
        [3, 4],
        [3, 3],
        [3, 2],
      ],
    ]);
  });
});

it('more rows than anybody follows hold everything, and say what to do; without them a stop goes through', async () => {
  const { client } = rig.store;
  const { floor } = rig.first.tables;
  const { head, row } = await forgerOf(rig, rig.first.tables);
  const rows = Array.from({ length: 520 }, (_, k) =>
    row('COMMIT', { epoch: 1, version: 100 + k }, head.digest),
  );
  await put(client, floor, rows);
  const stopped = await revoke(rig.first);
  expect([stopped.status, stopped.body.error]).toEqual([
    409,
    expect.objectContaining({
      code: 'REGISTRY_HELD',
      message: expect.stringMatching(/recover check.*nothing has to be stopped/),
    }),
  ]);
  expect(await rig.decided(rig.first)).toEqual(['deny', 'REGISTRY_HELD']);
  const signing = await rig.as('usa-proposer', rig.first).get('signing');
  expect([signing.status, signing.body.error]).toEqual([
    503,
    expect.objectContaining({
      message: expect.stringMatching(/more rows than anybody follows .* removed by hand/),
      details: expect.objectContaining({ store: 'FLOOR_MALFORMED' }),
    }),
  ]);
  for (const { pk, sk } of rows)
    if (pk !== undefined && sk !== undefined)
      await client.send(new DeleteItemCommand({ TableName: floor, Key: { pk, sk } }));
  expect((await revoke(rig.first)).status).toBe(200);
  expect(await rig.decided(rig.first)).toEqual(['deny', 'ACCREDITATION_EXPIRED']);
});

it('who has to sign is asked for once more where the database does not answer, and what is lost is told', async () => {
  await revoke(rig.first);
  const tables = await restored('x');
  const { tables: was, founders, keys: publicKeys } = rig.store;
  const client = tellingClient(ground.engine.endpoint, async (sent, send) => {
    // Only who is asked what a confirmation begins looks for the highest keyring.
    const { ExpressionAttributeValues: values, Limit } = sent as Partial<QueryCommandInput>;
    if (values?.[':line']?.S === 'KEYRING' && Limit === 1)
      throw Object.assign(new Error('slow down'), { name: 'TimeoutError' });
    return send();
  });
  const guard = { client, tables: was, founders, publicKeys };
  const { words, json, exit } = await provenReport(guard, tables, { damaged: null, madeFor: was.state });
  client.destroy();
  expect([json.lost.length, json.refused, json.confirm, exit]).toEqual([
    1,
    { code: 'STORE_UNAVAILABLE', digest: null },
    null,
    5,
  ]);
  expect(words.join('\n')).toContain('give the same command again');
});
