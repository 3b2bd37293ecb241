/** Rows of a floor, so many and no more: whoever publishes can write any number, and each costs whoever follows them a read. */
import type { FloorRows } from '../../functions/store/floor-rows.ts';

export interface RowsLeft extends FloorRows {
  /** Some were asked for that were not read: what the floor says besides nobody was told. */
  isSpent(): boolean;
}

/** Afterwards it knows of no other row. */
export function rowsLeft(rows: FloorRows, most: number): RowsLeft {
  let [left, isSpent] = [most, false];
  const one = <T>(ask: () => Promise<T | null>): Promise<T | null> => {
    isSpent ||= left <= 0;
    left -= 1;
    return isSpent ? Promise.resolve(null) : ask();
  };
  return {
    ...rows,
    newest: (...asked) => one(() => rows.newest(...asked)),
    at: (...asked) => one(() => rows.at(...asked)),
    first: (...asked) => one(() => rows.first(...asked)),
    isSpent: () => isSpent,
  };
}
