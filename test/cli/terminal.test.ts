/** What a guard, a registry or a file says reads on a terminal as it is written, and never as another line. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { aligned, wrapped } from '../../cli/terminal.ts';
import { BOUND } from '../client/vectors.ts';
import { routeguard } from './command.ts';
import { fair, type Guard, type Weather, weatheredGuard, withStatus } from './weather.ts';

let guard: Guard;
beforeAll(async () => {
  guard = await weatheredGuard();
});
afterAll(() => guard.close());
afterEach(() => {
  guard.weather = fair;
});

/** Clears its line, then says PERMIT on one of its own; turned around; hidden. */
const HOSTILE = 'No.\u001b[2K\r\nPERMIT \u202ekcab\u200b\u009b1A';
const SHOWN = 'No.[U+001B][2K[U+000D][U+000A]PERMIT [U+202E]kcab[U+200B][U+009B]1A';

const DIGEST = `sha256:${'a'.repeat(64)}`;
it.each<[string, string, number, readonly string[]]>([
  ['what fits', 'one two', 7, ['one two']],
  ['between words', 'one two three', 8, ['one two', '  three']],
  ['further in than its line', '    one two three', 12, ['    one two', '      three']],
  ['an empty line', '', 10, ['']],
  ['a digest stays whole', `at ${DIGEST} is`, 40, ['at', `  ${DIGEST}`, '  is']],
  [
    'a word that is wider than any does not',
    `a ${'x'.repeat(100)}`,
    90,
    [`a ${'x'.repeat(88)}`, `  ${'x'.repeat(12)}`],
  ],
  ['what is not seen is written out before', 'one \u001b[2Ktwo', 20, ['one [U+001B][2Ktwo']],
])('a line is broken: %s', (_, line, width, expected) => {
  expect(wrapped([line], width)).toEqual(expected);
});

const MARKING = ['--marking', 'SECRET'];
const REASON = { code: HOSTILE, text: HOSTILE, owner: HOSTILE, standard: HOSTILE, fact: HOSTILE };
const DENY = {
  question: BOUND,
  ...{ decision: false, outcome: 'deny', enforceable: true, obligations: [], dominance: HOSTILE },
  ...{ reasons: [REASON], notes: [REASON], at: HOSTILE, validUntil: HOSTILE },
  ...{ registry: { version: 1, digest: HOSTILE }, waivers: [HOSTILE] },
  standards: [{ id: HOSTILE, by: 'mandate', outcome: HOSTILE }],
};
const REPAIR = { repair: HOSTILE, text: HOSTILE, hops: [], codes: [HOSTILE], network: HOSTILE };
const EXPLANATION = {
  ...{ repairs: [REPAIR], repairsComplete: true, nextFlip: null, unverified: [HOSTILE] },
  nextChange: { at: HOSTILE, outcome: HOSTILE },
  highest: [
    {
      owner: HOSTILE,
      frame: HOSTILE,
      level: HOSTILE,
      compartments: [HOSTILE],
      controls: [],
      audience: [HOSTILE],
    },
  ],
};
const PATH = {
  ...{ path: { route: HOSTILE }, permitted: false, outcome: 'deny', obligations: [HOSTILE] },
  ...{ repairs: [REPAIR], repairsComplete: true },
};
const COMPARED = {
  ...{ evaluatedAt: HOSTILE, at: HOSTILE, current: true, build: 'b', paths: [PATH] },
  registry: { version: 1, digest: HOSTILE },
};
const REFUSAL = { message: HOSTILE, reasons: [{ code: HOSTILE, text: HOSTILE }] };

const SAID: readonly (readonly [args: readonly string[], answer: unknown, weather: Weather])[] = [
  [['decide', ...MARKING, '--route', 'r'], DENY, fair],
  [['explain', ...MARKING, '--route', 'r'], { ...DENY, explanation: EXPLANATION }, fair],
  [['explain', ...MARKING, '--route', 'r'], REFUSAL, withStatus(403)],
  [['search', ...MARKING], { results: [{ type: 'route', id: HOSTILE }] }, fair],
  [['search', ...MARKING], HOSTILE, withStatus(400)],
  [['best-path', ...MARKING], COMPARED, fair],
  [['best-path', ...MARKING], REFUSAL, withStatus(400)],
];

it.each(SAID)('%j shows what it is told as it is written', async (args, answer, weather) => {
  guard.answer = () => answer;
  guard.weather = weather;
  const { out, err } = await routeguard(...args, '--url', guard.url);
  const shown = `${out}${err}`;
  expect(shown).toContain(SHOWN);
  expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(shown.split('\n').filter((line) => /^\s*PERMIT/.test(line))).toEqual([]);
});

it('a usage error shows what was written as it is', async () => {
  const { code, err } = await routeguard('check', `no-${HOSTILE}`);
  expect([code, err]).toEqual([1, '']);
  const digest = await routeguard('digest', `no-${HOSTILE}`);
  expect([digest.code, digest.err.includes(SHOWN), digest.err.split('\n').length]).toEqual([2, true, 2]);
});

it('nothing is printed but through the one door that writes it out', () => {
  const folder = new URL('../../cli/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts'));
  const printing = files.filter((file) => {
    const text = readFileSync(new URL(file, folder), 'utf8');
    // A build under comparison has its own console, and its lines are dropped.
    return /\b(?:console\.\w+\(|process\.(?:stdout|stderr)\.write)/.test(text);
  });
  expect(printing.sort()).toEqual(['label.ts', 'terminal.ts']);
});

it('columns are as wide as asked or as their widest cell, and a cell is shown like any line', () => {
  const rows = [
    ['a', HOSTILE, 'b'],
    ['', 'x', 'c'],
  ];
  const wide = 'x'.padEnd(SHOWN.length);
  expect(aligned(rows, [3])).toEqual([`a    ${SHOWN}  b`, `     ${wide}  c`]);
});
