/**
 * Whoever may publish signs stops past a revocation whose commit is in no table, and writes a row above it, so that people might
 * confirm what came back without it. Nobody can sign for such a way, and nothing is permitted.
 */
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import type { Commit } from '../../functions/store/commit.ts';
import { floorKey } from '../../functions/store/floor.ts';
import type { Item } from '../../functions/store/head.ts';
import { routeguard } from '../cli/command.ts';
import type { Wire } from '../registry/rig.ts';
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

/** Version 1 came back, 2 is lost, 3 is the revocation, and its commit is gone. */
interface Ways extends Pick<Forger, 'row'> {
  readonly first: Digest;
  readonly second: Digest;
  readonly third: Digest;
  /** A signed stop that says what the second version says. */
  made(
    version: number,
    ancestors: readonly Digest[],
    more?: { epoch?: number; isSigned?: boolean },
  ): Promise<Digest>;
}

const top = ({ row }: Ways, digest: Digest) => row('COMMIT', { epoch: 1, version: 4 }, digest);
const inItsPlace = async (ways: Ways) =>
  top(ways, await ways.made(4, [await ways.made(3, [ways.second, ways.first]), ways.second]));
const noRow = (): Item => ({
  ...floorKey('COMMIT', { epoch: 1, version: 2 }),
  sk: { S: '0000000001.0000000002x' },
  digest: { B: Buffer.of(1) },
  table: { S: 'x' },
});

interface Told {
  readonly told: string;
  readonly lost: readonly number[];
  /** In the objects, and with no row: what another version came from is not left out of the list. */
  readonly written?: readonly number[];
  readonly refused: string | null;
}

it.each<[string, (ways: Ways) => Promise<readonly Item[]>, Told]>([
  [
    'in its place',
    async (ways) => [await inItsPlace(ways)],
    { told: 'unread', lost: [4, 3, 3, 2], refused: 'FLOOR_CONTRADICTED' },
  ],
  [
    'in its place, of an epoch that never was',
    async (ways) => [
      top(
        ways,
        await ways.made(4, [await ways.made(3, [ways.second, ways.first], { epoch: 9 }), ways.second]),
      ),
    ],
    { told: 'unread', lost: [4, 3, 2], written: [3], refused: 'FLOOR_CONTRADICTED' },
  ],
  [
    'over its place',
    async (ways) => [top(ways, await ways.made(4, [ways.second, ways.second]))],
    { told: 'unread', lost: [4, 3, 2], refused: 'FLOOR_CONTRADICTED' },
  ],
  [
    'on itself',
    async (ways) => [top(ways, await ways.made(4, [ways.third, ways.second]))],
    { told: 'complete', lost: [4, 3, 2], refused: 'OBJECT_MISSING' },
  ],
  [
    'on itself, and a row of what nobody signed',
    async (ways) => {
      const four = await ways.made(4, [ways.third, ways.second]);
      const five = await ways.made(5, [four, ways.third, ways.first]);
      const unsigned = await ways.made(4, [ways.second, ways.second], { isSigned: false });
      return [ways.row('COMMIT', { epoch: 1, version: 5 }, five), top(ways, unsigned)];
    },
    { told: 'unsigned', lost: [5, 4, 3, 2], refused: 'FLOOR_CONTRADICTED' },
  ],
  [
    'in its place, and what is no row beneath it',
    async (ways) => [await inItsPlace(ways), noRow()],
    { told: 'unread', lost: [4, 3, 3, 2], refused: 'FLOOR_MALFORMED' },
  ],
])('%s', async (_what, forged, { told, lost, written = [], refused }) => {
  const { client } = rig.store;
  const stopped = async (fact: string) =>
    (await rig.as('usa-proposer', rig.first).post('revoke', { facts: [fact], reason: 'Before' })).status;
  expect(await stopped('accreditation/us-on-us-a')).toBe(200);
  const second = await forgerOf(rig, rig.first.tables);
  expect(await stopped(REVOKED)).toBe(200);
  const third = await forgerOf(rig, rig.first.tables);
  const { tables } = (await rig.recover('restore', '--lost', 'state', '--at', POINT, '--suffix', 'x')).json;
  const now: Deployed = { ...rig.first, tables };
  const { head, commit, row } = await forgerOf(rig, tables);
  const like: Partial<Commit> = second.head.commit;
  const rows = await forged({
    ...{ row, first: head.digest, second: second.head.digest, third: third.head.digest },
    made: (version, ancestors, { epoch = 1, isSigned = true } = {}) =>
      commit({ ...like, version, ancestors: [...ancestors], epoch }, isSigned),
  });
  await put(client, tables.floor, rows);
  const key = { digest: { S: third.head.digest } };
  await client.send(new DeleteItemCommand({ TableName: tables.objects, Key: key }));

  const { code, json, err } = await rig.recover('check', '--state', tables.state);
  expect(json, err).not.toHaveProperty('error');
  expect({
    told: json.told,
    lost: json.lost.map(({ version }: Wire) => version),
    written: json.written.map(({ version }: Wire) => version),
    refused: json.refused?.code ?? null,
    confirm: json.confirm,
    code,
  }).toEqual({ told, lost, written, refused, confirm: null, code: 5 });
  const [entry] = (await rig.as('auditor', now).get('log')).body.entries;
  const asked = { version: entry.version, digest: entry.digest, reason: 'Compared' };
  const filed = await rig.as('usa-proposer', now).post('confirm', asked);
  expect([filed.status, filed.body.error?.details?.store]).toEqual([503, refused]);
  expect(await rig.decided(now)).toEqual(['deny', 'REGISTRY_HELD']);
});

