/** Attempts to speak for a nation that somebody else spoke for: once its authorities have lapsed, or cannot be read. */

import { describe, expect, it } from 'vitest';
import { mayPropose } from '../../functions/core/administration/authority.ts';
import type { Operation } from '../../functions/core/administration/change.ts';
import type { Signatory } from '../../functions/core/administration/person.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { publicKeyOf } from '../../functions/store/person-signature.ts';
import { localKey } from '../../infra/local/identities.ts';
import { asStored } from '../core/decision/ask.ts';
import { AT, authority } from '../core/decision/facts.ts';

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
