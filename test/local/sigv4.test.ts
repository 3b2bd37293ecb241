import { describe, expect, it } from 'vitest';
import {
  MOST_SKEW_MS,
  type ReceivedRequest,
  type SignatureRefusal,
  verifySignature,
} from '../../infra/local/sigv4.ts';
import { type Draft, hashOf, header, NOW, signedRequest, withHeader } from './signed-request.ts';

function verify(request: ReceivedRequest, now = NOW.getTime(), service = 'execute-api') {
  const secretOf = (accessKeyId: string): string | undefined =>
    accessKeyId === 'LOCALCALLER' ? 'secret' : undefined;
  return verifySignature(request, { service, now, secretOf });
}

const accepted: readonly [what: string, draft: Draft][] = [
  ['a POST', {}],
  ['a GET without a body', { method: 'GET', body: '' }],
  ['the root', { path: '/' }],
  ['an encoded path', { path: '/2015-03-31/functions/arn%3Aaws%3Alambda%3Ax%3Ay/invocations' }],
  ['a path with characters that encoders disagree on', { path: "/a!b'c(d)e*f~g" }],
  ['a query', { query: { b: '2', a: '1 2', 'c/d': "é!'()*" } }],
  ['a value with an equals sign', { query: { a: 'b=c=d', b: '' } }],
  ['another Region', { region: 'eu-west-2' }],
  ['header values with runs of spaces', { headers: { 'x-amz-meta': '  a   b  ' } }],
  ['a body that is not ASCII', { body: '{"a":"\u00e9\u{1f600}"}' }],
];

describe('a signature by AWS’s own signer is accepted', () => {
  it.each(accepted)('%s', async (_what, draft) => {
    expect(verify(await signedRequest(draft))).toEqual({ ok: true, accessKeyId: 'LOCALCALLER' });
  });

  it.each([-MOST_SKEW_MS, 0, MOST_SKEW_MS])('with clocks %i ms apart', async (skew) => {
    expect(verify(await signedRequest(), NOW.getTime() + skew).ok).toBe(true);
  });

  it('in any spelling of the header names', async () => {
    const request = await signedRequest();
    const rawHeaders = request.rawHeaders.map((text, index) => (index % 2 === 0 ? text.toUpperCase() : text));
    expect(verify({ ...request, rawHeaders }).ok).toBe(true);
  });

  it('with headers nobody signed, unless they are x-amz-*', async () => {
    expect(verify(withHeader(await signedRequest(), 'accept', '*/*')).ok).toBe(true);
  });
});

type Tampering = (request: ReceivedRequest) => ReceivedRequest;

const authorization = (change: (text: string) => string): Tampering => {
  return (request) => withHeader(request, 'authorization', change(header(request, 'authorization')));
};

