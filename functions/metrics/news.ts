/**
 * How many of a list were not in it the last times: by what they are, so that one that goes as another comes is seen.
 *
 * What was there is remembered in this process and nowhere else: the watch writes to no table, and what was written down could be
 * written by whom it is there to find. So whoever asks says what a process that has just begun is to take for news.
 */
export interface NewsItem {
  /** Names it, whatever else is in the list. */
  readonly id: string;
  /** Of any scale, the same each time: when it came to be in the list, as far as that can be seen in it. */
  readonly since: number;
}

/** @param from what is new but came before it is taken for known */
export type News = (list: readonly NewsItem[], from: number) => number;

export const WHATEVER_IS_NEW = Number.NEGATIVE_INFINITY;

/** Looks: for as long the alarm that it was there stays red, and what comes back has been told. */
const REMEMBERED = 3;

export function createNews(): News {
  let lists: readonly (readonly string[])[] = [];
  return (list, from) => {
    const known = new Set(lists.flat());
    const news = new Set(list.filter(({ id, since }) => !known.has(id) && since >= from).map(({ id }) => id));
    lists = [list.map(({ id }) => id), ...lists].slice(0, REMEMBERED);
    return news.size;
  };
}
