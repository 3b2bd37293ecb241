/**
 * The contract of `routeguard registry …`: what each command asks, what it says, and how it ends. 0 is done and said so
 * by the registry, 2 usage, 3 refused or not sound, 4 no answer, wherever on its way the command was.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { approversInWords, simulatedInWords } from '../../cli/registry/approval-words.ts';
import { demandSeen, terminal } from '../../cli/registry/seen.ts';
import { upload } from '../../cli/registry/upload.ts';
import { wrapped } from '../../cli/terminal.ts';
import { flipGroups } from '../../functions/core/administration/flip-groups.ts';
import { contentOf } from '../../functions/core/administration/statement.ts';
import { canonicalBytes, digestOf } from '../../functions/core/facts/canonical.ts';
import { isSignedByItsKey, publicKeyOf } from '../../functions/store/person-signature.ts';
import { LOCAL_FOUNDERS, localKey } from '../../infra/local/identities.ts';
import { routeguard } from './command.ts';
import {
  fair,
  type Guard,
  NO_ANSWER,
  REFUSING,
  UNAVAILABLE,
  watchWaits,
  weatheredGuard,
  withStatus,
} from './weather.ts';

let guard: Guard;
const folder = mkdtempSync(join(tmpdir(), 'registry-commands-'));
beforeAll(async () => {
  guard = await weatheredGuard();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await guard.close();
});
afterEach(() => {
  guard.heard.length = 0;
  guard.weather = fair;
});

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const person = { role: 'routeguard-proposer', session: 'pat' };
const PROPOSAL = {
  ...{ id: 'p-1', status: 'open', kind: 'change', operations: 2, base: { version: 11, digest: 'sha256:11' } },
  ...{ author: person, createdAt: 'T1', reason: 'Because', digest: 'sha256:aa' },
};
const PROPOSAL_WORDS = `p-1  open  change, 2 operations on version 11
  proposed by routeguard-proposer/pat at T1
  reason: Because
  digest sha256:aa
`;
const WHOLE = {
  ...{ ...PROPOSAL, upload: { missing: [0, 2], expiresAt: 'T2' } },
  simulation: {
    ...{ job: 'j-1', base: { version: 11, digest: 'sha256:bb' }, root: 'sha256:c0', people: 'sha256:d0' },
    ...{ flips: 'sha256:ff', permits: 2, total: 5 },
  },
  agreed: {},
  approval: { by: { role: 'r', session: 's' }, at: 'T3' },
  published: { version: 12 },
  rejection: { by: { role: 'r', session: 't' }, reason: 'No' },
};
const WHOLE_WORDS = `${PROPOSAL_WORDS}  2 chunks missing, until T2
  simulated: 2 become permit, 3 become deny; flips sha256:ff
  signed by its author
  approved by r/s at T3
  published as version 12
  rejected by r/t: No
`;
const WORD =
  'root, people and what flips are the registry’s word: --tables, --founder-keys and --commit-keys have them computed here (docs/registry.md)';
const sha256 = (value: unknown) => digestOf(canonicalBytes(value as never));
const SALT = '0'.repeat(32);
const FACT = { kind: 'network', id: 'gb-a' };
/** What is ended, and reads otherwise than it is written. */
const OLD = { kind: 'network', id: 'gb-b', name: 'Trusted\u202e' };
const STOP = {
  ...{ kind: 'hold', id: 'h', authority: 'us-state', scope: { everything: true }, cause: 'doubt' },
  ...{ valid: { from: '2026-01-01', to: null, zone: 'UTC' }, sources: [{ citation: 'A', verified: true }] },
};
const ENDING = [{ citation: 'A letter', verified: false }];
const LISTED = {
  ...{
    kind: 'designation',
    authority: STOP.authority,
    valid: STOP.valid,
    sources: STOP.sources,
    id: 'nokia-2026',
    reason: undefined,
    instrument: 'LIST',
    class: 'listed',
  },
  ...{ subject: { vendor: 'other' }, effect: 'advice', reach: 'named-only', scope: {} },
};
const CHANGES = [
  { op: 'add', fact: STOP },
  { op: 'end', key: 'network/gb-b', on: '2026-01-01', ending: ENDING, was: sha256(OLD) },
  { op: 'add', fact: FACT },
] as const;
const PLACE = {
  registry: 'f'.repeat(32),
  base: { version: 9, digest: 'sha256:99' },
  root: 'sha256:c9',
  people: 'sha256:d9',
  epoch: 2,
  floor: { epoch: 1, version: 14, digest: 'sha256:f14' },
};
const UNDO = {
  ...{ to: 9, head: { version: 12, digest: 'sha256:cc' }, also: ['hold/h-1'], absent: [] },
  parts: [
    {
      ...{ by: 'us-state', operations: 2, after: [], problems: [] },
      changes: [
        { op: 'end', key: 'hold/h-1' },
        { op: 'add', key: 'mandate/us' },
      ],
    },
    {
      ...{ by: 'uk-dsit|uk-ncsc+registrar', operations: 1, after: ['us-state'] },
      changes: [{ op: 'replace', key: 'vendor/v' }],
      problems: [{ key: 'mandate/us', message: 'names a vendor that is not there' }],
    },
    {
      ...{ by: '-', operations: 3, after: null, changes: [{ op: 'end', key: 'authority/old' }] },
      problems: [{ message: 'nobody may speak for this any more' }],
    },
  ],
  ...{ stays: ['hold/h-2'], staying: 2 },
};
const WAITING_PART = {
  ...PROPOSAL,
  ...{ id: 'p-2', kind: 'rollback' },
  asked: { kind: 'rollback', version: 9, by: 'us-state', also: ['hold/h-1'] },
};
/** Parts of other ways back, or that wait no longer. */
const WAITING_ELSEWHERE = {
  proposals: [
    { ...WAITING_PART, status: 'rejected' },
    { ...WAITING_PART, kind: 'change' },
    { ...WAITING_PART, asked: { ...WAITING_PART.asked, version: 8 } },
    { ...WAITING_PART, asked: { ...WAITING_PART.asked, also: [] } },
    { ...PROPOSAL, asked: null },
  ],
  next: null,
};
const EMPTY = { ...PROPOSAL, base: null, digest: null };
const EMPTY_WORDS = PROPOSAL_WORDS.replace('version 11', 'an empty registry').replace(/ {2}digest .*\n/, '');
const ACK = { version: 12, digest: 'sha256:cc', acknowledgedAt: 'T1', noPermitAfter: 'T2' };
const UNTIL = 'Acknowledged at T1; no permit that rests on what was before may be acted on after T2.\n';
const STOPS = {
  stops: {
    networks: { permitted: 2, lost: ['us-a'] },
    markings: { permitted: 3, lost: ['US SECRET', 'US TOP SECRET'] },
    complete: true,
  },
};
const NOTHING_LOST = { networks: { permitted: 2, lost: [] }, markings: { permitted: 3, lost: [] } };
const STOPS_WORDS = 'It stops something on 1 of 2 networks, for 2 of 3 markings that they may carry now.\n';
const ACK_WORDS = `Version 12 is in force (sha256:cc).\n${UNTIL}`;
const HELD = {
  ...{ id: 'h', readable: true, authority: 'us-state', scope: { everything: true }, cause: 'order' },
  ...{ since: 'T1', until: 'T2', wide: true, exempt: [{ owner: 'GBR', exemption: 'e' }] },
};
const ENTRY = {
  ...{ version: 12, recordedAt: 'T1', kind: 'approve', author: 'pat', approvers: ['alex', 'ann'] },
  ...{ digest: 'sha256:cc', note: { reason: 'Because' }, noteDigest: 'sha256:dd' },
  signedBy: [
    { key: 'KEY1', name: 'pat', founder: false, authorities: ['us-dod', 'us-state'] },
    { key: 'KEY2', name: null, founder: true, authorities: [] },
    { key: 'KEY3', name: null, founder: false, authorities: [] },
  ],
};
const ENTRY_WORDS = `version 12  T1  approve
  by pat, approved by alex, ann
  signed by pat (us-dod, us-state) with the key KEY1
  signed by a founder whom no authority lists with the key KEY2
  signed by nobody who can be told with the key KEY3
  Because
  sha256:cc
`;
const ALONE = { ...ENTRY, version: 11, approvers: [], signedBy: [], note: null, purged: true };
const ALONE_WORDS = 'version 11  T1  approve\n  by pat, alone\n  (the note was purged)\n  sha256:cc\n';
const REVOKING = {
  ...ENTRY,
  kind: 'revoke',
  approvers: [],
  signedBy: [],
  note: { reason: 'Because', facts: ['vendor/v'] },
};
const REVOKING_WORDS = `version 12  T1  revoke
  by pat, alone
  revoked vendor/v
  Because
  sha256:cc
`;
const MADE = {
  ...{ kind: 'vendor', id: 'v', name: 'Maker V', synthetic: false, ownedBy: [] },
  ...{ valid: STOP.valid, sources: STOP.sources },
};
const LEFT = { ...MADE, valid: { from: '2020-01-01', to: '2021-06-01', zone: 'UTC' } };
const ADDED = { change: 'added', key: 'network/a', before: null, after: { kind: 'network', id: 'a' } };
const ADDED_WORDS = 'added  a fact that cannot be read: network a\n    network/a\n';
const ENDED = {
  ...{ change: 'replaced', key: 'vendor/v', before: MADE },
  after: { ...MADE, valid: { ...STOP.valid, to: '2026-06-01' } },
};
const REVOKED_WORDS = `revoked  the registration of Maker V (vendor v) is changed
    REVOKED by pat at T1, in version 12
    it ends 2026-06-01, had no known end (sooner)
    it then says: Maker V (vendor v) is known as a vendor, from 2026-01-01 until 2026-06-01 (UTC)
    vendor/v
`;
const job = (kind: string, status: string, more: object = {}) => ({
  job: { id: 'j-1', kind, status, progress: { done: 1, total: null }, ...more },
});
const waiting = (kind: string) => job(kind, 'waiting', { progress: { done: 1, total: 2 } });
const FLIPS = [
  {
    number: 1,
    direction: 'to-permit',
    subject: { route: 'r' },
    before: 'deny',
    after: 'permit',
    from: null,
    until: 'T9',
    why: [{ code: 'HOLD_NETWORK', network: 'n', fact: 'hold/g' }],
    restsOn: ['network/gb-b'],
    obliges: ['use-tunnel'],
    cases: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'a'].map((marking) => ({ marking })),
  },
  {
    number: 2,
    direction: 'to-deny',
    subject: { network: 'n' },
    before: 'permit',
    after: 'deny',
    from: 'T8',
    until: null,
    why: [{ code: 'HOP_UNKNOWN', hop: 2 }],
    restsOn: [],
    obliges: [],
    cases: [{ marking: 'US SECRET', protection: 'csfc-1' }],
  },
];
const FLIPPED = sha256(FLIPS);
const SIMULATION = {
  ...{
    at: 'T2',
    complete: true,
    questions: 9,
    evaluations: 18,
    changedSinceJudged: [],
    stops: [],
    flipsDigest: FLIPPED,
  },
  flips: FLIPS,
};
/** The name of the group that a flip is in by itself. */
const nameOf = (word: string, { number: _number, ...flip }: (typeof FLIPS)[number]) =>
  `${word}-${sha256([flip]).slice('sha256:'.length, 'sha256:'.length + 4)}`;
