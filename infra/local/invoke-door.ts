/** The Lambda Invoke API on this machine, for the AWS SDK and CLI by endpoint alone. */
import type { FunctionHost } from './function-host.ts';
import { type LocalIdentity, mayInvoke } from './identities.ts';
import { errorReply, jsonReply, type LocalReply } from './reply.ts';
import { PAYLOAD_LIMIT } from './sandbox-messages.ts';

export interface InvokeRequest {
  /** Function name or ARN from the path, decoded. */
  readonly reference: string;
  /** From the query; `undefined` when absent. */
  readonly qualifier: string | undefined;
  /** `X-Amz-Invocation-Type`; `undefined` when absent. */
  readonly invocationType: string | undefined;
  readonly body: Buffer;
}

/** The Lambda Invoke API, as SDKs and the AWS CLI use it. */
export async function invokeDoor(
  host: FunctionHost,
  who: LocalIdentity,
  request: InvokeRequest,
): Promise<LocalReply> {
  const reference =
    request.qualifier === undefined ? request.reference : `${request.reference}:${request.qualifier}`;
  const found = host.find(reference);
  if (!found) return errorReply(404, 'ResourceNotFoundException', 'No function or qualifier of this name.');
  // Door before rights: a function behind the API may be invoked directly by nobody.
  if (found.function.door !== 'direct' || !mayInvoke(who, found.function.shortName))
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
  if (result === 'throttled') return errorReply(429, 'TooManyRequestsException', 'Rate Exceeded.');
  const version = { 'x-amz-executed-version': qualifier === '$LATEST' ? '$LATEST' : '1' };
  // As in Lambda: a fault of the function is a success of the call, told apart by one header.
  if (!result.ok) return jsonReply(200, result.fault, { ...version, 'x-amz-function-error': 'Unhandled' });
  return { status: 200, headers: { 'content-type': 'application/json', ...version }, body: result.payload };
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
