/** A stream of choices that a seed repeats. */
export interface Choices {
  /** In [0, n). */
  below(n: number): number;
  chance(p: number): boolean;
  oneOf<T>(list: readonly T[]): T;
  some<T>(list: readonly T[], p: number): readonly T[];
}

/** mulberry32: 32 bits of state, good enough to pick cases and nothing else. */
export function choicesFrom(seed: number): Choices {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    below,
    chance: (p) => next() < p,
    oneOf: (list) => {
      const found = list[below(list.length)];
      if (found === undefined) throw new Error('nothing to choose from');
      return found;
    },
    some: (list, p) => list.filter(() => next() < p),
  };
}

/** The same cases in every run of the tests; the campaign brings a new seed every day. Always logged. */
export const DEFAULT_SEED = 2_718_281;
export const SEED = Number(process.env['THEOREM_SEED'] ?? DEFAULT_SEED);
/** Multiplies the number of cases: 1 in the tests, more in a campaign. */
export const SCALE = Number(process.env['THEOREM_SCALE'] ?? 1);
