import { describe, expect, it } from 'vitest';
import {
  applyChanges,
  MAX_OPERATIONS,
  type Operation,
  readChanges,
} from '../../../functions/core/administration/change.ts';
import { endFact } from '../../../functions/core/administration/ending.ts';
import { MAX_FACT_BYTES } from '../../../functions/core/administration/plain-json.ts';
import { factDigest } from '../../../functions/core/facts/canonical.ts';
import { factProblems, readFact } from '../../../functions/core/facts/fact.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { FOREVER, keyOf } from '../decision/facts.ts';
import { SPECIMENS } from '../facts/specimens.ts';
import {
  accreditation,
  add,
  base,
  designation,
  end,
  NOW_TEXT,
  replace,
  SOURCES,
  standard,
  valid,
  vendor,
  withFacts,
} from './small-registry.ts';

const DIGEST = factDigest(vendor('x'));
const ENDING = { op: 'end', key: 'vendor/x', on: '2026-01-01', ending: SOURCES, was: DIGEST };

function cyclic(): unknown {
  const fact: { [name: string]: unknown } = { kind: 'vendor' };
  fact['self'] = fact;
  return fact;
}

function deep(levels: number): unknown {
  return levels === 0 ? 1 : [deep(levels - 1)];
}

describe('reading a list of operations', () => {
  it.each<[string, unknown]>(
    // biome-ignore format: one row a line
    [
    ['an addition', [{ op: 'add', fact: vendor('x') }]],
    ['a correction', [{ op: 'replace', fact: vendor('x'), was: DIGEST }]],
    ['an end on a day', [ENDING]],
    ['an end at an instant', [{ ...ENDING, on: NOW_TEXT }]],
    ['keys as short and as long as they may be', ['hold/x', `criteria-set/${'x'.repeat(64)}`].map((key) => ({ ...ENDING, key }))],
    ['an unsound fact, which validation names', [{ op: 'add', fact: { kind: 'vendor' } }]],
  ],
  )('takes %s', (_, value) => {
    expect(readChanges(value).ok).toBe(true);
  });

  it.each<[string, unknown, string]>([
    ['nothing', [], ''],
    ['something else', { op: 'add' }, ''],
    ['null', null, ''],
    ['an operation nobody knows', [{ op: 'remove', key: 'vendor/x' }], '/0/op'],
    ['a member nobody knows', [{ op: 'add', fact: vendor('x'), force: true }], '/0/force'],
    ['one in a correction', [{ op: 'replace', fact: vendor('x'), was: DIGEST, force: true }], '/0/force'],
    ['one in an end', [{ ...ENDING, force: true }], '/0/force'],
    ['a digest too short', [{ ...ENDING, was: DIGEST.slice(0, -1) }], '/0/was'],
    ['a digest too long', [{ ...ENDING, was: `${DIGEST}0` }], '/0/was'],
    ['a digest with something before it', [{ ...ENDING, was: `x${DIGEST}` }], '/0/was'],
    ['a key without an id', [{ ...ENDING, key: 'vendor/' }], '/0/key'],
    ['a key of 65 letters', [{ ...ENDING, key: `vendor/${'x'.repeat(65)}` }], '/0/key'],
    ['a kind of 33 letters', [{ ...ENDING, key: `${'x'.repeat(33)}/x` }], '/0/key'],
    ['a correction of nothing', [{ op: 'replace', fact: vendor('x') }], '/0/was'],
    ['a digest that is none', [{ op: 'replace', fact: vendor('x'), was: 'sha256:1' }], '/0/was'],
    ['an end without a source', [{ ...ENDING, ending: [] }], '/0/ending'],
    ['an end on a day that does not exist', [{ ...ENDING, on: '2026-02-30' }], '/0/on'],
    ['a key that climbs', [{ ...ENDING, key: '../vendor/x' }], '/0/key'],
    ['a list for a fact', [{ op: 'add', fact: [] }], '/0/fact'],
    ['a fraction', [{ op: 'add', fact: { ...vendor('x'), share: 0.5 } }], '/0'],
    ['half a character', [{ op: 'add', fact: vendor('x', { name: '\ud800' }) }], '/0'],
    ['a prototype', [{ op: 'add', fact: JSON.parse('{"kind":"vendor","__proto__":{}}') }], '/0'],
    ['a date object, as YAML readers make', [{ op: 'add', fact: { kind: 'vendor', on: new Date(0) } }], '/0'],
    ['a value that contains itself', [{ op: 'add', fact: cyclic() }], '/0'],
    ['a nest', [{ op: 'add', fact: { kind: 'vendor', nest: deep(200) } }], '/0'],
    ['a fact too large', [{ op: 'add', fact: { kind: 'vendor', name: 'x'.repeat(MAX_FACT_BYTES) } }], '/0'],
  ])('refuses %s', (_, value, path) => {
    const reading = readChanges(value);
    expect(reading.ok ? [] : reading.problems.map((p) => p.path)).toContain(path);
  });

  it('bounds what a list of shared parts expands to', () => {
    let bomb: unknown = 'lol';
    for (let i = 0; i < 20; i += 1) bomb = [bomb, bomb, bomb, bomb, bomb, bomb, bomb, bomb];
    expect(readChanges([{ op: 'add', fact: { kind: 'vendor', bomb } }]).ok).toBe(false);
  });

  it('takes 100,000 operations and not one more', () => {
    const operations = Array.from({ length: MAX_OPERATIONS }, (_, i) => add(vendor(`v${i}`)));
    expect(readChanges(operations).ok).toBe(true);
    expect(readChanges([...operations, add(vendor('one-more'))]).ok).toBe(false);
  });
});

