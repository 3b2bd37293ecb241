/** Repeats a call to AWS for as long as it comes too early: what was just made, or allowed, is not there for everybody at once. */
import { setTimeout as pause } from 'node:timers/promises';

export interface EarlyTerms {
  /** How AWS says that it is too early: names of errors. */
  readonly early: ReadonlySet<string>;
  /** The first included. */
  readonly attempts: number;
  /** Between two attempts. */
  readonly pollMs: number;
}

/** @throws what the last attempt threw, or the first that is no matter of time */
export async function whileEarly(
  work: () => Promise<unknown>,
  { early, attempts, pollMs }: EarlyTerms,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      const isEarly = error instanceof Error && early.has(error.name);
      if (!isEarly || attempt === attempts) throw error;
      await pause(pollMs);
    }
  }
}
