/** What a look says is new: by what it is, in a process that goes on and in one that has just begun. */
import { describe, expect, it } from 'vitest';
import type { HoldInForce } from '../../functions/core/administration/holds-in-force.ts';
import { createNews, MAYBE, markOf, ONE_MORE, WHATEVER_IS_NEW } from '../../functions/metrics/news.ts';
import {
  createHistoryNews,
  createStatesNews,
  type HistoryLook,
  type StatesLook,
} from '../../functions/watch/news.ts';

const AT = Date.parse('2026-11-23T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LONG_AGO = AT - 30 * DAY;

interface Found {
  readonly minute?: number;
  /** Minutes ago that HEAD was recorded. */
  readonly published?: number;
  readonly version?: number;
  readonly epoch?: number;
  readonly holds?: readonly HoldInForce[];
  /** By route, when it goes dark. */
  readonly dark?: Readonly<Record<string, number>>;
  readonly silent?: Readonly<Record<string, number>>;
  readonly astray?: readonly number[];
  /** Versions that are not sound. */
  readonly unsound?: readonly (number | null)[];
  readonly unaudited?: number;
}

function looked(found: Found): HistoryLook & StatesLook {
  const at = AT + (found.minute ?? 0) * MINUTE;
  const { version = 9, epoch = 1, published = 9_999 } = found;
  const dark = Object.entries(found.dark ?? {}).map(([route, from]) => ({
    ...{ subject: { route }, from, markings: [], because: [], looked: true },
  }));
  return {
    at,
    head: { version, epoch, recordedAt: new Date(at - published * MINUTE).toISOString() },
    wide: found.holds ?? [],
    outlook: {
      dark: { 1: dark, 7: [], 30: [] },
      silences: Object.entries(found.silent ?? {}).map(([nation, from]) => ({ nation, from })),
    },
    astray: found.astray ?? [],
    problems: (found.unsound ?? []).map((each) => ({ code: 'SUCCESSION', version: each, digest: null })),
    unaudited: found.unaudited ?? 0,
  };
}

const hold = (id: string, since = LONG_AGO, owner = 'GBR'): HoldInForce => ({
  ...{ id, readable: true, authority: 'a', scope: { owner }, cause: 'doubt', wide: true, exempt: [] },
  ...{ since: new Date(since).toISOString(), until: null },
});
const unreadable: HoldInForce = { id: 'x', readable: false };

const [PROBLEM, HOLD, ROUTE, NATION, COPY] = [
  'NewHistoryProblems',
  'NewWideHolds',
  'NewRoutesDarkIn1Day',
  'NewNationsSilentIn7Days',
  'NewHeadCopiesAstray',
] as const;

type Said = Partial<
  ReturnType<ReturnType<typeof createHistoryNews>> & ReturnType<ReturnType<typeof createStatesNews>>
>;

/** What each of these looks of one process says. */
function told(looks: readonly Found[]): readonly Said[] {
  const [history, states] = [createHistoryNews(), createStatesNews()];
  return looks.map((found, minute) => {
    const look = looked({ minute, ...found });
    return { ...history(look), ...states(look) };
  });
}

it.each<[string, keyof Said, readonly Found[], readonly number[]]>([
  ['a route in place of another', ROUTE, [{ dark: { a: LONG_AGO } }, { dark: { b: LONG_AGO } }], [MAYBE, 1]],
  [
    'a route that stays',
    ROUTE,
    [{ dark: { a: LONG_AGO } }, { dark: { a: AT } }, { dark: { a: AT } }],
    [MAYBE, 0, 0],
  ],
  [
    'a route that comes again',
    ROUTE,
    [{ dark: { a: LONG_AGO } }, {}, {}, {}, { dark: { a: AT } }],
    [MAYBE, 0, 0, 0, 1],
  ],
  [
    'a route that comes and goes within the minutes in which it is red',
    ROUTE,
    [{ dark: { a: LONG_AGO } }, {}, {}, { dark: { a: AT } }],
    [MAYBE, 0, 0, 0],
  ],
  ['a nation in place of another', NATION, [{ silent: { FRA: AT } }, { silent: { BEL: AT } }], [MAYBE, 1]],
  ['a nation that is silent later', NATION, [{}, { silent: { FRA: AT + 7 * DAY + MINUTE + 1 } }], [0, 0]],
  ['a nation that is silent in a week', NATION, [{}, { silent: { FRA: AT + 7 * DAY } }], [0, 1]],
  ['a copy in place of another', COPY, [{}, { astray: [2] }, { astray: [3] }], [0, 1, 1]],
  ['a copy beside another', COPY, [{}, { astray: [2] }, { astray: [2, 3] }], [0, 1, 1]],
  ['a hold in place of another', HOLD, [{ holds: [hold('a')] }, { holds: [hold('b')] }], [MAYBE, 1]],
  ['a hold of the same name', HOLD, [{ holds: [hold('a')] }, { holds: [hold('a', AT)] }], [MAYBE, 1]],
  [
    'a hold that is made to stop another',
    HOLD,
    [{ holds: [hold('a')] }, { holds: [hold('a', LONG_AGO, 'USA')] }],
    [MAYBE, 1],
  ],
  [
    'a hold that nobody can read any more',
    HOLD,
    [{ holds: [hold('x')] }, { holds: [unreadable] }],
    [MAYBE, 1],
  ],
  ['a version in place of another', PROBLEM, [{ unsound: [4] }, { unsound: [7] }], [MAYBE, 1]],

  ['at a first look, whatever there is', HOLD, [{ holds: [hold('a', AT), hold('b')] }], [MAYBE]],
  ['at a first look after a publication, no more', HOLD, [{ published: 1, holds: [hold('a', AT)] }], [MAYBE]],
  ['at a first look of nothing', HOLD, [{}], [0]],
  ['at a later look, whatever was not there', HOLD, [{}, { holds: [hold('a'), hold('b')] }], [0, 2]],

  [
    'what an audit comes to that begins anew',
    PROBLEM,
    [{ unaudited: 8 }, { unsound: [4], unaudited: 3 }, { unsound: [4, 2] }, { unsound: [4, 2] }],
    [0, MAYBE, MAYBE, 0],
  ],
  [
    'what it has found when it comes to the end, though nothing more',
    PROBLEM,
    [{ unsound: [4], unaudited: 3 }, { unsound: [4], unaudited: 1 }, { unsound: [4] }, { unsound: [4] }],
    [MAYBE, 0, MAYBE, 0],
  ],
  ['an audit that finds nothing', PROBLEM, [{ unaudited: 3 }, {}], [0, 0]],
  [
    'what it finds that came since it began',
    PROBLEM,
    [{ unaudited: 8 }, { version: 10, unsound: [10, 4], unaudited: 3 }],
    [0, 1],
  ],
  ['what it finds once it has come to the end', PROBLEM, [{}, { unsound: [4] }], [0, 1]],
  [
    'what it finds in a HEAD published just now',
    PROBLEM,
    [{ published: 14, unsound: [9, 4], unaudited: 3 }],
    [1],
  ],
  [
    'what it finds in a HEAD of a while ago',
    PROBLEM,
    [{ published: 15, unsound: [9], unaudited: 3 }],
    [MAYBE],
  ],
  [
    'what it finds of another history',
    PROBLEM,
    [{ unaudited: 8 }, { epoch: 2, version: 3, unsound: [2], unaudited: 1 }],
    [0, 1],
  ],
  ['what it finds of no version', PROBLEM, [{ unsound: [null], unaudited: 1 }], [1]],
])('%s', (_case, name, looks, expected) => {
  expect(told(looks).map((said) => said[name])).toEqual(expected);
});

const ids = (...names: readonly string[]) => names.map((id) => ({ id, since: 0 }));

it('whoever knows of news says so, whatever else it does not know', () => {
  const news = createNews();
  expect([news(ids('a'), WHATEVER_IS_NEW), news([{ id: 'b', since: 1 }, ...ids('c')], 1)]).toEqual([1, 1]);
});

describe('a mark', () => {
  it('is one of a list, in whatever order, and none of an empty one', () => {
    expect(markOf(ids('a', 'b'))).toBe(markOf(ids('b', 'a')));
    expect(markOf([])).toBeUndefined();
    const marks = [ids('a'), ids('b'), ids('a', 'b'), ids('a,b'), ids('b', 'c'), ids('a', 'b', 'c')].map(
      markOf,
    );
    expect(new Set(marks).size).toBe(marks.length);
  });

  it('differs by more than any two of one length where there are more, and is a whole number', () => {
    const long = Array.from({ length: 5000 }, (_, i) => String(i));
    for (const [fewer, more] of [
      [ids('a'), ids('a', 'b')],
      [ids('c', 'd'), ids('a', 'b', 'c')],
      [ids('x'), ids(...long)],
    ] as const)
      expect((markOf(more) ?? 0) - (markOf(fewer) ?? 0)).toBeGreaterThan(ONE_MORE / 2);
    for (const other of ['b', 'c', 'd', 'e'])
      expect(Math.abs((markOf(ids('a')) ?? 0) - (markOf(ids(other)) ?? 0))).toBeLessThan(ONE_MORE / 2);
    expect(Number.isSafeInteger(markOf(ids(...long)))).toBe(true);
  });

  it('of a history is one of a whole audit', () => {
    const marks = told([{ unsound: [4], unaudited: 3 }, { unsound: [4] }]).map(
      (said) => said.HistoryProblemsMark,
    );
    expect(marks).toEqual([undefined, expect.any(Number)]);
  });
});
