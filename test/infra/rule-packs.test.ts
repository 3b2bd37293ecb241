/** What the rule packs must refuse: each rule of our own, one broken template a way to break it, and one of each public pack. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, aws_iam as iam, aws_lambda as lambda, Stack } from 'aws-cdk-lib';
import { expect, it } from 'vitest';
import { addRulePacks } from '../../infra/rules/rule-packs.ts';
import { cdkContext } from './synthesised-guard.ts';

type Properties = Record<string, unknown>;

const KEY = 'arn:key';
const TABLE = {
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  BillingMode: 'PAY_PER_REQUEST',
};
const PROTECTED = {
  ...TABLE,
  DeletionProtectionEnabled: true,
  PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: KEY },
};
const replica = (more: Properties) => ({
  ...TABLE,
  SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
  Replicas: [
    {
      Region: 'eu-west-1',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      ...more,
    },
  ],
});
const FUNCTION = {
  Code: { ZipFile: ';' },
  Handler: 'index.handler',
  Role: 'arn:role',
  Runtime: 'nodejs24.x',
  LoggingConfig: { LogGroup: 'logs' },
};
const without = (from: Properties, name: string) => ({ ...from, [name]: undefined });

/** A rule, a resource that breaks it in one way, and whether the stack's end would take it along. */
const BROKEN: readonly (readonly [rule: string, type: string, properties: Properties, goes?: 'goes'])[] = [
  ['TABLE_PROTECTED', 'DynamoDB::Table', { ...PROTECTED, DeletionProtectionEnabled: false }],
  ['TABLE_PROTECTED', 'DynamoDB::Table', without(PROTECTED, 'PointInTimeRecoverySpecification')],
  [
    'TABLE_PROTECTED',
    'DynamoDB::Table',
    { ...PROTECTED, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false } },
  ],
  ['TABLE_PROTECTED', 'DynamoDB::Table', without(PROTECTED, 'SSESpecification')],
  ['TABLE_PROTECTED', 'DynamoDB::Table', PROTECTED, 'goes'],
  ['GLOBAL_TABLE_ENCRYPTED', 'DynamoDB::GlobalTable', without(replica({}), 'SSESpecification')],
  ['GLOBAL_TABLE_KEPT', 'DynamoDB::GlobalTable', replica({}), 'goes'],
  ['GLOBAL_TABLE_KEPT', 'DynamoDB::GlobalTable', replica({ DeletionProtectionEnabled: false })],
  ['GLOBAL_TABLE_KEPT', 'DynamoDB::GlobalTable', replica({ PointInTimeRecoverySpecification: undefined })],
  ['FUNCTION_RUNTIME', 'Lambda::Function', { ...FUNCTION, Runtime: 'nodejs22.x' }],
  ['FUNCTION_RUNTIME', 'Lambda::Function', without(FUNCTION, 'LoggingConfig')],
  ['NO_FUNCTION_URL', 'Lambda::Url', { AuthType: 'AWS_IAM', TargetFunctionArn: 'arn:function' }],
  ['LOGS_KEPT', 'Logs::LogGroup', { KmsKeyId: KEY }],
  ['LOGS_KEPT', 'Logs::LogGroup', { RetentionInDays: 7 }],
  ['LOGS_KEPT', 'Logs::LogGroup', { KmsKeyId: KEY, RetentionInDays: 7 }, 'goes'],
  [
    'API_AUTHENTICATED',
    'ApiGateway::Method',
    { HttpMethod: 'OPTIONS', AuthorizationType: 'NONE', ResourceId: 'r', RestApiId: 'a' },
  ],
  // One of the library's own.
  [
    'CDK-GameLift-004',
    'GameLift::Alias',
    { Name: 'a', RoutingStrategy: { Type: 'SIMPLE', FleetId: 'fleet-1', Message: 'm' } },
  ],
];

// One app with all of it, a stack a case: a synth under every pack takes seconds.
const outdir = mkdtempSync(join(tmpdir(), 'routeguard-rules-'));
const app = new App({ outdir, context: cdkContext(), analyticsReporting: false });
for (const [i, [, type, properties, goes]] of BROKEN.entries()) {
  const { cfnOptions } = new CfnResource(new Stack(app, `Broken${i}`), 'Broken', {
    type: `AWS::${type}`,
    properties,
  });
  cfnOptions.deletionPolicy = (goes === undefined ? 'Retain' : 'Delete') as never;
}
// The public packs look at the library's own classes.
const open = new Stack(app, 'Open');
new lambda.CfnFunction(open, 'Function', { code: { zipFile: ';' }, role: 'arn:role' });
new iam.CfnManagedPolicy(open, 'Policy', {
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' }],
  },
});
addRulePacks(app);

interface Violation {
  readonly ruleName: string;
  readonly violatingConstructs: readonly { readonly constructPath?: string }[];
}
let error: unknown;
try {
  app.synth();
} catch (thrown) {
  error = thrown;
}
const report = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')) as {
  pluginReports: readonly { pluginName: string; violations: readonly Violation[] }[];
};
rmSync(outdir, { recursive: true, force: true });
const found = report.pluginReports.flatMap(({ violations }) =>
  violations.flatMap(({ ruleName, violatingConstructs }) =>
    violatingConstructs.map(({ constructPath = '' }) => `${constructPath.split('/')[0]} ${ruleName}`),
  ),
);

it.each(BROKEN.map(([rule, type], i) => [rule, type, i] as const))('%s: %s, case %i', (rule, _type, i) => {
  expect(found.filter((each) => each.startsWith(`Broken${i} `) && each.includes(rule))).not.toEqual([]);
});

it('a finding fails the synth, and every public pack looks', () => {
  expect(error).toBeInstanceOf(Error);
  for (const rule of ['AwsSolutions-IAM5', 'NIST.800.53.R5-LambdaInsideVPC', 'Serverless-LambdaDLQ'])
    expect(found.some((each) => each.includes(rule))).toBe(true);
});
