/** What every command that speaks signed HTTP shares: where the guard is, who signs, and one signed request. */
import { Sha256 } from '@aws-crypto/sha256-js';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SignatureV4 } from '@smithy/signature-v4';
import type { LocalIdentity } from '../infra/local/identities.ts';
import { UsageError } from './usage-error.ts';

/** What `npm start` serves by default; see the README. */
export const LOCAL_URL = 'http://127.0.0.1:8787';
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** API Gateway gives up after 29 seconds; the network gets a little more. */
export const TIMEOUT_MS = 35_000;

export interface SignedDoor {
  readonly base: URL;
  readonly isLocal: boolean;
}

/**
 * @param option how the person gave the URL
 * @throws UsageError for a URL that is none, or not https beyond this machine
 */
export function doorAt(url: string | undefined, option = '--url'): SignedDoor {
  let base: URL;
  try {
    base = new URL((url ?? LOCAL_URL).replace(/\/+$/, ''));
  } catch {
    throw new UsageError(`${option} is not a URL, such as ${LOCAL_URL}`);
  }
  const isLocal = LOOPBACK.has(base.hostname);
  if (base.protocol !== 'https:' && !(base.protocol === 'http:' && isLocal))
    throw new UsageError(`${option} must be https, or http on this machine, such as ${LOCAL_URL}`);
  return { base, isLocal };
}

type SignerRegion = ConstructorParameters<typeof SignatureV4>[0]['region'];
type Credentials = ConstructorParameters<typeof SignatureV4>[0]['credentials'];

function signerWith(region: SignerRegion, credentials: Credentials): SignatureV4 {
  return new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
}

export function localSigner({ accessKeyId, secretAccessKey }: LocalIdentity): SignatureV4 {
  return signerWith('us-east-1', { accessKeyId, secretAccessKey });
}

/**
 * Signs with the SDK's own chain: environment, profile, SSO, process.
 *
 * @throws UsageError without a Region, and without a profile that could have one
 */
export function awsSigner(place: { readonly region?: string; readonly profile?: string }): SignatureV4 {
  if (place.region === undefined && place.profile === undefined)
    throw new UsageError('--region names the AWS region of --url');
  const { region, credentials } = new LambdaClient(place).config;
  return signerWith(region, credentials);
}

export interface SignedRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below the door's own path, with its leading slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** JSON text; empty for none. */
  readonly body: string;
}

/** A request ready for `fetch`. */
export interface ReadyRequest {
  readonly target: URL;
  readonly init: RequestInit;
}

/** Signs one request. Redirects will not be followed: a signature is for one host. */
export async function signedRequest(
  { base }: SignedDoor,
  signer: SignatureV4,
  request: SignedRequest,
): Promise<ReadyRequest> {
  const { method, path, query = {}, body } = request;
  const pathname = `${base.pathname.replace(/\/$/, '')}${path}`;
  const text = body === '' ? {} : { body };
  const signed = await signer.sign({
    method,
    protocol: base.protocol,
    hostname: base.hostname,
    ...(base.port !== '' && { port: Number(base.port) }),
    path: pathname,
    query: { ...query },
    headers: { host: base.host, 'content-type': 'application/json' },
    ...text,
  });
  const { host: _host, ...headers } = signed.headers;
  const search = new URLSearchParams(query).toString();
  const target = new URL(`${pathname}${search === '' ? '' : `?${search}`}`, base);
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return { target, init: { method, headers, ...text, redirect: 'error', signal } };
}
