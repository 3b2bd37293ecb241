/** Whose signatures make a version, without any store: each thing that an approval and a keyring must be, broken alone. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Facts } from '../../functions/core/administration/change.ts';
import { peopleDigest, type SignedStatement } from '../../functions/core/administration/statement.ts';
import { maySay, twoSpeak } from '../../functions/core/administration/two-people.ts';
import { canonicalBytes, type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { viewOf } from '../../functions/core/facts/view.ts';
import { type Approval, encodeApproval, readApproval } from '../../functions/store/approval.ts';
import { behind, createHeadJudge } from '../../functions/store/approved-head.ts';
import { type Commit, homeOf } from '../../functions/store/commit.ts';
import { approvedVersion, missingFrom, trustedPeople } from '../../functions/store/judge-approval.ts';
import {
  acknowledgedLinks,
  type Keyring,
  type KeyringLink,
  keyringDigest,
} from '../../functions/store/keyring.ts';
import {
  isSignedByItsKey,
  parseFounderKeys,
  publicKeyOf,
  signStatement,
} from '../../functions/store/person-signature.ts';
import type { ObjectSource } from '../../functions/store/stored-object.ts';
import { localKey } from '../../infra/local/identities.ts';
import { TEST_AUTHORITY } from './signed.ts';

const HOME = homeOf('state');
const NOON = Date.parse('2026-11-23T12:00:00.000Z');
const MINUTES_5 = 300_000;
const DAYS_30 = 2_592_000_000;
const instant = (ms: number) => new Date(NOON + ms).toISOString();
const digest = (of: string | number): Digest => `sha256:${String(of).repeat(64).slice(0, 64)}`;
const key = (name: string) => publicKeyOf(localKey(name));
const FOUNDERS = ['pat', 'alex', 'olive'].map(key);

const authority = (
  id: string,
  nation: string,
  people: Readonly<Record<string, readonly string[]>>,
): RawFact => ({
  ...TEST_AUTHORITY,
  id,
  speaksFor: [nation],
  people: Object.entries(people).map(([name, keys]) => ({ name, keys: keys.map(key) })),
});
const OFFICE = authority('office', 'USA', { uma: ['uma', 'uma-new'], ulysses: ['ulysses'] });
const CROWN = authority('crown', 'GBR', { gwen: ['gwen'], george: ['george'] });
const FIRST = {
  'authority/registrar': authority('registrar', 'ZZZ', { pat: ['pat'], alex: ['alex'] }),
  'authority/office': OFFICE,
  'authority/crown': CROWN,
};
const ended = (fact: RawFact): RawFact => ({
  ...fact,
  valid: { from: '2000-01-01', to: '2026-11-22', zone: 'UTC' },
});
const named = (fact: RawFact): RawFact => ({ ...fact, name: 'Renamed' });
const peopleOf = (facts: Readonly<Record<string, RawFact | null>>) =>
  peopleDigest(new Map(Object.entries(facts).filter(([, fact]) => fact !== null)) as Facts);

/** These people's signatures; of `at` one for each, in milliseconds from noon. */
function word(names: readonly string[], said: object, at: readonly number[] = []): Approval {
  return names.map((name, i) => {
    // A confirmation says nothing of flips.
    const kind = 'operation' in said ? {} : { operation: 'approve', review: digest(0) };
    const common = { registry: HOME, content: digest(0), base: null, root: digest(9), people: digest(0) };
    const statement = { ...kind, ...common, at: instant(at[i] ?? 0), ...said };
    return signStatement(statement as never, localKey(name));
  });
}

const swapped = ([a, b]: Approval): Approval => (a && b ? [a, { ...b, signature: a.signature }] : []);
const confirmed = (names: readonly string[], said: object): Approval =>
  word(names, { operation: 'confirm', floor: null, ...said });

const founding = (names = ['pat', 'alex'], said: object = {}, at: readonly number[] = []): KeyringLink => ({
  approval: word(names, { people: peopleOf(FIRST), ...said }, at),
  authorities: FIRST,
});
const on = (version: number) => ({ version, digest: digest(version) });
/** The office is renamed by its people, on version 3, unless something is otherwise. */
function renaming(
  names = ['uma', 'ulysses'],
  said: object = {},
  at: readonly number[] = [],
  changed: Readonly<Record<string, RawFact | null>> = { 'authority/office': named(OFFICE) },
): KeyringLink {
  const people = peopleOf({ ...FIRST, ...changed });
  return { approval: word(names, { base: on(3), people, ...said }, at), authorities: changed };
}
const ring = (...links: readonly KeyringLink[]): Keyring => ({ links });
const RENAMED = ring(founding(), renaming());
const MALLORY = {
  'authority/office': authority('office', 'USA', { mallory: ['mallory'], m: ['mallory-too'] }),
};

