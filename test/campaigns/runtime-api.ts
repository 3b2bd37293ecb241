/**
 * Lambda's Runtime API on this machine, for one process of a runtime: it asks for the next invocation and says what came of it
 * (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
 */
import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';

/** What a runtime said of an invocation, or of its start. */
export interface RuntimeWord {
  readonly kind: 'response' | 'error' | 'init-error';
  readonly body: string;
}

export interface RuntimeApi {
  /** `127.0.0.1:port`, as AWS_LAMBDA_RUNTIME_API says it. */
  readonly address: string;
  /** What the runtime says first: that it is ready, or why it is not. */
  readonly started: Promise<RuntimeWord | 'ready'>;
  readonly invoke: (event: string) => Promise<RuntimeWord>;
  readonly stop: () => void;
}

const VERSION = '/2018-06-01/runtime';
const DEADLINE_MS = 60_000;

export async function startRuntimeApi(functionArn: string): Promise<RuntimeApi> {
  const { promise: started, resolve: start } = Promise.withResolvers<RuntimeWord | 'ready'>();
  const events: { readonly id: string; readonly event: string }[] = [];
  const waiting = new Map<string, (word: RuntimeWord) => void>();
  let next: ServerResponse | undefined;

  function serveNext(): void {
    const reply = next;
    const first = reply === undefined ? undefined : events.shift();
    if (reply === undefined || first === undefined) return;
    next = undefined;
    reply.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': first.id,
      'lambda-runtime-deadline-ms': String(Date.now() + DEADLINE_MS),
      'lambda-runtime-invoked-function-arn': functionArn,
      'lambda-runtime-trace-id': 'Root=1-00000000-000000000000000000000000;Sampled=0',
    });
    reply.end(first.event);
  }

  const server = createServer(async (request, reply) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const path = (request.url ?? '').replace(VERSION, '');
    if (path === '/invocation/next') {
      start('ready');
      next = reply;
      return serveNext();
    }
    const [, id = '', kind = ''] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    if (path === '/init/error') start({ kind: 'init-error', body });
    else waiting.get(id)?.({ kind: kind === 'error' ? 'error' : 'response', body });
    reply.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    address: `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    started,
    invoke: (event) => {
      const id = randomUUID();
      const { promise, resolve } = Promise.withResolvers<RuntimeWord>();
      waiting.set(id, resolve);
      events.push({ id, event });
      serveNext();
      return promise;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
