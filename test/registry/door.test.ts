/** The contract of the registry's four doors: the real handlers, an engine behind weather, exact answers and log lines. */

import type { APIGatewayProxyResult } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { signStatement } from '../../functions/store/person-signature.ts';
import { identities, LOCAL_ACCOUNT, LOCAL_API, localKey, userArn } from '../../infra/local/identities.ts';
import { type StoreProxy, startStoreProxy, type Weather } from '../doors/store-proxy.ts';
import { digestOf, vendor } from './changes.ts';
import { othersIn, proxyEvent, type RegistryRig, startRegistryRig, type Wire } from './rig.ts';
import { purgeSigned, signedBody } from './signing.ts';

type Handler = (event: unknown, context: object) => Promise<APIGatewayProxyResult>;

let rig: RegistryRig;
let proxy: StoreProxy;
const doors: Record<string, Handler> = {};
const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
});
beforeAll(async () => {
  rig = await startRegistryRig();
  proxy = await startStoreProxy(rig.store.engine.endpoint, 20);
  const pem = `-----BEGIN PRIVATE KEY-----\n${rig.store.privateKey}\n-----END PRIVATE KEY-----\n`;
  for (const [name, value] of Object.entries({
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint,
    OBJECTS_TABLE: rig.store.tables.objects,
    STATE_TABLE: rig.store.tables.state,
    FLOOR_TABLE: rig.store.tables.floor,
    COMMIT_PUBLIC_KEYS: rig.store.signer.publicKey,
    FOUNDER_KEYS: rig.store.founders.join(','),
    ACCOUNT_ID: LOCAL_ACCOUNT,
    API_ID: LOCAL_API,
    LEASE_SECONDS: '5',
    CLOCK_SKEW_SECONDS: '2',
    HEAD_COPIES: '1',
    SAMPLE_REGISTRY: 'true',
    SEAL_PUBLIC_KEYS: rig.store.signer.publicKey,
  }))
    vi.stubEnv(name, value);
  doors['purge'] = (await import('../../functions/registry/purge.ts')).handler as unknown as Handler;
  vi.stubEnv('SEALING_KEY_PEM', pem);
  doors['jobs'] = (await import('../../functions/registry/jobs.ts')).handler as unknown as Handler;
  vi.stubEnv('COMMIT_SIGNING_KEY_PEM', pem);
  // Who stops something seals nothing, and is not told whose seals count.
  vi.stubEnv('SEALING_KEY_PEM', '');
  vi.stubEnv('SEAL_PUBLIC_KEYS', '');
  doors['stop'] = (await import('../../functions/registry/stop.ts')).handler as unknown as Handler;
  vi.stubEnv('SEALING_KEY_PEM', pem);
  vi.stubEnv('SEAL_PUBLIC_KEYS', rig.store.signer.publicKey);
  doors['registry'] = (await import('../../functions/registry/handler.ts')).handler as unknown as Handler;
  vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await proxy.stop();
  await rig.stop();
});

const HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' };

function identityOf(name: string) {
  const who = identities.find((each) => each.name === name);
  if (who === undefined) throw new Error(name);
  return { userArn: userArn(who), user: `${who.roleId}:${who.session}` };
}

/** Behind which function a path is, written by hand: the first that fits. */
const BEHIND: readonly (readonly [path: RegExp, door: string])[] = [
  [/^\/v1\/registry-purge/, 'purge'],
  [/^\/v1\/registry\/(hold|holds|revoke|stop-rehearsal)$/, 'stop'],
  [/^\/v1\/registry\/.*(simulate|stops|verify|forecast|run)$/, 'jobs'],
  [/^/, 'registry'],
];

const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:registry';

async function send(
  event: unknown,
  remainingMs = 30_000,
  invokedFunctionArn: string | undefined = `${FUNCTION}:live`,
): Promise<{ status: number; body: Wire }> {
  const path = String((event as { path?: unknown } | null)?.path);
  const [, name = ''] = BEHIND.find(([behind]) => behind.test(path)) ?? [];
  const door = doors[name] as Handler;
  const { statusCode, headers, body, ...more } = await door(event, {
    getRemainingTimeInMillis: () => remainingMs,
    invokedFunctionArn,
  });
  expect([headers, more]).toEqual([HEADERS, {}]);
  return { status: statusCode, body: JSON.parse(body) };
}

interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Wire;
}

/** What the requests name: made once, by the fair store. */
const made: Record<string, Wire> = {};
const ZERO = digestOf('0');

const SIGNED = signStatement(
  { operation: 'propose', registry: '0'.repeat(32), at: new Date().toISOString(), content: ZERO },
  localKey('pat'),
);

/** A valid request of every route. */
function routes(who = 'proposer'): readonly Route[] {
  const { proposal, upload, job, purge } = made;
  const at = `/v1/registry/proposals/${proposal.id}`;
  const approval = { proposal: proposal.digest, base: ZERO, flips: ZERO, permits: [] };
  const post = (name: string, path: string, body: Wire = {}): Route => ({ name, method: 'POST', path, body });
  const get = (name: string, path: string, query = {}): Route => ({ name, method: 'GET', path, query });
  const reason = 'A test';
  return [
    post('propose', '/v1/registry/proposals', { reason, changes: [vendor('door-another')] }),
    get('list-proposals', '/v1/registry/proposals'),
    get('show-proposal', at),
    {
      name: 'put-chunk',
      method: 'PUT',
      path: `/v1/registry/proposals/${upload.id}/chunks/0`,
      body: { text: '[' },
    },
    post('validate', `${at}/validate`),
    post('simulate', `${at}/simulate`),
    post('sign', `${at}/sign`, { signed: SIGNED }),
    post('approve', `${at}/approve`, approval),
    post('reject', `/v1/registry/proposals/${made['other'].id}/reject`, { reason }),
    post('revoke', '/v1/registry/revoke', {
      facts: [`accreditation/us-on-${who === 'usa-proposer' ? 'gb-b' : 'us-a'}`],
      reason,
    }),
    post('hold', '/v1/registry/hold', {
      id: `stop-${who}`,
      authority: 'us-state',
      scope: { network: 'us-a' },
      cause: 'doubt',
      reason,
    }),
    post('rehearse', '/v1/registry/stop-rehearsal'),
    post('lift', '/v1/registry/lift', { hold: 'drill', reason }),
    post('rollback', '/v1/registry/rollback', { version: 1, by: 'us-state', also: ['hold/drill'], reason }),
    get('undo', '/v1/registry/rollback/1'),
    post('confirm', '/v1/registry/confirm', { version: 2, digest: ZERO, reason }),
    get('signing', '/v1/registry/signing'),
    get('log', '/v1/registry/log'),
    get('version', '/v1/registry/versions/1'),
    get('stops', '/v1/registry/versions/2/stops'),
    get('holds', '/v1/registry/holds'),
    get('facts', '/v1/registry/facts/network'),
    get('names', '/v1/registry/names'),
    get('fact', '/v1/registry/facts/network/us-a'),
    get('diff', '/v1/registry/diff', { from: '1' }),
    get('blame', '/v1/registry/blame/network/us-a'),
    post('verify', '/v1/registry/verify'),
    post('forecast', '/v1/registry/forecast', { days: 1 }),
    get('show-job', `/v1/registry/jobs/${job.id}`),
    post('run-job', `/v1/registry/jobs/${job.id}/run`),
    get('job-result', `/v1/registry/jobs/${job.id}/result`),
    post('request-purge', '/v1/registry-purge', {
      notes: [2],
      proposals: [],
      authority: 'us-state',
      reason,
    }),
    get('show-purge', `/v1/registry-purge/${purge.id}`),
    post('approve-purge', `/v1/registry-purge/${purge.id}/approve`, { request: purge.digest }),
  ];
}

