/** What the function answers to each resource of its API, given one guard. No event and no environment here. */
import { APIS } from '../authzen/apis.ts';
import { type HttpHandler, type HttpResponse, jsonResponse } from '../authzen/exchange.ts';
import { authzenBinding } from '../authzen/index.ts';
import { bindingOfText, type QuestionBinding } from '../core/decision/question-binding.ts';
import { type DecisionRecording, startRecording } from '../decide/record.ts';
import type { RequestArrival } from './arrival.ts';
import { type BestPathOptions, bestPath } from './best-path.ts';
import { type GuardPdpOptions, guardPdp } from './pdp.ts';
import { type SearchLine, searchLine } from './search-line.ts';
import { MAX_STEPS } from './work.ts';

const BEST_PATH = '/v1/best-path';

export interface DoorOptions
  extends Pick<GuardPdpOptions, 'guard' | 'reader' | 'profiles' | 'clock' | 'searchMs'>,
    Pick<BestPathOptions, 'build'> {
  readonly pageKey: Uint8Array;
  /** Writes a line of the log. */
  readonly write: (line: string) => void;
}

/** One request's answer, and what is said and recorded instead where that takes too long. */
export interface AccessDoor {
  readonly answer: HttpHandler;
  tooLate(): HttpResponse;
}

/** Paths that write the line of a search; all others decide. */
const SEARCHES: ReadonlyMap<string, SearchLine['searched']> = new Map([
  [APIS['subject-search'].path, 'subject'],
  [APIS['resource-search'].path, 'resource'],
  [APIS['action-search'].path, 'action'],
  [BEST_PATH, 'best-path'],
]);

/** The door for one request: who asks is in the event, so there is one for each. */
export function doorFor(options: DoorOptions, arrival: RequestArrival): AccessDoor {
  const handler = arrival.path === BEST_PATH ? bestPathHandler : accessHandler;
  return {
    answer: handler(options, arrival),
    tooLate() {
      const recording = recordingOf(options, arrival);
      const answer = options.guard.outOfTime(recording.trace);
      const searched = SEARCHES.get(arrival.path);
      if (searched === undefined) recording.done(answer);
      else options.write(JSON.stringify(searchLine({ searched, results: 0, complete: false }, arrival)));
      if (arrival.path !== BEST_PATH) return jsonResponse(500, 'the request took too long');
      return jsonResponse(503, { reasons: answer.reasons });
    },
  };
}

function recordingOf(
  { write }: DoorOptions,
  { caller, requestId }: RequestArrival,
  question?: QuestionBinding,
): DecisionRecording {
  return startRecording({ door: 'access', ...(question && { question }), caller, requestId }, write);
}

function accessHandler(options: DoorOptions, arrival: RequestArrival): HttpHandler {
  const { caller } = arrival;
  return (request) => {
    // Once for all items of a batch: a body may be long.
    const question = bindingOfText(request.body);
    return authzenBinding({
      pdp: guardPdp({
        ...options,
        startRecording: () => recordingOf(options, arrival, question),
        searched: (what) => options.write(JSON.stringify(searchLine(what, arrival))),
      }),
      identifier: arrival.identifier,
      pageKey: options.pageKey,
      maxSteps: MAX_STEPS,
      // API Gateway has authenticated the caller; a request without one did not come through it.
      admit: () =>
        caller === undefined
          ? { kind: 'unauthenticated', challenge: 'AWS4-HMAC-SHA256' }
          : { kind: 'admitted', caller: { id: caller } },
    })(request);
  };
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
