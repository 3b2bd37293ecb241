/** What a `RouteGuard` can be told, and its bounds. */
import { knownMembers } from './known-members.ts';
import type { ObligationHandlers } from './obligations.ts';
import type { Transport } from './reply.ts';
import type { RouteResult } from './result.ts';
import { RetryBudget } from './retry-budget.ts';
import { PROCESS_SURROUNDINGS, type Surroundings } from './surroundings.ts';

export interface RouteGuardOptions {
  /** `lambdaTransport(…)` or `httpTransport(…)`. */
  readonly transport: Transport;
  /** What this service can perform, by obligation type. @default nothing: a permit with an obligation denies */
  readonly obligations?: ObligationHandlers;
  /** Milliseconds for everything before the answer, retries and waits included; at most 15 minutes. @default 4000 */
  readonly deadlineMs?: number;
  /** Milliseconds for one attempt, at most 15 minutes. The guard itself gives up after 1,500. @default 2000 */
  readonly attemptMs?: number;
  /** Attempts in all, at most 10. @default 3 */
  readonly attempts?: number;
  /** Largest accepted difference between the guard's clock and this one, in milliseconds, at most 60,000. @default 1000 */
  readonly skewMs?: number;
  /** The longest lease that is accepted, in seconds, at most 300; a longer one denies. @default 30 */
  readonly maxLeaseSeconds?: number;
  /** Shared between clients of one guard where a process has several. @default 10 retries, 1 for every 10 requests */
  readonly retryBudget?: RetryBudget;
  /**
   * Hears of each decision as it is asked for, for traces and metrics (`@routeguard/client/opentelemetry`). The promise always
   * resolves, and its result is frozen: nothing that an observer does changes what is decided. An observer that does something with the
   * result gives back the promise of it, so that nothing is left unheard when it fails. @default nobody
   */
  readonly observe?: (decision: Promise<RouteResult>) => unknown;
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
  readonly maxLeaseSeconds: number;
  readonly retryBudget: RetryBudget;
  readonly observe: ((decision: Promise<RouteResult>) => unknown) | undefined;
  readonly surroundings: Surroundings;
}

const KNOWN: { readonly [K in keyof Required<RouteGuardOptions>]: true } = {
  transport: true,
  obligations: true,
  deadlineMs: true,
  attemptMs: true,
  attempts: true,
  skewMs: true,
  maxLeaseSeconds: true,
  retryBudget: true,
  observe: true,
  surroundings: true,
};

/** What this client accepts unless it is told otherwise, in milliseconds. */
export const DEFAULT_SKEW = 1_000;
/** What this client accepts unless it is told otherwise, in seconds: a revocation goes unheard for as long. */
export const DEFAULT_LEASE = 30;
/** No guard grants a longer lease, in seconds: the construct bounds it to five minutes. */
export const LONGEST_LEASE = 300;
/** As long as a Lambda function can run, in milliseconds: whoever waits longer is not about to send. */
const LONGEST_WAIT = 900_000;

/**
 * Fills the defaults.
 *
 * @throws TypeError for an option that is misspelt or of another kind, RangeError for one out of its bounds: a deadline
 * that is silently ignored is no deadline
 */
export function settingsFrom(given: RouteGuardOptions): Settings {
  const options = knownMembers('RouteGuard', given, KNOWN);
  const { transport, obligations = {}, retryBudget = new RetryBudget(), surroundings = {} } = options;
  const { observe } = options;
  if (typeof transport?.send !== 'function') throw new TypeError('RouteGuard needs a transport');
  const isBudget = typeof retryBudget?.earn === 'function' && typeof retryBudget.spend === 'function';
  demand(isBudget, 'retryBudget must be a RetryBudget');
  demand(observe === undefined || typeof observe === 'function', 'observe must be a function');
  return {
    transport,
    obligations: handlersOf(obligations),
    deadlineMs: within('deadlineMs', options.deadlineMs ?? 4_000, LONGEST_WAIT),
    attemptMs: within('attemptMs', options.attemptMs ?? 2_000, LONGEST_WAIT),
    attempts: Math.floor(within('attempts', options.attempts ?? 3, 10, 1)),
    skewMs: within('skewMs', options.skewMs ?? DEFAULT_SKEW, 60_000, 0),
    maxLeaseSeconds: within('maxLeaseSeconds', options.maxLeaseSeconds ?? DEFAULT_LEASE, LONGEST_LEASE),
    retryBudget,
    observe,
    surroundings: surroundingsOf(surroundings),
  };
}

function demand(passes: boolean, problem: string): void {
  if (!passes) throw new TypeError(`RouteGuard: ${problem}`);
}

/** A copy: a handler registered later has not been announced to the guard. */
function handlersOf(handlers: ObligationHandlers): ObligationHandlers {
  const isObject = typeof handlers === 'object' && handlers !== null && !Array.isArray(handlers);
  demand(isObject, 'obligations must be handlers by obligation type');
  for (const [type, handler] of Object.entries(handlers))
    demand(typeof handler === 'function', `the handler of ${type} must be a function`);
  return { ...handlers };
}

function surroundingsOf(given: Partial<Surroundings>): Surroundings {
  return {
    ...PROCESS_SURROUNDINGS,
    ...knownMembers('RouteGuard: surroundings', given, PROCESS_SURROUNDINGS),
  };
}

/** Without a least value, more than 0. */
function within(name: string, value: number, most: number, least?: number): number {
  const enough = least === undefined ? value > 0 : value >= least;
  if (!(Number.isFinite(value) && enough && value <= most))
    throw new RangeError(
      `${name} must be a number ${least === undefined ? 'over 0' : `from ${least}`} up to ${most}`,
    );
  return value;
}