/** What is told of a keyring: what is wrong, or how many links it has. */
const KEYRINGS: readonly [string, Keyring, string | number][] = [
  ['of the founders', ring(founding()), 1],
  ['and of those they named', RENAMED, 2],
  ['of other founders', ring(founding(['olive', 'pat'])), 1],
  ['on the very version before', ring(founding(), renaming(undefined, { base: on(1) })), 2],
  ['with clocks five minutes apart', ring(founding(), renaming(undefined, {}, [-MINUTES_5, -MINUTES_5])), 2],
  ['with thirty days between two signatures', ring(founding(undefined, {}, [-DAYS_30, 0])), 1],
  ['of nothing', ring(), 'PEOPLE'],
  [
    'with one signature over something else',
    ring({ ...founding(), approval: swapped(founding().approval) }),
    'SIGNATURE',
  ],
  [
    'whose second link nobody signed',
    ring(founding(), { ...renaming(), approval: swapped(renaming().approval) }),
    'SIGNATURE',
  ],
  [
    'that begins with a confirmation',
    ring({
      ...founding(),
      approval: confirmed(['pat', 'alex'], { base: on(1), epoch: 1, people: peopleOf(FIRST) }),
    }),
    'STATEMENT',
  ],
  [
    'that goes on with a confirmation',
    ring(founding(), {
      ...renaming(),
      approval: confirmed(['uma', 'ulysses'], {
        ...{ base: on(3), epoch: 1 },
        people: peopleOf({ ...FIRST, 'authority/office': named(OFFICE) }),
      }),
    }),
    'STATEMENT',
  ],
  ['that begins on something', ring(founding(undefined, { base: on(1) })), 'STATEMENT'],
  ['that begins twice', ring(founding(), renaming(undefined, { base: null })), 'STATEMENT'],
  [
    'out of order',
    ring(founding(), renaming(), renaming(undefined, { base: on(3) }, [], { 'authority/office': OFFICE })),
    'STATEMENT',
  ],
  [
    'signed before the link before',
    ring(founding(), renaming(undefined, {}, [-MINUTES_5 - 1, -MINUTES_5 - 1])),
    'TIME',
  ],
  ['with more than thirty days between', ring(founding(undefined, {}, [-DAYS_30 - 1, 0])), 'TIME'],
  ['with more than thirty days after', ring(founding(undefined, {}, [DAYS_30 + 1, 0])), 'TIME'],
  ['of other people than were signed', ring(founding(undefined, { people: digest(1) })), 'PEOPLE'],
  [
    'of other people than were signed later',
    ring(founding(), renaming(undefined, { people: peopleOf(FIRST) })),
    'PEOPLE',
  ],
  ...[
    ['pat', 'pat'],
    ['pat', 'mallory'],
    ['mallory', 'pat'],
    ['uma', 'ulysses'],
    ['pat', 'alex', 'olive'],
  ].map((names): [string, Keyring, string] => [
    `founded by ${names}`,
    ring(founding(names)),
    'NOT_TWO_PEOPLE',
  ]),
  ...[
    ['gwen', 'george'],
    ['uma', 'uma'],
    ['uma', 'uma-new'],
    ['uma', 'gwen'],
    ['gwen', 'uma'],
    ['uma', 'mallory'],
    ['mallory', 'uma'],
    ['pat', 'alex'],
    ['uma', 'ulysses', 'uma-new'],
  ].map((names): [string, Keyring, string] => [
    `renamed by ${names}`,
    ring(founding(), renaming(names)),
    'NOT_TWO_PEOPLE',
  ]),
  [
    'that lets itself in',
    ring(founding(), renaming(['mallory', 'mallory-too'], {}, [], MALLORY)),
    'NOT_TWO_PEOPLE',
  ],
  ['that changes nobody', ring(founding(), renaming(undefined, {}, [], {})), 'NOT_TWO_PEOPLE'],
  [
    'that changes others besides',
    ring(
      founding(),
      renaming(undefined, {}, [], { 'authority/office': named(OFFICE), 'authority/crown': named(CROWN) }),
    ),
    'NOT_TWO_PEOPLE',
  ],
  [
    'that takes another away',
    ring(founding(), renaming(undefined, {}, [], { 'authority/crown': null })),
    'NOT_TWO_PEOPLE',
  ],
  [
    'that takes away what was never there',
    ring(founding(), renaming(undefined, {}, [], { 'authority/ghost': null })),
    'NOT_TWO_PEOPLE',
  ],
  [
    'of people whose time is over',
    ring(
      founding(),
      renaming(undefined, {}, [], { 'authority/office': ended(OFFICE) }),
      renaming(undefined, { base: on(9) }),
    ),
    'NOT_TWO_PEOPLE',
  ],
];

