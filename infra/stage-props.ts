import { readFileSync } from 'node:fs';
import { Annotations, aws_ec2 as ec2, aws_logs as logs, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import type { KnownAnswer } from '../functions/probe/known-answers.ts';
import type { TrafficRoutingGuardProps } from './guard-props.ts';
import type { Stage } from './stage.ts';

/**
 * What each stage asks of the construct.
 *
 * - `dev`: one person's account. Everything is on, nothing is reserved, a new version takes over at once.
 * - `staging`: as `dev`, released as production is, so that the release itself is tried.
 * - `prod`: hardened. A VPC without a way out, a private HTTP door, concurrency kept, canary releases.
 */
export function stageProps(stage: Stage, stack: Stack): TrafficRoutingGuardProps {
  switch (stage) {
    case 'dev':
      return {
        // Nobody asks a developer's guard at night, and its registry is the sample.
        monitoring: { silence: false, anomalyDetection: false, knownAnswers: sampleAnswers() },
      };
    case 'staging':
      return { release: 'canary', monitoring: { silence: false } };
    case 'prod':
      return {
        vpc: isolatedVpc(stack) as ec2.IVpc,
        httpAccess: 'private',
        release: 'canary',
        reservedConcurrency: 100,
        provisionedConcurrency: 2,
        // One setting per account and Region: a hardened account has it already, with a role of its own.
        apiGatewayAccountRole: false,
        logRetention: logs.RetentionDays.TWO_YEARS,
      };
    default:
      return unknownStage(stage);
  }
}

function unknownStage(stage: never): never {
  throw new Error(`no props for stage ${String(stage)}`);
}

function sampleAnswers(): readonly KnownAnswer[] {
  return JSON.parse(readFileSync(new URL('../samples/probe/known-answers.json', import.meta.url), 'utf8'));
}

/** Subnets that no route leaves, in two zones; the endpoints are the construct's. */
function isolatedVpc(stack: Stack): ec2.Vpc {
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    ipAddresses: ec2.IpAddresses.cidr('10.0.0.0/24'),
    maxAzs: 2,
    subnetConfiguration: [{ name: 'functions', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 26 }],
    // Its custom resource would be the one function here that nobody reviewed; nothing uses the default group.
    restrictDefaultSecurityGroup: false,
  });
  Annotations.of(vpc).addInfoV2('routeguard:vpc', 'pass `vpc` to use one that the account has');
  return vpc;
}

/** Flow logs of a VPC made here, into a log group with the guard's key. */
export function logFlows(vpc: ec2.Vpc, encryptionKey: logs.LogGroupProps['encryptionKey']): void {
  const group = new logs.LogGroup(vpc, 'Flows', {
    retention: logs.RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    ...(encryptionKey !== undefined && { encryptionKey }),
  });
  vpc.addFlowLog('FlowLog', { destination: ec2.FlowLogDestination.toCloudWatchLogs(group) });
}
