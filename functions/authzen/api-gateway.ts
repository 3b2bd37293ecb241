import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { HttpHandler, HttpRequest, HttpResponse } from './exchange.ts';

/** The members of a REST proxy event that the binding needs. */
export type RestEvent = Pick<
  APIGatewayProxyEvent,
  'httpMethod' | 'path' | 'headers' | 'body' | 'isBase64Encoded'
>;

/** Serves a handler behind an API Gateway REST API with Lambda proxy integration. */
export function behindRestApi(handler: HttpHandler): (event: RestEvent) => Promise<APIGatewayProxyResult> {
  return async (event) => proxyResult(await handler(requestOf(event)));
}

/** A response in the format of Lambda proxy integration. */
export function proxyResult({ status, headers, body }: HttpResponse): APIGatewayProxyResult {
  return { statusCode: status, headers: { ...headers }, body, isBase64Encoded: false };
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