const tampered: readonly [what: string, refusal: SignatureRefusal, tamper: Tampering][] = [
  ['no authorization', 'missing', (r) => withHeader(r, 'authorization', undefined)],
  ['another body', 'mismatch', (r) => ({ ...r, body: Buffer.from('{"a":2}') })],
  ['no body', 'mismatch', (r) => ({ ...r, body: Buffer.alloc(0) })],
  [
    'another body and its hash',
    'mismatch',
    (r) => withHeader({ ...r, body: Buffer.from('{}') }, 'x-amz-content-sha256', hashOf('{}')),
  ],
  ['an unsigned payload', 'mismatch', (r) => withHeader(r, 'x-amz-content-sha256', 'UNSIGNED-PAYLOAD')],
  ['another method', 'mismatch', (r) => ({ ...r, method: 'PUT' })],
  ['another path', 'mismatch', (r) => ({ ...r, target: '/v1/registry' })],
  ['a query added', 'mismatch', (r) => ({ ...r, target: `${r.target}?Qualifier=live` })],
  ['a path to be normalised', 'incomplete', (r) => ({ ...r, target: '/v1/x/../decide' })],
  ['a segment of one dot', 'incomplete', (r) => ({ ...r, target: '/v1/./decide' })],
  ['an empty segment', 'incomplete', (r) => ({ ...r, target: '/v1//decide' })],
  ['a malformed query', 'incomplete', (r) => ({ ...r, target: '/v1/decide?a=%zz' })],
  ['an absolute target', 'incomplete', (r) => ({ ...r, target: 'http://127.0.0.1/v1/decide' })],
  ['another signed header value', 'mismatch', (r) => withHeader(r, 'content-type', 'text/plain')],
  ['a signed header gone', 'incomplete', (r) => withHeader(r, 'content-type', undefined)],
  [
    'a signed header twice',
    'mismatch',
    (r) => ({ ...r, rawHeaders: [...r.rawHeaders, 'content-type', 'x'] }),
  ],
  ['another host', 'mismatch', (r) => withHeader(r, 'host', 'elsewhere')],
  ['an unsigned x-amz header', 'incomplete', (r) => withHeader(r, 'x-amz-invocation-type', 'Event')],
  ['another time', 'mismatch', (r) => withHeader(r, 'x-amz-date', '20260301T120001Z')],
  ['another day', 'scope', (r) => withHeader(r, 'x-amz-date', '20260302T120000Z')],
  ['no time', 'incomplete', (r) => withHeader(r, 'x-amz-date', undefined)],
  ['a time that is none', 'incomplete', (r) => withHeader(r, 'x-amz-date', '20260230T120000Z')],
  [
    'two times',
    'incomplete',
    (r) => ({ ...r, rawHeaders: [...r.rawHeaders, 'X-Amz-Date', '20260301T120000Z'] }),
  ],
  ['an unknown key', 'unknownKey', authorization((text) => text.replace('LOCALCALLER', 'LOCALNOBODY'))],
  ['another service', 'scope', authorization((text) => text.replace('execute-api', 'lambda'))],
  ['another Region', 'mismatch', authorization((text) => text.replace('us-east-1', 'us-east-2'))],
  ['another scope date', 'scope', authorization((text) => text.replace('/20260301/', '/20260302/'))],
  ['no host signed', 'incomplete', authorization((text) => text.replace('host;', ''))],
  [
    'header names unsorted',
    'incomplete',
    authorization((text) => text.replace('content-type;host', 'host;content-type')),
  ],
  ['a header name twice', 'incomplete', authorization((text) => text.replace('host;', 'host;host;'))],
  [
    'a flipped bit',
    'mismatch',
    authorization((text) => text.replace(/.$/, (last) => (last === '0' ? '1' : '0'))),
  ],
  ['a short signature', 'incomplete', authorization((text) => text.slice(0, -1))],
  [
    'upper-case hexadecimal',
    'incomplete',
    authorization((text) => text.replace(/Signature=.*/, (s) => s.toUpperCase())),
  ],
  ['another algorithm', 'incomplete', authorization((text) => text.replace('HMAC-SHA256', 'HMAC-SHA512'))],
  ['something before the algorithm', 'incomplete', authorization((text) => `x ${text}`)],
  ['a bearer token', 'incomplete', authorization(() => 'Bearer x')],
  ['something after the signature', 'incomplete', authorization((text) => `${text}, x=y`)],
  [
    'two authorizations',
    'incomplete',
    (r) => ({ ...r, rawHeaders: [...r.rawHeaders, 'Authorization', 'AWS4-HMAC-SHA256'] }),
  ],
  [
    'a very long list of names',
    'incomplete',
    authorization((text) => text.replace('host;', `host;${'x;'.repeat(5000)}`)),
  ],
];

describe('anything else is refused', () => {
  it.each(tampered)('%s: %s', async (_what, refusal, tamper) => {
    expect(verify(tamper(await signedRequest()))).toEqual({ ok: false, refusal });
  });

  it.each([-MOST_SKEW_MS - 1, MOST_SKEW_MS + 1])('a repetition with clocks %i ms apart', async (skew) => {
    expect(verify(await signedRequest(), NOW.getTime() + skew)).toEqual({ ok: false, refusal: 'expired' });
  });

  it('the wrong secret', async () => {
    const request = await signedRequest({ secretAccessKey: 'guess' });
    expect(verify(request)).toEqual({ ok: false, refusal: 'mismatch' });
  });

  it('a session token, which no local identity has', async () => {
    const request = await signedRequest({ headers: { 'x-amz-security-token': 'x' } });
    expect(verify(request)).toEqual({ ok: false, refusal: 'unknownKey' });
  });

  it('a signature for one door at the other', async () => {
    expect(verify(await signedRequest(), NOW.getTime(), 'lambda')).toEqual({ ok: false, refusal: 'scope' });
  });
});

describe('a verifier that only looks the key up', () => {
  it('would accept what this one refuses', async () => {
    const careless = (request: ReceivedRequest): boolean =>
      header(request, 'authorization').includes('LOCALCALLER');
    const forged = { ...(await signedRequest()), body: Buffer.from('{"forged":true}') };
    expect(careless(forged)).toBe(true);
    expect(verify(forged).ok).toBe(false);
  });
});
