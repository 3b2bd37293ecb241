/** What a confirmation must say of the time before it, over floors that know every kind of past. */
import { describe, expect, it } from 'vitest';
import type { SignedStatement, StatementOf } from '../../functions/core/administration/statement.ts';
import { peopleDigest, signed } from '../../functions/core/administration/statement.ts';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import { digestOf } from '../../functions/core/facts/canonical.ts';
import { viewOf } from '../../functions/core/facts/view.ts';
import type { Approval } from '../../functions/store/approval.ts';
import { demandBeginning } from '../../functions/store/beginning.ts';
import type { Commit } from '../../functions/store/commit.ts';
import { homeOf } from '../../functions/store/commit.ts';
import { type Epochs, placesAfter } from '../../functions/store/epochs.ts';
import { authoritiesAfter, type Keyring } from '../../functions/store/keyring.ts';
import { publicKeyOf, signStatement } from '../../functions/store/person-signature.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import type { ObjectSource } from '../../functions/store/stored-object.ts';
import { LOCAL_FOUNDERS, localKey } from '../../infra/local/identities.ts';
import { TEST_TABLES } from '../engine.ts';
import { signedOn, TEST_AUTHORITY } from './signed.ts';

const name = (text: string): Digest => digestOf(Buffer.from(text));
const AUTHORITIES = new Map([['authority/test-authority', TEST_AUTHORITY]]);
const FLOOR = { epoch: 1, version: 4, digest: name('last') };

const ROOT = { tables: TEST_TABLES, root: name('root'), at: '2026-11-23T11:00:00.000Z' };
/** Two others, who speak for somebody. */
const ANOTHER = {
  ...TEST_AUTHORITY,
  id: 'another',
  people: ['uma', 'ulysses'].map((who) => ({ name: who, keys: [publicKeyOf(localKey(who))] })),
};
/** Of the two who found a registry, who are all that speak. */
const RING = signedOn(null, null, ROOT);
/** The same, once two others speak besides. */
const LATER_RING = signedOn({ version: 3, digest: name('three') }, RING.keyring, {
  ...ROOT,
  changed: new Map([['authority/another', ANOTHER as never]]),
});

function confirming(more: Partial<StatementOf<'confirm'>> = {}, names = ['pat', 'alex']): Approval {
  const statement: StatementOf<'confirm'> = {
    ...{
      operation: 'confirm',
      registry: homeOf('state'),
      at: '2026-11-23T12:00:00.000Z',
      content: name('content'),
    },
    ...{ base: { version: 4, digest: name('restore') }, epoch: 2, floor: FLOOR, root: name('root') },
    people: peopleDigest(AUTHORITIES),
    ...more,
  };
  return names.map((who) => signStatement(statement, localKey(who))) as unknown as Approval;
}

/** A registry of four versions, the third of which came back; a restore on it, and the confirmation of that. */
const COMMITS: Readonly<Record<string, Partial<Commit>>> = {
  last: { version: 4, epoch: 1, confirmed: true, ancestors: [name('back')] },
  back: { version: 3, epoch: 1, confirmed: true, ancestors: [name('two')] },
  restore: { version: 4, epoch: 2, confirmed: false, ancestors: [name('back')] },
  confirmation: { version: 5, epoch: 2, confirmed: true, ancestors: [name('restore')] },
};

/** What the floor says once all of that was acknowledged: the line, the place, and by what it is taken. */
const ROWS: Readonly<Record<string, string>> = {
  'START the-table 0.0': 'first',
  'COMMIT 1.1': 'first',
  'COMMIT 1.2': 'two',
  'COMMIT 1.3': 'back',
  'COMMIT 1.4': 'last',
  'COMMIT 1.5': 'confirmation',
  'END 1.0': 'confirmation',
};
const TAKEN = ['COMMIT 1.5', 'END 1.0'];

interface Told {
  readonly signed?: Partial<StatementOf<'confirm'>>;
  readonly approval?: Approval;
  readonly commits?: Readonly<Record<string, Partial<Commit>>>;
  readonly rows?: Readonly<Record<string, string | null>>;
  readonly unacknowledged?: true;
  readonly law?: object;
  /** Versions that opened when they were HEAD. */
  readonly good?: readonly string[];
  /** What the last version had. */
  readonly ring?: typeof RING;
}

