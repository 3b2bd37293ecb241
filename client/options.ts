import type { ObligationHandlers } from './obligations.ts';
import type { Transport } from './reply.ts';
import { RetryBudget } from './retry-budget.ts';
import { PROCESS_SURROUNDINGS, type Surroundings } from './surroundings.ts';

export interface RouteGuardOptions {
  /** `lambdaTransport(…)` or `httpTransport(…)`. */
  readonly transport: Transport;
  /** What this service can perform, by obligation type. @default nothing: a permit with an obligation denies */
  readonly obligations?: ObligationHandlers;
  /** Milliseconds for everything before the answer, retries and waits included. @default 4000 */
  readonly deadlineMs?: number;
  /** Milliseconds for one attempt. The guard itself gives up after 1,500. @default 2000 */
  readonly attemptMs?: number;
  /** Attempts in all. @default 3 */
  readonly attempts?: number;
  /** Largest accepted difference between the guard's clock and this one, in milliseconds. @default 1000 */
  readonly skewMs?: number;
  /** Shared between clients of one guard where a process has several. @default 10 retries, 1 for every 10 requests */
  readonly retryBudget?: RetryBudget;
  /** Clocks, chance and timers; for tests. @default those of the process */
  readonly surroundings?: Partial<Surroundings>;
}

export interface Settings {
  readonly transport: Transport;
  readonly obligations: ObligationHandlers;
  readonly deadlineMs: number;
  readonly attemptMs: number;
  readonly attempts: number;
  readonly skewMs: number;
  readonly retryBudget: RetryBudget;
  readonly surroundings: Surroundings;
}

const KNOWN: { readonly [K in keyof Required<RouteGuardOptions>]: true } = {
  transport: true,
  obligations: true,
  deadlineMs: true,
  attemptMs: true,
  attempts: true,
  skewMs: true,
  retryBudget: true,
  surroundings: true,
};

/** Fills the defaults. A misspelt option throws: a deadline that is silently ignored is no deadline. */
export function settingsFrom(options: RouteGuardOptions): Settings {
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(KNOWN, name)) throw new TypeError(`RouteGuard has no option ${name}`);
  }
  if (typeof options.transport?.send !== 'function') throw new TypeError('RouteGuard needs a transport');
  return {
    transport: options.transport,
    // A copy: a handler registered later has not been announced to the guard.
    obligations: { ...options.obligations },
    deadlineMs: positive('deadlineMs', options.deadlineMs ?? 4_000),
    attemptMs: positive('attemptMs', options.attemptMs ?? 2_000),
    attempts: positive('attempts', Math.floor(options.attempts ?? 3)),
    skewMs: notNegative('skewMs', options.skewMs ?? 1_000),
    retryBudget: options.retryBudget ?? new RetryBudget(),
    surroundings: { ...PROCESS_SURROUNDINGS, ...options.surroundings },
  };
}

function positive(name: string, value: number): number {
  if (!(Number.isFinite(value) && value > 0)) throw new RangeError(`${name} must be more than 0`);
  return value;
}

function notNegative(name: string, value: number): number {
  if (!(Number.isFinite(value) && value >= 0)) throw new RangeError(`${name} must be 0 or more`);
  return value;
}