it.each<[string, (of: Item, other: Item) => Item, string]>([
  ['another commit', (_of, { signature: _, ...other }) => other, 'DIGEST_MISMATCH'],
  ['another commit with its signature', (_of, other) => other, 'DIGEST_MISMATCH'],
  ['what cannot be read', ({ z: _z, ...of }) => of, 'OBJECT_MALFORMED'],
  ['what says that it was purged', () => ({ purged: { BOOL: true } }), 'OBJECT_PURGED'],
])('under its digest %s', async (_what, instead, refused) => {
  const { client } = rig.store;
  const asked = { facts: [REVOKED], reason: 'Before' };
  expect((await rig.as('usa-proposer', rig.first).post('revoke', asked)).status).toBe(200);
  const { head: revoked } = await forgerOf(rig, rig.first.tables);
  const { tables } = (await rig.recover('restore', '--lost', 'state', '--at', POINT, '--suffix', 'x')).json;
  const now: Deployed = { ...rig.first, tables };
  const { head } = await forgerOf(rig, tables);
  const itemOf = async (digest: Digest) =>
    (await client.send(new GetItemCommand({ TableName: tables.objects, Key: { digest: { S: digest } } })))
      .Item ?? {};
  const item = instead(await itemOf(revoked.digest), await itemOf(head.digest));
  const Item = { ...item, digest: { S: revoked.digest } };
  await client.send(new PutItemCommand({ TableName: tables.objects, Item }));

  const { code, json, err } = await rig.recover('check', '--state', tables.state);
  expect(json, err).not.toHaveProperty('error');
  const { told, unsigned, damaged, confirm } = json;
  expect({ told, unsigned, damaged, confirm, code }).toEqual({
    ...{ told: 'unread', unsigned: [], damaged: [revoked.digest], confirm: null, code: 5 },
  });
  expect(json.lost.map(({ digest }: Wire) => digest)).toEqual([revoked.digest]);
  expect(json.refused.code).toBe(refused);
  const { out } = await routeguard('recover', 'check', '--state', tables.state);
  expect(out).toContain(`What stands in ${tables.objects} under the digest`);
  expect(out).not.toMatch(/UNSIGNED|removed by hand|Take another point/);
  expect(await rig.decided(now)).toEqual(['deny', 'REGISTRY_HELD']);
});
