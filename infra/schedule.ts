/** Runs a function by its alias every minute. A minute that was missed is not made up for. */
import {
  Duration,
  aws_events as events,
  type aws_lambda as lambda,
  aws_events_targets as targets,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { GuardFunction } from './guard-function.ts';

/** @param what as the rest of "runs …" */
export function everyMinute(
  scope: Construct,
  id: string,
  what: string,
  { live }: GuardFunction,
): events.Rule {
  // A run that died would be run again, by default twice, beside those of the minutes after it: what is to wait for is one by itself.
  live.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
  return new events.Rule(scope, id, {
    description: `routeguard: runs ${what} every minute`,
    schedule: events.Schedule.rate(Duration.minutes(1)),
    targets: [new targets.LambdaFunction(live as lambda.IFunction, { retryAttempts: 0 })],
  });
}
