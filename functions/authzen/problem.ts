import { type HttpResponse, jsonResponse } from './exchange.ts';

/** The statuses AuthZEN 1.0 names for errors, and the two of HTTP that a wrong address or method needs. */
export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 500;

/**
 * Why a whole request failed. The message is text of this code with names of the protocol's own members; nothing a
 * caller wrote gets into it.
 */
export class HttpProblem extends Error {
  override readonly name = 'Problem';
  readonly status: ProblemStatus;
  readonly headers: { readonly [name: string]: string };

  constructor(status: ProblemStatus, message: string, headers: { readonly [name: string]: string } = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** The body of an AuthZEN error is an error message string; as JSON, it is readable as JSON and as text. */
export function problemResponse({ status, message, headers }: HttpProblem): HttpResponse {
  return jsonResponse(status, message, headers);
}