/** A route's event, its body signed by whoever sends it. */
async function eventOf({ method, path, query = {}, body }: Route, who: string) {
  const session = identities.find((each) => each.name === who)?.session ?? '';
  const signed = async () =>
    path.startsWith('/v1/registry-purge')
      ? purgeSigned(rig.context, session, body)
      : signedBody(rig.context, session, path.replace('/v1/registry/', ''), body, othersIn(rig.context));
  const isSigned = body === undefined || 'signed' in body;
  const text = body === undefined ? null : JSON.stringify(isSigned ? body : await signed());
  return proxyEvent(method, path, query, text, identityOf(who));
}

/** One request, its answer, and that exactly one line of exactly these members was written about it. */
async function ask(route: Route, who: string): Promise<{ status: number; body: Wire; code: string | null }> {
  lines.length = 0;
  const { status, body } = await send(await eventOf(route, who));
  const code = body.error?.code ?? null;
  const line = {
    event: 'registry',
    route: route.name,
    caller: identityOf(who).userArn,
    status,
    code,
    version: typeof body.version === 'number' ? body.version : null,
  };
  expect(lines.map((text) => JSON.parse(text))).toEqual([line]);
  return { status, body, code };
}

const by = (name: string, path: string, body: Wire, who = 'proposer') =>
  ask({ name, method: 'POST', path, body }, who).then((answer) => answer.body);
const reason = 'A test';
const file = (id: string) => by('propose', '/v1/registry/proposals', { reason, changes: [vendor(id)] });

beforeAll(async () => {
  const scope = { network: 'us-a' };
  const drill = { id: 'drill', authority: 'us-state', scope, cause: 'doubt', reason };
  await by('hold', '/v1/registry/hold', drill, 'usa-proposer');
  made['proposal'] = await file('door-one');
  made['other'] = await file('door-two');
  const upload = { chunks: 2, bytes: 9, digest: ZERO };
  made['upload'] = await by('propose', '/v1/registry/proposals', { reason, upload });
  made['job'] = (await by('verify', '/v1/registry/verify', {})).job;
  const spill = { notes: [2], proposals: [], authority: 'us-state', reason };
  made['purge'] = await by('request-purge', '/v1/registry-purge', spill, 'usa-proposer');
});

const UNAVAILABLE = 'the database did not answer in time; the same request may be sent again';
const ALTERED = 'what is stored is not what was published; run verify and follow the runbook';
const EMPTY = 'no registry has been published yet: the first proposal has base null (`propose --genesis`)';
const unavailable = (store: string) => ({
  code: 'STORE_UNAVAILABLE',
  message: UNAVAILABLE,
  details: { store },
});
const altered = (more: object = {}) => ({
  code: 'REGISTRY_INTEGRITY',
  message: ALTERED,
  details: { store: 'DIGEST_MISMATCH', ...more },
});
const absent = (code: string, message: string, more: object = {}) => ({ code, message, ...more });
const NO_PROPOSAL = absent(
  'PROPOSAL_UNKNOWN',
  'there is no proposal of this id: `registry proposals` lists them',
);
const NO_JOB = absent('JOB_UNKNOWN', 'there is no job of this id');
const NO_PURGE = absent('PURGE_UNKNOWN', 'there is no such request');
const STATUS: Readonly<Record<string, number>> = {
  STORE_UNAVAILABLE: 503,
  REHEARSAL_FAILED: 503,
  REGISTRY_INTEGRITY: 503,
  REGISTRY_EMPTY: 409,
  PROPOSAL_UNKNOWN: 404,
  FACT_UNKNOWN: 404,
  JOB_UNKNOWN: 404,
  PURGE_UNKNOWN: 404,
  FLIPS_CHANGED: 409,
};

/** A rehearsal says which of its steps failed. */
const unrehearsed = (step: string, code: string, done: readonly string[] = []) => ({
  code: 'REHEARSAL_FAILED',
  message: 'nobody could stop anything now',
  details: { step, code, done },
});

