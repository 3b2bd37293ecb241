/**
 * What a purge takes is gone for good, evidence too: whoever puts HEAD back, or publishes what nobody signed, gets nothing
 * purged by people whom they chose, and no other route of the registry believes such a HEAD either.
 */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { ROUTES, type RouteName } from '../../functions/registry/routes.ts';
import type { Commit } from '../../functions/store/commit.ts';
import type { OpenSnapshot } from '../../functions/store/open-snapshot.ts';
import { publicKeyOf } from '../../functions/store/person-signature.ts';
import { localKey } from '../../infra/local/identities.ts';
import { digestOf, vendor } from '../registry/changes.ts';
import { purgeDoor } from '../registry/purge-door.ts';
import { contextFor, personNamed, type Wire } from '../registry/rig.ts';
import { signedOn } from '../store/signed.ts';
import { change, confirmed, headItem } from './coming-back.ts';
import {
  beginAgain,
  doors,
  facts,
  forge,
  HOLD,
  honest,
  insertRow,
  keyring,
  putBack,
  staged,
  startForgingOver,
  vendorX,
  word,
} from './forging.ts';
import { oneRoute } from './one-route.ts';

let context: ReturnType<typeof contextFor>;
let door: ReturnType<typeof purgeDoor>;
const as = (name: string) => personNamed(context, name);
const asked = (...notes: number[]) => ({ notes, proposals: [], authority: 'us-state', reason: 'Tidy' });
const reasonOf = async (version: number) =>
  (await as('auditor').get(`versions/${version}`)).body.note?.reason;

/** What somebody wants gone: British evidence, then American. */
async function twoStops(): Promise<void> {
  context = contextFor(doors.store, doors.store.signer);
  door = purgeDoor(context);
  for (const [who, authority, owner] of [
    ['gbr-proposer', 'uk-ncsc', 'GBR'],
    ['usa-proposer', 'us-state', 'USA'],
  ] as const) {
    const body = {
      id: `of-${owner.toLowerCase()}`,
      authority,
      scope: { owner },
      cause: 'doubt',
      reason: `Of ${owner}`,
    };
    expect((await as(who).post('hold', body)).status).toBe(200);
  }
}
beforeAll(() => startForgingOver(oneRoute(), twoStops), 120_000);
// Every case asks a process of the registry that has seen none of the others.
beforeEach(() => {
  context = contextFor(doors.store, doors.store.signer);
  door = purgeDoor(context);
});
afterEach(beginAgain);
afterAll(() => doors.stop());

/** Authorities with these people, wherever they have any. */
function peopled(names: readonly string[]): ReadonlyMap<string, RawFact> {
  const people = names.map((name) => ({ name, keys: [publicKeyOf(localKey(name))] }));
  return new Map(
    [...facts]
      .filter(([key, fact]) => key.startsWith('authority/') && Array.isArray(fact['people']))
      .map(([key, fact]) => [key, { ...fact, people } as unknown as RawFact]),
  );
}
const STRANGERS = ['mallory', 'mallory-too'] as const;

/** HEADs that say strangers are everybody's people. */
const FORGED: readonly [string, () => Promise<unknown>, string][] = [
  [
    'a restore that nobody confirmed',
    async () =>
      forge({
        kind: 'restore',
        staged: await staged(peopled(STRANGERS)),
        commit: { epoch: 2, lineage: 'e'.repeat(32), confirmed: false, approvers: [] },
      }),
    'REGISTRY_HELD',
  ],
  [
    'a change that nobody signed',
    async () => forge({ staged: await staged(peopled(STRANGERS)) }),
    'REGISTRY_INTEGRITY',
  ],
  [
    'a stop',
    async () => forge({ kind: 'hold', staged: await staged(peopled(STRANGERS)), commit: { approvers: [] } }),
    'REGISTRY_INTEGRITY',
  ],
];

