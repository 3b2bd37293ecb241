import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sha256 } from '@aws-crypto/sha256-js';
import { InvokeCommand, type InvokeCommandInput, LambdaClient } from '@aws-sdk/client-lambda';
import { SignatureV4 } from '@smithy/signature-v4';
import type { LocalAssembly } from '../../infra/local/assembly.ts';
import { identities } from '../../infra/local/identities.ts';
import { type LocalGuard, startLocalGuard } from '../../infra/local/local-guard.ts';
import type { Template } from '../../infra/local/template.ts';
import { object } from '../../infra/local/template.ts';
import { type MutableTemplate, unheldGuard } from '../infra/synthesised-guard.ts';

/** What the functions of a fixture guard do: the event says which behaviour is wanted. */
const HANDLER = `
export const handler = async (event, context) => {
  if (event.ResponseURL !== undefined) return answer(event);
  switch (event.behaviour ?? JSON.parse(event.body ?? '{}').behaviour) {
    case 'undefined': return undefined;
    case 'throw': throw new RangeError('thrown');
    case 'hang': return new Promise(() => {});
    case 'event': return { statusCode: 200, body: JSON.stringify(event) };
    case 'headers': return { statusCode: 418, headers: { 'X-One': '1' }, multiValueHeaders: { 'X-Two': ['a', 'b'] }, body: 'dGV4dA==', isBase64Encoded: true };
    case 'no-status': return { body: 'x' };
    case 'null': return null;
    case 'no-text': return { statusCode: 200, body: {} };
    default: return { event, arn: context.invokedFunctionArn };
  }
};
const answer = ({ ResponseURL, StackId, RequestId, LogicalResourceId }) => fetch(ResponseURL, {
  method: 'PUT',
  headers: { 'content-type': '' },
  body: JSON.stringify({
    ...{ Status: 'SUCCESS', PhysicalResourceId: 'made', Data: { PublicKey: 'KEY' } },
    ...{ StackId, RequestId, LogicalResourceId, ...ANSWER },
  }),
});
`;

export interface FixtureOptions {
  readonly data?: string;
  readonly empty?: boolean;
  readonly port?: number;
  readonly report?: (line: string) => void;
  /** Members of the answer to CloudFormation that are other than they should be. */
  readonly answer?: Readonly<Record<string, unknown>>;
  /** What takes the place of text in the functions' source. */
  readonly source?: readonly [text: string, instead: string];
  readonly change?: (template: MutableTemplate) => void;
}

/** A local guard whose functions are the fixture's; everything around them is real. */
export async function startFixtureGuard(options: FixtureOptions = {}): Promise<LocalGuard> {
  return startLocalGuard({
    port: options.port ?? (await freePort()),
    data: options.data,
    empty: options.empty ?? false,
    environment: {},
    report: options.report ?? (() => {}),
    log: () => {},
    signal: new AbortController().signal,
    synthesise: () => fixtureAssembly(options),
  });
}

/** Synthesised once a file: no start changes it. */
let synthesised: MutableTemplate | undefined;

async function fixtureAssembly({ answer, source, change }: FixtureOptions): Promise<LocalAssembly> {
  const directory = mkdtempSync(join(tmpdir(), 'routeguard-fixture-'));
  synthesised ??= unheldGuard();
  const template = structuredClone(synthesised);
  change?.(template);
  const handler = source === undefined ? HANDLER : HANDLER.replace(...source);
  return {
    stackName: 'Test',
    template: template as Template,
    assetDirectory: (key) => {
      const asset = join(directory, key);
      mkdirSync(asset, { recursive: true });
      writeFileSync(join(asset, 'index.mjs'), `const ANSWER = ${JSON.stringify(answer ?? {})};\n${handler}`);
      return asset;
    },
    remove: async () => rmSync(directory, { recursive: true, force: true }),
  };
}

export async function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = object(server.address(), 'address');
    server.close(() => resolve(Number(port)));
  });
  return promise;
}

function credentialsOf(name: string): { accessKeyId: string; secretAccessKey: string } {
  const found = identities.find((each) => each.name === name);
  return {
    accessKeyId: found?.accessKeyId ?? 'LOCALNOBODY',
    secretAccessKey: found?.secretAccessKey ?? 'nothing',
  };
}

function lambdaClient(baseUrl: string, who = 'caller'): LambdaClient {
  return new LambdaClient({
    endpoint: baseUrl,
    region: 'eu-west-2',
    credentials: credentialsOf(who),
    maxAttempts: 1,
  });
}

/** One call with the real SDK. */
export async function invoke(
  baseUrl: string,
  payload: unknown,
  input: Partial<InvokeCommandInput> = {},
  who?: string,
): Promise<{
  readonly status: number | undefined;
  readonly error: string | undefined;
  readonly payload: unknown;
}> {
  const client = lambdaClient(baseUrl, who);
  try {
    const Payload = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const answer = await client.send(new InvokeCommand({ FunctionName: 'decide', Payload, ...input }));
    const text = answer.Payload?.transformToString() ?? '';
    return {
      status: answer.StatusCode,
      error: answer.FunctionError,
      payload: text === '' ? undefined : JSON.parse(text),
    };
  } finally {
    client.destroy();
  }
}

export interface Call {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly who?: string;
  readonly headers?: Record<string, string>;
}

/** One signed HTTP call. */
export async function call(
  baseUrl: string,
  options: Call = {},
): Promise<{ status: number; body: string; headers: Headers }> {
  const { method = 'POST', path = '/v1/decide', body = '{}', who = 'caller' } = options;
  const url = new URL(path, baseUrl);
  const signer = new SignatureV4({
    service: 'execute-api',
    region: 'us-east-1',
    credentials: credentialsOf(who),
    sha256: Sha256,
  });
  const signed = await signer.sign({
    method,
    protocol: 'http:',
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { host: url.host, 'content-type': 'application/json', ...options.headers },
    body,
  });
  const { host: _host, ...headers } = signed.headers;
  const response = await fetch(url, method === 'GET' ? { method, headers } : { method, headers, body });
  return { status: response.status, body: await response.text(), headers: response.headers };
}
