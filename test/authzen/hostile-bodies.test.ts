/** What comes in and is no question: refused in words that are the protocol's own. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { behindRestApi } from '../../functions/authzen/api-gateway.ts';
import type { HttpRequest } from '../../functions/authzen/exchange.ts';
import { behindNodeHttp } from '../../functions/authzen/node-http.ts';
import { inShape, readProtocolBody } from '../../functions/authzen/read-body.ts';

const LIMITS = { maxBytes: 1024, maxDepth: 8 };
const said = (ask: () => unknown): string => {
  try {
    return JSON.stringify(ask());
  } catch (error) {
    return error instanceof Error ? error.message : 'no error';
  }
};

it.each([
  ['{}', '{}'],
  ['[]', 'the body must be a JSON object'],
  ['[{}]', 'the body must be a JSON object'],
  ['null', 'the body must be a JSON object'],
  ['7', 'the body must be a JSON object'],
  ['', 'the body is empty'],
  [' ', 'the body is empty'],
  ['{', 'the body is not acceptable JSON'],
  ['{"a":1,"a":2}', 'the body is not acceptable JSON'],
])('body %j: %s', (body, expected) => {
  const request: HttpRequest = {
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/json' },
    body,
  };
  expect(said(() => readProtocolBody(request, LIMITS))).toBe(expected);
});

it.each([
  [{ subject: { properties: { canary: 7 } } }, 'subject.properties is missing or wrong'],
  [{ subject: 7 }, 'subject is missing or wrong'],
  [7, 'the request has the wrong shape'],
])('of %j only names of the protocol are repeated', (value, expected) => {
  const shape = z.object({ subject: z.object({ properties: z.record(z.string(), z.string()) }) });
  expect(said(() => inShape(shape, value))).toBe(expected);
});

it.each([
  ['text', [0x7b, 0x7d], '{}'],
  ['half a character', [0x7b, 0xc3, 0x7d], undefined],
  ['a byte that is none', [0xff], undefined],
  ['a byte-order mark', [0xef, 0xbb, 0xbf, 0x7b, 0x7d], '\uFEFF{}'],
])('a body of bytes: %s', async (_what, bytes, expected) => {
  let seen: HttpRequest | undefined;
  const handler = behindRestApi((request) => {
    seen = request;
    return Promise.resolve({ status: 200, headers: {}, body: '' });
  });
  await handler({
    httpMethod: 'POST',
    path: '/',
    headers: {},
    body: Buffer.from(bytes).toString('base64'),
    isBase64Encoded: true,
  });
  expect(seen?.body).toBe(expected);
});

it.each([
  ['of the most', ['{"a": 1}'], '{"a": 1}'],
  ['of a byte more', ['{"a": 1} '], 'none'],
  ['that goes on after a whole question', ['{"a": 1}', ' '.repeat(100)], 'none'],
])('a body %s', async (_, parts, expected) => {
  const server = createServer(
    behindNodeHttp(({ body: seen = 'none' }) => Promise.resolve({ status: 200, headers: {}, body: seen }), 8),
  );
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  try {
    const sending = request({ port, method: 'POST' });
    for (const part of parts) {
      sending.write(part);
      // A chunk of its own.
      await setImmediate();
    }
    sending.end();
    const [answer] = (await once(sending, 'response')) as [IncomingMessage];
    expect(await text(answer)).toBe(expected);
  } finally {
    server.close();
  }
});
