import { describe, expect, it } from 'vitest';
import { speaksAgainst } from '../../../functions/core/administration/polarity.ts';
import { NOBODY, undoOf, type WayBack } from '../../../functions/core/administration/undo.ts';
import { factDigest } from '../../../functions/core/facts/canonical.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { accreditation, authority, NOW, registry, valid } from './small-registry.ts';

const said = (kind: string, id: string, authority: string, more: RawFact = {}): RawFact => ({
  ...{ kind, id, authority },
  ...more,
});
const mandate = said('mandate', 'm', 'us-state');
const hold = said('hold', 'h', 'uk-ncsc');

const NOTHING: ReadonlySet<string> = new Set();

describe('what stands against somebody, and stays unless it is named', () => {
  it.each<[string, RawFact, boolean]>([
    ['a hold', hold, true],
    ['a designation', said('designation', 'd', 'us-fcc'), true],
    [
      'a judgement that is not favourable',
      said('assessment', 'a', 'us-state', { outcome: 'not-trusted' }),
      true,
    ],
    ['a judgement that says nothing', said('assessment', 'a', 'us-state'), true],
    ['a favourable judgement', said('assessment', 'a', 'us-state', { outcome: 'trusted' }), false],
    ['what nobody can read', { kind: 'hodl', id: 'h' }, true],
    ['a mandate', mandate, false],
    ['a waiver', said('waiver', 'w', 'us-state'), false],
  ])('%s: %s', (_what, fact, stays) => {
    expect(speaksAgainst(fact)).toBe(stays);
    const differences = [{ key: 'k', now: fact, was: undefined }];
    const options = { facts: new Map(), at: 0, revoked: NOTHING, also: [], citation: 'Back' };
    expect(undoOf(differences, options).stays).toEqual(stays ? ['k'] : []);
    expect(undoOf(differences, { ...options, also: ['k'] }).stays).toEqual([]);
  });
});

