/**
 * One answer of each method of the registry, by status, about one change: the contract with an operator ends. Made after answers
 * of a real registry, with nothing in them that the document does not name; their types and a validator hold them to it.
 */
import type { ANSWERS, WrittenAs } from '../functions/registry/answers.ts';

type AnswerExamples = {
  readonly [N in keyof typeof ANSWERS]: {
    readonly [S in keyof (typeof ANSWERS)[N]]: WrittenAs<(typeof ANSWERS)[N][S]>;
  };
};

const digestOf = (pair: string) => `sha256:${pair.repeat(32)}` as const;
const CONTENT = digestOf('2c');
const FLIPS = digestOf('f1');
const RESULT = digestOf('b5');
const BASE = { version: 41, digest: digestOf('41') };
const NEW = { version: 42, digest: digestOf('42') };
const LAID_OUT = { root: digestOf('70'), people: digestOf('9e') };

const KEY = `MCowBQYDK2VwAyEA${'G'.repeat(42)}A=`;
const FACT = 'accreditation/gb-a-us-secret';
const CREATED = '2026-11-23T21:33:44.000Z';
const LATER = '2026-11-23T21:40:10.000Z';
const uma = { role: 'routeguard-usa-proposer', session: 'uma' };
const ulysses = { role: 'routeguard-usa-approver', session: 'ulysses' };
const auditor = { role: 'routeguard-auditor', session: 'olive' };
const sources = [{ citation: 'Letter of 2026-11-20', verified: true }];
const fact = {
  kind: 'accreditation',
  id: 'gb-a-us-secret',
  authority: 'us-accreditor',
  networks: ['gb-a'],
  valid: { from: '2026-01-01', to: '2026-12-31', zone: 'UTC' },
  sources,
};

const jobOf = (kind: 'simulate' | 'verify' | 'forecast') =>
  ({
    ...{ id: 'j-20261123T213410Z-5b712609bd', kind, createdAt: '2026-11-23T21:34:10.000Z', by: auditor },
    ...(kind === 'simulate' && { proposal: 'p-20261123T213344Z-8f3a0c1d22', base: BASE }),
  }) as const;
const done = (kind: 'simulate' | 'verify' | 'forecast') =>
  ({ ...jobOf(kind), status: 'done', progress: { done: 12, total: 12 }, result: RESULT }) as const;
const waiting = (kind: 'simulate' | 'verify' | 'forecast') =>
  ({ ...jobOf(kind), status: 'waiting', progress: { done: 4, total: 12 } }) as const;
const job = { 200: { job: done('verify') }, 202: { job: waiting('verify') } } as const;

const proposed = {
  id: 'p-20261123T213344Z-8f3a0c1d22',
  status: 'open',
  kind: 'change',
  operations: 1,
  base: BASE,
  author: uma,
  authorKey: KEY,
  createdAt: CREATED,
  expiresAt: '2026-12-23T21:33:44.000Z',
  reason: 'The contract with the operator ends.',
  digest: CONTENT,
  asked: {
    ...{ kind: 'change', reason: 'The contract with the operator ends.', changes: CONTENT },
    salt: '8f3a0c1d22b94e6f9a7d5c3b1e0f2a48',
  },
} as const;
const simulation = {
  ...{ job: 'j-20261123T213410Z-5b712609bd', base: BASE, ...LAID_OUT, flips: FLIPS, permits: 0, total: 3 },
  ...{ at: '2026-11-23T21:34:12.000Z', by: auditor },
  voices: [{ anyOf: ['us-accreditor'], people: ['ulysses', 'uma'], operations: 1 }],
};
const signedProposal = {
  ...proposed,
  simulation,
  agreed: { operation: 'approve', content: CONTENT, base: BASE, review: FLIPS, ...LAID_OUT, at: LATER },
};
const acknowledged = {
  ...NEW,
  acknowledgedAt: '2026-11-23T21:41:02.400Z',
  noPermitAfter: '2026-11-23T21:41:34.400Z',
};
const entry = {
  ...NEW,
  ...{ recordedAt: '2026-11-23T21:41:02.100Z', kind: 'change', author: 'routeguard-usa-proposer/uma' },
  approvers: ['routeguard-usa-approver/ulysses'],
  signedBy: [{ key: KEY, name: 'uma', founder: false, authorities: ['us-accreditor'] }],
};
const purged = {
  id: 'x-20261123T213344Z-4b1c9d0e77',
  ...{ status: 'open', authority: 'us-state', createdAt: CREATED, digest: CONTENT },
  ...{ reason: 'A name of a person stood in it.', salt: '8f3a0c1d22b94e6f9a7d5c3b1e0f2a48' },
  ...{ notes: [41], proposals: [], objects: [], jobs: [] },
  consents: [{ ...uma, key: KEY }],
};
const consenting = { ...purged, missing: ['us-state'], needed: { 'us-state': 1 } };

