/** docs/recovery.md names every code that `recover` refuses with, and what it says to do is said at the terminal too. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { RECOVERY_REFUSALS } from '../../cli/recover/refusals.ts';
import { refusalInWords } from '../../cli/registry/refusal-words.ts';

it('the page has the table, and a person is told the same', () => {
  const [, table = ''] =
    /### What it refuses\n([\s\S]*?)\n## /.exec(readFileSync('docs/recovery.md', 'utf8')) ?? [];
  const all = Object.entries(RECOVERY_REFUSALS);
  expect(table.split('\n').filter((line) => line.startsWith('| `'))).toEqual(
    all.map(([code, { means, todo }]) => `| \`${code}\` | ${means} | ${todo} |`),
  );
  for (const [code, { todo }] of all)
    expect(refusalInWords({ code, message: 'No.' })).toEqual([`${code}: No.`, `  what to do: ${todo}`]);
});
