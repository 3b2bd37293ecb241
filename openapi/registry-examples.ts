/**
 * One request for each method of the registry that takes a body, as the document shows it. Keys, digests and signatures are
 * nobody's: a test sends each to a real registry, which must understand it and refuse it for what it says alone.
 */
const DIGEST = `sha256:${'2c'.repeat(32)}`;
const SALT = '8f3a0c1d22b94e6f9a7d5c3b1e0f2a48';
const BASE = { version: 41, digest: DIGEST };

const signedOver = (statement: object) => ({
  statement: {
    ...statement,
    registry: '9b1f6c3e5a7d2048b6e4c1a9f0d38275',
    at: '2026-11-23T21:33:44.000Z',
    content: DIGEST,
  },
  key: `MCowBQYDK2VwAyEA${'G'.repeat(42)}A=`,
  signature: `${'G'.repeat(86)}==`,
});
const attested = { salt: SALT, signed: signedOver({ operation: 'propose' }) };
const result = { root: DIGEST, people: DIGEST };
const toApprove = signedOver({ operation: 'approve', base: BASE, review: DIGEST, ...result });
const toPurge = signedOver({ operation: 'purge', epoch: 1 });

export const EXAMPLES: Readonly<Record<string, object>> = {
  propose: {
    reason: 'The contract with the operator ends.',
    base: 41,
    changes: [
      {
        op: 'end',
        key: 'accreditation/gb-a-us-secret',
        on: '2026-12-31T00:00:00.000Z',
        ending: [{ citation: 'Letter of 2026-11-20', verified: true, primary: true }],
        was: DIGEST,
      },
    ],
    ...attested,
  },
  'put-chunk': { text: '[{"op":"add","fact":' },
  simulate: {
    recent: [
      {
        message: { id: 'm-1', marking: 'SECRET//REL TO USA, GBR' },
        path: { route: 'sms-gb-primary' },
        nonce: 'bm9uY2U',
      },
    ],
  },
  sign: { signed: toApprove },
  approve: { permits: [1, 2], signed: toApprove },
  reject: { reason: 'The assessment is of another vendor.' },
  // Nobody stops anything by trying an example.
  revoke: { facts: ['accreditation/gb-a-us-secret'], reason: 'The operator was bought.', dryRun: true },
  hold: {
    id: 'stop-gb-a',
    authority: 'us-state',
    scope: { network: 'gb-a' },
    cause: 'doubt',
    reason: 'Traffic was seen to leave the country.',
    dryRun: true,
  },
  lift: { hold: 'stop-gb-a', reason: 'It was a measuring fault.', ...attested },
  rollback: {
    version: 40,
    by: 'us-state',
    also: [],
    reason: 'Version 41 named the wrong network.',
    ...attested,
  },
  confirm: {
    version: 41,
    digest: DIGEST,
    reason: 'Restored from the backup of 2026-11-22.',
    salt: SALT,
    signed: signedOver({
      ...{ operation: 'confirm', base: BASE, epoch: 2 },
      floor: { epoch: 1, ...BASE },
      ...result,
    }),
  },
  verify: {},
  rehearse: {},
  forecast: { days: 30 },
  'run-job': {},
  'request-purge': {
    ...{ notes: [41], proposals: [], objects: [], jobs: [], authority: 'us-state' },
    ...{ reason: 'A name of a person stood in it.', salt: SALT, signed: toPurge },
  },
  'search-tables': { fact: 'accreditation/gb-a-us-secret', from: 9, to: 11, after: null },
  'approve-purge': { signed: toPurge },
};

export const ID_EXAMPLES = {
  proposal: 'p-20261123T213344Z-8f3a0c1d22',
  job: 'j-20261123T213410Z-5b712609bd',
  purge: 'x-20261123T213344Z-4b1c9d0e77',
} as const;

export const PATH_EXAMPLES = {
  n: 0,
  v: 1,
  kind: 'network',
  fact: 'gb-b',
} as const;

export const QUERY_EXAMPLES = {
  about: 'vendor/maker-a',
  also: 'hold/drill',
  before: '41',
  limit: 20,
  part: 0,
  version: 1,
  after: 'network/gb-a',
  from: 1,
  to: 1,
} as const;
