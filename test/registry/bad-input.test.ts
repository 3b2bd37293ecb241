import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handle } from '../../functions/registry/router.ts';
import { proxyEvent, type RegistryRig, startRegistryRig, TIMES, type Wire } from './rig.ts';

let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig({ sample: false });
});
afterAll(() => rig.stop());

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const source = { citation: 'A test', verified: true };
const accreditation = {
  kind: 'accreditation',
  id: 'us-on-us-a-2',
  authority: 'us-accreditor',
  subject: { network: 'us-a' },
  carries: [{ frame: 'US', level: 'SECRET', compartments: [], controls: [] }],
  audience: ['USA'],
  valid: { from: '2036-01-01', to: '2036-12-31', zone: 'UTC' },
  sources: [source],
};
const proposal = (changes: unknown, more: object = {}) =>
  JSON.stringify({ reason: 'A test', changes, ...more });

/** What is sent, what comes back. */
const BODIES: readonly [
  what: string,
  path: string,
  body: string,
  status: number,
  code: string,
  at?: string,
][] = [
  ['no JSON', 'proposals', '{', 400, 'REQUEST_UNPARSABLE'],
  ['a repeated member', 'proposals', '{"reason":"a","reason":"b"}', 400, 'REQUEST_UNPARSABLE'],
  ['a prototype', 'proposals', '{"__proto__":{}}', 400, 'REQUEST_UNPARSABLE'],
  ['deep nesting', 'proposals', `{"reason":"a","changes":${nested(5000)}}`, 400, 'REQUEST_UNPARSABLE'],
  ['a lone surrogate', 'proposals', '{"reason":"\ud800"}', 400, 'REQUEST_UNPARSABLE'],
  ['a list', 'proposals', '[]', 400, 'REQUEST_INVALID', ''],
  ['nothing', 'proposals', '{}', 400, 'REQUEST_INVALID'],
  ['a person', 'proposals', proposal([], { author: 'uma' }), 400, 'REQUEST_INVALID', '/author'],
  [
    'an approver',
    'hold',
    JSON.stringify({
      id: 'h',
      authority: 'us-state',
      scope: { everything: true },
      reason: 'a',
      approver: 'ulysses',
    }),
    400,
    'REQUEST_INVALID',
    '/approver',
  ],
  ['two lines of reason', 'proposals', '{"reason":"a\\nb","changes":[]}', 400, 'REQUEST_INVALID', '/reason'],
  ['no operation', 'proposals', proposal([]), 422, 'PROPOSAL_INVALID', '/changes'],
  ['an unknown operation', 'proposals', proposal([{ op: 'drop' }]), 422, 'PROPOSAL_INVALID', '/changes/0/op'],
  [
    'a fraction',
    'proposals',
    proposal([{ op: 'add', fact: { a: 0.5 } }]),
    422,
    'PROPOSAL_INVALID',
    '/changes/0',
  ],
  ['10 MB', 'proposals', proposal([{ op: 'add', fact: { a: 'x'.repeat(10_000_000) } }]), 413, 'TOO_LARGE'],
  [
    'an old base',
    'proposals',
    proposal([{ op: 'add', fact: accreditation }], { base: 9 }),
    409,
    'CONFLICT',
    '/base',
  ],
  [
    'a genesis where there is a registry',
    'proposals',
    proposal([{ op: 'add', fact: accreditation }], { base: null }),
    409,
    'CONFLICT',
    '/base',
  ],
  [
    'a fact that has changed',
    'proposals',
    proposal([
      {
        op: 'replace',
        fact: { ...accreditation, id: 'us-on-us-a' },
        was: `sha256:${'0'.repeat(64)}`,
      },
    ]),
    409,
    'CONFLICT',
  ],
  [
    'a synthetic network outside a sample',
    'proposals',
    proposal([{ op: 'add', fact: { kind: 'network', id: 'new', synthetic: true } }]),
    422,
    'SYNTHETIC_REFUSED',
  ],
  [
    'an announced upload that is too large',
    'proposals',
    upload({ bytes: 2 ** 40 }),
    400,
    'REQUEST_INVALID',
    '/upload/bytes',
  ],
  ['a revocation of nothing', 'revoke', '{"facts":[],"reason":"a"}', 400, 'REQUEST_INVALID', '/facts'],
  ['a revocation of no fact', 'revoke', '{"facts":["network/x"],"reason":"a"}', 404, 'NOT_FOUND', '/facts/0'],
  [
    'a revocation that could permit',
    'revoke',
    '{"facts":["mandate/usa-trusted-transport"],"reason":"a"}',
    422,
    'NOT_RESTRICTING',
  ],
  [
    'a hold for nobody',
    'hold',
    '{"id":"h","authority":"nobody","scope":{"everything":true},"reason":"a"}',
    403,
    'NOT_AUTHORISED',
  ],
  [
    'a hold of two things',
    'hold',
    '{"id":"h","authority":"us-state","scope":{"everything":true,"owner":"USA"},"reason":"a"}',
    400,
    'REQUEST_INVALID',
  ],
  [
    'a hold of no network',
    'hold',
    '{"id":"h","authority":"us-state","scope":{"network":"nowhere"},"reason":"a"}',
    422,
    'PROPOSAL_INVALID',
  ],
  ['the lifting of no hold', 'lift', '{"hold":"h","reason":"a"}', 404, 'NOT_FOUND', '/hold'],
  ['a roll-back to no version', 'rollback', '{"version":99,"reason":"a"}', 404, 'VERSION_UNKNOWN'],
  [
    'a confirmation nobody needs',
    'confirm',
    JSON.stringify({ version: 1, digest: `sha256:${'0'.repeat(64)}`, authority: 'us-state', reason: 'a' }),
    409,
    'PROPOSAL_STATUS',
  ],
  ['an unknown proposal', 'proposals/p-20260101T000000Z-0123456789/simulate', '{}', 404, 'NOT_FOUND'],
  ['an id that is none', 'proposals/HEAD/simulate', '{}', 404, 'ROUTE_UNKNOWN'],
  ['an unknown job', 'jobs/j-20260101T000000Z-0123456789/run', '{}', 404, 'NOT_FOUND'],
];

