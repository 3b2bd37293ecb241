/** Attempts to speak for a nation that somebody else spoke for: once its authorities have lapsed, or cannot be read. */

import { describe, expect, it } from 'vitest';
import { mayApprove, mayPropose } from '../../functions/core/administration/authority.ts';
import type { Operation } from '../../functions/core/administration/change.ts';
import type { Signatory } from '../../functions/core/administration/person.ts';
import { registryProblems } from '../../functions/core/administration/validate.ts';
import { factDigest } from '../../functions/core/facts/canonical.ts';
import { readFact } from '../../functions/core/facts/fact.ts';
import { holdsAt } from '../../functions/core/facts/moment.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { publicKeyOf } from '../../functions/store/person-signature.ts';
import { localKey } from '../../infra/local/identities.ts';
import { asStored } from '../core/decision/ask.ts';
import { AT, authority } from '../core/decision/facts.ts';
import { choicesFrom } from '../theorems/random.ts';

const PAST = { from: '2019-01-01', to: '2023-12-31', zone: 'UTC' } as const;
const AHEAD = { from: '2030-01-01', to: null, zone: 'UTC' } as const;

const KEY = publicKeyOf(localKey('somebody'));
const office = (id: string, nation: string, part: object = {}) =>
  authority({
    id,
    speaksFor: [nation],
    proposers: [`${id}-role`],
    people: [{ name: 'somebody', keys: [KEY] }],
    ...part,
  });

const REGISTRAR = office('registrar', 'ZZZ');
const FRENCH = office('fr-office', 'FRA');
const BRITISH = office('gb-office', 'GBR');

const person = (role: string): Signatory => ({
  key: KEY,
  role: 'AROAEXAMPLE',
  roleName: role,
  session: 'somebody',
  arn: `arn:aws:sts::000000000000:assumed-role/${role}/somebody`,
});

function may(role: string, facts: readonly object[], change: object): boolean {
  const stored = new Map(asStored(facts).map((f) => [`${f['kind']}/${f['id']}`, f]));
  const [fact] = asStored([change]);
  if (fact === undefined) throw new Error('no change');
  const operation = (stored.has(`authority/${fact['id']}`) ? 'replace' : 'add') as 'add';
  const changes: readonly Operation[] = [{ op: operation, fact } as Operation];
  return mayPropose(
    person(role),
    changes,
    { facts: stored as ReadonlyMap<string, RawFact>, founders: [] },
    AT,
  ).ok;
}

describe('a new authority for a nation', () => {
  const heir = office('fr-new', 'FRA');
  const named = { succession: ['gb-office'] };
  it.each<[string, string, readonly object[], boolean]>([
    ['nobody ever spoke for: the registrar', 'registrar-role', [], true],
    ['nobody ever spoke for: somebody else', 'gb-office-role', [BRITISH], false],
    ['in force: the registrar', 'registrar-role', [FRENCH], false],
    ['in force: its own people', 'fr-office-role', [FRENCH], true],
    [
      'in force: the succession is not asked yet',
      'gb-office-role',
      [{ ...FRENCH, ...named }, BRITISH],
      false,
    ],
    ['lapsed: the registrar', 'registrar-role', [{ ...FRENCH, valid: PAST }], false],
    ['lapsed: its own people of before', 'fr-office-role', [{ ...FRENCH, valid: PAST }], false],
    ['lapsed: another nation', 'gb-office-role', [{ ...FRENCH, valid: PAST }, BRITISH], false],
    ['lapsed: its succession', 'gb-office-role', [{ ...FRENCH, ...named, valid: PAST }, BRITISH], true],
    [
      'lapsed: a succession that has lapsed too',
      'gb-office-role',
      [
        { ...FRENCH, ...named, valid: PAST },
        { ...BRITISH, valid: PAST },
      ],
      false,
    ],
    [
      'lapsed: the succession of one of two',
      'gb-office-role',
      [{ ...FRENCH, ...named, valid: PAST }, { ...FRENCH, id: 'fr-second', valid: PAST }, BRITISH],
      false,
    ],
    [
      'lapsed: the succession of two of three',
      'gb-office-role',
      [
        { ...FRENCH, ...named, valid: PAST },
        { ...FRENCH, ...named, id: 'fr-second', valid: PAST },
        { ...FRENCH, id: 'fr-third', valid: PAST },
        BRITISH,
      ],
      false,
    ],
    ['not yet in force: the registrar', 'registrar-role', [{ ...FRENCH, valid: AHEAD }], false],
    ['unsound: the registrar', 'registrar-role', [{ ...FRENCH, sources: [] }], false],
    ['unsound: its succession', 'gb-office-role', [{ ...FRENCH, ...named, sources: [] }, BRITISH], false],
    ['unreadable: the registrar', 'registrar-role', [{ ...FRENCH, speaksFor: 'FRA' }], false],
    ['without its nations: the registrar', 'registrar-role', [{ ...FRENCH, speaksFor: undefined }], false],
  ])('%s', (_who, role, others, expected) => {
    expect(may(role, [REGISTRAR, ...others], heir)).toBe(expected);
  });
});

