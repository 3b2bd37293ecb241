/** Keys in KMS: the AWS SDK against a server of this process that answers as KMS does, and signs. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RegistryClient } from '../../cli/registry/connection.ts';
import { RegistryUnavailableError } from '../../cli/registry/errors.ts';
import { kmsKey } from '../../cli/registry/kms-key.ts';
import { personSigner } from '../../cli/registry/signing.ts';
import { plainSignature } from '../../cli/release/plain-signature.ts';
import { UsageError } from '../../cli/usage-error.ts';
import type { Statement } from '../../functions/core/administration/statement.ts';
import { isSignedByItsKey, publicKeyOf } from '../../functions/store/person-signature.ts';
import { routeguard } from './command.ts';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
const ed = generateKeyPairSync('ed25519').privateKey;
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const other = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;

const ARN = 'arn:aws:kms:eu-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const spki = (key: KeyObject): Buffer => {
  const { x, y, crv } = key.export({ format: 'jwk' });
  if (crv !== 'P-256') return Buffer.from(publicKeyOf(key), 'base64');
  // The prefix of every P-256 key in this form.
  const prefix = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex');
  return Buffer.concat([prefix, Buffer.from(x ?? '', 'base64url'), Buffer.from(y ?? '', 'base64url')]);
};

interface Kept {
  readonly spec: string;
  readonly key: KeyObject;
  /** Signs in the place of `key`. */
  readonly signer?: KeyObject;
  /** Answered in the place of every signature; null answers none. */
  readonly signature?: string | null;
  /** The error that signing ends with. */
  readonly refuses?: string;
}

const KEPT: ReadonlyMap<string, Kept> = new Map<string, Kept>([
  [ARN, { spec: 'ECC_NIST_P384', key: ec }],
  ['alias/pat', { spec: 'ECC_NIST_P384', key: ec }],
  ['alias/edwards', { spec: 'ECC_NIST_EDWARDS25519', key: ed }],
  ['alias/p256', { spec: 'ECC_NIST_P256', key: p256 }],
  ['alias/said-p384', { spec: 'ECC_NIST_P384', key: p256 }],
  ['alias/moved', { spec: 'ECC_NIST_P384', key: ec, signer: other }],
  ['alias/mute', { spec: 'ECC_NIST_P384', key: ec, signature: null }],
  ['alias/garbage', { spec: 'ECC_NIST_P384', key: ec, signature: 'AAAA' }],
  ['alias/mute-edwards', { spec: 'ECC_NIST_EDWARDS25519', key: ed, signature: null }],
  ['alias/may-not-sign', { spec: 'ECC_NIST_P384', key: ec, refuses: 'AccessDeniedException' }],
]);

interface Asked {
  readonly method: string;
  readonly region: string;
  readonly KeyId: string;
  readonly Message?: string;
  readonly MessageType?: string;
  readonly SigningAlgorithm?: string;
}
const asked: Asked[] = [];

/** More than KMS takes whole. */
const LONG = Buffer.alloc(4097, 'a');

function answerTo({
  method,
  KeyId,
  Message = '',
  MessageType,
  SigningAlgorithm,
}: Asked): object | string | undefined {
  const [, error] = /^alias\/error-(.*)$/.exec(KeyId) ?? [];
  if (error !== undefined) return error;
  if (KeyId === 'alias/silent') return undefined;
  const kept = KEPT.get(KeyId);
  if (kept === undefined) return 'NotFoundException';
  const { spec, key, signer = key, signature, refuses } = kept;
  if (method === 'GetPublicKey')
    return { KeyId, KeySpec: spec, PublicKey: spki(key).toString('base64'), KeyUsage: 'SIGN_VERIFY' };
  if (refuses !== undefined) return refuses;
  if (signature !== undefined) return { KeyId, ...(signature !== null && { Signature: signature }) };
  const isEdwards = SigningAlgorithm === 'ED25519_SHA_512';
  const hash = isEdwards ? null : 'sha384';
  const sent = Buffer.from(Message, 'base64');
  if (MessageType === 'RAW' && sent.length > 4096) return 'ValidationException';
  // Whoever has a digest alone signs it without knowing of what; Node signs messages.
  const isLong = MessageType === 'DIGEST' && createHash('sha384').update(LONG).digest().equals(sent);
  return { KeyId, Signature: sign(hash, isLong ? LONG : sent, signer).toString('base64') };
}

