import { type App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { devFounders } from './dev-founders.ts';
import type { TrafficRoutingGuardProps } from './guard-props.ts';
import { acknowledgeFindings, acknowledgeVpcFindings } from './rules/acknowledgements.ts';
import type { Stage } from './stage.ts';
import { logFlows, stageProps } from './stage-props.ts';
import { TrafficRoutingGuard } from './traffic-routing-guard.ts';

/** A developer's own stack has founders made on the spot; any other is told who they are. */
function foundersOf(stage: Stage, stack: Stack): Pick<TrafficRoutingGuardProps, 'founderKeys'> {
  const isTold = stage !== 'dev' || stack.node.tryGetContext('founderKeys') !== undefined;
  return isTold ? {} : { founderKeys: devFounders() };
}

/** One guard in a stack of its own: what `cdk deploy` deploys and what the local run reads. */
export class GuardStack extends Stack {
  readonly guard: TrafficRoutingGuard;

  constructor(app: App, stage: Stage, props: TrafficRoutingGuardProps = {}) {
    super(app, `Routeguard-${stage}`, {
      description: `routeguard (${stage})`,
      terminationProtection: stage !== 'dev',
    });
    const all = { ...stageProps(stage, this), ...foundersOf(stage, this), ...props };
    this.guard = new TrafficRoutingGuard(this, 'Guard', all);
    if (all.vpc instanceof ec2.Vpc && Stack.of(all.vpc) === this) {
      logFlows(all.vpc, this.guard.keys.data);
      acknowledgeVpcFindings(all.vpc);
    }
    acknowledgeFindings(this.guard, all);
  }
}
