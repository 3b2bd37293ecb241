import type { IncomingMessage } from 'node:http';

/**
 * The bytes of a request's body, or `too-long` beyond the limit. The rest of a body that is too long is read and
 * dropped, so that the client gets its answer instead of a reset.
 */
export async function receiveBody(request: IncomingMessage, limit: number): Promise<Buffer | 'too-long'> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else if (length > 8 * limit) {
      request.destroy();
      break;
    }
  }
  return length <= limit ? Buffer.concat(chunks) : 'too-long';
}
