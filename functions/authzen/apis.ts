import type { Metadata } from './responses.ts';

/** The APIs of AuthZEN 1.0: default path, and the key that announces it. */
export const APIS = {
  evaluation: { path: '/access/v1/evaluation', key: 'access_evaluation_endpoint' },
  evaluations: { path: '/access/v1/evaluations', key: 'access_evaluations_endpoint' },
  'subject-search': { path: '/access/v1/search/subject', key: 'search_subject_endpoint' },
  'resource-search': { path: '/access/v1/search/resource', key: 'search_resource_endpoint' },
  'action-search': { path: '/access/v1/search/action', key: 'search_action_endpoint' },
} as const satisfies { readonly [api: string]: { readonly path: string; readonly key: keyof Metadata } };

export type Api = keyof typeof APIS;

export const ALL_APIS = Object.keys(APIS) as readonly Api[];

export const WELL_KNOWN = '/.well-known/authzen-configuration';

export function apiAt(path: string, apis: readonly Api[]): Api | undefined {
  return apis.find((api) => APIS[api].path === path);
}
