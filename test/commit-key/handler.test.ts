import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DeploymentEvent } from '../../functions/commit-key/handler.ts';

const der = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({
  type: 'spki',
  format: 'der',
});

/** What the pretended KMS answers next: the wire format of its GetPublicKey. */
let kmsAnswer: { status: number; body: object };
let told: { body: Record<string, unknown>; contentType: string | undefined } | undefined;
let cloudFormationStatus = 200;
let server: Server;
let handler: (event: DeploymentEvent) => Promise<void>;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    void read(request).then((text) => {
      if (request.method === 'PUT') {
        told = { body: JSON.parse(text), contentType: request.headers['content-type'] };
        response.writeHead(cloudFormationStatus).end();
      } else {
        response.writeHead(kmsAnswer.status, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify(kmsAnswer.body));
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv('AWS_ENDPOINT_URL_KMS', url);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  ({ handler } = await import('../../functions/commit-key/handler.ts'));
});
afterAll(() => server.close());

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

function event(change: Partial<DeploymentEvent> = {}): DeploymentEvent {
  return {
    RequestType: 'Create',
    ResponseURL: `${url}/answer`,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'CommitPublicKey',
    ResourceProperties: { KeyId: 'arn:key' },
    ...change,
  };
}

const good = { status: 200, body: { PublicKey: der.toString('base64'), KeySpec: 'ECC_NIST_P384' } };
const cases: readonly [
  what: string,
  answer: typeof kmsAnswer,
  change: Partial<DeploymentEvent>,
  expected: object,
][] = [
  ['a P-384 key', good, {}, { Status: 'SUCCESS', Data: { PublicKey: der.toString('base64') } }],
  ['an update', good, { RequestType: 'Update' }, { Status: 'SUCCESS', PhysicalResourceId: 'arn:key' }],
  [
    'a deletion, whatever KMS says',
    { status: 400, body: {} },
    { RequestType: 'Delete', PhysicalResourceId: 'arn:old' },
    { Status: 'SUCCESS', PhysicalResourceId: 'arn:old' },
  ],
  ['another curve', { ...good, body: { ...good.body, KeySpec: 'ECC_NIST_P256' } }, {}, { Status: 'FAILED' }],
  [
    'no key',
    { status: 200, body: { KeySpec: 'ECC_NIST_P384' } },
    {},
    { Status: 'FAILED', Reason: 'the commit signing key is not ECC_NIST_P384' },
  ],
  [
    'a refusal',
    { status: 400, body: { __type: 'AccessDeniedException' } },
    {},
    { Status: 'FAILED', Reason: 'AccessDeniedException' },
  ],
];

describe('CloudFormation is told about', () => {
  it.each(cases)('%s', async (_what, answer, change, expected) => {
    kmsAnswer = answer;
    await handler(event(change));
    expect(told?.body).toMatchObject({
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'CommitPublicKey',
    });
    expect(told?.body).toMatchObject(expected);
    // The pre-signed URL was signed without one.
    expect(told?.contentType ?? '').toBe('');
  });
});

describe('an answer that CloudFormation refuses', () => {
  it('is a fault, so that Lambda tries again', async () => {
    kmsAnswer = good;
    cloudFormationStatus = 403;
    await expect(handler(event())).rejects.toThrow('403');
  });
});
