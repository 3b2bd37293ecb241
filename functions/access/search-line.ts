/**
 * One line per search: who learnt how much of the policy. Closed like the line of a decision, and like it without
 * anything a caller wrote.
 */
import { principalOf } from '../decide/decision-line.ts';
import { serviceName } from '../metrics/service-name.ts';
import { gatewayIdOf } from '../service/http.ts';
import type { RequestArrival } from './arrival.ts';

const SEARCH_LINE_SCHEMA = 1;

export interface SearchLine {
  readonly event: 'search';
  readonly schema: typeof SEARCH_LINE_SCHEMA;
  readonly Service: string;
  readonly searched: 'subject' | 'resource' | 'action' | 'best-path';
  readonly results: number;
  readonly complete: boolean;
  readonly caller?: string;
  readonly requestId?: string;
}

export function searchLine(
  what: Pick<SearchLine, 'searched' | 'results' | 'complete'>,
  arrival: Pick<RequestArrival, 'caller' | 'requestId'>,
  env: Readonly<Record<string, string | undefined>> = process.env,
): SearchLine {
  const caller = principalOf(arrival.caller);
  const requestId = gatewayIdOf(arrival.requestId);
  return {
    event: 'search',
    schema: SEARCH_LINE_SCHEMA,
    Service: serviceName(env),
    searched: what.searched,
    results: what.results,
    complete: what.complete,
    ...(caller !== undefined && { caller }),
    ...(requestId !== undefined && { requestId }),
  };
}
