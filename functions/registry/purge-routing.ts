/** What the purge's function does. */
import type { ReplyTo } from './answers.ts';
import type { Call } from './context.ts';
import { approvePurge, type PurgeContext, requestPurge, showPurge } from './purge-request.ts';
import { PURGE_ROUTES, type PurgeRouteName } from './purge-routes.ts';
import { searchTables } from './purge-search.ts';
import { routing } from './router.ts';

export const purgeRouting = routing(PURGE_ROUTES, {
  'request-purge': requestPurge,
  'search-tables': searchTables,
  'show-purge': showPurge,
  'approve-purge': approvePurge,
} as const satisfies {
  readonly [N in PurgeRouteName]: (context: PurgeContext, call: Call) => Promise<ReplyTo<N>>;
});
