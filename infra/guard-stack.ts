import { type App, CfnParameter, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { devFounders } from './dev-founders.ts';
import type { TrafficRoutingGuardProps } from './guard-props.ts';
import { acknowledgeFindings, acknowledgeVpcFindings } from './rules/acknowledgements.ts';
import type { Stage } from './stage.ts';
import { logFlows, stageProps } from './stage-props.ts';
import { TrafficRoutingGuard } from './traffic-routing-guard.ts';

/** A developer's own stack has founders made on the spot; any other is told who they are. */
function foundersOf(stage: Stage, stack: Stack): Pick<TrafficRoutingGuardProps, 'founderKeys'> {
  const told: unknown = stack.node.tryGetContext('founderKeys');
  if (told === 'parameter') return { founderKeys: [founderParameter(stack)] };
  return told === undefined && stage === 'dev' ? { founderKeys: devFounders() } : {};
}

/** A released template is told when it is deployed: it has no default, so that CloudFormation refuses it without. */
function founderParameter(stack: Stack): string {
  const key = '[A-Za-z0-9+/]{59,160}=?';
  const parameter = new CfnParameter(stack, 'FounderKeys', {
    type: 'String',
    allowedPattern: `${key}(,${key}){1,7}`,
    description: 'Public keys of the two to eight people who sign the first version, separated by commas',
  });
  return parameter.valueAsString;
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
