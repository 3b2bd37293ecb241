/** What many operations have in common is one line on the first screen, whoever is hidden among them. */
import { expect, it } from 'vitest';
import { contradictionsInWords } from '../../cli/registry/contradiction-lines.ts';
import { flipsInShort, inShort } from '../../cli/registry/in-short.ts';
import type { Operation } from '../../functions/core/administration/change.ts';
import { contradictionsOf } from '../../functions/core/administration/contradictions.ts';
import { type FlipGroup, flipGroups } from '../../functions/core/administration/flip-groups.ts';
import type { Flip } from '../../functions/core/administration/simulation.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { namesIn } from '../../functions/core/facts/words/names.ts';
import * as small from '../core/administration/small-registry.ts';

const FACTS = small.base();
const honest = (count: number, of = (n: number) => `maker-${n}-more`) =>
  Array.from({ length: count }, (_, n) => small.add(small.assessment(`a-${n}`, { vendor: of(n) })));

function shown(reason: string, changes: readonly Operation[], facts = FACTS) {
  const names = namesIn(facts.values());
  const earlier = () => [...facts.values()];
  const contradictions = contradictionsOf({ reason, changes, facts, names, earlier });
  return { changes, facts, names, contradictions };
}

/** Under a reason about two makers, thirty are honest, and one renews nothing. */
const MANY = small.withFacts(
  small.vendor('nokia'),
  ...honest(30).flatMap((each) => (each.op === 'end' ? [] : [each.fact])),
);

it.each<[string, ReturnType<typeof shown>, readonly RegExp[]]>([
  [
    'one lie among thirty careless words',
    shown('Renew Nokia', [...honest(30), small.add(small.assessment('z', { vendor: 'hytera' }))], MANY),
    [
      /^! the reason speaks of vendor nokia, and nothing in the change is about that$/,
      /^! operation 30: the reason speaks of renewing, and nothing .*, vendor hytera, /,
      /^! 31 operations are about vendors that the reason does not speak of: vendor hytera; vendor maker-0-more; .*; and 19 more$/,
    ],
  ],
  [
    'alike of one vendor',
    shown(
      'For nokia',
      honest(30, () => 'maker-one'),
      MANY,
    ),
    [
      /^! the reason/,
      /^! 30 operations are about vendors that the reason does not speak of: vendor maker-one$/,
    ],
  ],
  [
    'what is said of the reason itself',
    shown('For FRA and DEU', honest(1)),
    [/^! the reason speaks of nations that nothing in the change names: FRA; DEU$/],
  ],
])('%s', (_what, change, says) => {
  const lines = contradictionsInWords(change);
  expect(lines).toHaveLength(says.length);
  for (const [n, each] of says.entries()) expect(lines[n]).toMatch(each);
});

it('what a gain rests on is named first of its kind', () => {
  const change = shown('Renew Nokia', honest(30), MANY);
  const [, line] = contradictionsInWords(change, new Set(['assessment/a-20']));
  expect(line).toMatch(/does not speak of: vendor maker-20-more; vendor maker-0-more; /);
});

it('what is moved stands before every careless word, and is not cut', () => {
  const moved = corrected('assessment/maker-one', { subject: { vendor: 'holding' } });
  const levels = ['CONFIDENTIAL', 'SECRET', 'TOP SECRET'].map((level) => accredited('one', level));
  const also = corrected('assessment/maker-two', { subject: { vendor: 'holding' } });
  const lines = contradictionsInWords(shown('Typos for FRA', [...levels, moved, also]));
  expect(lines[0]).toMatch(
    /^! 2 operations move a fact from one to another: from vendor maker-one to vendor holding; /,
  );
  // However many ways a careless word is a lie in, it is one line.
  expect(lines.filter((line) => line.includes('sounds as if'))).toHaveLength(1);
});

it('kinds that are too many are counted', () => {
  const contradictions = Array.from({ length: 24 }, (_, n) => ({
    ...{ operation: 0, sentence: 'it lies', all: `kind ${Math.floor(n / 2)}`, one: 'it' },
  }));
  const change = { ...shown('', honest(1)), contradictions };
  expect(contradictionsInWords(change)).toHaveLength(11);
  expect(contradictionsInWords(change).at(-1)).toBe(
    '! … and 4 more of 2 other kinds, each under its operation',
  );
});

const flip = (number: number, restsOn: readonly string[], more: Partial<Flip> = {}): Flip => ({
  ...{ number, direction: 'to-permit', subject: { network: `n-${number}` }, from: null, until: null },
  ...{ cases: [{ marking: 'US SECRET' }], before: 'deny', after: 'permit', restsOn, obliges: [] },
  ...{ why: [{ code: 'NOT_ACCREDITED' }], ...more },
});
const accredited = (id: string, level: string) => {
  const carries = [{ frame: 'US', level, compartments: [], controls: [] }];
  return small.replace(FACTS, small.accreditation(id, { network: `net-${id}` }, { carries }));
};
const corrected = (key: string, over: object) =>
  small.replace(FACTS, { ...FACTS.get(key), ...over } as RawFact);
