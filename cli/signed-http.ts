/** Signed HTTP to a guard: the local one as one of its identities, or a deployed one with AWS credentials. */
import { Sha256 } from '@aws-crypto/sha256-js';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Command } from 'commander';
import { identities } from '../infra/local/identities.ts';
import { GuardUnreachableError } from './guard-connection.ts';
import { UsageError } from './usage-error.ts';

export interface HttpOptions {
  readonly url?: string;
  readonly region?: string;
}

/** What `npm start` serves by default; see the README. */
const LOCAL_URL = 'http://127.0.0.1:8787';
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** API Gateway gives up after 29 seconds; the network gets a little more. */
const TIMEOUT_MS = 35_000;

export function withHttpOptions(command: Command): Command {
  return command
    .option('--url <url>', `the guard's HTTP door, with your AWS credentials (default ${LOCAL_URL})`)
    .option('--region <region>', 'the AWS region of --url (default AWS_REGION)');
}

/** What the guard answered; the body is JSON. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
}

type Credentials = ConstructorParameters<typeof SignatureV4>[0]['credentials'];

function signerOf(options: HttpOptions, isLocal: boolean, who: string): SignatureV4 {
  const signer = (region: string, credentials: Credentials): SignatureV4 =>
    new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  if (isLocal) {
    const local = identities.find((each) => each.name === who);
    if (local === undefined) throw new UsageError(`the local guard knows nobody called ${who}`);
    return signer('us-east-1', { accessKeyId: local.accessKeyId, secretAccessKey: local.secretAccessKey });
  }
  const region = options.region ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
  if (region === undefined) throw new UsageError('--region names the AWS region of --url');
  // The SDK's own chain: environment, profile, SSO, process.
  return signer(region, new LambdaClient({ region }).config.credentials);
}

function baseOf(options: HttpOptions): { readonly base: URL; readonly isLocal: boolean } {
  let base: URL;
  try {
    base = new URL((options.url ?? LOCAL_URL).replace(/\/+$/, ''));
  } catch {
    throw new UsageError('--url is not a URL');
  }
  const isLocal = LOOPBACK.has(base.hostname);
  if (base.protocol !== 'https:' && !(base.protocol === 'http:' && isLocal))
    throw new UsageError('--url must be https');
  return { base, isLocal };
}

/**
 * Posts JSON. Redirects are not followed: a signature is for one host.
 *
 * @param who the local identity that signs where the guard is on this machine
 * @throws GuardUnreachableError where no JSON comes back; UsageError for a URL that is none
 */
export async function post(
  options: HttpOptions,
  who: 'caller' | 'auditor',
  path: string,
  body: unknown,
): Promise<HttpAnswer> {
  const { base, isLocal } = baseOf(options);
  const signer = signerOf(options, isLocal, who);
  const text = JSON.stringify(body);
  const pathname = `${base.pathname.replace(/\/$/, '')}${path}`;
  try {
    const signed = await signer.sign({
      method: 'POST',
      protocol: base.protocol,
      hostname: base.hostname,
      ...(base.port !== '' && { port: Number(base.port) }),
      path: pathname,
      query: {},
      headers: { host: base.host, 'content-type': 'application/json' },
      body: text,
    });
    const { host: _host, ...headers } = signed.headers;
    const response = await fetch(new URL(pathname, base), {
      method: 'POST',
      headers,
      body: text,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, body: await response.json() };
  } catch (cause) {
    const remedy = isLocal ? ' Is it running? `npm start` starts it.' : '';
    throw new GuardUnreachableError(`no answer from the guard at ${base.origin}.${remedy}`, { cause });
  }
}

/** A sentence for an answer that is no answer: a refusal by the door in front of the guard, or by the guard itself. */
export function refusalInWords({ status, body }: HttpAnswer): string {
  const said = body as
    | {
        readonly message?: unknown;
        readonly reasons?: readonly { readonly code: string; readonly text: string }[];
      }
    | string
    | null;
  if (typeof said === 'string') return `the guard refused (${status}): ${said}`;
  const reasons = said?.reasons?.map((r) => `${r.code}: ${r.text}`).join(' ');
  return `the guard refused (${status}): ${reasons ?? String(said?.message ?? 'no reason given')}`;
}