describe('a keyring', () => {
  it.each(KEYRINGS)('%s', (_, given, expected) => {
    const judged = trustedPeople(given, FOUNDERS);
    expect(judged.ok ? judged.value.links : judged.fault).toBe(expected);
  });
});

/** Version 6 on 5, 4 and 2. */
const COMMIT: Commit = {
  ...{
    version: 6,
    lineage: 'a'.repeat(32),
    epoch: 1,
    confirmed: true,
    home: HOME,
    root: digest(9),
    note: digest(0),
  },
  ...{ approval: digest(7), keyring: digest(8), kind: 'change', author: 'a', approvers: ['b'] },
  ...{ recordedAt: instant(0), ancestors: [digest(5), digest(4), digest(2)] },
};
const NOW_PEOPLE = { ...FIRST, 'authority/office': named(OFFICE) };
const version = (names = ['uma', 'ulysses'], said: object = {}, at: readonly number[] = []): Approval =>
  word(names, { base: on(5), people: peopleOf(NOW_PEOPLE), ...said }, at);
const EVERYBODY = ['pat', 'alex', 'uma', 'ulysses', 'gwen', 'george'];
const HOLDING = { kind: 'hold', root: digest(1) } as const;
const restored = { kind: 'confirm', epoch: 2 } as const;
const back = (names = EVERYBODY, said: object = {}): Approval =>
  confirmed(names, { base: on(5), people: peopleOf(NOW_PEOPLE), epoch: 2, ...said });
const elsewhere = ring(
  founding(undefined, { registry: homeOf('other') }),
  renaming(undefined, { registry: homeOf('other') }),
);
const strayed = ring(founding(), renaming(undefined, { registry: homeOf('other') }));
const adopted = ring(founding(undefined, { registry: homeOf('other') }), renaming());
const later = ring(founding(), renaming(undefined, { base: on(5) }));
const over = ring(founding(), renaming(undefined, {}, [], { 'authority/office': ended(OFFICE) }));

