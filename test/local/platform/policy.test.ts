/** What policies say of a call, statement by statement. */
import { describe, expect, it } from 'vitest';
import type { Names } from '../../../infra/local/intrinsics.ts';
import { type Attempt, judgeAttempt } from '../../../infra/local/platform/policy.ts';
import { TemplateError } from '../../../infra/local/template.ts';

const names: Names = {
  pseudo: { 'AWS::AccountId': '000000000000' },
  ref: () => undefined,
  attribute: () => undefined,
};
const ROLE = 'arn:aws:iam::000000000000:role/r';
const ROOT = 'arn:aws:iam::000000000000:root';
const KEY = 'arn:aws:kms:us-east-1:000000000000:key/k';
const attempt: Attempt = {
  ...{ action: 'kms:Sign', resource: KEY, role: ROLE },
  context: { 'kms:SigningAlgorithm': 'ECDSA_SHA_384', 'aws:PrincipalAccount': '000000000000' },
};
const allow = { Effect: 'Allow', Action: 'kms:Sign', Resource: '*' };
const say = (...statements: readonly object[]) => judgeAttempt({ Statement: statements }, attempt, names);

it.each<[string, readonly object[], ReturnType<typeof judgeAttempt>]>([
  ['nothing', [], 'nobody'],
  ['the action', [allow], 'role'],
  ['one action of several', [{ ...allow, Action: ['kms:GetPublicKey', 'kms:Sign'] }], 'role'],
  ['a pattern', [{ ...allow, Action: 'kms:*' }], 'role'],
  ['another action', [{ ...allow, Action: 'kms:SignX' }], 'nobody'],
  ['an action that only begins so', [{ ...allow, Action: 'kms:Sig' }], 'nobody'],
  ['the resource', [{ ...allow, Resource: KEY }], 'role'],
  ['another resource', [{ ...allow, Resource: `${KEY}2` }], 'nobody'],
  [
    'a resource of another service, for another action',
    [{ ...allow, Action: 's3:*', Resource: { Ref: 'X' } }],
    'nobody',
  ],
  ['a denial beside it', [allow, { ...allow, Effect: 'Deny' }], 'nobody'],
  ['a denial of another action', [allow, { ...allow, Effect: 'Deny', Action: 'kms:Decrypt' }], 'role'],
  ['anybody', [{ ...allow, Principal: { AWS: '*' } }], 'role'],
  ['the role', [{ ...allow, Principal: { AWS: ROLE } }], 'role'],
  ['another role', [{ ...allow, Principal: { AWS: `${ROLE}2` } }], 'nobody'],
  ['the account', [{ ...allow, Principal: { AWS: ROOT } }], 'account'],
  [
    'the account and the role',
    [
      { ...allow, Principal: { AWS: ROOT } },
      { ...allow, Principal: { AWS: ROLE } },
    ],
    'role',
  ],
  ['a service', [{ ...allow, Principal: { Service: 'logs.amazonaws.com' } }], 'nobody'],
  [
    'a condition that is met',
    [{ ...allow, Condition: { StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } } }],
    'role',
  ],
  [
    'a condition that is not',
    [{ ...allow, Condition: { StringEquals: { 'aws:PrincipalAccount': '1' } } }],
    'nobody',
  ],
  [
    'a condition on what is not known',
    [{ ...allow, Condition: { StringEquals: { 'kms:ViaService': 'x' } } }],
    'nobody',
  ],
  [
    'the same where it may be absent',
    [{ ...allow, Condition: { StringEqualsIfExists: { 'kms:ViaService': 'x' } } }],
    'role',
  ],
  [
    'another algorithm, where it exists',
    [{ ...allow, Condition: { StringEqualsIfExists: { 'kms:SigningAlgorithm': 'x' } } }],
    'nobody',
  ],
])('%s', (_what, statements, said) => {
  expect(say(...statements)).toBe(said);
});

describe('what is not simulated stops it', () => {
  it.each([
    [{ ...allow, NotAction: 'x' }],
    [{ ...allow, NotResource: 'x' }],
    [{ ...allow, NotPrincipal: 'x' }],
    [{ ...allow, Condition: { ArnLike: { x: 'y' } } }],
  ])('%j', (statement) => {
    expect(() => say(statement)).toThrow(TemplateError);
  });
});
