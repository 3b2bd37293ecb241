/** The way down from what was acknowledged last, against rows of the floor: chains and rows as whoever publishes can make them. */
import { expect, it } from 'vitest';
import type { NamedCommit } from '../../functions/store/ancestry.ts';
import type { FloorRow, Place } from '../../functions/store/floor.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { demandWayDown, type WayStep, wayDown } from '../../functions/store/way-down.ts';
import { digestOf } from '../registry/changes.ts';

/** Commits named by one letter each, oldest first: its version and epoch; one that is gone has neither. */
type Chain = readonly (readonly [name: string, version?: number, epoch?: number])[];
/** By epoch and version; null for what is no row. */
type Rows = Readonly<Record<string, string | null>>;

const HONEST: Chain = [
  ['a', 1, 1],
  ['b', 2, 1],
  ['c', 3, 1],
  ['d', 4, 1],
];
const ROWS = { '1.1': 'a', '1.2': 'b', '1.3': 'c', '1.4': 'd' };
/** Went back to version 2, and on in another epoch. */
const RESTORED: Chain = [
  ['a', 1, 1],
  ['b', 2, 1],
  ['e', 3, 2],
  ['f', 4, 2],
  ['g', 5, 2],
];
const LATER = { ...ROWS, '2.3': 'e', '2.4': 'f', '2.5': 'g' };

interface Case {
  readonly chain: Chain;
  readonly rows: Rows;
  /** What came back. */
  readonly from?: string;
  /** Newest first, with what the floor has besides behind each. */
  readonly told: string;
  readonly refused?: string;
}

it.each<[string, Case]>([
  ['what was acknowledged', { chain: HONEST, rows: ROWS, told: 'd c b a' }],
  ['whose publishers died', { chain: HONEST, rows: { '1.4': 'd' }, told: 'd c b a' }],
  ['of a later epoch', { chain: RESTORED, rows: LATER, told: 'g f e b a' }],
  [
    'with another in a place',
    {
      chain: HONEST,
      rows: { ...ROWS, '1.3': 'x' },
      told: 'd c(x another) b a',
      refused: 'FLOOR_CONTRADICTED x',
    },
  ],
  [
    'with another in the place of what came back',
    {
      chain: HONEST,
      rows: { ...ROWS, '1.2': 'x' },
      from: 'b',
      told: 'd c b(x another) a',
      refused: 'FLOOR_CONTRADICTED x',
    },
  ],
  [
    'with another beneath what came back',
    { chain: HONEST, rows: { ...ROWS, '1.1': 'x' }, from: 'b', told: 'd c b a(x another)' },
  ],
  [
    'that leaves out a version',
    {
      chain: [
        ['a', 1, 1],
        ['b', 2, 1],
        ['d', 4, 1],
      ],
      rows: { ...ROWS, '1.3': 'x' },
      told: 'd x(broken) b a',
      refused: 'FLOOR_CONTRADICTED x',
    },
  ],
  [
    'that leaves out a version whose row is not there',
    {
      chain: [
        ['a', 1, 1],
        ['b', 2, 1],
        ['d', 4, 1],
      ],
      rows: { '1.4': 'd' },
      told: 'd b(broken) a',
      refused: 'FLOOR_CONTRADICTED b',
    },
  ],
  [
    'through an epoch that came later',
    {
      chain: [
        ['a', 1, 1],
        ['b', 2, 1],
        ['x', 3, 9],
        ['d', 4, 1],
      ],
      rows: { '1.4': 'd' },
      told: 'd x(broken) b a',
      refused: 'FLOOR_CONTRADICTED x',
    },
  ],
  [
    'through an epoch before, past what has its number',
    {
      chain: [
        ['a', 1, 1],
        ['b', 2, 1],
        ['x', 3, 1],
        ['f', 4, 2],
      ],
      rows: { ...LATER, '1.3': 'x' },
      told: 'f x(e another) b a',
      refused: 'FLOOR_CONTRADICTED e',
    },
  ],
  [
    'through an epoch before, past what is older in it',
    {
      chain: [
        ['a', 1, 1],
        ['b', 2, 1],
        ['c', 3, 1],
        ['d', 4, 1],
        ['g', 5, 2],
      ],
      rows: { ...ROWS, '2.3': 'e', '2.5': 'g' },
      told: 'g d(e another) c b a',
      refused: 'FLOOR_CONTRADICTED e',
    },
  ],
  [
    'with one that is gone',
    {
      chain: [['a', 1, 1], ['b', 2, 1], ['c'], ['d', 4, 1]],
      rows: ROWS,
      told: 'd c b a',
      refused: 'OBJECT_MISSING c',
    },
  ],
  [
    'with one that is gone, and nothing is known beneath',
    {
      chain: [['a', 1, 1], ['b', 2, 1], ['c'], ['d', 4, 1]],
      rows: { '1.4': 'd' },
      told: 'd c',
      refused: 'OBJECT_MISSING c',
    },
  ],
  [
    'with what is no row',
    {
      chain: HONEST,
      rows: { ...ROWS, '1.3': null },
      told: 'd(malformed) c(malformed) b(malformed) a',
      refused: 'FLOOR_MALFORMED',
    },
  ],
  [
    'down to what is no version',
    {
      chain: [['a', 1, 1], ['z']],
      rows: { '1.4': 'z', '1.3': 'z', '1.2': 'z', '1.1': 'z', '1.0': 'z' },
      told: 'z z z z',
      refused: 'OBJECT_MISSING z',
    },
  ],
])('%s', async (_what, { chain, rows, from = 'a', told, refused }) => {
  const named = chain.map(([name, version, epoch], k): NamedCommit => {
    const before = chain[k - 1]?.[0];
    const ancestors = before === undefined ? [] : [digestOf(before)];
    return { digest: digestOf(name), commit: { version, epoch, ancestors } as never };
  });
  const there = new Map(
    named.filter(({ commit }) => commit.version !== undefined).map((each) => [each.digest, each.commit]),
  );
  const source = {
    load: async ([digest]: readonly string[]) => {
      const commit = there.get(digest as never);
      if (commit === undefined) throw new StoreError('OBJECT_MISSING', { digest: digest as never });
      return new Map([[digest, { type: 'commit', commit }]]);
    },
  } as never;
  const floor = { below: async (place: Place) => below(rows, place) };
  const by = { floor, source, context: {} as never };
  const letters = new Map([...'abcdefgxz'].map((name) => [digestOf(name), name]));
  const top = {
    epoch: chain.at(-1)?.[2] ?? 1,
    version: chain.at(-1)?.[1] ?? 4,
    digest: digestOf(chain.at(-1)?.[0] ?? ''),
  };
  const steps: string[] = [];
  for await (const { at, others, fault } of wayDown(top, by)) {
    const besides = [...others.map(({ digest }) => letters.get(digest)), ...(fault === null ? [] : [fault])];
    steps.push(`${letters.get(at.digest)}${besides.length === 0 ? '' : `(${besides.join(' ')})`}`);
  }
  const came = named[chain.findIndex(([name]) => name === from)] as NamedCommit;
  const answer = await demandWayDown(top, came, by).then(
    () => undefined,
    ({ code, digest }) => [code, ...(digest === undefined ? [] : [letters.get(digest)])].join(' '),
  );
  expect([steps.join(' '), answer]).toEqual([told, refused]);
});

