/** Numbers and ranges as `--acknowledge` takes them. */
import { UsageError } from '../usage-error.ts';

const MOST = 100_000;

/** What --acknowledge takes, for whoever gave it something else. */
export const FORM =
  '--acknowledge takes groups by name, and numbers and ranges: all-of:vendor-not-assessed-3f9a,1-4,7';

/**
 * `1-4,7` as [1, 2, 3, 4, 7].
 *
 * @throws UsageError for anything else, and for a number given twice: one of the two was meant to be another
 */
export function numbers(text: string): readonly number[] {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^([1-9]\d{0,5})(?:-([1-9]\d{0,5}))?$/.exec(part.trim());
    const from = Number(match?.[1]);
    const to = Number(match?.[2] ?? match?.[1]);
    if (!(from <= to) || found.size + to - from > MOST) throw new UsageError(FORM);
    for (let number = from; number <= to; number += 1) {
      if (found.has(number))
        throw new UsageError(`--acknowledge names ${number} twice: name each number once`);
      found.add(number);
    }
  }
  return [...found].sort((a, b) => a - b);
}
