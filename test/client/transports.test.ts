/** The two transports against a server on loopback: every answer, every failure, and what they send. */
import type { ServerResponse } from 'node:http';
import { Sha256 } from '@aws-crypto/sha256-js';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { httpTransport } from '../../client/http.ts';
import { RouteGuard, type Transport } from '../../client/index.ts';
import { lambdaTransport } from '../../client/lambda.ts';
import { inNoEnvironment } from '../no-aws.ts';
import { type LoopbackServer, loopbackServer } from './loopback-server.ts';
import { BOUND, boundText, REQUEST } from './vectors.ts';

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example-secret' };

const open: LoopbackServer[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** The environment of a function, as Lambda provides it, but for these. */
function inEnvironment(changed: Readonly<Record<string, string>>): void {
  const usual = {
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  };
  for (const [name, value] of Object.entries({ ...usual, ...changed })) vi.stubEnv(name, value);
}

/** A sound permit, made now; whoever sends it binds it to what was asked. */
function freshPermit(): string {
  return JSON.stringify({
    decision: true,
    question: BOUND,
    outcome: 'permit',
    enforceable: true,
    retry: 'never',
    evaluationId: 'e-1',
    evaluatedAt: new Date().toISOString(),
    useBy: new Date(Date.now() + 30_000).toISOString(),
    obligations: [],
  });
}

/** @param bind puts what was asked into the places that an answer leaves for it */
type Answer = (response: ServerResponse, bind: (answer: string) => string) => void;

const UNCONFIGURED = {
  kind: 'unavailable',
  cause: 'unconfigured',
  retry: 'never',
  sentence:
    'The guard was not asked: this process has no AWS credentials or no AWS Region. Set AWS_REGION, and AWS_PROFILE, a role or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
};

it.each([
  ['neither', {}],
  ['no credentials', { AWS_REGION: 'eu-west-2' }],
  ['no Region', { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example-secret' }],
])('a process with %s is told what to set, and leaks nothing', async (_what, given) => {
  inNoEnvironment(given);
  expect(await decide(lambdaTransport({ functionName: 'decide' }))).toEqual(UNCONFIGURED);
});

async function lambdaOver(answer: Answer): Promise<{ transport: Transport; server: LoopbackServer }> {
  const server = await loopbackServer(({ body }, response) =>
    answer(response, (text) => boundText(body, text)),
  );
  open.push(server);
  const client = new LambdaClient({
    endpoint: server.url,
    region: 'eu-west-2',
    credentials: CREDENTIALS,
    maxAttempts: 1,
  });
  return { transport: lambdaTransport({ functionName: 'decide:live', client }), server };
}

async function httpOver(answer: Answer): Promise<{ transport: Transport; server: LoopbackServer }> {
  const server = await loopbackServer(({ body }, response) =>
    answer(response, (text) => boundText(body, text)),
  );
  open.push(server);
  const transport = httpTransport({
    baseUrl: `${server.url}/prod/`,
    region: 'eu-west-2',
    credentials: async () => ({ ...CREDENTIALS, sessionToken: 'example-token' }),
  });
  return { transport, server };
}

const decide = (transport: Transport, attemptMs = 2_000) =>
  new RouteGuard({ transport, attempts: 1, attemptMs }).decide(REQUEST);

const says =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  (response, bind) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(bind(body));
  };

type Case = [string, Answer, { kind: string; cause?: string; retry?: string }];

/** A permit of so many bytes. */
const long =
  (bytes: number): Answer =>
  (response, bind) =>
    says(200, bind(freshPermit()).padEnd(bytes, ' '))(response, bind);

const SHARED: Case[] = [
  ['a permit as long as one may be', long(1_000_000), { kind: 'permit' }],
  ['a permit a byte longer', long(1_000_001), { kind: 'unavailable', cause: 'unreachable', retry: 'after' }],
  [
    'a permit behind a byte order mark',
    (r, bind) => says(200, `\ufeff${freshPermit()}`)(r, bind),
    { kind: 'deny', cause: 'unreadable' },
  ],
  [
    'a server busy with a permit',
    (r, bind) => says(503, freshPermit())(r, bind),
    { kind: 'unavailable', cause: 'unreachable' },
  ],
  [
    'a request that took too long',
    says(408, '{}'),
    { kind: 'unavailable', cause: 'timed-out', retry: 'after' },
  ],
  ['a permit', (response, bind) => says(200, freshPermit())(response, bind), { kind: 'permit' }],
  [
    'a deny',
    says(200, JSON.stringify({ decision: false, question: BOUND, retry: 'after' })),
    { kind: 'deny', cause: 'denied', retry: 'after' },
  ],
  ['not JSON', says(200, 'permit'), { kind: 'deny', cause: 'unreadable' }],
  [
    'not UTF-8',
    (r) => r.writeHead(200).end(Buffer.from([0x7b, 0xff, 0x7d])),
    { kind: 'unavailable', cause: 'unreachable' },
  ],
  ['throttled', says(429, '{}'), { kind: 'unavailable', cause: 'throttled', retry: 'after' }],
  [
    'forbidden',
    says(403, '{"message":"Forbidden"}'),
    { kind: 'unavailable', cause: 'refused', retry: 'never' },
  ],
  ['not found', says(404, '{}'), { kind: 'unavailable', cause: 'refused', retry: 'never' }],
  [
    'a server error with a permit',
    (r, bind) => says(500, freshPermit())(r, bind),
    { kind: 'unavailable', cause: 'unreachable' },
  ],
  ['a gateway timeout', says(504, '{}'), { kind: 'unavailable', cause: 'timed-out', retry: 'after' }],
  [
    'a reset',
    (response) => response.destroy(),
    { kind: 'unavailable', cause: 'unreachable', retry: 'after' },
  ],
  [
    'half a body',
    (response) => {
      response.writeHead(200, { 'content-length': '500' });
      response.write('{"decision":true', () => response.destroy());
    },
    { kind: 'unavailable', cause: 'unreachable' },
  ],
];

describe('direct invocation through the AWS SDK', () => {
  it.each<Case>([
    ...SHARED,
    [
      'a crash with a permit as payload',
      (response, bind) => says(200, freshPermit(), { 'x-amz-function-error': 'Unhandled' })(response, bind),
      { kind: 'unavailable', cause: 'function-error' },
    ],
    ['an asynchronous invocation', says(202, ''), { kind: 'unavailable', cause: 'bad-status' }],
  ])('%s', async (_, answer, expected) => {
    const { transport, server } = await lambdaOver(answer);
    expect(await decide(transport)).toMatchObject(expected);
    expect(server.heard).toHaveLength(1);
  });

  it('carries the request as text, so that the runtime cannot parse it first', async () => {
    const { transport, server } = await lambdaOver((response, bind) =>
      says(200, freshPermit())(response, bind),
    );
    await decide(transport);
    const [heard] = server.heard;
    expect(heard?.path).toBe('/2015-03-31/functions/decide%3Alive/invocations');
    expect(heard?.headers['x-amz-invocation-type']).toBe('RequestResponse');
    const payload: unknown = JSON.parse(heard?.body ?? '');
    expect(payload).toEqual({ request: expect.any(String) });
    const asked: unknown = JSON.parse((payload as { request: string }).request);
    expect(asked).toEqual({ ...REQUEST, supportedObligations: [], nonce: expect.any(String) });
  });

  it('gives up when the guard does not answer', async () => {
    const { transport } = await lambdaOver(() => {});
    expect(await decide(transport, 30)).toMatchObject({ kind: 'unavailable', cause: 'timed-out' });
  });

  it.each([{}, null, { $metadata: null }, { $metadata: {} }, { $metadata: { httpStatusCode: '403' } }])(
    'cannot be reached where it throws %j',
    async (thrown) => {
      const client = { send: async () => Promise.reject(thrown) };
      const transport = lambdaTransport({ functionName: 'decide', client });
      expect(await decide(transport)).toMatchObject({ kind: 'unavailable', cause: 'unreachable' });
    },
  );

  it('has no status where the answer says none', async () => {
    const client = { send: async () => ({ $metadata: {}, Payload: Buffer.from(freshPermit()) }) };
    const transport = lambdaTransport({ functionName: 'decide', client: client as never });
    expect(await decide(transport)).toMatchObject({ kind: 'unavailable', cause: 'bad-status' });
  });

  it('needs a function name', () => {
    expect(() => lambdaTransport({ functionName: '' })).toThrow(TypeError);
    expect(() => lambdaTransport(JSON.parse('{ "functionName": 7 }'))).toThrow(TypeError);
    expect(() => lambdaTransport(JSON.parse('{ "functionName": "decide", "alias": "live" }'))).toThrow(
      'lambdaTransport has no option alias; it takes functionName, client',
    );
    expect(() => lambdaTransport(JSON.parse('{ "functionName": "decide", "client": {} }'))).toThrow(
      'client must be a LambdaClient',
    );
  });

  it('asks once with a client of its own: only the retry budget retries', async () => {
    const server = await loopbackServer((_, response) => says(500, '{}')(response, String));
    open.push(server);
    inEnvironment({ AWS_ENDPOINT_URL_LAMBDA: server.url, AWS_REGION: 'eu-west-2' });
    const result = await decide(lambdaTransport({ functionName: 'decide' }));
    expect([result.kind, server.heard.length]).toEqual(['unavailable', 1]);
  });
});

describe('signed HTTP', () => {
  it.each<Case>([
    ...SHARED,
    ['a redirect', says(302, '', { location: '/elsewhere' }), { kind: 'unavailable', cause: 'unreachable' }],
    [
      'created',
      (response, bind) => says(201, freshPermit())(response, bind),
      { kind: 'unavailable', cause: 'unreachable' },
    ],
  ])('%s', async (_, answer, expected) => {
    const { transport, server } = await httpOver(answer);
    expect(await decide(transport)).toMatchObject(expected);
    expect(server.heard).toHaveLength(1);
  });

  it.each<Case>(
    // biome-ignore format: one row a line
    [
    ['a request the guard cannot read', says(400, JSON.stringify({ decision: false, question: BOUND, outcome: 'indeterminate', reasons: [{ code: 'MARKING_INVALID' }] })), { kind: 'deny', cause: 'denied', retry: 'never' }],
    ['a request the gateway refuses', says(400, '{"message":"Invalid request body"}'), { kind: 'unavailable', cause: 'bad-status', retry: 'never' }],
    ['a permit with 400', (response, bind) => says(400, freshPermit())(response, bind), { kind: 'unavailable', cause: 'bad-status', retry: 'never' }],
  ],
  )('400: %s', async (_, answer, expected) => {
    expect(await decide((await httpOver(answer)).transport)).toMatchObject(expected);
  });

  it('reads no more of an answer without end than an answer has', async () => {
    let [pulled, isOver] = [0, false];
    const body = new ReadableStream({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(100_000));
      },
      cancel() {
        isOver = true;
      },
    });
    const transport = httpTransport({
      ...{ baseUrl: 'https://guard.example', region: 'eu-west-2', credentials: async () => CREDENTIALS },
      fetch: async () => new Response(body),
    });
    expect(await decide(transport)).toMatchObject({ kind: 'unavailable', cause: 'unreachable' });
    expect([pulled < 20, isOver]).toEqual([true, true]);
  });

  it('posts the request itself with a signature the other side can recompute', async () => {
    const { transport, server } = await httpOver((response, bind) =>
      says(200, freshPermit())(response, bind),
    );
    await decide(transport);
    const [heard] = server.heard;
    expect(heard).toMatchObject({ method: 'POST', path: '/prod/v1/decide' });
    expect(JSON.parse(heard?.body ?? '')).toEqual({
      ...REQUEST,
      supportedObligations: [],
      nonce: expect.any(String),
    });
    const sent = heard?.headers ?? {};
    const verifier = new SignatureV4({
      service: 'execute-api',
      region: 'eu-west-2',
      credentials: { ...CREDENTIALS, sessionToken: 'example-token' },
      sha256: Sha256,
      // The payload is signed; its sum need not be said besides.
      applyChecksum: false,
    });
    const again = await verifier.sign(
      {
        method: 'POST',
        protocol: 'http:',
        hostname: '127.0.0.1',
        path: '/prod/v1/decide',
        query: {},
        headers: { host: sent.host ?? '', 'content-type': 'application/json' },
        body: heard?.body,
      },
      { signingDate: signingDate(String(sent['x-amz-date'])) },
    );
    expect(sent.authorization).toBe(again.headers['authorization']);
  });

  it.each([
    ['HTTP', httpOver],
    ['Lambda', lambdaOver],
  ])('over %s, says itself that its time was over', async (_, over) => {
    const { transport } = await over(() => {});
    expect(await transport.send('{}', AbortSignal.timeout(30))).toEqual({ kind: 'timed-out' });
  });

  it('gives up when the guard does not answer', async () => {
    const { transport } = await httpOver(() => {});
    expect(await decide(transport, 30)).toMatchObject({ kind: 'unavailable', cause: 'timed-out' });
  });

  it('signs with the credentials of the environment, and asks nothing without them', async () => {
    const server = await loopbackServer(({ body }, response) =>
      says(200, boundText(body, freshPermit()))(response, String),
    );
    open.push(server);
    const transport = httpTransport({ baseUrl: `${server.url}//`, region: 'eu-west-2', service: 'lambda' });
    inEnvironment({ AWS_SESSION_TOKEN: '' });
    expect((await decide(transport)).kind).toBe('permit');
    const [heard] = server.heard;
    expect(heard?.path).toBe('/v1/decide');
    expect(heard?.headers.authorization).toMatch(/Credential=AKIDEXAMPLE\/\d+\/eu-west-2\/lambda\//);
    expect(heard?.headers['x-amz-security-token']).toBeUndefined();
    inEnvironment({ AWS_SESSION_TOKEN: 'example-token' });
    await decide(httpTransport({ baseUrl: server.url, region: 'eu-west-2' }));
    expect(server.heard[1]?.headers['x-amz-security-token']).toBe('example-token');
    for (const missing of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) {
      inEnvironment({ [missing]: '' });
      expect(await decide(transport)).toEqual(UNCONFIGURED);
    }
    expect(server.heard).toHaveLength(2);
  });

  it.each(['https://guard.example/prod', 'http://localhost:1', 'http://[::1]:1', 'http://127.0.0.1'])(
    'takes %s',
    (baseUrl) => {
      expect(() => httpTransport({ baseUrl, region: 'eu-west-2' })).not.toThrow();
    },
  );

  it.each([
    'http://guard.example',
    'ftp://guard.example',
    'ftp://127.0.0.1',
    'http://127.0.0.1.guard.example',
    'guard.example',
    'https://guard.example/prod?stage=1',
    'https://guard.example/prod?',
    'https://guard.example/prod#top',
    'https://user@guard.example',
    'https://user:word@guard.example',
    'https://:word@guard.example',
    '',
  ])('refuses %s', (baseUrl) => {
    expect(() => httpTransport({ baseUrl, region: 'eu-west-2' })).toThrow(/^baseUrl must /);
  });

  it.each<[string, object, string]>([
    ['no region', { region: undefined }, 'region is needed'],
    ['an empty region', { region: '' }, 'region is needed'],
    ['no base', { baseUrl: undefined }, 'baseUrl must be a URL, such as https://guard.example/prod'],
    ['credentials that are some', { credentials: CREDENTIALS }, 'credentials must be a function'],
    ['a service that is none', { service: '' }, 'service must be a name'],
    [
      'an option every object has',
      { toString: 1 },
      'httpTransport has no option toString; it takes baseUrl, region, credentials, service, fetch',
    ],
    ['a fetch that is none', { fetch: true }, 'fetch must be a function'],
    [
      'a misspelt option',
      { baseURL: 'x' },
      'httpTransport has no option baseURL; it takes baseUrl, region, credentials, service, fetch',
    ],
  ])('refuses %s', (_, wrong, sentence) => {
    const good = { baseUrl: 'https://guard.example', region: 'eu-west-2' };
    expect(() => httpTransport({ ...good, ...wrong })).toThrow(new TypeError(sentence));
  });
});

/** `20260301T120000Z` as a date. */
function signingDate(compact: string): Date {
  return new Date(compact.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