async function outcome(told: Told): Promise<unknown> {
  const {
    commits = {},
    unacknowledged,
    good = ['back', 'last'],
    ring = RING,
    law = viewOf([TEST_AUTHORITY]).law,
  } = told;
  const commitOf = (at: string) => {
    const more = { ...COMMITS[at], ...commits[at] };
    const named = { approval: name('approval'), keyring: name('ring') };
    return { ...named, root: name('root'), kind: 'confirm', ...more } as Commit;
  };
  const names = [...Object.keys(COMMITS), ...Object.keys(commits)];
  const known = new Map<Digest, object>([
    ...names.map((at) => [name(at), { type: 'commit', commit: commitOf(at) }] as const),
    [name('approval'), { type: 'approval', approval: ring.approval }],
    [name('ring'), { type: 'keyring', keyring: ring.keyring }],
    [name('root'), { type: 'root', root: { law: name('law') } }],
    [name('stopped'), { type: 'root', root: { law: name('law') } }],
    [name('law'), { type: 'law', document: law }],
  ]);
  const objects = { load: async () => known } as unknown as ObjectSource;
  const rows = { ...ROWS, ...told.rows };
  const rowAt = (line: string, { epoch, version }: { epoch: number; version: number }) => {
    const by = rows[`${line} ${epoch}.${version}`] ?? null;
    return by === null ? null : name(by);
  };
  const epochs: Epochs = {
    takenAfter: async (last) => placesAfter(last, 'the-table').map((place) => rowAt(place.line, place)),
    acknowledged: async (at) => rowAt('COMMIT', at),
  };
  const judge = async ({ digest }: { readonly digest: Digest }) => {
    if (!good.map(name).includes(digest)) throw new StoreError('HEAD_BELOW_FLOOR');
  };
  const context = { signal: AbortSignal.timeout(10_000), meter: { readUnits: 0, batches: 0 } };
  const confirmation = { digest: name('confirmation'), commit: commitOf('confirmation') };
  const word = { approval: told.approval ?? confirming(told.signed), keyring: RING.keyring };
  try {
    const first = async () => null;
    const at = async (place: { epoch: number; version: number }) => {
      const digest = rowAt('COMMIT', place);
      return digest && { digest };
    };
    const peopleOf = (_: Digest, { links }: Keyring) => authoritiesAfter(links);
    const reading = { floor: { epochs, at, first }, objects, context };
    const rules = { ...reading, founders: LOCAL_FOUNDERS, judge, peopleOf };
    await demandBeginning(confirmation, word, unacknowledged === undefined, rules);
    return true;
  } catch (error) {
    return (error as { readonly code?: string }).code;
  }
}

const REFUSED = 'APPROVAL_INVALID';
const taken = (by: string | null) => Object.fromEntries(TAKEN.map((place) => [place, by]));
/** The same in a later epoch: its own confirmation is what makes it one. */
const LATER: Told = {
  signed: { floor: { epoch: 2, version: 4, digest: name('last') }, epoch: 3 },
  commits: { last: { epoch: 2 }, back: { epoch: 2 }, restore: { epoch: 3 }, confirmation: { epoch: 3 } },
  rows: {
    ...{ 'COMMIT 2.2': 'two', 'COMMIT 2.3': 'back', 'COMMIT 2.4': 'last' },
    ...{ 'COMMIT 2.5': 'confirmation', 'END 2.0': 'confirmation', 'START the-table 0.0': 'another' },
  },
};
/** Where the floor was lost. */
const ANEW: Told = { signed: { floor: null }, rows: { 'START the-table 0.0': 'confirmation' } };

