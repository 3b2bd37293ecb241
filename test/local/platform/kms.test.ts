/** The local KMS: who is answered what. That the real SDK is answered is tested where the bundles run. */
import { verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { localNames } from '../../../infra/local/names.ts';
import { kmsDoor } from '../../../infra/local/platform/kms.ts';
import type { ServiceCall } from '../../../infra/local/platform/service-call.ts';
import { makeSigningKey, publicKeyText } from '../../../infra/local/signing-key.ts';
import type { Template } from '../../../infra/local/template.ts';
import { resourceOf } from '../../infra/stage-template.ts';
import { unheldGuard } from '../../infra/synthesised-guard.ts';

const template = unheldGuard();
const names = localNames('Test', template as Template);
const permissions = { template: template as Template, names };
const signing = makeSigningKey();
const KEY = names.attribute(resourceOf(template, 'AWS::KMS::Key', 'GuardKeysSigning').id, 'Arn');
const DATA = names.attribute(resourceOf(template, 'AWS::KMS::Key', 'GuardKeysData').id, 'Arn');
const roleOf = (start: string) =>
  names.attribute(resourceOf(template, 'AWS::IAM::Role', start).id, 'Arn') ?? '';
const REGISTRY = roleOf('GuardRegistryRole');
const message = Buffer.from('a commit');
const plain = { Message: message.toString('base64'), MessageType: 'RAW', SigningAlgorithm: 'ECDSA_SHA_384' };

function ask(role: string, operation: string, input: object, endpoint = true) {
  const call: ServiceCall = {
    ...{
      target: `TrentService.${operation}`,
      method: 'POST',
      path: '/',
      body: Buffer.from(JSON.stringify(input)),
    },
    attempt: (action, resource, context = {}) => ({ action, resource, role, context }),
    endpointAllows: () => endpoint,
  };
  const { status, headers, body } = kmsDoor(permissions, signing, call);
  return { status, error: headers['x-amzn-errortype'], body: JSON.parse(String(body)) };
}

it('signs as KMS does: DER, over the very text', () => {
  const { status, body } = ask(REGISTRY, 'Sign', { KeyId: KEY, ...plain });
  expect(status).toBe(200);
  const signature = Buffer.from(body.Signature, 'base64');
  expect(verify('sha384', message, { key: signing.publicKey, dsaEncoding: 'der' }, signature)).toBe(true);
});

it.each([
  ['the publisher', REGISTRY],
  ['the reader of the key', roleOf('GuardCommitKeyRole')],
])('shows the public half to %s', (_who, role) => {
  expect(ask(role, 'GetPublicKey', { KeyId: KEY })).toMatchObject({
    status: 200,
    body: { PublicKey: publicKeyText(signing), KeySpec: 'ECC_NIST_P384' },
  });
});

const SIGN = { KeyId: KEY, ...plain };

describe('refuses', () => {
  it.each<[string, string, string, object, string]>([
    ['who may only read the key', roleOf('GuardCommitKeyRole'), 'Sign', SIGN, 'AccessDeniedException'],
    ['who decides', roleOf('GuardDecideRole'), 'Sign', SIGN, 'AccessDeniedException'],
    [
      'who decides, even the public half',
      roleOf('GuardDecideRole'),
      'GetPublicKey',
      { KeyId: KEY },
      'AccessDeniedException',
    ],
    ['a key that there is not', REGISTRY, 'Sign', { ...SIGN, KeyId: `${KEY}2` }, 'NotFoundException'],
    ['a key that signs nothing', REGISTRY, 'Sign', { ...SIGN, KeyId: DATA }, 'NotFoundException'],
    [
      'another algorithm',
      REGISTRY,
      'Sign',
      { ...SIGN, SigningAlgorithm: 'ECDSA_SHA_256' },
      'ValidationException',
    ],
    ['a digest', REGISTRY, 'Sign', { ...SIGN, MessageType: 'DIGEST' }, 'ValidationException'],
    [
      'text that is too long',
      REGISTRY,
      'Sign',
      { ...SIGN, Message: Buffer.alloc(4097).toString('base64') },
      'ValidationException',
    ],
    ['no text', REGISTRY, 'Sign', { ...SIGN, Message: '' }, 'ValidationException'],
    ['another operation', REGISTRY, 'Decrypt', SIGN, 'UnknownOperationException'],
  ])('%s', (_what, role, operation, input, error) => {
    expect(ask(role, operation, input)).toMatchObject({ status: 400, error });
  });

  it('whom the endpoint’s policy does not let pass', () => {
    expect(ask(REGISTRY, 'Sign', SIGN, false)).toMatchObject({ error: 'AccessDeniedException' });
  });
});
