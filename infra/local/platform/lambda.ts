/** What Lambda says of functions in service, from the running template: who publishes asks which formats they read. */
import type { FunctionHost } from '../function-host.ts';
import { decodedSegment } from '../invoke-door.ts';
import { functionArn } from '../names.ts';
import { errorReply, jsonReply, type LocalReply } from '../reply.ts';
import { type Permissions, roleAllows } from './permissions.ts';
import type { ServiceCall } from './service-call.ts';

const READ = /^\/2015-03-31\/functions\/([^/]+)\/(aliases|configuration)$/;
/** Every alias points at the one version that there is here. */
const VERSION = '1';

/**
 * Answers a call; undefined for one that asks for something else.
 *
 * https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html and API_GetFunctionConfiguration.html
 */
export function lambdaDoor(
  permissions: Permissions,
  find: FunctionHost['find'],
  call: ServiceCall,
): LocalReply | undefined {
  const url = new URL(call.path, 'http://lambda');
  const [, encoded, what] = READ.exec(url.pathname) ?? [];
  if (call.method !== 'GET' || encoded === undefined || what === undefined) return undefined;
  const qualifier = url.searchParams.get('Qualifier');
  const name = decodedSegment(encoded);
  const found = find(qualifier === null ? name : `${name}:${qualifier}`);
  if (found === undefined) return errorReply(404, 'ResourceNotFoundException', 'No such function or alias.');
  const { function: target } = found;
  const arn = functionArn(target.name, found.qualifier === '$LATEST' ? undefined : found.qualifier);
  const action = what === 'aliases' ? 'lambda:ListAliases' : 'lambda:GetFunctionConfiguration';
  const attempt = call.attempt(action, arn);
  if (!call.endpointAllows(attempt) || !roleAllows(permissions, attempt))
    return errorReply(403, 'AccessDeniedException', `This role may not ${action} of this function.`);
  if (what === 'configuration')
    return jsonReply(200, {
      ...{ FunctionName: target.name, FunctionArn: arn, Runtime: 'nodejs24.x', Handler: target.handler },
      ...{ Role: target.role, MemorySize: target.memory, Timeout: target.timeout, State: 'Active' },
      Version: found.qualifier === '$LATEST' ? '$LATEST' : VERSION,
      Environment: { Variables: target.environment },
    });
  const aliases = target.qualifiers
    .filter((each) => each !== '$LATEST')
    .map((Name) => ({ AliasArn: functionArn(target.name, Name), Name, FunctionVersion: VERSION }));
  return jsonReply(200, { Aliases: aliases });
}
