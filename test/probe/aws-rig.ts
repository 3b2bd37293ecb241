/** Loopback stand-ins for Lambda's Invoke and CodeDeploy's report, spoken to by the real SDK and the real signer. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a function answers to one question: its payload as text, a fault, an HTTP refusal, or nothing at all. */
export type Said = string | { readonly fault: true } | { readonly status: number } | 'hang';
export type Build = (request: string) => Said | Promise<Said>;

export interface AwsRig {
  readonly url: string;
  /** Functions by ARN; one that is not here is a 404. */
  readonly builds: Map<string, Build>;
  /** ARNs asked since the last `forget`, in order. */
  readonly asked: string[];
  /** What CodeDeploy was told since the last `forget`. */
  readonly told: { readonly headers: IncomingMessage['headers']; readonly body: unknown }[];
  /** What CodeDeploy answers. */
  codeDeployStatus: number;
  forget(): void;
  stop(): Promise<void>;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

export async function startAwsRig(): Promise<AwsRig> {
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    const arn = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.url ?? '')?.[1];
    if (arn === undefined) {
      rig.told.push({ headers: request.headers, body: JSON.parse(body) });
      response.writeHead(rig.codeDeployStatus).end('{}');
      return;
    }
    const name = decodeURIComponent(arn);
    rig.asked.push(name);
    const said = (await rig.builds.get(name)?.(JSON.parse(body).request)) ?? { status: 404 };
    if (said === 'hang') return;
    if (typeof said === 'string') response.writeHead(200).end(said);
    else if ('fault' in said)
      response.writeHead(200, { 'x-amz-function-error': 'Unhandled' }).end('{"decision":false}');
    else response.writeHead(said.status, { 'x-amzn-errortype': 'ResourceNotFoundException' }).end('{}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const rig: AwsRig = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    builds: new Map(),
    asked: [],
    told: [],
    codeDeployStatus: 200,
    forget() {
      rig.asked.length = 0;
      rig.told.length = 0;
      rig.codeDeployStatus = 200;
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return rig;
}

/** The environment every function has, and where the stand-ins listen. */
export function environment(rig: AwsRig, more: Readonly<Record<string, string>>): Record<string, string> {
  return {
    AWS_REGION: 'eu-west-2',
    AWS_ACCESS_KEY_ID: 'AKID',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
    AWS_ENDPOINT_URL_LAMBDA: rig.url,
    CODEDEPLOY_ENDPOINT: `${rig.url}/`,
    SERVICE_NAME: 'guard-1',
    ...more,
  };
}
