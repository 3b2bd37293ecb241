/**
 * The purge's door: `/v1/registry-purge/…`. A function of its own, because its role is the only one that may overwrite an
 * object: the registry function, which everybody who proposes calls, must not have it.
 */
import type { ReplyTo } from './answers.ts';
import { assembleReader, BUDGET_MS, SLICE_MS } from './assemble.ts';
import type { Call } from './context.ts';
import { registryDoor } from './door.ts';
import { matchIn } from './match-route.ts';
import { approvePurge, type PurgeContext, requestPurge, showPurge } from './purge-request.ts';
import { PURGE_ROUTES, type PurgeRouteName } from './purge-routes.ts';
import { searchTables } from './purge-search.ts';
import { handleWith } from './router.ts';

const context = assembleReader();

const USE_CASES = {
  'request-purge': requestPurge,
  'search-tables': searchTables,
  'show-purge': showPurge,
  'approve-purge': approvePurge,
} as const satisfies {
  readonly [N in PurgeRouteName]: (context: PurgeContext, call: Call) => Promise<ReplyTo<N>>;
};

export const handler = registryDoor((event) =>
  handleWith(context, event, { budgetMs: BUDGET_MS, sliceMs: SLICE_MS }, (method, path) => {
    const matched = matchIn(PURGE_ROUTES, method, path);
    return matched === undefined ? undefined : { ...matched, useCase: USE_CASES[matched.name] };
  }),
);
