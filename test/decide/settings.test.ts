/** Every setting of the deciding functions, and every way of being wrong: a function that cannot trust one never starts. */
import { describe, expect, it } from 'vitest';
import { pageKeyOf } from '../../functions/access/page-key.ts';
import { readAccessSettings } from '../../functions/access/settings.ts';
import { readSettings } from '../../functions/decide/settings.ts';
import { serviceName } from '../../functions/metrics/service-name.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { makeSigningKey, publicKeyText } from '../../infra/local/signing-key.ts';

const KEYS = [makeSigningKey(), makeSigningKey()];

const GOOD = {
  OBJECTS_TABLE: 'objects',
  STATE_TABLE: 'state',
  FLOOR_TABLE: 'floor',
  COMMIT_PUBLIC_KEYS: KEYS.map(publicKeyText).join(','),
  FOUNDER_KEYS: LOCAL_FOUNDERS.join(','),
  BUILD_DIGEST: `sha256:${'0a'.repeat(32)}`,
  DYNAMODB_CONNECT_MS: '150',
  DYNAMODB_READ_MS: '250',
  DECIDE_BUDGET_MS: '1500',
  LEASE_SECONDS: '5',
  HEAD_COPIES: '16',
};
type Name = keyof typeof GOOD;

const READ = {
  tables: { objects: 'objects', state: 'state', floor: 'floor' },
  publicKeys: KEYS.map(({ publicKey }) => publicKey),
  founders: LOCAL_FOUNDERS,
  build: `sha256:${'0a'.repeat(32)}`,
  connectMs: 150,
  readMs: 250,
  budgetMs: 1500,
  leaseMs: 5000,
  headCopies: 16,
};

/** The largest value of each number, and what one of it is. */
const NUMBERS = [
  ['DYNAMODB_CONNECT_MS', 'connectMs', 10_000, 1],
  ['DYNAMODB_READ_MS', 'readMs', 10_000, 1],
  ['DECIDE_BUDGET_MS', 'budgetMs', 28_000, 1],
  ['LEASE_SECONDS', 'leaseMs', 300, 1000],
  ['HEAD_COPIES', 'headCopies', 64, 1],
] as const;
const NO_NUMBERS = [
  '0',
  '00',
  '-1',
  '1.5',
  '1e3',
  '0x10',
  'NaN',
  'Infinity',
  ' 5',
  '5 ',
  '+5',
  '5s',
  '٥',
  '1000000',
];

describe('the settings', () => {
  it('are read as they are', () => expect(readSettings(GOOD)).toEqual(READ));

  it.each(Object.keys(GOOD) as Name[])('need %s', (name) => {
    const { [name]: _left, ...rest } = GOOD;
    for (const env of [rest, { ...GOOD, [name]: '' }])
      expect(() => readSettings(env)).toThrow(new Error(`environment variable ${name} is not set`));
  });

  it.each(NUMBERS)('bound %s', (name, member, most, unit) => {
    for (const value of [1, most])
      expect(readSettings({ ...GOOD, [name]: String(value) })).toEqual({ ...READ, [member]: value * unit });
    const wrong = new Error(`environment variable ${name} is not a whole number from 1 to ${most}`);
    for (const bad of [String(most + 1), ...NO_NUMBERS])
      expect(() => readSettings({ ...GOOD, [name]: bad })).toThrow(wrong);
  });

  it.each([
    ['COMMIT_PUBLIC_KEYS', 'a key', 'commit keys: not a base64 public key'],
    ['COMMIT_PUBLIC_KEYS', LOCAL_FOUNDERS[0], 'commit keys: not an ECDSA P-384 key'],
    ['FOUNDER_KEYS', LOCAL_FOUNDERS[0], 'founder keys: at least two different'],
    ['FOUNDER_KEYS', `${LOCAL_FOUNDERS[0]},key`, 'founder keys: each is base64 of DER'],
  ])('take no %s %j', (name, value, problem) => {
    expect(() => readSettings({ ...GOOD, [name]: value })).toThrow(problem);
  });

  it.each([
    '',
    'sha256:',
    `sha256:${'0a'.repeat(31)}`,
    `sha256:${'0A'.repeat(32)}`,
    `${GOOD.BUILD_DIGEST}0`,
    ` ${GOOD.BUILD_DIGEST}`,
    `sha384:${'0a'.repeat(32)}`,
  ])('take no build named %j', (digest) =>
    expect(() => readSettings({ ...GOOD, BUILD_DIGEST: digest })).toThrow(
      /^environment variable BUILD_DIGEST/,
    ),
  );
});

describe('the settings of the access door', () => {
  it.each([
    [undefined, 'iam'],
    ['iam', 'iam'],
    ['authorizer', 'authorizer'],
  ])('CALLER_FROM %j is %s', (value, callerFrom) => {
    const env = value === undefined ? GOOD : { ...GOOD, CALLER_FROM: value };
    expect(readAccessSettings(env)).toEqual({ ...READ, callerFrom, identifier: undefined });
  });

  it.each(['', 'IAM', 'none', 'header'])('CALLER_FROM cannot be %j', (value) => {
    expect(() => readAccessSettings({ ...GOOD, CALLER_FROM: value })).toThrow(
      new Error('environment variable CALLER_FROM is neither iam nor authorizer'),
    );
  });

  it('PDP_IDENTIFIER is an https URL', () => {
    const identifier = 'https://pdp.example/tenant';
    expect(readAccessSettings({ ...GOOD, PDP_IDENTIFIER: identifier })).toMatchObject({ identifier });
    for (const bad of [
      '',
      'pdp.example',
      'http://pdp.example',
      'https://pdp.example/',
      'https://pdp.example?a=1',
      'https://pdp.example#a',
      'https://pdp .example',
      'x https://pdp.example',
    ])
      expect(() => readAccessSettings({ ...GOOD, PDP_IDENTIFIER: bad })).toThrow(
        /^environment variable PDP_IDENTIFIER/,
      );
  });

  it('needs the settings of every door', () =>
    expect(() => readAccessSettings({})).toThrow(/BUILD_DIGEST is not set/));

  it('seal pages with 32 bytes that no other deployment has', () => {
    const one = { tables: { objects: 'o', state: 's', floor: 'f' }, founders: ['k'] };
    const others = [
      one,
      { ...one, founders: ['l'] },
      { ...one, tables: { objects: 'p', state: 's', floor: 'f' } },
      { ...one, tables: { objects: 'o', state: 't', floor: 'f' } },
      { ...one, tables: { objects: 'o', state: 's', floor: 'g' } },
    ];
    const keys = others.map((settings) => Buffer.from(pageKeyOf(settings)).toString('hex'));
    expect(new Set(keys).size).toBe(4);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(pageKeyOf({ ...one })).toEqual(pageKeyOf(one));
  });
});

describe('the guard’s name in its metrics', () => {
  it.each([
    [undefined, 'routeguard'],
    ['', 'routeguard'],
    ['Guard_1.a-b', 'Guard_1.a-b'],
    ['x'.repeat(128), 'x'.repeat(128)],
    ['x'.repeat(129), 'routeguard'],
    ['two words', 'routeguard'],
    ['a\nb', 'routeguard'],
  ])('%j is %j', (value, name) => {
    expect(serviceName(value === undefined ? {} : { SERVICE_NAME: value })).toBe(name);
  });
});
