/**
 * A token bucket that is filled by first attempts and emptied by retries, so that retries can never be more than
 * a fixed fraction of the traffic: a guard that is slow for everyone is not asked several times by everyone.
 * It needs no clock.
 *
 * @example
 * const retryBudget = new RetryBudget(5, 0.05);
 * export const urgent = new RouteGuard({ transport, retryBudget, deadlineMs: 500 });
 * export const ordinary = new RouteGuard({ transport, retryBudget });
 */
export class RetryBudget {
  readonly #capacity: number;
  readonly #share: number;
  #tokens: number;

  /**
   * @param capacity retries that may follow one another out of a quiet period. @default 10
   * @param share retries earned by each first attempt. @default 0.1
   */
  constructor(capacity = 10, share = 0.1) {
    if (!(capacity >= 0) || !(share >= 0 && share <= 1))
      throw new RangeError('capacity ≥ 0 and 0 ≤ share ≤ 1');
    this.#capacity = capacity;
    this.#share = share;
    this.#tokens = capacity;
  }

  /** Call once for every first attempt. */
  earn(): void {
    this.#tokens = Math.min(this.#capacity, this.#tokens + this.#share);
  }

  /** True if one more retry may be made; it is then counted. */
  spend(): boolean {
    if (!(this.#tokens >= 1)) return false;
    this.#tokens -= 1;
    return true;
  }
}

/**
 * Full jitter: a uniform wait between nothing and the exponential ceiling, so that callers who failed together
 * do not come back together.
 *
 * @param attempt 1 for the wait before the second attempt
 * @param random uniform in [0, 1)
 * @returns milliseconds
 */
export function fullJitter(attempt: number, random: () => number, baseMs = 50, ceilingMs = 1_000): number {
  return random() * Math.min(ceilingMs, baseMs * 2 ** (attempt - 1));
}
