/** Every line of the threats' page names a test that is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../infra/project-paths.ts';

const PAGE = readFileSync(join(projectRoot, 'docs/threats.md'), 'utf8');
/** A threat's row: `| letter | tried | against it | shown by |`. */
const ROWS = PAGE.split('\n').filter((line) => /^\| [STRIDE] \|/.test(line));

it.each(ROWS)('%s', (row) => {
  const [, letter, tried, against, shown = ''] = row
    .split(' | ')
    .map((cell) => cell.replaceAll('|', '').trim())
    .toSpliced(0, 0, '');
  const [, file = '', words = ''] = /^`([^`]+)` > ?(.*)$/.exec(shown) ?? [];
  expect([letter, tried, against].every((cell) => cell !== undefined && cell !== '')).toBe(true);
  expect([file, existsSync(join(projectRoot, file))]).toEqual([file, true]);
  expect(readFileSync(join(projectRoot, file), 'utf8')).toContain(words);
});

it('every boundary of the drawing has its table, with most letters', () => {
  const sections = PAGE.split(/^### /m).slice(1);
  expect(sections.map((s) => s[0])).toEqual(['1', '2', '3', '4', '5']);
  expect(ROWS.length).toBeGreaterThan(30);
  expect(new Set(ROWS.map((row) => row[2]))).toEqual(new Set('STRIDE'));
});
