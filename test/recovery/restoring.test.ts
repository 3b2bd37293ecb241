/** `routeguard recover`: what it refuses before anything is begun, what it finds afterwards, and that it goes on where it was. */
import {
  DeleteItemCommand,
  DeleteResourcePolicyCommand,
  GetItemCommand,
  PutItemCommand,
  PutResourcePolicyCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_KEY } from '../../functions/store/head.ts';
import { routeguard } from '../cli/command.ts';
import { createKeyedTable, createTables, engineClient } from '../engine.ts';
import { newSigner } from '../store/store-rig.ts';
import { type Ground, POLICY, type RecoveryRig, startGround, startRecoveryRig } from './recovery-rig.ts';

const EMPTY = '2026-11-30T09:00:00Z';
const POINT = '2026-11-30T10:00:00Z';
const LATER = '2026-11-30T10:05:00Z';

let ground: Ground;
let rig: RecoveryRig;
beforeAll(async () => {
  ground = await startGround();
  rig = await startRecoveryRig(ground);
  const { client, tables } = rig.store;
  // The backup of a time before anything was published.
  const all = await head();
  await client.send(new DeleteItemCommand({ TableName: tables.state, Key: HEAD_KEY }));
  await ground.backups.backUp(EMPTY);
  await client.send(new PutItemCommand({ TableName: tables.state, Item: all }));
  await ground.backups.backUp(POINT);
  await rig.store.change({});
  await ground.backups.backUp(LATER);
});
afterAll(async () => {
  await rig.stop();
  await ground.stop();
});
beforeEach(() => void ground.backups.changes());

async function head() {
  const { client, tables } = rig.store;
  return (await client.send(new GetItemCommand({ TableName: tables.state, Key: HEAD_KEY }))).Item ?? {};
}

const restore = (...args: readonly string[]) => rig.recover('restore', ...args);
const named = (name: string) => rig.store.tables[name as 'state'];

describe('before anything is begun', () => {
  it.each<[string, readonly string[], string, string]>([
    [
      'a point before the window',
      ['state', '2026-11-30T08:59:59Z'],
      'OUTSIDE_WINDOW',
      'from 2026-11-30T09:00:00.000Z to 2026-11-30T10:05:00.000Z',
    ],
    [
      'a point after the window',
      ['state', '2026-11-30T10:05:01Z'],
      'OUTSIDE_WINDOW',
      '2026-11-30T10:05:01.000Z is none of them',
    ],
    [
      'objects of a minute later than there is',
      ['objects', LATER],
      'OUTSIDE_WINDOW',
      'a minute after the point',
    ],
    ['a floor that survives', ['floor', POINT], 'FLOOR_SURVIVES', 'is never restored'],
    ['a name that is taken', ['state', POINT, '--suffix', 'taken'], 'TARGET_TAKEN', 'is not'],
  ])('%s is refused, and says what to do', async (what, [lost = '', at = '', ...more], code, said) => {
    if (what === 'a name that is taken') {
      await createKeyedTable(rig.store.client, `${named('state')}-taken`);
    }
    const { code: exit, json, err } = await restore('--lost', lost, '--at', at, ...more);
    expect([exit, json.error.code, json.error.message]).toEqual([3, code, expect.stringContaining(said)]);
    expect(err).not.toContain('crashed');
    expect(ground.backups.changes()).toEqual([]);
  });

  it.each<[string, readonly string[], string]>([
    ['nothing', [], 'recover plan'],
    ['no point', ['--lost', 'state'], 'recover plan'],
    ['another table', ['--lost', 'heads', '--at', POINT], '--lost names each lost table once'],
    ['one table twice', ['--lost', 'state,state', '--at', POINT], '--lost names each lost table once'],
    ['a day', ['--lost', 'state', '--at', '2026-11-30'], '--at is a second in UTC'],
    ['a name of nothing', ['--lost', 'state', '--at', POINT, '--suffix', 'a b'], '--suffix is'],
    ['half of a stack', ['--lost', 'state', '--at', POINT, '--template', 'x'], 'go together'],
    ['no time', ['--lost', 'state', '--at', POINT, '--every', '0'], '--every is'],
    [
      'two guards',
      ['--lost', 'state', '--at', POINT, '--function', 'f', '--tables', 'a,b,c'],
      'leave out --tables',
    ],
  ])('%s is a mistake in the command', async (_, args, said) => {
    const { code, json, err } = await restore(...args);
    expect([code, json, err]).toEqual([2, null, expect.stringContaining(said)]);
  });
});

describe('how a table is protected', () => {
  it('is asked of the template where the table itself has no policy any more', async () => {
    const ResourceArn = `arn:aws:dynamodb:us-east-1:000000000000:table/${named('state')}`;
    const client = engineClient(ground.backups.endpoint);
    await client.send(new DeleteResourcePolicyCommand({ ResourceArn }));
    ground.backups.changes();
    const refused = await restore('--lost', 'state', '--at', POINT, '--suffix', 'd');
    expect([refused.code, refused.json.error.code]).toEqual([3, 'PROTECTION_UNKNOWN']);
    expect(ground.backups.changes()).toEqual([]);
    const told = await restore('--lost', 'state', '--at', POINT, '--suffix', 'd', ...rig.files());
    expect([told.code, told.json.protection[0].from]).toEqual([0, expect.stringContaining('template.json')]);
    const Policy = JSON.stringify(POLICY);
    await client.send(new PutResourcePolicyCommand({ ResourceArn, Policy }));
    client.destroy();
  });
});

