import type { Stack } from 'aws-cdk-lib';
import { GuardPropError, TrafficRoutingGuard, type TrafficRoutingGuardProps } from 'routeguard/construct';

export function guardIn(stack: Stack, props: TrafficRoutingGuardProps): TrafficRoutingGuard {
  try {
    return new TrafficRoutingGuard(stack, 'Guard', props);
  } catch (error) {
    if (error instanceof GuardPropError) console.error(error.message);
    throw error;
  }
}
