/** Every code that anybody is refused with stands on the page, with what it means and what to do; and no other. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { WireError } from '../../cli/registry/errors.ts';
import { OWN_REFUSALS } from '../../cli/registry/own-refusals.ts';
import { refusalInWords } from '../../cli/registry/refusal-words.ts';
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
    `  what to do: ${REFUSALS.CONFLICT.todo}`,
  ]);
  expect(refusalInWords({ code: 'REVIEW_CHANGED', message: 'No.' })[1]).toContain('what to do: ');
  expect(refusalInWords({ code: 'toString', message: 'No.' })).toEqual(['toString: No.']);
});

const SAME = 'Author and second person are one person.';
const TODO = (code: keyof typeof REFUSALS) => `  what to do: ${REFUSALS[code].todo}`;

it.each<[string, WireError, readonly string[]]>([
  [
    'is that of its only flaw',
    {
      ...{ code: 'PROPOSAL_INVALID', message: 'write one of a, b', path: '/changes/0/fact/outcome' },
      problems: [{ path: '/changes/0/fact/outcome', message: 'write one of a, b', key: 'vendor/x' }],
      details: { problems: 1 },
    },
    ['PROPOSAL_INVALID: vendor/x: write one of a, b (at /changes/0/fact/outcome)', TODO('PROPOSAL_INVALID')],
  ],
  [
    'is in its first flaw, which names the authority',
    {
      ...{ code: 'SECOND_PERSON_NEEDED', message: SAME },
      problems: [
        { path: '/changes/0', message: `SAME_PERSON: ${SAME} (us-state)` },
        { path: '/changes/1', message: 'Another.' },
      ],
      details: { refused: 1, codes: ['SAME_PERSON'] },
    },
    [
      `SECOND_PERSON_NEEDED: SAME_PERSON: ${SAME} (us-state) (at /changes/0)`,
      '  /changes/1: Another.',
      TODO('SECOND_PERSON_NEEDED'),
    ],
  ],
  [
    'is all, of what is to be signed',
    {
      ...{ code: 'AUTHOR_SIGNATURE_MISSING', message: 'Not signed.' },
      details: { sign: { content: 'sha256:aa', base: { version: 1 } } },
    },
    [
      'AUTHOR_SIGNATURE_MISSING: Not signed.',
      '  what to do: Have the author give `routeguard registry sign p-1`, then approve.',
    ],
  ],
  [
    'is all, of what the store calls it',
    { code: 'VERSION_UNKNOWN', message: 'there is no such version', details: { store: 'VERSION_UNKNOWN' } },
    ['VERSION_UNKNOWN: there is no such version', TODO('VERSION_UNKNOWN')],
  ],
  [
    'is nothing',
    { code: 'FAILED', message: '', problems: [{ path: '/a', message: 'No.' }] },
    ['FAILED: ', '  /a: No.'],
  ],
])('each sentence is told once, and no raw data: it %s', (_what, error, words) => {
  expect(refusalInWords(error, 'p-1')).toEqual(words);
});
