import { type HttpRequest, headerOf } from './exchange.ts';
import { HttpProblem } from './problem.ts';

export const REQUEST_ID = 'x-request-id';

/**
 * The caller's request id, which must come back as it is. It is the one text of the caller that does, so it is held
 * to printable ASCII of at most 256 characters: nothing in it can end a header or colour a log.
 */
export function requestIdOf(request: HttpRequest): string | undefined {
  const id = headerOf(request, REQUEST_ID);
  if (id === undefined) return undefined;
  if (!/^[\x20-\x7e]{0,256}$/.test(id)) {
    throw new HttpProblem(400, 'X-Request-ID must be printable ASCII of at most 256 characters');
  }
  return id;
}
