/** The probe's rehearsal of a stop: what it sends, what it makes of each answer, and the line it writes. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { askForRehearsal, type Rehearsal, runRehearsal } from '../../functions/probe/rehearsal.ts';
import { readProbeSettings } from '../../functions/probe/settings.ts';
import { identities } from '../../infra/local/identities.ts';
import { type LoopbackServer, loopbackServer } from '../client/loopback-server.ts';
import { type RegistryRig, startRegistryRig } from '../registry/rig.ts';
import { type ServedRegistry, serveRegistry } from '../registry/served.ts';

const auditor = identities.find(({ name }) => name === 'auditor');
const ENV = {
  AWS_REGION: 'eu-west-2',
  AWS_ACCESS_KEY_ID: auditor?.accessKeyId ?? '',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
};
const PATH = '/v1/registry/stop-rehearsal';
const steps = ['head', 'facts', 'change', 'insert', 'sign', 'move', 'floor'].map((step) => ({ step, ms: 1 }));

let reply: { readonly status: number; readonly body: unknown } | 'hang' = 'hang';
let server: LoopbackServer;
beforeAll(async () => {
  server = await loopbackServer((_heard, response) => {
    if (reply === 'hang') return;
    response
      .writeHead(reply.status)
      .end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  });
});
afterAll(() => server.close());

const failedBy = (step: unknown, code: unknown) => ({
  error: { code: 'REHEARSAL_FAILED', details: { step, code } },
});

describe('an answer', () => {
  it.each<[string, number, unknown, Rehearsal]>([
    ['of every step', 200, { standing: 'published', steps }, { standing: 'published', steps }],
    ['of nothing published', 200, { standing: 'empty', steps: [] }, { standing: 'empty', steps: [] }],
    ['of a held registry', 200, { standing: 'held', steps: [] }, { standing: 'held', steps: [] }],
    [
      'with a step left out',
      200,
      { standing: 'published', steps: steps.slice(1) },
      { failed: 'door', code: 'MALFORMED' },
    ],
    ['without steps', 200, { standing: 'empty' }, { failed: 'door', code: 'MALFORMED' }],
    ['of another standing', 200, { standing: 'fine', steps }, { failed: 'door', code: 'MALFORMED' }],
    ['of no standing', 200, { steps }, { failed: 'door', code: 'MALFORMED' }],
    ['that is no JSON', 200, '<html>', { failed: 'door', code: 'MALFORMED' }],
    [
      'of a step that failed',
      503,
      failedBy('sign', 'INTERNAL_FAULT'),
      { failed: 'sign', code: 'INTERNAL_FAULT' },
    ],
    ['of a step in no word of ours', 503, failedBy('a name', 'X'), { failed: 'door', code: 'HTTP_503' }],
    [
      'of a code in no word of ours',
      503,
      failedBy('sign', 'a marking'),
      { failed: 'door', code: 'HTTP_503' },
    ],
    ['of a step without a code', 503, failedBy('sign', 7), { failed: 'door', code: 'HTTP_503' }],
    ['of a throttled function', 429, { message: 'Too Many Requests' }, { failed: 'door', code: 'HTTP_429' }],
    ['to whoever may not ask', 403, { message: 'no' }, { failed: 'door', code: 'HTTP_403' }],
    ['of a dead function', 502, { message: 'Internal server error' }, { failed: 'door', code: 'HTTP_502' }],
  ])('%s', async (_what, status, body, expected) => {
    reply = { status, body };
    expect(await askForRehearsal(`${server.url}${PATH}`, ENV)).toEqual(expected);
  });

  it('that does not come is none', async () => {
    reply = 'hang';
    expect(await askForRehearsal(`${server.url}${PATH}`, ENV, fetch, 100)).toEqual({
      failed: 'door',
      code: 'NO_ANSWER',
    });
    expect(await askForRehearsal('http://127.0.0.1:1/', ENV)).toEqual({ failed: 'door', code: 'NO_ANSWER' });
    expect(await askForRehearsal('no address', ENV)).toEqual({ failed: 'door', code: 'NO_ANSWER' });
  });
});

it('the question is a POST, signed for the API with the session of the function', async () => {
  reply = { status: 200, body: { standing: 'published', steps } };
  await askForRehearsal(`${server.url}${PATH}`, ENV);
  expect(server.heard.at(-1)).toMatchObject({
    method: 'POST',
    path: PATH,
    body: '{}',
    headers: {
      'content-type': 'application/json',
      'x-amz-security-token': 'token',
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=LOCALAUDITOR\/\d{8}\/eu-west-2\/execute-api\/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token, /,
      ),
    },
  });
});

it.each<[Rehearsal, object]>([
  [
    { standing: 'published', steps },
    { standing: 'published', steps, StopsRehearsed: 1, RehearsalsDied: 0 },
  ],
  [
    { standing: 'empty', steps: [] },
    { standing: 'empty', steps: [], StopsRehearsed: 1, RehearsalsDied: 0 },
  ],
  [
    { failed: 'move', code: 'STORE_UNAVAILABLE' },
    { failed: 'move', code: 'STORE_UNAVAILABLE', StopsRehearsed: 0, RehearsalsDied: 0 },
  ],
  [
    { failed: 'door', code: 'HTTP_502' },
    { failed: 'door', code: 'HTTP_502', StopsRehearsed: 0, RehearsalsDied: 1 },
  ],
  // What the door turned away never came to the function.
  [
    { failed: 'door', code: 'HTTP_429' },
    { failed: 'door', code: 'HTTP_429', StopsRehearsed: 0, RehearsalsDied: 0 },
  ],
])('%o is one line and one metric', async (rehearsal, expected) => {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  await runRehearsal({ ask: async () => rehearsal, service: 'guard', clock: () => 7, write });
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      _aws: {
        Timestamp: 7,
        CloudWatchMetrics: [
          {
            Namespace: 'Routeguard',
            Dimensions: [['Service']],
            Metrics: ['StopsRehearsed', 'RehearsalsDied'].map((Name) => ({ Name, Unit: 'Count' })),
          },
        ],
      },
      event: 'stop-rehearsal',
      schema: 1,
      Service: 'guard',
      ...expected,
    },
  ]);
});

describe('the probe', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['https://a', 'https://a'],
  ])('told the address %o asks %o', (given, asked) => {
    const env = { PROBE_TARGET: 'arn', ...(given !== undefined && { STOP_REHEARSAL_URL: given }) };
    expect(readProbeSettings(env).rehearsalUrl).toBe(asked);
  });

  let rig: RegistryRig;
  let served: ServedRegistry;
  beforeAll(async () => {
    rig = await startRegistryRig();
    served = await serveRegistry(rig.context);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    await served.close();
    await rig.stop();
  });

  it('rehearses with each run, whatever becomes of its questions', async () => {
    const variables = { ...ENV, PROBE_TARGET: 'arn:aws:lambda:eu-west-2:000000000000:function:decide:probe' };
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    vi.stubEnv('AWS_ENDPOINT_URL_LAMBDA', 'http://127.0.0.1:1');
    vi.stubEnv('STOP_REHEARSAL_URL', `${served.url}${PATH}`);
    const lines: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
    const { handler } = await import('../../functions/probe/handler.ts');
    const begun = Date.now();
    let ticks = 0;
    vi.spyOn(Date, 'now').mockImplementation(() => begun + ticks++);
    expect(await handler()).toEqual({ wrong: 0, unanswered: 2, rehearsed: true });
    const events = lines.map((line) => JSON.parse(line));
    // An alarm holds one against the other, by the minute: a run that goes on into the next is still of its own.
    expect(new Set(events.map(({ _aws }) => _aws.Timestamp)).size).toBe(1);
    expect(events.map(({ event }) => event).toSorted()).toEqual(['probe', 'stop-rehearsal']);
    expect(events.find(({ event }) => event === 'stop-rehearsal')).toMatchObject({
      standing: 'published',
      StopsRehearsed: 1,
    });
  });
});
