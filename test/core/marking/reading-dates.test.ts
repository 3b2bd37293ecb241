/** When a marking reads otherwise, and how often it is read to know that: counted, whoever chose how far back. */
import { expect, it } from 'vitest';
import { labelOf } from '../../../functions/core/decision/label-of.ts';
import { readMarking } from '../../../functions/core/marking/read.ts';
import {
  MOST_READ_AHEAD,
  READING_CHANGES,
  readingsAhead,
} from '../../../functions/core/marking/reading-dates.ts';

const FORMAT = 'us-document';
const FIRST = READING_CHANGES[0] ?? '';
const LAST = READING_CHANGES.at(-1) ?? '';
const ALL = READING_CHANGES.length;
/** The longest marking that is read again for each of the changes there are, in characters of JSON. */
const LONGEST = Math.floor(MOST_READ_AHEAD / ALL);

const portions = (count: number, portion = '(S//NF)') => ({
  portions: Array.from({ length: count }, () => portion),
});
/** As long as that, and refused for the member that makes it so. */
function padded(length: number): object {
  const bare = { ...portions(1), pad: '' };
  return { ...bare, pad: 'x'.repeat(length - JSON.stringify(bare).length) };
}

/** A marking that counts how often it is looked through. */
function watched(marking: object) {
  let looks = 0;
  const proxy = new Proxy(marking, {
    ownKeys: (target) => {
      looks += 1;
      return Reflect.ownKeys(target);
    },
  });
  return {
    marking: proxy as Record<string, unknown>,
    looksDuring: (work: () => unknown): number => {
      const before = looks;
      work();
      return looks - before;
    },
  };
}

/** How often it is read besides for its label, and the day on which it is said to read otherwise. */
function ahead(
  written: object,
  on: string,
): { readonly readings: number; readonly counted: number; readonly until: string | null } {
  const { marking, looksDuring } = watched(written);
  // Asked first, because measuring it looks through it too.
  const { count, size } = readingsAhead(marking, on);
  expect([size, count * size <= MOST_READ_AHEAD]).toEqual([JSON.stringify(written).length, true]);
  const once = looksDuring(() => readMarking(marking, { on, format: FORMAT }));
  let until: number | null = null;
  const looks = looksDuring(() => {
    const message = { id: 'm', marking, markingFormat: FORMAT };
    until = labelOf(message, Date.parse(`${on}T12:00:00Z`)).until;
  });
  const day = until === null ? null : new Date(until).toISOString().slice(0, 10);
  return { readings: looks / once - 1, counted: count, until: day };
}

it.each<[string, object, string, number, string | null]>([
  ['a marking of today', portions(1), '2026-11-29', 0, null],
  ['one of the day of the last change', portions(1), LAST, 0, null],
  ['one of the day before', portions(1), '2024-03-06', 1, null],
  ['one whose release changed then', portions(1, '(S//REL TO USA, NATO)'), '2024-03-06', 1, LAST],
  ['one that never reads otherwise', portions(1), '1940-01-01', ALL, null],
  ['one that cannot be read', portions(1, '(SECERT)'), '1940-01-01', ALL, null],
  ['one that does at once', portions(1, '(S//REL TO USA, NATO)'), '1940-01-01', 1, FIRST],
  ['a document', portions(100), '1940-01-01', ALL, null],
  ['the longest', padded(LONGEST), '1940-01-01', ALL, null],
  ['a longer one', padded(LONGEST + 1), '1940-01-01', 0, FIRST],
  ['a longer one, nearer', padded(LONGEST + 1), '2024-03-06', 1, null],
  ['a long document', portions(2_000), '1940-01-01', 0, FIRST],
])('%s is read ahead, and never more than there is room for', (_what, marking, on, readings, until) => {
  const found = ahead(marking, on);
  expect([found.readings, found.until]).toEqual([readings, until]);
  // What ends sooner takes less than is counted, and nothing takes more.
  expect(found.counted).toBeGreaterThanOrEqual(found.readings);
});