/** What is told of a version: the one that was signed, or what is wrong. */
const VERSIONS: readonly [string, Partial<Commit>, Approval, number | string, Keyring?][] = [
  ['of two people', {}, version(), 6],
  ['of everybody, in the first epoch', { kind: 'confirm' }, back(EVERYBODY, { epoch: 1 }), 'STATEMENT'],
  ['of two people, as a confirmation', { kind: 'confirm' }, version(), 'STATEMENT'],
  [
    'of two people of another authority, whose facts are an audit’s matter',
    {},
    version(['gwen', 'george']),
    6,
  ],
  [
    'of the keyring’s own last link, judged already',
    { version: 4, ancestors: [digest(3)] },
    renaming().approval,
    4,
  ],
  ['of the founders', { version: 1, ancestors: [] }, founding().approval, 1, ring(founding())],
  ['with clocks five minutes behind', {}, version(undefined, {}, [-MINUTES_5, -MINUTES_5]), 6],
  ['with clocks five minutes ahead', {}, version(undefined, {}, [MINUTES_5, MINUTES_5]), 6],
  ['with one signature over something else', {}, swapped(version()), 'SIGNATURE'],
  ['for another root', {}, version(undefined, { root: digest(1) }), 'STATEMENT'],
  ['on another base', {}, version(undefined, { base: { version: 5, digest: digest(4) } }), 'STATEMENT'],
  [
    'on a base of another number',
    {},
    version(undefined, { base: { version: 4, digest: digest(5) } }),
    'STATEMENT',
  ],
  ['on a later base', {}, version(undefined, { base: on(6) }), 'STATEMENT'],
  ['on no base', {}, version(undefined, { base: null }), 'STATEMENT'],
  [
    'on no base, at the beginning',
    { version: 1, ancestors: [] },
    version(undefined, { base: null }),
    'STATEMENT',
  ],
  ['for another registry', {}, version(undefined, { registry: homeOf('other') }), 'STATEMENT'],
  ['in another registry', { home: homeOf('other') }, version(), 'STATEMENT'],
  ['by another registry’s keyring', {}, version(), 'STATEMENT', elsewhere],
  ['by another registry’s keyring, after a restore', { epoch: 2 }, version(), 6, elsewhere],
  ['by a keyring that goes on in another registry', {}, version(), 'STATEMENT', strayed],
  ['by a keyring that began in another registry', {}, version(), 'STATEMENT', adopted],
  [
    'before the last change of an authority',
    {},
    version(),
    'STATEMENT',
    ring(founding(), renaming(undefined, { base: on(6) })),
  ],
  [
    'signed before the last change of an authority',
    {},
    version(undefined, {}, [-MINUTES_5 - 1, -MINUTES_5 - 1]),
    'TIME',
  ],
  ['signed by one before, by the other after', {}, version(undefined, {}, [-MINUTES_5 - 1, 0]), 6],
  ['signed tomorrow', {}, version(undefined, {}, [MINUTES_5 + 1, MINUTES_5 + 1]), 'TIME'],
  ['signed by one tomorrow', {}, version(undefined, {}, [0, MINUTES_5 + 1]), 'TIME'],
  ['signed with more than thirty days between', {}, version(undefined, {}, [-DAYS_30 - 1, 0]), 'TIME'],
  ['of other people', {}, version(undefined, { people: peopleOf(FIRST) }), 'PEOPLE'],
  [
    'of people whose time is over',
    {},
    version(undefined, { people: peopleOf({ ...FIRST, 'authority/office': ended(OFFICE) }) }),
    'NOT_TWO_PEOPLE',
    over,
  ],
  ...[
    ['uma', 'uma'],
    ['uma', 'uma-new'],
    ['uma', 'gwen'],
    ['uma', 'mallory'],
    ['mallory', 'uma'],
    ['pat', 'olive'],
    ['uma', 'ulysses', 'gwen'],
  ].map((names): [string, Partial<Commit>, Approval, string] => [
    `of ${names}`,
    {},
    version(names),
    'NOT_TWO_PEOPLE',
  ]),
  ...['hold', 'revoke'].map((kind): [string, Partial<Commit>, Approval, number] => [
    `carried by a ${kind}`,
    { kind, root: digest(1) },
    version(undefined, { base: on(4) }),
    5,
  ]),
  ...['change', 'lift', 'rollback', 'confirm', 'genesis', 'restore'].map(
    (kind): [string, Partial<Commit>, Approval, string] => [
      `carried by a ${kind}`,
      { kind, root: digest(1) },
      version(undefined, { base: on(4) }),
      'STATEMENT',
    ],
  ),
  ['carried by a hold, of its own place', { kind: 'hold', root: digest(1) }, version(), 'STATEMENT'],
  ['that came back', restored, back(), 6],
  ['that came back and began anew', restored, back(undefined, { base: on(4) }), 6],
  ['long before what came back', restored, back(undefined, { base: on(3) }), 'STATEMENT'],
  [
    'that came back long ago, named as the grandparent',
    restored,
    back(undefined, { base: { version: 3, digest: digest(4) } }),
    'STATEMENT',
  ],
  [
    'that came back long ago, named as the parent',
    restored,
    back(undefined, { base: { version: 4, digest: digest(5) } }),
    'STATEMENT',
  ],
  ['that came back, in another epoch', { ...restored, epoch: 3 }, back(), 'STATEMENT'],
  [
    'that came back, carried into another epoch',
    { ...HOLDING, epoch: 3 },
    back(undefined, { base: on(4) }),
    'STATEMENT',
  ],
  ['that came back, as a change', { epoch: 2 }, back(), 'STATEMENT'],
  ['that came back with another root', { ...restored, root: digest(1) }, back(), 'STATEMENT'],
  ['that came back with other people', restored, back(undefined, { people: peopleOf(FIRST) }), 'PEOPLE'],
  [
    'that came back before an authority changed',
    restored,
    back(undefined, { base: on(4) }),
    'STATEMENT',
    later,
  ],
  ...EVERYBODY.map((one): [string, Partial<Commit>, Approval, string] => [
    `that came back, without ${one}`,
    restored,
    back(EVERYBODY.filter((name) => name !== one)),
    'NOT_TWO_PEOPLE',
  ]),
  [
    'that came back, without the registrar’s second',
    restored,
    back(['olive', 'pat', 'uma', 'ulysses', 'gwen', 'george']),
    'NOT_TWO_PEOPLE',
  ],
  [
    'that came back, with one person’s second key',
    restored,
    back(['pat', 'alex', 'uma', 'uma-new', 'gwen', 'george']),
    'NOT_TWO_PEOPLE',
  ],
];

/** Whether links were made where they say is asked by itself: links-made.test.ts. */
const MADE = async () => undefined;

