/** What every HTTP door reads of an event of the REST API, and how it answers one. */
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { proxyResult, utf8 } from '../authzen/api-gateway.ts';
import { jsonResponse } from '../authzen/exchange.ts';

/** The text of a body; empty where there is none, undefined where its bytes are not UTF-8. */
export function textOfBody({
  body,
  isBase64Encoded,
}: Pick<APIGatewayProxyEvent, 'body' | 'isBase64Encoded'>): string | undefined {
  if (typeof body !== 'string') return '';
  return isBase64Encoded === true ? utf8(Buffer.from(body, 'base64')) : body;
}

/** JSON that nobody keeps; an error of our own where Lambda would put one of its own in the place of what is too large. */
export function jsonResult(status: number, value: unknown): APIGatewayProxyResult {
  return proxyResult(jsonResponse(status, value));
}

/** API Gateway's id of a request, and nothing else that somebody may have written in its place. */
export function gatewayIdOf(id: unknown): string | undefined {
  return typeof id === 'string' && /^[0-9A-Za-z-]{1,64}$/.test(id) ? id : undefined;
}
