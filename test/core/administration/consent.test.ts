/** Who is asked before something is destroyed that was said about whose facts: as a table, by what has become of them. */
import { describe, expect, it } from 'vitest';
import {
  consenting,
  everybodyIn,
  haveConsented,
  stillNeeded,
  voicesIn,
} from '../../../functions/core/administration/consent.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { publicKeyOf } from '../../../functions/store/person-signature.ts';
import { localKey } from '../../../infra/local/identities.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const key = (name: string) => publicKeyOf(localKey(name));
const [UMA, ULYSSES, GWEN, GEORGE] = ['uma', 'ulysses', 'gwen', 'george'].map(key) as [
  string,
  string,
  string,
  string,
];

function authority(
  id: string,
  speaksFor: readonly string[],
  keys: readonly string[],
  more: object = {},
): RawFact {
  return {
    ...{ kind: 'authority', id, name: 'A test', speaksFor: [...speaksFor] },
    ...{ proposers: ['p'], approvers: ['a'], holders: [] },
    people: keys.map((each, n) => ({ name: `person-${id}-${n}`, keys: [each] })),
    valid: { from: '2020-01-01', to: null, zone: 'UTC' },
    sources: [{ citation: 'A test', verified: true }],
    ...more,
  } as RawFact;
}
const factsOf = (...facts: readonly RawFact[]) =>
  new Map(facts.map((f) => [`authority/${String(f['id'])}`, f]));
const US = authority('us-state', ['USA'], [UMA, ULYSSES]);
const UK = authority('uk-ncsc', ['GBR'], [GWEN, GEORGE]);
const REGISTRAR = authority('registrar', ['ZZZ'], [UMA, ULYSSES]);
const THEN = factsOf(US, UK, REGISTRAR);
const lapsed = { valid: { from: '2020-01-01', to: '2026-01-01', zone: 'UTC' } };

const added = (after: object) => ({ before: undefined, after: after as RawFact });
const ended = (before: object) => ({ before: before as RawFact, after: undefined });

describe('whose facts a change is about', () => {
  it.each<[string, Parameters<typeof voicesIn>[0], readonly string[]]>([
    ['one authority’s', [added({ kind: 'hold', authority: 'us-state' })], ['us-state']],
    ['what is ended is somebody’s', [ended({ kind: 'mandate', authority: 'uk-ncsc' })], ['uk-ncsc']],
    [
      'one’s that becomes another’s',
      [
        {
          before: { kind: 'hold', authority: 'uk-ncsc' } as RawFact,
          after: { kind: 'hold', authority: 'us-state' } as RawFact,
        },
      ],
      ['uk-ncsc', 'us-state'],
    ],
    ['an authority’s own', [added({ kind: 'authority', id: 'uk-ncsc', authority: 'us-state' })], ['uk-ncsc']],
    [
      'the registrar’s',
      [added({ kind: 'network', id: 'n' }), added({ kind: 'route', id: 'r' })],
      ['registrar'],
    ],
    ['whose nobody can tell', [added({ kind: 'hold', authority: 7 }), added({})], ['registrar']],
    ['nobody’s', [], []],
  ])('%s', (_what, changes, ids) => {
    expect(voicesIn(changes, THEN).map(({ id }) => id)).toEqual(ids);
  });

  it('with the nations it spoke for then', () => {
    const then = factsOf(US, authority('allied', ['GBR', 'USA'], [GWEN]));
    const changes = ['us-state', 'gone', 'allied'].map((id) => added({ authority: id }));
    expect(voicesIn(changes, then)).toEqual([
      { id: 'allied', nations: ['GBR', 'USA'] },
      { id: 'gone', nations: [] },
      { id: 'us-state', nations: ['USA'] },
    ]);
  });

  it('of a version that changed nothing, everybody who had people, were it one', () => {
    const then = factsOf(
      ...[US, authority('one', ['GBR'], [GWEN]), authority('none', ['FRA'], [])],
      authority('lapsed', ['ITA'], [GWEN, GEORGE], lapsed),
    );
    expect(everybodyIn(then, NOW)).toEqual([
      { id: 'us-state', nations: ['USA'] },
      { id: 'one', nations: ['GBR'] },
    ]);
  });
});

describe('who consents for it now', () => {
  const voice = { id: 'uk-ncsc', nations: ['GBR'] };
  const fcdo = authority('uk-fcdo', ['GBR', 'IRL'], [GWEN, GEORGE]);
  it.each<[string, ReadonlyMap<string, RawFact>, readonly string[]]>([
    ['itself, while it speaks', THEN, ['uk-ncsc']],
    ['itself, and not another of its nation', factsOf(US, UK, fcdo), ['uk-ncsc']],
    [
      'whoever speaks for its nation, where it has lapsed',
      factsOf(US, authority('uk-ncsc', ['GBR'], [GWEN, GEORGE], lapsed), fcdo),
      ['uk-fcdo'],
    ],
    ['whoever speaks for its nation, where it is gone', factsOf(US, fcdo), ['uk-fcdo']],
    [
      'whoever speaks for its nation, where its id is another nation’s now',
      factsOf(authority('uk-ncsc', ['USA'], [UMA, ULYSSES]), fcdo),
      ['uk-fcdo'],
    ],
    ['nobody, where nobody speaks for its nation', factsOf(US, REGISTRAR), []],
    [
      'nobody, where it cannot be read and nobody else speaks',
      factsOf({ ...UK, speaksFor: 7 } as unknown as RawFact, US),
      [],
    ],
  ])('%s', (_what, facts, ids) => {
    expect(consenting(voice, facts, NOW).map(({ id }) => id)).toEqual(ids);
  });

  it('somebody who speaks for some of its nations alone does not', () => {
    const both = { id: 'allied', nations: ['GBR', 'USA'] };
    expect(consenting(both, THEN, NOW)).toEqual([]);
  });

  it('of one that spoke for nobody who is known, itself alone', () => {
    expect(consenting({ id: 'gone', nations: [] }, THEN, NOW)).toEqual([]);
    expect(consenting({ id: 'us-state', nations: [] }, THEN, NOW).map(({ id }) => id)).toEqual(['us-state']);
  });

  it.each<[string, readonly string[], boolean]>([
    ['two of its people', [GWEN, GEORGE], true],
    ['two of them among others', [UMA, GEORGE, GWEN], true],
    ['one of them', [GWEN], false],
    ['one of them twice', [GWEN, GWEN], false],
    ['one of them and another nation’s', [GWEN, UMA], false],
    ['two of another nation', [UMA, ULYSSES], false],
  ])('by %s', (_what, keys, are) => {
    expect(haveConsented(keys, voice, THEN, NOW)).toBe(are);
    expect(Object.keys(stillNeeded(keys, [voice], THEN, NOW)).length === 0).toBe(are);
  });

  it.each<[string, readonly string[], object]>([
    ['nobody', [], { [voice.id]: 2 }],
    ['one', [GWEN], { [voice.id]: 1 }],
    ['one twice', [GWEN, GWEN], { [voice.id]: 1 }],
    ['another nation’s two', [UMA, ULYSSES], { [voice.id]: 2 }],
    ['two', [GWEN, GEORGE], {}],
  ])('and how many more people that takes is told after %s', (_what, keys, needed) => {
    expect(stillNeeded(keys, [voice], THEN, NOW)).toEqual(needed);
  });
});
