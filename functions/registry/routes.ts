/**
 * Every method of the registry, once: the API of the stack is built from this table, and its functions route by it.
 * A path part in braces is a variable.
 *
 * What somebody needs who stops something is served by a function of its own, and so is whatever may take as long as a
 * request lasts: nobody who stops something waits for anybody.
 */
export const ROUTES = [
  { name: 'propose', method: 'POST', path: '/v1/registry/proposals' },
  { name: 'list-proposals', method: 'GET', path: '/v1/registry/proposals', query: ['before', 'limit'] },
  { name: 'show-proposal', method: 'GET', path: '/v1/registry/proposals/{id}', query: ['part'] },
  { name: 'put-chunk', method: 'PUT', path: '/v1/registry/proposals/{id}/chunks/{n}' },
  { name: 'validate', method: 'POST', path: '/v1/registry/proposals/{id}/validate' },
  { name: 'simulate', method: 'POST', path: '/v1/registry/proposals/{id}/simulate', by: 'jobs' },
  { name: 'sign', method: 'POST', path: '/v1/registry/proposals/{id}/sign' },
  { name: 'approve', method: 'POST', path: '/v1/registry/proposals/{id}/approve' },
  { name: 'reject', method: 'POST', path: '/v1/registry/proposals/{id}/reject' },
  { name: 'revoke', method: 'POST', path: '/v1/registry/revoke', by: 'stop' },
  { name: 'hold', method: 'POST', path: '/v1/registry/hold', by: 'stop' },
  { name: 'rehearse', method: 'POST', path: '/v1/registry/stop-rehearsal', by: 'stop' },
  { name: 'lift', method: 'POST', path: '/v1/registry/lift' },
  { name: 'rollback', method: 'POST', path: '/v1/registry/rollback' },
  { name: 'undo', method: 'GET', path: '/v1/registry/rollback/{v}', query: ['also'] },
  { name: 'confirm', method: 'POST', path: '/v1/registry/confirm' },
  { name: 'signing', method: 'GET', path: '/v1/registry/signing' },
  { name: 'log', method: 'GET', path: '/v1/registry/log', query: ['before', 'limit'] },
  { name: 'version', method: 'GET', path: '/v1/registry/versions/{v}' },
  { name: 'stops', method: 'GET', path: '/v1/registry/versions/{v}/stops', by: 'jobs' },
  { name: 'holds', method: 'GET', path: '/v1/registry/holds', by: 'stop' },
  { name: 'facts', method: 'GET', path: '/v1/registry/facts/{kind}', query: ['version', 'about', 'after'] },
  { name: 'names', method: 'GET', path: '/v1/registry/names', query: ['version', 'after'] },
  { name: 'fact', method: 'GET', path: '/v1/registry/facts/{kind}/{fact}', query: ['version'] },
  { name: 'diff', method: 'GET', path: '/v1/registry/diff', query: ['from', 'to', 'after'] },
  { name: 'blame', method: 'GET', path: '/v1/registry/blame/{kind}/{fact}', query: ['version'] },
  { name: 'verify', method: 'POST', path: '/v1/registry/verify', by: 'jobs' },
  { name: 'forecast', method: 'POST', path: '/v1/registry/forecast', by: 'jobs' },
  { name: 'show-job', method: 'GET', path: '/v1/registry/jobs/{id}' },
  { name: 'run-job', method: 'POST', path: '/v1/registry/jobs/{id}/run', by: 'jobs' },
  { name: 'job-result', method: 'GET', path: '/v1/registry/jobs/{id}/result', query: ['part'] },
] as const satisfies readonly RouteSpec[];

export interface RouteSpec {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  /** The query parameters it takes: with another one it is refused. @default none */
  readonly query?: readonly string[];
  /** The function that serves it. @default 'registry' */
  readonly by?: ServedBy;
}

type Route = (typeof ROUTES)[number];
export type RouteName = Route['name'];

/** The functions that serve the registry's methods. */
export type ServedBy = 'registry' | 'stop' | 'jobs';

/** The methods that one of them serves. */
export type NameServedBy<F extends ServedBy> = F extends 'registry'
  ? Exclude<Route, { readonly by: string }>['name']
  : Extract<Route, { readonly by: F }>['name'];

/** The function that serves a route. */
export function serverOf({ by = 'registry' }: RouteSpec): ServedBy {
  return by;
}

export function routesBy<F extends ServedBy>(
  by: F,
): readonly (RouteSpec & { readonly name: NameServedBy<F> })[] {
  const all: readonly (RouteSpec & { readonly name: RouteName })[] = ROUTES;
  return all.filter(
    (route): route is RouteSpec & { readonly name: NameServedBy<F> } => serverOf(route) === by,
  );
}
