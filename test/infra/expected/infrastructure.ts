/** Tables, keys, topics, schedules, releases and the network of a stage, property by property, by hand. */
import type { Stage } from '../../../infra/stage.ts';
import { PAGING } from './alarms.ts';

const KEPT = {
  BillingMode: 'PAY_PER_REQUEST',
  DeletionProtectionEnabled: true,
  PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  SSESpecification: { KMSMasterKeyId: '<GuardKeysData.Arn>', SSEEnabled: true, SSEType: 'KMS' },
};

const ROOT = 'AWS arn:<AWS::Partition>:iam::<AWS::AccountId>:root';
const OF_THIS_ACCOUNT = 'if aws:SourceAccount StringEquals <AWS::AccountId>';

const BY_PARTITION = {
  ...KEPT,
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
};
const NOT_A_PUBLISHER = 'aws:PrincipalArn ArnNotEquals ["<GuardRegistryRole.Arn>","<GuardStopRole.Arn>"]';

/** What a property bag holds besides its policy, and the policy's statements. */
export const TABLES = {
  GuardTablesObjects: {
    ...KEPT,
    AttributeDefinitions: [{ AttributeName: 'digest', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'digest', KeyType: 'HASH' }],
    statements: [
      'Deny to AWS *: dynamodb:BatchWriteItem dynamodb:DeleteItem dynamodb:PartiQLDelete dynamodb:PartiQLUpdate dynamodb:UpdateItem on *',
      'Deny to AWS *: dynamodb:PutItem on * if aws:PrincipalArn ArnNotEquals ["<GuardPurgeRole.Arn>"]',
    ],
  },
  GuardTablesState: {
    ...BY_PARTITION,
    TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    statements: [
      'Deny to AWS *: dynamodb:BatchWriteItem dynamodb:PartiQLDelete dynamodb:PartiQLInsert dynamodb:PartiQLUpdate on *',
      `Deny to AWS *: dynamodb:DeleteItem dynamodb:PutItem dynamodb:UpdateItem on * if dynamodb:LeadingKeys ForAnyValue:StringLike ["HEAD","HEAD#*"] and ${NOT_A_PUBLISHER}`,
    ],
  },
  GuardTablesFloor: {
    ...BY_PARTITION,
    statements: [
      'Deny to AWS *: dynamodb:BatchWriteItem dynamodb:DeleteItem dynamodb:PartiQLDelete dynamodb:PartiQLUpdate dynamodb:PutItem dynamodb:UpdateItem on *',
      `Deny to AWS *: dynamodb:PartiQLInsert on * if ${NOT_A_PUBLISHER}`,
    ],
  },
};

/** Grants are made for the resources of services alone. */
const GRANTS =
  'Deny to AWS *: kms:CreateGrant on * if aws:PrincipalIsAWSService BoolIfExists false and kms:GrantIsForAWSResource BoolIfExists false';
function signingKey(Description: string, signers: readonly string[]) {
  return {
    Description,
    KeySpec: 'ECC_NIST_P384',
    KeyUsage: 'SIGN_VERIFY',
    statements: [
      `Allow to ${ROOT}: kms:CancelKeyDeletion kms:CreateAlias kms:DeleteAlias kms:DescribeKey kms:DisableKey kms:EnableKey kms:GetKeyPolicy kms:GetPublicKey kms:ListGrants kms:ListKeyPolicies kms:ListResourceTags kms:PutKeyPolicy kms:RevokeGrant kms:ScheduleKeyDeletion kms:TagResource kms:UntagResource kms:UpdateAlias kms:UpdateKeyDescription on *`,
      GRANTS,
      ...signers.map(
        (name) =>
          `Allow to AWS <Guard${name}Role.Arn>: kms:GetPublicKey kms:Sign on * if kms:SigningAlgorithm StringEqualsIfExists ECDSA_SHA_384`,
      ),
    ],
  };
}

