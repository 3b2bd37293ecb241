/**
 * What the HTTP door does to requests by itself, counted in its access log: API Gateway's own metrics do not tell a throttle or a
 * caller without the right from a request that nobody could read, and count each method apart. Syntax: "Filter pattern syntax for
 * metric filters", Amazon CloudWatch Logs User Guide; which of these API Gateway logs was not tried on AWS.
 */
import { aws_logs as logs } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type MetricName, NAMESPACE } from '../../functions/metrics/names.ts';
import { ROUTES, type RouteSpec, serverOf } from '../../functions/registry/routes.ts';

/**
 * `refusal` is "-" where the function itself answered. Of what was throttled, only the registry's own methods are nobody's question: a
 * request whose method is not known counts.
 */
const STOPS = (ROUTES as readonly RouteSpec[])
  .filter((route) => serverOf(route) === 'stop' && route.name !== 'rehearse')
  .map(({ path }) => `$.resource = "${path}"`);

const COUNTED = {
  HttpThrottled: '{ $.status = "429" && $.resource != "/v1/registry*" }',
  HttpForbidden: '{ $.status = "403" && $.refusal != "-" }',
  // Whoever stops something, or looks at what is stopped: before any function has heard of it.
  StopsTurnedAway: `{ ($.status = "429" || $.status = "5*") && $.refusal != "-" && (${STOPS.join(' || ')}) }`,
  AccessErrors:
    '{ $.status = "5*" && $.refusal != "-" && ($.resource = "/access/*" || $.resource = "/v1/best-path") }',
} as const satisfies Partial<Record<MetricName, string>>;

export function countAtTheDoor(scope: Construct, accessLogs: logs.ILogGroup): void {
  for (const [metricName, pattern] of Object.entries(COUNTED))
    new logs.MetricFilter(scope, metricName, {
      logGroup: accessLogs,
      filterPattern: logs.FilterPattern.literal(pattern),
      metricNamespace: NAMESPACE,
      metricName,
      metricValue: '1',
      dimensions: { Service: '$.Service' },
    });
}
