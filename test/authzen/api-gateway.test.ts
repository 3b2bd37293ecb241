import { describe, expect, it } from 'vitest';
import { authzenBinding, behindRestApi, type RestEvent } from '../../functions/authzen/index.ts';
import { certificationPdp } from './fixture/pdp.ts';

const handler = behindRestApi(
  authzenBinding({
    pdp: certificationPdp,
    identifier: 'https://pdp.example',
    pageKey: new Uint8Array(32),
    maxSteps: 6_000,
  }),
);
const TEXT = JSON.stringify({
  subject: { type: 'user', id: 'alice' },
  action: { name: 'read' },
  resource: { type: 'record', id: 'record-1' },
});
const EVENT: RestEvent = {
  httpMethod: 'POST',
  path: '/access/v1/evaluation',
  headers: { 'Content-Type': 'application/json', 'X-Request-ID': 'r-1' },
  body: TEXT,
  isBase64Encoded: false,
};
/** An event as the service may send it, whatever its type says. */
const event = (change: { readonly [member: string]: unknown }): RestEvent =>
  ({ ...EVENT, ...change }) as RestEvent;

describe('behind an API Gateway REST API', () => {
  it('answers in the proxy format', async () => {
    expect(await handler(EVENT)).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-request-id': 'r-1' },
      body: '{"decision":true}',
    });
  });

  it.each<[string, { readonly [member: string]: unknown }, number]>([
    ['a body in base64', { body: Buffer.from(TEXT).toString('base64'), isBase64Encoded: true }, 200],
    [
      'a mark before the text in base64',
      { body: Buffer.from(`\ufeff${TEXT}`).toString('base64'), isBase64Encoded: true },
      400,
    ],
    [
      'a header once without a value',
      { headers: { 'Content-Type': undefined, 'content-type': 'application/json' } },
      200,
    ],
    ['lower-case headers', { headers: { 'content-type': 'application/json' } }, 200],
    ['text that says it is base64', { isBase64Encoded: true }, 400],
    ['base64 that says it is text', { body: Buffer.from(TEXT).toString('base64') }, 400],
    [
      'base64 of bytes that are not UTF-8',
      { body: Buffer.from([0x22, 0xff, 0x22]).toString('base64'), isBase64Encoded: true },
      400,
    ],
    ['a null body', { body: null }, 400],
    ['no body', { body: undefined }, 400],
    ['an empty body', { body: '' }, 400],
    ['null headers', { headers: null }, 400],
    ['no headers', { headers: undefined }, 400],
    ['another method', { httpMethod: 'GET', body: null }, 405],
    ['another path', { path: '/prod/access/v1/evaluation' }, 404],
  ])('%s', async (_, change, status) => {
    expect((await handler(event(change))).statusCode).toBe(status);
  });

  it.each<[string, { readonly [member: string]: unknown }]>([
    ['no method', { httpMethod: undefined }],
    ['no path', { path: undefined }],
    ['a header that is no text', { headers: { 'content-type': 7 } }],
    ['a body that is no text', { body: { decision: true } }],
  ])('an event that is none is no permit: %s', async (_, change) => {
    const { statusCode, body } = await handler(event(change));
    expect(statusCode).toBeGreaterThanOrEqual(400);
    expect(body).not.toContain('true');
  });
});