const facts = () => withFacts(designation('d', 'maker-two'));

describe('applying', () => {
  it.each<[string, readonly Operation[], string, unknown]>(
    // biome-ignore format: one row a line
    [
    ['adds', [add(vendor('new'))], 'vendor/new', vendor('new')],
    ['replaces', [replace(facts(), vendor('holding', { name: 'Other' }))], 'vendor/holding', vendor('holding', { name: 'Other' })],
    [
      'ends a standard, whose sources have keys',
      [
        {
          ...end(facts(), 'standard/TEST-TRUST'),
          ending: ['Repealed', 'Lapsed'].map((citation) => ({ citation, verified: true })),
        } as Operation,
      ],
      'standard/TEST-TRUST',
      standard('TEST-TRUST', {
        valid: valid('2019-01-01', NOW_TEXT),
        sources: [
          { key: 'text', ...SOURCES[0] },
          { key: 'ending-1', citation: 'Repealed', verified: true },
          { key: 'ending-2', citation: 'Lapsed', verified: true },
        ],
      }),
    ],
    ['takes out what would end before it begins', [end(facts(), 'accreditation/one', '2018-12-31')], 'accreditation/one', undefined],
  ],
  )('%s', (_, changes, key, expected) => {
    const before = facts();
    const applied = applyChanges(before, changes);
    if (!applied.ok) throw new Error(JSON.stringify(applied));
    expect(applied.facts.get(key)).toEqual(expected);
    expect(applied.touched).toEqual([key]);
    expect(before).toEqual(facts());
    if (expected !== undefined) expect(factProblems(applied.facts.get(key))).toEqual([]);
  });

  it.each(Object.entries(SPECIMENS))(
    'ends a fact of kind %s, and keeps the source of its end, once',
    (kind, specimen) => {
      const letter = { citation: 'Letter', verified: true };
      const { ending: _none, ...rest } = specimen as RawFact & { readonly sources: readonly RawFact[] };
      const own = ['assessment', 'designation', 'hold'].includes(kind);
      const fact: RawFact = own ? { ...rest, valid: FOREVER } : rest;
      const facts = new Map([[keyOf(fact), fact]]);
      const again = own || kind === 'standard' ? [] : rest.sources;
      const ending = [...again, letter] as (typeof SOURCES)[number][];
      const applied = applyChanges(facts, [{ ...end(facts, keyOf(fact)), ending } as Operation]);
      if (!applied.ok) throw new Error(JSON.stringify(applied));
      const added = kind === 'standard' ? { ...letter, key: 'ending-1' } : letter;
      expect(applied.facts.get(keyOf(fact))).toEqual({
        ...fact,
        valid: { ...(fact['valid'] as RawFact), to: NOW_TEXT },
        ...(own ? { ending: [letter] } : { sources: [...rest.sources, added] }),
      });
      expect(factProblems(applied.facts.get(keyOf(fact)))).toEqual([]);
    },
  );

  it.each<[string, readonly Operation[], string]>(
    // biome-ignore format: one row a line
    [
    ['one fact twice', [add(vendor('new')), add(vendor('new'))], '/1 operation 0 is about the same fact'],
    ['one fact corrected and ended', [replace(facts(), vendor('holding', { name: 'B' })), end(facts(), 'vendor/holding')], '/1 operation 0 is about the same fact'],
    ['a fact without an id', [add({ kind: 'vendor' })], '/0/fact a fact has a known kind and an id'],
    ['a fact of a long id', [add({ kind: 'vendor', id: 'x'.repeat(65) })], '/0/fact a fact has a known kind and an id'],
    ['a fact of no known kind', [add({ kind: 'wish', id: 'x' })], '/0/fact a fact has a known kind and an id'],
    ['a correction that corrects nothing', [replace(facts(), vendor('holding'))], '/0 it replaces the fact by itself'],
    ['an end that prolongs', [end(facts(), 'accreditation/one', '2031-01-01')], '/0/on the fact ends earlier than that: ending never prolongs'],
    ['an end that is there already', [end(facts(), 'accreditation/one', '2030-12-31')], '/0/on the fact already ends then'],
  ],
  )('refuses %s', (_, changes, path) => {
    const applied = applyChanges(facts(), changes);
    expect(applied.ok ? [] : applied.problems.map((p) => `${p.path} ${p.message}`)).toEqual([path]);
  });

  it('an end on a day is the end of that day where the fact lives', () => {
    const zoned = withFacts(
      accreditation(
        'one',
        { network: 'net-one' },
        { valid: { from: '2020-01-01', to: '2026-06-01T03:59:59Z', zone: 'America/New_York' } },
      ),
    );
    // 31 May in New York ends at 04:00 UTC, a second too late to be an earlier end.
    expect(applyChanges(zoned, [end(zoned, 'accreditation/one', '2026-05-31')]).ok).toBe(false);
    expect(applyChanges(zoned, [end(zoned, 'accreditation/one', '2026-05-30')]).ok).toBe(true);
  });

  it('refuses to end what cannot be read', () => {
    const broken = withFacts({ ...accreditation('one', { network: 'net-one' }), audience: [] });
    const applied = applyChanges(broken, [end(broken, 'accreditation/one')]);
    expect(applied.ok ? [] : applied.problems.map((p) => p.path)).toEqual(['/0/on']);
  });

  it('tells every conflict with both digests, and does nothing', () => {
    const stale = factDigest(vendor('holding', { name: 'As it was' }));
    const changes: readonly Operation[] = [
      add(vendor('holding')),
      { op: 'replace', fact: vendor('holding', { name: 'B' }), was: stale },
      { op: 'replace', fact: vendor('ghost'), was: stale },
      { op: 'end', key: 'accreditation/one', on: NOW_TEXT, ending: SOURCES, was: stale },
    ].filter((_, i) => i !== 0) as readonly Operation[];
    const is = (key: string) => factDigest(base().get(key) ?? {});
    const applied = applyChanges(base(), changes);
    expect(applied.ok ? undefined : applied.conflicts).toEqual([
      { index: 0, key: 'vendor/holding', was: stale, is: is('vendor/holding') },
      { index: 1, key: 'vendor/ghost', was: stale, is: null },
      { index: 2, key: 'accreditation/one', was: stale, is: is('accreditation/one') },
    ]);
    const again = applyChanges(base(), [add(vendor('holding'))]);
    expect(again.ok ? undefined : again.conflicts).toEqual([
      { index: 0, key: 'vendor/holding', was: null, is: is('vendor/holding') },
    ]);
  });
});

it('what has as many sources as it may ends all the same, on the word of its end', () => {
  const sources = Array.from({ length: 512 }, (_, n) => ({ citation: `source ${n}`, verified: true }));
  const fact = accreditation('full', { network: 'net-one' }, { sources });
  const word = { citation: 'revoked', verified: true };
  const ended = endFact(fact, { on: NOW_TEXT, ending: [word] });
  if (!ended.ok || ended.fact === null) throw new Error('it does not end');
  expect(ended.fact['sources']).toEqual([...sources.slice(0, 511), word]);
  expect(readFact(ended.fact).sound).toBe(true);
});
