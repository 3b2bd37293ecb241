/** Every code that anybody is refused with stands on the page, with what it means and what to do; and no other. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { OWN_REFUSALS } from '../../cli/registry/own-refusals.ts';
import { refusalInWords } from '../../cli/registry/words.ts';
import { REFUSALS } from '../../functions/registry/refusal-table.ts';

const errors = /## Errors\n([\s\S]*?)\n## /.exec(readFileSync('docs/registry.md', 'utf8'))?.[1] ?? '';

it('the page has the tables', () => {
  const rows = [
    ...Object.entries(REFUSALS).map(
      ([code, { status, means, todo }]) => `| \`${code}\` | ${status} | ${means} | ${todo} |`,
    ),
    ...Object.entries(OWN_REFUSALS).map(([code, { means, todo }]) => `| \`${code}\` | ${means} | ${todo} |`),
  ];
  expect(errors.split('\n').filter((line) => line.startsWith('| `'))).toEqual(rows);
});

it('a person is told what to do, every flaw by its fact, and no JSON', () => {
  const words = refusalInWords({
    code: 'CONFLICT',
    message: 'No.',
    problems: [{ path: '/changes/0', message: 'odd', key: 'vendor/x' }],
    details: { version: 3, conflict: { author: 'a b' } },
  });
  expect(words).toEqual([
    'CONFLICT: No.',
    '  vendor/x: /changes/0: odd',
    '  version: 3',
    '  conflict: (author “a b”)',
    `  what to do: ${REFUSALS.CONFLICT.todo}`,
  ]);
  expect(refusalInWords({ code: 'REVIEW_CHANGED', message: 'No.' })[1]).toContain('what to do: ');
  expect(refusalInWords({ code: 'toString', message: 'No.' })).toEqual(['toString: No.']);
});