describe('among some keys', () => {
  const facts = new Map(Object.entries(FIRST));
  it.each<[readonly string[], readonly string[], string | null]>([
    [EVERYBODY, ['pat', 'alex'], null],
    [EVERYBODY, ['olive', 'zoe'], 'founders'],
    [EVERYBODY, ['pat', 'zoe'], 'founders'],
    [[...EVERYBODY, 'olive'], ['olive', 'pat'], null],
    [['pat', 'alex'], ['pat', 'alex'], 'office'],
  ])('%j with the founders %j lack: %s', (names, founders, expected) => {
    expect(missingFrom(names.map(key), facts, NOON, founders.map(key))).toBe(expected);
  });

  it.each<[readonly string[], boolean]>([
    [['uma', 'ulysses'], true],
    [['uma', 'gwen', 'ulysses'], true],
    [['uma', 'uma-new'], false],
    [['uma', 'uma'], false],
    [['uma', 'gwen'], false],
    [['uma'], false],
  ])('%j are two of the office: %s', (names, expected) => {
    expect(twoSpeak(names.map(key), 'office', facts, NOON)).toBe(expected);
  });
});

describe('two people of every authority whose word a change is', () => {
  const BOTH = authority('both', 'FRA', { uma: ['uma'], ulysses: ['ulysses'] });
  const facts: Facts = new Map(Object.entries({ ...FIRST, 'authority/both': BOTH }));
  const of = (id: string): RawFact => ({ kind: 'mandate', id: 'm', authority: id });
  it.each<[string, string, readonly [RawFact | undefined, RawFact | undefined], boolean]>([
    ['of what they said', 'their own', [of('office'), of('office')], true],
    ['of what they take over', 'another’s', [of('crown'), of('office')], false],
    ['of what they give away', 'another’s', [of('office'), of('crown')], false],
    ['of what goes between two that are theirs', 'their own', [of('office'), of('both')], true],
    ['of what never was', 'nobody’s', [undefined, undefined], false],
  ])('%s, which is %s', (_what, _whose, [before, after], may) => {
    expect(maySay([key('uma'), key('ulysses')], [{ before, after }], facts, NOON)).toBe(may);
  });
});

function trusted(given: Keyring) {
  const people = trustedPeople(given, FOUNDERS);
  if (!people.ok) throw new Error(people.fault);
  return people.value;
}

describe('the approval of a version', () => {
  it.each(VERSIONS)('%s', (_, more, approval, expected, given = RENAMED) => {
    const commit = { ...COMMIT, ...more };
    const judged = approvedVersion(commit, approval, trusted(given), { founders: FOUNDERS, now: NOON });
    expect(judged.ok ? judged.value.version : judged.fault).toBe(expected);
    const said = approval[0]?.statement;
    if (judged.ok) expect(judged.value.root).toBe(said?.root);
  });
});

const context = { signal: AbortSignal.timeout(60_000), meter: { readUnits: 0, batches: 0 } };
/** A stop before the stop below. */
const STOP: Commit = { ...COMMIT, version: 6, kind: 'hold', ancestors: [digest(5), digest(4), digest(2)] };
/** Of the version before what they carry. */
const BELOW = async ({ version: place }: { readonly version: number }) =>
  place === 4 ? { digest: digest(4) } : null;
/** What the stops below carry was made by this. */
const MAKER: Commit = { ...COMMIT, version: 5, ancestors: [digest(4), digest(3), digest(1)] };
/** The objects a commit names, one for each digest. */
const objects = (
  approval: Approval,
  keyring: object = { type: 'keyring', keyring: RENAMED },
  maker: Commit = MAKER,
) =>
  ({
    load: async () =>
      new Map<Digest, object>([
        [digest(7), { type: 'approval', approval }],
        [digest(8), keyring],
        [digest(6), { type: 'commit', commit: STOP }],
        [digest(5), { type: 'commit', commit: maker }],
      ]),
  }) as unknown as ObjectSource;
const headOf = (more: Partial<Commit>) => ({
  digest: digest(more.version ?? 6),
  commit: { ...COMMIT, ...more },
});
const HOLD = headOf({
  version: 7,
  kind: 'hold',
  root: digest(1),
  ancestors: [digest(6), digest(5), digest(3)],
});
const CARRIED = objects(version(undefined, { base: on(4) }));

/** A floor that began with whatever begins. */
const FREE = { epochs: { takenAfter: async () => [null], acknowledged: async () => null } };