describe('people nobody registered purge nothing', () => {
  it.each(FORGED)('under %s', async (_what, forged, code) => {
    await forged();
    const fresh = contextFor(doors.store, doors.store.signer);
    for (const each of [door, purgeDoor(fresh)]) {
      const { status, body } = await each.post('usa-proposer', '', asked(3), 'mallory');
      expect([status, body.error?.code]).not.toContain(201);
      expect(body.error?.code).toBe(code);
    }
    await putBack();
    expect(await reasonOf(3)).toBe('Of USA');
  });

  it.each(FORGED)('nor finish, under %s, what honest people began', async (_what, forged, code) => {
    const { body: request } = await door.post('usa-proposer', '', asked(3));
    expect(request.missing).toEqual(['us-state']);
    await forged();
    const two = await door.post(
      'usa-approver',
      `/${request.id}/approve`,
      { request: request.digest },
      'mallory',
    );
    expect(two.body.error?.code).toBe(code);
    const shown = await door.get('usa-approver', `/${request.id}`);
    expect(shown.status).not.toBe(200);
    await putBack();
    expect(await reasonOf(3)).toBe('Of USA');
  });
});

it('facts that a process has already are shown by no HEAD that nobody signed', async () => {
  expect((await as('auditor').get('facts/authority')).status).toBe(200);
  // The facts are those of HEAD, and so is the root.
  await forge({});
  const { status, body } = await as('auditor').get('facts/authority');
  expect([status, body.error?.details?.store]).toEqual([503, 'APPROVAL_INVALID']);
});

it('people who were dropped purge nothing, under an old HEAD that somebody put back', async () => {
  const old = await headItem();
  const theirs = new Map([...peopled(['una', 'ulla'])].filter(([key]) => key.startsWith('authority/us-')));
  const next = await staged(theirs);
  const { client, tables } = doors.store;
  const now = new Date().toISOString();
  const base = { version: honest.version, digest: honest.digest };
  const more = {
    tables,
    root: next.rootDigest,
    names: ['uma', 'ulysses'],
    at: now,
    changed: theirs,
  } as const;
  const meta = { kind: 'change', author: 'uma', approvers: ['ulysses'], recordedAt: now };
  const signed = signedOn(base, keyring, more);
  await doors.store.publisher.commit({ base: honest, staged: next, signed, meta, note: null });
  const refused = await door.post('usa-proposer', '', asked(3));
  expect(refused.body.error?.code).toBe('NOT_AUTHORISED');
  const present = await headItem();
  await client.send(new PutItemCommand({ TableName: tables.state, Item: old }));
  for (const each of [door, purgeDoor(contextFor(doors.store, doors.store.signer))])
    expect((await each.post('usa-proposer', '', asked(3))).body.error?.code).toBe('REGISTRY_HELD');
  await client.send(new PutItemCommand({ TableName: tables.state, Item: present }));
  expect(await reasonOf(3)).toBe('Of USA');
});

/** Whose note it is that two Americans ask for, in a history that the registry's own role has turned. */
describe('a note is everybody’s whose version names it', () => {
  const AMERICAN = new Map<string, RawFact>([
    ['hold/role', { ...HOLD, id: 'role', scope: { owner: 'USA' } }],
  ]);
  /** A stop about the USA alone, with the note of British evidence. */
  async function disguised(on: OpenSnapshot, more: Partial<Commit> = {}): Promise<`sha256:${string}`> {
    const { note } = (await doors.store.reader().open({ exact: 2 })).commit;
    const commit = { approvers: [], note, ...more };
    return forge({ kind: 'hold', on, staged: await staged(AMERICAN, on), commit });
  }
  /** A process that has seen nothing yet. */
  const another = () => purgeDoor(contextFor(doors.store, doors.store.signer));
  const at = (exact: number) => doors.store.reader().open({ exact });
  const stop = (commit: Partial<Commit>) => forge({ kind: 'hold', commit: { approvers: [], ...commit } });

  it('the same in a later version', async () => {
    await insertRow('COMMIT', 4, await disguised(honest));
    const { status, body } = await another().post('usa-proposer', '', asked(4));
    expect([status, body.missing]).toEqual([201, ['us-state', 'uk-ncsc']]);
    const found = await another().post('usa-proposer', '/search', { text: 'Of GBR', after: null });
    expect(found.body.places.filter(({ what }: Wire) => what === 'note')).toMatchObject([
      { versions: [4, 2] },
    ]);
    const two = await another().post('usa-approver', `/${body.id}/approve`, { request: body.digest });
    expect([two.status, two.body.missing]).toEqual([202, ['uk-ncsc']]);
  });

  it('whatever a longer link of HEAD says came before it', async () => {
    const fake = await disguised(await at(1));
    await putBack();
    await stop({ ancestors: [honest.digest, fake] });
    const { body } = await another().post('usa-proposer', '', asked(2));
    expect(body.missing, JSON.stringify(body)).toEqual(['us-state', 'uk-ncsc']);
  });

  it.each<[string, number, object]>([
    ['next to HEAD', 1, asked(3)],
    ['further down', 2, asked(2)],
    ['below another whose reason is asked for', 2, asked(4, 2)],
    ['where facts are asked for', 2, { ...asked(), objects: [digestOf('facts')] }],
    ['where facts are asked for besides', 2, { ...asked(4), objects: [digestOf('facts')] }],
  ])('and a version in the place of an acknowledged one is none, %s', async (_what, depth, request) => {
    const chain = [(await at(1)).digest, (await at(2)).digest, honest.digest];
    chain[3 - depth] = await disguised(await at(3 - depth));
    await putBack();
    for (let version = 5 - depth; version <= 4; version += 1) {
      // Links to the version before, to two before, and so on: here always two of them.
      const ancestors = [chain[version - 2], chain[version - 3]] as Commit['ancestors'];
      chain[version - 1] = await forge({ kind: 'hold', commit: { approvers: [], version, ancestors } });
    }
    await insertRow('COMMIT', 4, chain[3] ?? honest.digest);
    const { status, body } = await another().post('usa-proposer', '', request);
    expect([status, body.error?.details?.store]).toEqual([409, 'HEAD_BELOW_FLOOR']);
  });
});

