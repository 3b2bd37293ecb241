/**
 * How many of a list were not in it the last times: by what they are, so that one that goes as another comes is seen.
 *
 * What was there is remembered in this process and nowhere else: the watch writes to no table, and what was written down could be
 * written by whom it is there to find. So a process that has just begun says of what it finds that it may be new, and beside it a mark
 * of the list: alarms have the figures of the one before it, and see whether it is another list.
 */
import { createHash } from 'node:crypto';

export interface NewsItem {
  /** Names it, whatever else is in the list. */
  readonly id: string;
  /** Of any scale, the same each time: when it came to be in the list, as far as that can be seen in it. */
  readonly since: number;
}

/**
 * How many are new; `MAYBE` where there are none that surely are.
 *
 * @param from of what is new but came before it nobody here knows
 */
export type News = (list: readonly NewsItem[], from: number) => number;

export const WHATEVER_IS_NEW = Number.NEGATIVE_INFINITY;
export const NOBODY_KNOWS = Number.POSITIVE_INFINITY;

/** Of two who say something in one minute, whoever knows of news is heard (`Maximum`), and after that whoever does not know. */
export const MAYBE = 0.5;

/** Looks: for as long the alarm that it was there stays red, and what comes back has been told. */
const REMEMBERED = 3;

export function createNews(): News {
  let lists: readonly (readonly string[])[] = [];
  return (list, from) => {
    const known = new Set(lists.flat());
    const unknown = list.filter(({ id }) => !known.has(id));
    const news = new Set(unknown.filter(({ since }) => since >= from).map(({ id }) => id));
    lists = [list.map(({ id }) => id), ...lists].slice(0, REMEMBERED);
    return news.size > 0 || unknown.length === 0 ? news.size : MAYBE;
  };
}

/** By how much marks of lists differ whose lengths do: more than those of any two of one length. */
export const ONE_MORE = 2 ** 34;

/** Longer ones are as long as each other. */
const LONGEST = 1023;

/** A number for which list it is, whatever its order; undefined for an empty one, so that figures keep that of the last that was not. */
export function markOf(list: readonly NewsItem[]): number | undefined {
  if (list.length === 0) return undefined;
  const ids = JSON.stringify([...new Set(list.map(({ id }) => id))].sort());
  const which = createHash('sha256').update(ids).digest().readUInt32BE();
  return Math.min(list.length, LONGEST) * ONE_MORE + which;
}
