/** What `routeguard/construct` offers: the guard for a CDK app of one's own, and the rule packs it passes. */
export { type KnownAnswer, UNIVERSAL_ANSWERS } from '../functions/probe/known-answers.ts';
export {
  GuardPropError,
  type HttpAccess,
  type Release,
  type TrafficRoutingGuardProps,
} from './guard-props.ts';
export { DEFAULT_THRESHOLDS, type MonitoringProps, type Thresholds } from './monitoring/monitoring-props.ts';
export { acknowledgeFindings } from './rules/acknowledgements.ts';
export { TrafficRoutingGuard } from './traffic-routing-guard.ts';
