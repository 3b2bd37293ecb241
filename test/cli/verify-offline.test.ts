/** `routeguard registry verify --offline`: the audit from the tables alone, and how the command ends. */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { HEAD_KEY } from '../../functions/store/head.ts';
import { publicKeyOf } from '../../functions/store/person-signature.ts';
import { localKey } from '../../infra/local/identities.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { stateOf } from '../decide/rig.ts';
import { newSigner, openRig, type StoreRig } from '../store/store-rig.ts';
import { routeguard } from './command.ts';

let rig: StoreRig;
beforeAll(async () => {
  rig = await openRig();
  await rig.genesis(stateOf(readSampleRegistry()));
  await rig.change({});
  vi.stubEnv('AWS_REGION', 'eu-west-2');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', rig.engine.endpoint);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rig.stop();
});

const verify = (...more: readonly string[]) => routeguard('registry', 'verify', '--offline', ...more);
const tables = () => ['--tables', [rig.tables.objects, rig.tables.state, rig.tables.floor].join(',')];
const founders = (keys = rig.founders) => ['--founder-keys', keys.join(',')];
const commits = (key = rig.signer.publicKey) => ['--commit-keys', key];

describe('a history', () => {
  it('that is sound ends with 0, in words and as JSON', async () => {
    const words = await verify(...tables(), ...founders(), ...commits());
    expect(words).toEqual({
      code: 0,
      out: expect.stringMatching(
        /^Sound: 2 versions and \d+ objects are what was published\.\n0 objects that no version refers to, 0 bytes: .*\n$/,
      ),
      err: '',
    });
    const { code, out } = await verify('--json', ...tables(), ...founders(), ...commits());
    expect([code, JSON.parse(out)]).toMatchObject([0, { sound: true, head: 2, problems: [], purged: [] }]);
  });

  it.each<[string, () => readonly string[], string]>([
    [
      'by other founders',
      () => [...founders(['mallory', 'm'].map((name) => publicKeyOf(localKey(name)))), ...commits()],
      'KEYRING_NOT_TWO_PEOPLE',
    ],
    ['by another commit key', () => [...founders(), ...commits(newSigner().publicKey)], 'HEAD_UNSOUND'],
  ])('%s ends with 3', async (_, keys, code) => {
    const ran = await verify(...tables(), ...keys());
    expect([ran.code, ran.out]).toEqual([3, expect.stringContaining(code)]);
  });

  it('whose HEAD was put back ends with 3', async () => {
    const state = { TableName: rig.tables.state };
    const { Item } = await rig.client.send(new GetItemCommand({ ...state, Key: HEAD_KEY }));
    await rig.change({});
    await rig.client.send(new PutItemCommand({ ...state, Item: { ...Item, ...HEAD_KEY } }));
    const ran = await verify(...tables(), ...founders(), ...commits());
    expect([ran.code, ran.out]).toEqual([3, expect.stringContaining('FLOOR  version 2')]);
  });
});

describe('what it needs', () => {
  it.each<[string, () => readonly string[], string]>([
    ['no tables', () => [...founders(), ...commits()], '--tables OBJECTS,STATE,FLOOR'],
    ['two tables', () => ['--tables', 'a,b', ...founders(), ...commits()], '--tables OBJECTS,STATE,FLOOR'],
    ['four tables', () => ['--tables', 'a,b,c,d', ...founders(), ...commits()], '--tables OBJECTS'],
    ['no founders', () => [...tables(), ...commits()], '--founder-keys'],
    ['one founder', () => [...tables(), ...founders(rig.founders.slice(1)), ...commits()], 'at least two'],
    ['no commit keys', () => [...tables(), ...founders()], '--commit-keys'],
    ['no key', () => [...tables(), ...founders(), '--commit-keys', 'x'], '--commit-keys: '],
    [
      'a guard',
      () => ['--as', 'auditor', ...tables(), ...founders(), ...commits()],
      'leave out --url, --function and --as',
    ],
  ])('%s ends with 2, before anything is read', async (_, args, said) => {
    const { code, out, err } = await verify(...args());
    expect([code, out, err]).toEqual([2, '', expect.stringContaining(said)]);
  });

  it('a table that is not there ends with 4', async () => {
    const { code, err } = await verify('--tables', 'a,b,c', ...founders(), ...commits());
    expect([code, err]).toEqual([4, 'routeguard: STORE_REFUSED: the database refused the call\n']);
  });
});
