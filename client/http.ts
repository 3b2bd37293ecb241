/** The guard reached over HTTP, signed. */
import { AwsV4Signer } from 'aws4fetch';
import { knownMembers } from './known-members.ts';
import { MAX_REPLY_LENGTH, type Reply, replyForStatus, type Transport } from './reply.ts';
import { isUnconfigured } from './unconfigured.ts';

export interface HttpCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface HttpTransportOptions {
  /** Where the API begins: `https://guard.example/prod`. Plain `http` only to this machine. */
  readonly baseUrl: string;
  readonly region: string;
  /** @default the credentials in the environment, read anew for each request, as Lambda provides them */
  readonly credentials?: () => Promise<HttpCredentials>;
  /** @default execute-api */
  readonly service?: string;
  /** @default the `fetch` of the process */
  readonly fetch?: typeof fetch;
}

const KNOWN: { readonly [K in keyof Required<HttpTransportOptions>]: true } = {
  baseUrl: true,
  region: true,
  credentials: true,
  service: true,
  fetch: true,
};

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * `POST <base>/v1/decide`, signed with SigV4. Redirects are not followed: a signature is for one host.
 *
 * @example
 * const transport = httpTransport({ baseUrl: 'https://guard.example/prod', region: 'eu-west-2' });
 * export const guard = new RouteGuard({ transport });
 */
export function httpTransport(options: HttpTransportOptions): Transport {
  const own = knownMembers('httpTransport', options, KNOWN);
  const { baseUrl, region, credentials = environmentCredentials, service = 'execute-api' } = own;
  const { fetch: send = fetch } = own;
  if (typeof region !== 'string' || region === '') throw new TypeError('region is needed');
  if (typeof service !== 'string' || service === '') throw new TypeError('service must be a name');
  if (typeof credentials !== 'function') throw new TypeError('credentials must be a function');
  if (typeof send !== 'function') throw new TypeError('fetch must be a function');
  const url = decideUrl(baseUrl);
  return {
    async send(text, signal): Promise<Reply> {
      try {
        const { accessKeyId, secretAccessKey, sessionToken } = await credentials();
        const signer = new AwsV4Signer({
          ...{ url: url.href, method: 'POST', body: text, service, region, accessKeyId, secretAccessKey },
          ...(sessionToken === undefined ? {} : { sessionToken }),
          headers: { 'content-type': 'application/json' },
          // The type of the content, too.
          allHeaders: true,
        });
        const { headers } = await signer.sign();
        const response = await send(url, { method: 'POST', headers, body: text, redirect: 'error', signal });
        // The guard answers a request it cannot read with 400 and a deny that says why.
        if (response.status !== 200 && response.status !== 400) {
          await response.body?.cancel();
          return replyForStatus(response.status);
        }
        const bytes = await bodyOf(response);
        if (bytes === null) return { kind: 'unreachable' };
        const answer = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
        return { kind: 'answered', status: response.status, functionError: null, text: answer };
      } catch (error) {
        if (signal.aborted) return { kind: 'timed-out' };
        return { kind: isUnconfigured(error) ? 'unconfigured' : 'unreachable' };
      }
    },
  };
}

/** Null where it is longer than an answer is: then no more of it is read, however much is sent or comes out of a small archive. */
async function bodyOf({ body }: Response): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.byteLength;
    if (length > MAX_REPLY_LENGTH) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @throws TypeError for what is no place of a guard */
function decideUrl(baseUrl: string): URL {
  const base = typeof baseUrl === 'string' && URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (base === null) throw new TypeError('baseUrl must be a URL, such as https://guard.example/prod');
  if (base.protocol !== 'https:' && !(base.protocol === 'http:' && LOOPBACK.has(base.hostname)))
    throw new TypeError('baseUrl must be https');
  // A query would swallow the path, and credentials belong to the signature.
  if (/[?#]/.test(baseUrl) || base.username !== '' || base.password !== '')
    throw new TypeError('baseUrl must have no query, no fragment and no credentials');
  return new URL(`${baseUrl.replace(/\/+$/, '')}/v1/decide`);
}

async function environmentCredentials(): Promise<HttpCredentials> {
  const accessKeyId = process.env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = process.env['AWS_SECRET_ACCESS_KEY'];
  const sessionToken = process.env['AWS_SESSION_TOKEN'];
  if (!accessKeyId || !secretAccessKey) {
    const none = new Error('no credentials in the environment');
    // As the SDK calls it, so that it is told from a guard that cannot be reached.
    none.name = 'CredentialsProviderError';
    throw none;
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
