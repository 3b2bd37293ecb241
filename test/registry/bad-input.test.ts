/** What a body may say and the registry as it stands refuses, each with its own code and place. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accreditation as adding, vendor } from './changes.ts';
import { type RegistryRig, startRegistryRig, type Wire } from './rig.ts';

let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig({ sample: false });
});
afterAll(() => rig.stop());

const { fact: accreditation } = adding('us-on-us-a-2');
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
  ['a person', 'proposals', proposal([], { author: 'uma' }), 400, 'REQUEST_INVALID', '/author'],
  [
    'an approver',
    'hold',
    JSON.stringify({
      id: 'h',
      authority: 'us-state',
      scope: { everything: true },
      cause: 'doubt',
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
    'what is real made synthetic outside a sample',
    'proposals',
    proposal([
      {
        op: 'replace',
        fact: { kind: 'network', id: 'us-a', synthetic: true },
        was: `sha256:${'0'.repeat(64)}`,
      },
    ]),
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
  [
    'a revocation of no fact',
    'revoke',
    '{"facts":["network/x"],"reason":"a"}',
    404,
    'FACT_UNKNOWN',
    '/facts/0',
  ],
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
    '{"id":"h","authority":"nobody","scope":{"everything":true},"cause":"doubt","reason":"a"}',
    403,
    'NOT_AUTHORISED',
  ],
  [
    'a hold of two things',
    'hold',
    '{"id":"h","authority":"us-state","scope":{"everything":true,"owner":"USA"},"cause":"doubt","reason":"a"}',
    400,
    'REQUEST_INVALID',
  ],
  [
    'a hold of no network',
    'hold',
    '{"id":"h","authority":"us-state","scope":{"network":"nowhere"},"cause":"doubt","reason":"a"}',
    422,
    'PROPOSAL_INVALID',
  ],
  ['the lifting of no hold', 'lift', '{"hold":"h","reason":"a"}', 404, 'FACT_UNKNOWN', '/hold'],
  [
    'a roll-back to no version',
    'rollback',
    '{"version":99,"by":"us-state","also":[],"reason":"a"}',
    404,
    'VERSION_UNKNOWN',
  ],
  [
    'a confirmation nobody needs',
    'confirm',
    JSON.stringify({ version: 1, digest: `sha256:${'0'.repeat(64)}`, reason: 'a' }),
    409,
    'PROPOSAL_STATUS',
  ],
  ['an unknown proposal', 'proposals/p-20260101T000000Z-0123456789/simulate', '{}', 404, 'PROPOSAL_UNKNOWN'],
  ['an id that is none', 'proposals/HEAD/simulate', '{}', 400, 'REQUEST_INVALID'],
  ['an unknown job', 'jobs/j-20260101T000000Z-0123456789/run', '{}', 404, 'JOB_UNKNOWN'],
];

function upload(change: object): string {
  const given = { chunks: 2, bytes: 100, digest: `sha256:${'0'.repeat(64)}`, ...change };
  return JSON.stringify({ reason: 'A test', upload: given });
}

describe('bad input', () => {
  it.each(BODIES)('%s gets a precise error', async (what, path, body, status, code, at) => {
    const answer = await rig.as('usa-proposer').post(path, body);
    expect([answer.status, answer.body.error.code], JSON.stringify(answer.body)).toEqual([status, code]);
    if (at !== undefined) expect(answer.body.error.path).toBe(at);
    expect(answer.body.error.message.length).toBeGreaterThan(0);
    if (what.startsWith('a genesis')) expect(answer.body.error.message).toMatch(/leave --genesis out$/);
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
    ['versions/x', {}, 400, 'REQUEST_INVALID'],
    ['facts/holds', {}, 400, 'REQUEST_INVALID'],
    ['blame/accreditatio/x', {}, 400, 'REQUEST_INVALID'],
    ['facts/network/nowhere', {}, 404, 'FACT_UNKNOWN'],
    ['facts/network', { about: 'nothing' }, 400, 'REQUEST_INVALID'],
    ['names', { about: 'vendor/x' }, 400, 'REQUEST_INVALID'],
    ['names', { version: '99' }, 404, 'VERSION_UNKNOWN'],
    ['facts/network/us-a', { version: '99' }, 404, 'VERSION_UNKNOWN'],
    ['blame/network/nowhere', {}, 404, 'FACT_UNKNOWN'],
    ['proposals', { before: 'HEAD' }, 400, 'REQUEST_INVALID'],
    ['../decide', {}, 404, 'ROUTE_UNKNOWN'],
  ];
  it.each(QUERIES)('GET %s %o gets a precise error', async (path, query, status, code) => {
    const answer = await rig.as('auditor').get(path, query);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });
});

describe('unsound facts are not filed', () => {
  const bad = {
    ...vendor('unsound-maker').fact,
    synthetic: false,
    ownedBy: [{ owner: 'nobody-known', share: 1, valid: null }],
  };
  const dangling = adding('of-nowhere', 2037, { subject: { network: 'nowhere' } });
  const changes = [{ op: 'add', fact: bad }, dangling];
  const KEYS = ['vendor/unsound-maker', 'accreditation/of-nowhere'];

  it('and every problem is told by its fact', async () => {
    const { status, body } = await rig
      .as('proposer')
      .post('proposals', { reason: 'A test', changes: [changes[0]] });
    expect([status, body.error.code]).toEqual([422, 'PROPOSAL_INVALID']);
    expect(body.error.problems.map((each: Wire) => each.key)).toContain(KEYS[0]);
    const list = await rig.as('auditor').get('proposals');
    expect(list.body.proposals.filter((each: Wire) => each.body !== null && each.operations === 1)).toEqual(
      [],
    );
  });

  it('and who may not propose them learns of both', async () => {
    const { status, body } = await rig.as('gbr-proposer').post('proposals', { reason: 'A test', changes });
    expect([status, body.error.code]).toEqual([403, 'NOT_AUTHORISED']);
    const told = body.error.problems.map((each: Wire) => each.key ?? each.message.split(':')[0]);
    expect(told).toEqual(expect.arrayContaining(['NOT_A_PROPOSER', ...KEYS]));
  });
});
