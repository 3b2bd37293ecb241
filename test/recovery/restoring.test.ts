/** `routeguard recover`: what it refuses before anything is begun, what it finds afterwards, and that it goes on where it was. */
import { readFileSync, writeFileSync } from 'node:fs';
import {
  DeleteItemCommand,
  DeleteResourcePolicyCommand,
  GetItemCommand,
  PutItemCommand,
  PutResourcePolicyCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newestPoint, planFor } from '../../cli/recover/plan.ts';
import { FORMAT } from '../../functions/core/facts/format.ts';
import { HEAD_KEY } from '../../functions/store/head.ts';
import { routeguard } from '../cli/command.ts';
import { createKeyedTable, createTables, engineClient } from '../engine.ts';
import { publishOfFormat } from '../store/newer-format.ts';
import { newSigner } from '../store/store-rig.ts';
import {
  DATA_KEY,
  type Ground,
  POLICY,
  type RecoveryRig,
  startGround,
  startRecoveryRig,
} from './recovery-rig.ts';

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
    ['a day that is none', ['--lost', 'state', '--at', '2026-02-30T10:00:00Z'], '--at is a second in UTC'],
    ['an hour that is none', ['--lost', 'state', '--at', '2026-11-30T24:00:00Z'], '--at is a second in UTC'],
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

describe('the files that say how', () => {
  type Page = { StackResourceSummaries: { LogicalResourceId: string; PhysicalResourceId: string }[] };
  const look = (file: string) => {
    const [option = '', template = ''] = rig.files();
    return rig.recover(
      ...['protect', '--check', '--floor', named('floor'), option, template, '--resources', file],
    );
  };
  const made = (): readonly [file: string, page: Page] => {
    const file = rig.files()[3] ?? '';
    return [`${file}.other`, JSON.parse(readFileSync(file, 'utf8'))];
  };
  const pageOf = (all: Page['StackResourceSummaries']) => JSON.stringify({ StackResourceSummaries: all });
  it.each<[string, (all: Page['StackResourceSummaries']) => string, number, string]>([
    ['several pages', (all) => pageOf(all.slice(0, 100)) + pageOf(all.slice(100)), 3, 'UNPROTECTED'],
    [
      'a list of pages',
      (all) => `[${pageOf(all.slice(0, 100))},${pageOf(all.slice(100))}]`,
      3,
      'UNPROTECTED',
    ],
    ['the first 100 alone', (all) => pageOf(all.slice(0, 100)), 2, 'list-stack-resources'],
    [
      'another stack’s',
      (all) => pageOf(all.map((each) => ({ ...each, PhysicalResourceId: `x-${each.PhysicalResourceId}` }))),
      2,
      'of another stack',
    ],
    [
      'another key',
      (all) =>
        pageOf(
          all.map((each) =>
            each.PhysicalResourceId === 'data' ? { ...each, PhysicalResourceId: 'k' } : each,
          ),
        ),
      3,
      'OTHER_KEY',
    ],
  ])('%s', async (_, write, exit, said) => {
    const [file, { StackResourceSummaries: all }] = made();
    writeFileSync(file, write(all));
    const { code, json, err } = await look(file);
    expect([code, json?.error.code ?? err]).toEqual([exit, expect.stringContaining(said)]);
  });
});

describe('a backup', () => {
  const at = (text: string) => new Date(text);
  const gone = (table: string, ...backups: readonly string[]) => ({
    ...{ table, there: null, window: null },
    backups: backups.map((each) => ({ arn: each, at: at(each) })),
  });
  it('is taken as of its own instant, the newest and not one of a week before', () => {
    const window = { from: at('2026-11-01T00:00:00.000Z'), to: at('2026-11-30T10:05:00.250Z') };
    const there = { there: {}, window, backups: [] };
    const newest = '2026-11-30T10:00:00.543Z';
    const found = {
      objects: { table: 'o', ...there },
      state: gone('s', newest, '2026-11-23T00:00:00.100Z'),
      floor: { table: 'f', ...there },
    };
    const tables = { objects: 'o', state: 's', floor: 'f' };
    const point = newestPoint(found, ['state']);
    expect(point?.toISOString()).toBe(newest);
    const [restoring] = planFor(tables, found, ['state'], point ?? new Date(0), 'x').restoring;
    expect(restoring?.origin).toMatchObject({ kind: 'backup', arn: newest });
    expect(newestPoint(found, ['objects'])?.toISOString()).toBe('2026-11-30T10:04:00.000Z');
  });
});

