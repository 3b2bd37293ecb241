/** The services of AWS that functions call, on this machine: for each function a socket that only its sandboxes know. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AWS_SERVICES, type ServiceName, serviceAt, serviceNames } from '../../aws-services.ts';
import type { Database } from '../database.ts';
import type { FunctionHost } from '../function-host.ts';
import type { LocalFunction } from '../functions.ts';
import { type ApiCaller, LOCAL_ACCOUNT } from '../identities.ts';
import { type InvokeRequest, invokeRequest } from '../invoke-door.ts';
import { LOCAL_REGION, LOCAL_SUFFIX } from '../names.ts';
import type { ArrivedRequest } from '../proxy-event.ts';
import { errorReply, type LocalReply, write } from '../reply.ts';
import { receiveBody } from '../request-body.ts';
import type { HostRule, LocalPlace } from '../sandbox-messages.ts';
import type { SigningKey } from '../signing-key.ts';
import { refusals, verifySignature } from '../sigv4.ts';
import { headerValues } from '../sigv4-canonical.ts';
import type { Callbacks } from './callbacks.ts';
import { codeDeployDoor } from './codedeploy.ts';
import { kmsDoor } from './kms.ts';
import { lambdaDoor } from './lambda.ts';
import { type Permissions, roleAllows } from './permissions.ts';
import { judgeAttempt } from './policy.ts';
import type { ServiceCall } from './service-call.ts';

export interface PlatformParts {
  readonly permissions: Permissions;
  readonly database: Database;
  readonly signing: SigningKey;
  readonly callbacks: Callbacks;
  /** Lambda's Invoke, of whatever the caller may invoke. */
  readonly invoke: (
    mayInvoke: (functionArn: string) => boolean,
    request: InvokeRequest,
  ) => Promise<LocalReply>;
  /** The functions in service. */
  readonly find: FunctionHost['find'];
  /** The API, by a role that it lets in. */
  readonly api: (who: ApiCaller, request: ArrivedRequest) => Promise<LocalReply>;
  readonly report: (line: string) => void;
}

const BODY_LIMIT = 8 * 1024 * 1024;

export class Platform {
  readonly #parts: PlatformParts;
  readonly #directory: string;
  readonly #servers: Server[] = [];

  private constructor(parts: PlatformParts, directory: string) {
    this.#parts = parts;
    this.#directory = directory;
  }

  /** Sockets lie in a directory of the owner alone: nobody else on this machine has commits signed. */
  static async open(parts: PlatformParts): Promise<Platform> {
    return new Platform(parts, await mkdtemp(join(tmpdir(), 'routeguard-')));
  }

