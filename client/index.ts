/** The client of routeguard: what an upstream service imports to protect a route, but for how the guard is reached. See docs/client.md. */
export { digestOfMessage } from './message-digest.ts';
export type { Obligation, ObligationHandler, ObligationHandlers } from './obligations.ts';
export type { RouteGuardOptions } from './options.ts';
export type { Reply, Transport } from './reply.ts';
export type { Flow, MessageDescription, PathDescription, RouteRequest } from './request.ts';
export type { Cause, Denial, Permit, Refusal, Retry, RouteResult, Unavailable } from './result.ts';
export { RetryBudget } from './retry-budget.ts';
export { RouteGuard, type Sent } from './route-guard.ts';
export type { Surroundings } from './surroundings.ts';