const GAINED = nameOf('hold-network', FLIPS[0] as never);
const LOST = nameOf('hop-unknown', FLIPS[1] as never);
const SIMULATED = `Asked 9 questions, 18 evaluations; complete.
1 PERMIT GAINED, up to a, b, c, d, e, f, g, h, i, in 1 group:
${GAINED}: 1 answer, up to a, b, c, d, e, f, g, h, i (number 1)
    no longer HOLD_NETWORK: An emergency hold stops this network. (hold/g)
    rests on network/gb-b
       1  route r, from now until T9: deny → permit
          at network n
          if who sends can use-tunnel
          for a; b; c; d; e; f; g; h, and 1 more, none above i
1 permit lost, up to US SECRET, in 1 group:
${LOST}: 1 answer, up to US SECRET (number 2)
    now HOP_UNKNOWN: A hop is not a network the registry knows.
    rests on the change as a whole
       2  network n, from T8 until no known end: permit → deny
          at hop 2
          through the tunnel csfc-1: for US SECRET
To acknowledge: 1 group, by name or number: approve --acknowledge all-of:NAME,… (or 1-4,7)
Flips ${FLIPPED}
`;
const UP_TO = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
const IN_SHORT_AS_DATA = {
  contradictions: [],
  flips: [
    {
      ...{ effect: 'gained', answers: 1, upTo: UP_TO },
      restsOn: [{ does: 'ends', operations: [1], facts: ['network/gb-b'], answers: 1, upTo: UP_TO }],
    },
    { effect: 'lost', answers: 1, upTo: ['US SECRET'], restsOn: [] },
  ],
  loosens: [],
};
const IN_SHORT = `In short, what flips, worst first:
  1 PERMIT GAINED, up to a, b, c, d, e, f, g, h, i:
    a: 1 answer, HOLD_NETWORK, by network/gb-b
    They rest on:
      network/gb-b (operation 1): ends; 1 answer, up to a, b, c, d, e, f, g, h, i
  1 permit lost, up to US SECRET:
    US SECRET: 1 answer, HOP_UNKNOWN
`;
/** A simulated proposal that shows what its author signed, and what a person signs of it. */
const ASKED = { kind: 'change', reason: 'Because', salt: SALT, changes: sha256(CHANGES) } as const;
const FOUND = {
  ...{ ...WHOLE.simulation, flips: FLIPPED, permits: 1, total: 2, at: 'T2', by: person },
  voices: [{ anyOf: ['us-state', 'us-dod'], people: ['alex', 'pat'], operations: 3 }],
};
const OPEN = {
  ...{ ...PROPOSAL, asked: ASKED, digest: contentOf(ASKED), changes: CHANGES, bytes: 1, simulation: FOUND },
  authorKey: 'MCow',
};
const SAID = {
  ...{ operation: 'approve', content: OPEN.digest, base: FOUND.base, review: FLIPPED },
  ...{ root: FOUND.root, people: FOUND.people },
};
const READER = LOCAL_FOUNDERS[0];
const REVIEWED = sha256({ statement: SAID, operations: sha256(CHANGES), reader: READER });
const OPERATION_WORDS = `3 operations, of which 2 could permit:
     1  a fact that cannot be read: network gb-b ends on 2026-01-01, and had no known end  (could permit)
          on the word of: A letter (not verified)
          it said: a fact that cannot be read: network gb-b
          name: “Trusted[U+202E]”
          end network/gb-b
     2  a fact that cannot be read: network gb-a  (could permit)
          add network/gb-a
     0  EVERYTHING becomes STOPPED, on the word of State[U+202E] (authority us-state), from 2026-01-01 on, with no end known (UTC)  (only restricts)
          why: doubt, that is: what the registry says of it may be wrong, and somebody is looking
          source: A (by report)
          add hold/h
`;
/** The same for a program, which shows what was written as it is. */
const OPERATIONS_AS_DATA = [
  {
    ...{ operation: 1, effect: 'could permit' },
    sentences: [
      'a fact that cannot be read: network gb-b ends on 2026-01-01, and had no known end',
      'on the word of: A letter (not verified)',
      'it said: a fact that cannot be read: network gb-b',
      'name: “Trusted\u202e”',
    ],
  },
  {
    ...{ operation: 2, effect: 'could permit' },
    sentences: ['a fact that cannot be read: network gb-a'],
  },
  {
    ...{ operation: 0, effect: 'only restricts' },
    sentences: [
      'EVERYTHING becomes STOPPED, on the word of State\u202e (authority us-state), from 2026-01-01 on, with no end known (UTC)',
      'why: doubt, that is: what the registry says of it may be wrong, and somebody is looking',
      'source: A (by report)',
    ],
  },
];
const REVIEW_LINES = `${IN_SHORT}${PROPOSAL_WORDS.replace('sha256:aa', OPEN.digest).replace('T1\n', 'T1\n  with the key MCow\n')}  simulated: 1 become permit, 1 become deny; flips ${FLIPPED}
It is made on version 11 (sha256:bb).
  as the registry says, it comes to root sha256:c0 and people sha256:d0
  NOT COMPUTED HERE: ${WORD}
${OPERATION_WORDS}${SIMULATED}Simulated by routeguard-proposer/pat as of T2: nobody but the author has asked; approving asks again, and takes no other answer.
To be approved by a second person of us-state or us-dod (its people: alex, pat), for 3 operations.
Read with the key ${READER}
Reviewed ${REVIEWED}
`;
/** As a pipe has it. */
const piped = (text: string) => `${wrapped(text.trimEnd().split('\n'), 100).join('\n')}\n`;
const REVIEW_WORDS = piped(REVIEW_LINES);
/** What registered things are called, with a name that paints. */
const NAMES = { names: { 'authority/us-state': 'State\u202e' }, next: null };
/** What signs a root without tables to compute it from, and says so before it does. */
const SIGNS_A_ROOT: ReadonlySet<string | undefined> = new Set(['sign', 'approve', 'confirm']);
const OUTAGES = {
  ...{ complete: true, lookedUntil: null, at: 'T1', days: 7, questions: 9, stopped: ['hold/a'] },
  outages: [
    {
      from: 'T2',
      until: null,
      subject: { network: 'n' },
      why: [{ code: 'HOP_UNKNOWN', hop: 1 }],
      because: [
        { key: 'k/1', what: 'ends' },
        { key: 'k/2', what: 'begins' },
      ],
    },
  ],
};
const DARK = `From T1, 7 days, 9 questions: 1 outages.
STOPPED now by hold/a: what that stops is dark already, and stands in no list of what goes dark.
  T2  network n goes dark until no known end
      because k/1 ends, k/2 begins
      HOP_UNKNOWN: A hop is not a network the registry knows. (hop 1)
`;
const AUDIT = {
  sound: true,
  commits: 12,
  objects: 80,
  problems: [],
  purged: [{ version: 2, digest: 'sha256:22' }],
};
const AUDITED = 'Sound: 12 versions and 80 objects are what was published.\n  purged  version 2  sha256:22\n';
const BAD = { code: 'SIGNATURE_INVALID', version: 3, digest: 'sha256:33' };
const NOT_SOUND =
  'NOT SOUND: 1 problems in 12 versions.\n  SIGNATURE_INVALID  version 3  sha256:33\n  purged  version 2  sha256:22\n';
const FACTS = `sha256:${'f'.repeat(64)}` as const;
const JOB = 'j-20260101T000000Z-0123456789';
const SEARCH = '/v1/registry-purge/search';
const PLACES = [
  { table: 'objects', what: 'leaf', name: FACTS, facts: ['network/gb-a', 'network/gb-b'] },
  { table: 'objects', what: 'note', name: 'sha256:22', versions: [2] },
  { table: 'state', what: 'JOBS', name: JOB },
  { table: 'state', what: 'PROPOSALS', name: 'p-2' },
  { table: 'state', what: 'PROPOSALS', name: 'p-2' },
];
const PURGE_DIGEST = contentOf({
  ...{ kind: 'purge', authority: 'us-state', reason: 'Spillage', salt: SALT },
  ...{ notes: [12], proposals: ['p-1'], objects: [FACTS], jobs: [] },
});
const PURGE = {
  ...{
    id: 'u-1',
    status: 'open',
    authority: 'us-state',
    consents: [person],
    salt: SALT,
    createdAt: 'T1',
    reason: 'Spillage',
  },
  ...{ notes: [12], proposals: ['p-1'], objects: [FACTS], jobs: [], missing: ['us-state', 'uk-ncsc'] },
  needed: { 'us-state': 1, 'uk-ncsc': 2 },
  digest: PURGE_DIGEST,
};
const PURGED = {
  ...PURGE,
  ...{
    status: 'done',
    consents: [person, { role: 'r', session: 's' }],
    missing: undefined,
    needed: undefined,
    outcomes: { 12: 'purged', 'p-1': 'already-purged', [FACTS]: 'purged' },
  },
};
const UNREADABLE =
  '  every version that holds these facts is VERSION_PURGED from then on: not shown, not compared, not gone back to\n';
const PURGE_WORDS = `u-1  open  for us-state
  signed by routeguard-proposer/pat from T1
  missing: one more person of us-state
  missing: two people of uk-ncsc
  reason: Spillage
  to be purged  the reason of version 12
  to be purged  p-1: its reason, its operations and what its simulations left
  to be purged  facts ${FACTS}: a document of one fact or of many
${UNREADABLE}  digest ${PURGE_DIGEST}
`;
const purgedWords = (outcome: string) => `u-1  done  for us-state
  signed by routeguard-proposer/pat, r/s from T1
  reason: Spillage
  purged  the reason of version 12
  ${outcome}  p-1: its reason, its operations and what its simulations left
  purged  facts ${FACTS}: a document of one fact or of many
${outcome === 'in-use' ? '  in-use: it is open. Reject it before the last of you signs, or it stays\n' : ''}${UNREADABLE}  digest ${PURGE_DIGEST}
What still holds it, and how long (docs/runbook.md, "After a purge"):
  point-in-time recovery of the tables, up to 35 days; backups and exports made before, until they are deleted
  processes that have read it, until they end; terminals, change records and files of whoever worked with it
Prove that it is nowhere in the tables: \`routeguard registry purge search FILE\`, with the words in FILE (- reads them).
`;

const NOTHING_FLIPS = { ...SIMULATION, flips: [], flipsDigest: 'sha256:ff' };
const REASON = ['--reason', 'Because'];
const because = { reason: 'Because' };
const text = JSON.stringify(SIMULATION);
/** A job that takes two slices, and whose result comes in two parts. */
const slices = (kind: string, result: string): Answers => [
  waiting(kind),
  job(kind, 'done', { proposal: 'p-1', base: null }),
  { text: result.slice(0, 40), parts: 2 },
  { text: result.slice(40), parts: 2 },
];
const steps = (start: Asked): readonly Asked[] => [
  start,
  ['POST', '/v1/registry/jobs/j-1/run', {}],
  ['GET', '/v1/registry/jobs/j-1/result?part=0'],
  ['GET', '/v1/registry/jobs/j-1/result?part=1'],
];

type Answers = readonly unknown[];
type Asked = readonly [method: string, target: string, body?: unknown];
/** Arguments, what is asked, what the registry answers in turn, what a person reads, the exit code, what `--json` prints. */
type Row = readonly [string[], readonly Asked[], Answers, string, number?, unknown?];

const MANY = { ...PROPOSAL, changes: Array<object>(300).fill({ op: 'add', fact: FACT }) };
const lineOf = (_each: object, n: number) =>
  `  ${String(n).padStart(4)}  a fact that cannot be read: network gb-a  (could permit)\n          add network/gb-a\n`;
const R = '/v1/registry';
const fact = (key: string): Asked => ['GET', `${R}/facts/${key}`];
const proposal = (...more: Asked[]): readonly Asked[] => [['GET', `${R}/proposals/p-1`], ...more];
const COUNTED: Asked = ['GET', `${R}/versions/12/stops`];
const SIGNING: Asked = ['GET', `${R}/signing`];
/** What stands in a body for a statement, and for the signature over it. */
const proposed = { says: 'propose' };
const agreed = { says: 'approve', content: OPEN.digest, on: 11, review: FLIPPED };
/** What an operation is told from: the fact it is made to, and what things are called. */
const TOUCHED: readonly Asked[] = [
  ['GET', `${R}/facts/network/gb-b?version=11`],
  ['GET', `${R}/names?version=11`],
];
/** What is looked at before anything is signed. */
const reviewing = (...more: Asked[]): readonly Asked[] =>
  proposal(['GET', `${R}/jobs/j-1/result?part=0`], ...TOUCHED, ...more);