/** What every route answers in a weather, and the routes that answer otherwise: an error, or 200 for what rests on text alone. */
const WEATHERS: readonly [Weather, Wire, () => Readonly<Record<string, Wire>>][] = [
  ['dead', unavailable('STORE_UNAVAILABLE'), () => ({ rehearse: unrehearsed('head', 'STORE_UNAVAILABLE') })],
  ['refusing', unavailable('STORE_REFUSED'), () => ({ rehearse: unrehearsed('head', 'STORE_UNAVAILABLE') })],
  [
    'lying',
    altered(),
    () => ({
      'list-proposals': 200,
      rehearse: unrehearsed('head', 'REGISTRY_INTEGRITY'),
      // Without a simulation there is nothing to sign yet.
      sign: { code: 'FLIPS_CHANGED', message: 'simulate the proposal before it is signed or approved' },
      'show-proposal': altered({ digest: made['proposal'].body }),
      validate: altered({ digest: made['proposal'].body }),
      'put-chunk': 200,
      reject: 200,
      verify: 200,
      'show-job': 200,
      'run-job': 200,
      'job-result': { code: 'REGISTRY_INTEGRITY', message: ALTERED, details: { store: 'OBJECT_MALFORMED' } },
    }),
  ],
  [
    'empty',
    { code: 'REGISTRY_EMPTY', message: EMPTY, details: { store: 'HEAD_MISSING' } },
    () => ({
      propose: { code: 'REGISTRY_EMPTY', message: EMPTY, path: '/base' },
      rehearse: 200,
      forecast: { code: 'REGISTRY_EMPTY', message: 'no registry has been published yet' },
      lift: absent('FACT_UNKNOWN', 'there is no hold of this id', { path: '/hold' }),
      'list-proposals': 200,
      signing: 200,
      verify: 200,
      'show-job': NO_JOB,
      'run-job': NO_JOB,
      'job-result': NO_JOB,
      'show-purge': NO_PURGE,
      'approve-purge': NO_PURGE,
      ...Object.fromEntries(
        ['show-proposal', 'put-chunk', 'validate', 'simulate', 'sign', 'approve', 'reject'].map((n) => [
          n,
          NO_PROPOSAL,
        ]),
      ),
    }),
  ],
];