describe('one part for each set of people', () => {
  const undo = (differences: readonly WayBack[], also: readonly string[] = []) =>
    undoOf(differences, { facts: new Map(), at: 0, revoked: NOTHING, also, citation: 'Back' });

  it.each<[string, WayBack, string]>([
    ['whose fact it is', { key: 'mandate/m', now: mandate, was: undefined }, 'us-state'],
    ['the registrar’s', { key: 'vendor/v', now: { kind: 'vendor', id: 'v' }, was: undefined }, 'registrar'],
    [
      'both, where it was another’s',
      { key: 'mandate/m', now: mandate, was: said('mandate', 'm', 'uk-ncsc') },
      'uk-ncsc+us-state',
    ],
    [
      'nobody’s, where it names nobody',
      { key: 'mandate/m', now: { kind: 'mandate', id: 'm' }, was: mandate },
      NOBODY,
    ],
  ])('%s', (_what, difference, by) => {
    expect(undo([difference]).parts.map((part) => part.by)).toEqual([by]);
  });

  it('in order, each with the operations that are written against what is there', () => {
    const was = { ...mandate, level: 'SECRET' };
    const { parts } = undo([
      { key: 'mandate/m', now: mandate, was },
      { key: 'mandate/n', now: undefined, was: said('mandate', 'n', 'us-state') },
      { key: 'hold/g', now: undefined, was: said('hold', 'g', 'uk-ncsc') },
      { key: 'mandate/o', now: said('mandate', 'o', 'uk-ncsc'), was: undefined },
    ]);
    const ending = [{ citation: 'Back', verified: true, primary: true }];
    expect(parts).toEqual([
      {
        by: 'uk-ncsc',
        changes: [
          // What stood against somebody and has left comes back.
          { op: 'add', fact: said('hold', 'g', 'uk-ncsc') },
          {
            ...{ op: 'end', key: 'mandate/o', on: '0001-01-01T00:00:00Z', ending },
            was: factDigest(said('mandate', 'o', 'uk-ncsc')),
          },
        ],
      },
      {
        by: 'us-state',
        changes: [
          { op: 'replace', fact: was, was: factDigest(mandate) },
          { op: 'add', fact: said('mandate', 'n', 'us-state') },
        ],
      },
    ]);
  });

  it.each<[string, RawFact | undefined]>([
    ['was in force', accreditation('one', { network: 'net-one' })],
    ['was not there', undefined],
  ])('and what has ended since stays ended, where it %s', (_what, was) => {
    const ended = { valid: valid('2019-01-01', '2019-02-01') };
    const now = accreditation('one', { network: 'net-one' }, ended);
    const difference = { key: 'accreditation/one', now, was };
    const of = (at: number) =>
      undoOf([difference], { facts: new Map(), at, revoked: NOTHING, also: [], citation: 'Back' });
    expect(of(NOW)).toEqual({ parts: [], stays: ['accreditation/one'] });
    expect(of(Date.parse('2019-01-15'))).toMatchObject({ parts: [{ by: 'us-office' }], stays: [] });
  });

  const renewed = accreditation('one', { network: 'net-one' }, { valid: valid('2027-01-01', '2030-01-01') });
  it.each<[string, RawFact | undefined, boolean, readonly string[]]>([
    ['has left', undefined, false, []],
    ['has left because one person took it away', undefined, true, ['accreditation/one']],
    ['was renewed', renewed, false, []],
    ['was taken away by one person and renewed by two', renewed, true, ['accreditation/one']],
  ])('and what %s since comes back only where nobody took it away', (_what, now, isRevoked, stays) => {
    // Whenever it begins: what ends before it begins leaves, as may what was replaced by something that has not begun.
    for (const from of ['2020-01-01', '2026-06-01', '2026-06-02']) {
      const was = accreditation('one', { network: 'net-one' }, { valid: valid(from, '2030-01-01') });
      const difference = { key: 'accreditation/one', now, was };
      const revoked = new Set(isRevoked ? ['accreditation/one'] : ['accreditation/two']);
      const of = (also: readonly string[]) =>
        undoOf([difference], { facts: new Map(), at: NOW, revoked, also, citation: 'Back' });
      expect(of([]).stays).toEqual(stays);
      expect(of(['accreditation/one']).stays).toEqual([]);
    }
  });

  it('and nobody takes from an authority a nation that nobody else speaks for, though it is named', () => {
    const now = authority('joint', 'USA', { speaksFor: ['CAN', 'USA'] });
    const was = authority('joint', 'USA');
    const part = (differences: readonly WayBack[]) =>
      undoOf(differences, {
        facts: registry([now]),
        at: NOW,
        revoked: NOTHING,
        also: ['authority/joint'],
        citation: 'Back',
      });
    expect(part([{ key: 'authority/joint', now, was }])).toMatchObject({
      parts: [{ by: NOBODY }],
      stays: [],
    });
  });

  it('whose name does not say in which order authorities stand in the registry', () => {
    const [now, was] = [authority('new', 'USA'), authority('new', 'USA', { name: 'Before' })];
    const differences = [{ key: 'authority/new', now, was }];
    const by = (...ids: readonly string[]) =>
      undoOf(differences, {
        facts: new Map(ids.map((id) => [`authority/${id}`, authority(id, 'USA')])),
        ...{ at: NOW, revoked: NOTHING, also: ['authority/new'], citation: 'Back' },
      }).parts.map((part) => part.by);
    expect(by('new', 'able', 'zeal')).toEqual(['able|new|zeal']);
    expect(by('zeal', 'able', 'new')).toEqual(['able|new|zeal']);
  });

  it('and no key that was taken off comes back by the way', () => {
    const now = { kind: 'authority', id: 'us-state', speaksFor: ['USA'], people: [] };
    const difference = { key: 'authority/us-state', now, was: { ...now, people: [{ name: 'stolen' }] } };
    expect(undo([difference])).toEqual({ parts: [], stays: ['authority/us-state'] });
  });
});
