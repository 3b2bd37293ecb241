/** The guard as a middleware of middy. Its types are named by their shapes: whoever has middy and Lambda's has them already. */
import { demandDescriber, describedRequest, type RouteDescriber } from './described-route.ts';
import type { InvocationContext } from './invocation-context.ts';
import { knownMembers } from './known-members.ts';
import type { RouteRequest } from './request.ts';
import { type Permit, type Refusal, type RouteResult, refusal } from './result.ts';
import type { RouteGuard } from './route-guard.ts';

export type { InvocationContext, RouteDescriber };

/**
 * Thrown when a message may not be routed. Carries the refusal, and nothing of the message.
 *
 * @example
 * try {
 *   return await handler(sms);
 * } catch (error) {
 *   if (!(error instanceof RouteDeniedError)) throw error;
 *   const { cause, retry } = error.refusal;
 *   return retry === 'after' ? 'queued' : `not sent: ${cause}`;
 * }
 */
export class RouteDeniedError extends Error {
  override readonly name = 'RouteDeniedError';
  readonly refusal: Refusal;

  constructor(reason: Refusal) {
    super(reason.sentence);
    this.refusal = reason;
  }
}

/** What the handler finds in its Lambda context. */
export interface RouteContext {
  routeguard: Permit;
}

/** A middleware for `middy(…).use(…)` that gives the handler's context a permit. */
export interface RouteMiddleware<TEvent> {
  readonly name: string;
  before(request: { event: TEvent; context: InvocationContext & RouteContext }): Promise<unknown>;
}

/** What `message` or `path` throws denies. */
export interface RequireRouteOptions<TEvent>
  extends RouteDescriber<[event: TEvent, context: InvocationContext]> {
  readonly guard: Pick<RouteGuard, 'decide'>;
  /**
   * The response of a function that may not route. Returning `undefined` throws `RouteDeniedError`, for otherwise
   * middy would go on to the handler. @default throws `RouteDeniedError`
   */
  readonly onDenied?: (refusal: Refusal, event: TEvent) => unknown;
}

const KNOWN: { readonly [K in keyof Required<RequireRouteOptions<never>>]: true } = {
  guard: true,
  message: true,
  path: true,
  standards: true,
  onDenied: true,
};

/** @throws TypeError that names the option which is misspelt, missing or of another kind */
function checked<TEvent>(options: RequireRouteOptions<TEvent>): RequireRouteOptions<TEvent> {
  const own = knownMembers('requireRoute', options, KNOWN);
  const { guard, onDenied } = own;
  if (typeof guard?.decide !== 'function') throw new TypeError('requireRoute needs a guard');
  demandDescriber('requireRoute', own);
  if (onDenied !== undefined && typeof onDenied !== 'function')
    throw new TypeError('requireRoute: onDenied must be a function');
  return own;
}

/**
 * A middy middleware that runs the handler only under a permit whose obligations have been performed; the
 * handler finds the permit in `context.routeguard`. Use it last: a middleware after it could change the event
 * that was decided on, or take longer than the permit lasts.
 *
 * @throws TypeError at once, for options that are none
 * @example
 * const path = () => ({ route: 'sms-gb' });
 * export const handler = middy(sendSms).use(requireRoute({ guard, message, path }));
 */
export function requireRoute<TEvent = unknown>(given: RequireRouteOptions<TEvent>): RouteMiddleware<TEvent> {
  const options = checked(given);
  return {
    name: 'requireRoute',
    before: async function requireRouteBefore(request): Promise<unknown> {
      const result = await decideOn(options, request.event, request.context);
      if (result.kind === 'permit' && result.current()) {
        request.context.routeguard = result;
        return undefined;
      }
      const refused =
        result.kind === 'permit' ? refusal('lease-expired', { evaluationId: result.evaluationId }) : result;
      const response = await options.onDenied?.(refused, request.event);
      if (response === undefined) throw new RouteDeniedError(refused);
      return response;
    },
  };
}

async function decideOn<TEvent>(
  options: RequireRouteOptions<TEvent>,
  event: TEvent,
  context: InvocationContext,
): Promise<RouteResult> {
  let request: RouteRequest;
  try {
    request = await describedRequest(options, event, context);
  } catch {
    return refusal('unusable-request');
  }
  return options.guard.decide(request);
}
