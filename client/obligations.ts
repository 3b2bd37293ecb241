import { whenAborted } from './when-aborted.ts';

/**
 * Something the enforcement point must do for a permit to hold. `type` is lower-case kebab; the other members
 * belong to the type.
 */
export interface Obligation {
  readonly type: string;
  readonly [member: string]: unknown;
}

/**
 * Performs one obligation and returns `true` once it is done. Anything else, a throw included, denies: a handler
 * that forgets to answer must not count as one that succeeded.
 */
export type ObligationHandler = (obligation: Obligation, signal: AbortSignal) => Promise<boolean> | boolean;

/** By obligation type. */
export type ObligationHandlers = { readonly [type: string]: ObligationHandler };

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** The obligations of an answer, or `null` where even one of them has an unknown shape. */
export function readObligations(value: unknown): readonly Obligation[] | null {
  if (!Array.isArray(value) || value.length > 64) return null;
  const obligations: Obligation[] = [];
  for (const item of value as unknown[]) {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return null;
    if (!Object.hasOwn(item, 'type')) return null;
    const obligation = item as Obligation;
    if (typeof obligation.type !== 'string' || !KEBAB.test(obligation.type)) return null;
    obligations.push(obligation);
  }
  return obligations;
}

/** Handlers are looked up as own members only: `constructor` is not a handler. */
export function handlerFor(handlers: ObligationHandlers, type: string): ObligationHandler | null {
  const handler = Object.hasOwn(handlers, type) ? handlers[type] : undefined;
  return typeof handler === 'function' ? handler : null;
}

/**
 * Performs the obligations one after the other, in the order of the answer; true only if every handler said so.
 * Stops at the first that does not. The signal ends the wait for a handler that never returns.
 */
export async function performAll(
  obligations: readonly Obligation[],
  handlers: ObligationHandlers,
  signal: AbortSignal,
): Promise<boolean> {
  for (const obligation of obligations) {
    const handler = handlerFor(handlers, obligation.type);
    if (handler === null || signal.aborted) return false;
    try {
      const performed = await Promise.race([handler(obligation, signal), whenAborted(signal)]);
      if (performed !== true) return false;
    } catch {
      return false;
    }
  }
  return true;
}
