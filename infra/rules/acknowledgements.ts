/**
 * Findings of the public rule packs that are answered instead of obeyed. Each names one rule, the smallest construct
 * it is about, and why. A stage that obeys a rule acknowledges nothing for it.
 */
import { type aws_iam as iam, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { GuardFunction } from '../guard-function.ts';
import type { TrafficRoutingGuardProps } from '../guard-props.ts';
import type { TrafficRoutingGuard } from '../traffic-routing-guard.ts';

interface Acknowledgement {
  readonly id: string;
  readonly reason: string;
}

const nist = (rule: string) => `NIST.800.53.R5::NIST.800.53.R5-${rule}`;
const solutions = (rule: string) => `AwsSolutions::AwsSolutions-${rule}`;
const serverless = (rule: string) => `Serverless::Serverless-${rule}`;

const EVERYWHERE: readonly Acknowledgement[] = [
  {
    id: nist('IAMNoInlinePolicy'),
    reason:
      'Each policy belongs to one role of this stack and must never be attached to another, which a managed policy allows.',
  },
  {
    id: nist('LambdaDLQ'),
    reason:
      'The functions that decide are invoked synchronously, and a dead letter would keep the message; a run of a schedule that is lost raises ProbeSilent or WatchFailing.',
  },
  {
    id: serverless('LambdaDLQ'),
    reason:
      'The functions that decide are invoked synchronously, and a dead letter would keep the message; a run of a schedule that is lost raises ProbeSilent or WatchFailing.',
  },
  {
    id: serverless('EventBusDLQ'),
    reason: 'A minute that was missed is not made up for: ProbeSilent and WatchFailing see it.',
  },
  {
    id: serverless('LambdaAsyncFailureDestination'),
    reason:
      'Only schedules invoke asynchronously, with nothing that could be worked on later: the next minute runs again, and what is lost raises ProbeSilent or WatchFailing.',
  },
  {
    id: serverless('LambdaTracing'),
    reason:
      'Each decision writes its own timings; tracing would add a second way out of a closed network and a statement without a resource to name.',
  },
  {
    id: nist('DynamoDBInBackupPlan'),
    reason:
      'Point-in-time recovery is on; accounts plan backups centrally by tag. A restored registry un-revokes, so it starts held until two people confirm it.',
  },
];

const HTTP_DOOR: readonly Acknowledgement[] = [
  {
    id: solutions('COG4'),
    reason: 'Callers are services with IAM roles; every method demands IAM authentication.',
  },
  {
    id: nist('APIGWCacheEnabledAndEncrypted'),
    reason: 'A decision is never cached: a permit would outlive a revocation.',
  },
  {
    id: nist('APIGWSSLEnabled'),
    reason:
      'A client certificate proves API Gateway to an HTTP backend; here the backend is a Lambda function.',
  },
];

const WITHOUT_WEB_ACL: readonly Acknowledgement[] = [
  {
    id: nist('APIGWAssociatedWithWAF'),
    reason: 'Pass `webAclArn`; without it, IAM authentication and throttling stand alone.',
  },
  {
    id: solutions('APIG3'),
    reason: 'Pass `webAclArn`; without it, IAM authentication and throttling stand alone.',
  },
];

const WITHOUT_VPC: Acknowledgement = {
  id: nist('LambdaInsideVPC'),
  reason: 'This stage shows the guard without a network of its own; `vpc` puts every function in one.',
};

const WITHOUT_CONCURRENCY: Acknowledgement = {
  id: nist('LambdaConcurrency'),
  reason:
    'A new account has too little concurrency to keep any; `reservedConcurrency` keeps it for every function.',
};

const OUTSIDE_THE_VPC: Acknowledgement = {
  id: nist('LambdaInsideVPC'),
  reason:
    'The standby reads the tables of another Region, which no DynamoDB endpoint of a VPC leads to. It calls DynamoDB in two Regions, nobody calls it, and its role reads one registry and writes one copy.',
};

/** EC2 has no resource to name for attaching a function to a VPC; the same statement is denied to the code. */
const NETWORK_INTERFACES: Acknowledgement = {
  id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
  reason:
    'The network interface actions Lambda needs name no resource. A second statement denies them to the code of the function.',
};

const FLOW_LOG: Acknowledgement = {
  id: nist('IAMNoInlinePolicy'),
  reason: 'The policy belongs to the one role by which this VPC writes its flow log.',
};

const DEFAULT_GROUP: Acknowledgement = {
  id: nist('VPCDefaultSecurityGroupClosed'),
  reason:
    'Nothing uses the default group; closing it takes a custom resource with rights over security groups.',
};

/**
 * Findings of AWS Control Tower's proactive controls, of which `cdk-validator-cfnguard` brings 237, that a template cannot
 * obey: a control looks at the text of a template where its own hook looks at what is deployed.
 */
export const CONTROL_TOWER: readonly Acknowledgement[] = [
  {
    id: 'CT.LAMBDA.PR.2',
    reason:
      'Every permission of a service names its source: an ARN of this API or of this schedule, joined from the account and Region it is deployed to, which the control does not take for a text.',
  },
];

function acknowledge(scope: IConstruct, list: readonly Acknowledgement[]): void {
  Validations.of(scope).acknowledge(...list);
}

/**
 * Acknowledges what these props do not obey, and nothing else.
 *
 * @example
 * const guard = new TrafficRoutingGuard(stack, 'Guard', props);
 * acknowledgeFindings(guard, props);
 */
export function acknowledgeFindings(guard: TrafficRoutingGuard, props: TrafficRoutingGuardProps): void {
  acknowledge(guard, EVERYWHERE);
  if (props.vpc === undefined) acknowledge(guard, [WITHOUT_VPC]);
  else
    for (const each of functionsOf(guard))
      if (each === guard.standby) acknowledge(each.function, [OUTSIDE_THE_VPC]);
      else acknowledge(each.role, [NETWORK_INTERFACES]);
  if (props.reservedConcurrency === undefined) acknowledge(guard, [WITHOUT_CONCURRENCY]);
  if (guard.release !== undefined)
    acknowledge(guard.release.role as iam.Role, [
      {
        id: 'AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]',
        reason:
          'The narrowest policy AWS documents for CodeDeploy to move an alias; the construct library always adds it.',
      },
    ]);
  const { http } = guard;
  if (http === undefined) return;
  acknowledge(http, HTTP_DOOR);
  if (props.webAclArn === undefined) acknowledge(http, WITHOUT_WEB_ACL);
  const account = http.api.node.tryFindChild('CloudWatchRole');
  if (account !== undefined)
    acknowledge(account, [
      {
        id: 'AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
        reason:
          'The policy AWS documents for the role by which API Gateway writes logs; it is one setting per account.',
      },
    ]);
}

/** For a VPC made beside the guard. */
export function acknowledgeVpcFindings(vpc: IConstruct): void {
  acknowledge(vpc, [DEFAULT_GROUP, FLOW_LOG]);
}

function functionsOf(guard: TrafficRoutingGuard): readonly GuardFunction[] {
  return guard.node.findAll().filter((each) => each instanceof GuardFunction);
}