describe('every route', () => {
  it.each(WEATHERS)('over a store that is %s', async (weather, usual, exceptions) => {
    const others = exceptions();
    let job: Wire;
    proxy.weather(weather);
    for (const route of routes()) {
      const { status, body } = await ask(route, 'proposer');
      const expected = others[route.name] ?? usual;
      if (expected === 200) expect([route.name, status, body.error]).toEqual([route.name, 200, undefined]);
      else
        expect([route.name, status, body]).toEqual([route.name, STATUS[expected.code], { error: expected }]);
      if (route.name === 'verify') job = body.job;
    }
    proxy.weather('fair');
    if (weather !== 'lying') return;
    // A history that cannot be read is not a sound one.
    const path = `/v1/registry/jobs/${job.id}/result`;
    const { body } = await ask({ name: 'job-result', method: 'GET', path }, 'auditor');
    expect([job.status, JSON.parse(body.text).sound]).toEqual(['done', false]);
  });

  const PEOPLE = [
    'caller',
    'auditor',
    'gbr-proposer',
    'gbr-approver',
    'approver',
    'proposer',
    'usa-proposer',
    'usa-approver',
  ];
  const only = (answers: Readonly<Record<string, number | string>>) => (who: string) =>
    answers[who] ?? 'NOT_AUTHORISED';
  const all = (answer: number | string) => () => answer;
  /** By route: what each person is answered, and the members of what is not refused. */
  const FAIR: Readonly<Record<string, readonly [(who: string) => number | string, string]>> = {
    propose: [
      only({ proposer: 201 }),
      'asked author authorKey base body createdAt digest expiresAt id kind operations reason status',
    ],
    'list-proposals': [all(200), 'next proposals'],
    'show-proposal': [
      all(200),
      'asked author authorKey base body bytes changes createdAt digest expiresAt id kind operations reason status',
    ],
    'put-chunk': [
      only({ proposer: 200 }),
      'asked author authorKey base body createdAt digest expiresAt id kind operations reason status upload',
    ],
    validate: [all(200), 'problems valid'],
    simulate: [all(200), 'job proposal simulation'],
    sign: [only({ proposer: 'SIGNATURE_INVALID' }), ''],
    approve: [only({ proposer: 'SECOND_PERSON_NEEDED', approver: 'FLIPS_CHANGED' }), ''],
    reject: [
      (who) => (who === 'approver' ? 200 : PEOPLE.indexOf(who) < 4 ? 'NOT_AUTHORISED' : 'PROPOSAL_STATUS'),
      'asked author authorKey base body createdAt digest expiresAt id kind operations reason rejection status',
    ],
    revoke: [
      only({ 'usa-proposer': 200, 'usa-approver': 200 }),
      'acknowledgedAt digest noPermitAfter version',
    ],
    hold: [
      only({ 'usa-proposer': 200, 'usa-approver': 200 }),
      'acknowledgedAt digest noPermitAfter until version wide',
    ],
    rehearse: [all(200), 'standing steps'],
    lift: [
      only({ 'usa-proposer': 201 }),
      'asked author authorKey base body createdAt digest expiresAt id kind operations reason status',
    ],
    rollback: [
      only({ 'usa-proposer': 201 }),
      'asked author authorKey base body createdAt digest expiresAt id kind operations reason status',
    ],
    undo: [all(200), 'absent also head parts staying stays to'],
    confirm: [all('PROPOSAL_STATUS'), ''],
    signing: [all(200), 'base epoch floor people registry root'],
    log: [all(200), 'entries held next'],
    version: [
      all(200),
      'approvers author confirmed digest epoch facts held kind lineage note noteDigest recordedAt signedBy version',
    ],
    stops: [all(200), 'held stops version'],
    holds: [all(200), 'at held holds version'],
    facts: [all(200), 'held keys next version'],
    names: [all(200), 'held names next version'],
    fact: [all(200), 'digest fact held key version'],
    diff: [all(200), 'differences from held next to total'],
    blame: [
      all(200),
      'approvers author change confirmed digest epoch fact held key kind lineage note noteDigest recordedAt signedBy sources version',
    ],
    verify: [all(200), 'job'],
    forecast: [all(200), 'job'],
    'show-job': [all(200), 'job'],
    'run-job': [all(200), 'job'],
    'job-result': [all(200), 'digest part parts text'],
    'request-purge': [
      only({ 'usa-proposer': 201, 'usa-approver': 201 }),
      'authority consents contents createdAt digest id jobs missing needed notes objects outcomes proposals reason salt status',
    ],
    'show-purge': [
      all(200),
      'authority consents contents createdAt digest id jobs notes objects outcomes proposals reason salt status',
    ],
    'approve-purge': [
      only({ 'usa-proposer': 202, 'usa-approver': 200 }),
      'approvedAt authority consents createdAt digest id jobs notes objects outcomes proposals reason salt status',
    ],
  };

  it.each(Object.entries(FAIR))('%s, by everybody', async (name, [answerTo, members]) => {
    if (name === 'reject') made['other'] = await file('door-three');
    let shown = '';
    // One simulation is enough: its author's, which then stands beside the proposal.
    for (const who of name === 'simulate' ? ['proposer'] : PEOPLE) {
      const route = routes(who).find((each) => each.name === name) as Route;
      const { status, body, code } = await ask(route, who);
      const expected = answerTo(who);
      expect([who, code ?? status], JSON.stringify(body)).toEqual([who, expected]);
      if (code === null) shown = Object.keys(body).sort().join(' ');
      else expect(status).toBe(FORBIDDEN.has(code) ? 403 : 409);
    }
    expect(shown).toBe(members);
  });

  it('is in both tables, and nothing else', () => {
    expect(Object.keys(FAIR)).toEqual(routes().map(({ name }) => name));
  });
});

const FORBIDDEN: ReadonlySet<string> = new Set([
  'NOT_AUTHORISED',
  'SECOND_PERSON_NEEDED',
  'SIGNATURE_INVALID',
  'CALLER_UNKNOWN',
]);

