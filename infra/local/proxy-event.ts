/** A request on this machine as API Gateway would hand it to a function. */
import { randomUUID } from 'node:crypto';
import { type ApiCaller, LOCAL_ACCOUNT, LOCAL_API, userArn } from './identities.ts';
import type { RouteMatch } from './routes.ts';
import type { RawHeaders } from './sigv4-canonical.ts';

export interface ArrivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly rawHeaders: RawHeaders;
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** The event that a REST API's Lambda proxy integration sends (payload format 1.0). */
export function proxyEvent(
  { route, pathParameters }: RouteMatch,
  request: ArrivedRequest,
  who: ApiCaller,
): object {
  const headers = pairs(request.rawHeaders);
  const query = [...request.query];
  const now = new Date();
  return {
    resource: route.path,
    path: request.path,
    httpMethod: request.method,
    headers: lastOfEach(headers),
    multiValueHeaders: allOfEach(headers),
    queryStringParameters: query.length > 0 ? lastOfEach(query) : null,
    multiValueQueryStringParameters: query.length > 0 ? allOfEach(query) : null,
    pathParameters,
    stageVariables: null,
    requestContext: {
      accountId: LOCAL_ACCOUNT,
      apiId: LOCAL_API,
      authorizer: null,
      domainName: '127.0.0.1',
      extendedRequestId: randomUUID(),
      httpMethod: request.method,
      identity: {
        accessKey: who.accessKeyId,
        accountId: LOCAL_ACCOUNT,
        caller: `${who.roleId}:${who.session}`,
        principalOrgId: null,
        sourceIp: request.sourceIp,
        user: `${who.roleId}:${who.session}`,
        userAgent: lastOfEach(headers)['user-agent'] ?? null,
        userArn: userArn(who),
      },
      path: request.path,
      protocol: 'HTTP/1.1',
      requestId: randomUUID(),
      requestTimeEpoch: now.getTime(),
      resourcePath: route.path,
      stage: 'guard',
    },
    body: request.body.length > 0 ? request.body.toString('utf8') : null,
    isBase64Encoded: false,
  };
}

type Pair = readonly [name: string, value: string];

function pairs(rawHeaders: RawHeaders): readonly Pair[] {
  const result: Pair[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    result.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  return result;
}

// Null prototypes: a header called __proto__ is a header.
function lastOfEach(entries: readonly Pair[]): Record<string, string> {
  const result: Record<string, string> = Object.create(null);
  for (const [name, value] of entries) result[name] = value;
  return result;
}

function allOfEach(entries: readonly Pair[]): Record<string, string[]> {
  const result: Record<string, string[]> = Object.create(null);
  for (const [name, value] of entries) {
    const values = result[name] ?? [];
    values.push(value);
    result[name] = values;
  }
  return result;
}
