import { createHash } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ReceivedRequest } from '../../infra/local/sigv4.ts';

export interface Draft {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly service?: string;
  readonly region?: string;
  readonly signedAt?: Date;
}

export const NOW = new Date('2026-03-01T12:00:00Z');

/** A request signed by AWS's own signer: an implementation independent of the verifier under test. */
export async function signedRequest(draft: Draft = {}): Promise<ReceivedRequest> {
  const { method = 'POST', path = '/v1/decide', query = {}, body = '{"a":1}' } = draft;
  const signer = new SignatureV4({
    service: draft.service ?? 'execute-api',
    region: draft.region ?? 'us-east-1',
    credentials: {
      accessKeyId: draft.accessKeyId ?? 'LOCALCALLER',
      secretAccessKey: draft.secretAccessKey ?? 'secret',
    },
    sha256: Sha256,
  });
  const headers = { host: '127.0.0.1:8787', 'content-type': 'application/json', ...draft.headers };
  const signed = await signer.sign(
    { method, protocol: 'http:', hostname: '127.0.0.1', path, query, headers, body },
    { signingDate: draft.signedAt ?? NOW },
  );
  const search = new URLSearchParams(query).toString().replaceAll('+', '%20');
  return {
    method,
    target: search === '' ? path : `${path}?${search}`,
    rawHeaders: Object.entries(signed.headers).flat(),
    body: Buffer.from(body),
  };
}

export function withHeader(
  request: ReceivedRequest,
  name: string,
  value: string | undefined,
): ReceivedRequest {
  const rawHeaders: string[] = [];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    if (request.rawHeaders[index]?.toLowerCase() !== name)
      rawHeaders.push(request.rawHeaders[index] ?? '', request.rawHeaders[index + 1] ?? '');
  }
  if (value !== undefined) rawHeaders.push(name, value);
  return { ...request, rawHeaders };
}

export function header(request: ReceivedRequest, name: string): string {
  const index = request.rawHeaders.findIndex((each, at) => at % 2 === 0 && each.toLowerCase() === name);
  return request.rawHeaders[index + 1] ?? '';
}

export function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
