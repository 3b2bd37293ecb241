/** CodeDeploy as far as a release's hook calls it: it takes the word, and this run prints it. */
import { LOCAL_ACCOUNT } from '../identities.ts';
import { LOCAL_REGION } from '../names.ts';
import { errorReply, jsonReply, type LocalReply } from '../reply.ts';
import { isObject } from '../template.ts';
import { type Permissions, roleAllows } from './permissions.ts';
import type { ServiceCall } from './service-call.ts';

const OPERATION = 'PutLifecycleEventHookExecutionStatus';
const STATUSES: readonly unknown[] = ['Succeeded', 'Failed'];

/** No deployment stands behind it: whatever deployment the hook was called with has its word. */
export function codeDeployDoor(
  permissions: Permissions,
  report: (line: string) => void,
  call: ServiceCall,
): LocalReply {
  const input: unknown = JSON.parse(call.body.toString('utf8'));
  if (call.target !== `CodeDeploy_20141006.${OPERATION}` || !isObject(input))
    return errorReply(400, 'UnknownOperationException', 'The local CodeDeploy does not do that.');
  const groups = `arn:aws:codedeploy:${LOCAL_REGION}:${LOCAL_ACCOUNT}:deploymentgroup:`;
  // Which group a deployment belongs to only CodeDeploy knows; the role has to be allowed one of them.
  const attempts = Object.entries(permissions.template.Resources)
    .filter(([, { Type }]) => Type === 'AWS::CodeDeploy::DeploymentGroup')
    .map(([id, { Properties }]) => {
      const application = Properties?.['ApplicationName'] as { readonly Ref?: string } | undefined;
      const { ref } = permissions.names;
      return `${groups}${ref(application?.Ref ?? '')}/${ref(id)}`;
    })
    .map((resource) => call.attempt(`codedeploy:${OPERATION}`, resource));
  if (!attempts.some((each) => call.endpointAllows(each) && roleAllows(permissions, each)))
    return errorReply(400, 'AccessDeniedException', `This role may not ${OPERATION}.`);
  const { deploymentId, lifecycleEventHookExecutionId, status } = input;
  if (!STATUSES.includes(status) || typeof deploymentId !== 'string')
    return errorReply(400, 'InvalidLifecycleEventHookExecutionStatusException', 'No such status.');
  report(`the release’s hook told CodeDeploy: ${status}`);
  return jsonReply(200, { lifecycleEventHookExecutionId });
}