/** What is refused before there is a route, or a person. */
async function refused(event: unknown, status: number, code: string, message: string, more: object = {}) {
  lines.length = 0;
  const answer = await send(event);
  const { caller = null, route = 'none', ...error } = more as { caller?: string; route?: string };
  expect(answer).toEqual({ status, body: { error: { code, message, ...error } } });
  const line = { event: 'registry', route, caller, status, code, version: null };
  expect(lines.map((text) => JSON.parse(text))).toEqual([line]);
}

describe('who calls', () => {
  const arn = 'arn:aws:sts::000000000000:assumed-role/routeguard-usa-proposer/uma';
  const user = 'AROALOCALUSAPROPOSER:uma';
  const CALLERS = 'the registry is administered by sessions of IAM roles of its account only';
  const NOBODY: readonly [what: string, identity: Readonly<Record<string, unknown>>][] = [
    ['nobody', {}],
    ['no role id', { userArn: arn }],
    ['no ARN', { user }],
    ['an IAM user', { userArn: 'arn:aws:iam::000000000000:user/uma', user: 'AIDA12345678' }],
    ['the account itself', { userArn: 'arn:aws:iam::000000000000:root', user: '000000000000' }],
    ['a role of another account', { userArn: arn.replace('000000000000', '111111111111'), user }],
    ['two session names', { userArn: arn, user: 'AROALOCALUSAPROPOSER:ulysses' }],
    ['lists', { userArn: [arn], user: [user] }],
  ];
  it.each(NOBODY)('is refused at every route as %s', async (_what, identity) => {
    for (const { method, path } of routes()) {
      const headers = { 'x-amzn-user-arn': arn, 'x-amzn-user': user };
      const event = {
        ...(proxyEvent(
          method,
          path,
          {},
          JSON.stringify({ identity: { userArn: arn, user } }),
          identity,
        ) as object),
        headers,
        identity: { userArn: arn, user },
      };
      await refused(event, 403, 'CALLER_UNKNOWN', CALLERS);
    }
  });

  it.each([undefined, null, 7, '111111111111', ['000000000000']])(
    'is of the account %o: nobody',
    (accountId) =>
      refused(
        {
          httpMethod: 'GET',
          path: '/v1/registry/log',
          requestContext: { accountId, identity: { userArn: arn, user } },
        },
        403,
        'CALLER_UNKNOWN',
        CALLERS,
      ),
  );

  it.each([
    null,
    undefined,
    'text',
    7,
    [],
    { httpMethod: 'GET' },
    { path: '/v1/registry/log' },
    { httpMethod: 1, path: 2 },
  ])('an event that is none: %o', (event) =>
    refused(event, 400, 'REQUEST_INVALID', 'not a request of the REST API'),
  );
});