export const KEYS = {
  GuardKeysData: {
    Description: 'routeguard: encrypts the registry tables and the logs',
    EnableKeyRotation: true,
    statements: [
      `Allow to ${ROOT}: kms:* on *`,
      GRANTS,
      'Allow to Service logs.<AWS::Region>.amazonaws.com: kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey* kms:ReEncrypt* on * if kms:EncryptionContext:aws:logs:arn ArnLike arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:*',
      // The alarms, so that an encrypted page gets out.
      `Allow to Service cloudwatch.amazonaws.com: kms:Decrypt kms:GenerateDataKey* on * ${OF_THIS_ACCOUNT}`,
    ],
  },
  GuardKeysSigning: signingKey('routeguard: signs the commits of the registry', ['Registry', 'Stop']),
  GuardKeysSealing: signingKey('routeguard: seals what the registry keeps of long work', [
    'Registry',
    'Jobs',
  ]),
};

const topic = (id: string) => ({
  [id]: { KmsMasterKeyId: '<GuardKeysData.Arn>' },
  [`${id}Policy`]: {
    Topics: [`<${id}>`],
    statements: [
      `Deny to *: sns:Publish on <${id}> if aws:SecureTransport Bool false`,
      `Allow to Service cloudwatch.amazonaws.com: sns:Publish on <${id}> ${OF_THIS_ACCOUNT}`,
    ],
  },
});

const everyMinute = (name: string, what: string) => ({
  [`GuardMonitoring${name}Schedule`]: {
    Description: `routeguard: runs the ${what} every minute`,
    ScheduleExpression: 'rate(1 minute)',
    State: 'ENABLED',
    Targets: [{ Arn: `<Guard${name}Live>`, Id: 'Target0', RetryPolicy: { MaximumRetryAttempts: 0 } }],
  },
  [`Guard${name}LiveEventInvokeConfig`]: {
    FunctionName: `<Guard${name}Function>`,
    MaximumEventAgeInSeconds: 60,
    MaximumRetryAttempts: 0,
    Qualifier: { 'Fn::Select': [7, { 'Fn::Split': [':', `<Guard${name}Live>`] }] },
  },
});

/** What the door's access log is counted for. */
const counted = (MetricName: string, FilterPattern: string) => ({
  [`GuardMonitoring${MetricName}`]: {
    FilterPattern,
    LogGroupName: '<GuardHttpAccessLogs>',
    MetricTransformations: [
      {
        ...{ MetricName, MetricNamespace: 'Routeguard', MetricValue: '1' },
        Dimensions: [{ Key: 'Service', Value: '$.Service' }],
      },
    ],
  },
});

export const WATCHING = {
  ...topic(PAGING.slice(1, -1)),
  ...topic('GuardMonitoringNoticesTopic'),
  ...everyMinute('Probe', 'probe'),
  ...everyMinute('Watch', 'watch'),
  ...counted('HttpThrottled', '{ $.status = "429" && $.resource != "/v1/registry*" }'),
  ...counted('HttpForbidden', '{ $.status = "403" && $.refusal != "-" }'),
  ...counted(
    'StopsTurnedAway',
    '{ ($.status = "429" || $.status = "5*") && $.refusal != "-" && ($.resource = "/v1/registry/revoke" || $.resource = "/v1/registry/hold" || $.resource = "/v1/registry/holds") }',
  ),
  ...counted(
    'AccessErrors',
    '{ $.status = "5*" && $.refusal != "-" && ($.resource = "/access/*" || $.resource = "/v1/best-path") }',
  ),
};

