import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { MAX_REPLY_LENGTH, type Reply, replyForStatus, type Transport } from './reply.ts';

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

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** `POST <base>/v1/decide`, signed with SigV4. Redirects are not followed: a signature is for one host. */
export function httpTransport(options: HttpTransportOptions): Transport {
  const url = new URL(`${options.baseUrl.replace(/\/+$/, '')}/v1/decide`);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname))) {
    throw new TypeError('baseUrl must be https');
  }
  const signer = new SignatureV4({
    service: options.service ?? 'execute-api',
    region: options.region,
    credentials: options.credentials ?? environmentCredentials,
    sha256: Sha256,
  });
  const send = options.fetch ?? fetch;
  return {
    async send(text, signal): Promise<Reply> {
      try {
        const signed = await signer.sign({
          method: 'POST',
          protocol: url.protocol,
          hostname: url.hostname,
          path: url.pathname,
          query: {},
          headers: { host: url.host, 'content-type': 'application/json' },
          body: text,
        });
        const { host: _, ...headers } = signed.headers;
        const response = await send(url, { method: 'POST', headers, body: text, redirect: 'error', signal });
        // The guard answers a request it cannot read with 400 and a deny that says why.
        if (response.status !== 200 && response.status !== 400) {
          await response.body?.cancel();
          return replyForStatus(response.status);
        }
        const bytes = await response.arrayBuffer();
        if (bytes.byteLength > MAX_REPLY_LENGTH) return { kind: 'unreachable' };
        const answer = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
        return { kind: 'answered', status: response.status, functionError: null, text: answer };
      } catch {
        return { kind: signal.aborted ? 'timed-out' : 'unreachable' };
      }
    },
  };
}

async function environmentCredentials(): Promise<HttpCredentials> {
  const accessKeyId = process.env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = process.env['AWS_SECRET_ACCESS_KEY'];
  const sessionToken = process.env['AWS_SESSION_TOKEN'];
  if (!accessKeyId || !secretAccessKey) throw new Error('no credentials in the environment');
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