const REVIEW: Answers = [OPEN, { text, parts: 1 }, { fact: OLD }, NAMES];
const approving = (permits: readonly number[], groups?: readonly string[]): readonly Asked[] =>
  reviewing(SIGNING, [
    'POST',
    `${R}/proposals/p-1/approve`,
    { permits, ...(groups !== undefined && { groups }), ...agreed },
  ]);
const SEEN = ['--reviewed', REVIEWED];
const ONE = ['--acknowledge', '1'];
/** SHA-256 of {"id":"gb-a","kind":"network"}. */
const WAS = 'sha256:e88f6b0e1d4a1eb39283bbc73606259b4d2a81420fd23e8187af5c15e96174e4';

const CONSENT: readonly Asked[] = [
  ['GET', '/v1/registry-purge/u-1'],
  SIGNING,
  ['POST', '/v1/registry-purge/u-1/approve', { says: 'purge', content: PURGE_DIGEST }],
];

const ROWS: Readonly<Record<string, Row>> = {
  propose: [
    [
      'propose',
      file(
        'change.yaml',
        'reason: Because\nchanges:\n  - { kind: network, id: gb-z }\n  - { op: end, key: network/gb-a, on: 2026-01-01 }\n',
      ),
    ],
    [
      fact('network/gb-a'),
      SIGNING,
      [
        'POST',
        `${R}/proposals`,
        {
          ...because,
          changes: [
            { op: 'add', fact: { kind: 'network', id: 'gb-z' } },
            { op: 'end', key: 'network/gb-a', on: '2026-01-01', was: WAS },
          ],
          ...proposed,
        },
      ],
    ],
    [{ fact: FACT }, PLACE, PROPOSAL],
    PROPOSAL_WORDS,
  ],
  'propose, the first of all': [
    [
      'propose',
      file('fact.json', JSON.stringify({ op: 'replace', fact: FACT, was: 'sha256:00' })),
      '--genesis',
      ...REASON,
    ],
    [
      SIGNING,
      [
        'POST',
        `${R}/proposals`,
        { ...because, base: null, changes: [{ op: 'replace', fact: FACT, was: 'sha256:00' }], ...proposed },
      ],
    ],
    [PLACE, EMPTY],
    EMPTY_WORDS,
  ],
  proposals: [
    ['proposals'],
    [['GET', `${R}/proposals`]],
    [{ proposals: [PROPOSAL, WHOLE] }],
    PROPOSAL_WORDS + WHOLE_WORDS,
  ],
  'proposals, none': [
    ['proposals'],
    [['GET', `${R}/proposals`]],
    [{ proposals: [] }],
    'There are no proposals.\n',
  ],
  proposal: [
    ['proposal', 'p-1'],
    proposal(...TOUCHED),
    [{ ...PROPOSAL, changes: CHANGES }, { fact: OLD }, NAMES],
    PROPOSAL_WORDS + OPERATION_WORDS,
    0,
    { ...PROPOSAL, changes: CHANGES },
  ],
  'proposal, whose reason speaks of another': [
    ['proposal', 'p-1'],
    proposal(['GET', `${R}/names?version=11`], ['GET', `${R}/names?version=11&after=vendor%2Fnokia`]),
    [
      { ...PROPOSAL, reason: 'Renew Nokia', changes: [{ op: 'add', fact: LISTED }] },
      { names: { 'vendor/nokia': 'Nokia Corp.' }, next: 'vendor/nokia' },
      { names: { 'vendor/other': 'Other Ltd.' }, next: null },
    ],
    `! the reason speaks of Nokia Corp. (vendor nokia), and nothing in the change is about that
! operation 0: the reason speaks of Nokia Corp. (vendor nokia), this is about Other Ltd. (vendor other)
! operation 0: the id speaks of Nokia Corp. (vendor nokia), the content is about Other Ltd. (vendor other)
${PROPOSAL_WORDS.replace('Because', 'Renew Nokia')}1 operation, of which 0 could permit:
     0  Other Ltd. (vendor other) becomes LISTED under LIST (advice), on the word of authority us-state, from 2026-01-01 on, with no end known (UTC)  (only restricts)
        ! the reason speaks of Nokia Corp. (vendor nokia), this is about Other Ltd. (vendor other)
        ! the id speaks of Nokia Corp. (vendor nokia), the content is about Other Ltd. (vendor other)
          it reaches nobody but whom it names
          its scope is not limited
          source: A (by report)
          add designation/nokia-2026
`,
    0,
    { ...PROPOSAL, reason: 'Renew Nokia', changes: [{ op: 'add', fact: LISTED }] },
  ],
  'proposal, in parts': [
    ['proposal', 'p-1'],
    proposal(
      ['GET', `${R}/proposals/p-1?part=0`],
      ['GET', `${R}/proposals/p-1?part=1`],
      ['GET', `${R}/names?version=11`],
    ),
    [
      { ...PROPOSAL, changes: null, bytes: 9 },
      { text: '[{"op":"add","fact":{"kind":"netw', parts: 2 },
      { text: 'ork","id":"gb-a"}}]', parts: 2 },
      NAMES,
    ],
    `${PROPOSAL_WORDS}1 operation, of which 1 could permit:\n     0  a fact that cannot be read: network gb-a  (could permit)\n          add network/gb-a\n`,
    0,
    { ...PROPOSAL, bytes: 9, changes: [{ op: 'add', fact: FACT }] },
  ],
  'proposal, of more than are shown': [
    ['proposal', 'p-1'],
    proposal(['GET', `${R}/names?version=11`]),
    [MANY, NAMES],
    `${PROPOSAL_WORDS}300 operations, of which 300 could permit:\n${MANY.changes.slice(0, 200).map(lineOf).join('')}  … and 100 more operations, which are not shown: --all shows them\n`,
    0,
    MANY,
  ],
  'proposal, of more than are shown, all of it': [
    ['proposal', 'p-1', '--all'],
    proposal(['GET', `${R}/names?version=11`]),
    [MANY, NAMES],
    `${PROPOSAL_WORDS}300 operations, of which 300 could permit:\n${MANY.changes.map(lineOf).join('')}`,
    0,
    MANY,
  ],
  'proposal, without operations yet': [
    ['proposal', 'p-1'],
    proposal(),
    [{ ...PROPOSAL, changes: null, bytes: null }],
    PROPOSAL_WORDS,
  ],
  review: [
    ['review', 'p-1'],
    reviewing(),
    REVIEW,
    REVIEW_WORDS,
    0,
    {
      ...{ reviewed: REVIEWED, computed: false, statement: SAID, proposal: OPEN, simulation: SIMULATION },
      ...{ groups: flipGroups(FLIPS as never), contradictions: [], operations: OPERATIONS_AS_DATA },
      inShort: IN_SHORT_AS_DATA,
    },
  ],
  validate: [
    ['validate', 'p-1'],
    [['POST', `${R}/proposals/p-1/validate`, {}], ...proposal(...TOUCHED)],
    [{ valid: true, problems: [] }, { ...PROPOSAL, changes: CHANGES }, { fact: OLD }, NAMES],
    `${OPERATION_WORDS}Sound.\n`,
    0,
    { valid: true, problems: [] },
  ],
  'validate, not sound': [
    ['validate', 'p-1'],
    [['POST', `${R}/proposals/p-1/validate`, {}], ...proposal(...TOUCHED)],
    [
      {
        valid: false,
        problems: [
          { path: '/a', message: 'No.' },
          { path: '', message: 'Nor this.' },
        ],
      },
      { ...PROPOSAL, changes: CHANGES },
      { fact: OLD },
      NAMES,
    ],
    `${OPERATION_WORDS}Not sound.\n  /a: No.\n  (elsewhere): Nor this.\n`,
    3,
    {
      valid: false,
      problems: [
        { path: '/a', message: 'No.' },
        { path: '', message: 'Nor this.' },
      ],
    },
  ],
  'validate, not sound and nobody says why': [
    ['validate', 'p-1'],
    [['POST', `${R}/proposals/p-1/validate`, {}], ...proposal(...TOUCHED)],
    [{ valid: false, problems: [] }, { ...PROPOSAL, changes: CHANGES }, { fact: OLD }, NAMES],
    `${OPERATION_WORDS}Not sound.\n`,
    3,
    { valid: false, problems: [] },
  ],
  'validate, sound with a problem': [
    ['validate', 'p-1'],
    [['POST', `${R}/proposals/p-1/validate`, {}], ...proposal(...TOUCHED)],
    [
      { valid: true, problems: [{ path: '/a', message: 'No.' }] },
      { ...PROPOSAL, changes: CHANGES },
      { fact: OLD },
      NAMES,
    ],
    `${OPERATION_WORDS}Not sound.\n  /a: No.\n`,
    3,
    { valid: true, problems: [{ path: '/a', message: 'No.' }] },
  ],
  simulate: [
    ['simulate', 'p-1', '--recent', file('recent.json', '[1]')],
    [...steps(['POST', `${R}/proposals/p-1/simulate`, { recent: [1] }]), ...proposal(...TOUCHED)],
    [...slices('simulate', text), { ...PROPOSAL, changes: CHANGES }, { fact: OLD }, NAMES],
    piped(OPERATION_WORDS + SIMULATED),
    0,
    SIMULATION,
  ],
  'simulate, nothing': [
    ['simulate', 'p-1'],
    [...steps(['POST', `${R}/proposals/p-1/simulate`, {}]), ...proposal(...TOUCHED)],
    [
      ...slices('simulate', JSON.stringify(NOTHING_FLIPS)),
      { ...PROPOSAL, changes: CHANGES },
      { fact: OLD },
      NAMES,
    ],
    piped(
      `${OPERATION_WORDS}Asked 9 questions, 18 evaluations; complete.\nNothing becomes permit.\nNothing becomes deny.\nFlips sha256:ff\n`,
    ),
    0,
    NOTHING_FLIPS,
  ],
  'simulate, judgements left behind': [
    ['simulate', 'p-1'],
    [...steps(['POST', `${R}/proposals/p-1/simulate`, {}]), ...proposal(...TOUCHED)],
    [
      ...slices('simulate', JSON.stringify({ ...NOTHING_FLIPS, changedSinceJudged: ['accreditation/a'] })),
      { ...PROPOSAL, changes: CHANGES },
      { fact: OLD },
      NAMES,
    ],
    piped(
      `${OPERATION_WORDS}Asked 9 questions, 18 evaluations; complete.\nNothing becomes permit.\nNothing becomes deny.\nTo be judged anew, because what they judged changes: accreditation/a.\nFlips sha256:ff\n`,
    ),
    0,
    { ...NOTHING_FLIPS, changedSinceJudged: ['accreditation/a'] },
  ],
  'simulate, while something is stopped': [
    ['simulate', 'p-1'],
    [...steps(['POST', `${R}/proposals/p-1/simulate`, {}]), ...proposal(...TOUCHED)],
    [
      ...slices('simulate', JSON.stringify({ ...NOTHING_FLIPS, stops: ['hold/a', 'hold/b'] })),
      { ...PROPOSAL, changes: CHANGES },
      { fact: OLD },
      NAMES,
    ],
    piped(
      `${OPERATION_WORDS}Asked 9 questions, 18 evaluations; complete.\nStopped, or to be: hold/a, hold/b (\`registry holds\` says what, by whom and until when). Everything was asked as if any of them were not, too.\nNothing becomes permit.\nNothing becomes deny.\nFlips sha256:ff\n`,
    ),
    0,
    { ...NOTHING_FLIPS, stops: ['hold/a', 'hold/b'] },
  ],
  sign: [
    ['sign', 'p-1', ...SEEN],
    reviewing(SIGNING, ['POST', `${R}/proposals/p-1/sign`, agreed]),
    [...REVIEW, PLACE, PROPOSAL],
    PROPOSAL_WORDS,
  ],
  approve: [['approve', 'p-1', ...SEEN, ...ONE], approving([1]), [...REVIEW, PLACE, ACK], ACK_WORDS],
  'approve, acknowledging a group': [
    ['approve', 'p-1', ...SEEN, '--acknowledge', `all-of:${GAINED}`],
    approving([1], [GAINED]),
    [...REVIEW, PLACE, ACK],
    ACK_WORDS,
  ],
  'approve, already': [
    ['approve', 'p-1', ...SEEN, ...ONE],
    approving([1]),
    [...REVIEW, PLACE, { ...ACK, already: true }],
    `Already in force in version 12; nothing was changed.\n${UNTIL}`,
  ],
  'approve, simulated again': [
    ['approve', 'p-1', ...SEEN, ...ONE],
    [
      ...approving([1]),
      ['POST', `${R}/jobs/j-1/run`, {}],
      ...approving([1]).filter(([, target]) => target !== `${R}/signing`),
    ],
    [...REVIEW, PLACE, waiting('simulate'), job('simulate', 'done'), ...REVIEW, ACK],
    ACK_WORDS,
  ],
  reject: [
    ['reject', 'p-1', ...REASON],
    [['POST', `${R}/proposals/p-1/reject`, because]],
    [PROPOSAL],
    PROPOSAL_WORDS,
  ],
  revoke: [
    ['revoke', 'accreditation/a', 'assessment/b', ...REASON],
    [['POST', `${R}/revoke`, { ...because, facts: ['accreditation/a', 'assessment/b'] }], COUNTED],
    [ACK, STOPS],
    `${ACK_WORDS}${STOPS_WORDS}`,
    0,
    { ...ACK, ...STOPS },
  ],
  'revoke, already': [
    ['revoke', 'accreditation/a', ...REASON],
    [['POST', `${R}/revoke`, { ...because, facts: ['accreditation/a'] }]],
    [{ ...ACK, already: true }],
    `Already in force in version 12; nothing was changed.\n${UNTIL}`,
  ],
  'revoke, where nothing can be counted': [
    ['revoke', 'accreditation/a', ...REASON],
    [['POST', `${R}/revoke`, { ...because, facts: ['accreditation/a'] }], COUNTED],
    [ACK, {}],
    `${ACK_WORDS}What it stops could not be counted; it is in force all the same.\n`,
    0,
    ACK,
  ],
  'revoke --dry-run, with more to look at': [
    ['revoke', 'accreditation/a', '--dry-run', ...REASON],
    [['POST', `${R}/revoke`, { ...because, facts: ['accreditation/a'], dryRun: true }]],
    [{ dryRun: true, stops: { ...NOTHING_LOST, complete: false } }],
    'DRY RUN, nothing was stopped. This would stop nothing that is permitted now; there was no time to look at the rest, so it may be more.\n',
  ],
  'revoke --dry-run': [
    ['revoke', 'accreditation/a', '--dry-run', ...REASON],
    [['POST', `${R}/revoke`, { ...because, facts: ['accreditation/a'], dryRun: true }]],
    [{ dryRun: true, ...STOPS }],
    'DRY RUN, nothing was stopped. This would stop something on 1 of 2 networks, for 2 of 3 markings that they may carry now.\n  networks: us-a\n  markings: US TOP SECRET (1), US SECRET (1)\n',
  ],
  ...Object.fromEntries(
    (
      [
        [['--everything'], { everything: true }],
        [['--owner', 'USA'], { owner: 'USA' }],
        [['--network', 'gb-a'], { network: 'gb-a' }],
      ] as const
    ).map(([option, scope]): [string, Row] => [
      `hold ${option[0]}`,
      [
        ['hold', 'h-1', '--authority', 'us-state', ...option, '--cause', 'doubt', ...REASON],
        [
          ['POST', `${R}/hold`, { ...because, id: 'h-1', authority: 'us-state', scope, cause: 'doubt' }],
          COUNTED,
        ],
        [{ ...ACK, wide: false, until: null }, STOPS],
        `${ACK_WORDS}It stops what is its authority’s own: it ends when two people lift it.\n${STOPS_WORDS}`,
        0,
        { ...ACK, wide: false, until: null, ...STOPS },
      ],
    ]),
  ),
  holds: [
    ['holds'],
    [['GET', `${R}/holds`]],
    [{ version: 3, at: 'T1', holds: [HELD, { id: 'x', readable: false }] }],
    `EVERYTHING STOPPED by us-state since T1 (hold/h)
  Why: order: a competent authority has ordered it.
  It ends by itself at T2.
  Exempt from it: GBR (exemption/e).
  To lift it, two people of us-state: routeguard registry lift h --reason …
  It stops more than us-state speaks for: two people of any other owner may exempt their own information: routeguard registry exempt h --authority ID --owner OWNER --reason …
EVERYTHING STOPPED: hold/x cannot be read
  What it was meant to stop nobody can tell, so everything is refused: two people replace it.
`,
  ],
  'holds, where there are none': [
    ['holds'],
    [['GET', `${R}/holds`]],
    [{ version: 3, at: 'T1', holds: [] }],
    'No hold is in force in version 3 at T1.\n',
  ],
  lift: [
    ['lift', 'h-1', ...REASON],
    [SIGNING, ['POST', `${R}/lift`, { ...because, hold: 'h-1', ...proposed }]],
    [PLACE, PROPOSAL],
    PROPOSAL_WORDS,
  ],
  rollback: [
    ['rollback', '9', ...REASON, '--also', 'hold/h-1'],
    [
      ['GET', `${R}/rollback/9?also=hold%2Fh-1`],
      ['GET', `${R}/proposals?limit=100`],
      SIGNING,
      ['POST', `${R}/rollback`, { ...because, version: 9, by: 'us-state', also: ['hold/h-1'], ...proposed }],
    ],
    [UNDO, WAITING_ELSEWHERE, PLACE, PROPOSAL],
    [
      'From version 12 back to the facts of version 9: 3 to be approved.',
      '  2 of us-state',
      '    hold/h-1 goes',
      '    mandate/us comes back',
      ...PROPOSAL_WORDS.trimEnd()
        .split('\n')
        .map((line, n) => (n === 0 ? `    proposed: ${line}` : `    ${line}`)),
      '  1 of uk-dsit or uk-ncsc and registrar',
      '    vendor/v becomes as it was',
      '    once those of us-state are in: `routeguard registry rollback 9 --also hold/h-1 --reason …`',
      '    mandate/us names a vendor that is not there',
      '  3 of nobody who may speak',
      '    authority/old goes',
      '    … and 2 more',
      '    blocked, whatever the others do:',
      '     nobody may speak for this any more',
      'Stays as it is, unless you name it with --also:',
      '  hold/h-2',
      '  … and 1 more',
      '',
    ].join('\n'),
    0,
    { ...UNDO, proposals: { 'us-state': PROPOSAL } },
  ],
  'rollback, of which a part waits already': [
    ['rollback', '9', ...REASON, '--also', 'hold/h-1'],
    [
      ['GET', `${R}/rollback/9?also=hold%2Fh-1`],
      ['GET', `${R}/proposals?limit=100`],
    ],
    [
      { ...UNDO, parts: [UNDO.parts[0]], stays: [], staying: 0 },
      { proposals: [WAITING_PART], next: null },
    ],
    [
      'From version 12 back to the facts of version 9: 1 to be approved.',
      '  2 of us-state',
      '    hold/h-1 goes',
      '    mandate/us comes back',
      '    proposed already, and waits for its second person: `routeguard registry review p-2`',
      '',
    ].join('\n'),
    3,
    { ...UNDO, parts: [UNDO.parts[0]], stays: [], staying: 0, proposals: {}, waiting: { 'us-state': 'p-2' } },
  ],
  'rollback --status': [
    ['rollback', '9', '--status'],
    [['GET', `${R}/rollback/9`]],
    [{ ...UNDO, also: [], absent: ['hold/h-0'], parts: [], staying: 0, stays: [] }],
    [
      'Version 12 has the facts of version 9, but for what stays.',
      'Named with --also, and not there (any more):',
      '  hold/h-0',
      '',
    ].join('\n'),
  ],
  confirm: [
    ['confirm', '9', 'sha256:99', ...REASON],
    [
      SIGNING,
      SIGNING,
      ['POST', `${R}/confirm`, { ...because, version: 9, digest: 'sha256:99', says: 'confirm', on: 9 }],
    ],
    [PLACE, PLACE, PROPOSAL],
    PROPOSAL_WORDS,
  ],
  'purge request': [
    [
      ...['purge', 'request', '--note-of', '12', '--proposal', 'p-1', '--fact', 'network/gb-a'],
      ...['--versions', '3-7', '--authority', 'us-state', ...REASON],
    ],
    [
      ['POST', SEARCH, { fact: 'network/gb-a', from: 3, to: 7, after: null }],
      ['POST', SEARCH, { fact: 'network/gb-a', from: 3, to: 7, after: { table: 'state', key: null } }],
      SIGNING,
      [
        'POST',
        '/v1/registry-purge',
        {
          ...{ ...because, notes: [12], proposals: ['p-1', 'p-2'], objects: [FACTS], jobs: [JOB] },
          ...{ authority: 'us-state', says: 'purge' },
        },
      ],
    ],
    [
      { places: [PLACES[0]], next: { table: 'state', key: null } },
      { places: PLACES.slice(2), next: null },
      ...[PLACE, PURGE],
    ],
    `network/gb-a as versions 3-7 had it stands in
  objects: leaf ${FACTS}
  state: JOBS ${JOB}
  state: PROPOSALS p-2
${PURGE_WORDS}`,
  ],
  'purge search': [
    ['purge', 'search', file('words.txt', '  The pass phrase \r\n')],
    [['POST', SEARCH, { text: '  The pass phrase ', after: null }]],
    [{ places: PLACES, next: null }],
    `  objects: leaf ${FACTS}: \`purge request --fact network/gb-a --fact network/gb-b\`
  objects: note sha256:22: \`purge request --note-of 2\`
  state: JOBS ${JOB}: \`purge request --job ${JOB}\`
  state: PROPOSALS p-2: \`purge request --proposal p-2\`
`,
    3,
    { places: PLACES.slice(0, 4) },
  ],
  'purge search, for a fact': [
    ['purge', 'search', '--fact', 'network/gb-a', '--versions', '3-7'],
    [['POST', SEARCH, { fact: 'network/gb-a', from: 3, to: 7, after: null }]],
    [{ places: [...PLACES.slice(2, 4), { table: 'objects', what: 'law', name: FACTS }], next: null }],
    `  state: JOBS ${JOB}: \`purge request --job ${JOB}\`
  state: PROPOSALS p-2: \`purge request --proposal p-2\`
  objects: law ${FACTS}: \`purge request --fact network/gb-a --versions 3-7\`
`,
    3,
    { places: [...PLACES.slice(2, 4), { table: 'objects', what: 'law', name: FACTS }] },
  ],
  'purge request, of long work': [
    ['purge', 'request', '--job', JOB, '--authority', 'us-state', ...REASON],
    [
      SIGNING,
      [
        'POST',
        '/v1/registry-purge',
        {
          ...{ ...because, notes: [], proposals: [], objects: [], jobs: [JOB] },
          ...{ authority: 'us-state', says: 'purge' },
        },
      ],
    ],
    [PLACE, PURGE],
    PURGE_WORDS,
  ],
  'purge search, nowhere': [
    ['purge', 'search', '--fact', 'network/gb-a', '--versions', '3'],
    [['POST', SEARCH, { fact: 'network/gb-a', from: 3, to: 3, after: null }]],
    [{ places: [], next: null }],
    'It is in no item of any table.\n',
    0,
    { places: [] },
  ],
  'purge show': [['purge', 'show', 'u-1'], [['GET', '/v1/registry-purge/u-1']], [PURGE], PURGE_WORDS],
  'purge approve': [
    ['purge', 'approve', 'u-1', '--request', PURGE_DIGEST],
    CONSENT,
    [PURGE, PLACE, PURGED],
    purgedWords('already-purged'),
  ],
  ...Object.fromEntries(
    ['in-use', 'structure', 'missing'].map((outcome): [string, Row] => [
      `purge approve, ${outcome}`,
      [
        ['purge', 'approve', 'u-1', '--request', PURGE_DIGEST],
        CONSENT,
        [PURGE, PLACE, { ...PURGED, outcomes: { ...PURGED.outcomes, 'p-1': outcome } }],
        purgedWords(outcome),
        3,
      ],
    ]),
  ),
  log: [
    ['log', '--limit', '2', '--before', '13'],
    [['GET', `${R}/log?limit=2&before=13`]],
    [{ entries: [ENTRY, ALONE] }],
    ENTRY_WORDS + ALONE_WORDS,
  ],
  'log, twenty': [['log'], [['GET', `${R}/log?limit=20`]], [{ entries: [ENTRY] }], ENTRY_WORDS],
  'show a version': [
    ['show', '12'],
    [
      ['GET', `${R}/versions/12`],
      ['GET', `${R}/diff?from=11&to=12`],
      ['GET', `${R}/names?version=12`],
    ],
    [{ ...ENTRY, facts: { network: 3 } }, { differences: [ADDED], next: null }, NAMES],
    `${ENTRY_WORDS}  3 network\n${ADDED_WORDS}`,
    0,
    { ...ENTRY, facts: { network: 3 } },
  ],
  'show a version, by which one person revoked': [
    ['show', '12'],
    [
      ['GET', `${R}/versions/12`],
      ['GET', `${R}/diff?from=11&to=12`],
      ['GET', `${R}/names?version=12`],
    ],
    [{ ...REVOKING, facts: {} }, { differences: [ENDED], next: null }, NAMES],
    `${REVOKING_WORDS}${REVOKED_WORDS}`,
    0,
    { ...REVOKING, facts: {} },
  ],
  'show a version, the first': [
    ['show', '1'],
    [['GET', `${R}/versions/1`]],
    [{ ...ENTRY, version: 1, facts: {} }],
    ENTRY_WORDS.replace('version 12', 'version 1'),
  ],
  'show a kind': [
    ['show', 'network', '--version', '9'],
    [['GET', `${R}/facts/network?version=9`]],
    [{ keys: ['network/a', 'network/b'] }],
    'network/a\nnetwork/b\n',
  ],
  'show a fact': [
    ['show', 'network/gb-a'],
    [fact('network/gb-a'), ['GET', `${R}/blame/network/gb-a`], ['GET', `${R}/names`]],
    [{ fact: FACT }, { ...ENTRY, change: 'added', fact: FACT }, NAMES],
    'a fact that cannot be read: network gb-a\n  network/gb-a\n  added (approve) by pat at T1, in version 12\n',
    0,
    { fact: FACT },
  ],
  'show a fact that is older than what was purged': [
    ['show', 'network/gb-a'],
    [fact('network/gb-a'), ['GET', `${R}/blame/network/gb-a`], ['GET', `${R}/names`]],
    [{ fact: FACT }, { ...ENTRY, change: 'unknown', fact: FACT }, NAMES],
    'a fact that cannot be read: network gb-a\n  network/gb-a\n  as it is since version 12 of T1, or before: what stood before was purged\n',
    0,
    { fact: FACT },
  ],
  'show a fact, revoked': [
    ['show', 'hold/h', '--version', '12'],
    [
      ['GET', `${R}/facts/hold/h?version=12`],
      ['GET', `${R}/blame/hold/h?version=12`],
      ['GET', `${R}/names?version=12`],
    ],
    [{ fact: STOP }, { ...REVOKING, change: 'replaced', fact: STOP }, NAMES],
    piped(`REVOKED by pat at T1, in version 12
EVERYTHING is STOPPED, on the word of State[U+202E] (authority us-state), from 2026-01-01 on, with no end known (UTC)
  why: doubt, that is: what the registry says of it may be wrong, and somebody is looking
  source: A (by report)
  hold/h
`),
    0,
    { fact: STOP },
  ],
  'show a fact, ended': [
    ['show', 'vendor/v'],
    [fact('vendor/v'), ['GET', `${R}/blame/vendor/v`], ['GET', `${R}/names`]],
    [{ fact: LEFT }, { ...ENTRY, change: 'replaced', fact: LEFT }, NAMES],
    `ENDED: it holds no longer.
Maker V (vendor v) is known as a vendor, from 2020-01-01 until 2021-06-01 (UTC)
  no owner is registered
  source: A (by report)
  vendor/v
  replaced (approve) by pat at T1, in version 12
`,
    0,
    { fact: LEFT },
  ],
  diff: [
    ['diff', '9', '12'],
    [
      ['GET', `${R}/diff?from=9&to=12`],
      ['GET', `${R}/diff?from=9&to=12&after=network%2Fa`],
      ['GET', `${R}/names?version=12`],
      ['GET', `${R}/blame/vendor/v?version=12`],
    ],
    [
      { differences: [ADDED], next: 'network/a' },
      { differences: [ENDED], next: null },
      NAMES,
      { ...REVOKING, change: 'replaced', fact: ENDED.after },
    ],
    ADDED_WORDS + REVOKED_WORDS,
    0,
    [ADDED, ENDED],
  ],
  'diff, and somebody ended it together': [
    ['diff', '9'],
    [
      ['GET', `${R}/diff?from=9`],
      ['GET', `${R}/names`],
      ['GET', `${R}/blame/vendor/v`],
    ],
    [{ differences: [ENDED], next: null }, NAMES, { ...ENTRY, change: 'replaced', fact: ENDED.after }],
    REVOKED_WORDS.replace('revoked', 'replaced').replace(/ {4}REVOKED.*\n/, ''),
    0,
    [ENDED],
  ],
  'diff, and what stood before it ended was purged': [
    ['diff', '9'],
    [
      ['GET', `${R}/diff?from=9`],
      ['GET', `${R}/names`],
      ['GET', `${R}/blame/vendor/v`],
    ],
    [{ differences: [ENDED], next: null }, NAMES, { ...REVOKING, change: 'unknown', fact: ENDED.after }],
    REVOKED_WORDS.replace('revoked', 'replaced').replace(/ {4}REVOKED.*\n/, ''),
    0,
    [ENDED],
  ],
  'diff, of a version and itself': [
    ['diff', '9', '9'],
    [['GET', `${R}/diff?from=9&to=9`]],
    [{ differences: [], next: null }],
    'No fact differs.\n',
    0,
    [],
  ],
  'diff, none': [
    ['diff', '9'],
    [['GET', `${R}/diff?from=9`]],
    [{ differences: [], next: null }],
    'No fact differs.\n',
    0,
    [],
  ],
  blame: [
    ['blame', 'network/gb-a'],
    [
      ['GET', `${R}/blame/network/gb-a`],
      ['GET', `${R}/names`],
    ],
    [{ ...ENTRY, change: 'replaced', fact: STOP }, NAMES],
    piped(`network/gb-a was replaced by\n${ENTRY_WORDS}It says: EVERYTHING is STOPPED, on the word of State[U+202E] (authority us-state), from 2026-01-01 on, with no end known (UTC)
  why: doubt, that is: what the registry says of it may be wrong, and somebody is looking
  source: A (by report)
`),
    0,
    { ...ENTRY, change: 'replaced', fact: STOP },
  ],
  'blame, of what was revoked and left': [
    ['blame', 'network/gb-a'],
    [['GET', `${R}/blame/network/gb-a`]],
    [{ ...REVOKING, change: 'removed', fact: null }],
    `network/gb-a was REVOKED by\n${REVOKING_WORDS}  It is not there any more.\n`,
  ],
  'blame, of what is older than what was purged': [
    ['blame', 'network/gb-a'],
    [['GET', `${R}/blame/network/gb-a`]],
    [{ ...REVOKING, change: 'unknown', fact: null }],
    `network/gb-a is as it is since this version, or before: what stood before was purged\n${REVOKING_WORDS}  It is not there any more.\n`,
  ],
  verify: [
    ['verify'],
    steps(['POST', `${R}/verify`, {}]),
    slices('verify', JSON.stringify(AUDIT)),
    AUDITED,
    0,
    AUDIT,
  ],
  'verify, held': [
    ['verify'],
    steps(['POST', `${R}/verify`, {}]),
    slices('verify', JSON.stringify({ ...AUDIT, held: true })),
    AUDITED.replace(
      '\n',
      '\nNothing is decided on HEAD before it is confirmed: it came back, or was made for other tables.\n',
    ),
    0,
    { ...AUDIT, held: true },
  ],
  'verify, not sound': [
    ['verify'],
    steps(['POST', `${R}/verify`, {}]),
    slices('verify', JSON.stringify({ ...AUDIT, sound: false, problems: [BAD] })),
    NOT_SOUND,
    3,
    { ...AUDIT, sound: false, problems: [BAD] },
  ],
  'verify, sound with a problem': [
    ['verify'],
    steps(['POST', `${R}/verify`, {}]),
    slices('verify', JSON.stringify({ ...AUDIT, problems: [BAD] })),
    NOT_SOUND,
    3,
    { ...AUDIT, problems: [BAD] },
  ],
  'verify, broken off': [
    ['verify'],
    steps(['POST', `${R}/verify`, {}]),
    slices('verify', JSON.stringify({ ...AUDIT, sound: false })),
    NOT_SOUND.replace('1 problems', '0 problems').replace(/ {2}SIG.*\n/, ''),
    3,
    { ...AUDIT, sound: false },
  ],
  forecast: [
    ['forecast', '--days', '7'],
    steps(['POST', `${R}/forecast`, { days: 7 }]),
    slices('forecast', JSON.stringify(OUTAGES)),
    DARK,
    0,
    OUTAGES,
  ],
};