describe('a restore', () => {
  it('puts on what no restore brings back, the policy first, and says whose it is', async () => {
    const { code, json } = await restore('--lost', 'state', '--at', POINT, '--suffix', 'a');
    const table = `${named('state')}-a`;
    expect([code, json.protection]).toEqual([
      0,
      [{ table, from: named('state'), put: ['policy', 'deletionProtection', 'recoveryDays', 'timeToLive'] }],
    ]);
    expect(ground.backups.changes().map((each) => each.split(' ')[0])).toEqual([
      'RestoreTableToPointInTime',
      'PutResourcePolicy',
      'UpdateTable',
      'UpdateContinuousBackups',
      'UpdateTimeToLive',
    ]);
  });

  it('given again goes on where it was, and does nothing twice', async () => {
    ground.backups.slow(3);
    const command = ['--lost', 'state,objects', '--at', POINT, '--suffix', 'b', '--every', '0.01'];
    const [one, two] = [await restore(...command), await restore(...command)];
    ground.backups.slow(0);
    // What was acknowledged last is in neither second: it has to come back with objects of a later one.
    expect([one.code, two.code]).toEqual([5, 5]);
    expect(two.err).toContain('was begun before');
    expect({ ...two.json, protection: null }).toEqual({ ...one.json, protection: null });
    expect(two.json.protection.map(({ put }: { put: unknown }) => put)).toEqual([[], []]);
    expect(ground.backups.changes().filter((each) => each.startsWith('Restore'))).toHaveLength(2);
  });

  it('that asks the deployed function finds the same', async () => {
    const { objects, state, floor } = rig.store.tables;
    ground.backups.deployed('decide', {
      ...{ OBJECTS_TABLE: objects, STATE_TABLE: state, FLOOR_TABLE: floor },
      COMMIT_PUBLIC_KEYS: rig.store.signer.publicKey,
      FOUNDER_KEYS: rig.store.founders.join(','),
    });
    const plan = await rig.recover('plan', '--function', 'decide', '--lost', 'state');
    expect([plan.code, plan.json.next]).toEqual([
      0,
      `routeguard recover restore --function decide --lost state --at ${LATER}`,
    ]);
    const none = await rig.recover('plan', '--function', 'nobody');
    expect([none.code, none.json.error.message]).toEqual([
      4,
      expect.stringContaining('nobody cannot be read'),
    ]);
  });

  it('of a table that protects nothing copies nothing', async () => {
    const { client } = rig.store;
    await client.send(
      new UpdateTableCommand({ TableName: named('state'), DeletionProtectionEnabled: false }),
    );
    const { json } = await restore('--lost', 'state', '--at', POINT, '--suffix', 'c');
    await client.send(new UpdateTableCommand({ TableName: named('state'), DeletionProtectionEnabled: true }));
    // Protection that an administrator takes off to make room is put on all the same.
    expect(json.protection[0].put).toContain('deletionProtection');
  });
});

describe('what came back', () => {
  it('is told in words: what is sound, held, lost, and what to type', async () => {
    await rig.store.change({});
    const ran = await routeguard('recover', 'check', '--state', `${named('state')}-a`);
    expect(ran.code).toBe(0);
    for (const line of [
      'Sound: version 1 (sha256:',
      'HELD (HEAD_BELOW_FLOOR): every decision is denied',
      'LOST: 2 versions that were acknowledged are not in it',
      '  two founders',
      '    two of ulysses, uma: for us-',
      'routeguard registry confirm 1 sha256:',
    ])
      expect(ran.out).toContain(line);
  });

  it.each<[string, string, () => Promise<readonly string[]>]>([
    [
      'a HEAD of before anything was published',
      'NO_HEAD',
      async () => ['restore', '--lost', 'state', '--at', EMPTY, '--suffix', 'empty'],
    ],
    [
      'objects of before HEAD',
      'OBJECTS_MISSING',
      async () => {
        const tables = { objects: 'older-objects', state: 'older-state', floor: 'older-floor' };
        await createTables(rig.store.engine.endpoint, tables);
        return ['check', '--objects', 'older-objects'];
      },
    ],
    [
      'a HEAD that no key of this guard signed',
      'FOREIGN_REGISTRY',
      async () => ['check', '--commit-keys', newSigner().publicKey],
    ],
    [
      'another guard’s state table',
      'FOREIGN_REGISTRY',
      async () => {
        const other = await startRecoveryRig(ground);
        const keys = [rig.store.signer.publicKey, other.store.signer.publicKey].join(',');
        return ['check', '--state', other.store.tables.state, '--commit-keys', keys];
      },
    ],
  ])('%s is named: %s', async (_, code, make) => {
    const { code: exit, json } = await rig.recover(...(await make()));
    expect([exit, json.error?.code, json.error?.message]).toEqual([3, code, expect.any(String)]);
  });
});

describe('protection', () => {
  it('is looked at, put on, and found there', async () => {
    const state = `${named('state')}-a`;
    const look = () => rig.recover('protect', '--check', '--state', state, ...rig.files());
    const lacks = await look();
    expect([lacks.code, lacks.json.error.code]).toEqual([3, 'UNPROTECTED']);
    expect(lacks.json.error.details.tables[0].lacks).toContain('policy');
    const put = await rig.recover('protect', '--state', state, ...rig.files());
    expect(put.code).toBe(0);
    expect(await look()).toMatchObject({ code: 0, json: { tables: [{ table: state, lacks: [] }] } });
  });
});
