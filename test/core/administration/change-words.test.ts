/** What an operation changes is said with its sense: what rises, what grows, what ends later. */
import { expect, it } from 'vitest';
import type { Operation } from '../../../functions/core/administration/change.ts';
import { operationInWords } from '../../../functions/core/administration/operation-words.ts';
import { factDigest } from '../../../functions/core/facts/canonical.ts';
import { namesIn } from '../../../functions/core/facts/words/names.ts';
import * as make from '../decision/facts.ts';

const { stored, FOREVER, YEARS } = make;
const names = namesIn([stored(make.network({ id: 'net-a', name: 'Network A' }, []))]);
const until = (to: string | null) => ({ valid: { ...YEARS, to } });
const cap = (max: number) => ({
  rules: [
    { rule: 'share-cap', id: 'cap', cites: ['text'], adopt: [], where: {}, bases: ['sites'], max, by: null },
  ],
});
const standard = stored(make.standard({ id: 'A', rules: [] }));
const network = (vendor: string) => stored(make.network({ id: 'net-a' }, [make.deployment('AMF', vendor)]));

// biome-ignore format: one row a line
const ROWS: readonly (readonly [name: string, before: object, after: object, sentences: readonly string[]])[] = [
  ['an end that moves away', make.accreditation({ id: 'x' }), make.accreditation({ id: 'x', ...until('2031-12-31') }), ['it ends 2031-12-31, was to end 2030-12-31 (later)']],
  ['one that comes nearer', make.accreditation({ id: 'x' }), make.accreditation({ id: 'x', ...until('2030-12-30') }), ['it ends 2030-12-30, was to end 2030-12-31 (sooner)']],
  ['one that is no more', make.vendor({ id: 'x', valid: YEARS }), make.vendor({ id: 'x' }), ['it has no known end, was to end 2030-12-31 (later)']],
  ['one that comes', make.vendor({ id: 'x' }), make.vendor({ id: 'x', valid: YEARS }), ['it ends 2030-12-31, had no known end (sooner)']],
  ['a beginning', make.vendor({ id: 'x' }), make.vendor({ id: 'x', valid: { ...FOREVER, from: '2018-01-01' } }), ['it begins 2018-01-01, was to begin 2019-01-01']],
  ['a threshold that falls', stored(standard, cap(3500)), stored(standard, cap(2000)), ['the threshold of rules, cap falls from 35% to 20%']],
  ['and one that rises', stored(standard, cap(3500)), stored(standard, cap(3550)), ['the threshold of rules, cap rises from 35% to 35.5%']],
  ['an audience that grows', make.accreditation({ id: 'x', audience: ['USA'] }), make.accreditation({ id: 'x', audience: ['USA', 'FRA'] }), ['the audience grows by FRA']],
  ['and one that shrinks', make.accreditation({ id: 'x', audience: ['USA', 'FRA'] }), make.accreditation({ id: 'x', audience: ['USA'] }), ['the audience loses FRA']],
  ['a level', make.accreditation({ id: 'x', carries: [{ frame: 'US', level: 'SECRET', compartments: [], controls: [] }] }), make.accreditation({ id: 'x', carries: [{ frame: 'US', level: 'TOP SECRET', compartments: ['SI'], controls: [] }] }), ['the list of compartments of carries, US grows by SI', 'the level of carries, US becomes “TOP SECRET”, and was SECRET']],
  ['an outcome', make.assessment({ id: 'x' }), make.assessment({ id: 'x', outcome: 'conditional', conditions: ['a'] }), ['conditions is a, and was not said', 'the outcome becomes conditional, and was trusted']],
  ['a standard that need not permit any more', make.mandate({ id: 'x', standards: ['A', 'B'] }), make.mandate({ id: 'x', standards: ['A'] }), ['the list of standards that must permit loses B']],
  ['a deployment of one vendor', network('maker-a'), stored(network('maker-a'), { inventory: { complete: false, asOf: '2024-06-01', deployments: [make.deployment('AMF', 'maker-a', { generation: '4G' })] as never } }), ['complete of inventory becomes false, and was true', 'generation of inventory, deployments, AMF core maker-a becomes 4G, and was 5G']],
  ['an order', make.route({ id: 'x', hops: ['a', 'b'] }), make.route({ id: 'x', hops: ['b', 'a'] }), ['hops, their order becomes b, a, and was a, b']],
];
it.each(ROWS)('%s', (_name, before, after, sentences) => {
  const [current, fact] = [stored(before), stored(after)];
  const operation: Operation = { op: 'replace', fact, was: factDigest(current) };
  const { headline, details } = operationInWords(operation, current, names);
  expect(headline).toMatch(/ is changed$/);
  expect(details.slice(0, -1)).toEqual(sentences);
  expect(details.at(-1)).toMatch(/^it then says: /);
});

it('what ends says until when it was to hold, on whose word it ends, and what it said', () => {
  const current = stored(make.accreditation({ id: 'x' }));
  const ending = [{ citation: 'A letter', verified: false }];
  const end: Operation = {
    op: 'end',
    key: 'accreditation/x',
    on: '2024-01-01',
    ending,
    was: factDigest(current),
  };
  const { headline, details } = operationInWords(end, current, names);
  expect(headline).toBe(
    'the accreditation of Network A (network net-a) by authority us-office ends on 2024-01-01, and was to hold until 2030-12-31',
  );
  expect(details.slice(0, 2)).toEqual([
    'on the word of: A letter (not verified)',
    expect.stringMatching(/^it said: Network A \(network net-a\) may carry US up to SECRET/),
  ]);
  expect(operationInWords(end, undefined, names).headline).toBe('accreditation/x ends on 2024-01-01');
});
