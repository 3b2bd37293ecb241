import { App, Stack } from 'aws-cdk-lib';
import { TrafficRoutingGuard } from 'routeguard/construct';

const stack = new Stack(new App(), 'Guard');

export const guard = new TrafficRoutingGuard(stack, 'Guard', {
  founderKeys: ['MCow…', 'MCow…'],
  httpAccess: 'none',
  callers: ['123456789012'],
});