it('nobody is named by a keyring that is not proven from the founders’ keys', async () => {
  const us = facts.get('authority/us-state') as RawFact;
  const people = ['uma', 'ulysses'].map((name, k) => ({
    name,
    keys: [publicKeyOf(localKey(STRANGERS[k] ?? ''))],
  }));
  const theirs = { ...us, people } as unknown as RawFact;
  const next = await staged(new Map([['authority/us-state', theirs]]));
  const approval = word(STRANGERS, next.rootDigest);
  const ring = { links: [{ approval, authorities: { 'authority/us-state': theirs } }] };
  await forge({ staged: next, approval, keyring: ring, commit: { confirmed: false } });
  const { body } = await as('auditor').get('log');
  const unnamed = { name: null, founder: false, authorities: [] };
  expect([body.held, body.entries[0].signedBy]).toEqual([
    'LINEAGE_CHANGED',
    STRANGERS.map((name) => ({ key: publicKeyOf(localKey(name)), ...unnamed })),
  ]);
  // Founders are known from outside it.
  expect(body.entries.at(-1).signedBy).toMatchObject([
    { name: 'pat', founder: true },
    { name: 'alex', founder: true },
  ]);
});

/** What each route makes of a HEAD that is held. */
type Held =
  /** Refused with REGISTRY_HELD. */
  | 'refuses'
  /** Shown, and said to be held. */
  | 'shows'
  /** Asks no HEAD for anything. */
  | 'ignores'
  /** Asks only what its keyring proves. */
  | 'proves';

const HELD = {
  propose: 'refuses',
  'list-proposals': 'ignores',
  'show-proposal': 'ignores',
  'put-chunk': 'refuses',
  validate: 'refuses',
  simulate: 'refuses',
  sign: 'refuses',
  approve: 'refuses',
  reject: 'refuses',
  revoke: 'refuses',
  holds: 'shows',
  stops: 'shows',
  hold: 'refuses',
  // It says so: everything is stopped.
  rehearse: 'ignores',
  lift: 'refuses',
  rollback: 'refuses',
  undo: 'refuses',
  confirm: 'proves',
  signing: 'proves',
  log: 'shows',
  version: 'shows',
  facts: 'shows',
  names: 'shows',
  fact: 'shows',
  diff: 'shows',
  blame: 'shows',
  verify: 'ignores',
  forecast: 'refuses',
  'show-job': 'ignores',
  'run-job': 'ignores',
  'job-result': 'ignores',
} as const satisfies Record<RouteName, Held>;

