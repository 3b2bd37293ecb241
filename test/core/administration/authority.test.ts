import { describe, expect, it } from 'vitest';
import {
  mayActAlone,
  mayApprove as mayApproveOn,
  mayConfirm,
  mayConsent,
  mayPropose as mayProposeOn,
  mayReject,
  type Permission,
  type ProposedChange,
  voicesNeeded,
} from '../../../functions/core/administration/authority.ts';
import type { EndOperation, Facts, Operation } from '../../../functions/core/administration/change.ts';
import {
  areTwoPeople,
  type Person,
  personOf,
  type Signatory,
} from '../../../functions/core/administration/person.ts';
import { maySay } from '../../../functions/core/administration/two-people.ts';
import {
  accreditation,
  add,
  assessment,
  authority,
  BASE,
  base,
  designation,
  end,
  hold,
  keyOfPerson,
  mandate,
  NOW,
  network,
  person,
  ROSTER,
  registry,
  replace,
  valid,
  vendor,
  withFacts,
} from './small-registry.ts';

/** Every key of these tests is a founder's: which are, is asked below. */
const founders = ROSTER.map(keyOfPerson);
const mayPropose = (who: Signatory, changes: readonly Operation[], facts: Facts, at: number) =>
  mayProposeOn(who, changes, { facts, founders }, at);
const mayApprove = (who: Signatory, proposal: ProposedChange, facts: Facts, at: number) =>
  mayApproveOn(who, proposal, { facts, founders }, at);

const uma = person('usa-proposer', 'uma');
const ulysses = person('usa-approver', 'ulysses');
const gwen = person('gbr-proposer', 'gwen');
const george = person('gbr-approver', 'george');
const pat = person('zzz-proposer', 'pat');
const alex = person('zzz-approver', 'alex');
const nobody = person('visitor', 'vic');

const said = (p: Permission) => (p.ok ? `yes: ${p.authorities}` : p.refusals.map((r) => r.code).join());

const newDesignation = [add(designation('d', 'maker-two'))];
const newNetwork = [add(network('net-three'))];
const other = { authority: 'uk-gov' } as const;

