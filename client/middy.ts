import type { MiddlewareObj } from '@middy/core';
import type { Context } from 'aws-lambda';
import { knownMembers } from './known-members.ts';
import type { MessageDescription, PathDescription, RouteRequest } from './request.ts';
import { type Permit, type Refusal, type RouteResult, refusal } from './result.ts';
import type { RouteGuard } from './route-guard.ts';

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

export interface RequireRouteOptions<TEvent> {
  readonly guard: Pick<RouteGuard, 'decide'>;
  /** The message to be routed, from the event. A throw denies. */
  readonly message: (event: TEvent, context: Context) => MessageDescription | Promise<MessageDescription>;
  /** Where it is to go, from the event. A throw denies. */
  readonly path: (event: TEvent, context: Context) => PathDescription | Promise<PathDescription>;
  /** Further standards that must permit. @default none */
  readonly standards?: readonly string[];
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
  const { guard, message, path, standards, onDenied } = own;
  if (typeof guard?.decide !== 'function') throw new TypeError('requireRoute needs a guard');
  if (typeof message !== 'function')
    throw new TypeError('requireRoute: message must be a function of the event');
  if (typeof path !== 'function') throw new TypeError('requireRoute: path must be a function of the event');
  if (
    standards !== undefined &&
    !(Array.isArray(standards) && standards.every((id) => typeof id === 'string'))
  )
    throw new TypeError('requireRoute: standards must be a list of ids');
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
export function requireRoute<TEvent = unknown>(
  given: RequireRouteOptions<TEvent>,
): MiddlewareObj<TEvent, unknown, Error, Context & RouteContext> {
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
  { guard, message, path, standards }: RequireRouteOptions<TEvent>,
  event: TEvent,
  context: Context,
): Promise<RouteResult> {
  let request: RouteRequest;
  try {
    request = {
      message: await message(event, context),
      path: await path(event, context),
      ...(standards === undefined ? {} : { standards }),
    };
  } catch {
    return refusal('unusable-request');
  }
  return guard.decide(request);
}
