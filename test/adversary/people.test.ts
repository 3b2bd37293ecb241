/**
 * A hostile publisher: it holds the commit key and every right on the tables, and no person's key. Each forgery is moved
 * into HEAD as it stands; the deployed `decide` never permits on it, and an audit says what is wrong with it.
 */
import { randomBytes } from 'node:crypto';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Facts } from '../../functions/core/administration/change.ts';
import { peopleDigest, type StatementOf } from '../../functions/core/administration/statement.ts';
import { viewChanges } from '../../functions/core/administration/view-changes.ts';
import { type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { factsAt } from '../../functions/registry/change-staging.ts';
import { type Approval, encodeApproval } from '../../functions/store/approval.ts';
import { wordOf } from '../../functions/store/approved-head.ts';
import { type Commit, encodeCommit, homeOf } from '../../functions/store/commit.ts';
import { commitMessage } from '../../functions/store/commit-signature.ts';
import { decodeHead, encodeHead, HEAD_KEY, type HeadContent } from '../../functions/store/head.ts';
import { verifyHistory } from '../../functions/store/history-verify.ts';
import { encodeKeyring, type Keyring } from '../../functions/store/keyring.ts';
import { nextCommit } from '../../functions/store/next-commit.ts';
import { frame } from '../../functions/store/object-bytes.ts';
import { insertObjects } from '../../functions/store/object-inserts.ts';
import type { OpenSnapshot } from '../../functions/store/open-snapshot.ts';
import { publicKeyOf, signStatement } from '../../functions/store/person-signature.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { type StagedRegistry, stageAgain, stageChanges } from '../../functions/store/staging.ts';
import { localKey } from '../../infra/local/identities.ts';
import { type Door, type Doors, startDoors } from '../doors/doors-rig.ts';
import { contextFor } from '../registry/rig.ts';
import { authoritiesIn, signedOn } from '../store/signed.ts';

let doors: Doors;
/** HEAD's item as honest people left it, put back before each forgery. */
let honest: OpenSnapshot;
let head: HeadContent;
let keyring: Keyring;
let approval: Approval;
let facts: Facts;

const ASKED = {
  message: { id: 'm', marking: 'SECRET//REL TO USA, GBR' },
  path: { route: 'sms-gb-primary' },
};

async function asked(decide: Door): Promise<{ decision: boolean; reasons: { code: string }[] }> {
  const event = { request: JSON.stringify(ASKED) };
  return (await decide(event)) as { decision: boolean; reasons: { code: string }[] };
}

beforeAll(async () => {
  doors = await startDoors(['decide']);
  const { store } = doors;
  // Read from for as long as these tests run.
  const { client, tables, keys: publicKeys, founders } = store;
  honest = await createRegistryReader({ client, tables, publicKeys, founders, budgetMs: 600_000 }).open();
  const state = { TableName: store.tables.state, Key: HEAD_KEY };
  head = decodeHead((await store.client.send(new GetItemCommand(state))).Item ?? {});
  ({ keyring, approval } = await wordOf(honest, honest.objects));
  facts = await factsAt(contextFor(store, store.signer), honest);
}, 120_000);
afterAll(() => doors.stop());

/** What a forger may choose. */
interface Forgery {
  readonly staged?: StagedRegistry;
  readonly kind?: string;
  readonly approval?: Approval;
  readonly keyring?: Keyring;
  readonly commit?: Partial<Commit>;
  readonly on?: OpenSnapshot | null;
}

/** HEAD as honest people left it. */
async function putBack(): Promise<void> {
  const Item = encodeHead(head);
  await doors.store.client.send(new PutItemCommand({ TableName: doors.store.tables.state, Item }));
}

/** Writes and signs the commit a forger wants, and moves HEAD to it by force. */
async function forge(forgery: Forgery): Promise<Digest> {
  const { store } = doors;
  const on = forgery.on === undefined ? honest : forgery.on;
  const staged = forgery.staged ?? stageAgain(honest);
  const note = frame('note', Buffer.from(`{"note":null,"salt":"${randomBytes(8).toString('hex')}"}`));
  const words = [
    encodeApproval(forgery.approval ?? approval),
    encodeKeyring(forgery.keyring ?? keyring),
  ] as const;
  const place = {
    home: homeOf(store.tables.state),
    root: staged.rootDigest,
    note: digestOf(note),
    approval: digestOf(words[0]),
    keyring: digestOf(words[1]),
  };
  const meta = {
    kind: forgery.kind ?? 'change',
    author: 'nobody/n',
    approvers: ['someone/s'],
    recordedAt: new Date().toISOString(),
  };
  const bytes = encodeCommit({ ...(await nextCommit(on, place, meta)), ...forgery.commit });
  const signature = await store.signer.sign(commitMessage(digestOf(bytes)));
  const context = { signal: AbortSignal.timeout(60_000), meter: { readUnits: 0, batches: 0 } };
  const objects = [note, staged.rootBytes, ...words].map((each) => [digestOf(each), each] as const);
  await insertObjects(store.client, store.tables.objects, [...staged.objects, ...objects], context);
  const companions = { signature: { B: signature } };
  await insertObjects(store.client, store.tables.objects, [[digestOf(bytes), bytes]], context, companions);
  const Item = encodeHead({ commit: bytes, signature, root: staged.rootBytes });
  await store.client.send(new PutItemCommand({ TableName: store.tables.state, Item }));
  return digestOf(bytes);
}

async function problems(): Promise<readonly string[]> {
  const { client, tables, keys: publicKeys, founders } = doors.store;
  const signal = AbortSignal.timeout(60_000);
  const report = await verifyHistory({ client, tables, publicKeys, founders, signal });
  return [...new Set(report.problems.map(({ code }) => code))];
}

/** The registry with these facts added, replaced or (null) gone. */
function staged(changes: ReadonlyMap<string, RawFact | null>): Promise<StagedRegistry> {
  const after = new Map(facts);
  for (const [key, fact] of changes) {
    if (fact === null) after.delete(key);
    else after.set(key, fact);
  }
  return stageChanges(honest, viewChanges(facts, after, [...changes.keys()]));
}

const HOLD: RawFact = {
  kind: 'hold',
  id: 'stop',
  authority: 'us-state',
  scope: { everything: true },
  reason: 'A test',
  valid: { from: '2020-01-01', to: null, zone: 'UTC' },
  sources: [{ citation: 'A test', verified: true }],
};

const base = () => ({ version: honest.version, digest: honest.digest });
const ZERO: Digest = `sha256:${'0'.repeat(64)}`;

/** Both keys' word for a root, with anything of it another. */
function word(names: readonly string[], root: Digest, more: object = {}): Approval {
  const statement = {
    operation: 'approve',
    registry: homeOf(doors.store.tables.state),
    at: new Date().toISOString(),
    content: ZERO,
    base: base(),
    review: ZERO,
    root,
    people: peopleDigest(authoritiesIn(keyring)),
    ...more,
  } as const;
  return names.map((name) => signStatement(statement, localKey(name))) as Approval;
}

const mallory = (name: string): RawFact => ({
  ...(facts.get('authority/us-accreditor') as RawFact),
  people: [name, `${name}-too`].map((each) => ({ name: each, keys: [publicKeyOf(localKey(each))] })),
});

describe('what honest people signed', () => {
  it('permits, and an audit of it is clean', async () => {
    expect(await asked(await doors.fresh('decide'))).toMatchObject({ decision: true });
    expect(await problems()).toEqual([]);
  });

  it('permits through a version that two people of one authority signed', async () => {
    // Through the same door as every forgery below: only the signatures differ.
    const next = await staged(new Map([['vendor/x', vendorX()]]));
    await forge({ staged: next, ...signedOn(base(), keyring, on(next, ['pat', 'alex'])) });
    expect(await asked(await doors.fresh('decide'))).toMatchObject({ decision: true });
    expect(await problems()).toEqual([]);
  });
});

function vendorX(): RawFact {
  const valid = { from: '2020-01-01', to: null, zone: 'UTC' };
  const sources = [{ citation: 'A test', verified: true }];
  return { kind: 'vendor', id: 'x', name: 'A test', synthetic: true, ownedBy: [], valid, sources };
}

const on = (next: StagedRegistry, names: readonly [string, string], at = new Date().toISOString()) => ({
  tables: doors.store.tables,
  root: next.rootDigest,
  names,
  at,
});

/** Name, how it is forged, what an audit says. */
const FORGERIES: readonly [string, () => Promise<Forgery>, string][] = [
  [
    'the approval of the version before, carried under another root',
    async () => ({ staged: await staged(new Map([['vendor/x', vendorX()]])) }),
    'APPROVAL_STATEMENT',
  ],
  ['the approval of the version before, under the same root', async () => ({}), 'APPROVAL_STATEMENT'],
  [
    'a root that only the forger’s own keys signed',
    async () => {
      const next = await staged(new Map([['vendor/x', vendorX()]]));
      return { staged: next, approval: word(['mallory', 'mallory-too'], next.rootDigest) };
    },
    'APPROVAL_NOT_TWO_PEOPLE',
  ],
  [
    'one person twice',
    async () => {
      const next = await staged(new Map([['vendor/x', vendorX()]]));
      return { staged: next, approval: word(['pat', 'pat'], next.rootDigest) };
    },
    'APPROVAL_NOT_TWO_PEOPLE',
  ],
  [
    'one person and a stranger',
    async () => {
      const next = await staged(new Map([['vendor/x', vendorX()]]));
      return { staged: next, approval: word(['pat', 'mallory'], next.rootDigest) };
    },
    'APPROVAL_NOT_TWO_PEOPLE',
  ],
  [
    'one person of each of two nations',
    async () => {
      const next = await staged(new Map([['vendor/x', vendorX()]]));
      return { staged: next, approval: word(['uma', 'george'], next.rootDigest) };
    },
    'APPROVAL_NOT_TWO_PEOPLE',
  ],
  [
    'three signatures',
    async () => {
      const next = await staged(new Map([['vendor/x', vendorX()]]));
      return { staged: next, approval: word(['pat', 'alex', 'uma'], next.rootDigest) };
    },
    'APPROVAL_NOT_TWO_PEOPLE',
  ],
  [
    'two people’s signatures, swapped',
    async () => {
      const next = await staged(new Map([['vendor/x', vendorX()]]));
      const [a, b] = word(['pat', 'alex'], next.rootDigest);
      if (a === undefined || b === undefined) throw new Error('two');
      return {
        staged: next,
        approval: [
          { ...a, signature: b.signature },
          { ...b, signature: a.signature },
        ],
      };
    },
    'APPROVAL_SIGNATURE',
  ],
  [
    'another root than was signed',
    async () => ({ approval: word(['pat', 'alex'], ZERO) }),
    'APPROVAL_STATEMENT',
  ],
  [
    'another base than was signed',
    async () => ({
      approval: word(['pat', 'alex'], honest.commit.root, {
        base: { version: honest.version, digest: ZERO },
      }),
    }),
    'APPROVAL_STATEMENT',
  ],
  [
    'no base',
    async () => ({ approval: word(['pat', 'alex'], honest.commit.root, { base: null }) }),
    'APPROVAL_STATEMENT',
  ],
  [
    'signatures for another registry',
    async () => ({ approval: word(['pat', 'alex'], honest.commit.root, { registry: 'f'.repeat(32) }) }),
    'APPROVAL_STATEMENT',
  ],
  [
    'signatures for other people than the keyring’s',
    async () => ({ approval: word(['pat', 'alex'], honest.commit.root, { people: ZERO }) }),
    'APPROVAL_PEOPLE',
  ],
  [
    'signatures of a time before the last change of an authority',
    async () => ({ approval: word(['pat', 'alex'], honest.commit.root, { at: '2019-01-01T00:00:00.000Z' }) }),
    'APPROVAL_TIME',
  ],
  [
    'a genesis of the forger’s own founders',
    async () => {
      const names = ['mallory', 'mallory-too'] as const;
      const next = await staged(new Map([['vendor/x', vendorX()]]));
      const own = signedOn(null, null, {
        ...on(next, names),
        changed: new Map([['authority/us-accreditor', mallory('mallory')]]),
      });
      return { staged: next, on: null, kind: 'genesis', ...own };
    },
    'KEYRING_NOT_TWO_PEOPLE',
  ],
  [
    'a keyring to which the forger adds its own people',
    async () => {
      const names = ['mallory', 'mallory-too'] as const;
      const changed = new Map([['authority/us-accreditor', mallory('mallory')]]);
      const next = await staged(changed);
      return { staged: next, ...signedOn(base(), keyring, { ...on(next, names), changed }) };
    },
    'KEYRING_NOT_TWO_PEOPLE',
  ],
  [
    'a keyring to which another nation’s people add the forger’s',
    async () => {
      const changed = new Map([['authority/us-accreditor', mallory('mallory')]]);
      const next = await staged(changed);
      return { staged: next, ...signedOn(base(), keyring, { ...on(next, ['gwen', 'george']), changed }) };
    },
    'KEYRING_NOT_TWO_PEOPLE',
  ],
  [
    'a link of the keyring that changes nobody',
    async () => {
      const next = await staged(new Map([['vendor/x', vendorX()]]));
      const own = word(['mallory', 'mallory-too'], next.rootDigest);
      return {
        staged: next,
        approval: own,
        keyring: { links: [...keyring.links, { approval: own, authorities: {} }] },
      };
    },
    'KEYRING_NOT_TWO_PEOPLE',
  ],
  [
    'a keyring whose first authorities are others',
    async () => {
      const [first] = keyring.links;
      if (first === undefined) throw new Error('a first link');
      const authorities = { ...first.authorities, 'authority/us-accreditor': mallory('mallory') };
      const next = await staged(new Map([['vendor/x', vendorX()]]));
      return {
        staged: next,
        approval: word(['mallory', 'mallory-too'], next.rootDigest),
        keyring: { links: [{ ...first, authorities }] },
      };
    },
    'KEYRING_PEOPLE',
  ],
  [
    'a confirmation that two people of one authority signed',
    async () => {
      const [first] = word(['pat'], honest.commit.root);
      if (first === undefined) throw new Error('one');
      const { review: _, ...said } = first.statement as StatementOf<'approve'>;
      const statement = { ...said, operation: 'confirm', base: base(), epoch: 1 } as const;
      return {
        kind: 'confirm',
        approval: ['pat', 'alex'].map((name) => signStatement(statement, localKey(name))),
      };
    },
    'APPROVAL_NOT_TWO_PEOPLE',
  ],
];

describe('a forged version', () => {
  it.each(FORGERIES)('%s', async (what, forgery, said) => {
    await forge(await forgery());
    const answer = await asked(await doors.fresh('decide'));
    // Another beginning lies below the floor besides.
    const code = what.startsWith('a genesis') ? 'REGISTRY_HELD' : 'REGISTRY_INTEGRITY';
    expect([answer.decision, answer.reasons.map((reason) => reason.code)]).toEqual([false, [code]]);
    expect(await problems()).toContain(said);
  });
});

describe('another epoch', () => {
  it.each<[string, Forgery]>([
    ['is not begun by a stop that carries what was signed', { kind: 'hold' }],
    ['is not begun by a genesis that was signed', { kind: 'genesis', on: null }],
    ['is not begun unconfirmed', { kind: 'hold', commit: { confirmed: false } }],
  ])('%s', async (_, forgery) => {
    await forge({ ...forgery, commit: { epoch: 2, confirmed: true, ...forgery.commit } });
    expect((await asked(await doors.fresh('decide'))).decision).toBe(false);
  });
});

describe('what decide cannot see, an audit names', () => {
  it('two people of another nation who sign a change of somebody else’s fact', async () => {
    const key = [...facts.keys()].find((each) => each.startsWith('accreditation/us-')) ?? '';
    const fact = facts.get(key) as RawFact;
    const sources = [{ citation: 'Another', verified: true }];
    const changed = new Map([[key, { ...fact, sources } as RawFact]]);
    const next = await staged(changed);
    await forge({ staged: next, approval: word(['gwen', 'george'], next.rootDigest) });
    expect(await problems()).toContain('APPROVAL_NOT_TWO_PEOPLE');
  });
});

describe('what one person publishes', () => {
  it('stops, where it stops something', async () => {
    await forge({ kind: 'hold', staged: await staged(new Map([['hold/stop', HOLD]])) });
    expect((await asked(await doors.fresh('decide'))).decision).toBe(false);
    expect(await problems()).toEqual([]);
  });

  it.each(['hold', 'revoke'])('permits nothing as a %s, whatever it says', async (kind) => {
    // Two people have signed a stop; one "person" publishes the registry without it.
    const stopped = await staged(new Map([['hold/stop', HOLD]]));
    const two = signedOn(base(), keyring, on(stopped, ['uma', 'ulysses']));
    await forge({ staged: stopped, ...two });
    const after = await doors.store.reader().open();
    expect((await asked(await doors.fresh('decide'))).decision).toBe(false);
    await forge({ kind, on: after, staged: stageAgain(honest), ...two });
    const answer = await asked(await doors.fresh('decide'));
    expect([answer.decision, answer.reasons.map(({ code }) => code)]).toEqual([false, ['HOLD_EVERYTHING']]);
    expect(await problems()).toContain('NOT_RESTRICTING');
  });

  it('cannot carry another approval than the version before', async () => {
    const next = await staged(new Map([['vendor/x', vendorX()]]));
    const two = signedOn(base(), keyring, on(next, ['pat', 'alex']));
    await forge({ staged: next, ...two });
    const after = await doors.store.reader().open();
    await forge({ kind: 'hold', on: after, staged: await staged(new Map([['hold/stop', HOLD]])) });
    expect((await asked(await doors.fresh('decide'))).decision).toBe(false);
    expect(await problems()).toContain('APPROVAL_CARRIED');
  });
});

describe('a fork that lost', () => {
  it('is carried by no stop: two people signed it on what another version came after', async () => {
    await putBack();
    const lost = await staged(new Map([['vendor/x', vendorX()]]));
    const two = signedOn(base(), keyring, on(lost, ['pat', 'alex']));
    const stopped = await staged(new Map([['hold/stop', HOLD]]));
    await forge({ staged: stopped, ...signedOn(base(), keyring, on(stopped, ['uma', 'ulysses'])) });
    const after = await doors.store.reader().open();
    await forge({ kind: 'hold', on: after, staged: lost, ...two });
    const answer = await asked(await doors.fresh('decide'));
    expect([answer.decision, answer.reasons.map(({ code }) => code)]).toEqual([
      false,
      ['REGISTRY_INTEGRITY'],
    ]);
  });
});

describe('an older approval', () => {
  it('under a newer commit takes nothing back: it lies below the floor of what people signed', async () => {
    const { store } = doors;
    await putBack();
    const warm = await doors.fresh('decide');
    expect(await asked(warm)).toMatchObject({ decision: true });
    // Two people stop everything, and it is acknowledged.
    const stopped = await staged(new Map([['hold/stop', HOLD]]));
    const two = signedOn(base(), keyring, on(stopped, ['uma', 'ulysses']));
    const meta = {
      kind: 'change',
      author: 'uma',
      approvers: ['ulysses'],
      recordedAt: new Date().toISOString(),
    };
    await store.publisher.commit({ base: honest, staged: stopped, signed: two, meta, note: null });
    const after = await store.reader().open();
    expect((await asked(await doors.fresh('decide'))).decision).toBe(false);
    // The forger carries what was signed before on as if somebody had only stopped something since.
    await forge({ kind: 'hold', on: after, staged: stageAgain(honest) });
    // Also for a process that has seen nothing of what came between.
    for (const decide of [warm, await doors.fresh('decide'), await doors.fresh('decide')])
      expect(await asked(decide)).toMatchObject({ decision: false, reasons: [{ code: 'REGISTRY_HELD' }] });
    expect(await problems()).toContain('APPROVAL_CARRIED');
  });
});
