/** What a confirmation must say of the time before it, over floors that know every kind of past. */
import { describe, expect, it } from 'vitest';
import type { StatementOf } from '../../functions/core/administration/statement.ts';
import { peopleDigest, signed } from '../../functions/core/administration/statement.ts';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import { digestOf } from '../../functions/core/facts/canonical.ts';
import { viewOf } from '../../functions/core/facts/view.ts';
import type { Approval } from '../../functions/store/approval.ts';
import { demandBeginning } from '../../functions/store/beginning.ts';
import type { Commit } from '../../functions/store/commit.ts';
import { homeOf } from '../../functions/store/commit.ts';
import { acknowledgedLinks, type Keyring } from '../../functions/store/keyring.ts';
import { signStatement } from '../../functions/store/person-signature.ts';
import type { ObjectSource } from '../../functions/store/stored-object.ts';
import { localKey } from '../../infra/local/identities.ts';
import { TEST_AUTHORITY } from './signed.ts';

const name = (text: string): Digest => digestOf(Buffer.from(text));
const AUTHORITIES = new Map([['authority/test-authority', TEST_AUTHORITY]]);
const FLOOR = { epoch: 2, version: 9, digest: name('nine') };

function confirming(more: Partial<StatementOf<'confirm'>> = {}): Approval {
  const statement: StatementOf<'confirm'> = {
    ...{
      operation: 'confirm',
      registry: homeOf('state'),
      at: '2026-11-23T12:00:00.000Z',
      content: name('c'),
    },
    ...{ base: { version: 3, digest: name('three') }, epoch: 3, floor: FLOOR, root: name('root') },
    people: peopleDigest(AUTHORITIES),
    ...more,
  };
  return ['pat', 'alex'].map((who) => signStatement(statement, localKey(who))) as unknown as Approval;
}

/** A keyring of these links, told apart by their letters. */
function ring(letters: string): Keyring {
  return {
    links: [...letters].map((letter) => ({
      approval: confirming({ content: name(letter) }),
      authorities: {},
    })),
  };
}

/** What an epoch acknowledged: each of these keyrings. */
const rows = (epoch: number, ...rings: readonly string[]) =>
  rings.map((letters) => ({ epoch, ...acknowledgedLinks(ring(letters)) }));

interface Told {
  readonly approval?: Approval;
  readonly keyring?: string;
  readonly known?: ReturnType<typeof rows>;
  readonly before?: typeof FLOOR | null;
  readonly law?: object;
}

async function outcome(told: Told): Promise<unknown> {
  const { approval = confirming(), keyring = 'ab', known = rows(1, 'a', 'ab'), before = FLOOR } = told;
  const objects = {
    load: async () =>
      new Map<Digest, object>([
        [name('root'), { type: 'root', root: { law: name('law') } }],
        [name('law'), { type: 'law', document: told.law ?? viewOf([TEST_AUTHORITY]).law }],
      ]),
  } as unknown as ObjectSource;
  const at = { digest: name('head'), commit: { epoch: 3, root: name('root') } as Commit };
  const floor = { before: async () => before, keyringsBefore: async () => known };
  const context = { signal: AbortSignal.timeout(10_000), meter: { readUnits: 0, batches: 0 } };
  try {
    await demandBeginning(at, { approval, keyring: ring(keyring) }, floor, objects, context);
    return true;
  } catch (error) {
    return (error as { readonly code?: string }).code;
  }
}

const REFUSED = 'APPROVAL_INVALID';

describe('a confirmation', () => {
  it.each<[string, Told, unknown]>([
    ['of what was acknowledged last', {}, true],
    ['of less than its epoch had come to', { known: rows(1, 'a', 'ab', 'abc') }, true],
    ['of another version than was acknowledged last', { before: { ...FLOOR, version: 10 } }, REFUSED],
    ['of another commit in its place', { before: { ...FLOOR, digest: name('other') } }, REFUSED],
    ['of a floor that there is not', { before: null, known: [] }, REFUSED],
    ['that says nothing of a floor that there is', { approval: confirming({ floor: null }) }, REFUSED],
    ['after everything was lost', { approval: confirming({ floor: null }), before: null, known: [] }, true],
    ['after everything was lost but keyrings', { approval: confirming({ floor: null }), before: null }, true],
    [
      'after everything was lost but keyrings, with another',
      { approval: confirming({ floor: null }), before: null, keyring: 'x' },
      REFUSED,
    ],
    ['with a keyring that nobody knew', { keyring: 'x' }, REFUSED],
    ['with one that goes on otherwise', { keyring: 'ax' }, REFUSED],
    ['with one that nobody acknowledged so short', { known: rows(1, 'ab'), keyring: 'a' }, REFUSED],
    ['with nothing known of keyrings', { known: [] }, REFUSED],
    // Epoch 2 began with less than the first had come to, and went on another way.
    [
      'with that of a second epoch',
      { keyring: 'ad', known: [...rows(1, 'a', 'ab'), ...rows(2, 'a', 'ad')] },
      true,
    ],
    ['with that of the first beside it', { known: [...rows(1, 'a', 'ab'), ...rows(2, 'a', 'ad')] }, true],
    [
      'with one of an epoch made up',
      { keyring: 'x', known: [...rows(1, 'a', 'ab'), ...rows(2, 'x')] },
      REFUSED,
    ],
    [
      'with one of an epoch made up on another made up',
      { keyring: 'xy', known: [...rows(1, 'a', 'ab'), ...rows(2, 'x'), ...rows(3, 'x', 'xy')] },
      REFUSED,
    ],
    ['whose facts name others', { law: viewOf([{ ...TEST_AUTHORITY, name: 'Another' }]).law }, REFUSED],
    ['whose facts name nobody', { law: viewOf([]).law }, REFUSED],
    ['of a law that is none', { law: {} }, 'OBJECT_MALFORMED'],
  ])('%s', async (_, told, expected) => {
    expect(await outcome(told)).toBe(expected);
  });
});

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