export function releases(stage: Stage): object {
  const read = (key: string) => ({
    ServiceToken: '<GuardCommitKeyFunction.Arn>',
    ServiceTimeout: '300',
    KeyId: `<GuardKeys${key}.Arn>`,
  });
  const publicKeys = { GuardCommitPublicKey: read('Signing'), GuardSealPublicKey: read('Sealing') };
  if (stage === 'dev') return publicKeys;
  const group = {
    ApplicationName: '<GuardReleaseApplication>',
    DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent10Minutes',
    DeploymentStyle: { DeploymentOption: 'WITH_TRAFFIC_CONTROL', DeploymentType: 'BLUE_GREEN' },
    AlarmConfiguration: {
      Enabled: true,
      Alarms: ['Fault', 'FunctionError', 'ProbeWrong', 'NoAnswers', 'UnavailableNow'].map((name) => ({
        Name: `<GuardMonitoringAlarms${name}>`,
      })),
    },
    AutoRollbackConfiguration: {
      Enabled: true,
      Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM'],
    },
    ServiceRoleArn: '<GuardReleaseGroupServiceRole.Arn>',
  };
  return {
    ...publicKeys,
    GuardReleaseApplication: { ComputePlatform: 'Lambda' },
    GuardReleaseGroup: group,
    ...Object.fromEntries(DECIDERS.map((name) => [`GuardRelease${name}Group`, group])),
  };
}

/** What decides besides `decide`. */
export const DECIDERS = ['Access', 'DecideHttp', 'Explain'] as const;

const canary = (group: string, more: object = {}) => ({
  UpdatePolicy: {
    CodeDeployLambdaAliasUpdate: {
      ApplicationName: '<GuardReleaseApplication>',
      DeploymentGroupName: `<GuardRelease${group}>`,
      ...more,
    },
  },
});

/** How the aliases `live` of what decides move: of decide the hook is asked first, and the others wait for it. */
export const CANARIES = {
  GuardDecideLive: canary('Group', {
    BeforeAllowTrafficHook: '{"Fn::Select":[6,{"Fn::Split":[":","<GuardReleaseHookLive>"]}]}:live',
  }),
  ...Object.fromEntries(DECIDERS.map((name) => [`Guard${name}Live`, canary(`${name}Group`)])),
};

const name = (of = '') => ({ Tags: [{ Key: 'Name', Value: `Routeguard-prod/Vpc${of}` }] });
const subnet = (zone: number, cidr: string) => {
  const id = `VpcfunctionsSubnet${zone + 1}`;
  const tag = `/functionsSubnet${zone + 1}`;
  return {
    [`${id}Subnet`]: {
      AvailabilityZone: { 'Fn::Select': [zone, { 'Fn::GetAZs': '' }] },
      CidrBlock: cidr,
      MapPublicIpOnLaunch: false,
      Tags: [
        { Key: 'aws-cdk:subnet-name', Value: 'functions' },
        { Key: 'aws-cdk:subnet-type', Value: 'Isolated' },
        ...name(tag).Tags,
      ],
      VpcId: '<Vpc>',
    },
    [`${id}RouteTable`]: { ...name(tag), VpcId: '<Vpc>' },
    [`${id}RouteTableAssociation`]: { RouteTableId: `<${id}RouteTable>`, SubnetId: `<${id}Subnet>` },
  };
};
export const SUBNETS = ['<VpcfunctionsSubnet1Subnet>', '<VpcfunctionsSubnet2Subnet>'];

/** CDK's way of writing that nothing leaves. */
const NOWHERE = [
  {
    CidrIp: '255.255.255.255/32',
    Description: 'Disallow all traffic',
    FromPort: 252,
    IpProtocol: 'icmp',
    ToPort: 86,
  },
];
const HTTPS = { FromPort: 443, IpProtocol: 'tcp', ToPort: 443 };
const group = (description: string, egress: readonly object[]) => ({
  GroupDescription: `routeguard: ${description}`,
  SecurityGroupEgress: egress,
  VpcId: '<Vpc>',
});
const gateway = (service: string, allowed: string) => ({
  RouteTableIds: ['<VpcfunctionsSubnet1RouteTable>', '<VpcfunctionsSubnet2RouteTable>'],
  ServiceName: `com.amazonaws.<AWS::Region>.${service}`,
  ...name(),
  VpcEndpointType: 'Gateway',
  VpcId: '<Vpc>',
  statements: [`Allow to AWS *: ${allowed}`],
});
const called = (service: string, actions: string, by = 'Endpoints') => ({
  PrivateDnsEnabled: true,
  SecurityGroupIds: [`<GuardNetwork${by}.GroupId>`],
  ServiceName: `com.amazonaws.<AWS::Region>.${service}`,
  SubnetIds: SUBNETS,
  VpcEndpointType: 'Interface',
  VpcId: '<Vpc>',
  statements: [`Allow to AWS *: ${actions} on * if aws:PrincipalAccount StringEquals <AWS::AccountId>`],
});

