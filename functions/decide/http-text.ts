import type { APIGatewayProxyEvent } from 'aws-lambda';

/** The text of a proxy event's body; empty where there is none. */
export function textOfBody(event: Pick<APIGatewayProxyEvent, 'body' | 'isBase64Encoded'>): string {
  if (typeof event.body !== 'string') return '';
  return event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString('utf8') : event.body;
}