describe('what is asked', () => {
  const caller = identityOf('auditor').userArn;
  const sent = (method: string, path: string, body: string | null = null, more: object = {}) => ({
    ...(proxyEvent(method, path, {}, body, identityOf('auditor')) as object),
    ...more,
  });
  const unknown = (method: string, path: string) =>
    refused(sent(method, path), 404, 'ROUTE_UNKNOWN', 'there is no such method of the registry', { caller });

  it('by another method, or nearly at its path, is no route', async () => {
    const known = new Set(routes().map(({ method, path }) => `${method} ${path}`));
    for (const { method, path } of routes()) {
      for (const other of [
        'GET',
        'POST',
        'PUT',
        'DELETE',
        'PATCH',
        'HEAD',
        'OPTIONS',
        method.toLowerCase(),
        '',
      ])
        if (!known.has(`${other} ${path}`)) await unknown(other, path);
      for (const near of [
        `${path}/`,
        `/${path}`,
        path.toUpperCase(),
        path.replace('/v1/', '/v2/'),
        `${path}/x/y/z`,
        path.slice(1),
      ])
        await unknown(method, near);
    }
  });

  const ID = 'p-20260101T000000Z-0123456789';
  const KINDS =
    'accreditation, assessment, authority, criteria-set, designation, equivalence, exemption, hold, mandate, network, protection, route, standard, vendor, waiver';
  const A_KIND = `a kind of fact is one of ${KINDS}`;
  const LIKE = '-20261123T213344Z-8f3a0c1d22: ';
  const A_PROPOSAL = `the id of a proposal looks like p${LIKE}\`registry proposals\` lists them`;
  const A_JOB = `the id of a job looks like j${LIKE}the answer that started it names it`;
  const AN_ID =
    'the id of a fact is letters, digits, dots and dashes, up to 64, and begins and ends with none of the last two';
  const A_VERSION = 'a version is a whole number from 1';
  const VARIABLES: readonly [template: string, message: string, wrong: readonly string[]][] = [
    [
      'proposals/*',
      A_PROPOSAL,
      [
        'HEAD',
        `${ID}0`,
        `x${ID}`,
        ID.toUpperCase(),
        ID.replace('p-', 'pp-'),
        ID.replace('p-', 'j-'),
        ID.replace('Z', ''),
        `${ID}\n`,
        '..',
      ],
    ],
    ['jobs/*/result', A_JOB, ['HEAD', ID, `${ID}0`, ID.replace('0123456789', '012345678g')]],
    ['versions/*', A_VERSION, ['0', '01', '-1', '1.0', '1e3', '1234567890', 'x', ' 1']],
    ['facts/*', A_KIND, ['-x', '1', 'n', 'a'.repeat(33), 'n'.repeat(7000), 'a_b', 'HEAD', 'toString']],
    ['facts/*', `${A_KIND}; did you mean hold?`, ['holds', 'hlod', 'Hold', 'HLOD', 'hold ', 'hold\n']],
    ['facts/*', `${A_KIND}; did you mean authority?`, ['authorities', 'authorty', 'Authority']],
    ['facts/*/x', `${A_KIND}; did you mean network?`, ['netwrk', 'networks']],
    ['facts/network/*', AN_ID, ['-a', 'a-', '.a', 'a.', 'a'.repeat(65), 'a%2Fb', 'a b']],
    ['blame/*/x', `${A_KIND}; did you mean accreditation?`, ['accreditatio', 'Accreditations']],
    ['blame/network/*', AN_ID, ['_']],
  ];
  it.each(VARIABLES)('%s takes only what its variable may be: %s', async (template, message, wrong) => {
    for (const value of wrong) {
      const path = `/v1/registry/${template.replace('*', value)}`;
      await refused(sent('GET', path), 400, 'REQUEST_INVALID', message, { caller });
    }
  });
  it.each(['proposals/', 'versions/', 'facts/', 'facts/network/', 'blame/network/'])(
    '%s names nothing, and is no route',
    (path) => unknown('GET', `/v1/registry/${path}`),
  );
  it.each(['-1', '00', '10000', 'x'])('chunk %o is none', (n) =>
    refused(
      sent('PUT', `/v1/registry/proposals/${ID}/chunks/${n}`),
      400,
      'REQUEST_INVALID',
      'a chunk is a whole number from 0',
      { caller },
    ),
  );

  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const MOST = 4 * 1024 * 1024;
  const sized = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`;
  const unparsable = (message: string, at: number) =>
    [400, 'REQUEST_UNPARSABLE', message, { details: { at } }] as const;
  const invalid = (message: string, path: string) => [400, 'REQUEST_INVALID', message, { path }] as const;
  const UNKNOWN_MEMBER = 'unknown member: remove it or correct its spelling';
  const BODIES: readonly [string, string, readonly [number, string, string, object]][] = [
    ['no JSON', '{', unparsable('not JSON', 1)],
    [
      'a repeated member',
      '{"reason":"a","reason":"b"}',
      unparsable('one object has the same member twice', 14),
    ],
    ['a prototype', '{"__proto__":{}}', unparsable('a member name that is not allowed', 1)],
    ['32 levels and one', `{"a":${nested(32)}}`, unparsable('nested deeper than 32 levels', 36)],
    ['a lone surrogate', '{"reason":"\\ud800"}', unparsable('a lone surrogate: the text is not Unicode', 10)],
    ['a byte order mark', '\ufeff{}', unparsable('starts with a byte order mark', 0)],
    ['a list', '[]', invalid('the body is a JSON object', '')],
    ['null', 'null', invalid('the body is a JSON object', '')],
    ['text', '"a"', invalid('the body is a JSON object', '')],
    ['an unknown member', '{"x":1}', invalid(UNKNOWN_MEMBER, '/x')],
    ['as large as it may be', sized(MOST), invalid(UNKNOWN_MEMBER, '/a')],
    [
      'a byte larger',
      sized(MOST + 1),
      [
        413,
        'TOO_LARGE',
        `larger than ${MOST} bytes: send a proposal in chunks`,
        { details: { maxBytes: MOST } },
      ],
    ],
  ];
  it.each(BODIES)('in a body that is %s', async (_what, body, [status, code, message, more]) => {
    const [path, route] = ['/v1/registry/verify', 'verify'];
    const flaws = 'path' in more && more.path !== '' ? { problems: [{ path: more.path, message }] } : {};
    const expected = { caller, route, ...more, ...flaws };
    await refused(sent('POST', path, body), status, code, message, expected);
    const base64 = Buffer.from(body).toString('base64');
    await refused(sent('POST', path, base64, { isBase64Encoded: true }), status, code, message, expected);
  });

  it('as base64 that nobody said is base64 is not JSON', () =>
    refused(
      sent('POST', '/v1/registry/verify', Buffer.from('{}').toString('base64'), { isBase64Encoded: 'true' }),
      400,
      'REQUEST_UNPARSABLE',
      'not JSON',
      { caller, route: 'verify', details: { at: 0 } },
    ));

  it.each([{ limit: ['1', '2'] }, { limit: [] }, { limit: [1] }, { limit: '1' }])(
    'by %o, not one parameter once',
    (query) =>
      refused(
        sent('GET', '/v1/registry/log', null, { multiValueQueryStringParameters: query }),
        400,
        'REQUEST_INVALID',
        'a query parameter is given once',
      ),
  );
});

describe('an invocation by another name than the one that was released', () => {
  it.each([
    FUNCTION,
    `${FUNCTION}:1`,
    `${FUNCTION}:$LATEST`,
    `${FUNCTION}:probe`,
    `${FUNCTION}:live2`,
    `${FUNCTION.replace(':registry', ':live')}`,
    `${FUNCTION.replace(':registry', ':live')}:1`,
    '',
  ])('%s does nothing', async (arn) => {
    for (const route of routes()) {
      lines.length = 0;
      const { status, body } = await send(await eventOf(route, 'proposer'), 30_000, arn);
      expect([route.name, status, body.error.code]).toEqual([route.name, 403, 'CALLER_UNKNOWN']);
      expect(lines.map((text) => JSON.parse(text))).toEqual([
        {
          event: 'registry',
          route: 'none',
          caller: null,
          status: 403,
          code: 'CALLER_UNKNOWN',
          version: null,
        },
      ]);
    }
  });
});

describe('time', () => {
  it('a slow store is waited for', async () => {
    proxy.weather('slow');
    for (const route of routes().filter(({ method }) => method === 'GET'))
      expect([route.name, (await ask(route, 'auditor')).status]).toEqual([route.name, 200]);
    proxy.weather('fair');
  });

  it('a hung store is answered for, half a second before the end', async () => {
    proxy.weather('hung');
    const message = 'not done in time: the same request may be sent again';
    const answers = await Promise.all(
      routes().map(async (route) => send(await eventOf(route, 'auditor'), 600)),
    );
    for (const answer of answers)
      expect(answer).toEqual({ status: 503, body: { error: { code: 'OUT_OF_TIME', message } } });
    const line = {
      event: 'registry',
      route: 'none',
      caller: null,
      status: 503,
      code: 'OUT_OF_TIME',
      version: null,
    };
    expect(lines.map((text) => JSON.parse(text))).toEqual(answers.map(() => line));
  });
});
