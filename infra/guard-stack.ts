import { type App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { devFounders } from './dev-founders.ts';
import type { TrafficRoutingGuardProps } from './guard-props.ts';
import { recoveryProps } from './recovery-context.ts';
import { acknowledgeFindings, acknowledgeVpcFindings } from './rules/acknowledgements.ts';
import type { Stage } from './stage.ts';
import { logFlows, stageProps } from './stage-props.ts';
import { TrafficRoutingGuard } from './traffic-routing-guard.ts';

/** A developer's own stack has founders made on the spot where nobody says who they are; any other is told. */
function foundersOf(
  stage: Stage,
  stack: Stack,
  { founderKeys }: TrafficRoutingGuardProps,
): Pick<TrafficRoutingGuardProps, 'founderKeys'> {
  const isTold = founderKeys !== undefined || stack.node.tryGetContext('founderKeys') !== undefined;
  return stage !== 'dev' || isTold ? {} : { founderKeys: devFounders() };
}

/** One guard in a stack of its own: what `cdk deploy` deploys and what the local run reads. */
export class GuardStack extends Stack {
  readonly guard: TrafficRoutingGuard;

  constructor(
    app: App,
    stage: Stage,
    given: TrafficRoutingGuardProps | ((stack: Stack) => TrafficRoutingGuardProps) = {},
  ) {
    super(app, `Routeguard-${stage}`, {
      description: `routeguard (${stage})`,
      terminationProtection: stage !== 'dev',
    });
    const props = typeof given === 'function' ? given(this) : given;
    const told = { ...recoveryProps(this), ...foundersOf(stage, this, props) };
    const all = { ...stageProps(stage, this), ...told, ...props };
    this.guard = new TrafficRoutingGuard(this, 'Guard', all);
    if (all.vpc instanceof ec2.Vpc && Stack.of(all.vpc) === this) {
      logFlows(all.vpc, this.guard.keys.data);
      acknowledgeVpcFindings(all.vpc);
    }
    acknowledgeFindings(this.guard, all);
  }
}
