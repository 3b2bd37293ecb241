/** The one role by which API Gateway writes logs, for the whole account and Region: whether it is there, and whose it is. */
import { list, object, resourcesOfType } from '../../infra/local/template.ts';
import { type AwsCaller, unreadableAnswer } from './aws-caller.ts';
import { type CheckedAnswer, mustFix, ok } from './finding.ts';
import type { PlannedStack, PlannedTemplate } from './planned-stack.ts';
import { stackOwning } from './stack-resources.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html, read 2026-11-30. */
const ROLE =
  'a role that trusts apigateway.amazonaws.com to assume it (sts:AssumeRole), with the managed policy service-role/AmazonAPIGatewayPushToCloudWatchLogs';

/** API Gateway refuses a stage that logs where the account has no such role. */
function isLogging(template: PlannedTemplate): boolean {
  return resourcesOfType(template, 'AWS::ApiGateway::Stage').some(([, { Properties: properties = {} }]) => {
    const { AccessLogSetting: access, MethodSettings: methods } = properties;
    if (access !== undefined) return true;
    return list(methods ?? [], 'MethodSettings').some(
      (each) => (object(each, 'MethodSettings')['LoggingLevel'] ?? 'OFF') !== 'OFF',
    );
  });
}

export async function apiLoggingCheck(
  caller: AwsCaller,
  { name, template }: PlannedStack,
): Promise<readonly CheckedAnswer[]> {
  const sets = resourcesOfType(template, 'AWS::ApiGateway::Account').length > 0;
  if (!sets && !isLogging(template)) return [ok('no API of the template writes logs')];
  const account = await caller.get('apigateway', '/account', 'GetAccount');
  const role = account['cloudwatchRoleArn'];
  if (role !== undefined && role !== null && typeof role !== 'string')
    throw unreadableAnswer('apigateway GetAccount');
  const isSet = typeof role === 'string' && role !== '';
  if (!sets)
    return isSet
      ? [ok(`API Gateway writes logs as ${role}`)]
      : [
          mustFix(
            'API Gateway has no role to write logs with in this account and Region, and the stack makes none',
            `make one (${ROLE}) and set it (\`aws apigateway update-account --patch-operations op=replace,path=/cloudwatchRoleArn,value=ARN\`), or let the stack: \`apiGatewayAccountRole: true\``,
          ),
        ];
  if (!isSet) return [ok('the stack gives API Gateway its role to write logs with; there is none yet')];
  // An earlier deployment of the same stack has left it.
  const roleName = role.slice(role.lastIndexOf('/') + 1);
  if (role.includes(`:role/${name}-`) && (await stackOwning(caller, roleName)) === name)
    return [ok(`API Gateway writes logs as ${role}, which this stack made`)];
  return [
    mustFix(
      `the stack would overwrite the role with which API Gateway writes the logs of everybody in this account and Region: ${role}`,
      `leave it: \`apiGatewayAccountRole: false\` (an app of your own, docs/deploy.md), if that role may write logs (${ROLE})`,
    ),
  ];
}
