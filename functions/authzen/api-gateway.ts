import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { type HttpHandler, type HttpRequest, type HttpResponse, jsonResponse } from './exchange.ts';

/** The members of a REST proxy event that the binding needs. */
export type RestEvent = Pick<
  APIGatewayProxyEvent,
  'httpMethod' | 'path' | 'headers' | 'body' | 'isBase64Encoded'
>;

/** Serves a handler behind an API Gateway REST API with Lambda proxy integration. */
export function behindRestApi(handler: HttpHandler): (event: RestEvent) => Promise<APIGatewayProxyResult> {
  return async (event) => proxyResult(await handler(requestOf(event)));
}

/** Lambda puts an error of its own in the place of a result over 6 MB, in which the body is text inside JSON. */
const MAX_RESULT_BYTES = 6_000_000;

function isTooLarge(body: string): boolean {
  return body.length > MAX_RESULT_BYTES / 6 && Buffer.byteLength(JSON.stringify(body)) > MAX_RESULT_BYTES;
}

/** A response in the format of Lambda proxy integration. */
export function proxyResult(response: HttpResponse): APIGatewayProxyResult {
  const { status, headers, body } = isTooLarge(response.body)
    ? jsonResponse(500, 'the answer is too large: ask for less at a time')
    : response;
  return { statusCode: status, headers: { ...headers }, body };
}

function requestOf({ httpMethod, path, headers, body, isBase64Encoded }: RestEvent): HttpRequest {
  return {
    method: httpMethod,
    path,
    // The console's test button sends null.
    headers: headers ?? {},
    body:
      body === null || body === undefined
        ? undefined
        : isBase64Encoded
          ? utf8(Buffer.from(body, 'base64'))
          : body,
  };
}

/** Text of UTF-8 bytes, or `undefined` where they are not: a replaced character could change a name. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
