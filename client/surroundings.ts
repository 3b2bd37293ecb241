import { randomBytes } from 'node:crypto';

/** What the client takes from its surroundings, so that a test can give it others. */
export interface Surroundings {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds from an arbitrary start, never set back. */
  readonly monotonic: () => number;
  /** A nonce that nobody can guess: letters, digits, dash and underscore, 16 to 128. */
  readonly nonce: () => string;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Resolves after so many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** A signal that aborts after so many milliseconds. */
  readonly timeout: (milliseconds: number) => AbortSignal;
}

/** Node's timers hold 31 bits of milliseconds; a lease may be longer. */
const LONGEST_TIMER = 2 ** 31 - 1;

export const PROCESS_SURROUNDINGS: Surroundings = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  nonce: () => randomBytes(18).toString('base64url'),
  random: () => Math.random(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  timeout: (milliseconds) =>
    AbortSignal.timeout(Math.min(LONGEST_TIMER, Math.max(0, Math.ceil(milliseconds)))),
};