describe('who may propose', () => {
  it.each<[string, Signatory, readonly Operation[], string]>(
    // biome-ignore format: one row a line
    [
    ['a proposer of the authority that speaks', uma, newDesignation, 'yes: us-office'],
    ['not its approver', ulysses, newDesignation, 'NOT_A_PROPOSER'],
    ['not another nation’s proposer', gwen, newDesignation, 'NOT_A_PROPOSER'],
    ['nobody else', nobody, newDesignation, 'NOT_A_PROPOSER'],
    ['nobody for an authority that is not there', uma, [add(designation('d', 'maker-two', { authority: 'ghost' }))], 'AUTHORITY_UNKNOWN'],
    ['nobody for a fact without an authority', uma, [add({ kind: 'designation', id: 'd' })], 'NO_AUTHORITY'],
    ['a network is the registrar’s', pat, newNetwork, 'yes: registrar'],
    ['and not a nation’s', uma, newNetwork, 'NOT_A_PROPOSER'],
    ['a route is the registrar’s', pat, [end(base(), 'route/main')], 'yes: registrar'],
    ['a vendor is the registrar’s', pat, [replace(base(), vendor('holding', { name: 'B' }))], 'yes: registrar'],
    ['two kinds of word in one change need both', pat, [...newNetwork, ...newDesignation], 'NOT_A_PROPOSER'],
    ['nobody takes over another’s fact', gwen, [replace(base(), mandate('usa', other))], 'NOT_A_PROPOSER'],
    ['nor gives one’s own to another', uma, [replace(base(), mandate('usa', other))], 'NOT_A_PROPOSER'],
    ['an authority is changed by its own nation', uma, [replace(base(), authority('us-other', 'USA', { name: 'B' }))], 'yes: us-office'],
    ['and not by another', gwen, [replace(base(), authority('us-other', 'USA', { name: 'B' }))], 'NOT_A_PROPOSER'],
    ['nor by the registrar', pat, [replace(base(), authority('us-other', 'USA', { name: 'B' }))], 'NOT_A_PROPOSER'],
    ['no nation reaches for another', uma, [replace(base(), authority('us-other', 'USA', { speaksFor: ['GBR', 'USA'] }))], 'NO_AUTHORITY'],
    ['a second authority is a matter of its nation', uma, [add(authority('us-third', 'USA'))], 'yes: us-office'],
    ['the registrar cannot add one there', pat, [add(authority('us-third', 'USA'))], 'NOT_A_PROPOSER'],
    ['a nation’s first authority is the registrar’s to add', pat, [add(authority('fr-gov', 'FRA'))], 'yes: registrar'],
    ['the registrar’s own people keep it', pat, [replace(base(), authority('registrar', 'ZZZ', { name: 'B' }))], 'yes: registrar'],
  ],
  )('%s', (_, who, changes, expected) => {
    expect(said(mayPropose(who, changes, base(), NOW))).toBe(expected);
  });

  it('an authority that is not in force speaks no more', () => {
    const ended = withFacts(authority('us-office', 'USA', { valid: valid('2020-01-01', '2025-12-31') }));
    expect(said(mayPropose(uma, newDesignation, ended, NOW))).toBe('AUTHORITY_UNKNOWN');
    expect(said(mayPropose(uma, newDesignation, ended, Date.parse('2025-12-31T12:00:00Z')))).toBe(
      'yes: us-office',
    );
  });

  it('nobody speaks for what is not there, or for an authority whose nations cannot be read', () => {
    const gone: Operation = { ...(end(base(), 'mandate/usa') as EndOperation), key: 'mandate/ghost' };
    expect(mayPropose(uma, [gone], base(), NOW)).toEqual({
      ok: false,
      refusals: [{ code: 'NO_AUTHORITY', message: 'No authority can speak for this fact.', path: '/0' }],
    });
    expect(said(mayPropose(uma, [], base(), NOW))).toBe('NO_AUTHORITY');
    for (const speaksFor of ['USA', [1], null]) {
      const broken = withFacts(authority('us-other', 'USA', { speaksFor }));
      const mended = replace(broken, authority('us-other', 'USA'));
      expect(said(mayPropose(uma, [mended], broken, NOW))).toBe('NO_AUTHORITY');
      const breaking = replace(base(), authority('us-other', 'USA', { speaksFor }));
      expect(said(mayPropose(uma, [breaking], base(), NOW))).toBe('NO_AUTHORITY');
    }
  });

  it('an authority of several nations is no stranger to each of them, and no registrar comes between', () => {
    const joint = registry([
      authority('registrar', 'ZZZ'),
      authority('joint', 'USA', { speaksFor: ['CAN', 'USA'] }),
      authority('canada', 'CAN', { proposers: ['can-proposer'] }),
    ]);
    const second = [add(authority('us-second', 'USA'))];
    expect(said(mayPropose(uma, second, joint, NOW))).toBe('yes: joint');
    expect(said(mayPropose(pat, second, joint, NOW))).toBe('NOT_A_PROPOSER');
    const clerk = person('clerk', 'c');
    const two = withFacts(authority('us-other', 'USA', { proposers: ['clerk'] }));
    expect(said(mayPropose(clerk, second, two, NOW))).toBe('yes: us-other');
    expect(mayPropose(person('can-proposer', 'c'), second, joint, NOW)).toEqual({
      ok: false,
      refusals: [
        {
          code: 'NOT_A_PROPOSER',
          message: 'Your role is not among the proposers of the authority that speaks here.',
          path: '/0',
          authority: 'joint',
        },
      ],
    });
  });

  it('only an empty registry is filled on the word of its first change', () => {
    const first = [add(authority('registrar', 'ZZZ')), add(authority('us-office', 'USA'))];
    expect(said(mayPropose(pat, first, new Map(), NOW))).toBe('yes: registrar');
    expect(said(mayPropose(uma, first, new Map(), NOW))).toBe('NOT_A_PROPOSER');
    expect(said(mayPropose(pat, first, registry([vendor('x')]), NOW))).toBe('AUTHORITY_UNKNOWN');
    const alone = registry([authority('registrar', 'ZZZ')]);
    expect(said(mayPropose(pat, [add(mandate('usa'))], alone, NOW))).toBe('AUTHORITY_UNKNOWN');
  });

  it('of those who may come after one that lapsed, whoever is in force is named', () => {
    const lapsed = { valid: valid('2019-01-01', '2025-12-31') };
    const facts = registry([
      authority('us-office', 'USA', { ...lapsed, succession: ['fr-old', 'uk-gov'] }),
      authority('fr-old', 'FRA', lapsed),
      authority('uk-gov', 'GBR'),
    ]);
    const mended = replace(facts, authority('us-office', 'USA'));
    expect(mayPropose(uma, [mended], facts, NOW)).toMatchObject({
      ok: false,
      refusals: [{ code: 'NOT_A_PROPOSER', path: '/0', authority: 'uk-gov' }],
    });
    expect(said(mayPropose(gwen, [mended], facts, NOW))).toBe('yes: uk-gov');
  });

  it('a change cannot grant itself', () => {
    const grant = replace(base(), authority('us-office', 'USA', { proposers: ['visitor'] }));
    expect(mayPropose(nobody, [grant, ...newDesignation], base(), NOW).ok).toBe(false);
  });
});

