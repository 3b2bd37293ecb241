/** A keyring's links were made by versions that HEAD comes from: every way to say so of others, over small chains. */
import { describe, expect, it } from 'vitest';
import type { Facts } from '../../functions/core/administration/change.ts';
import type { Statement } from '../../functions/core/administration/statement.ts';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import { digestOf } from '../../functions/core/facts/canonical.ts';
import { type Approval, encodeApproval } from '../../functions/store/approval.ts';
import { type Commit, homeOf } from '../../functions/store/commit.ts';
import { acknowledgedLinks, type Keyring, keyringDigest } from '../../functions/store/keyring.ts';
import { createLinksProof } from '../../functions/store/links-made.ts';
import { signStatement } from '../../functions/store/person-signature.ts';
import type { ObjectSource } from '../../functions/store/stored-object.ts';
import { localKey } from '../../infra/local/identities.ts';

const name = (text: string): Digest => digestOf(Buffer.from(text));
const NOBODY: Facts = new Map();

/** What two people sign for the place after a version. */
function approvalOn(base: string | null, version: number, root = 'root'): Approval {
  const statement = {
    ...{
      operation: 'approve',
      registry: homeOf('state'),
      at: '2026-11-23T12:00:00.000Z',
      content: name('c'),
    },
    base: base === null ? null : { version, digest: name(base) },
    ...{ review: name('r'), root: name(root), people: name('p') },
  } as Statement;
  return ['pat', 'alex'].map((who) => signStatement(statement, localKey(who))) as unknown as Approval;
}

const FIRST = approvalOn(null, 0);
const SECOND = approvalOn('v3', 3);
const link = (approval: Approval) => ({ approval, authorities: Object.fromEntries(NOBODY) });
const ONE: Keyring = { links: [link(FIRST)] };
const TWO: Keyring = { links: [link(FIRST), link(SECOND)] };

type Version = Partial<Pick<Commit, 'approval' | 'keyring' | 'root' | 'epoch' | 'version' | 'ancestors'>>;
const made = (approval: Approval) => digestOf(encodeApproval(approval));
const HONEST: Readonly<Record<string, Version>> = {
  v1: { version: 1, ancestors: [], approval: made(FIRST), keyring: keyringDigest(ONE) },
  v2: { version: 2, ancestors: [name('v1')] },
  v3: { version: 3, ancestors: [name('v2'), name('v1')] },
  v4: {
    version: 4,
    ancestors: [name('v3'), name('v2')],
    approval: made(SECOND),
    keyring: keyringDigest(TWO),
  },
  v5: { version: 5, ancestors: [name('v4'), name('v3')], keyring: keyringDigest(TWO) },
  v6: { version: 6, ancestors: [name('v5'), name('v4'), name('v2')], keyring: keyringDigest(TWO) },
};
const ALL = { 1: 'v1', 2: 'v2', 3: 'v3', 4: 'v4', 5: 'v5', 6: 'v6' };

interface Told {
  readonly chain?: Readonly<Record<string, Version>>;
  /** Digests of the floor, by version. */
  readonly rows?: Readonly<Record<number, string>>;
  readonly head?: string;
  readonly keyring?: Keyring;
  /** How many links the floor acknowledges, and since when. */
  readonly known?: readonly [links: number, since: number];
  readonly begun?: boolean;
  /** Another HEAD, for the second time. */
  readonly later?: string;
}

