import { createServer, type Server, type Socket } from 'node:net';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseCommitKeys } from '../../functions/store/commit-signature.ts';
import { callDynamo, createDynamoClient } from '../../functions/store/dynamodb.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { WHILE_THROTTLED } from '../../functions/store/while-throttled.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { TEST_TABLES } from '../engine.ts';
import { newSigner } from './store-rig.ts';

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
  vi.unstubAllEnvs();
});

/** A TCP server that treats every request as told. */
async function serve(answer: (socket: Socket, data: string) => void): Promise<string> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => answer(socket, data.toString()));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return `http://127.0.0.1:${address.port}`;
}

const CREDENTIALS = { accessKeyId: 'a', secretAccessKey: 'b' };

function http(status: string, body: string, length = body.length): string {
  return `HTTP/1.1 ${status}\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: ${length}\r\n\r\n${body}`;
}

/** A status after which nobody sends anything on this connection. */
const closing = (status: string): string => `${status}\r\nconnection: close`;

const fault = (type: string): string =>
  JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}` });

const BEHAVIOURS: readonly [name: string, answer: (socket: Socket) => void, code: string][] = [
  ['never answers', () => undefined, 'STORE_UNAVAILABLE'],
  ['sends half a status line', (socket) => socket.write('HTTP/1.1 20'), 'STORE_UNAVAILABLE'],
  [
    'sends half a body, then nothing',
    (socket) => socket.write(http('200 OK', '{"It', 400)),
    'STORE_UNAVAILABLE',
  ],
  ['sends half a body, then ends', (socket) => socket.end(http('200 OK', '{"It', 400)), 'STORE_UNAVAILABLE'],
  [
    'sends a byte at a time, for ever',
    (socket) => {
      socket.write(http('200 OK', ' ', 1_000_000));
      const drip = setInterval(() => socket.write(' '), 20);
      socket.on('close', () => clearInterval(drip));
    },
    'STORE_UNAVAILABLE',
  ],
  ['resets', (socket) => socket.resetAndDestroy(), 'STORE_UNAVAILABLE'],
  ['closes', (socket) => socket.destroy(), 'STORE_UNAVAILABLE'],
  ['sends garbage', (socket) => socket.end('\0\0\0garbage'), 'STORE_UNAVAILABLE'],
  ['answers 200 with garbage', (socket) => socket.write(http('200 OK', 'garbage')), 'STORE_UNAVAILABLE'],
  [
    'answers 500',
    (socket) => socket.write(http('500 Oops', fault('InternalServerError'))),
    'STORE_UNAVAILABLE',
  ],
  ['answers 500 without a body', (socket) => socket.write(http('500 Oops', '')), 'STORE_UNAVAILABLE'],
  [
    'throttles',
    (socket) => socket.write(http('400 Bad', fault('ProvisionedThroughputExceededException'))),
    'STORE_UNAVAILABLE',
  ],
  [
    'denies access',
    (socket) => socket.write(http('400 Bad', fault('AccessDeniedException'))),
    'STORE_REFUSED',
  ],
  [
    'has no table',
    (socket) => socket.write(http('400 Bad', fault('ResourceNotFoundException'))),
    'STORE_REFUSED',
  ],
  ['answers 200 with nothing', (socket) => socket.write(http('200 OK', '{}')), 'STORE_UNAVAILABLE'],
  [
    'answers 200 with an odd item',
    (socket) => socket.write(http('200 OK', '{"Item":{"x":{}}}')),
    'HEAD_MALFORMED',
  ],
];

describe('a database that', () => {
  it.each(BEHAVIOURS)('%s', async (_, answer, code) => {
    const endpoint = await serve(answer);
    const client = createDynamoClient({ endpoint, region: 'x', credentials: CREDENTIALS, readMs: 60 });
    const publicKeys = parseCommitKeys(newSigner().publicKey);
    const reader = createRegistryReader({
      client,
      tables: TEST_TABLES,
      publicKeys,
      founders: LOCAL_FOUNDERS,
      budgetMs: 400,
    });
    await expect(reader.open()).rejects.toMatchObject({ code });
    client.destroy();
  });

  it('is not there', async () => {
    const client = createDynamoClient({
      endpoint: 'http://127.0.0.1:1',
      region: 'x',
      credentials: CREDENTIALS,
    });
    const publicKeys = parseCommitKeys(newSigner().publicKey);
    const reader = createRegistryReader({
      client,
      tables: TEST_TABLES,
      publicKeys,
      founders: LOCAL_FOUNDERS,
    });
    await expect(reader.open()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
  });

  it("never answers: a client with only the SDK's request timeout is still waiting when ours has given up", async () => {
    const endpoint = await serve(() => undefined);
    const publicKeys = parseCommitKeys(newSigner().publicKey);
    const broken = new DynamoDBClient({
      endpoint,
      region: 'x',
      credentials: CREDENTIALS,
      maxAttempts: 1,
      requestHandler: { requestTimeout: 20, logger: { ...console, warn: () => undefined } },
    });
    const ours = createDynamoClient({ endpoint, region: 'x', credentials: CREDENTIALS, readMs: 60 });
    const gaveUp = (name: string, client: DynamoDBClient) =>
      createRegistryReader({
        client,
        tables: TEST_TABLES,
        publicKeys,
        founders: LOCAL_FOUNDERS,
        budgetMs: 10_000,
      })
        .open()
        .then(
          () => 'answered',
          () => name,
        );
    expect(await Promise.race([gaveUp('broken', broken), gaveUp('ours', ours)])).toBe('ours');
    broken.destroy();
    ours.destroy();
  });

  it('is slow, and the caller has run out of time', async () => {
    const endpoint = await serve(() => undefined);
    const client = createDynamoClient({ endpoint, region: 'x', credentials: CREDENTIALS, readMs: 60_000 });
    const publicKeys = parseCommitKeys(newSigner().publicKey);
    const reader = createRegistryReader({
      client,
      tables: TEST_TABLES,
      publicKeys,
      founders: LOCAL_FOUNDERS,
      budgetMs: 60_000,
    });
    const caller = new AbortController();
    const opening = reader.open({}, caller.signal);
    caller.abort();
    await expect(opening).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(reader.open({}, caller.signal)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    client.destroy();
  });
});

describe('a client', () => {
  const limits = async (client: DynamoDBClient) => {
    await client.send(new ListTablesCommand({})).catch(() => undefined);
    const handler = client.config.requestHandler;
    if (!(handler instanceof NodeHttpHandler)) throw new Error('another handler');
    const { connectionTimeout, requestTimeout, socketTimeout, throwOnRequestTimeout } =
      handler.httpHandlerConfigs();
    const attempts = [await client.config.maxAttempts(), await resolved(client.config.retryMode)];
    client.destroy();
    return [connectionTimeout, requestTimeout, socketTimeout, throwOnRequestTimeout, ...attempts];
  };
  const resolved = async (value: string | (() => Promise<string>)) =>
    typeof value === 'string' ? value : value();
  const there = { endpoint: 'http://127.0.0.1:1', region: 'x', credentials: CREDENTIALS };

  it('has the timeouts and attempts of a guard, or those it is given', async () => {
    expect(await limits(createDynamoClient(there))).toEqual([150, 250, 250, true, 2, 'standard']);
    const given = { connectMs: 11, readMs: 22, attempts: 1 };
    expect(await limits(createDynamoClient({ ...there, ...given }))).toEqual([
      11,
      22,
      22,
      true,
      1,
      'standard',
    ]);
  });

  it('tries twice, where the first attempt fails', async () => {
    let requests = 0;
    const endpoint = await serve((socket) => {
      requests += 1;
      socket.end(http('500 Oops', fault('InternalServerError')));
    });
    const client = createDynamoClient({ ...there, endpoint });
    await expect(client.send(new ListTablesCommand({}))).rejects.toThrow();
    expect(requests).toBe(2);
    client.destroy();
  });

  it.each<[faults: string, status: string, failures: number, asked: number, outcome: string]>([
    ['ProvisionedThroughputExceededException', '400 Bad', 15, 16, 'answered'],
    ['ThrottlingException', '400 Bad', 15, 16, 'answered'],
    ['InternalServerError', '500 Oops', 2, 3, 'answered'],
    ['InternalServerError', '500 Oops', 15, 3, 'InternalServerError'],
    ['AccessDeniedException', '400 Bad', 15, 1, 'AccessDeniedException'],
    ['ValidationException', '400 Bad', 15, 1, 'ValidationException'],
    ['ConditionalCheckFailedException', '400 Bad', 15, 1, 'ConditionalCheckFailedException'],
  ])(
    'that goes on while it is throttled asks again after %s, where that passes',
    async (name, status, failures, asked, outcome) => {
      let requests = 0;
      const endpoint = await serve((socket, text) => {
        requests += text.startsWith('POST') ? 1 : 0;
        socket.end(requests > failures ? http('200 OK', '{}') : http(closing(status), fault(name)));
      });
      const client = createDynamoClient({ ...there, endpoint, attempts: WHILE_THROTTLED });
      const came = await client.send(new ListTablesCommand({})).then(
        () => 'answered',
        (error: Error) => error.name,
      );
      expect([came, requests]).toEqual([outcome, asked]);
      client.destroy();
    },
  );

  it('that goes on while it is throttled then asks no more', async () => {
    const caller = new AbortController();
    let requests = 0;
    const endpoint = await serve((socket, text) => {
      requests += text.startsWith('POST') ? 1 : 0;
      if (requests === 5) caller.abort();
      socket.end(http(closing('400 Bad'), fault('ThrottlingException')));
    });
    const client = createDynamoClient({ ...there, endpoint, attempts: WHILE_THROTTLED });
    const asking = client.send(new ListTablesCommand({}), { abortSignal: caller.signal });
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
    expect(requests).toBe(5);
    client.destroy();
  });

  it('takes endpoint, Region and credentials from the environment, none of which it can do without', async () => {
    const seen: string[] = [];
    const endpoint = await serve((socket, text) => {
      seen.push(text);
      socket.end(http('200 OK', '{}'));
    });
    const NAMES = {
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_REGION: 'xx-test-1',
      AWS_ACCESS_KEY_ID: 'the-id',
      AWS_SECRET_ACCESS_KEY: 'the-key',
      AWS_SESSION_TOKEN: 'the-token',
    };
    const ask = async (names: Record<string, string>) => {
      for (const [name, value] of Object.entries(names)) vi.stubEnv(name, value);
      const client = createDynamoClient({ attempts: 1 });
      const answered = await client.send(new ListTablesCommand({})).then(
        () => 'answered',
        () => 'refused',
      );
      client.destroy();
      return answered;
    };
    expect(await ask(NAMES)).toBe('answered');
    expect(seen[0]).toMatch(/Credential=the-id\/\d{8}\/xx-test-1\/dynamodb/);
    expect(seen[0]).toMatch(/x-amz-security-token: the-token/i);
    expect(await ask({ ...NAMES, AWS_SESSION_TOKEN: '' })).toBe('answered');
    expect(seen[1]).not.toMatch(/x-amz-security-token/i);
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])
      expect(await ask({ ...NAMES, [name]: '' })).toBe('refused');
    expect(seen.length).toBe(2);
  });
});

describe('a call', () => {
  const signal = () => AbortSignal.timeout(60_000);
  const failing = (name: string) => () => Promise.reject(Object.assign(new Error('no'), { name }));

  it.each([
    'AccessDeniedException',
    'AccessDenied',
    'DisabledException',
    'ExpiredTokenException',
    'IncompleteSignatureException',
    'InvalidKeyUsageException',
    'InvalidSignatureException',
    'KMSInvalidStateException',
    'MissingAuthenticationTokenException',
    'NotFoundException',
    'ResourceNotFoundException',
    'UnrecognizedClientException',
    'ValidationException',
  ])('that ends with %s is refused: waiting does not cure it', async (name) => {
    await expect(callDynamo(signal(), failing(name))).rejects.toMatchObject({
      code: 'STORE_REFUSED',
      cause: { name },
    });
  });

  it.each([
    'ThrottlingException',
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'InternalServerError',
    'TimeoutError',
    'ConditionalCheckFailedException',
    'Error',
  ])('that ends with %s may be asked again', async (name) => {
    await expect(callDynamo(signal(), failing(name))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('passes what the store itself says, and what is no error', async () => {
    const own = new StoreError('OBJECT_MISSING');
    await expect(callDynamo(signal(), () => Promise.reject(own))).rejects.toBe(own);
    await expect(callDynamo(signal(), () => Promise.reject('text'))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    expect(await callDynamo(signal(), async () => 7)).toBe(7);
  });

  it('is not begun after its deadline, and ends at it whatever it is doing', async () => {
    const over = new AbortController();
    let begun = 0;
    const hanging = () => {
      begun += 1;
      return new Promise<never>(() => undefined);
    };
    const waiting = callDynamo(over.signal, hanging);
    over.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(callDynamo(over.signal, hanging)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(begun).toBe(1);
  });
});