describe('who must agree', () => {
  const of = (...names: readonly string[]) => ({
    people: names.map((name) => ({ name, keys: [keyOfPerson(name)] })),
  });
  const taken = [replace(base(), mandate('usa', other)), ...newDesignation];
  it.each<[string, object, ReturnType<typeof voicesNeeded>]>([
    [
      'whoever spoke and whoever would, each once for an operation, with their people',
      {},
      [
        { anyOf: ['us-office'], people: ['ulysses', 'uma'], operations: 2 },
        { anyOf: ['uk-gov'], people: ['gwen'], operations: 1 },
      ],
    ],
    [
      'and nobody of one that has lapsed',
      { valid: valid('2019-01-01', '2025-12-31') },
      [
        { anyOf: ['us-office'], people: [], operations: 2 },
        { anyOf: ['uk-gov'], people: ['gwen'], operations: 1 },
      ],
    ],
  ])('%s', (_, more, voices) => {
    const facts = withFacts(
      authority('us-office', 'USA', { ...of('uma', 'ulysses'), ...more }),
      authority('uk-gov', 'GBR', of('gwen')),
    );
    expect(voicesNeeded(taken, facts, NOW)).toEqual(voices);
  });
});

describe('who may approve', () => {
  const proposal = { author: uma, changes: newDesignation };
  it.each<[string, Signatory, string]>([
    ['a second person of the same authority', ulysses, 'yes: us-office'],
    ['not the author', uma, 'SAME_PERSON'],
    ['not a person of another nation', george, 'NOT_AN_APPROVER'],
    ['not a second proposer', person('usa-proposer-two', 'other'), 'NOT_AN_APPROVER'],
    ['not the author under another role', { ...ulysses, session: 'uma' }, 'SAME_PERSON'],
    ['not the author’s role under another session', { ...uma, session: 'ulysses' }, 'SAME_PERSON'],
    ['not a role made anew under the author’s id', { ...ulysses, role: uma.role }, 'SAME_PERSON'],
    ['not the registrar', alex, 'NOT_AN_APPROVER'],
  ])('%s', (_, who, expected) => {
    expect(said(mayApprove(who, proposal, base(), NOW))).toBe(expected);
  });

  it('nobody, once the author has lost the right to propose', () => {
    const facts = withFacts(authority('us-office', 'USA', { proposers: ['someone-else'] }));
    expect(said(mayApprove(ulysses, proposal, facts, NOW))).toBe('NOT_A_PROPOSER');
  });

  it('the same authority, where two could speak', () => {
    const facts = withFacts(
      authority('us-office', 'USA', { approvers: ['usa-chief'] }),
      authority('us-other', 'USA', { proposers: ['usa-clerk'] }),
    );
    const changes = [add(authority('us-third', 'USA'))];
    expect(said(mayApprove(ulysses, { author: uma, changes }, facts, NOW))).toBe('NOT_AN_APPROVER');
    expect(said(mayApprove(person('usa-chief', 'carol'), { author: uma, changes }, facts, NOW))).toBe(
      'yes: us-office',
    );
  });
});

