/** The bench as somebody runs it, and what is written of its figures; what it measures is no test's business. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type BenchLine, linesOf, readLines, runLine } from './lines.ts';
import { measuredOf, withMeasured } from './measured.ts';
import { pictureOf } from './picture.ts';
import { atLeastTimes, atMost, atMostTimes, type Figure, isReached, overFloor, underPeer } from './row.ts';
import { isRowName, ROW_NAMES, rowOf } from './rows.ts';
import { tableOf } from './table.ts';
import { median, percentile } from './timing.ts';

const PAGE = readFileSync('docs/performance.md', 'utf8');

describe('a row', () => {
  it.each(ROW_NAMES.map((name) => [name]))(
    '%s is called as it is asked for, and the page tells how it is done',
    async (name) => {
      expect((await rowOf(name)).name).toBe(name);
      expect(PAGE).toContain(`\`${name}\``);
    },
  );
});

describe('the command', () => {
  const bench = (...words: readonly string[]) =>
    spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...words], { encoding: 'utf8' });

  it.each<[words: readonly string[], exit: number]>([
    [['--help'], 0],
    [['--only', 'nothing'], 2],
    [['--fast'], 2],
    [['bundle'], 2],
    // It is heavier than it should be for as long as the page says so.
    [['--only', 'bundle', '--quick'], 0],
  ])('%j ends with %i', (words, exit) => {
    const { status, stdout, stderr } = bench(...words);
    expect([status, stderr]).toEqual([exit, expect.any(String)]);
    expect(stdout === '').toBe(exit === 2);
  });

  it('writes lines, and nothing else, to standard output', () => {
    const { stdout } = bench('--only', 'bundle', '--quick', '--json');
    expect(
      readLines(stdout)
        .slice(0, 3)
        .map(({ kind }) => kind),
    ).toEqual(['run', 'row', 'figure']);
  });
});

const of = (value: number, ratio?: number): Pick<Figure, 'what' | 'unit' | 'value' | 'ratio'> => ({
  ...{ what: 'a', unit: 'µs', value },
  ...(ratio !== undefined && { ratio }),
});

describe('what a figure should be', () => {
  it.each<[figure: Figure, reached: boolean | undefined]>([
    [of(5), undefined],
    [{ ...of(5), toReach: atMost(5) }, true],
    [{ ...of(5.01), toReach: atMost(5) }, false],
    [{ ...of(5, 1.1), toReach: atMostTimes(1.1) }, true],
    [{ ...of(5, 1.11), toReach: atMostTimes(1.1) }, false],
    [{ ...of(5, 10), toReach: atLeastTimes(10) }, true],
    [{ ...of(5, 9.9), toReach: atLeastTimes(10) }, false],
    // What could not be measured is not reached.
    [{ ...of(Number.NaN), toReach: atMost(5) }, false],
    [{ ...of(1), toReach: atMostTimes(5) }, false],
    [{ ...underPeer('a', 'µs', 5, ['peer', 50]), toReach: atLeastTimes(10) }, true],
    [{ ...overFloor('a', 'ms', 1.2, ['floor', 1]), toReach: atMostTimes(1.1) }, false],
  ])('%j is reached: %s', (figure, reached) => {
    expect(isReached(figure)).toBe(reached);
  });
});

it.each<[samples: readonly number[], p50: number, p99: number]>([
  [[3, 1, 2], 2, 3],
  [[1, 2, 3, 4], 2, 4],
  [Array.from({ length: 100 }, (_, n) => 100 - n), 50, 99],
  [[], Number.NaN, Number.NaN],
])('of %j half are not above %d, and of a hundred one is above %d', (samples, p50, p99) => {
  expect([median(samples), percentile(samples, 99)]).toEqual([p50, p99]);
});

const ROW = { name: 'one', question: 'q', against: 'a', toReach: '≤ 1 ×' };
const LINES: readonly BenchLine[] = [
  runLine({ quick: false, scale: false }),
  ...linesOf(
    ROW,
    [
      { ...overFloor('slow & <late>', 'ms', 1234.5678, ['floor', 100]), toReach: atMostTimes(1.1) },
      { ...underPeer('fast', 'µs', 2, ['peer', 50]), toReach: atLeastTimes(10) },
      { what: 'shown', unit: 'count', value: 3 },
    ],
    1.4,
  ),
];

it('a table has every figure, and says what is reached', () => {
  expect(
    tableOf(LINES)
      .split('\n')
      .map((line) => line.replaceAll(/ +/g, ' ')),
  ).toEqual([
    '| question | measured | against | ratio | to reach | reached |',
    expect.stringMatching(/^\|[ -|]+\|$/),
    '| **one** | | | | | |',
    '| slow & <late> | 1,235 ms | floor 100 ms | 12.4 × | ≤ 1.10 × | no |',
    '| fast | 2 µs | peer 50 µs | 25 × | ≥ 10 × | yes |',
    '| shown | 3 | | | | |',
  ]);
});

it('a picture has what is to be reached, and is well-formed', () => {
  const picture = pictureOf(LINES);
  expect(picture.match(/class="(?:missed|reached)"/g)).toEqual(['class="missed"', 'class="reached"']);
  expect(picture).toContain('one: slow &amp; &lt;late&gt;');
  expect(picture).not.toContain('NaN');
  expect(picture).not.toContain('shown');
});

it('lines of another schema are not read', () => {
  expect(() => readLines('{"kind":"run","schema":2}\n')).toThrow('no lines of this bench');
  expect(() => readLines('')).toThrow('no lines of this bench');
});

it('docs/performance.md shows what docs/performance.jsonl says was measured, and nothing that was written by hand', () => {
  const lines = readLines(readFileSync('docs/performance.jsonl', 'utf8'));
  expect(withMeasured(PAGE, measuredOf(lines))).toBe(PAGE);
  expect(readFileSync('docs/performance.svg', 'utf8')).toBe(pictureOf(lines));
  const rows = lines.flatMap((line) => (line.kind === 'row' ? [line.name] : []));
  expect(rows.filter((name) => !isRowName(name))).toEqual([]);
});