it('nobody lets a nation fall, for the registrar to give away', () => {
  const both = office('fr-office', 'FRA', { speaksFor: ['FRA', 'MCO'] });
  const dropped = { ...both, speaksFor: ['FRA'] };
  expect(may('fr-office-role', [REGISTRAR, both], dropped)).toBe(false);
  expect(may('fr-office-role', [REGISTRAR, both, office('mc-office', 'MCO')], dropped)).toBe(true);
});

describe('a nation whose people locked themselves out', () => {
  const SEED = 20_261;
  const PEOPLE = ['ann', 'ben', 'cat'];
  const HAS = PEOPLE.map((name) => ({ name, keys: [publicKeyOf(localKey(name))] }));
  const [LATER, LATEST] = ['2030-01-01', '2035-01-01'];
  const VALID = [
    { from: '2020-01-01', to: null },
    { from: '2020-01-01', to: LATER },
    { from: LATER, to: null },
    { from: '2019-01-01', to: '2019-12-31' },
    { from: LATER, to: LATEST },
  ].map((each) => ({ ...each, zone: 'UTC' }));
  const INSTANTS = [AT, ...['2030-01-01', '2030-01-02', '2035-01-02'].map((day) => Date.parse(day))];

  /** Some two people may end it, as the registry's own rules say. */
  function canEnd(id: string, facts: ReadonlyMap<string, RawFact>, at: number): boolean {
    const fact = facts.get(`authority/${id}`) as RawFact;
    const end = { op: 'end', key: `authority/${id}`, on: '2036-01-01', ending: [], was: factDigest(fact) };
    const changes = [{ ...end, op: 'replace', fact }] as unknown as readonly Operation[];
    const roles = [...facts.values()].map((each) => String(each['id']));
    const as = (name: string, role: string): Signatory => {
      const arn = `arn:aws:sts::000000000000:assumed-role/${role}/${name}`;
      const key = publicKeyOf(localKey(name));
      return { key, role: `AROA${role}`, roleName: role, session: name, arn };
    };
    const ground = { facts, founders: [] };
    return roles.some((role) =>
      PEOPLE.some((one) =>
        PEOPLE.some((other) => {
          const author = as(one, `${role}-proposes`);
          return mayApprove(as(other, `${role}-approves`), { author, changes }, ground, at).ok;
        }),
      ),
    );
  }

  it('is refused before: some two people may end every authority that passed, and all people may act', () => {
    const random = choicesFrom(SEED);
    const seen = { locked: 0, open: 0 };
    for (let n = 0; n < 400; n += 1) {
      const facts = ['a', 'b', 'c'].slice(0, 1 + random.below(3)).map((id) =>
        office(id, 'FRA', {
          speaksFor: random.oneOf([['FRA'], ['FRA'], ['MCO'], ['FRA', 'MCO']]),
          people: HAS.slice(0, random.below(4)),
          proposers: random.below(6) === 0 ? [] : [`${id}-proposes`],
          approvers: random.below(6) === 0 ? [] : [`${id}-approves`],
          valid: random.oneOf(VALID),
        }),
      );
      const stored = new Map(asStored(facts).map((f) => [`${f['kind']}/${f['id']}`, f]));
      const locked = new Set(
        registryProblems(stored, { sample: true, at: AT }).flatMap((p) =>
          p.check === 'locked-out' ? [p.key] : [],
        ),
      );
      for (const [key, fact] of stored) {
        const reading = readFact(fact);
        const inForce = INSTANTS.filter((at) => reading.sound && holdsAt(reading.interval, at));
        const ended = inForce.map((at) => canEnd(String(fact['id']), stored, at));
        const { people, proposers, approvers } = fact as unknown as Record<string, readonly unknown[]>;
        const [count = 0, propose = 0, approve = 0] = [people, proposers, approvers].map(
          (list) => list?.length,
        );
        // Nor does anybody list people who could never act.
        const isMute = count > 0 && (count < 2 || propose === 0 || approve === 0);
        expect([SEED, n, key, locked.has(key)]).toEqual([SEED, n, key, isMute || ended.includes(false)]);
        seen[locked.has(key) ? 'locked' : 'open'] += 1;
      }
    }
    console.info(`locked out, seed ${SEED}: ${seen.locked} authorities refused, ${seen.open} not`);
    expect(Math.min(seen.locked, seen.open)).toBeGreaterThan(100);
  });
});