/** A body with its statement in short, after the signature over it was found to be the local identity's. */
function plain(body: string): unknown {
  const { salt: _salt, signed, ...rest } = JSON.parse(body);
  if (signed === undefined) return rest;
  expect([isSignedByItsKey(signed), signed.key]).toEqual([true, LOCAL_FOUNDERS[0]]);
  const { operation: says, base, review, content } = signed.statement;
  const isNamed = content === OPEN.digest || content === PURGE_DIGEST;
  return {
    ...{ ...rest, says },
    ...(isNamed && { content }),
    ...(base && { on: base.version }),
    ...(review && { review }),
  };
}

const AS = ['--as', 'proposer'];
const registry = (...args: readonly string[]) => routeguard('registry', ...args, ...AS, '--url', guard.url);

/** What a command says where it was refused (3) or got no answer (4); in words nothing of it is on standard output. */
async function fails(args: readonly string[], code: 3 | 4, reset: () => void = () => {}): Promise<void> {
  reset();
  const inWords = await registry(...args);
  expect([inWords.code, inWords.out]).toEqual([code, '']);
  expect(inWords.err).toMatch(/^(routeguard: [^\n]+\n)+$/);
  reset();
  const json = await registry(...args, '--json');
  expect([json.code, json.out.split('\n').length]).toEqual([code, 2]);
  expect(JSON.parse(json.out)).toEqual({
    error: expect.objectContaining({ code: expect.any(String), message: expect.any(String) }),
  });
}