/** What came of the proof, and how often the floor and commits were asked. */
async function proof({
  chain = {},
  rows = ALL,
  head = 'v6',
  keyring = TWO,
  known = [2, 4],
  begun = false,
  later = head,
}: Told) {
  const commits = new Map(
    Object.entries({ ...HONEST, ...chain }).map(([id, version]) => [
      name(id),
      {
        kind: 'change',
        epoch: 1,
        root: name('root'),
        approval: name('-'),
        keyring: keyringDigest(ONE),
        ...version,
      },
    ]),
  );
  let asked = 0;
  const objects = {
    load: async (digests: readonly Digest[]) => {
      asked += 1;
      return new Map(
        digests.flatMap((each) =>
          commits.has(each) ? [[each, { type: 'commit', commit: commits.get(each) }]] : [],
        ),
      );
    },
  } as unknown as ObjectSource;
  const prove = createLinksProof({
    at: async ({ epoch, version }) => {
      asked += 1;
      const row = epoch === 1 ? rows[version] : undefined;
      return row === undefined ? null : { digest: name(row) };
    },
  });
  const [links, since] = known;
  const least = { ...acknowledgedLinks({ links: keyring.links.slice(0, links) }), since };
  const said = { least: [least], begun: begun ? least : undefined };
  const at = (id: string) => ({ digest: name(id), commit: commits.get(name(id)) as unknown as Commit });
  const context = { signal: AbortSignal.timeout(10_000), meter: { readUnits: 0, batches: 0 } };
  const outcome = async (id: string) => {
    try {
      await prove(at(id), keyring, said, objects, context);
      return true;
    } catch (error) {
      return (error as { readonly code: string }).code;
    }
  };
  const first = await outcome(head);
  const [once, again] = [asked, await outcome(later)];
  return { first, again, more: asked - once };
}

const stop = (version: number, parent: string): Version => ({ version, ancestors: [name(parent)] });

