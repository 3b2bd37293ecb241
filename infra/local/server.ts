import { createServer, type IncomingMessage, type Server } from 'node:http';
import { boardDoor } from './board-door.ts';
import type { FunctionHost } from './function-host.ts';
import { gatewayDoor, REQUEST_LIMIT } from './http-door.ts';
import { identityByAccessKey, mayInvoke } from './identities.ts';
import { invokeDoor, invokeRequest } from './invoke-door.ts';
import { OPENAPI_PATH, openapiDoor } from './openapi-door.ts';
import { errorReply, type LocalReply, write } from './reply.ts';
import { receiveBody } from './request-body.ts';
import type { LocalRoute } from './routes.ts';
import { refusals, verifySignature } from './sigv4.ts';

/** What the server needs to answer; absent while the guard is still starting. */
export interface Doors {
  readonly host: FunctionHost;
  readonly routes: readonly LocalRoute[];
}

export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';

  constructor(port: number) {
    super(
      `port ${port} is in use: another local guard may be running; stop it, or choose another port with --port or PORT`,
    );
  }
}

/** Listens on loopback only. `doors` is asked on each request. */
export async function listen(port: number, doors: () => Doors | undefined): Promise<Server> {
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 30_000 }, (request, response) => {
    answer(request, doors()).then(
      (reply) => write(response, reply),
      // Nothing of the error goes out; a client that went away needs no answer.
      () => write(response, errorReply(500, 'ServiceException', 'Internal server error')),
    );
  });
  // Longer than SDKs keep an idle connection: a socket closed under a client looks like an outage.
  server.keepAliveTimeout = 75_000;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (error: NodeJS.ErrnoException) =>
    reject(error.code === 'EADDRINUSE' ? new PortInUseError(port) : error),
  );
  server.listen(port, '127.0.0.1', resolve);
  await promise;
  return server;
}

async function answer(request: IncomingMessage, doors: Doors | undefined): Promise<LocalReply> {
  const body = await receiveBody(request, REQUEST_LIMIT);
  if (!doors) return errorReply(503, 'ServiceUnavailableException', 'The local guard is starting.');
  if (body === 'too-long') return errorReply(413, 'RequestTooLargeException', 'Request Too Long');
  const target = request.url ?? '/';
  const method = request.method ?? 'GET';
  const path = target.split('?', 1)[0] ?? '/';
  const query = new URLSearchParams(target.slice(path.length + 1));
  if (method === 'GET' && path === '/board') return boardDoor(doors.host, query, request.headers.host);
  if (method === 'GET' && path === OPENAPI_PATH) return openapiDoor();
  const invoke = invokeRequest(method, target, request.rawHeaders, body);
  const verified = verifySignature(
    { method, target, rawHeaders: request.rawHeaders, body },
    {
      service: invoke ? 'lambda' : 'execute-api',
      now: Date.now(),
      secretOf: (accessKeyId) => identityByAccessKey(accessKeyId)?.secretAccessKey,
    },
  );
  const who = verified.ok ? identityByAccessKey(verified.accessKeyId) : undefined;
  if (!verified.ok || !who) {
    const refusal = refusals[verified.ok ? 'unknownKey' : verified.refusal];
    return errorReply(403, refusal.errorType, refusal.message);
  }
  if (!invoke)
    return gatewayDoor(doors.host, doors.routes, who, {
      method,
      path,
      query,
      rawHeaders: request.rawHeaders,
      body,
      sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
    });
  return invokeDoor(doors.host, (called) => mayInvoke(who, called.shortName), invoke);
}