/** What is told beside what is printed where a root is signed: a confirmation says what it comes to before it is. */
const TOLD =
  /^(routeguard: (simulate: 1 of 2|root, people and what flips are the registry’s word: .+|It confirms version .+, in epoch 2\.|The registry had come to version .+| {2}as the registry says, that is root .+| {2}NOT COMPUTED HERE: .+)\n)+$/;

describe.each(Object.entries(ROWS))(
  'routeguard registry %s',
  (name, [args, asked, answers, words, code = 0, printed]) => {
    const play = () => {
      guard.heard.length = 0;
      guard.answer = () => answers[guard.heard.length - 1];
    };

    it('asks, says and prints', async () => {
      play();
      const said = await registry(...args);
      expect(said).toEqual({
        code,
        out: words,
        err: expect.stringMatching(SIGNS_A_ROOT.has(args[0]) ? TOLD : /^(routeguard: \w+: 1 of 2\n)?$/),
      });
      expect(said.err.includes(WORD)).toBe(SIGNS_A_ROOT.has(args[0]));
      expect(guard.heard.map((h) => [h.method, h.path, ...(h.body === '' ? [] : [plain(h.body)])])).toEqual(
        asked,
      );
      play();
      const json = await registry(...args, '--json');
      const last = answers.at(-1) as object;
      const result = SIGNS_A_ROOT.has(args[0]) ? { ...last, computed: false } : last;
      expect([json.code, JSON.parse(json.out)]).toEqual([code, printed ?? result]);
      expect(json.out.split('\n')).toHaveLength(2);
    });

    // What one of the variants of a command shows of the weather, all of them would.
    if (name.includes(',')) return;

    it('wherever it breaks off, has not been done', async () => {
      for (const [step, each] of asked.entries()) {
        // Counted once the stop is in force, which nothing undoes.
        if (each === COUNTED) continue;
        for (const [end, status] of [
          [3, 409],
          [4, 503],
        ] as const) {
          guard.weather = (response, good) =>
            (guard.heard.length === step + 1 ? withStatus(status) : fair)(response, good);
          await fails(args, end, play);
        }
        guard.weather = fair;
        await fails(args, 4, () => {
          play();
          guard.answer = () => (guard.heard.length === step + 1 ? {} : answers[guard.heard.length - 1]);
        });
      }
    });
  },
);