/** Prod's alone: no way in, no way out but to the endpoints, and through them only what is named. */
export const NETWORK = {
  Vpc: {
    CidrBlock: '10.0.0.0/24',
    EnableDnsHostnames: true,
    EnableDnsSupport: true,
    InstanceTenancy: 'default',
    ...name(),
  },
  ...subnet(0, '10.0.0.0/26'),
  ...subnet(1, '10.0.0.64/26'),
  VpcFlowLog: {
    DeliverLogsPermissionArn: '<VpcFlowLogIAMRole.Arn>',
    LogDestinationType: 'cloud-watch-logs',
    LogGroupName: '<VpcFlows>',
    ResourceId: '<Vpc>',
    ResourceType: 'VPC',
    ...name('/FlowLog'),
    TrafficType: 'ALL',
  },
  GuardNetworkFunctions: group('the functions, which nothing connects to', [
    { ...HTTPS, CidrIp: '0.0.0.0/0', Description: 'DynamoDB through its gateway endpoint' },
  ]),
  GuardNetworkEndpoints: group('interface endpoints, reached by the functions alone', NOWHERE),
  GuardNetworkApiCallers: group('the private HTTP door, reached by nobody until admitted', NOWHERE),
  'egress of <GuardNetworkFunctions.GroupId> to <GuardNetworkEndpoints.GroupId>': {
    ...HTTPS,
    Description: 'The endpoints',
    DestinationSecurityGroupId: '<GuardNetworkEndpoints.GroupId>',
  },
  'egress of <GuardNetworkFunctions.GroupId> to <GuardNetworkApiCallers.GroupId>': {
    ...HTTPS,
    Description: 'The probe, which rehearses a stop',
    DestinationSecurityGroupId: '<GuardNetworkApiCallers.GroupId>',
  },
  'ingress of <GuardNetworkApiCallers.GroupId>': {
    ...HTTPS,
    Description: 'The probe, which rehearses a stop',
    SourceSecurityGroupId: '<GuardNetworkFunctions.GroupId>',
  },
  'ingress of <GuardNetworkEndpoints.GroupId>': {
    ...HTTPS,
    Description: 'The functions',
    SourceSecurityGroupId: '<GuardNetworkFunctions.GroupId>',
  },
  VpcRouteguardDynamoDb: gateway(
    'dynamodb',
    'dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:DeleteItem dynamodb:DescribeTable dynamodb:GetItem dynamodb:PartiQLInsert dynamodb:PutItem dynamodb:Query dynamodb:Scan dynamodb:UpdateItem on arn:<AWS::Partition>:dynamodb:<AWS::Region>:<AWS::AccountId>:table/* if aws:PrincipalAccount StringEquals <AWS::AccountId>',
  ),
  // CloudFormation's answer box for the reader of the commit key.
  VpcRouteguardS3: gateway(
    's3',
    's3:PutObject on arn:<AWS::Partition>:s3:::cloudformation-custom-resource-response-{"Fn::Split":["-","<AWS::Region>"]}/*',
  ),
  GuardNetworkKms: called('kms', 'kms:Decrypt kms:GenerateDataKey* kms:GetPublicKey kms:Sign'),
  GuardNetworkLambda: called(
    'lambda',
    'lambda:GetFunctionConfiguration lambda:InvokeFunction lambda:ListAliases',
  ),
  GuardNetworkCodeDeploy: called('codedeploy', 'codedeploy:PutLifecycleEventHookExecutionStatus'),
  GuardNetworkApi: called('execute-api', 'execute-api:Invoke', 'ApiCallers'),
};
