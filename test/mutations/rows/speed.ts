/** Faults that only counts and figures show: every answer stays what it was. */
import { mutationsOf } from '../mutation.ts';

export const SPEED = mutationsOf('speed', [
  {
    file: 'functions/store/object-cache.ts',
    caughtBy: 'test/bench/counts.test.ts > reads of a decision',
    faults: [['nothing read is kept', 'held.set(digest, { object, weight });', '']],
  },
  {
    file: 'test/bench/row.ts',
    caughtBy: 'test/bench/bench.test.ts > what a figure should be',
    faults: [
      ['a ratio nobody measured is reached', '(ratio ?? Number.NaN)', '(ratio ?? 0)'],
      ['less is as good as more', 'found <= toReach.value : found', 'found <= toReach.value : toReach.value'],
    ],
  },
]);
