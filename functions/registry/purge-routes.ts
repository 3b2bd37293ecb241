import type { RouteSpec } from './routes.ts';

/** Every method of the purge, once: for the stack's API and for the function. */
export const PURGE_ROUTES = [
  { name: 'request-purge', method: 'POST', path: '/v1/registry-purge' },
  { name: 'search-tables', method: 'POST', path: '/v1/registry-purge/search' },
  { name: 'show-purge', method: 'GET', path: '/v1/registry-purge/{id}' },
  { name: 'approve-purge', method: 'POST', path: '/v1/registry-purge/{id}/approve' },
] as const satisfies readonly RouteSpec[];

export type PurgeRouteName = (typeof PURGE_ROUTES)[number]['name'];