describe('a confirmation', () => {
  it.each<[string, Told, unknown]>([
    ['of what was acknowledged last', {}, true],
    ['in a later epoch', LATER, true],
    ['that its publisher has still to acknowledge', { unacknowledged: true, rows: taken(null) }, true],
    [
      'half of which its publisher has acknowledged',
      { unacknowledged: true, rows: { 'END 1.0': null } },
      true,
    ],
    ['that took no place', { rows: taken(null) }, REFUSED],
    ['after whose past something came', { rows: { 'COMMIT 1.5': 'five' } }, REFUSED],
    [
      'after whose past something came, before anybody acknowledged it',
      { unacknowledged: true, rows: { ...taken(null), 'COMMIT 1.5': 'five' } },
      REFUSED,
    ],
    ['of an epoch that another has ended', { rows: { 'END 1.0': 'another' } }, REFUSED],
    ['of an epoch that nothing has ended', { rows: { 'END 1.0': null } }, REFUSED],
    ['of what was not acknowledged last', { rows: { 'COMMIT 1.4': 'four' } }, REFUSED],
    ['of a place where nothing was acknowledged', { rows: { 'COMMIT 1.4': null } }, REFUSED],
    ['of what was another version', { rows: { 'COMMIT 1.3': 'three' } }, REFUSED],
    ['of what nobody acknowledged', { rows: { 'COMMIT 1.3': null } }, REFUSED],
    ['of what would not have opened', { good: ['last'] }, 'HEAD_BELOW_FLOOR'],
    ['of what was followed by what would not', { good: ['back'] }, 'HEAD_BELOW_FLOOR'],
    ['of what is on no way to the last', { commits: { last: { ancestors: [name('three')] } } }, REFUSED],
    [
      'of a last whose place is another',
      { signed: { floor: { ...FLOOR, digest: name('back') } }, rows: { 'COMMIT 1.4': 'back' } },
      REFUSED,
    ],
    [
      'over versions that are left out',
      { commits: { restore: { version: 6 }, confirmation: { version: 7 } } },
      REFUSED,
    ],
    ['of a last that is another place', { commits: { last: { epoch: 2 } } }, REFUSED],
    ['of what is to come', { commits: { confirmation: { epoch: 1 } } }, REFUSED],
    ['that changes something', { commits: { restore: { root: name('x') } } }, REFUSED],
    ['by fewer than speak now', { ring: LATER_RING }, REFUSED],
    ['signed before the last was', { signed: { at: '2026-11-23T10:00:00.000Z' } }, REFUSED],
    ['signed by a stranger too', { approval: confirming({}, ['pat', 'alex', 'nobody']) }, REFUSED],
    ['of a first epoch that the table did not start with', { rows: { 'START the-table 0.0': 'x' } }, REFUSED],
    [
      'of a table that nothing started',
      { rows: { 'START the-table 0.0': null, 'COMMIT 1.1': null } },
      REFUSED,
    ],
    [
      'of what is newer than anything acknowledged',
      {
        commits: { back: { version: 6 }, restore: { version: 7 }, confirmation: { version: 8 } },
        rows: { 'COMMIT 1.6': 'back' },
      },
      REFUSED,
    ],
    [
      'of what an earlier epoch made',
      { ...LATER, commits: { ...LATER.commits, back: { epoch: 1 } } },
      REFUSED,
    ],
    ['with another keyring than came back', { commits: { confirmation: { keyring: name('x') } } }, REFUSED],
    [
      'after a stop that nobody had confirmed',
      {
        commits: {
          stop: {
            version: 5,
            epoch: 2,
            confirmed: false,
            kind: 'hold',
            root: name('stopped'),
            ancestors: [name('restore')],
          },
          confirmation: { version: 6, root: name('stopped'), ancestors: [name('stop')] },
        },
      },
      true,
    ],
    ['of nothing', { commits: { restore: { ancestors: [] } } }, REFUSED],
    [
      'of what is no version before it',
      { commits: { back: { version: 2 } }, rows: { 'COMMIT 1.2': 'back' } },
      REFUSED,
    ],
    ['after everything was lost', ANEW, true],
    [
      'after everything was lost, that its publisher has still to acknowledge',
      { ...ANEW, unacknowledged: true, rows: { 'START the-table 0.0': null } },
      true,
    ],
    [
      'after everything was lost, that took no place',
      { ...ANEW, rows: { 'START the-table 0.0': null } },
      REFUSED,
    ],
    ['that says nothing of a floor that there is', { signed: { floor: null } }, REFUSED],
    [
      'that says nothing of a floor that there is, before anybody acknowledged it',
      { signed: { floor: null }, unacknowledged: true },
      REFUSED,
    ],
    [
      'after everything was lost, with another keyring',
      { ...ANEW, commits: { confirmation: { keyring: name('x') } } },
      REFUSED,
    ],
    ['whose facts name others', { law: viewOf([{ ...TEST_AUTHORITY, name: 'Another' }]).law }, REFUSED],
    ['whose facts name nobody', { law: viewOf([]).law }, REFUSED],
    ['of a law that is none', { law: {} }, 'OBJECT_MALFORMED'],
    ['that confirms nothing', { approval: approving() }, REFUSED],
  ])('%s', async (_, told, expected) => {
    expect(await outcome(told)).toBe(expected);
  });
});

function approving(): Approval {
  const [{ statement: confirmed }] = confirming() as readonly [SignedStatement, SignedStatement];
  const { epoch: _, floor: __, ...rest } = confirmed as StatementOf<'confirm'>;
  const statement = { ...rest, operation: 'approve', review: name('review') } as const;
  return ['pat', 'alex'].map((who) => signStatement(statement, localKey(who))) as unknown as Approval;
}

describe('a statement', () => {
  const read = (at: string) => signed.safeParse({ ...confirming({ at })[0] }).success;
  it.each([
    ['2026-02-28T23:59:59.999Z', true],
    ['2026-02-30T00:00:00.000Z', false],
    ['2026-99-99T99:99:99.999Z', false],
    ['2026-11-28T24:00:00.000Z', false],
    ['2026-11-28T12:00:60.000Z', false],
    ['2026-00-10T12:00:00.000Z', false],
  ])('of the instant %s: %s', (at, expected) => expect(read(at)).toBe(expected));
});
