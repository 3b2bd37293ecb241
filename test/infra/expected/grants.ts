/** What every role of a stage may do and who may take it, statement by statement, by hand. */
import type { Stage } from '../../../infra/stage.ts';
import { readersIn } from './functions.ts';

const TABLES = '<GuardTablesObjects.Arn> <GuardTablesState.Arn>';
const VIA = '["dynamodb.<AWS::Region>.amazonaws.com","dynamodb.<AWS::Region>.<AWS::URLSuffix>"]';
const KEY = `on <GuardKeysData.Arn> if kms:ViaService StringEquals ${VIA}`;

const READ = [
  `Allow: dynamodb:BatchGetItem dynamodb:GetItem on ${TABLES}`,
  'Allow: dynamodb:DescribeTable dynamodb:Query on <GuardTablesFloor.Arn>',
  `Allow: kms:Decrypt ${KEY}`,
] as const;

const WRITE_KEY = `Allow: kms:Decrypt kms:Encrypt kms:GenerateDataKey kms:GenerateDataKeyWithoutPlaintext kms:ReEncryptFrom kms:ReEncryptTo ${KEY}`;

const INTERFACES =
  'ec2:CreateNetworkInterface ec2:DeleteNetworkInterface ec2:DescribeNetworkInterfaces ec2:DescribeSubnets on *';

/** Where, in the state table. */
function inPartitions(...partitions: readonly string[]): string {
  return `if dynamodb:LeadingKeys ForAllValues:StringLike ${JSON.stringify(partitions)} and dynamodb:LeadingKeys Null false`;
}

/** What a function's role may do beyond its own log and, in a VPC, its network interfaces. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  CommitKey: ['Allow: kms:GetPublicKey on <GuardKeysSealing.Arn> <GuardKeysSigning.Arn>'],
  Decide: READ,
  DecideHttp: READ,
  Access: READ,
  Explain: READ,
  Registry: [
    'Allow: dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PartiQLInsert on <GuardTablesObjects.Arn>',
    'Allow: dynamodb:ConditionCheckItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem on <GuardTablesState.Arn>',
    'Allow: dynamodb:DescribeTable dynamodb:PartiQLInsert dynamodb:Query on <GuardTablesFloor.Arn>',
    WRITE_KEY,
    'Allow: kms:GetPublicKey kms:Sign on <GuardKeysSealing.Arn> <GuardKeysSigning.Arn>',
  ],
  Stop: [
    'Allow: dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PartiQLInsert on <GuardTablesObjects.Arn>',
    'Allow: dynamodb:DescribeTable dynamodb:PartiQLInsert dynamodb:Query on <GuardTablesFloor.Arn>',
    `Allow: dynamodb:GetItem dynamodb:PutItem on <GuardTablesState.Arn> ${inPartitions('HEAD', 'HEAD#*', 'REHEARSAL')}`,
    WRITE_KEY,
    'Allow: kms:GetPublicKey kms:Sign on <GuardKeysSigning.Arn>',
  ],
  Jobs: [
    READ[0],
    READ[1],
    WRITE_KEY,
    'Allow: dynamodb:Query on <GuardTablesState.Arn>',
    `Allow: dynamodb:DeleteItem on <GuardTablesState.Arn> ${inPartitions('BLOB#*', 'JOBS')}`,
    `Allow: dynamodb:PutItem on <GuardTablesState.Arn> ${inPartitions('BLOB#*', 'JOBS', 'PROPOSALS')}`,
    'Allow: kms:GetPublicKey kms:Sign on <GuardKeysSealing.Arn>',
  ],
  Purge: [
    READ[0],
    READ[1],
    WRITE_KEY,
    'Allow: dynamodb:PutItem on <GuardTablesObjects.Arn>',
    'Allow: dynamodb:Query on <GuardTablesState.Arn>',
    'Allow: dynamodb:Scan on <GuardTablesFloor.Arn> <GuardTablesObjects.Arn> <GuardTablesState.Arn>',
    `Allow: dynamodb:DeleteItem on <GuardTablesState.Arn> ${inPartitions('BLOB#*', 'JOBS')}`,
    `Allow: dynamodb:PutItem on <GuardTablesState.Arn> ${inPartitions('PROPOSALS', 'PURGES')}`,
  ],
  Board: READ,
  Probe: [
    'Allow: lambda:InvokeFunction on <GuardDecideProbe>',
    'Allow: execute-api:Invoke on arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<GuardHttpApi>/<GuardHttpApiDeploymentStageguard>/POST/v1/registry/stop-rehearsal',
  ],
  Watch: [...READ, 'Allow: dynamodb:Query on <GuardTablesState.Arn>'],
  ReleaseHook: [
    ...READ,
    'Allow: lambda:InvokeFunction on <GuardDecideFunction.Arn>:live <GuardDecideProbe>',
    'Allow: codedeploy:PutLifecycleEventHookExecutionStatus on arn:<AWS::Partition>:codedeploy:<AWS::Region>:<AWS::AccountId>:deploymentgroup:<GuardReleaseApplication>/<GuardReleaseGroup>',
  ],
};

/** Which versions of those who read are in service. */
function asksWhoReads(stage: Stage): readonly string[] {
  const ids = readersIn(stage);
  const functions = ids.map((id) => `<Guard${id}Function.Arn>`);
  const aliases = [...ids.map((id) => `<Guard${id}Live>`), '<GuardDecideProbe>'];
  return [
    `Allow: lambda:ListAliases on ${functions.sort().join(' ')}`,
    `Allow: lambda:GetFunctionConfiguration on ${aliases.sort().join(' ')}`,
  ];
}

