/** Rows of a floor, so many and no more: whoever publishes can write any number, and each costs whoever follows them a read. */
import type { FloorRows } from './floor-rows.ts';
import { StoreError } from './store-error.ts';

export interface RowsLeft extends FloorRows {
  /** Some were asked for that were not read: what the floor says besides nobody was told. */
  isSpent(): boolean;
}

/** Afterwards no row is read, and none is said to be missing. @throws StoreError FLOOR_MALFORMED */
export function rowsLeft(rows: FloorRows, most: number): RowsLeft {
  let [left, isSpent] = [most, false];
  const one = async <T>(ask: () => Promise<T>): Promise<T> => {
    isSpent ||= left <= 0;
    left -= 1;
    if (isSpent) throw new StoreError('FLOOR_MALFORMED');
    return ask();
  };
  return {
    ...rows,
    newest: (...asked) => one(() => rows.newest(...asked)),
    async below(...asked) {
      const read = await one(() => rows.below(...asked));
      // Each row counts: where more came than are left, the others were not looked at.
      const kept = read.rows.slice(0, left + 1);
      left -= Math.max(kept.length - 1, 0);
      return kept.length === read.rows.length
        ? read
        : { ...read, rows: kept, downTo: kept.at(-1)?.version ?? read.downTo };
    },
    at: (...asked) => one(() => rows.at(...asked)),
    first: (...asked) => one(() => rows.first(...asked)),
    isSpent: () => isSpent,
  };
}