it('no route believes a HEAD that is held', async () => {
  const changes = [vendor('harmless')];
  const proposer = as('proposer');
  const filed = async (more: object) =>
    (await proposer.post('proposals', { reason: 'A test', ...more })).body.id as string;
  const open = await filed({ changes });
  const simulated = (await proposer.post(`proposals/${open}/simulate`)).body;
  const uploading = await filed({ upload: { chunks: 1, bytes: 2, digest: digestOf('[]') } });
  const { body: shown } = await proposer.get(`proposals/${open}`);
  const { signed } = (await context.proposals.read(open, AbortSignal.timeout(60_000)))?.record ?? {};
  const { base, flips, root, people } = shown.simulation;
  const forged = await forge({
    kind: 'restore',
    staged: await staged(peopled(STRANGERS)),
    commit: { epoch: 2, lineage: 'e'.repeat(32), confirmed: false, approvers: [] },
  });
  const attested = { reason: 'A test', salt: '0'.repeat(32), signed };
  const stop = { id: 'no', authority: 'us-state', scope: { owner: 'USA' }, cause: 'doubt', reason: 'A test' };
  const job = simulated.job.id as string;
  const bodies: Readonly<Partial<Record<RouteName, unknown>>> = {
    propose: { ...attested, changes },
    'put-chunk': { text: '[]' },
    sign: { signed },
    approve: {
      permits: [],
      signed: {
        ...signed,
        statement: { ...signed?.statement, operation: 'approve', base, review: flips, root, people },
      },
    },
    reject: { reason: 'A test' },
    revoke: { facts: ['accreditation/us-on-gb-b'], reason: 'A test' },
    hold: stop,
    lift: { ...attested, hold: 'of-usa' },
    rollback: { ...attested, version: 1, by: 'us-state', also: [] },
    confirm: { ...attested, version: honest.version + 1, digest: forged },
    forecast: {},
  };
  const variables: Readonly<Record<string, string>> = {
    '{n}': '0',
    '{v}': '4',
    '{kind}': 'authority',
    '{fact}': 'us-state',
  };
  for (const { name, method, path } of ROUTES) {
    const id = name.includes('job') ? job : name === 'put-chunk' ? uploading : open;
    const asking = path
      .replace('/v1/registry/', '')
      .replace('{id}', id)
      .replace(/\{\w+\}/g, (each) => variables[each] ?? each);
    // A second person rejects: an author withdraws what is theirs, whatever HEAD is.
    const who = name === 'reject' || name === 'approve' ? as('approver') : proposer;
    const query = name === 'diff' ? { from: '3' } : {};
    const { status, body } =
      method === 'GET'
        ? await who.get(asking, query)
        : method === 'PUT'
          ? await who.put(asking, bodies[name] ?? {})
          : await who.post(asking, JSON.stringify(bodies[name] ?? {}));
    const said: Readonly<Record<Held, unknown>> = {
      refuses: { status: 409, code: 'REGISTRY_HELD', held: undefined },
      shows: { status: 200, code: undefined, held: 'LINEAGE_CHANGED' },
      ignores: {
        status: expect.any(Number),
        code: expect.not.stringMatching('REGISTRY_HELD'),
        held: undefined,
      },
      proves: { status: 503, code: 'REGISTRY_INTEGRITY', held: undefined },
    };
    expect({
      name,
      status,
      code: body.error?.code ?? (HELD[name] === 'ignores' ? '' : undefined),
      held: body.held,
    }).toEqual({
      name,
      ...(said[HELD[name]] as object),
    });
  }
  const { status, body } = await proposer.post('stop-rehearsal');
  expect([status, body.standing]).toEqual([200, 'held']);
});

describe('after a restore', () => {
  it('its own reasons are everybody’s, and consent of before it is consent to nothing', async () => {
    const { version } = honest;
    const { body: request } = await door.post('usa-proposer', '', asked(version));
    expect(request.missing).toEqual(['us-state']);
    const old = await headItem();
    await change(new Map([['vendor/x', vendorX()]]), ['pat', 'alex']);
    await confirmed(old);
    for (const own of [version + 1, version + 2]) {
      const { body } = await door.post('usa-proposer', '', asked(own));
      expect(body.missing).toEqual(expect.arrayContaining(['uk-ncsc', 'us-state']));
    }
    const { status, body } = await door.post('usa-approver', `/${request.id}/approve`, {
      request: request.digest,
    });
    expect([status, body.missing]).toEqual([202, ['us-state']]);
    expect(await reasonOf(version)).toBe('Of USA');
  });
});
