/** The Lambda Invoke API on this machine, for the AWS SDK and CLI by endpoint alone. */
import type { ThrottleReason } from '@aws-sdk/client-lambda';
import type { DoorFunction } from '../functions.ts';
import type { FunctionHost } from './function-host.ts';
import type { LocalFunction } from './functions.ts';
import { errorReply, jsonReply, type LocalReply } from './reply.ts';
import { PAYLOAD_LIMIT } from './sandbox-messages.ts';
import { headerValues, type RawHeaders } from './sigv4-canonical.ts';

export interface InvokeRequest {
  /** Function name or ARN from the path, decoded. */
  readonly reference: string;
  /** From the query; `undefined` when absent. */
  readonly qualifier: string | undefined;
  /** `X-Amz-Invocation-Type`; `undefined` when absent. */
  readonly invocationType: string | undefined;
  readonly body: Buffer;
}

/** Doors that are an invocation of the function; CodeDeploy invokes its hook like anybody else. */
const INVOKED: ReadonlySet<DoorFunction> = new Set(['direct', 'release']);

const INVOKE = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** The invocation that a request asks for; undefined where it asks for something else. @param target path and query */
export function invokeRequest(
  method: string,
  target: string,
  rawHeaders: RawHeaders,
  body: Buffer,
): InvokeRequest | undefined {
  const path = target.split('?', 1)[0] ?? '/';
  const reference = method === 'POST' ? INVOKE.exec(path)?.[1] : undefined;
  if (reference === undefined) return undefined;
  return {
    reference: decodedSegment(reference),
    qualifier: new URLSearchParams(target.slice(path.length + 1)).get('Qualifier') ?? undefined,
    invocationType: headerValues(rawHeaders, 'x-amz-invocation-type')[0],
    body,
  };
}

/** A path segment; what cannot be decoded names no function. */
export function decodedSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}

/** The Lambda Invoke API, as SDKs and the AWS CLI use it. */
export async function invokeDoor(
  host: FunctionHost,
  mayInvoke: (target: LocalFunction, qualifier: string) => boolean,
  request: InvokeRequest,
): Promise<LocalReply> {
  const reference =
    request.qualifier === undefined ? request.reference : `${request.reference}:${request.qualifier}`;
  const found = host.find(reference);
  if (!found) return errorReply(404, 'ResourceNotFoundException', 'No function or qualifier of this name.');
  // Door before rights: a function behind the API may be invoked directly by nobody.
  if (!INVOKED.has(found.function.door) || !mayInvoke(found.function, found.qualifier))
    return errorReply(403, 'AccessDeniedException', 'This identity may not invoke this function.');
  if (request.body.length > PAYLOAD_LIMIT)
    return errorReply(
      413,
      'RequestTooLargeException',
      `Request must be smaller than ${PAYLOAD_LIMIT} bytes.`,
    );
  const event = jsonText(request.body);
  if (event === undefined)
    return errorReply(400, 'InvalidRequestContentException', 'Could not parse request body into JSON.');
  switch (request.invocationType ?? 'RequestResponse') {
    case 'RequestResponse':
      return synchronous(host, found, event);
    case 'Event':
      void host.invoke(found.function, found.qualifier, event);
      return { status: 202, headers: {}, body: '' };
    case 'DryRun':
      return { status: 204, headers: {}, body: '' };
    default:
      return errorReply(400, 'InvalidParameterValueException', 'Unknown invocation type.');
  }
}

async function synchronous(
  host: FunctionHost,
  { function: target, qualifier }: NonNullable<ReturnType<FunctionHost['find']>>,
  event: string,
): Promise<LocalReply> {
  const result = await host.invoke(target, qualifier, event);
  if (result === 'throttled') return tooManyRequests('ConcurrentInvocationLimitExceeded');
  if (result === 'throttled-by-reserve')
    return tooManyRequests('ReservedFunctionConcurrentInvocationLimitExceeded');
  const version = { 'x-amz-executed-version': qualifier === '$LATEST' ? '$LATEST' : '1' };
  // As in Lambda: a fault of the function is a success of the call, told apart by one header.
  if (!result.ok) return jsonReply(200, result.fault, { ...version, 'x-amz-function-error': 'Unhandled' });
  return { status: 200, headers: { 'content-type': 'application/json', ...version }, body: result.payload };
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html, of which it is the `TooManyRequestsException`. */
function tooManyRequests(reason: ThrottleReason): LocalReply {
  const body = { Reason: reason, Type: 'User', message: 'Rate Exceeded.' };
  return jsonReply(429, body, { 'x-amzn-errortype': 'TooManyRequestsException' });
}

/** JSON text of the payload; an empty one is an empty object, as in Lambda. */
function jsonText(body: Buffer): string | undefined {
  if (body.length === 0) return '{}';
  try {
    const decoded = new TextDecoder('utf-8', { fatal: true }).decode(body);
    JSON.parse(decoded);
    return decoded;
  } catch {
    return undefined;
  }
}