export const ANSWER_EXAMPLES: AnswerExamples = {
  propose: { 201: proposed },
  'list-proposals': { 200: { proposals: [proposed], next: null } },
  'show-proposal': {
    200: {
      ...signedProposal,
      bytes: 218,
      changes: [{ op: 'end', key: FACT, on: '2026-12-31T00:00:00.000Z', ending: sources, was: CONTENT }],
    },
  },
  'put-chunk': {
    200: {
      ...{ ...proposed, status: 'uploading', operations: 0, digest: null, asked: null },
      upload: { chunks: 3, missing: [1, 2], expiresAt: '2026-11-23T22:33:44.000Z' },
    },
  },
  validate: {
    200: {
      valid: false,
      problems: [{ path: '/changes/0/was', key: FACT, message: 'the fact is another one by now' }],
    },
  },
  simulate: {
    200: { job: done('simulate'), simulation, proposal: { id: proposed.id, digest: CONTENT } },
    202: { job: waiting('simulate'), proposal: { id: proposed.id, digest: CONTENT } },
  },
  sign: { 200: signedProposal },
  approve: {
    200: { ...acknowledged, proposal: proposed.id, recordedAt: entry.recordedAt },
    202: { job: waiting('simulate'), proposal: { id: proposed.id, digest: CONTENT } },
  },
  reject: {
    200: {
      ...{ ...proposed, status: 'rejected' },
      rejection: { by: ulysses, at: LATER, reason: 'The assessment is of another vendor.' },
    },
  },
  revoke: { 200: acknowledged },
  hold: { 200: { ...acknowledged, wide: false, until: null } },
  rehearse: { 200: { standing: 'published', steps: [{ step: 'head', ms: 5 }] } },
  lift: {
    201: {
      ...{ ...proposed, kind: 'lift', reason: 'It was a measuring fault.' },
      asked: { kind: 'lift', reason: 'It was a measuring fault.', hold: 'stop-gb-a' },
    },
  },
  rollback: {
    201: {
      ...{ ...proposed, kind: 'rollback', reason: 'Version 41 named the wrong network.' },
      asked: { kind: 'rollback', version: 40, by: 'us-state', also: [] },
    },
  },
  undo: {
    200: {
      ...{ to: 40, head: BASE, also: [], absent: [], stays: ['hold/stop-gb-a'], staying: 1 },
      parts: [
        { by: 'us-state', operations: 1, changes: [{ op: 'end', key: FACT }], after: [], problems: [] },
      ],
    },
  },
  confirm: {
    201: {
      ...{ ...proposed, kind: 'confirm', operations: 0, reason: 'Restored from the backup of 2026-11-22.' },
      ...{ asked: { kind: 'confirm', ...BASE }, confirmed: [{ ...uma, key: KEY }] },
    },
  },
  signing: {
    200: { registry: '9b1f6c3e5a7d2048b6e4c1a9f0d38275', base: BASE, ...LAID_OUT, epoch: 1, floor: null },
  },
  log: { 200: { entries: [entry], next: 42, held: null } },
  version: { 200: { ...entry, facts: { accreditation: 14, network: 22, vendor: 31 }, held: null } },
  stops: {
    200: {
      version: 42,
      stops: {
        networks: { permitted: 21, lost: ['gb-a'] },
        markings: { permitted: 75, lost: ['US SECRET//REL TO USA, GBR'] },
        complete: true,
      },
      held: null,
    },
  },
  holds: {
    200: {
      ...{ version: 42, at: LATER, held: null },
      holds: [
        {
          ...{ id: 'stop-gb-a', readable: true, authority: 'us-state', scope: { network: 'gb-a' } },
          ...{ cause: 'doubt', since: CREATED, until: null, wide: false, exempt: [] },
        },
      ],
    },
  },
  facts: { 200: { version: 42, keys: ['network/gb-a', 'network/gb-b'], next: null, held: null } },
  names: { 200: { version: 42, names: { 'network/gb-a': 'Operator A' }, next: 'network/gb-a', held: null } },
  fact: { 200: { version: 42, key: FACT, digest: CONTENT, fact, held: null } },
  diff: {
    200: {
      ...{ from: 41, to: 42, total: 1, next: null, held: null },
      differences: [{ change: 'added', key: FACT, before: null, after: fact }],
    },
  },
  blame: { 200: { ...entry, key: FACT, change: 'added', sources, fact, held: null } },
  verify: job,
  forecast: { 200: { job: done('forecast') }, 202: { job: waiting('forecast') } },
  'show-job': job,
  'run-job': job,
  'job-result': { 200: { digest: RESULT, part: 0, parts: 1, text: '{"sound":true,"held":false}' } },
  'request-purge': { 201: consenting },
  'search-tables': {
    200: { places: [{ table: 'state', what: 'JOBS', name: 'j-20261123T213410Z-5b712609bd' }], next: null },
  },
  'show-purge': { 200: consenting },
  'approve-purge': {
    200: {
      ...{ ...purged, status: 'done', approvedAt: LATER, outcomes: { '41': 'purged' } },
      consents: [
        { ...uma, key: KEY },
        { ...ulysses, key: KEY },
      ],
    },
    202: consenting,
  },
};
