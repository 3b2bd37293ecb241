import { type App, Stack } from 'aws-cdk-lib';
import type { TrafficRoutingGuardProps } from './guard-props.ts';
import type { Stage } from './stage.ts';
import { TrafficRoutingGuard } from './traffic-routing-guard.ts';

/** One guard in a stack of its own: what `cdk deploy` deploys and what the local run reads. */
export class GuardStack extends Stack {
  readonly guard: TrafficRoutingGuard;

  constructor(app: App, stage: Stage, props: TrafficRoutingGuardProps = {}) {
    super(app, `Routeguard-${stage}`, {
      description: `routeguard (${stage})`,
      terminationProtection: stage !== 'dev',
    });
    this.guard = new TrafficRoutingGuard(this, 'Guard', props);
  }
}