describe('a HEAD', () => {
  const OF_SIX = { epoch: 1, version: 6, digest: digest(6) };
  const ACKNOWLEDGED = [acknowledgedLinks(RENAMED)];
  const judgeAt = (floor: object | null, founders: readonly string[] = FOUNDERS, keyrings = ACKNOWLEDGED) =>
    createHeadJudge(
      founders,
      () => NOON,
      {
        newest: async () => floor as never,
        first: async () => null,
        at: BELOW,
        keyrings: async () => keyrings,
        ...FREE,
      },
      MADE,
    );
  it.each<[string, object | null, string | number]>([
    ['nothing', null, 'APPROVAL_INVALID'],
    ['what it carries', { epoch: 1, version: 5, digest: digest(5) }, 5],
    ['a version of another epoch', { epoch: 2, version: 6 }, 'APPROVAL_INVALID'],
    ['less than it carries', { epoch: 1, version: 4 }, 'APPROVAL_INVALID'],
    ['more than it carries', { epoch: 1, version: 6 }, 'HEAD_BELOW_FLOOR'],
  ])('above a floor of %s', async (_, floor, expected) => {
    const judge = judgeAt(floor);
    const found = await judge.judge(HOLD, CARRIED, context).then(
      ({ version: at }) => at,
      ({ code }) => code,
    );
    expect([found, judge.isKnown(HOLD)]).toEqual([expected, typeof expected === 'number']);
  });

  it('is held against the floor as it is now, not as it was at the first', async () => {
    let floor: object | null = { epoch: 1, version: 5, digest: digest(5) };
    const rows = {
      newest: async () => floor as never,
      first: async () => null,
      at: BELOW,
      keyrings: async () => ACKNOWLEDGED,
      ...FREE,
    };
    const judge = createHeadJudge(FOUNDERS, () => NOON, rows, MADE);
    const earlier = headOf({ version: 5, ancestors: [digest(4), digest(3), digest(1)] });
    const signed = objects(version(undefined, { base: on(4) }));
    expect(await judge.judge(earlier, signed, context)).toMatchObject({ version: 5 });
    floor = { epoch: 1, version: 6 };
    await expect(judge.judge(HOLD, CARRIED, context)).rejects.toMatchObject({ code: 'HEAD_BELOW_FLOOR' });
  });

  it('takes nothing back that this process has seen signed, and is asked once', async () => {
    const judge = judgeAt(OF_SIX);
    expect(await judge.judge(headOf({}), objects(version()), context)).toEqual({
      version: 6,
      root: digest(9),
    });
    await expect(judge.judge(HOLD, CARRIED, context)).rejects.toMatchObject({ code: 'HEAD_BELOW_FLOOR' });
    expect(await judge.judge(headOf({}), objects([]), context)).toEqual({ version: 6, root: digest(9) });
  });

  it.each<[string, readonly Keyring[], unknown]>([
    ['its own keyring before', [RENAMED], 6],
    ['nothing of keyrings', [], 'APPROVAL_INVALID'],
  ])('that its publisher has still to acknowledge, over %s', async (_, keyrings, expected) => {
    const judge = judgeAt(null, FOUNDERS, keyrings.map(acknowledgedLinks));
    const found = await judge.judge(headOf({}), objects(version()), context, false).then(
      ({ version: at }) => at,
      ({ code }) => code,
    );
    expect(found).toBe(expected);
  });

  it('is nobody’s where keyring, approval or their types are others', async () => {
    const APPROVED = objects(version());
    const refused = async (founders: readonly string[], source: ObjectSource, code: string) =>
      expect(judgeAt(null, founders).judge(headOf({}), source, context)).rejects.toMatchObject({ code });
    await refused(['olive', 'alex'].map(key), APPROVED, 'APPROVAL_INVALID');
    await refused(FOUNDERS, objects(version(['uma', 'gwen'])), 'APPROVAL_INVALID');
    await refused(
      FOUNDERS,
      objects(version(), { type: 'approval', approval: version() }),
      'OBJECT_MALFORMED',
    );
  });

  const OF_FIVE = { epoch: 1, version: 5, digest: digest(5) };
  it.each<[string, Partial<Commit>, object | null]>([
    ['another version made, at the floor', { approval: digest(6) }, OF_FIVE],
    ['another version made, before it was acknowledged', { approval: digest(6) }, null],
    ['was signed on something else', { ancestors: [digest(6), digest(3), digest(1)] }, OF_FIVE],
    ['another epoch made', { epoch: 2 }, null],
    ['another root was signed for', { root: digest(1) }, null],
  ])('a stop does not carry what %s', async (_, maker, floor) => {
    const carried = objects(version(undefined, { base: on(4) }), undefined, { ...MAKER, ...maker });
    await expect(judgeAt(floor).judge(HOLD, carried, context)).rejects.toMatchObject({
      code: 'APPROVAL_INVALID',
    });
  });

  const FOUNDED = ring(founding());
  // By the very people that the office had before: as sound, and as long or longer.
  const OTHERWISE = ring(founding(), renaming(['ulysses', 'uma']));
  const ADDED = ring(
    ...RENAMED.links,
    renaming(undefined, { base: on(6) }, [], { 'authority/office': OFFICE }),
  );
  const LONGER = ring(
    ...RENAMED.links,
    renaming(undefined, { base: on(4) }, [], { 'authority/office': OFFICE }),
  );
  it.each<[string, Keyring, readonly Keyring[], boolean]>([
    ['the same', RENAMED, [FOUNDED, RENAMED], true],
    ['the same, of which only the last was acknowledged', RENAMED, [RENAMED], true],
    ['one that was shorter', RENAMED, [FOUNDED], false],
    ['none', RENAMED, [], false],
    ['one that is longer', FOUNDED, [FOUNDED, RENAMED], false],
    ['one that is longer, alone', FOUNDED, [RENAMED], false],
    ['one that began otherwise', ring(founding(['olive', 'pat']), renaming()), [RENAMED], false],
    ['another of the same length', RENAMED, [FOUNDED, OTHERWISE], false],
    ['another of the same length, and this', RENAMED, [OTHERWISE, RENAMED], false],
    ['another that was shorter', LONGER, [FOUNDED, OTHERWISE], false],
    ['another that was shorter, and this', LONGER, [OTHERWISE, LONGER], false],
  ])('with a keyring, where the floor has %s', async (_, keyring, acknowledged, isFound) => {
    const people = trusted(keyring).now;
    const objectsOf = objects(version(undefined, { people: peopleDigest(people) }), {
      type: 'keyring',
      keyring,
    });
    const judge = judgeAt(OF_SIX, FOUNDERS, acknowledged.map(acknowledgedLinks));
    const found = await judge.judge(headOf({}), objectsOf, context).then(
      () => true,
      ({ code }) => code,
    );
    expect(found).toBe(isFound || 'APPROVAL_INVALID');
  });

  it.each<[string, object | null, number | string]>([
    ['nothing', null, 5],
    ['what made it', { digest: digest(5) }, 5],
    ['another version', { digest: digest(6) }, 'APPROVAL_INVALID'],
  ])('is a stop that carries what was signed where its place has %s', async (_, row, expected) => {
    const rows = {
      newest: async () => ({ epoch: 1, version: 5, digest: digest(5), table: '' }),
      first: async () => null,
      keyrings: async () => ACKNOWLEDGED,
      at: async (place: { readonly version: number }) =>
        place.version === 5 ? (row as never) : BELOW(place),
      ...FREE,
    };
    const judge = createHeadJudge(FOUNDERS, () => NOON, rows, MADE);
    const found = await judge.judge(HOLD, CARRIED, context).then(
      ({ version: at }) => at,
      ({ code }) => code,
    );
    expect(found).toBe(expected);
  });

  /** Version 7 of epoch 2, on version 6, in which everybody confirmed RENAMED. */
  function afterConfirmation(keyring: Keyring, acknowledged: readonly Keyring[], epoch = 2) {
    const own = keyring === ADDED ? keyring.links.at(-1)?.approval : undefined;
    const people = peopleDigest(trusted(keyring).now);
    const approval = own ?? word(['gwen', 'george'], { base: on(6), people });
    const named = digestOf(encodeApproval(approval));
    const found: Record<Digest, object> = {
      [named]: { type: 'approval', approval },
      [keyringDigest(keyring)]: { type: 'keyring', keyring },
      [digest(6)]: {
        type: 'commit',
        commit: { ...COMMIT, ...restored, approval: digest('a'), keyring: digest('b') },
      },
      [digest(5)]: { type: 'commit', commit: { ...COMMIT, version: 5, keyring: digest('b') } },
      [digest('a')]: { type: 'approval', approval: back() },
      [digest('b')]: { type: 'keyring', keyring: RENAMED },
      [COMMIT.root]: { type: 'root', root: { law: digest('c') } },
      [digest('c')]: { type: 'law', document: viewOf([...trusted(RENAMED).now.values()]).law },
    };
    const source = {
      load: async (digests: readonly Digest[]) => new Map(digests.map((each) => [each, found[each]])),
    } as unknown as ObjectSource;
    const judge = createHeadJudge(FOUNDERS, () => NOON, {
      newest: async () => ({ epoch: 2, version: 7, digest: digest(7), table: '' }),
      first: async () => ({ epoch, version: 6, digest: digest(6), table: '' }),
      at: async ({ version: place }) => (place === 6 ? { digest: digest(6) } : null),
      keyrings: async () =>
        acknowledged.map((ring) => ({ ...acknowledgedLinks(ring), ...(ring === ADDED && { since: 7 }) })),
      epochs: { ...FREE.epochs, takenAfter: async () => [digest(6)] },
    });
    return judge
      .judge(
        headOf({
          ...{ version: 7, epoch: 2, approval: named, keyring: keyringDigest(keyring) },
          ancestors: [digest(6), digest(5), digest(3)],
        }),
        source,
        context,
      )
      .then(
        ({ version: at }) => at,
        ({ code }) => code,
      );
  }
  it.each<[string, Keyring, readonly Keyring[], number | string, number?]>([
    ['the same', RENAMED, [RENAMED], 7],
    ['the same, before a row says so', RENAMED, [], 'APPROVAL_INVALID'],
    ['the same and more', ADDED, [RENAMED, ADDED], 7],
    ['the same and more, which no row says', ADDED, [RENAMED], 'APPROVAL_INVALID'],
    ['the same, and what was signed before', LONGER, [RENAMED], 'APPROVAL_INVALID'],
    ['less, before a row says otherwise', FOUNDED, [], 'APPROVAL_INVALID'],
    ['less, as somebody acknowledged', FOUNDED, [FOUNDED], 'APPROVAL_INVALID'],
    ['another, as somebody acknowledged', OTHERWISE, [OTHERWISE], 'APPROVAL_INVALID'],
    ['the same, in an epoch that nobody confirmed', RENAMED, [RENAMED], 'APPROVAL_INVALID', 3],
  ])('has of the keyring that was confirmed for its epoch %s', async (_, keyring, rows, expected, epoch) => {
    expect(await afterConfirmation(keyring, rows, epoch)).toBe(expected);
  });

  it('lets nothing through before it is judged', async () => {
    const judging = () => Promise.reject(new Error('not theirs'));
    await expect(behind(judging, CARRIED).load([], [])).rejects.toThrow('not theirs');
  });
});