describe('the first change', () => {
  const genesis = BASE.map(add);
  const empty = registry([]);

  it('is the word of the registrar it names, and of two people', () => {
    expect(said(mayPropose(pat, genesis, empty, NOW))).toBe('yes: registrar');
    expect(said(mayApprove(alex, { author: pat, changes: genesis }, empty, NOW))).toBe('yes: registrar');
  });

  it.each<[string, Permission, string]>(
    // biome-ignore format: one row a line
    [
    ['nobody else may propose it', mayPropose(uma, genesis, empty, NOW), 'NOT_A_PROPOSER'],
    ['nobody else may approve it', mayApprove(ulysses, { author: pat, changes: genesis }, empty, NOW), 'NOT_AN_APPROVER'],
    ['its author may not approve it', mayApprove(pat, { author: pat, changes: genesis }, empty, NOW), 'SAME_PERSON'],
    ['nor with one that is corrected and not there', mayPropose(pat, [{ op: 'replace', fact: authority('registrar', 'ZZZ'), was: 'sha256:0' }], empty, NOW), 'AUTHORITY_UNKNOWN'],
    ['without a registrar nobody may', mayPropose(pat, genesis.slice(1), empty, NOW), 'AUTHORITY_UNKNOWN'],
    ['and nothing is no change', mayPropose(pat, [], base(), NOW), 'NO_AUTHORITY'],
  ],
  )('%s', (_, permission, expected) => {
    expect(said(permission)).toBe(expected);
  });
});

describe('whose key counts', () => {
  const keys = (...names: readonly string[]) => names.map((name) => keyOfPerson(name));
  const people = (...of: readonly (readonly [string, ...string[]])[]) =>
    withFacts(
      authority('us-office', 'USA', {
        people: of.map(([name, ...more]) => ({ name, keys: keys(name, ...more) })),
      }),
    );
  const proposal = { author: uma, changes: newDesignation };
  it.each<[string, Facts, string, string]>([
    ['two people of it', people(['uma'], ['ulysses']), 'yes: us-office', 'yes: us-office'],
    [
      'nobody of an authority without people',
      withFacts(authority('us-office', 'USA', { people: [] })),
      'NOT_A_SIGNATORY',
      'NOT_A_SIGNATORY',
    ],
    ['not a stranger in a role of it', people(['gwen'], ['ulysses']), 'NOT_A_SIGNATORY', 'NOT_A_SIGNATORY'],
    ['not an approver who is a stranger', people(['uma'], ['george']), 'yes: us-office', 'NOT_A_SIGNATORY'],
    ['not one person with two keys', people(['uma', 'ulysses']), 'yes: us-office', 'NOT_A_SIGNATORY'],
  ])('%s', (_, facts, proposed, approved) => {
    expect(said(mayPropose(uma, newDesignation, facts, NOW))).toBe(proposed);
    expect(said(mayApprove(ulysses, proposal, facts, NOW))).toBe(approved);
    // Refusing permits nothing: there a role suffices.
    expect(said(mayReject(ulysses, proposal, facts, NOW))).toBe('yes: us-office');
  });

  it.each<[string, string, boolean]>([
    ['of an authority in force', 'us-office', true],
    ['of one that has lapsed', 'us-old', false],
    ['of one that is not there', 'ghost', false],
  ])('where keys alone tell: two people %s', (_, by, are) => {
    const old = authority('us-old', 'USA', { valid: valid('2019-01-01', '2025-12-31') });
    const change = { before: undefined, after: designation('d', 'maker-two', { authority: by }) };
    expect(maySay([uma.key, ulysses.key], [change], withFacts(old), NOW)).toBe(are);
  });

  it('of the first change: two founders', () => {
    const genesis = BASE.map(add);
    const ground = { facts: registry([]), founders: keys('pat', 'alex') };
    const first = { author: pat, changes: genesis };
    expect(said(mayProposeOn(pat, genesis, ground, NOW))).toBe('yes: registrar');
    expect(said(mayApproveOn(alex, first, ground, NOW))).toBe('yes: registrar');
    for (const known of [keys('alex', 'uma'), keys('pat', 'uma'), []]) {
      const approved = mayApproveOn(alex, first, { ...ground, founders: known }, NOW);
      expect(said(approved)).toBe('NOT_A_FOUNDER');
    }
    const proposed = mayProposeOn(pat, genesis, { ...ground, founders: keys('alex', 'uma') }, NOW);
    expect(said(proposed)).toBe('NOT_A_FOUNDER');
  });
});

