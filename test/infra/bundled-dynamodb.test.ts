/**
 * The client that bundles have in the place of the SDK's: the same requests, the same answers, the same errors as often asked
 * for again, over the same sockets. What each row expects is what the SDK does, there and then.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { Sha256 } from '@aws-crypto/sha256-js';
import * as sdk from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as bundled from '../../infra/bundled/dynamodb-client.ts';
import { dynamodbEndpoint } from '../../infra/bundled/dynamodb-endpoint.ts';
import { signedHeaders } from '../../infra/bundled/dynamodb-signature.ts';

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
  vi.unstubAllEnvs();
});

type Answer = (socket: Socket, request: number) => void;

interface Door {
  readonly endpoint: string;
  /** Every request as it came. */
  readonly seen: string[];
}

async function serve(answer: Answer): Promise<Door> {
  const seen: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    let text = '';
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      text += data.toString('latin1');
      const [head = '', body] = text.split('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (body === undefined || body.length < length) return;
      seen.push(text);
      text = '';
      answer(socket, seen.length);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return { endpoint: `http://127.0.0.1:${address.port}`, seen };
}

const http = (status: string, body: string, headers = ''): string =>
  `HTTP/1.1 ${status}\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const always =
  (text: string): Answer =>
  (socket) =>
    socket.write(text);

const CREDENTIALS = { accessKeyId: 'the-id', secretAccessKey: 'the-key', sessionToken: 'the-token' };
const MAKERS = { sdk: sdk.DynamoDBClient, bundled: bundled.DynamoDBClient as unknown } as const;
type Which = keyof typeof MAKERS;
const WHICH: readonly Which[] = ['sdk', 'bundled'];

/** Gives up after so many milliseconds without an answer: where that is not what is asked about, after none that come. */
const handler = (ms: number) =>
  new NodeHttpHandler({
    connectionTimeout: 60_000,
    requestTimeout: ms,
    socketTimeout: ms,
    throwOnRequestTimeout: true,
  });

function clientOf(which: Which, endpoint: string, more: object = {}): sdk.DynamoDBClient {
  const Maker = MAKERS[which] as typeof sdk.DynamoDBClient;
  return new Maker({
    region: 'eu-west-2',
    endpoint,
    credentials: CREDENTIALS,
    maxAttempts: 2,
    retryMode: 'standard',
    requestHandler: handler(60_000),
    ...more,
  });
}

type CommandName =
  | 'BatchExecuteStatementCommand'
  | 'BatchGetItemCommand'
  | 'DeleteItemCommand'
  | 'DescribeTableCommand'
  | 'ExecuteStatementCommand'
  | 'GetItemCommand'
  | 'PutItemCommand'
  | 'QueryCommand'
  | 'ScanCommand';
const FROM = { sdk, bundled: bundled as unknown as typeof sdk } as const;

function commandOf(which: Which, name: CommandName, input: object): sdk.GetItemCommand {
  const Maker = FROM[which][name] as unknown as new (input: object) => sdk.GetItemCommand;
  return new Maker(input);
}

/** What came of one call, without what the SDK says of its own doing. */
async function outcome(
  which: Which,
  client: sdk.DynamoDBClient,
  name: CommandName,
  input: object,
  signal?: AbortSignal,
) {
  const options = signal === undefined ? {} : { abortSignal: signal };
  try {
    const { $metadata: _, ...output } = await client.send(commandOf(which, name, input), options);
    return { output };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { ConditionalCheckFailedException: Condition } = FROM[which];
    const said = error as Error & { $fault?: string; Item?: unknown };
    return {
      name: said.name,
      fault: said.$fault,
      item: said.Item,
      isCondition: error instanceof Condition,
      status: (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode,
    };
  } finally {
    client.destroy();
  }
}

/** The same call through both, each to a server of its own. */
async function both(answer: Answer, name: CommandName, input: object, ms = 60_000) {
  const results = [];
  for (const which of WHICH) {
    const door = await serve(answer);
    const result = await outcome(
      which,
      clientOf(which, door.endpoint, { requestHandler: handler(ms) }),
      name,
      input,
    );
    results.push({ result, seen: door.seen });
  }
  const [ofSdk, ofOurs] = results;
  if (ofSdk === undefined || ofOurs === undefined) throw new Error('two results');
  return { ofSdk, ofOurs };
}

const BYTES = new Uint8Array([0, 1, 250, 255]);
const KEY = { pk: { S: 'a "quoted" key — ünï 😀 \u2028' }, n: { N: '12.50' }, b: { B: BYTES } };
const CALLS: readonly [name: CommandName, input: object][] = [
  ['GetItemCommand', { TableName: 't', Key: KEY, ConsistentRead: true, ProjectionExpression: undefined }],
  ['GetItemCommand', { TableName: 't', Key: { b: { B: Buffer.from(BYTES) } } }],
  [
    'BatchGetItemCommand',
    { RequestItems: { t: { Keys: [KEY, KEY], ConsistentRead: true } }, ReturnConsumedCapacity: 'TOTAL' },
  ],
  [
    'PutItemCommand',
    {
      TableName: 't',
      Item: {
        all: {
          M: {
            l: { L: [{ BOOL: true }, { BOOL: false }, { NULL: true }, { L: [] }, { M: {} }] },
            ss: { SS: ['a', 'b'] },
            ns: { NS: ['1', '2'] },
            bs: { BS: [BYTES, new Uint8Array()] },
            B: { S: 'an attribute called B' },
          },
        },
      },
      ConditionExpression: 'attribute_not_exists(pk)',
      ExpressionAttributeValues: { ':v': { B: BYTES } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  ],
  ['DeleteItemCommand', { TableName: 't', Key: KEY }],
  ['QueryCommand', { TableName: 't', Limit: 3, ScanIndexForward: false, KeyConditionExpression: 'pk = :pk' }],
  ['ScanCommand', { TableName: 't', ConsistentRead: true, ExclusiveStartKey: KEY }],
  ['ExecuteStatementCommand', { Statement: 'INSERT', Parameters: [{ S: 'x' }, { B: BYTES }] }],
  [
    'BatchExecuteStatementCommand',
    { Statements: [{ Statement: 'INSERT', Parameters: [{ B: BYTES }] }], ReturnConsumedCapacity: 'TOTAL' },
  ],
  ['DescribeTableCommand', { TableName: 't' }],
];

const headersOf = (request: string): Record<string, string> =>
  Object.fromEntries(
    (request.split('\r\n\r\n')[0] ?? '')
      .split('\r\n')
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
const bodyOf = (request = ''): string =>
  Buffer.from(request.split('\r\n\r\n')[1] ?? '', 'latin1').toString('utf8');

describe('a request', () => {
  it.each(CALLS)('of %s says what the SDK’s says', async (name, input) => {
    const { ofSdk, ofOurs } = await both(always(http('200 OK', '{}')), name, input);
    expect([ofSdk.seen.length, ofOurs.seen.length]).toEqual([1, 1]);
    const [theirs = '', ours = ''] = [ofSdk.seen[0], ofOurs.seen[0]];
    expect(JSON.parse(bodyOf(ours))).toEqual(JSON.parse(bodyOf(theirs)));
    expect(ours.split('\r\n')[0]).toBe(theirs.split('\r\n')[0]);
    for (const header of ['x-amz-target', 'content-type', 'x-amz-security-token', 'connection'])
      expect([header, headersOf(ours)[header]]).toEqual([header, headersOf(theirs)[header]]);
  });

  it.each([
    [
      'with a token',
      { accessKeyId: 'id', secretAccessKey: 'secret', sessionToken: 'a  token' },
      'eu-west-2',
      '{}',
    ],
    ['without one', { accessKeyId: 'id', secretAccessKey: 'secret' }, 'us-gov-west-1', '{"a":"ü😀"}'],
    ['of another key', { accessKeyId: 'id', secretAccessKey: 'other' }, 'us-gov-west-1', '{"a":"ü😀"}'],
    ['of another day', { accessKeyId: 'id', secretAccessKey: 'other' }, 'us-gov-west-1', ''],
  ])('is signed as the SDK’s signer signs it: %s', async (name, credentials, region, body) => {
    const now = Date.UTC(2026, 1, name === 'of another day' ? 28 : 3, 4, 5, 6, 789);
    const headers = {
      host: 'localhost:8000',
      'content-type': ' text   with spaces ',
      'x-amz-target': 'T.Op',
    };
    const signer = new SignatureV4({
      service: 'dynamodb',
      region,
      credentials,
      sha256: Sha256,
      applyChecksum: false,
    });
    const request = { method: 'POST', protocol: 'http:', hostname: 'localhost', path: '/', headers, body };
    const theirs = await signer.sign(request, { signingDate: new Date(now) });
    expect(signedHeaders({ region, body, headers }, credentials, now)).toEqual(theirs.headers);
  });

  it('is signed with the credentials of the moment', async () => {
    const door = await serve(always(http('500 Oops', '{}')));
    const ids = ['first', 'second'];
    const credentials = async () => ({ accessKeyId: ids.shift() ?? 'none', secretAccessKey: 'b' });
    await outcome('bundled', clientOf('bundled', door.endpoint, { credentials }), 'GetItemCommand', {});
    expect(door.seen.map((each) => /Credential=(\w+)/.exec(each)?.[1])).toEqual(['first', 'second']);
  });

  it.each<[what: string, more: object, env: Record<string, string>]>([
    ['a Region', { region: undefined }, {}],
    ['a Region’s name', { endpoint: undefined, region: 'eu/west' }, {}],
    ['credentials', { credentials: () => Promise.reject(new Error('none')) }, {}],
    ['an endpoint that is validated', {}, { AWS_USE_FIPS_ENDPOINT: 'true' }],
    ['an endpoint without a path', { endpoint: 'http://127.0.0.1:1/elsewhere' }, {}],
  ])('is not sent without %s', async (_, more, env) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const door = await serve(always(http('200 OK', '{}')));
    const result = await outcome('bundled', clientOf('bundled', door.endpoint, more), 'GetItemCommand', {});
    expect([Object.keys(result).includes('output'), door.seen]).toEqual([false, []]);
  });
});

const ITEM = `{"pk":{"S":"x"},"b":{"B":"AAH6/w=="},"e":{"B":""},"n":{"N":"1e3"},"m":{"M":{"B":{"B":"/w=="},"BS":{"BS":["AA==",""]},"l":{"L":[{"NULL":true},{"B":"AA=="}]}}},"DateTime":{"N":"3"},"odd":{}}`;
const ANSWERS: readonly [what: string, name: CommandName, text: string][] = [
  ['nothing', 'GetItemCommand', '{}'],
  ['no byte', 'GetItemCommand', ''],
  ['an item', 'GetItemCommand', `{"Item":${ITEM}}`],
  [
    'items',
    'QueryCommand',
    `{"Items":[${ITEM},${ITEM}],"LastEvaluatedKey":${ITEM},"Count":2,"ScannedCount":9}`,
  ],
  [
    'a batch',
    'BatchGetItemCommand',
    `{"Responses":{"B":[${ITEM}],"BS":[]},"UnprocessedKeys":{"t":{"Keys":[{"b":{"B":"AA=="}}],"ConsistentRead":true}},"ConsumedCapacity":[{"TableName":"t","CapacityUnits":0.5}]}`,
  ],
  [
    'statements',
    'BatchExecuteStatementCommand',
    `{"Responses":[{"TableName":"t"},{"Error":{"Code":"DuplicateItem","Message":"no","Item":${ITEM}}}]}`,
  ],
  ['attributes', 'PutItemCommand', `{"Attributes":${ITEM}}`],
  [
    'a table',
    'DescribeTableCommand',
    '{"Table":{"TableId":"id","CreationDateTime":1790000000.123,"ItemCount":3,"ProvisionedThroughput":{"LastIncreaseDateTime":0.5,"ReadCapacityUnits":1}}}',
  ],
];

describe('an answer', () => {
  it.each(ANSWERS)('with %s is read as the SDK reads it', async (_, name, text) => {
    const { ofSdk, ofOurs } = await both(always(http('200 OK', text)), name, { TableName: 't' });
    expect(ofSdk.result).toHaveProperty('output');
    expect(ofOurs.result).toEqual(ofSdk.result);
  });

  it.each([
    ['half of JSON', '{"Item"'],
    ['bytes that are not base64', '{"Item":{"b":{"B":"a"}}}'],
    ['bytes with something between', '{"Item":{"b":{"B":"AA=\\u0000"}}}'],
    ['a page of a proxy', '<html>'],
  ])('with %s is none', async (_, text) => {
    const { ofOurs } = await both(always(http('200 OK', text)), 'GetItemCommand', {});
    expect(ofOurs.result).not.toHaveProperty('output');
  });

  it('with a member that would reach a prototype has it, and has reached nothing', async () => {
    const text = '{"Item":{"__proto__":{"S":"x"},"a":{"B":"AA=="}}}';
    const { ofOurs } = await both(always(http('200 OK', text)), 'GetItemCommand', {});
    const { output } = ofOurs.result as { readonly output: { readonly Item: object } };
    expect(Object.keys(output.Item)).toEqual(['__proto__', 'a']);
    expect(Object.getPrototypeOf(output.Item)).toBe(Object.prototype);
  });

  it('in pieces is one', async () => {
    const text = http('200 OK', `{"Item":{"s":{"S":"ü😀"}}}`);
    const bytes = Buffer.from(text);
    const answer: Answer = (socket) => {
      socket.setNoDelay(true);
      for (let at = 0; at < bytes.length; at += 1) socket.write(bytes.subarray(at, at + 1));
    };
    const { ofSdk, ofOurs } = await both(answer, 'GetItemCommand', {});
    expect(ofOurs.result).toEqual(ofSdk.result);
    expect(ofOurs.result).toEqual({ output: { Item: { s: { S: 'ü😀' } } } });
  });
});

const typed = (type: string, rest = ''): string =>
  `{"__type":"com.amazonaws.dynamodb.v20120810#${type}"${rest}}`;
const ERRORS: readonly [what: string, text: string][] = [
  ...[
    'AccessDeniedException',
    'UnrecognizedClientException',
    'ExpiredTokenException',
    'ValidationException',
  ].map((name): [string, string] => [name, http('400 Bad', typed(name, ',"message":"no"'))]),
  ...[
    'ProvisionedThroughputExceededException',
    'ThrottlingException',
    'RequestLimitExceeded',
    'LimitExceededException',
  ].map((name): [string, string] => [name, http('400 Bad', typed(name))]),
  ['ResourceNotFoundException', http('400 Bad', typed('ResourceNotFoundException', ',"Message":"no"'))],
  [
    'a condition',
    http('400 Bad', typed('ConditionalCheckFailedException', `,"message":"no","Item":${ITEM}`)),
  ],
  ['a replica’s conflict', http('400 Bad', typed('ReplicatedWriteConflictException'))],
  ['InternalServerError', http('500 Oops', typed('InternalServerError'))],
  ['another 500', http('500 Oops', '')],
  ['a 501', http('501 No', '{}')],
  ['a 503 of a proxy', http('503 No', '<html>')],
  ['a name in a header', http('400 Bad', '{}', 'x-amzn-errortype: AccessDeniedException:http://x\r\n')],
  ['a name with a place behind it', http('400 Bad', '{"__type":"x#ThrottlingException:http://x"}')],
  ['a redirect', http('301 There', '{}', 'location: http://127.0.0.1:1/\r\n')],
  ['429', http('429 Many', '{}')],
  ['a body that is a list', http('400 Bad', '[]')],
  ['a name without a place before it', http('400 Bad', '{"code":"ValidationException"}')],
  [
    'a signature that is late',
    http('400 Bad', typed('InvalidSignatureException', ',"message":"Signature expired: x"')),
  ],
];

describe('an error', () => {
  it.each(ERRORS)('of %s is what it is to the SDK, and is asked again as often', async (_, text) => {
    const { ofSdk, ofOurs } = await both(always(text), 'GetItemCommand', {});
    expect(ofSdk.result).not.toHaveProperty('output');
    // A text that is no JSON has no name to either.
    if (!text.endsWith('<html>')) expect(ofOurs.result).toEqual(ofSdk.result);
    expect(ofOurs.seen.length).toBe(ofSdk.seen.length);
  });

  it.each<[what: string, first: Answer]>([
    ['reset', (socket) => socket.resetAndDestroy()],
    ['closed', (socket) => socket.destroy()],
    ['silent', () => undefined],
    [
      'ended within its body',
      (socket) => socket.end(http('200 OK', '{"It').replace('length: 4', 'length: 40')),
    ],
    [
      'silent within its body',
      (socket) => socket.write(http('200 OK', '{"It').replace('length: 4', 'length: 40')),
    ],
    ['throttled', always(http('400 Bad', typed('ThrottlingException')))],
  ])('of a socket that is %s passes, where the second answers', async (_, first) => {
    const answer: Answer = (socket, request) =>
      request === 1 ? first(socket, request) : socket.write(http('200 OK', '{"Item":{}}'));
    const { ofSdk, ofOurs } = await both(answer, 'GetItemCommand', {}, 1_000);
    expect(ofOurs.result).toEqual(ofSdk.result);
    expect(ofOurs.result).toEqual({ output: { Item: {} } });
    expect([ofSdk.seen.length, ofOurs.seen.length]).toEqual([2, 2]);
  });

  it.each<[what: string, answer: Answer]>([
    ['never answers', () => undefined],
    ['resets', (socket) => socket.resetAndDestroy()],
    ['sends no HTTP', (socket) => socket.end('\0\0garbage')],
  ])('of a server that %s comes after two attempts', async (_, answer) => {
    const { ofSdk, ofOurs } = await both(answer, 'GetItemCommand', {}, 1_000);
    expect(ofOurs.result).toEqual(ofSdk.result);
    expect(ofOurs.seen.length).toBe(ofSdk.seen.length);
  });

  it.each(WHICH)('is the end of the caller, where he has gone: %s', async (which) => {
    const caller = new AbortController();
    const door = await serve((socket, request) => {
      if (request === 2) caller.abort();
      else socket.write(http('400 Bad', typed('ThrottlingException')));
    });
    const client = clientOf(which, door.endpoint, {
      retryStrategy: {
        acquireInitialRetryToken: async () => ({ getRetryCount: () => 0, getRetryDelay: () => 0 }),
        refreshRetryTokenForRetry: async () => ({ getRetryCount: () => 1, getRetryDelay: () => 1 }),
        recordSuccess: () => undefined,
      },
    });
    expect(await outcome(which, client, 'GetItemCommand', {}, caller.signal)).toMatchObject({
      name: 'AbortError',
    });
    expect(door.seen.length).toBe(2);
  });

  it.each(WHICH)('is the end of the caller while he waits for the next attempt: %s', async (which) => {
    const caller = new AbortController();
    const door = await serve(always(http('400 Bad', typed('ThrottlingException'))));
    const client = clientOf(which, door.endpoint, {
      retryStrategy: {
        acquireInitialRetryToken: async () => ({ getRetryCount: () => 0, getRetryDelay: () => 0 }),
        refreshRetryTokenForRetry: async () => {
          setImmediate(() => caller.abort());
          return { getRetryCount: () => 1, getRetryDelay: () => 2 ** 30 };
        },
        recordSuccess: () => undefined,
      },
    });
    expect(await outcome(which, client, 'GetItemCommand', {}, caller.signal)).toMatchObject({
      name: 'AbortError',
    });
    expect(door.seen.length).toBe(1);
  });
});

describe('the endpoint', () => {
  const provider = clientOf('sdk', 'http://127.0.0.1:1').config.endpointProvider;
  const REGIONS = [
    ...['us-east-1', 'eu-west-2', 'ap-southeast-7', 'il-central-1', 'mx-central-1', 'xx-new-9', 'aws-global'],
    ...['us-gov-west-1', 'us-gov-east-1', 'us-gov-south-3', 'cn-north-1', 'cn-northwest-1', 'eusc-de-east-1'],
    ...['us-iso-east-1', 'us-iso-west-1', 'us-isob-east-1', 'eu-isoe-west-1', 'us-isof-south-1'],
  ];
  const SETTINGS = [
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ] as const;
  it.each(REGIONS)('of %s is the SDK’s, in every setting', (region) => {
    for (const [fips, dual] of SETTINGS) {
      const env = { AWS_USE_FIPS_ENDPOINT: String(fips), AWS_USE_DUALSTACK_ENDPOINT: String(dual) };
      const theirs = provider({ Region: region, UseFIPS: fips, UseDualStack: dual });
      expect(dynamodbEndpoint(region, env).href).toBe(theirs.url.href);
    }
  });

  it.each(['', 'eu west', 'x.example.com/', 'x@y', 'EU-WEST-2'])('of %j is none', (region) => {
    expect(() => dynamodbEndpoint(region, {})).toThrow('no Region');
  });
});