  /** Begins to serve a function. @returns where its sandboxes find what they may reach, and why not the rest */
  async admit(target: LocalFunction): Promise<readonly HostRule[]> {
    const path = join(this.#directory, `${this.#servers.length}.sock`);
    const server = createServer((request, response) => {
      this.#answer(target, request).then(
        (reply) => write(response, reply),
        (error: unknown) => {
          this.#parts.report(`a call of ${target.shortName}: ${error instanceof Error ? error.message : ''}`);
          write(response, errorReply(500, 'InternalFailure', 'Internal failure'));
        },
      );
    });
    server.keepAliveTimeout = 75_000;
    this.#servers.push(server);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject);
    server.listen(path, resolve);
    await promise;
    const places: Readonly<Partial<Record<ServiceName, LocalPlace>>> = {
      dynamodb: placeOf(this.#parts.database.endpoint),
    };
    return serviceNames.flatMap((name) => {
      const way = target.ways[name];
      return AWS_SERVICES[name]
        .hosts(LOCAL_REGION, LOCAL_SUFFIX)
        .map(
          (host): HostRule => (way.open ? { host, to: places[name] ?? { path } } : { host, why: way.why }),
        );
    });
  }

  async stop(): Promise<void> {
    for (const server of this.#servers) {
      server.close();
      server.closeAllConnections();
    }
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #answer(target: LocalFunction, request: IncomingMessage): Promise<LocalReply> {
    const body = await receiveBody(request, BODY_LIMIT);
    if (body === 'too-long') return errorReply(413, 'RequestTooLargeException', 'Request Too Long');
    const service = serviceAt(request.headers.host ?? '', LOCAL_REGION, LOCAL_SUFFIX);
    const call = callOf(this.#parts.permissions, target, service, request, body);
    if (service === 's3') return this.#parts.callbacks.put(call, request.headers['content-type'] ?? '');
    const { credentials } = this.#parts.database;
    const verified = verifySignature(
      { method: call.method, target: call.path, rawHeaders: request.rawHeaders, body },
      {
        service: service ?? '',
        now: Date.now(),
        secretOf: (id) => (id === credentials.accessKeyId ? credentials.secretAccessKey : undefined),
      },
    );
    if (!verified.ok) {
      const { errorType, message } = refusals[verified.refusal];
      return errorReply(403, errorType, message);
    }
    switch (service) {
      case 'kms':
        return kmsDoor(this.#parts.permissions, this.#parts.signing, call);
      case 'codedeploy':
        return codeDeployDoor(this.#parts.permissions, this.#parts.report, call);
      case 'lambda':
        return lambdaDoor(this.#parts.permissions, this.#parts.find, call) ?? this.#invoke(call, request);
      case 'execute-api':
        return this.#callApi(target, call, request);
      case 'dynamodb':
      case undefined:
        return errorReply(404, 'UnknownOperationException', 'No such service here.');
    }
  }

  /** The door that everybody else has too; who calls is the role, in a session that Lambda gives it. */
  #callApi(
    target: LocalFunction,
    call: ServiceCall,
    request: IncomingMessage,
  ): LocalReply | Promise<LocalReply> {
    const url = new URL(call.path, 'http://api');
    const [, stage = '', ...rest] = url.pathname.split('/');
    const path = `/${rest.join('/')}`;
    const api = (request.headers.host ?? '').split('.', 1)[0];
    const arn = `arn:aws:execute-api:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${api}/${stage}/${call.method}${path}`;
    const attempt = call.attempt('execute-api:Invoke', arn);
    const may = call.endpointAllows(attempt) && roleAllows(this.#parts.permissions, attempt);
    const who: ApiCaller = {
      accessKeyId: this.#parts.database.credentials.accessKeyId,
      role: target.role.replace(/^.*:role\//, ''),
      roleId: 'AROALOCALFUNCTION',
      session: target.name,
      rights: { invoke: [], http: may ? [path] : [] },
    };
    const { rawHeaders } = request;
    const arrived = { method: call.method, path, query: url.searchParams, rawHeaders, body: call.body };
    return this.#parts.api(who, { ...arrived, sourceIp: '127.0.0.1' });
  }

  #invoke(call: ServiceCall, request: IncomingMessage): LocalReply | Promise<LocalReply> {
    const asked = invokeRequest(call.method, call.path, request.rawHeaders, call.body);
    if (asked === undefined) return errorReply(404, 'ResourceNotFoundException', 'No such operation.');
    return this.#parts.invoke((functionArn) => {
      const attempt = call.attempt('lambda:InvokeFunction', functionArn);
      return call.endpointAllows(attempt) && roleAllows(this.#parts.permissions, attempt);
    }, asked);
  }
}

function callOf(
  { names }: Permissions,
  { role, ways }: LocalFunction,
  service: ServiceName | undefined,
  request: IncomingMessage,
  body: Buffer,
): ServiceCall {
  const way = service === undefined ? undefined : ways[service];
  return {
    target: headerValues(request.rawHeaders, 'x-amz-target')[0] ?? '',
    method: request.method ?? '',
    path: request.url ?? '/',
    body,
    attempt: (action, resource, context = {}) => ({
      ...{ action, resource, role },
      context: { 'aws:PrincipalAccount': LOCAL_ACCOUNT, ...context },
    }),
    endpointAllows: (attempt) =>
      way?.open === true && (way.policy === undefined || judgeAttempt(way.policy, attempt, names) === 'role'),
  };
}

function placeOf(endpoint: string): LocalPlace {
  const { protocol, hostname, port } = new URL(endpoint);
  const tls = protocol === 'https:';
  return { host: hostname, port: port === '' ? (tls ? 443 : 80) : Number(port), tls };
}