function upload(change: object): string {
  const given = { chunks: 2, bytes: 100, digest: `sha256:${'0'.repeat(64)}`, ...change };
  return JSON.stringify({ reason: 'A test', upload: given });
}

describe('bad input', () => {
  it.each(BODIES)('%s gets a precise error', async (_what, path, body, status, code, at) => {
    const answer = await rig.as('usa-proposer').post(path, body);
    expect([answer.status, answer.body.error.code], JSON.stringify(answer.body)).toEqual([status, code]);
    if (at !== undefined) expect(answer.body.error.path).toBe(at);
    expect(answer.body.error.message.length).toBeGreaterThan(0);
  });

  const QUERIES: readonly [
    path: string,
    query: Readonly<Record<string, string>>,
    status: number,
    code: string,
  ][] = [
    ['log', { limit: '0' }, 400, 'REQUEST_INVALID'],
    ['log', { limit: '9999' }, 400, 'REQUEST_INVALID'],
    ['log', { lmit: '5' }, 400, 'REQUEST_INVALID'],
    ['diff', {}, 400, 'REQUEST_INVALID'],
    ['diff', { from: '7' }, 404, 'VERSION_UNKNOWN'],
    ['versions/7', {}, 404, 'VERSION_UNKNOWN'],
    ['versions/x', {}, 404, 'ROUTE_UNKNOWN'],
    ['facts/network/nowhere', {}, 404, 'NOT_FOUND'],
    ['facts/network/us-a', { version: '99' }, 404, 'VERSION_UNKNOWN'],
    ['blame/network/nowhere', {}, 404, 'NOT_FOUND'],
    ['proposals', { before: 'HEAD' }, 400, 'REQUEST_INVALID'],
    ['../decide', {}, 404, 'ROUTE_UNKNOWN'],
  ];
  it.each(QUERIES)('GET %s %o gets a precise error', async (path, query, status, code) => {
    const answer = await rig.as('auditor').get(path, query);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });
});

describe('who calls', () => {
  const arn = 'arn:aws:sts::000000000000:assumed-role/routeguard-usa-proposer/uma';
  const user = 'AROALOCALUSAPROPOSER:uma';
  const NOBODY: readonly [what: string, identity: Readonly<Record<string, unknown>>][] = [
    ['nobody', {}],
    ['no role id', { userArn: arn }],
    ['an IAM user', { userArn: 'arn:aws:iam::000000000000:user/uma', user: 'AIDA12345678' }],
    ['the account itself', { userArn: 'arn:aws:iam::000000000000:root', user: '000000000000' }],
    ['a role of another account', { userArn: arn.replace('000000000000', '111111111111'), user }],
    ['two session names', { userArn: arn, user: 'AROALOCALUSAPROPOSER:ulysses' }],
    ['lists', { userArn: [arn], user: [user] }],
  ];
  it.each(NOBODY)('is refused as %s', async (_what, identity) => {
    const event = proxyEvent('GET', '/v1/registry/log', {}, null, identity);
    const { status, body } = await handle(rig.context, event, TIMES);
    expect([status, (body as Wire).error.code]).toEqual([403, 'CALLER_UNKNOWN']);
  });

  it('is never read from a body or a header', async () => {
    const event = proxyEvent(
      'GET',
      '/v1/registry/log',
      {},
      JSON.stringify({ identity: { userArn: arn } }),
      {},
    );
    const { status } = await handle(
      rig.context,
      { ...(event as object), headers: { 'x-amzn-user-arn': arn }, identity: { userArn: arn, user } },
      TIMES,
    );
    expect(status).toBe(403);
  });

  it.each([null, 'text', 7, [], { httpMethod: 'GET' }])('an event that is none: %o', async (event) => {
    const { status } = await handle(rig.context, event, TIMES);
    expect(status).toBe(400);
  });
});

describe('what is logged', () => {
  it('is a closed schema: nothing the caller wrote is in it', async () => {
    const secret = 'TOP-SECRET-PHRASE';
    for (const [path, body] of [
      ['proposals', proposal([{ op: 'add', fact: { kind: secret } }], { [secret]: 1 })],
      [`facts/${secret}`, '{}'],
    ] as const) {
      const identity = {
        userArn: 'arn:aws:sts::000000000000:assumed-role/routeguard-usa-proposer/uma',
        user: 'AROALOCALUSAPROPOSER:uma',
      };
      const event = proxyEvent('POST', `/v1/registry/${path}`, { [secret]: secret }, body, identity);
      const { record } = await handle(rig.context, event, TIMES);
      expect(JSON.stringify(record)).not.toContain(secret);
      expect(Object.keys(record).sort()).toEqual(['caller', 'code', 'event', 'route', 'status', 'version']);
    }
  });
});
