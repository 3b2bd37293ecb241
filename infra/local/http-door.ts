import type { FunctionHost } from './function-host.ts';
import { type ApiCaller, mayCall } from './identities.ts';
import { type ArrivedRequest, proxyEvent } from './proxy-event.ts';
import { jsonReply, type LocalReply } from './reply.ts';
import { type LocalRoute, matchLocalRoute } from './routes.ts';
import { PAYLOAD_LIMIT } from './sandbox-messages.ts';
import { headerValues } from './sigv4-canonical.ts';

/** API Gateway's own bound on a request, in bytes. */
export const REQUEST_LIMIT = 10 * 1024 * 1024;

const internalError = jsonReply(502, { message: 'Internal server error' });

/**
 * What a REST API's Lambda proxy integration makes of a throttled function: not Lambda's 429, which never leaves it.
 * https://repost.aws/knowledge-center/api-gateway-internal-server-error
 */
const throttled = jsonReply(500, { message: 'Internal server error' });

/** The REST API: from an authenticated request to a Lambda proxy event and back. */
export async function gatewayDoor(
  host: FunctionHost,
  routes: readonly LocalRoute[],
  who: ApiCaller,
  request: ArrivedRequest,
): Promise<LocalReply> {
  const match = matchLocalRoute(routes, request.method, request.path);
  const target = match ? host.find(match.route.target) : undefined;
  // API Gateway's answer for a resource or method that is not there.
  if (!match || !target || target.function.door !== 'api')
    return jsonReply(403, { message: 'Missing Authentication Token' });
  if (!mayCall(who, request.path))
    return jsonReply(403, { message: 'User is not authorized to access this resource' });
  if (match.route.bodyIsObject && !hasObjectBody(request))
    return jsonReply(400, { message: 'Invalid request body' });
  const event = JSON.stringify(proxyEvent(match, request, who));
  if (Buffer.byteLength(event) > PAYLOAD_LIMIT) return jsonReply(413, { message: 'Request Too Long' });
  const result = await host.invoke(target.function, target.qualifier, event);
  if (typeof result === 'string') return throttled;
  return result.ok ? proxyReply(result.payload) : internalError;
}

/** The request validator: it looks at `application/json` bodies only, which is also what an absent type means. */
function hasObjectBody(request: ArrivedRequest): boolean {
  const [contentType = 'application/json'] = headerValues(request.rawHeaders, 'content-type');
  if (contentType.split(';', 1)[0]?.trim().toLowerCase() !== 'application/json') return true;
  try {
    const value: unknown = JSON.parse(request.body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

interface ProxyResult {
  readonly statusCode?: unknown;
  readonly headers?: unknown;
  readonly multiValueHeaders?: unknown;
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

/** What API Gateway makes of a proxy result; anything malformed is its 502. */
function proxyReply(payload: string): LocalReply {
  const result = JSON.parse(payload) as ProxyResult | null;
  const status = result?.statusCode;
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 100 || status > 599)
    return internalError;
  const body = result?.body ?? '';
  if (typeof body !== 'string') return internalError;
  const headers: Record<string, string | string[]> = { 'content-type': 'application/json' };
  for (const [name, value] of Object.entries(result?.headers ?? {}))
    headers[name.toLowerCase()] = String(value);
  for (const [name, values] of Object.entries(result?.multiValueHeaders ?? {}))
    if (Array.isArray(values)) headers[name.toLowerCase()] = values.map(String);
  return { status, headers, body: result?.isBase64Encoded === true ? Buffer.from(body, 'base64') : body };
}