describe('a signature', () => {
  const [own] = version();
  const statement = (own as SignedStatement).statement;
  const made = (name: string) => signStatement(statement, localKey(name));
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
  const message = (domain: string) =>
    Buffer.concat([Buffer.from(domain), createHash('sha256').update(canonicalBytes(statement)).digest()]);
  const over = (bytes: Buffer): SignedStatement => ({
    ...made('uma'),
    signature: sign(null, bytes, localKey('uma')).toString('base64'),
  });
  const der: SignedStatement = {
    ...signStatement(statement, p384),
    signature: sign('sha384', message('routeguard person statement 1\n'), p384).toString('base64'),
  };
  it.each<[string, SignedStatement, boolean]>([
    ['by Ed25519', made('uma'), true],
    ['by P-384', signStatement(statement, p384), true],
    ['in the domain of people', over(message('routeguard person statement 1\n')), true],
    ['in no domain', over(message('')), false],
    ['in the domain of commits', over(message('routeguard commit 1\n')), false],
    ['in another form', der, false],
    ['by another key', { ...made('uma'), key: key('ulysses') }, false],
    ['over another statement', { ...made('uma'), statement: { ...statement, content: digest(1) } }, false],
    ['in another spelling', { ...made('uma'), signature: made('uma').signature.replace(/=+$/, '') }, false],
    ['by no key', { ...made('uma'), key: 'x' }, false],
  ])('%s', (_, given, expected) => {
    expect(isSignedByItsKey(given)).toBe(expected);
  });

  it('of others is of the same words, whenever they were said', () => {
    const two = version(undefined, {}, [0, 1]);
    expect(readApproval(two)).toEqual(two);
    const others = version(['ulysses'], { review: digest(1) });
    const proposed = ['uma', 'ulysses'].map((name) =>
      signStatement(
        { operation: 'propose', registry: HOME, at: instant(0), content: digest(0) },
        localKey(name),
      ),
    );
    for (const wrong of [null, [], two.slice(1), [...two.slice(1), ...others], proposed])
      expect(() => readApproval(wrong)).toThrow('OBJECT_MALFORMED');
  });

  it('of founders is of two at least', () => {
    const [pat = '', alex = ''] = FOUNDERS;
    expect(parseFounderKeys(`${pat}, ${alex}`)).toEqual([pat, alex]);
    for (const wrong of [undefined, '', pat, `${pat},${pat}`, `${pat},x`, `${pat},`])
      expect(() => parseFounderKeys(wrong)).toThrow(TypeError);
  });
});
