import { createServer, type Server, type Socket } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { parseCommitKeys } from '../../functions/store/commit-signature.ts';
import { createDynamoClient } from '../../functions/store/dynamodb.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { TEST_TABLES } from '../engine.ts';
import { newSigner } from './store-rig.ts';

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

/** A TCP server that treats every request as told. */
async function serve(answer: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', () => answer(socket));
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
  ['answers 200 with nothing', (socket) => socket.write(http('200 OK', '{}')), 'HEAD_MISSING'],
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
    const reader = createRegistryReader({ client, tables: TEST_TABLES, publicKeys, budgetMs: 400 });
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
    const reader = createRegistryReader({ client, tables: TEST_TABLES, publicKeys });
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
      createRegistryReader({ client, tables: TEST_TABLES, publicKeys, budgetMs: 10_000 })
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
    const reader = createRegistryReader({ client, tables: TEST_TABLES, publicKeys, budgetMs: 60_000 });
    const caller = new AbortController();
    const opening = reader.open({}, caller.signal);
    caller.abort();
    await expect(opening).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(reader.open({}, caller.signal)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    client.destroy();
  });
});
