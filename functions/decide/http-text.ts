import type { APIGatewayProxyEvent } from 'aws-lambda';
import { utf8 } from '../authzen/api-gateway.ts';

/** The text of a proxy event's body; empty, and so no request, where there is none or where its bytes are not UTF-8. */
export function textOfBody(event: Pick<APIGatewayProxyEvent, 'body' | 'isBase64Encoded'>): string {
  if (typeof event.body !== 'string') return '';
  return event.isBase64Encoded ? (utf8(Buffer.from(event.body, 'base64')) ?? '') : event.body;
}