describe('links', () => {
  it.each<[string, Told]>([
    ['of the versions that were acknowledged', {}],
    [
      'of HEAD itself, before anybody acknowledged it',
      { head: 'v4', rows: { 1: 'v1', 2: 'v2', 3: 'v3' }, known: [1, 1] },
    ],
    ['of HEAD, acknowledged', { head: 'v4', rows: { 1: 'v1', 2: 'v2', 3: 'v3', 4: 'v4' } }],
    ['of the first version of all', { head: 'v1', keyring: ONE, known: [1, 1], rows: { 1: 'v1' } }],
    ['where publishers died in between', { rows: { 1: 'v1', 6: 'v6' } }],
    ['of a version that nobody acknowledged yet', { rows: { 1: 'v1', 3: 'v3' }, known: [1, 1] }],
    ['that a confirmation proves by itself', { rows: {}, begun: true, head: 'v6' }],
  ])('%s', async (_, told) => {
    // What was proven once is not asked again, but for links that nobody acknowledged.
    const { first, again, more } = await proof(told);
    expect([first, again]).toEqual([true, true]);
    if (told.known?.[0] !== 1 || told.keyring === ONE) expect(more).toBe(0);
  });

  // The same approval, for the place after v3, which went another way to v6.
  const OTHER = {
    v4: { ...stop(4, 'v3') },
    lost: { ...HONEST['v4'] },
  };
  it.each<[string, Told]>([
    ['of a version that another came before', { chain: OTHER }],
    [
      'of one, whose place nobody acknowledged',
      { chain: OTHER, rows: { 1: 'v1', 2: 'v2', 3: 'v3', 5: 'v5', 6: 'v6' }, known: [1, 1] },
    ],
    ['of one, acknowledged by whoever publishes', { chain: OTHER, rows: { ...ALL, 4: 'lost' } }],
    ['of one, acknowledged in the place above its own', { chain: OTHER, rows: { ...ALL, 5: 'lost' } }],
    [
      'of one, with a row of its keyring only',
      { chain: OTHER, rows: { 1: 'v1', 2: 'v2', 3: 'v3', 5: 'v5', 6: 'v6' } },
    ],
    [
      'of one that HEAD’s longer links name',
      {
        chain: { ...OTHER, v6: { ...HONEST['v6'], ancestors: [name('v5'), name('lost'), name('v2')] } },
        rows: { 1: 'v1', 5: 'v5' },
      },
    ],
    [
      'of one that HEAD comes from, and nobody else',
      {
        chain: { ...OTHER, own: stop(5, 'lost'), head: stop(6, 'own') },
        head: 'head',
        rows: { 1: 'v1', 2: 'v2', 3: 'v3', 4: 'v4', 5: 'v5' },
      },
    ],
    [
      'that carries the approval on another base',
      {
        chain: { v4: { ...HONEST['v4'], ancestors: [name('other')] }, other: stop(3, 'v2') },
        rows: { 1: 'v1', 2: 'v2' },
        known: [1, 1],
      },
    ],
    [
      'that carries the approval to another root',
      { chain: { v4: { ...HONEST['v4'], root: name('more') } }, known: [1, 1] },
    ],
    ['of another epoch', { chain: { v4: { ...HONEST['v4'], epoch: 2 } } }],
    [
      'on a way from another epoch',
      { chain: { v3: { ...HONEST['v3'], epoch: 2 } }, rows: { 1: 'v1', 2: 'v2' }, known: [1, 1] },
    ],
    [
      'on a way that leaves versions out',
      { chain: { v5: { ...HONEST['v5'], ancestors: [name('v3')] } }, rows: { 1: 'v1' } },
    ],
    ['that were acknowledged before they were made', { known: [1, 4], rows: ALL }],
    [
      'of a version that has another keyring',
      { chain: { v4: { ...HONEST['v4'], keyring: keyringDigest(ONE) } } },
    ],
    ['since a version that had them not yet', { known: [2, 3] }],
    ['that were made before their epoch began', { begun: true, known: [1, 5] }],
    ['on a way beside what was acknowledged', { rows: { ...ALL, 3: 'other' } }],
    [
      'below versions that a way leaves out',
      {
        chain: { v6: { ...HONEST['v6'], ancestors: [name('v4')] } },
        rows: { 1: 'v1', 2: 'v2', 3: 'v3' },
      },
    ],
    ['above HEAD', { head: 'v3', rows: { 1: 'v1', 2: 'v2', 3: 'v3' }, known: [1, 1] }],
  ])('are not those %s', async (_, told) => {
    expect((await proof(told)).first).toBe('APPROVAL_INVALID');
  });

  it('are never those of a version that another came before, whatever rows are written above', async () => {
    const chain = { ...OTHER, own: stop(5, 'lost'), far: stop(6, 'own'), aside: stop(7, 'v6') };
    const named = ['v3', 'v4', 'v5', 'v6', 'lost', 'own', 'far', null];
    let refused = 0;
    for (const head of ['v6', 'far', 'aside'])
      for (const fifth of named)
        for (const sixth of named)
          for (const since of [1, 4, 5, 6]) {
            const above = { ...(fifth !== null && { 5: fifth }), ...(sixth !== null && { 6: sixth }) };
            const rows = { 1: 'v1', 2: 'v2', 3: 'v3', 4: 'v4', ...above };
            const known = [since === 1 ? 1 : 2, since] as const;
            expect((await proof({ chain, rows, head, known })).first, JSON.stringify([head, rows])).toBe(
              'APPROVAL_INVALID',
            );
            refused += 1;
          }
    console.log(`${refused} ways to tell of it, 0 believed`);
  });

  it('of one epoch are not proven in another', async () => {
    const chain = { w6: { version: 6, epoch: 2, ancestors: [name('v5')] } };
    expect(await proof({ chain, later: 'w6' })).toMatchObject({ first: true, again: 'APPROVAL_INVALID' });
  });

  it('of long ago are found from what was acknowledged next, and not from HEAD', async () => {
    const ids = Array.from({ length: 300 }, (_, i) => `v${i + 7}`);
    const chain = Object.fromEntries(ids.map((id, i) => [id, stop(i + 7, `v${i + 6}`)]));
    const rows = { ...ALL, ...Object.fromEntries(ids.map((id, i) => [i + 7, id])) };
    expect(await proof({ chain, rows, head: 'v306' })).toMatchObject({ first: true });
  });
});