it.each([
  ['no more than publishers die', 100, [], { steps: 103 }],
  ['more than publishers die', 101, ['rowless'], { steps: 103, code: 'FLOOR_MALFORMED' }],
  ['any number', 20_000, ['rowless'], { steps: 103, code: 'FLOOR_MALFORMED' }],
] as const)('without a row, one after another: %s', async (_what, count, faults, { steps, ...refused }) => {
  const commitAt = (version: number) =>
    ({ version, epoch: 1, ancestors: version === 1 ? [] : [digestOf(`v${version - 1}`)] }) as never;
  const versions = new Map(
    Array.from({ length: count + 2 }, (_, k) => [digestOf(`v${k + 1}`), commitAt(k + 1)]),
  );
  const source = {
    load: async ([digest]: readonly never[]) =>
      new Map([[digest, { type: 'commit', commit: versions.get(digest as never) }]]),
  } as never;
  const version = count + 2;
  const floor = {
    below: async (place: Place) => below({ '1.1': 'v1', [`1.${version}`]: `v${version}` }, place),
  };
  const by = { floor, source, context: {} as never };
  const top = { epoch: 1, version, digest: digestOf(`v${version}`) };
  const way: WayStep[] = [];
  for await (const step of wayDown(top, by)) way.push(step);
  expect(way.at(-1)?.at.version).toBe(1);
  expect(way.length).toBeLessThanOrEqual(steps);
  expect(way.flatMap(({ fault }) => fault ?? [])).toEqual(faults);
  const from = { digest: digestOf('v1'), commit: commitAt(1) };
  const answer = await demandWayDown(top, from, by).then(
    () => ({}),
    ({ code }) => ({ code }),
  );
  expect(answer).toEqual(refused);
});

/** Two rows of a question, so that a way takes several. */
function below(rows: Rows, { epoch, version }: Place) {
  const found = Object.entries(rows)
    .map(([place, name]) => ({ epoch: Number(place[0]), version: Number(place.slice(2)), name }))
    .filter((row) => row.epoch === epoch && row.version <= version)
    .toSorted((a, b) => b.version - a.version);
  const page = found.slice(0, 2);
  const read = page.flatMap(({ name, ...at }): FloorRow[] =>
    name === null ? [] : [{ ...at, digest: digestOf(name), table: 'floor' }],
  );
  return {
    rows: read,
    downTo: found.length > 2 ? (read.at(-1)?.version ?? version) : 0,
    isSound: read.length === page.length,
  };
}
