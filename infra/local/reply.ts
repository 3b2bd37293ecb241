import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** What a door answers with. */
export interface LocalReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
}

export function jsonReply(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): LocalReply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** An error as AWS's JSON services write it: SDKs read its name from the header, people read the message. */
export function errorReply(status: number, errorType: string, message: string): LocalReply {
  return jsonReply(status, { message }, { 'x-amzn-errortype': errorType });
}

export function write(response: ServerResponse, reply: LocalReply): void {
  if (response.destroyed || response.headersSent) return;
  response.statusCode = reply.status;
  response.setHeader('x-amzn-requestid', randomUUID());
  for (const [name, value] of Object.entries(reply.headers))
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  response.end(reply.body);
}
