/** An editor's own language server, over files that name their schema: what it says of good ones, of bad ones, and offers. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Found, type LanguageServer, startLanguageServer } from './language-server.ts';

let server: LanguageServer;
beforeAll(async () => {
  server = await startLanguageServer();
});
afterAll(() => server.stop());

const GENESIS = 'samples/first-day/genesis.yaml';
const STANDARD = 'standards/UK-HRV-2020-07.json';

/** A file of the project, edited: what stands there once, and what it becomes. */
function edited(file: string, from: string, to: string): string {
  const text = readFileSync(file, 'utf8');
  expect(text.includes(from), `${file}: ${from}`).toBe(true);
  return text.replace(from, to);
}

it.each<[string, string, string, string, Found[]]>([
  ['a change as it is', GENESIS, '', '', []],
  ['a standard as it is', STANDARD, '', '', []],
  [
    'a misspelt member',
    GENESIS,
    'criteriaSet:',
    'criteriSet:',
    [
      { line: 6, message: 'Missing property "criteriaSet".' },
      { line: 11, message: 'Property criteriSet is not allowed.' },
    ],
  ],
  [
    'a word that is on no list',
    GENESIS,
    'outcome: trusted',
    'outcome: trustd',
    [{ line: 12, message: 'Value is not accepted. Valid values: "trusted", "not-trusted", "conditional".' }],
  ],
  [
    'a member left out',
    GENESIS,
    '    outcome: trusted\n',
    '',
    [{ line: 6, message: 'Missing property "outcome".' }],
  ],
  [
    'an id that is none',
    GENESIS,
    'id: state-trust-ericsson-2020',
    'id: State',
    [{ line: 7, message: 'an id: lower-case letters, digits, dots and dashes, up to 64' }],
  ],
  [
    'a kind there is none of',
    GENESIS,
    'kind: assessment',
    'kind: asessment',
    [
      {
        line: 6,
        message: expect.stringContaining(
          'Value is not accepted. Valid values: "accreditation", "assessment"',
        ),
      },
    ],
  ],
  [
    'a judgement that never ends',
    'samples/first-day/accreditation.yaml',
    'to: 2035-12-31',
    'to: null',
    [{ line: 24, message: 'Incorrect type. Expected "string".' }],
  ],
  [
    'a misspelt member of a rule',
    STANDARD,
    '"cites"',
    '"citess"',
    [
      { line: 140, message: 'Missing property "cites".' },
      { line: 143, message: 'Property citess is not allowed.' },
    ],
  ],
])('%s', async (_name, file, from, to, found) => {
  expect(await server.problemsOf(file, edited(file, from, to))).toEqual(found);
});

it('offers the words of a closed list, and the members that are left', async () => {
  const file = 'samples/first-day/draft.yaml';
  const text = [
    '# yaml-language-server: $schema=../../docs/schemas/network.schema.json',
    ...['kind: network', 'inventory:', '  deployments:', '    - role: ', '      '],
  ].join('\n');
  await server.problemsOf(file, text);
  expect(await server.offersAt(file, 5, 13)).toEqual(['equipment', 'software', 'managed-service', 'host']);
  const members = await server.offersAt(file, 6, 7);
  expect(members).toEqual(expect.arrayContaining(['vendor', 'segment', 'siteClass']));
  expect(members).not.toContain('role');
});
