/** Every finding of a rule pack that a stage answers instead of obeying, and where: `construct pack::rule`. */
import type { Stage } from '../../../infra/stage.ts';

const nist = (rule: string) => `NIST.800.53.R5::NIST.800.53.R5-${rule}`;
const solutions = (rule: string) => `AwsSolutions::AwsSolutions-${rule}`;
const serverless = (rule: string) => `Serverless::Serverless-${rule}`;
const managed = (policy: string) =>
  solutions(`IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/${policy}]`);

const EVERYWHERE = [
  ['Guard', nist('IAMNoInlinePolicy')],
  ['Guard', nist('LambdaDLQ')],
  ['Guard', serverless('LambdaDLQ')],
  ['Guard', serverless('EventBusDLQ')],
  ['Guard', serverless('LambdaAsyncFailureDestination')],
  ['Guard', serverless('LambdaTracing')],
  ['Guard', nist('DynamoDBInBackupPlan')],
  ['Guard/Http', solutions('COG4')],
  ['Guard/Http', solutions('APIG3')],
  ['Guard/Http', nist('APIGWAssociatedWithWAF')],
  ['Guard/Http', nist('APIGWCacheEnabledAndEncrypted')],
  ['Guard/Http', nist('APIGWSSLEnabled')],
] as const;

const OPEN = [
  ['Guard', nist('LambdaInsideVPC')],
  ['Guard', nist('LambdaConcurrency')],
  ['Guard/Http/Api/CloudWatchRole', managed('AmazonAPIGatewayPushToCloudWatchLogs')],
] as const;

const RELEASED = [['Guard/Release/Group/ServiceRole', managed('AWSCodeDeployRoleForLambdaLimited')]] as const;

const FUNCTIONS =
  'CommitKey Decide DecideHttp Access Explain Registry Stop Jobs Purge Board Probe Watch ReleaseHook'.split(
    ' ',
  );

const HARDENED = [
  ...FUNCTIONS.map((name) => [`Guard/${name}/Role`, solutions('IAM5[Resource::*]')] as const),
  ['Vpc', nist('IAMNoInlinePolicy')],
  ['Vpc', nist('VPCDefaultSecurityGroupClosed')],
] as const;

export function acknowledgements(stage: Stage): readonly string[] {
  const more = { dev: OPEN, staging: [...OPEN, ...RELEASED], prod: [...RELEASED, ...HARDENED] };
  return [...EVERYWHERE, ...more[stage]].map(([where, rule]) => `Routeguard-${stage}/${where} ${rule}`);
}

/** What the library answers by itself for a VPC, found or not. */
export const OF_CDK = [
  'Routeguard-prod CloudFormation-Validate::W3010',
  'Routeguard-prod/Vpc/FlowLog CloudFormation-Validate::F3002',
  'Routeguard-prod/Vpc/FlowLog CloudFormation-Validate::F3003',
] as const;
