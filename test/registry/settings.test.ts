/** Settings of the registry's functions: exact values, and no start on anything else. */
import { describe, expect, it } from 'vitest';
import {
  readRegistrySettings,
  readSealKeys,
  readSigningSettings,
} from '../../functions/registry/settings.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { makeSigningKey, publicKeyText } from '../../infra/local/signing-key.ts';

const KEY = makeSigningKey();

const SOUND = {
  OBJECTS_TABLE: 'objects',
  STATE_TABLE: 'state',
  FLOOR_TABLE: 'floor',
  COMMIT_PUBLIC_KEYS: publicKeyText(KEY),
  FOUNDER_KEYS: LOCAL_FOUNDERS.join(','),
  ACCOUNT_ID: '123456789012',
  API_ID: 'api',
  LEASE_SECONDS: '300',
  CLOCK_SKEW_SECONDS: '60',
  HEAD_COPIES: '64',
};
const EXPECTED = {
  tables: { objects: 'objects', state: 'state', floor: 'floor' },
  publicKeys: [KEY.publicKey],
  founders: LOCAL_FOUNDERS,
  place: { account: '123456789012', api: 'api' },
  leaseMs: 300_000,
  clockSkewMs: 60_000,
  headCopies: 64,
  sample: false,
  connectMs: 1000,
  readMs: 5000,
};

it.each([
  [{}, {}],
  [{ SAMPLE_REGISTRY: 'true' }, { sample: true }],
  [{ SAMPLE_REGISTRY: 'false' }, {}],
  [
    { LEASE_SECONDS: '1', CLOCK_SKEW_SECONDS: '0' },
    { leaseMs: 1000, clockSkewMs: 0 },
  ],
])('%o', (change, expected) => {
  expect(readRegistrySettings({ ...SOUND, ...change })).toEqual({ ...EXPECTED, ...expected });
});

const whole = (least: number, most: number) => `is not a whole number from ${least} to ${most}`;
it.each([
  ...[
    'OBJECTS_TABLE',
    'STATE_TABLE',
    'FLOOR_TABLE',
    'COMMIT_PUBLIC_KEYS',
    'FOUNDER_KEYS',
    'ACCOUNT_ID',
    'API_ID',
    'LEASE_SECONDS',
    'CLOCK_SKEW_SECONDS',
    'HEAD_COPIES',
  ].flatMap((name) =>
    [undefined, ''].map((value) => [{ [name]: value }, `variable ${name} is not set`] as const),
  ),
  ...['0', '301', '-1', '1.5', '1e2', ' 5', '0000005'].map(
    (value) => [{ LEASE_SECONDS: value }, whole(1, 300)] as const,
  ),
  ...['61', '-1', 'x'].map((value) => [{ CLOCK_SKEW_SECONDS: value }, whole(0, 60)] as const),
  ...['0', '65', 'x'].map((value) => [{ HEAD_COPIES: value }, whole(1, 64)] as const),
  ...['', 'yes', 'TRUE', '1'].map(
    (value) => [{ SAMPLE_REGISTRY: value }, 'is neither true nor false'] as const,
  ),
] as const)('%o stops the function', (change, message) => {
  expect(() => readRegistrySettings({ ...SOUND, ...change })).toThrow(message);
});

describe.each(['COMMIT_SIGNING_KEY', 'SEALING_KEY'] as const)('%s', (key) => {
  const given = (forms: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(forms).map(([form, value]) => [`${key}_${form}`, value]));

  it.each([
    [{ ID: 'id' }, { by: 'kms', keyId: 'id' }],
    [{ FILE: 'f' }, { by: 'file', path: 'f' }],
    [
      { PEM: 'p', ID: '' },
      { by: 'pem', pem: 'p' },
    ],
  ])('of %o', (forms, expected) => {
    expect(readSigningSettings(given(forms), key)).toEqual(expected);
  });

  it.each([{}, { ID: '' }, { ID: 'id', PEM: 'p' }, { ID: 'id', FILE: 'f' }])('of %o stops it', (forms) => {
    expect(() => readSigningSettings(given(forms), key)).toThrow(`set exactly one of ${key}_ID, ${key}_FILE`);
  });

  it('is not the other’s', () => {
    const other = key === 'SEALING_KEY' ? 'COMMIT_SIGNING_KEY' : 'SEALING_KEY';
    expect(() => readSigningSettings({ [`${other}_ID`]: 'id' }, key)).toThrow('set exactly one of');
  });
});

it('seals count by the keys that are named, and by no other', () => {
  expect(readSealKeys({ SEAL_PUBLIC_KEYS: publicKeyText(KEY) })).toEqual([KEY.publicKey]);
  expect(() => readSealKeys({ COMMIT_PUBLIC_KEYS: publicKeyText(KEY) })).toThrow(
    'SEAL_PUBLIC_KEYS is not set',
  );
});
