/** What a look says is new: by what it is, in a process that goes on and in one that has just begun. */
import { expect, it } from 'vitest';
import type { HoldInForce } from '../../functions/core/administration/holds-in-force.ts';
import {
  createHistoryNews,
  createStateNews,
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
    problems: (found.unsound ?? []).map((each) => ({ code: 'SUCCESSION', version: each, digest: null })),
    unaudited: found.unaudited ?? 0,
  };
}

const hold = (id: string, since = LONG_AGO, owner = 'GBR'): HoldInForce => ({
  ...{ id, readable: true, authority: 'a', scope: { owner }, cause: 'doubt', wide: true, exempt: [] },
  ...{ since: new Date(since).toISOString(), until: null },
});
const unreadable: HoldInForce = { id: 'x', readable: false };

const [PROBLEM, HOLD, ROUTE, NATION] = [
  'NewHistoryProblems',
  'NewWideHolds',
  'NewRoutesDarkIn1Day',
  'NewNationsSilentIn7Days',
] as const;

type NewName =
  | keyof ReturnType<ReturnType<typeof createHistoryNews>>
  | keyof ReturnType<ReturnType<typeof createStateNews>>;

it.each<[string, NewName, readonly Found[], readonly number[]]>([
  ['a route in place of another', ROUTE, [{ dark: { a: LONG_AGO } }, { dark: { b: LONG_AGO } }], [0, 1]],
  [
    'a route that stays',
    ROUTE,
    [{ dark: { a: LONG_AGO } }, { dark: { a: AT } }, { dark: { a: AT } }],
    [0, 0, 0],
  ],
  [
    'a route that comes again',
    ROUTE,
    [{ dark: { a: LONG_AGO } }, {}, {}, {}, { dark: { a: AT } }],
    [0, 0, 0, 0, 1],
  ],
  [
    'a route that comes and goes within the minutes in which it is red',
    ROUTE,
    [{ dark: { a: LONG_AGO } }, {}, {}, { dark: { a: AT } }],
    [0, 0, 0, 0],
  ],
  ['a nation in place of another', NATION, [{ silent: { FRA: AT } }, { silent: { BEL: AT } }], [0, 1]],
  ['a nation that is silent later', NATION, [{}, { silent: { FRA: AT + 7 * DAY + MINUTE + 1 } }], [0, 0]],
  ['a nation that is silent in a week', NATION, [{}, { silent: { FRA: AT + 7 * DAY } }], [0, 1]],
  ['a hold in place of another', HOLD, [{ holds: [hold('a')] }, { holds: [hold('b')] }], [0, 1]],
  ['a hold of the same name', HOLD, [{ holds: [hold('a')] }, { holds: [hold('a', AT)] }], [0, 1]],
  [
    'a hold that is made to stop another',
    HOLD,
    [{ holds: [hold('a')] }, { holds: [hold('a', LONG_AGO, 'USA')] }],
    [0, 1],
  ],
  ['a hold that nobody can read any more', HOLD, [{ holds: [hold('x')] }, { holds: [unreadable] }], [0, 1]],
  ['a version in place of another', PROBLEM, [{ unsound: [4] }, { unsound: [7] }], [0, 1]],

  ['at a first look, what began a while ago', HOLD, [{ holds: [hold('a', AT - 15 * MINUTE - 1)] }], [0]],
  ['at a first look, what began just now', HOLD, [{ holds: [hold('a', AT - 15 * MINUTE), hold('b')] }], [1]],
  [
    'at a first look, a route that the last outlook need not have had',
    ROUTE,
    [{ dark: { a: AT + DAY - HOUR, b: AT + DAY - 75 * MINUTE - 1 } }],
    [1],
  ],
  ['at a first look, a nation', NATION, [{ silent: { FRA: AT + 7 * DAY - MINUTE, BEL: AT } }], [1]],
  ['at a first look after a publication, all', HOLD, [{ published: 14, holds: [hold('a'), hold('b')] }], [2]],
  ['at a first look a while after a publication', HOLD, [{ published: 15, holds: [hold('a')] }], [0]],
  ['at a later look, whatever was not there', HOLD, [{}, { holds: [hold('a'), hold('b')] }], [0, 2]],

  [
    'what an audit comes to that begins anew',
    PROBLEM,
    [{ unaudited: 8 }, { unsound: [4], unaudited: 3 }, { unsound: [4, 2] }],
    [0, 0, 0],
  ],
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
    [{ published: 1, unsound: [9, 4], unaudited: 3 }],
    [1],
  ],
  [
    'what it finds of another history',
    PROBLEM,
    [{ unaudited: 8 }, { epoch: 2, version: 3, unsound: [2], unaudited: 1 }],
    [0, 1],
  ],
  ['what it finds of no version', PROBLEM, [{ unsound: [null], unaudited: 1 }], [1]],
])('%s', (_case, name, looks, expected) => {
  const [history, states] = [createHistoryNews(), createStateNews()];
  const newOf = (look: HistoryLook & StatesLook) => ({ ...history(look), ...states(look) });
  expect(looks.map((found, minute) => newOf(looked({ minute, ...found }))[name])).toEqual(expected);
});
