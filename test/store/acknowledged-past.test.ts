/** What came before HEAD, step by step, against rows of the floor: chains and rows as somebody with the registry's role has them. */
import { expect, it } from 'vitest';
import { acknowledgedPast } from '../../functions/store/acknowledged-past.ts';
import type { Commit } from '../../functions/store/commit.ts';
import type { OpenSnapshot } from '../../functions/store/open-snapshot.ts';
import { digestOf } from '../registry/changes.ts';

/** Commits named by one letter each, oldest first: its version and epoch. */
type Chain = readonly (readonly [name: string, version: number, epoch: number])[];

function headOf(chain: Chain): OpenSnapshot {
  const commits = chain.map(([name, version, epoch], k) => {
    const before = chain[k - 1]?.[0];
    return [
      digestOf(name),
      { version, epoch, ancestors: before === undefined ? [] : [digestOf(before)] },
    ] as const;
  });
  const stored = new Map(commits.map(([digest, commit]) => [digest, { type: 'commit', commit }]));
  const [digest, commit] = commits.at(-1) ?? [];
  const objects = {
    load: async ([asked]: readonly string[]) => new Map([[asked, stored.get(asked as never)]]),
  };
  return { digest, commit, version: (commit as Commit | undefined)?.version, objects } as never;
}

const rowsOf =
  (rows: Readonly<Record<string, string>>) =>
  async ({ epoch, version }: { epoch: number; version: number }) => {
    const name = rows[`${epoch}.${version}`];
    return name === undefined ? null : { digest: digestOf(name) };
  };

const HONEST: Chain = [
  ['a', 1, 1],
  ['b', 2, 1],
  ['c', 3, 1],
  ['d', 4, 1],
];
/** Went back to version 2, and on in another epoch. */
const RESTORED: Chain = [
  ['a', 1, 1],
  ['b', 2, 1],
  ['e', 3, 2],
  ['f', 4, 2],
];
const ROWS = { '1.1': 'a', '1.2': 'b', '1.3': 'c', '1.4': 'd' };
const LATER = { ...ROWS, '2.3': 'e', '2.4': 'f' };

it.each<[string, Chain, Readonly<Record<string, string>>, number, string]>([
  ['what was acknowledged', HONEST, ROWS, 1, 'dcba'],
  ['what nobody acknowledged, because its publisher died', HONEST, { '1.4': 'd' }, 1, 'dcba'],
  ['what came back, and went on', RESTORED, LATER, 1, 'feba'],
  [
    'another in its place',
    [
      ['a', 1, 1],
      ['b', 2, 1],
      ['x', 3, 1],
      ['d', 4, 1],
    ],
    ROWS,
    3,
    'HEAD_BELOW_FLOOR',
  ],
  [
    'another in the place of one between',
    [
      ['a', 1, 1],
      ['b', 2, 1],
      ['x', 3, 1],
      ['d', 4, 1],
    ],
    ROWS,
    2,
    'HEAD_BELOW_FLOOR',
  ],
  [
    'another below whatever is asked for',
    [
      ['x', 1, 1],
      ['b', 2, 1],
      ['c', 3, 1],
      ['d', 4, 1],
    ],
    ROWS,
    2,
    'dcbx',
  ],
  [
    'an epoch that begins once more, above',
    [
      ['a', 1, 1],
      ['b', 2, 1],
      ['x', 3, 1],
      ['f', 4, 2],
    ],
    { ...LATER, '1.3': 'x' },
    3,
    'HEAD_BELOW_FLOOR',
  ],
  [
    'a version left out',
    [
      ['a', 1, 1],
      ['b', 2, 1],
      ['d', 4, 1],
    ],
    ROWS,
    4,
    'OBJECT_MALFORMED',
  ],
])('%s', async (_what, chain, rows, since, expected) => {
  const names = new Map(chain.map(([name]) => [digestOf(name), name]));
  const found = acknowledgedPast(headOf(chain), since, rowsOf(rows)).then(
    (past) => past.map(({ digest }) => names.get(digest)).join(''),
    ({ code }) => code,
  );
  expect(await found).toBe(expected);
});
