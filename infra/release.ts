import {
  type aws_cloudwatch as cloudwatch,
  aws_codedeploy as codedeploy,
  type aws_iam as iam,
  type aws_lambda as lambda,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { GuardFunction } from './guard-function.ts';

export interface CanaryReleaseProps {
  readonly decide: GuardFunction;
  /** The probe's alias: already on the new version when the hook runs. */
  readonly probeAlias: lambda.Alias;
  readonly hook: GuardFunction;
  /** Any of these in alarm rolls back. */
  readonly alarms: readonly cloudwatch.IAlarm[];
}

/** A new version gets a tenth of the traffic for ten minutes, after it has answered the known questions. */
export class CanaryRelease extends Construct {
  /** CodeDeploy's own. */
  readonly role: iam.IRole;

  constructor(scope: Construct, id: string, props: CanaryReleaseProps) {
    super(scope, id);
    const { live } = props.decide;
    const application = new codedeploy.LambdaApplication(this, 'Application');
    const group = new codedeploy.LambdaDeploymentGroup(this, 'Group', {
      application,
      alias: live,
      deploymentConfig: codedeploy.LambdaDeploymentConfig.CANARY_10PERCENT_10MINUTES,
      preHook: props.hook.live as lambda.IFunction,
      alarms: [...props.alarms],
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
    });
    this.role = group.role;
    // The hook asks through the probe's alias, so that one must have moved first.
    live.node.addDependency(props.probeAlias, props.hook.live);
  }
}
