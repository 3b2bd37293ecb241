/** Settings of the registry's functions: exact values, and no start on anything else. */
import { expect, it } from 'vitest';
import { readRegistrySettings } from '../../functions/registry/settings.ts';
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
  COMMIT_SIGNING_KEY_ID: 'id',
  LEASE_SECONDS: '300',
  CLOCK_SKEW_SECONDS: '60',
};
const EXPECTED = {
  tables: { objects: 'objects', state: 'state', floor: 'floor' },
  publicKeys: [KEY.publicKey],
  founders: LOCAL_FOUNDERS,
  place: { account: '123456789012', api: 'api' },
  signing: { by: 'kms', keyId: 'id' },
  leaseMs: 300_000,
  clockSkewMs: 60_000,
  sample: false,
  connectMs: 1000,
  readMs: 5000,
};
const NO_KEY = { COMMIT_SIGNING_KEY_ID: undefined };

it.each([
  [{}, {}],
  [{ SAMPLE_REGISTRY: 'true' }, { sample: true }],
  [{ SAMPLE_REGISTRY: 'false' }, {}],
  [
    { LEASE_SECONDS: '1', CLOCK_SKEW_SECONDS: '0' },
    { leaseMs: 1000, clockSkewMs: 0 },
  ],
  [{ ...NO_KEY, COMMIT_SIGNING_KEY_FILE: 'f' }, { signing: { by: 'file', path: 'f' } }],
  [{ ...NO_KEY, COMMIT_SIGNING_KEY_PEM: 'p' }, { signing: { by: 'pem', pem: 'p' } }],
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
  ].flatMap((name) =>
    [undefined, ''].map((value) => [{ [name]: value }, `variable ${name} is not set`] as const),
  ),
  ...['0', '301', '-1', '1.5', '1e2', ' 5', '0000005'].map(
    (value) => [{ LEASE_SECONDS: value }, whole(1, 300)] as const,
  ),
  ...['61', '-1', 'x'].map((value) => [{ CLOCK_SKEW_SECONDS: value }, whole(0, 60)] as const),
  ...['', 'yes', 'TRUE', '1'].map(
    (value) => [{ SAMPLE_REGISTRY: value }, 'is neither true nor false'] as const,
  ),
  [NO_KEY, 'set exactly one of'],
  [{ COMMIT_SIGNING_KEY_PEM: 'p' }, 'set exactly one of'],
  [{ COMMIT_SIGNING_KEY_FILE: 'f' }, 'set exactly one of'],
] as const)('%o stops the function', (change, message) => {
  expect(() => readRegistrySettings({ ...SOUND, ...change })).toThrow(message);
});
