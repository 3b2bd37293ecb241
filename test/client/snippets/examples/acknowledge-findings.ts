import type { Stack } from 'aws-cdk-lib';
import {
  acknowledgeFindings,
  TrafficRoutingGuard,
  type TrafficRoutingGuardProps,
} from 'routeguard/construct';

export function guardIn(stack: Stack, props: TrafficRoutingGuardProps): void {
  const guard = new TrafficRoutingGuard(stack, 'Guard', props);
  acknowledgeFindings(guard, props);
}
