import type { IncomingMessage, RequestListener } from 'node:http';
import { utf8 } from './api-gateway.ts';
import type { HttpHandler, HttpRequest } from './exchange.ts';

/** Serves a handler from `node:http`. A body of more than `maxBytes` is answered as an unreadable one. */
export function behindNodeHttp(handler: HttpHandler, maxBytes = 2_097_152): RequestListener {
  return async (incoming, outgoing) => {
    try {
      const body = await readBytes(incoming, maxBytes);
      const { status, headers, body: text } = await handler(requestOf(incoming, body));
      outgoing.writeHead(status, headers).end(text);
    } catch {
      // A caller that hangs up half way, or a handler that breaks its promise.
      outgoing.destroy();
    }
  };
}

function requestOf(incoming: IncomingMessage, body: Uint8Array | 'too-large'): HttpRequest {
  const headers = Object.entries(incoming.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  return {
    method: incoming.method ?? '',
    path: (incoming.url ?? '').split('?', 1)[0] ?? '',
    headers: Object.fromEntries(headers) as { readonly [name: string]: string | undefined },
    body: body === 'too-large' || body.byteLength === 0 ? undefined : utf8(body),
  };
}

async function readBytes(incoming: IncomingMessage, maxBytes: number): Promise<Uint8Array | 'too-large'> {
  const chunks: Buffer[] = [];
  let length = 0;
  // What is too much is read to its end and dropped, so that the caller gets to see the answer.
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.byteLength;
    if (length <= maxBytes) chunks.push(chunk);
  }
  return length <= maxBytes ? Buffer.concat(chunks) : 'too-large';
}
