/** Among hundreds of harmless operations, what decides stands on the first screen, whether or not an answer flips today. */
import { expect, it } from 'vitest';
import { looseningInShort } from '../../cli/registry/in-short.ts';
import { operationsInWords } from '../../cli/registry/operation-words.ts';
import type { Operation } from '../../functions/core/administration/change.ts';
import { factDigest } from '../../functions/core/facts/canonical.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import * as small from '../core/administration/small-registry.ts';

const FACTS = small.base();
const HARMLESS = Array.from({ length: 250 }, (_, n) => small.add(small.vendor(`maker-${n}-more`)));
const US = FACTS.get('authority/us-office') as RawFact;
const ACCREDITED = FACTS.get('accreditation/one') as RawFact;
const carrying = (level: string) => ({ carries: [{ frame: 'US', level, compartments: [], controls: [] }] });

function replaced(fact: RawFact, over: object): Operation {
  return { op: 'replace', fact: { ...fact, ...over } as RawFact, was: factDigest(fact) };
}

/** Keys of the operations in the order in which they are told. */
function order(operations: readonly Operation[], contradicted: readonly number[] = []): readonly string[] {
  const contradictions = contradicted.map((operation) => ({
    ...{ operation, sentence: 'it lies', all: 'lie', one: 'it' },
  }));
  const facts = new Map(FACTS);
  const lines = operationsInWords({ changes: operations, facts, names: new Map(), contradictions });
  return lines.flatMap((line) => /^ {10}(?:add|replace|end) (\S+)$/.exec(line)?.[1] ?? []);
}

const HOLD = small.add(small.hold('stop', { network: 'net-one' }));
const HIGHER = replaced(ACCREDITED, carrying('TOP SECRET'));
const SPEAKERS = replaced(US, { approvers: [...(US['approvers'] as string[]), 'mallory'] });
const MANDATE = replaced(FACTS.get('mandate/usa') as RawFact, { accreditors: ['us-office'] });

const MORE_ACCREDITED = Array.from({ length: 250 }, (_, n) =>
  small.add(small.accreditation(`more-${n}`, { network: 'net-one' })),
);
const RENAMED = replaced(FACTS.get('network/net-one') as RawFact, { name: 'Another name' });
const MOVED = replaced(FACTS.get('network/net-two') as RawFact, { jurisdiction: 'CHN' });

it.each<[string, readonly Operation[], readonly number[], readonly string[]]>([
  ['what is done once among what is done often', [...MORE_ACCREDITED, HIGHER], [], ['accreditation/one']],
  [
    'what is done once among as much that contradicts itself',
    [...MORE_ACCREDITED, HIGHER],
    MORE_ACCREDITED.map((_, n) => n),
    ['accreditation/one'],
  ],
  ['what rests on it among what nothing rests on', [RENAMED, ...HARMLESS, MOVED], [], ['network/net-two']],
  ['a level that is raised', [...HARMLESS, HIGHER], [], ['accreditation/one']],
  ['somebody more who may speak', [...HARMLESS, SPEAKERS], [], ['authority/us-office']],
  ['by what everything is judged', [...HARMLESS, MANDATE], [], ['mandate/usa']],
  ['what contradicts itself', HARMLESS, [200], ['vendor/maker-200-more']],
  ['what contradicts itself before what is rarer', [RENAMED, ...HARMLESS], [201], ['vendor/maker-200-more']],
  [
    'all of them, and last what only restricts',
    [HOLD, ...HARMLESS, MANDATE, HIGHER, SPEAKERS],
    [200],
    ['authority/us-office', 'mandate/usa', 'accreditation/one', 'vendor/maker-199-more'],
  ],
])('%s', (_what, operations, contradicted, expected) => {
  const told = order(operations, contradicted);
  expect(told).toHaveLength(operations.length);
  expect(told.slice(0, expected.length)).toEqual(expected);
  if (operations.includes(HOLD)) expect(told.at(-1)).toBe('hold/stop');
});

it('what lets more pass is told in short, each way once and the rarest first', () => {
  const operations = [HOLD, RENAMED, ...MORE_ACCREDITED, MOVED, HIGHER];
  expect(
    looseningInShort({ changes: operations, facts: FACTS, names: new Map(), contradictions: [] }),
  ).toEqual([
    '   252  network/net-two changes jurisdiction from USA to CHN, on which what is refused rests',
    '   253  accreditation/one raises carries/US/level from SECRET to TOP SECRET, about network net-one',
    '  250 operations, the first of them 2 (accreditation/more-0): records an accreditation that permits, from 2019-01-01 until 2030-12-31, about network net-one',
  ]);
});

it('and ways that are too many are counted', () => {
  const levels = Array.from({ length: 32 }, (_, n) => replaced(ACCREDITED, { [`member-${n}`]: 'a' }));
  const lines = looseningInShort({ changes: levels, facts: FACTS, names: new Map(), contradictions: [] });
  expect(lines).toHaveLength(21);
  expect(lines.at(-1)).toBe('  … and 12 operations in 12 other ways, each under What it does');
});

it('among as many of one way everybody is named whom they are about, until they are too many', () => {
  const of = (count: number) =>
    Array.from({ length: count }, (_, n) => small.add(small.assessment(`a-${n}`, { vendor: `maker-${n}` })));
  const told = (operations: readonly Operation[]) =>
    looseningInShort({ changes: operations, facts: FACTS, names: new Map(), contradictions: [] }).join('');
  expect(told([...of(20), small.add(small.assessment('yearly', { vendor: 'hytera' }))])).toMatch(
    /, vendor hytera$/,
  );
  expect(told(of(50))).toMatch(/, vendor maker-39 and 10 more$/);
  const later = small.assessment(
    'yearly',
    { vendor: 'hytera' },
    { valid: small.valid('2021-01-01', '2028-12-31') },
  );
  expect(told([...of(30), small.add(later)])).toMatch(
    /^ {4}30 {2}assessment\/yearly records .* about vendor hytera/,
  );
});

it('how an operation lets more pass stands beneath it', () => {
  const change = { changes: [HIGHER, HOLD], facts: FACTS, names: new Map(), contradictions: [] };
  const effects = operationsInWords(change).flatMap(
    (line) => /\(((?:could|only) .*)\)$/.exec(line)?.[1] ?? [],
  );
  expect(effects).toEqual([
    'could permit: raises carries/US/level from SECRET to TOP SECRET',
    'only restricts',
  ]);
});
