/** From a request to its handler and back: the caller, the route, the query, and whatever is thrown as a refusal. */
import { callerOf } from './caller.ts';
import type { ActingContext, Call, UseCaseReply } from './context.ts';
import { jsonBody, readEvent } from './http-request.ts';
import { type MatchedRoute, matchIn } from './match-route.ts';
import { onlyParameters } from './query.ts';
import { Refusal } from './refusal.ts';
import type { RouteSpec } from './routes.ts';
import { refusalOf } from './store-refusals.ts';

/** How one request ended: what goes out, and what of it may stand in a log. */
export interface HandledRequest {
  readonly status: number;
  readonly body: unknown;
  readonly record: RequestRecord;
}

/** One line per request, from a closed schema; nothing a caller wrote has a member here to be in. */
interface RequestRecord {
  readonly event: 'registry';
  /** A name of our own, never the caller's path. */
  readonly route: string;
  readonly caller: string | null;
  readonly status: number;
  readonly code: string | null;
  readonly version: number | null;
}

/** Times of one request, in milliseconds. */
export interface RequestTimes {
  /** The whole request; beyond it nothing is read or written any more. */
  readonly budgetMs: number;
  /** Long work stops here, to leave time for storing how far it got. */
  readonly sliceMs: number;
}

type UseCase<C> = (context: C, call: Call) => Promise<UseCaseReply>;

/** What a request is routed to. */
interface Target<C> extends MatchedRoute<string> {
  readonly useCase: UseCase<C>;
}

/** The route of a request, and who does it; undefined where there is none. */
type Routing<C> = (method: string, path: string) => Target<C> | undefined;

/** Routes by a table, each of whose rows has its use case. */
export function routing<N extends string, C>(
  routes: readonly (RouteSpec & { readonly name: N })[],
  useCases: Readonly<Record<N, UseCase<C>>>,
): Routing<C> {
  return (method, path) => {
    const matched = matchIn(routes, method, path);
    return matched === undefined ? undefined : { ...matched, useCase: useCases[matched.name] };
  };
}

/** Handles one proxy event: the caller first, then the route. Never throws. */
export async function handleWith<C extends Pick<ActingContext, 'place' | 'clock'>>(
  context: C,
  event: unknown,
  { budgetMs, sliceMs }: RequestTimes,
  match: Routing<C>,
): Promise<HandledRequest> {
  let route: RequestRecord['route'] = 'none';
  let caller: string | null = null;
  try {
    const request = readEvent(event);
    const person = callerOf(request.requestContext, context.place);
    caller = person.arn;
    const matched = match(request.method, request.path);
    if (matched === undefined) throw new Refusal('ROUTE_UNKNOWN', 'there is no such method of the registry');
    route = matched.name;
    onlyParameters(request.query, matched.query);
    const reply = await matched.useCase(context, {
      caller: person,
      variables: matched.variables,
      query: request.query,
      body: () => jsonBody(request),
      signal: AbortSignal.timeout(budgetMs),
      sliceEndsAt: context.clock() + sliceMs,
    });
    return { ...reply, record: recordOf(route, caller, reply.status, null, versionIn(reply.body)) };
  } catch (error) {
    const refusal = refusalOf(error);
    const { status, body, code } = refusal;
    return { status, body, record: recordOf(route, caller, status, code, null) };
  }
}

function recordOf(
  route: RequestRecord['route'],
  caller: string | null,
  status: number,
  code: string | null,
  version: number | null,
): RequestRecord {
  return { event: 'registry', route, caller, status, code, version };
}

function versionIn(body: unknown): number | null {
  if (typeof body !== 'object' || body === null || !('version' in body)) return null;
  return typeof body.version === 'number' ? body.version : null;
}
