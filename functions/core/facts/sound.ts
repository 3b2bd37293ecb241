import type { Interval } from './moment.ts';

/** A sound fact with its validity in instants and the key it is registered under (`designation/…`). */
export interface Sound<F> {
  readonly fact: F;
  readonly key: string;
  readonly interval: Interval;
}
