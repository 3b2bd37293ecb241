/** Looks for one case in which something shows, from the seed on. */
import { DEFAULT_SEED, SEED } from './random.ts';

/**
 * @param shows asked of a seed
 * @param found by name: where the search from the default seed has ended before. Only where it begins: a place at which nothing
 *   shows any more is looked for anew
 * @returns how many seeds on, or undefined where none of so many shows it
 */
export function searched(
  name: string,
  shows: (seed: number) => boolean,
  most: number,
  found: Readonly<Record<string, number>>,
): number | undefined {
  const known = SEED === DEFAULT_SEED ? found[name] : undefined;
  if (known !== undefined && shows(SEED + known)) return known;
  for (let i = 0; i < most; i += 1)
    if (shows(SEED + i)) {
      console.info(`${name}: ${i} from seed ${SEED} on`);
      return i;
    }
  return undefined;
}