describe('who may refuse a proposal', () => {
  const proposal = { author: uma, changes: newDesignation };
  it.each<[string, Person, string]>([
    ['an approver of the authority that speaks', ulysses, 'yes: us-office'],
    ['not another nation’s', george, 'NOT_AN_APPROVER'],
    ['not its author', uma, 'SAME_PERSON'],
    ['not its author’s session in another role', { ...ulysses, session: 'uma' }, 'SAME_PERSON'],
    ['not its author’s role in another session', { ...ulysses, role: uma.role }, 'SAME_PERSON'],
  ])('%s', (_, who, expected) => {
    expect(said(mayReject(who, proposal, base(), NOW))).toBe(expected);
  });
});

describe('whose consent counts', () => {
  const named = (...names: readonly string[]) =>
    authority('us-office', 'USA', { people: names.map((name) => ({ name, keys: [keyOfPerson(name)] })) });
  it.each<[string, Signatory, readonly string[], string]>([
    ['a proposer’s with a key of it', uma, ['us-office'], 'yes: us-office'],
    ['an approver’s with a key of it', ulysses, ['us-office'], 'yes: us-office'],
    ['for one of several', uma, ['uk-gov', 'us-office'], 'yes: us-office'],
    ['not a stranger’s in a role of it', { ...uma, key: gwen.key }, ['us-office'], 'NOT_A_SIGNATORY'],
    ['not that of a key of it in no role', { ...nobody, key: uma.key }, ['us-office'], 'NOT_A_SIGNATORY'],
    ['not for another', uma, ['uk-gov'], 'NOT_A_SIGNATORY'],
    ['nobody’s for one that is not there', uma, ['ghost'], 'AUTHORITY_UNKNOWN'],
    ['nobody’s for none', uma, [], 'AUTHORITY_UNKNOWN'],
  ])('%s', (_, who, authorities, expected) => {
    expect(said(mayConsent(who, authorities, withFacts(named('uma', 'ulysses')), NOW))).toBe(expected);
  });

  it('to a registry that came back: a founder’s, or that of somebody who speaks', () => {
    const facts = registry([named('uma', 'ulysses')]);
    const confirming = (who: Signatory, ...names: readonly string[]) =>
      said(mayConfirm(who, { facts, founders: names.map((name) => keyOfPerson(name)) }, NOW));
    expect(confirming(nobody, 'vic')).toBe('yes: ');
    expect(confirming(uma, 'vic')).toBe('yes: us-office');
    expect(confirming(gwen, 'vic')).toBe('NOT_A_SIGNATORY');
    expect(confirming(nobody)).toBe('NOT_A_SIGNATORY');
  });
});

