/** One table of exit codes: the page and the help show the one that the commands end with. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EXIT, EXIT_CODES } from '../../cli/exit.ts';
import { routeguard } from './command.ts';

it('names every code once, and the codes themselves are what scripts rely on', () => {
  expect(EXIT).toEqual({ failed: 1, usage: 2, refused: 3, unavailable: 4, untold: 5 });
  expect(EXIT_CODES.map(([code]) => code)).toEqual([0, ...Object.values(EXIT)]);
});

it('stands in docs/cli.md', () => {
  const rows = [...readFileSync('docs/cli.md', 'utf8').matchAll(/^\| (\d) \| (.+) \|$/gm)];
  expect(rows.map(([, code, what]) => [Number(code), what])).toEqual(EXIT_CODES);
});

it.each([['help', 'exit-codes'], ['exit-codes']])('is printed by %s %s', async (...args) => {
  const { code, out } = await routeguard(...args);
  const [, ...joined] = out.split(/^(?=\d )/m).map((line) => line.replace(/\s+/g, ' ').trim());
  const all = EXIT_CODES.map(([each, what]) => `${each} ${what}`);
  expect([code, ...joined]).toEqual([0, ...all.slice(out.startsWith('0') ? 1 : 0)]);
});

it.each([[], ['--help'], ['help']])('the topic is told by %j', async (...args) => {
  const { out, err } = await routeguard(...args.flat());
  expect(`${out}${err}`).toContain('routeguard help exit-codes');
});