const short = (groups: readonly FlipGroup[], changes: readonly Operation[]) =>
  flipsInShort(groups, shown('', changes)).filter((line) => /^ {6}/.test(line));

it('every way that a gain rests on: what is corrected before what is new, the rarest and the highest first', () => {
  const changes = [
    ...honest(5),
    accredited('one', 'TOP SECRET'),
    accredited('two', 'TOP SECRET'),
    corrected('network/net-one', { jurisdiction: 'CHN' }),
    corrected('network/net-two', { name: 'Two' }),
    small.end(FACTS, 'assessment/maker-one', '2026-01-01'),
  ];
  const flips = [
    ...Array.from({ length: 5 }, (_, n) => flip(n + 1, [`assessment/a-${n}`])),
    flip(6, ['accreditation/one'], { cases: [{ marking: 'US TOP SECRET' }] }),
    flip(7, ['accreditation/two', 'network/net-one']),
    flip(8, ['assessment/maker-one'], { ends: { was: null, becomes: null } }),
    flip(9, ['network/net-two'], { direction: 'to-deny' }),
  ];
  const groups = flipGroups(flips);
  expect(short(groups, changes)).toEqual([
    '      network/net-one (operation 7): changes jurisdiction from USA to CHN, on which what is refused rests; 1 answer, up to US SECRET',
    '      accreditation/one (operation 5), accreditation/two (operation 6), about network net-one, network net-two: raises carries/US/level from SECRET to TOP SECRET; 2 answers, up to US TOP SECRET',
    '      assessment/a-0 (operation 0), assessment/a-1 (operation 1), assessment/a-2 (operation 2) and 2 more, about vendor maker-0-more, vendor maker-1-more, vendor maker-2-more, vendor maker-3-more, vendor maker-4-more: is new; 5 answers, up to US SECRET',
    '      assessment/maker-one (operation 9), about vendor maker-one: ends; 1 answer, up to US SECRET',
  ]);
  expect(inShort(groups, shown('', changes), new Set())).toMatchObject({
    contradictions: [{ sentence: 'operation 8: is called Two from now on, was net-two', operations: [8] }],
    flips: [
      {
        ...{ effect: 'gained', answers: 7, upTo: ['US TOP SECRET'] },
        restsOn: [{ operations: [7] }, { operations: [5, 6], answers: 2 }, { operations: [0, 1, 2, 3, 4] }],
      },
      { effect: 'lost', answers: 1, restsOn: [] },
      { effect: 'later', restsOn: [{ does: 'ends', operations: [9], answers: 1, upTo: ['US SECRET'] }] },
    ],
    loosens: [
      { does: expect.stringMatching(/^changes jurisdiction/), operations: [7] },
      { does: 'raises carries/US/level from SECRET to TOP SECRET', operations: [5, 6] },
      {
        does: 'records an assessment that permits, from 2020-01-01 until 2028-12-31',
        operations: [0, 1, 2, 3, 4],
      },
    ],
  });
});

it('what differs from one to another is one way all the same', () => {
  const changes = ['one', 'two'].map((id) => corrected(`network/net-${id}`, { operator: `another-${id}` }));
  const groups = flipGroups([flip(1, ['network/net-one']), flip(2, ['network/net-two'])]);
  expect(short(groups, changes)).toEqual([
    '      network/net-one (operation 0), network/net-two (operation 1): changes operator, on which what is refused rests; 2 answers, up to US SECRET',
  ]);
});

it('ways that are too many are counted', () => {
  const facts = new Map(
    Array.from({ length: 24 }, (_, n) => [`network/n-${n}`, small.network(`n-${n}`)] as const),
  );
  const changes = [...facts.values()].map((fact, n) =>
    small.replace(facts, { ...fact, [`member-${n}`]: 'a' }),
  );
  const flips = changes.map((_, n) => flip(n + 1, [`network/n-${n}`]));
  const lines = flipsInShort(flipGroups(flips), shown('', changes, facts));
  expect(lines.at(-1)).toBe('      … and 4 operations in 4 other ways: see below');
});

it('a cause is said once, however many rules give it', () => {
  const why = ['a', 'b', 'c'].map((rule) => ({ code: 'SHARE_OVER_CAP' as const, rule }));
  const lines = flipsInShort(flipGroups([flip(1, [], { why })]), shown('', []));
  expect(lines.join('\n')).toMatch(/1 answer, SHARE_OVER_CAP$/);
});