describe('who may act alone', () => {
  it.each<[string, Person, readonly Operation[], string]>(
    // biome-ignore format: one row a line
    [
    ['a holder stops everything', uma, [add(hold('h', { everything: true }))], 'yes: us-office'],
    ['a holder revokes an accreditation', ulysses, [end(base(), 'accreditation/one')], 'yes: us-office'],
    ['a holder records a judgement against', uma, [add(assessment('bad', { vendor: 'maker-two' }, { outcome: 'not-trusted', valid: valid() }))], 'yes: us-office'],
    ['not for another nation', gwen, [end(base(), 'accreditation/one')], 'NOT_A_HOLDER'],
    ['not a visitor', nobody, [add(hold('h', { everything: true }))], 'NOT_A_HOLDER'],
    ['not what could permit', uma, [add(accreditation('new', { network: 'net-two' }))], 'NOT_ONLY_RESTRICTING'],
    ['not what could permit beside what only restricts', uma, [add(hold('h', { everything: true })), end(base(), 'mandate/usa')], 'NOT_ONLY_RESTRICTING'],
  ],
  )('%s', (_, who, changes, expected) => {
    expect(said(mayActAlone(who, changes, base(), NOW))).toBe(expected);
  });

  it('lifting a hold takes two', () => {
    const held = withFacts(hold('h', { everything: true }));
    expect(said(mayActAlone(uma, [end(held, 'hold/h')], held, NOW))).toBe('NOT_ONLY_RESTRICTING');
    expect(mayApprove(ulysses, { author: uma, changes: [end(held, 'hold/h')] }, held, NOW).ok).toBe(true);
  });
});

describe('a person', () => {
  const account = '123456789012';
  const userArn = `arn:aws:sts::${account}:assumed-role/usa-proposer/uma`;
  const user = 'AROAEXAMPLE:uma';

  const of = (roleName: string, session: string, id = 'AROAEXAMPLE', part = 'aws') => ({
    userArn: `arn:${part}:sts::${account}:assumed-role/${roleName}/${session}`,
    user: `${id}:${session}`,
  });
  const x = (n: number) => 'x'.repeat(n);
  const X = (n: number) => `AROA${'X'.repeat(n)}`;
  const LENGTHS: readonly (readonly [string, object, object])[] = [
    ['a role of one letter', of('r', 'uma'), of('', 'uma')],
    ['a role of 64', of(x(64), 'uma'), of(x(65), 'uma')],
    ['a session of two letters', of('r', 'um'), of('r', 'u')],
    ['a session of 64', of('r', x(64)), of('r', x(65))],
    ['an id of four', of('r', 'uma', X(4)), of('r', 'uma', X(3))],
    ['an id of 124', of('r', 'uma', X(124)), of('r', 'uma', X(125))],
    ['another partition', of('r', 'uma', X(4), `aws-${x(19)}`), of('r', 'uma', X(4), `aws-${x(20)}`)],
  ];
  it.each(LENGTHS)('%s is one', (_, right) => {
    expect(personOf(right, account)).toBeDefined();
  });

  it('is the role and session that signed', () => {
    expect(personOf({ userArn, user }, account)).toEqual({
      role: 'AROAEXAMPLE',
      roleName: 'usa-proposer',
      session: 'uma',
      arn: userArn,
    });
  });

  it.each<[string, { userArn?: unknown; user?: unknown }]>([
    ['nobody signed', {}],
    ['a role of another account', { userArn: userArn.replace(account, '210987654321'), user }],
    ['a user, not a role', { userArn: `arn:aws:iam::${account}:user/uma`, user: 'AIDAEXAMPLE' }],
    ['the account itself', { userArn: `arn:aws:iam::${account}:root`, user: account }],
    ['sessions that differ', { userArn, user: 'AROAEXAMPLE:other' }],
    ['a name with a slash', { userArn: `${userArn}/x`, user: 'AROAEXAMPLE:uma' }],
    ['a second line', { userArn: `${userArn}\n`, user }],
    ['no role id', { userArn, user: 'uma' }],
    ['a list', { userArn: [userArn], user }],
    ...LENGTHS.map(([what, , past]): [string, object] => [`${what}, too long or short`, past]),
  ])('is not told by: %s', (_, identity) => {
    expect(personOf(identity, account)).toBeUndefined();
  });

  it('is one and the same as long as anything is shared', () => {
    expect(areTwoPeople(uma, ulysses)).toBe(true);
    for (const shared of ['role', 'roleName', 'session', 'arn', 'key'] as const)
      expect(areTwoPeople(uma, { ...ulysses, [shared]: uma[shared] })).toBe(false);
  });
});