describe('the registry and what may stand in its place', () => {
  const HOLD = ROWS['hold --everything']?.[0] ?? [];

  it.each([...REFUSING.map((s) => [s, 3] as const), ...UNAVAILABLE.map((s) => [s, 4] as const)])(
    'status %i ends with %i',
    async (status, code) => {
      Object.assign(guard, { weather: withStatus(status), answer: () => ACK });
      await fails(HOLD, code);
    },
  );

  it.each(Object.entries(NO_ANSWER))('no answer: %s', async (_what, weather) => {
    Object.assign(guard, { weather, answer: () => ACK });
    const waits = watchWaits(weather);
    await fails(HOLD, 4).finally(waits.restore);
    expect([...new Set(waits.asked)]).toEqual([35_000]);
    expect(guard.heard.map((h) => h.path)).not.toContain('/elsewhere');
  });

  it('nobody there', async () => {
    const { code, out, err } = await routeguard('registry', 'log', ...AS, '--url', 'http://127.0.0.1:9');
    expect([code, out]).toEqual([4, '']);
    expect(err).toBe('routeguard: no answer from http://127.0.0.1:9: is it running? `npm start` starts it\n');
  });

  it('somewhere else, where nothing is started from here', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'A').stubEnv('AWS_SECRET_ACCESS_KEY', 'B');
    const url = ['--url', 'https://guard.invalid', '--region', 'eu-west-2'];
    const { code, err } = await routeguard('registry', 'log', ...url).finally(() => vi.unstubAllEnvs());
    expect([code, err]).toEqual([4, 'routeguard: no answer from https://guard.invalid\n']);
  });

  const REVOKE = ROWS['revoke']?.[0] ?? [];
  it.each([
    ['hold', HOLD, true],
    ['revoke', REVOKE, true],
    ['a dry run', [...HOLD, '--dry-run'], false],
  ])('whoever stops and hears nothing is told what that means: %s', async (_what, args, isTold) => {
    for (const weather of [withStatus(503), NO_ANSWER['nothing'] ?? fair]) {
      Object.assign(guard, { weather, answer: () => ACK });
      const { code, err } = await registry(...args);
      expect([code, err.includes('NOTHING IS KNOWN TO BE STOPPED: send the same command again')]).toEqual([
        4,
        isTold,
      ]);
    }
  });

  it.each([
    ['purge', ['purge', 'show', 'u-1'], '/v1/registry-purge', /lets in proposer, .*usa-proposer/],
    ['the rest', ['log'], '/v1/registry', /lets in .*auditor/],
  ])('a door that lets nobody in is named, with who may use it: %s', async (_what, args, door, who) => {
    Object.assign(guard, { weather: withStatus(403), answer: () => ({ message: 'No.' }) });
    const { code, err } = await registry(...args);
    const [first = '', todo] = err.split('\n');
    expect([code, first.startsWith(`routeguard: 403: No. (the door ${door}, which `)]).toEqual([3, true]);
    expect(first).toMatch(who);
    expect(todo).toMatch(/what to do: Call with the credentials of a role that may/);
  });

  it('what is to be done names the proposal that was asked about', async () => {
    const error = { code: 'PROPOSAL_STATUS', message: 'Not open.', details: { status: 'published' } };
    Object.assign(guard, { weather: withStatus(409), answer: () => ({ error }) });
    const told = async (id: string) => (await registry('reject', id, ...REASON)).err.split('\n').slice(1, 3);
    const todo = (id: string) =>
      `routeguard:   what to do: \`routeguard registry proposal ${id}\` says in which it is.`;
    expect(await told('p-1')).toEqual(['routeguard:   status: published', todo('p-1')]);
    // What a shell would read as more than an id is not put where somebody copies it from.
    expect(await told('p-1;ls')).toEqual(['routeguard:   status: published', todo('ID')]);
  });

  it('a purge that is another than was read is refused, and not signed', async () => {
    guard.answer = () => PURGE;
    const { code, err } = await registry('purge', 'approve', 'u-1', '--request', 'sha256:0');
    expect([code, guard.heard.map((h) => h.method)]).toEqual([3, ['GET']]);
    expect(err).toMatch(
      /^routeguard: REQUEST_CHANGED: this is not the request that --request names: `routegu/,
    );
  });

  it('an end of a fact that is not there names it, and what was meant', async () => {
    const error = { code: 'FACT_UNKNOWN', message: 'there is no such fact in this version' };
    guard.answer = ({ path }) => (path.endsWith('/facts/network') ? { keys: ['network/gb-a'] } : { error });
    guard.weather = (response, good) =>
      (guard.heard.at(-1)?.path.endsWith('/facts/network') ? fair : withStatus(404))(response, good);
    const sentence =
      /FACT_UNKNOWN: there is no network\/gb-aa in this version, and never was; did you mean network\/gb-a\?/;
    const ends = file('ends.yaml', '[{ op: end, key: network/gb-aa, on: 2026-01-01 }]');
    for (const args of [
      ['propose', ends, ...REASON],
      ['blame', 'network/gb-aa'],
    ]) {
      const { code, err } = await registry(...args);
      expect(code).toBe(3);
      expect(err).toMatch(sentence);
    }
  });

  it.each(['version', 'digest', 'acknowledgedAt', 'noPermitAfter'])(
    'an acknowledgement without its %s is none',
    async (member) => {
      guard.answer = () => ({ ...ACK, [member]: undefined });
      await fails(HOLD, 4);
    },
  );

  it.each([
    ['a status nobody knows', [job('verify', 'cancelled'), { text: JSON.stringify(AUDIT), parts: 1 }], 4],
    ['a job that failed', [job('verify', 'failed', { failure: { code: 'GONE', message: 'No.' } })], 3],
    ['a job that failed and nobody says why', [job('verify', 'failed')], 3],
    [
      'a result cut short',
      [job('verify', 'done'), { text: JSON.stringify(AUDIT).slice(0, -1), parts: 1 }],
      4,
    ],
    ['a result of no parts', [job('verify', 'done'), { text: JSON.stringify(AUDIT), parts: 0 }], 4],
    [
      'a result of another kind',
      [job('verify', 'done'), { text: JSON.stringify({ ...AUDIT, sound: 'true' }), parts: 1 }],
      4,
    ],
  ] as const)('%s is no sound history', async (_what, answers, code) => {
    await fails(['verify'], code, () => {
      guard.heard.length = 0;
      guard.answer = () => answers[guard.heard.length - 1];
    });
  });

  it('an undo that is for others in every part has filed nothing', async () => {
    const [first] = UNDO.parts;
    const undo = { ...UNDO, parts: [first] };
    const error = { code: 'NOT_AUTHORISED', message: 'Not yours.' };
    guard.answer = () => [undo, WAITING_ELSEWHERE, PLACE, { error }][guard.heard.length - 1];
    guard.weather = (response, good) => (guard.heard.length === 4 ? withStatus(403) : fair)(response, good);
    const { code, out, err } = await registry('rollback', '9', ...REASON, '--json');
    expect([code, JSON.parse(out), err]).toEqual([3, { ...undo, proposals: {} }, '']);
  });

  it('whoever signs a purge once more is told so, and for whom it waits', async () => {
    const waiting = { ...PURGE, missing: ['uk-ncsc'], needed: { 'uk-ncsc': 1 } };
    const answers = (...consents: object[]) => {
      guard.heard.length = 0;
      guard.answer = () => [{ ...PURGE, consents }, PLACE, waiting][guard.heard.length - 1];
    };
    const approve = ['purge', 'approve', 'u-1', '--request', PURGE_DIGEST];
    answers({ ...person, key: 'KEY' });
    const first = await registry(...approve);
    expect(first.out).not.toContain('already');
    const [key] = LOCAL_FOUNDERS;
    answers({ ...person, key });
    const again = await registry(...approve);
    expect([again.code, again.out]).toEqual([
      0,
      `You have signed already; waiting for one more person of uk-ncsc.\n${first.out}`,
    ]);
  });

  it.each(['root', 'commit', 'note'])('what stands in a %s is not asked to be purged', async (what) => {
    guard.answer = () => ({ places: [{ table: 'objects', what, name: FACTS }], next: null });
    const asked = ['purge', 'request', '--fact', 'network/gb-a', '--authority', 'us-state', ...REASON];
    const { code, out, err } = await registry(...asked);
    expect([code, out, guard.heard.map((h) => h.path)]).toEqual([2, '', [SEARCH]]);
    expect(err).toBe(`routeguard: it stands in what is never purged: ${what} ${FACTS}\n`);
  });

  it('a stop is told before anything is counted', async () => {
    guard.answer = () => [{ ...ACK, wide: false, until: null }, STOPS][guard.heard.length - 1];
    const told: string[] = [];
    guard.weather = (response, good) => {
      if (guard.heard.length === 2) told.push(vi.mocked(console.log).mock.calls.join('\n'));
      fair(response, good);
    };
    expect((await registry(...HOLD)).code).toBe(0);
    expect(told).toEqual([
      `${ACK_WORDS}It stops what is its authority’s own: it ends when two people lift it.`,
    ]);
  });

  it('an exemption is of one owner, by one hold, from the instant at which it is proposed', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-23T12:30:45.678Z') });
    try {
      guard.answer = () => [PLACE, PROPOSAL][guard.heard.length - 1];
      const asked = ['exempt', 'h-1', '--authority', 'uk-ncsc', '--owner', 'GBR', ...REASON];
      expect((await registry(...asked)).code).toBe(0);
      const fact = {
        ...{ kind: 'exemption', id: 'h-1-gbr-202611231230', authority: 'uk-ncsc', hold: 'h-1', owner: 'GBR' },
        valid: { from: '2026-11-23T12:30:45.678Z', to: null, zone: 'UTC' },
        sources: [{ citation: 'Exemption of GBR by two people of uk-ncsc', verified: true, primary: true }],
      };
      expect(plain(guard.heard.at(-1)?.body ?? '')).toEqual({
        ...{ ...because, changes: [{ op: 'add', fact }] },
        ...proposed,
      });
    } finally {
      vi.useRealTimers();
    }
  });

  it('a refusal is quoted with every problem', async () => {
    const problems = Array.from({ length: 201 }, (_, i) => ({ path: `/${i}`, message: 'No.' }));
    const error = { code: 'INVALID', message: 'Not so.', path: '/x', problems, details: { version: 3 } };
    Object.assign(guard, { weather: withStatus(422), answer: () => ({ error }) });
    const { err } = await registry(...HOLD);
    const lines = err.split('\n');
    expect([lines[0], lines[1], lines[200]]).toEqual([
      ...['routeguard: INVALID: Not so. (at /x)', 'routeguard:   /0: No.', 'routeguard:   /199: No.'],
    ]);
    expect(lines.slice(201)).toEqual([
      'routeguard:   … and 1 more (--json has them)',
      'routeguard:   version: 3',
      '',
    ]);
    expect(JSON.parse((await registry(...HOLD, '--json')).out)).toEqual({ error });
  });

  it('the identity that signs is the one named', async () => {
    guard.answer = () => ACK;
    await registry(...HOLD);
    expect(guard.heard[0]?.headers.authorization).toContain('Credential=LOCALPROPOSER/');
  });
});

describe('what is signed is what was seen', () => {
  const play = (answers: Answers) => {
    guard.heard.length = 0;
    guard.answer = () => answers[guard.heard.length - 1];
  };
  const [, shown, current, called] = REVIEW;
  const of = (proposal: object, more: Answers = [shown, current, called]) => [proposal, ...more, PLACE, ACK];
  const report = (more: object) => ({ text: JSON.stringify({ ...SIMULATION, ...more }), parts: 1 });
  const other = { kind: 'network', id: 'gb-z' };
  const others = [CHANGES[0], CHANGES[1], { op: 'add', fact: other }];
  const resigned = { ...ASKED, changes: sha256(others) };

  const lifts = { kind: 'lift', reason: 'Because', salt: SALT, hold: 'h' } as const;
  const lifted = { op: 'end', key: 'hold/h', on: 'T1', ending: ENDING, was: sha256(OLD) };
  const lift = (changes: readonly object[]) =>
    of({ ...OPEN, kind: 'lift', asked: lifts, digest: contentOf(lifts), changes });

  it.each<[string, Answers, number, RegExp]>([
    ['a lift of another hold', lift([{ ...lifted, key: 'hold/g' }]), 2, /another proposal than its author/],
    ['a lift that does more', lift([lifted, ...CHANGES]), 2, /another proposal than its author/],
    ['a lift that adds', lift([{ ...lifted, op: 'add' }]), 2, /another proposal than its author/],
    ['a lift of its hold, and not what was reviewed', lift([lifted]), 3, /REVIEW_CHANGED/],
    ['another reason', of({ ...OPEN, reason: 'Another' }), 2, /another proposal than its author signed/],
    ['another kind', of({ ...OPEN, kind: 'lift' }), 2, /another proposal than its author signed/],
    ['other operations', of({ ...OPEN, changes: others }), 2, /another proposal than its author signed/],
    ['another digest', of({ ...OPEN, digest: sha256('x') }), 2, /another proposal than its author signed/],
    [
      'no operations',
      of({ ...OPEN, changes: null, bytes: null }),
      2,
      /no operations yet, or they were purged/,
    ],
    [
      'another proposal of the same author under its id',
      of({ ...OPEN, asked: resigned, digest: contentOf(resigned), changes: others }),
      3,
      /REVIEW_CHANGED: this is not what --reviewed names/,
    ],
    ['no simulation', of({ ...OPEN, simulation: undefined }), 3, /simulate the proposal first/],
    [
      'another base',
      of({ ...OPEN, simulation: { ...FOUND, base: { version: 12, digest: 'sha256:bc' } } }),
      3,
      /REVIEW_CHANGED/,
    ],
    ['another root', of({ ...OPEN, simulation: { ...FOUND, root: 'sha256:c1' } }), 3, /REVIEW_CHANGED/],
    ['other people', of({ ...OPEN, simulation: { ...FOUND, people: 'sha256:d1' } }), 3, /REVIEW_CHANGED/],
    [
      'a simulation without its permit',
      of(OPEN, [report({ flips: FLIPS.slice(1) }), current, called]),
      2,
      /other answers that flip/,
    ],
    [
      'an answer that flips, about another path',
      of(OPEN, [report({ flips: [{ ...FLIPS[0], subject: { route: 'x' } }, FLIPS[1]] }), current, called]),
      2,
      /other answers that flip/,
    ],
    [
      'a permit too few in figures',
      of({ ...OPEN, simulation: { ...FOUND, permits: 0 } }),
      2,
      /other answers that flip/,
    ],
    [
      'an answer too many in figures',
      of({ ...OPEN, simulation: { ...FOUND, total: 3 } }),
      2,
      /other answers that flip/,
    ],
    [
      'another fact than is ended',
      of(OPEN, [shown, { fact: FACT }]),
      2,
      /another network\/gb-b than the change was written/,
    ],
  ])('%s is not', async (_what, answers, code, sentence) => {
    for (const command of ['sign', 'approve']) {
      play(answers);
      const said = await registry(command, 'p-1', ...SEEN);
      expect([said.code, said.out]).toEqual([code, '']);
      expect(said.err).toMatch(sentence);
      expect(guard.heard.map((h) => h.method)).not.toContain('POST');
    }
  });

  it('where nobody is asked and nothing was seen, nothing is signed, and it is said how', async () => {
    for (const command of ['sign', 'approve']) {
      play([...REVIEW, PLACE, ACK]);
      const { code, out, err } = await registry(command, 'p-1');
      expect([code, out, guard.heard.map((h) => h.method)]).toEqual([2, '', ['GET', 'GET', 'GET', 'GET']]);
      expect(err).toBe(
        'routeguard: nobody is asked here: look at it with `routeguard registry review p-1`, and give the digest it ends with as --reviewed\n',
      );
    }
  });

  it.each<[string, string, number, RegExp]>([
    [
      'a number beyond the last',
      '1-2',
      3,
      /ACKNOWLEDGEMENT_UNKNOWN: no answer that becomes permit has the number 2/,
    ],
    ['every number that one may be', '1-1000', 3, /ACKNOWLEDGEMENT_UNKNOWN/],
    ['another number', '7', 3, /ACKNOWLEDGEMENT_UNKNOWN/],
    [
      'a group that is not there',
      'all-of:hold-network-0000',
      3,
      /ACKNOWLEDGEMENT_UNKNOWN: no group is called/,
    ],
    ['a group of what is lost', LOST, 3, /ACKNOWLEDGEMENT_UNKNOWN: no group is called/],
    ['a group twice', `${GAINED},all-of:${GAINED}`, 2, /names hold-network-\w+ twice/],
    ['a group and its number', `1,${GAINED}`, 2, /by its number and by its group/],
  ])('acknowledging %s, nothing is signed', async (_what, given, code, sentence) => {
    play([...REVIEW, PLACE, ACK]);
    const said = await registry('approve', 'p-1', ...SEEN, '--acknowledge', given);
    expect([said.code, said.out, guard.heard.map((h) => h.method)]).toEqual([
      code,
      '',
      ['GET', 'GET', 'GET', 'GET'].slice(0, guard.heard.length),
    ]);
    expect(said.err).toMatch(sentence);
  });

  it('what nobody acknowledges is not approved, and it is said which groups there are', async () => {
    play([...REVIEW, PLACE, ACK]);
    const { code, err } = await registry('approve', 'p-1', ...SEEN);
    expect([code, err.includes(`by group or number: ${GAINED}\n`)]).toEqual([3, true]);
  });

  it('a review is its reader’s: that of another person of the registry is refused, and said to be theirs', async () => {
    const reader = publicKeyOf(localKey('alex'));
    const theirs = sha256({ statement: SAID, operations: sha256(CHANGES), reader });
    const authority = { kind: 'authority', id: 'us-state', people: [{ name: 'alex', keys: [reader] }] };
    play([...REVIEW, { keys: ['authority/us-state'] }, { fact: authority }]);
    const { code, err } = await registry('approve', 'p-1', '--reviewed', theirs, ...ONE);
    expect([code, guard.heard.map((h) => h.method).includes('POST')]).toEqual([3, false]);
    expect(err).toMatch(/REVIEW_CHANGED: --reviewed names what alex \(us-state\) has read, and not you/);
  });

  it('simulated again, what comes out otherwise is not signed', async () => {
    const moved = { ...OPEN, simulation: { ...FOUND, root: 'sha256:c1' } };
    play([
      ...REVIEW,
      PLACE,
      waiting('simulate'),
      job('simulate', 'done'),
      moved,
      shown,
      current,
      called,
      ACK,
    ]);
    const { code, err } = await registry('approve', 'p-1', ...SEEN, ...ONE);
    expect([code, guard.heard.filter((h) => h.path.endsWith('/approve')).length]).toEqual([3, 1]);
    expect(err).toMatch(/REVIEW_CHANGED/);
  });

  it('an operation that was not shown is not: the digest is of what was', async () => {
    const many = Array.from({ length: 300 }, (_, n) => ({ op: 'add', fact: { ...FACT, id: `n-${n}` } }));
    const asked = { ...ASKED, changes: sha256(many) };
    const answers = [{ ...OPEN, asked, digest: contentOf(asked), changes: many }, shown, called];
    play(answers);
    const cut = await registry('review', 'p-1');
    expect(cut.out).toContain('300 operations, of which 300 could permit');
    expect(cut.out).toContain('  … and 100 more operations, which are not shown: --all shows them\n');
    expect([cut.out.includes('network/n-200'), cut.out.includes('Reviewed sha256')]).toEqual([false, false]);
    play(answers);
    expect(JSON.parse((await registry('review', 'p-1', '--json')).out).reviewed).toBeNull();
    play(answers);
    const whole = await registry('review', 'p-1', '--all');
    expect([whole.out.includes('network/n-299'), whole.out.includes('Reviewed sha256')]).toEqual([
      true,
      true,
    ]);
  });

  const CONFIRMED = {
    kind: 'confirm',
    reason: 'Because',
    salt: SALT,
    ...PLACE.base,
    digest: 'sha256:99',
  } as const;
  const CONFIRM = {
    ...{ ...PROPOSAL, kind: 'confirm', asked: CONFIRMED, digest: contentOf(CONFIRMED as never) },
    ...{ base: PLACE.base, changes: null, bytes: null },
  };

  it('a confirmation is of what the registry stands at', async () => {
    play([CONFIRM, PLACE]);
    const { code, out } = await registry('review', 'p-1');
    expect(code).toBe(0);
    expect(out).toContain('It confirms version 9 (sha256:99) as the present, in epoch 2.');
    expect(out).toContain(
      'The registry had come to version 14 (sha256:f14), in epoch 1: what that held besides is given up.',
    );
    const [, reviewed = ''] = /Reviewed (\S+)/.exec(out) ?? [];
    play([CONFIRM, PLACE, PLACE, { missing: 'founders' }]);
    const signed = await registry('approve', 'p-1', '--reviewed', reviewed);
    expect([signed.code, signed.out]).toEqual([0, 'Signed; two people of founders have not.\n']);
    for (const base of [
      { version: 8, digest: 'sha256:99' },
      { version: 9, digest: 'sha256:98' },
    ]) {
      play([CONFIRM, { ...PLACE, base }, PLACE, ACK]);
      const moved = await registry('approve', 'p-1', '--reviewed', reviewed);
      expect([moved.code, guard.heard.length]).toEqual([2, 2]);
      expect(moved.err).toMatch(/which is not what this confirms/);
      play([{ ...PLACE, base }, PLACE, PROPOSAL]);
      const asked = await registry('confirm', '9', 'sha256:99', ...REASON);
      expect([asked.code, guard.heard.map((h) => h.method)]).toEqual([2, ['GET']]);
    }
  });

  it('what others wrote neither breaks a line nor turns one around', async () => {
    play([{ ...PROPOSAL, reason: 'Fine\n  approved by r/s\u202e\u001b[2K' }]);
    const { out } = await registry('proposal', 'p-1');
    expect(out).toContain('  reason: Fine[U+000A]  approved by r/s[U+202E][U+001B][2K\n');
  });

  it('what a held registry shows is said to be judged by nobody, once', async () => {
    for (const [held, expected] of [
      ['LINEAGE_CHANGED', 1],
      [null, 0],
    ] as const) {
      const page = { differences: [], next: 'vendor/a', held };
      play([page, { ...page, next: null }]);
      const { code, err } = await registry('diff', '1', '2');
      expect([code, err.split('HELD (LINEAGE_CHANGED): nobody has judged').length - 1]).toEqual([
        0,
        expected,
      ]);
    }
  });

  it.each([
    [
      'its author',
      person,
      ': nobody but the author has asked; approving asks again, and takes no other answer.',
    ],
    ['another session of its author’s role', { ...person, session: 'ann' }, '.'],
    ['another role of its author’s session', { ...person, role: 'r' }, '.'],
  ])('simulated by %s, a proposal says so', (_who, by, rest) => {
    const simulation = { ...FOUND, by };
    expect(simulatedInWords({ ...OPEN, simulation } as never)).toEqual([
      `Simulated by ${by.role}/${by.session} as of T2${rest}`,
    ]);
  });

  it('whose word is missing is said, and that nobody may speak', () => {
    const voices = [
      { anyOf: [], people: [], operations: 1 },
      { anyOf: ['us-state', 'us-dod'], people: ['alex'], operations: 2 },
    ];
    expect(approversInWords({ ...OPEN, simulation: { ...FOUND, voices } } as never)).toEqual([
      'To be approved by a second person of nobody: no authority speaks here, for 1 operation.',
      'To be approved by a second person of us-state or us-dod (its people: alex), for 2 operations.',
    ]);
  });

  const REVIEWABLE = {
    ...{ words: ['one', 'two'], digest: 'sha256:aa', computed: true, json: null },
    statement: SAID,
  } as never;
  it('a person at a terminal is shown it first, and says so', async () => {
    for (const [said, signs] of [
      ['sign', true],
      ['yes', false],
      ['SIGN', false],
      ['', false],
    ] as const) {
      const seen: (readonly string[])[] = [];
      const asker = {
        isThere: true,
        ask: async (lines: readonly string[]) => {
          seen.push(lines);
          return said;
        },
      };
      const passed = demandSeen('p-1', REVIEWABLE, undefined, asker).then(
        () => true,
        ({ error }) => error.code,
      );
      expect([await passed, seen]).toEqual([signs || 'LEFT_UNSIGNED', [['one', 'two']]]);
    }
  });

  it.each([
    ['Ctrl-C', '\u0003', true],
    ['the end of input', '', false],
  ])('a person who leaves by %s has signed nothing, and is told', async (_what, typed, isTTY) => {
    const stdin = Object.assign(new PassThrough(), { isTTY, setRawMode: () => {} });
    vi.spyOn(process, 'stdin', 'get').mockReturnValue(stdin as never);
    vi.spyOn(process, 'stderr', 'get').mockReturnValue(Object.assign(new PassThrough(), { isTTY }) as never);
    try {
      const asked = terminal.ask(['one'], 'Sign? ');
      stdin.end(typed);
      await expect(asked).rejects.toThrow('LEFT_UNSIGNED: left unsigned: nothing was signed');
    } finally {
      vi.restoreAllMocks();
    }
  });
});

it('a change too large for one request is sent in pieces that are text', async () => {
  const changes = [`${'x'.repeat(524_285)}${'😀'.repeat(700_000)}`];
  const asked: (readonly [path: string, body: object])[] = [];
  await upload(
    async ({ path, body }) => {
      asked.push([path, body as object]);
      return { id: 'p-1' };
    },
    { ...because, changes, salt: SALT, signed: {} as never },
    () => {},
  );
  const [announced, ...sent] = asked;
  expect(announced).toMatchObject(['proposals', { upload: { chunks: 4, bytes: 3_324_289 } }]);
  expect(sent.map(([path]) => path)).toEqual([0, 1, 2, 3].map((n) => `proposals/p-1/chunks/${n}`));
  const texts = sent.map(([, body]) => (body as { readonly text: string }).text);
  expect(texts.map((each) => each.isWellFormed())).toEqual([true, true, true, true]);
  expect(JSON.parse(texts.join('')).join('') === changes[0]).toBe(true);
});

describe('usage', () => {
  let yaml = 0;
  const YAML = (text: string) => ['propose', file(`bad-${yaml++}.yaml`, text), ...REASON, ...AS];
  const DAYS = /--days is how far to look, a whole number of days from 1 to 366/;
  const hold = (...scope: string[]) => [
    ...['hold', 'h', '--authority', 'a', '--cause', 'order'],
    ...scope,
    ...REASON,
    ...AS,
  ];
  it.each<[string, string[], RegExp]>([
    ['no subcommand', [], /Usage: routeguard registry/],
    ['an unknown subcommand', ['delete'], /unknown command 'delete'/],
    ['nobody signs', ['log'], /--as names who signs/],
    ['a stranger signs', ['log', '--as', 'nobody'], /--as names who signs/],
    [
      'a local identity far away',
      ['log', ...AS, '--url', 'https://guard.example'],
      /--as is for the local guard/,
    ],
    ['no region', ['log', '--url', 'https://guard.example'], /--region names the AWS region/],
    ['a hold of nothing', hold(), /name one of --everything, --owner and --network/],
    ['a hold of two things', hold('--owner', 'USA', '--network', 'n'), /name one of/],
    [
      'a hold without a cause',
      ['hold', 'h', '--authority', 'a', '--everything', ...REASON, ...AS],
      /--cause says why, in one word: compromise \(a network/,
    ],
    [
      'a hold for a cause that is none',
      ['hold', 'h', '--authority', 'a', '--everything', '--cause', 'spilage', ...REASON, ...AS],
      /there is no such cause; did you mean spillage\? --cause says why/,
    ],
    [
      'a hold for a cause unlike any',
      ['hold', 'h', '--authority', 'a', '--everything', '--cause', 'zzzzzz', ...REASON, ...AS],
      /there is no such cause\. --cause says why/,
    ],
    ['an unknown subcommand with an option', ['frobnicate', '--json'], /unknown command 'frobnicate'/],
    [
      'a log of a word',
      ['log', '--limit', 'x', ...AS],
      /--limit is how many versions, a whole number from 1 to 200/,
    ],
    ['a log of too many', ['log', '--limit', '201', ...AS], /--limit is how many versions/],
    ['a log before nought', ['log', '--before', '0', ...AS], /--before is a version, a whole number from 1/],
    [
      'a hold for no reason',
      ['hold', 'h', '--authority', 'a', '--everything', ...AS],
      /'--reason <text>' not specified/,
    ],
    ['a hold by nobody', ['hold', 'h', '--everything', ...REASON, ...AS], /'--authority <id>' not specified/],
    ['a revocation of nothing', ['revoke', ...REASON, ...AS], /missing required argument 'keys'/],
    ['a rollback to nought', ['rollback', '0', ...REASON, ...AS], /a version is a whole number from 1/],
    ['a rollback to a word', ['rollback', 'old', ...REASON, ...AS], /a version is a whole number from 1/],
    ['a forecast of no days', ['forecast', '--days', '0', ...AS], DAYS],
    ['a forecast of a word', ['forecast', '--days', 'x', ...AS], DAYS],
    ['a forecast of too many days', ['forecast', '--days', '367', ...AS], DAYS],
    ['a rejection for no reason', ['reject', 'p-1', ...AS], /--reason says why/],
    ['an empty reason', ['reject', 'p-1', '--reason', '', ...AS], /--reason says why/],
    [
      'a search for three characters',
      ['purge', 'search', file('three.txt', 'abc\n'), ...AS],
      /the words are four characters at least/,
    ],
    ['a purge of nothing', ['purge', 'request', '--authority', 'a', ...REASON, ...AS], /name what is purged/],
    ['a purge nobody read', ['purge', 'approve', 'u-1', ...AS], /'--request <digest>' not specified/],
    ['a fact that is none', ['blame', 'network', ...AS], /a fact is KIND\/ID/],
    ['a path for a fact', ['show', 'network/../log', ...AS], /a fact is KIND\/ID/],
    [
      'a kind that is none',
      ['show', 'Network', ...AS],
      /a kind of fact is one of .*; did you mean network\?/,
    ],
    ['a kind in the plural', ['show', 'holds', ...AS], /; did you mean hold\?/],
    ['a kind unlike any', ['show', 'zzz', ...AS], /a kind of fact is one of .*, waiver\n/],
    ['a fact of no kind', ['blame', 'accreditatio/x', ...AS], /; did you mean accreditation\?/],
    ['a fact of a kind in the plural', ['show', 'waivers/x', ...AS], /; did you mean waiver\?/],
    [
      'a proposal among the facts',
      ['show', 'p-20261123T213344Z-8f3a0c1d22', ...AS],
      /`registry proposal p-2026/,
    ],
    [
      'an operation that is none',
      YAML('[{ op: ad, fact: {} }]'),
      /entry 0 is no operation: .*; did you mean add\?/,
    ],
    [
      'an operation in capitals',
      YAML('[{ op: END, key: hold/h }]'),
      /entry 0 is no operation: .*; did you mean end\?/,
    ],
    ['an operation of nothing', YAML('[{ op: null, key: hold/h }]'), /entry 0 is no operation/],
    [
      'an end of no kind',
      YAML('[{ op: end, key: holds/h }]'),
      /entry 0 names no fact: .*; did you mean hold\?/,
    ],
    ['a file that is not there', ['propose', '/nowhere.yaml', ...AS], /\/nowhere\.yaml cannot be read/],
    ['YAML that is none', YAML('a: [1'), /bad-\d+\.yaml:1:\d+: Flow sequence in block collection must/],
    [
      'JSON that is none',
      ['propose', file('bad.json', '{"a":1,}'), ...AS],
      /bad\.json:1:\d+: not JSON here: look for/,
    ],
    [
      'JSON that repeats itself',
      ['propose', file('two.json', '{"a":1,"a":1}'), ...AS],
      /a member is written twice/,
    ],
    ['a proposal that is a text', YAML('text'), /a proposal is a list of operations/],
    [
      'a proposal with another member',
      YAML('{ reason: x, changes: [], by: me }'),
      /reason and changes, and no others/,
    ],
    [
      'two files with two reasons',
      [
        'propose',
        file('r1.yaml', '{ reason: a, changes: [] }'),
        file('r2.yaml', '{ reason: b, changes: [] }'),
        ...AS,
      ],
      /several reasons/,
    ],
    ['changes that are no list', YAML('{ changes: 7 }'), /"changes" is a list/],
    ['a reason that is no text', YAML('{ reason: 7, changes: [] }'), /"reason" is a text/],
    ['an entry that is none', YAML('[7]'), /entry 0 is neither/],
    ['an end of no fact', YAML('[{ op: end, on: 2026-01-01 }]'), /entry 0 names no fact/],
    ['an entry of another file', YAML('[{ op: ad }]'), /bad-\d+\.yaml: entry 0 is no operation/],
    ['an empty file', YAML(''), /bad-\d+\.yaml is empty\n/],
    ['no operation', YAML('changes: []'), /nothing is proposed: no operation in \S+bad-\d+\.yaml\n/],
    ['a change for no reason', ['propose', file('r.yaml', '[]'), ...AS], /--reason says why/],
  ])('%s', async (_what, args, sentence) => {
    const url = args.includes('--url') || args.length < 2 ? [] : ['--url', guard.url];
    const { code, out, err } = await routeguard('registry', ...args, ...url);
    expect([code, out, guard.heard]).toEqual([2, '', []]);
    expect(err).toMatch(sentence);
  });

  it.each(['', '0', '3-1', '1,,2', 'all', '1-100002', '1234567'])(
    'numbers to acknowledge: %j',
    async (numbers) => {
      guard.answer = () => WHOLE;
      const { code, out, err } = await registry('approve', 'p-1', ...SEEN, '--acknowledge', numbers);
      expect([code, out, err]).toEqual([
        2,
        '',
        'routeguard: --acknowledge takes groups by name, and numbers and ranges: all-of:vendor-not-assessed-3f9a,1-4,7\n',
      ]);
      expect(guard.heard.map((h) => h.method)).not.toContain('POST');
    },
  );
});