let server: Server;
let endpoint = '';
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const method = String(request.headers['x-amz-target']).replace('TrentService.', '');
    const [, region = ''] = /\/\d{8}\/([^/]+)\/kms\//.exec(request.headers.authorization ?? '') ?? [];
    const one: Asked = { ...JSON.parse(Buffer.concat(chunks).toString()), method, region };
    asked.push(one);
    const answer = answerTo(one);
    if (answer === undefined) return;
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.statusCode = typeof answer === 'string' ? 400 : 200;
    response.end(JSON.stringify(typeof answer === 'string' ? { __type: answer } : answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  endpoint = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
const environment = {
  AWS_ACCESS_KEY_ID: 'a',
  AWS_SECRET_ACCESS_KEY: 'b',
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: '',
  // Nothing of this machine's user.
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
};
beforeEach(() => {
  asked.length = 0;
  vi.stubEnv('AWS_ENDPOINT_URL_KMS', endpoint);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});
afterEach(() => vi.unstubAllEnvs());

const STATEMENT: Statement = {
  ...{ operation: 'propose', registry: 'f'.repeat(32), at: '2026-01-01T00:00:00.000Z' },
  content: `sha256:${'0'.repeat(64)}`,
};
const show = (name: string) => routeguard('registry', 'key', 'show', name);

describe('a key in KMS', () => {
  it.each([
    ['by its ARN, in its Region', ARN, ec, 'ECDSA_SHA_384', 'eu-west-2'],
    ['by alias, in that of the environment', 'kms:alias/pat', ec, 'ECDSA_SHA_384', 'us-east-1'],
    ['by its ARN after kms:', `kms:${ARN}`, ec, 'ECDSA_SHA_384', 'eu-west-2'],
    ['Ed25519', 'kms:alias/edwards', ed, 'ED25519_SHA_512', 'us-east-1'],
  ])('%s', async (_what, name, key, algorithm, region) => {
    expect(await show(name)).toEqual({ code: 0, out: `${publicKeyOf(key)}\n`, err: '' });
    expect(asked.map(({ method }) => method)).toEqual(['GetPublicKey']);
    const signer = await kmsKey(name);
    // Often enough that numbers with and without a leading zero come up.
    for (let round = 0; round < 20; round += 1) {
      const statement = { ...STATEMENT, content: `sha256:${String(round).padStart(64, '0')}` } as const;
      const signed = await signer.sign(statement);
      expect([isSignedByItsKey(signed), signed.key]).toEqual([true, publicKeyOf(key)]);
      expect(signed.statement).toEqual(statement);
    }
    expect(asked.at(-1)).toMatchObject({
      ...{ method: 'Sign', region, KeyId: name.replace(/^kms:/, '') },
      ...{ MessageType: 'RAW', SigningAlgorithm: algorithm },
    });
  });

  it('signs what is longer than KMS takes by its hash, where the kind of key has one', async () => {
    const [curve, edwards] = [await kmsKey('kms:alias/pat'), await kmsKey('kms:alias/edwards')];
    const whole = LONG.subarray(1);
    for (const [key, message] of [
      [curve, LONG],
      [curve, whole],
      [edwards, whole],
    ] as const)
      expect(await plainSignature(key, message)).toBeInstanceOf(Buffer);
    expect(asked.slice(2).map(({ MessageType }) => MessageType)).toEqual(['DIGEST', 'RAW', 'RAW']);
    await expect(plainSignature(edwards, LONG)).rejects.toThrow('take one of spec ECC_NIST_P384');
  });

  it('signs what a command sends, and nothing is asked of a registry without it', async () => {
    const paths: string[] = [];
    const registry: RegistryClient = async ({ path }) => {
      paths.push(path);
      return { registry: STATEMENT.registry, base: null, root: null, people: null, epoch: null, floor: null };
    };
    await expect(personSigner({ key: 'kms:alias/nobody' }, registry)).rejects.toThrow(/is no key in that/);
    expect(paths).toEqual([]);
    const { operation, content } = STATEMENT as Extract<Statement, { readonly operation: 'propose' }>;
    const signed = await (await personSigner({ key: ARN }, registry)).sign({ operation, content });
    expect([isSignedByItsKey(signed), signed.key, paths]).toEqual([true, publicKeyOf(ec), ['signing']]);
  });
});

describe('a key that is none', () => {
  const ANOTHER_KIND =
    'is another kind of key: a person’s is of spec ECC_NIST_P384 or ECC_NIST_EDWARDS25519, for signing';
  it.each([
    ['kms:alias/nobody', 'alias/nobody is no key in that account and Region'],
    [
      'kms:alias/error-AccessDeniedException',
      'alias/error-AccessDeniedException is not for your AWS credentials: its policy, or yours, must allow kms:GetPublicKey and kms:Sign',
    ],
    ['kms:alias/p256', `alias/p256 ${ANOTHER_KIND}`],
    ['kms:alias/said-p384', 'KMS names a public key that is neither Ed25519 nor on P-384'],
    [
      'kms:alias/error-UnsupportedOperationException',
      `alias/error-UnsupportedOperationException ${ANOTHER_KIND}`,
    ],
    ['kms:alias/error-DisabledException', 'alias/error-DisabledException is disabled'],
    [
      'kms:alias/error-KMSInvalidStateException',
      'alias/error-KMSInvalidStateException is disabled, or about to be deleted',
    ],
    ['kms:alias/error-ValidationException', 'alias/error-ValidationException is no name of a key'],
    [
      'kms:alias/error-ExpiredTokenException',
      'alias/error-ExpiredTokenException needs AWS credentials, and yours have expired',
    ],
    [
      'kms:alias/error-IncompleteSignatureException',
      'alias/error-IncompleteSignatureException is refused by KMS (IncompleteSignatureException)',
    ],
    [
      'arn:aws:s3:::bucket',
      'arn:aws:s3:::bucket is no ARN of a KMS key: arn:aws:kms:<Region>:<account>:key/<id>',
    ],
    [
      'kms:arn:aws:kms:eu-west-2:12:key/1',
      'arn:aws:kms:eu-west-2:12:key/1 is no ARN of a KMS key: arn:aws:kms:<Region>:<account>:key/<id>',
    ],
  ])('%s', async (name, sentence) => {
    expect(await show(name)).toEqual({ code: 2, out: '', err: `routeguard: ${sentence}\n` });
  });

  it('is found nowhere without a Region', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    vi.stubEnv('AWS_DEFAULT_REGION', undefined);
    expect((await show('kms:alias/pat')).err).toBe(
      'routeguard: AWS_REGION names the Region of a KMS key, or its whole ARN does\n',
    );
    vi.stubEnv('AWS_DEFAULT_REGION', 'us-west-1');
    expect([(await show('kms:alias/pat')).code, asked.map(({ region }) => region)]).toEqual([
      0,
      ['us-west-1'],
    ]);
  });

  it('is not for somebody without credentials', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    expect((await show(ARN)).err).toBe(`routeguard: ${ARN} needs AWS credentials, and there are none\n`);
    expect(asked).toEqual([]);
  });

  it('where KMS does not answer, may be there later', async () => {
    const internal = await show('kms:alias/error-KMSInternalException');
    expect([internal.code, internal.err]).toEqual([
      4,
      'routeguard: KMS does not answer for alias/error-KMSInternalException (KMSInternalException)\n',
    ]);
    const silent = kmsKey('kms:alias/silent', 100);
    await expect(silent).rejects.toThrow('KMS does not answer for alias/silent (TimeoutError)');
    await expect(silent).rejects.toBeInstanceOf(RegistryUnavailableError);
  }, 20_000);
});

describe('what KMS answers is not believed', () => {
  const NOT_ITS = 'KMS answered with something else than a signature by that key: it is not sent';
  it.each([
    ['alias/moved', NOT_ITS],
    ['alias/mute-edwards', NOT_ITS],
    ['alias/mute', 'alias/mute signed nothing: what KMS answered is no signature'],
    ['alias/garbage', 'alias/garbage signed nothing: what KMS answered is no signature'],
    [
      'alias/may-not-sign',
      'alias/may-not-sign is not for your AWS credentials: its policy, or yours, must allow kms:GetPublicKey and kms:Sign',
    ],
  ])('%s', async (alias, sentence) => {
    const signed = kmsKey(`kms:${alias}`).then((key) => key.sign(STATEMENT));
    await expect(signed).rejects.toThrow(sentence);
    await expect(signed).rejects.toBeInstanceOf(UsageError);
  });
});
