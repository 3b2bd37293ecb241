/**
 * Every method of the registry, once: the API of the stack is built from this table, and the function routes by it.
 * A path part in braces is a variable; each has one pattern.
 */
export const ROUTES = [
  { name: 'propose', method: 'POST', path: '/v1/registry/proposals' },
  { name: 'list-proposals', method: 'GET', path: '/v1/registry/proposals' },
  { name: 'show-proposal', method: 'GET', path: '/v1/registry/proposals/{id}' },
  { name: 'put-chunk', method: 'PUT', path: '/v1/registry/proposals/{id}/chunks/{n}' },
  { name: 'validate', method: 'POST', path: '/v1/registry/proposals/{id}/validate' },
  { name: 'simulate', method: 'POST', path: '/v1/registry/proposals/{id}/simulate' },
  { name: 'sign', method: 'POST', path: '/v1/registry/proposals/{id}/sign' },
  { name: 'approve', method: 'POST', path: '/v1/registry/proposals/{id}/approve' },
  { name: 'reject', method: 'POST', path: '/v1/registry/proposals/{id}/reject' },
  { name: 'revoke', method: 'POST', path: '/v1/registry/revoke' },
  { name: 'hold', method: 'POST', path: '/v1/registry/hold' },
  { name: 'lift', method: 'POST', path: '/v1/registry/lift' },
  { name: 'rollback', method: 'POST', path: '/v1/registry/rollback' },
  { name: 'confirm', method: 'POST', path: '/v1/registry/confirm' },
  { name: 'signing', method: 'GET', path: '/v1/registry/signing' },
  { name: 'log', method: 'GET', path: '/v1/registry/log' },
  { name: 'version', method: 'GET', path: '/v1/registry/versions/{v}' },
  { name: 'facts', method: 'GET', path: '/v1/registry/facts/{kind}' },
  { name: 'fact', method: 'GET', path: '/v1/registry/facts/{kind}/{fact}' },
  { name: 'diff', method: 'GET', path: '/v1/registry/diff' },
  { name: 'blame', method: 'GET', path: '/v1/registry/blame/{kind}/{fact}' },
  { name: 'verify', method: 'POST', path: '/v1/registry/verify' },
  { name: 'forecast', method: 'POST', path: '/v1/registry/forecast' },
  { name: 'show-job', method: 'GET', path: '/v1/registry/jobs/{id}' },
  { name: 'run-job', method: 'POST', path: '/v1/registry/jobs/{id}/run' },
  { name: 'job-result', method: 'GET', path: '/v1/registry/jobs/{id}/result' },
] as const satisfies readonly RouteSpec[];

export interface RouteSpec {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
}

export type RouteName = (typeof ROUTES)[number]['name'];

/** What a path variable may be. */
const VARIABLES: Readonly<Record<string, RegExp>> = {
  id: /^[a-z]-\d{8}T\d{6}Z-[0-9a-f]{10}$/,
  n: /^(?:0|[1-9]\d{0,3})$/,
  v: /^[1-9]\d{0,8}$/,
  kind: /^[a-z][a-z-]{1,31}$/,
  fact: /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/,
};

export interface Matched<N extends string> {
  readonly name: N;
  readonly variables: Readonly<Record<string, string>>;
}

/** The route of a request, or undefined: also where a variable does not have its pattern. */
export function matchRoute(method: string, path: string): Matched<RouteName> | undefined {
  return matchIn(ROUTES, method, path);
}

/** The route of a request in one table. */
export function matchIn<N extends string>(
  routes: readonly (RouteSpec & { readonly name: N })[],
  method: string,
  path: string,
): Matched<N> | undefined {
  const given = path.split('/');
  for (const route of routes) {
    const parts = route.path.split('/');
    if (route.method !== method || parts.length !== given.length) continue;
    const variables = bind(parts, given);
    if (variables !== undefined) return { name: route.name, variables };
  }
  return undefined;
}

function bind(
  parts: readonly string[],
  given: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const variables: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const value = given[index] ?? '';
    if (!part.startsWith('{')) {
      if (part !== value) return undefined;
      continue;
    }
    const name = part.slice(1, -1);
    if (VARIABLES[name]?.test(value) !== true) return undefined;
    variables[name] = value;
  }
  return variables;
}