describe('a restore', () => {
  it('puts on what no restore brings back, the policy first, and says whose it is', async () => {
    const { code, json } = await restore('--lost', 'state', '--at', POINT, '--suffix', 'a');
    const table = `${named('state')}-a`;
    expect([code, json.protection]).toMatchObject([
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
    expect(plan.json.check).toBe(`routeguard recover check --function decide --made-for ${state}`);
    const given = ['--tables', `${objects},${state},${floor}`, '--commit-keys', rig.store.signer.publicKey];
    const keys = [...given, '--founder-keys', rig.store.founders.join(',')];
    const named = await rig.recover('plan', ...keys, '--lost', 'state');
    for (const each of keys) expect(named.json.next).toContain(each);
    const none = await rig.recover('plan', '--function', 'nobody');
    expect([none.code, none.json.error.message]).toEqual([
      4,
      expect.stringContaining('nobody cannot be read'),
    ]);
  });

  it('of objects is planned with a second for each, and with what is looked at when it is deployed', async () => {
    const { objects, state, floor } = rig.store.tables;
    const asked = ['plan', '--lost', 'objects,state', '--at', POINT, '--suffix', 's'];
    const { json } = await rig.recover(...asked);
    expect(
      json.restoring.map((each: { name: string; origin: { at: string } }) => [each.name, each.origin.at]),
    ).toEqual([
      ['objects', '2026-11-30T10:01:00.000Z'],
      ['state', '2026-11-30T10:00:00.000Z'],
    ]);
    expect(json.check).toBe(
      `routeguard recover check --tables ${objects}-s,${state}-s,${floor} --made-for ${state} --damaged-objects ${objects}`,
    );
    const { out } = await routeguard('recover', ...asked);
    const words = out.replaceAll(/\s+/g, ' ');
    expect(words).toContain('Objects come from later than the point: they only grow');
    expect(words).toContain(`once that is deployed, look again before anybody confirms: ${json.check}`);
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

describe('what a restore ends in', () => {
  it.each([
    ['a key that cannot be used', 'INACCESSIBLE_ENCRYPTION_CREDENTIALS', 'k'],
    ['no table', null, 'n'],
  ])('%s is refused, and not waited for', async (_, status, suffix) => {
    ground.backups.slow(1);
    ground.backups.ends(status);
    const ran = await restore('--lost', 'state', '--at', POINT, '--suffix', suffix, '--every', '0.01');
    ground.backups.slow(0);
    ground.backups.ends('CREATING');
    expect([ran.code, ran.json.error.code]).toEqual([3, 'RESTORE_FAILED']);
  });

  it('is under the key the template says, whatever the table of before was under', async () => {
    ground.backups.encrypt(named('state'), 'arn:aws:kms:us-east-1:000000000000:key/other');
    const { code, json } = await restore('--lost', 'state', '--at', POINT, '--suffix', 'y', ...rig.files());
    ground.backups.encrypt(named('state'), DATA_KEY);
    expect([code, json.protection[0].lacks]).toEqual([0, []]);
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

it.each<readonly [format: number, oldestReader: number]>([
  [FORMAT + 1, FORMAT + 1],
  [FORMAT + 1, FORMAT],
])(
  'a registry of format %i, for readers of %i, asks for a newer build, and is called no other thing',
  async (format, oldestReader) => {
    const other = await startRecoveryRig(ground);
    await publishOfFormat(other.store, { format, oldestReader });
    const checked = await other.recover('check');
    expect([checked.code, checked.json.error?.code, checked.json.error?.message]).toEqual([
      ...[3, 'NEWER_BUILD', expect.stringContaining('REGISTRY_FORMAT')],
    ]);
    // Whoever can read it decides on it.
    const closed = await other.recover('close', '--floor', other.store.tables.floor, '--for-ever');
    expect([closed.code, closed.json.error?.code]).toEqual([3, 'IN_USE']);
    await other.stop();
  },
);

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

  it('takes off what would let a floor expire, and says what it is then', async () => {
    const client = engineClient(ground.backups.endpoint);
    const TimeToLiveSpecification = { Enabled: true, AttributeName: 'since' };
    await client.send(new UpdateTimeToLiveCommand({ TableName: named('floor'), TimeToLiveSpecification }));
    client.destroy();
    const floor = ['protect', '--floor', named('floor'), ...rig.files()];
    const ran = await rig.recover(...floor);
    expect([ran.code, ran.json.tables?.[0]]).toMatchObject([0, { put: ['policy', 'timeToLive'], lacks: [] }]);
    expect((await rig.recover(...floor, '--check')).code).toBe(0);
  });
});
