import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StatementOf } from '../../functions/core/administration/statement.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { publicKeyOf, signStatement } from '../../functions/store/person-signature.ts';
import { stageAgain } from '../../functions/store/staging.ts';
import { localKey } from '../../infra/local/identities.ts';
import { signedOn } from '../store/signed.ts';
import {
  asked,
  base,
  doors,
  type Forgery,
  facts,
  forge,
  HOLD,
  honest,
  keyring,
  on,
  problems,
  putBack,
  staged,
  startForgingOver,
  vendorX,
  word,
  ZERO,
} from './forging.ts';
import { oneRoute } from './one-route.ts';

beforeAll(() => startForgingOver(oneRoute()), 120_000);
afterAll(() => doors.stop());

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
      const statement = { ...said, operation: 'confirm', base: base(), epoch: 2, floor: null } as const;
      return {
        kind: 'confirm',
        commit: { epoch: 2, lineage: 'b'.repeat(32) },
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

  it.each<[string, () => Promise<Forgery>, string[]]>([
    ['a restore of what was there', async () => ({}), []],
    [
      'a restore that brings back other facts',
      async () => ({ staged: await staged(new Map([['vendor/x', vendorX()]])) }),
      ['APPROVAL_CARRIED'],
    ],
  ])('%s', async (_, forgery, found) => {
    const commit = { epoch: 2, confirmed: false, lineage: 'a'.repeat(32), approvers: [] };
    await forge({ kind: 'restore', ...(await forgery()), commit });
    expect((await asked(await doors.fresh('decide'))).decision).toBe(false);
    expect(await problems()).toEqual(found);
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
