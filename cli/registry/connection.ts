/** How a command reaches the registry: the local guard as one of its identities, or a deployed one with AWS credentials. */
import { Sha256 } from '@aws-crypto/sha256-js';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Command } from 'commander';
import { identities } from '../../infra/local/identities.ts';
import { UsageError } from '../usage-error.ts';
import { RegistryRefusedError, RegistryUnavailableError, type WireError } from './errors.ts';

export interface ConnectionOptions {
  readonly url?: string;
  readonly region?: string;
  readonly as?: string;
  readonly json?: true;
}

const LOCAL_URL = 'http://127.0.0.1:8787';
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** API Gateway gives up after 29 seconds; the network gets a little more. */
const TIMEOUT_MS = 35_000;

export function withConnectionOptions(command: Command): Command {
  return command
    .option('--as <identity>', `who signs, at the local guard (${administrators().join(', ')})`)
    .option(
      '--url <url>',
      `the guard's HTTP door (default ${LOCAL_URL}); a deployed one needs AWS credentials`,
    )
    .option('--region <region>', 'the AWS region of --url (default AWS_REGION)')
    .option('--json', 'print JSON for machines');
}

function administrators(): readonly string[] {
  return identities.filter((each) => each.rights.http.includes('/v1/registry')).map((each) => each.name);
}

/** One request to the registry. */
export interface Ask {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** @default '/v1/registry' */
  readonly door?: '/v1/registry' | '/v1/registry-purge';
  /** Below the door; empty for the door itself. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export type Registry = (ask: Ask) => Promise<Readonly<Record<string, unknown>>>;

/**
 * The registry behind these options. Redirects are not followed: a signature is for one host.
 *
 * @throws RegistryRefusedError with the registry's own words; RegistryUnavailableError where it does not answer
 */
export function connect(options: ConnectionOptions): Registry {
  const base = new URL((options.url ?? LOCAL_URL).replace(/\/+$/, ''));
  const isLocal = LOOPBACK.has(base.hostname);
  if (base.protocol !== 'https:' && !(base.protocol === 'http:' && isLocal))
    throw new UsageError('--url must be https');
  const signer = signerOf(options, isLocal);
  return async ({ method, door = '/v1/registry', path, query = {}, body }) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const pathname = `${base.pathname.replace(/\/$/, '')}${door}${path === '' ? '' : `/${path}`}`;
    const signed = await signer.sign({
      method,
      protocol: base.protocol,
      hostname: base.hostname,
      ...(base.port === '' ? {} : { port: Number(base.port) }),
      path: pathname,
      query: { ...query },
      headers: { host: base.host, 'content-type': 'application/json' },
      ...(text !== '' && { body: text }),
    });
    const { host: _, ...headers } = signed.headers;
    const search = new URLSearchParams(query).toString();
    const target = new URL(`${pathname}${search === '' ? '' : `?${search}`}`, base);
    const response = await send(target, { method, headers, ...(text !== '' && { body: text }) });
    return read(response);
  };
}

function signerOf(options: ConnectionOptions, isLocal: boolean): SignatureV4 {
  if (options.as !== undefined || isLocal) {
    const who = identities.find((each) => each.name === options.as);
    if (who === undefined)
      throw new UsageError(`--as names who signs at the local guard: ${administrators().join(', ')}`);
    if (!isLocal) throw new UsageError('--as is for the local guard; a deployed one takes AWS credentials');
    const { accessKeyId, secretAccessKey } = who;
    return signerWith('us-east-1', { accessKeyId, secretAccessKey });
  }
  const region = options.region ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
  if (region === undefined) throw new UsageError('--region names the AWS region of --url');
  // The SDK's own chain: environment, profile, SSO, process.
  return signerWith(region, new LambdaClient({ region }).config.credentials);
}

function signerWith(
  region: string,
  credentials: ConstructorParameters<typeof SignatureV4>[0]['credentials'],
): SignatureV4 {
  return new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
}

async function send(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (cause) {
    throw new RegistryUnavailableError(
      `no answer from ${url.origin}${LOOPBACK.has(url.hostname) ? ': is it running? `npm start` starts it' : ''}`,
      { cause },
    );
  }
}

async function read(response: Response): Promise<Readonly<Record<string, unknown>>> {
  let body: Readonly<Record<string, unknown>>;
  try {
    body = (await response.json()) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new RegistryUnavailableError('the registry did not answer with JSON', { cause });
  }
  if (response.ok) return body;
  const error = (body['error'] ?? { code: String(response.status), message: body['message'] }) as WireError;
  if (response.status >= 500 || response.status === 429) {
    throw new RegistryUnavailableError(`${error.code}: ${error.message}`);
  }
  throw new RegistryRefusedError(error);
}
