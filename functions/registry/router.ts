/** From a request to its handler and back: the caller, the route, the query, and whatever is thrown as a refusal. */
import type { ReplyTo } from './answers.ts';
import { approve } from './approve.ts';
import { callerOf } from './caller.ts';
import { putChunk } from './chunks.ts';
import { confirm } from './confirm.ts';
import type { Call, RegistryContext, UseCaseReply } from './context.ts';
import { holdNow } from './hold.ts';
import { jsonBody, readEvent } from './http-request.ts';
import { lift } from './lift.ts';
import { listFacts, listNames } from './list-facts.ts';
import { listProposals, showProposal } from './list-proposals.ts';
import { type MatchedRoute, matchIn } from './match-route.ts';
import { propose } from './propose.ts';
import { onlyParameters } from './query.ts';
import { Refusal } from './refusal.ts';
import { reject } from './reject.ts';
import { revoke } from './revoke.ts';
import { rollback, showRollback } from './rollback.ts';
import { ROUTES, type RouteName } from './routes.ts';
import { runJob, showJob, showResult, startForecast, startVerify } from './run-job.ts';
import { showBlame, showDiff, showFact, showLog, showVersion } from './show-history.ts';
import { showSigning, sign } from './sign.ts';
import { simulate } from './simulate.ts';
import { showHolds, showStops } from './stopped.ts';
import { refusalOf } from './store-refusals.ts';
import { validate } from './validate.ts';

const USE_CASES = {
  propose,
  'list-proposals': listProposals,
  'show-proposal': showProposal,
  'put-chunk': putChunk,
  validate,
  simulate,
  sign,
  approve,
  reject,
  revoke,
  hold: holdNow,
  lift,
  rollback,
  undo: showRollback,
  confirm,
  signing: showSigning,
  log: showLog,
  version: showVersion,
  stops: showStops,
  holds: showHolds,
  facts: listFacts,
  names: listNames,
  fact: showFact,
  diff: showDiff,
  blame: showBlame,
  verify: startVerify,
  forecast: startForecast,
  'show-job': showJob,
  'run-job': runJob,
  'job-result': showResult,
} as const satisfies {
  readonly [N in RouteName]: (context: RegistryContext, call: Call) => Promise<ReplyTo<N>>;
};

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

/** Handles one proxy event of the registry. Never throws. */
export function handle(
  context: RegistryContext,
  event: unknown,
  times: RequestTimes,
): Promise<HandledRequest> {
  return handleWith(context, event, times, (method, path) => {
    const matched = matchIn(ROUTES, method, path);
    return matched === undefined ? undefined : { ...matched, useCase: USE_CASES[matched.name] };
  });
}

/** What a request is routed to. */
export interface Target<C extends RegistryContext, N extends string> extends MatchedRoute<N> {
  readonly useCase: (context: C, call: Call) => Promise<UseCaseReply>;
}

/** Handles one proxy event: the caller first, then the route. Never throws. */
export async function handleWith<C extends RegistryContext, N extends string>(
  context: C,
  event: unknown,
  { budgetMs, sliceMs }: RequestTimes,
  match: (method: string, path: string) => Target<C, N> | undefined,
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