/** By the role's id: the statements of all policies that name it. */
export function grants(stage: Stage): Readonly<Record<string, readonly string[]>> {
  const prod = stage === 'prod';
  const interfaces = [
    `Allow: ${INTERFACES}`,
    `Deny: ${INTERFACES} if lambda:SourceFunctionArn Null false`,
  ] as const;
  const ofFunctions = Object.entries(OWN)
    .filter(([name]) => stage !== 'dev' || name !== 'ReleaseHook')
    .map(([name, own]) => [
      `Guard${name}Role`,
      [
        `Allow: logs:CreateLogStream logs:PutLogEvents on <Guard${name}Logs.Arn>`,
        ...(prod ? interfaces : []),
        ...own,
        ...(name === 'Registry' ? asksWhoReads(stage) : []),
      ],
    ]);
  return {
    ...Object.fromEntries(ofFunctions),
    ...(stage !== 'dev' && {
      GuardReleaseGroupServiceRole: ['Allow: lambda:InvokeFunction on <GuardReleaseHookLive>'],
    }),
    ...(prod && {
      VpcFlowLogIAMRole: [
        'Allow: logs:CreateLogStream logs:DescribeLogStreams logs:PutLogEvents on <VpcFlows.Arn>',
      ],
    }),
  };
}

const managed = (name: string) => [`arn:<AWS::Partition>:iam::aws:policy/service-role/${name}`];
const takenBy = (service: string) => [`Allow to Service ${service}.amazonaws.com: sts:AssumeRole`];

/** Who takes a role, and the policies of AWS's own that are on it. */
export function roles(stage: Stage): Readonly<Record<string, object>> {
  const described = {
    CommitKey: 'commit-key',
    Decide: 'decide',
    DecideHttp: 'decide-http',
    Access: 'access',
    Explain: 'explain',
    Registry: 'registry',
    Stop: 'stop',
    Jobs: 'jobs',
    Purge: 'registry-purge',
    Board: 'board',
    Probe: 'probe',
    Watch: 'watch',
    ...(stage !== 'dev' && { ReleaseHook: 'release-hook' }),
  };
  return {
    ...Object.fromEntries(
      Object.entries(described).map(([id, name]) => [
        `Guard${id}Role`,
        { takenBy: takenBy('lambda'), Description: `routeguard: runs ${name}` },
      ]),
    ),
    ...(stage !== 'prod' && {
      GuardHttpApiCloudWatchRole: {
        takenBy: takenBy('apigateway'),
        ManagedPolicyArns: managed('AmazonAPIGatewayPushToCloudWatchLogs'),
      },
    }),
    ...(stage !== 'dev' && {
      GuardReleaseGroupServiceRole: {
        takenBy: takenBy('codedeploy'),
        ManagedPolicyArns: managed('AWSCodeDeployRoleForLambdaLimited'),
      },
    }),
    ...(stage === 'prod' && { VpcFlowLogIAMRole: { takenBy: takenBy('vpc-flow-logs') } }),
  };
}
