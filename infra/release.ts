/** How a new version comes into service: a tenth of the traffic first, and back where an alarm rings. */
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
  /** Whatever else answers with decisions: other bundles of the same code, which the hook cannot ask. */
  readonly others: Readonly<Record<string, GuardFunction>>;
  /** The probe's alias: already on the new version when the hook runs. */
  readonly probeAlias: lambda.Alias;
  readonly hook: GuardFunction;
  /** Any of these in alarm rolls back. */
  readonly alarms: readonly cloudwatch.IAlarm[];
}

/**
 * A new version gets a tenth of the traffic for ten minutes: of `decide` after it has answered the known questions and
 * been compared, of every other function that decides when that release is whole.
 */
export class CanaryRelease extends Construct {
  /** CodeDeploy's own. */
  readonly role: iam.IRole;

  constructor(scope: Construct, id: string, props: CanaryReleaseProps) {
    super(scope, id);
    const { live } = props.decide;
    const application = new codedeploy.LambdaApplication(this, 'Application');
    const shared = {
      application,
      deploymentConfig: codedeploy.LambdaDeploymentConfig.CANARY_10PERCENT_10MINUTES,
      alarms: [...props.alarms],
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
    };
    const group = new codedeploy.LambdaDeploymentGroup(this, 'Group', {
      ...shared,
      alias: live,
      preHook: props.hook.live as lambda.IFunction,
    });
    this.role = group.role;
    for (const [name, other] of Object.entries(props.others)) {
      new codedeploy.LambdaDeploymentGroup(this, `${name}Group`, {
        ...shared,
        alias: other.live,
        role: group.role,
      });
      // What the hook refuses moves nobody: `decide` has all of its traffic before another alias begins to move.
      other.live.node.addDependency(live);
    }
    // The hook asks through the probe's alias, so that one must have moved first.
    live.node.addDependency(props.probeAlias, props.hook.live);
  }
}
