/** One POST with the function's own credentials: a whole service's client would be the largest part of the bundle. */
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Environment } from '../environment.ts';

export interface SignedPost {
  /** As it is signed for: `execute-api`. */
  readonly service: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
}

/** @throws whatever kept an answer from coming */
export async function postSigned(
  { service, url, headers, body, timeoutMs }: SignedPost,
  env: Environment,
  send: typeof fetch = fetch,
): Promise<Response> {
  const signer = new SignatureV4({
    service,
    region: env['AWS_REGION'] ?? '',
    sha256: Sha256,
    credentials: {
      accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
      ...(env['AWS_SESSION_TOKEN'] !== undefined && { sessionToken: env['AWS_SESSION_TOKEN'] }),
    },
  });
  const signed = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port !== '' && { port: Number(url.port) }),
    path: url.pathname,
    headers: { host: url.host, ...headers },
    body,
  });
  const { host: _host, ...sent } = signed.headers;
  return send(url, { method: 'POST', headers: sent, body, signal: AbortSignal.timeout(timeoutMs) });
}
