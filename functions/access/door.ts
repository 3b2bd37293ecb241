/** What the function answers to each resource of its API, given one guard. No event and no environment here. */
import { type HttpHandler, jsonResponse } from '../authzen/exchange.ts';
import { authzenBinding } from '../authzen/index.ts';
import { startRecording } from '../decide/record.ts';
import type { RequestArrival } from './arrival.ts';
import { type BestPathOptions, bestPath } from './best-path.ts';
import { type GuardPdpOptions, guardPdp } from './pdp.ts';
import { searchLine } from './search-line.ts';

export const BEST_PATH = '/v1/best-path';

export interface DoorOptions
  extends Pick<GuardPdpOptions, 'guard' | 'reader' | 'profiles' | 'clock' | 'searchMs'>,
    Pick<BestPathOptions, 'build'> {
  readonly pageKey: Uint8Array;
  /** Writes a line of the log. */
  readonly write: (line: string) => void;
}

/** The handler for one request: who asks is in the event, so there is a handler for each. */
export function doorFor(options: DoorOptions, arrival: RequestArrival): HttpHandler {
  return arrival.path === BEST_PATH ? bestPathHandler(options, arrival) : accessHandler(options, arrival);
}

function accessHandler(options: DoorOptions, arrival: RequestArrival): HttpHandler {
  const { caller, requestId } = arrival;
  return authzenBinding({
    pdp: guardPdp({
      ...options,
      startRecording: () => startRecording({ door: 'access', caller, requestId }, options.write),
      searched: (what) => options.write(JSON.stringify(searchLine(what, arrival))),
    }),
    identifier: arrival.identifier,
    pageKey: options.pageKey,
    // API Gateway has authenticated the caller; a request without one did not come through it.
    admit: () =>
      caller === undefined
        ? { kind: 'unauthenticated', challenge: 'AWS4-HMAC-SHA256' }
        : { kind: 'admitted', caller: { id: caller } },
  });
}

function bestPathHandler(options: DoorOptions, arrival: RequestArrival): HttpHandler {
  return async ({ method, body }) => {
    if (method !== 'POST') return jsonResponse(405, 'only POST is possible here', { allow: 'POST' });
    if (arrival.caller === undefined) {
      return jsonResponse(401, 'authentication is needed', { 'www-authenticate': 'AWS4-HMAC-SHA256' });
    }
    const found = await bestPath(body ?? '', { ...options, budgetMs: options.searchMs });
    const results = found.ok ? found.answer.paths.length : 0;
    options.write(
      JSON.stringify(searchLine({ searched: 'best-path', results, complete: found.ok }, arrival)),
    );
    if (found.ok) return jsonResponse(200, found.answer);
    return jsonResponse(found.invalid ? 400 : 503, { reasons: found.reasons });
  };
}
