/** The part of the construct that watches the guard: alarms, dashboard, probe and watch together. */
import {
  type aws_cloudwatch as cloudwatch,
  Duration,
  type aws_dynamodb as dynamodb,
  aws_events as events,
  type aws_kms as kms,
  type aws_lambda as lambda,
  aws_logs as logs,
  aws_events_targets as targets,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { GuardFunction } from '../guard-function.ts';
import { GuardAlarms } from './alarms.ts';
import { GuardDashboard } from './dashboard.ts';
import { GuardMetrics } from './guard-metrics.ts';
import { DEFAULT_THRESHOLDS, type MonitoringProps } from './monitoring-props.ts';
import { type QueryLog, SAVED_QUERIES } from './saved-queries.ts';
import { AlarmTopic } from './topics.ts';

export interface GuardMonitoringProps extends MonitoringProps {
  readonly service: string;
  readonly key: kms.Key;
  /** The functions that decide. */
  readonly decide: readonly GuardFunction[];
  readonly probe: GuardFunction;
  readonly watch: GuardFunction;
  readonly board: GuardFunction;
  readonly tables: readonly dynamodb.Table[];
}

const minute = Duration.minutes(1);

/** Everything that watches a guard: schedules, alarms, the dashboard, saved queries. */
export class GuardMonitoring extends Construct {
  readonly metrics: GuardMetrics;
  readonly alarms: GuardAlarms;

  constructor(scope: Construct, id: string, props: GuardMonitoringProps) {
    super(scope, id);
    this.metrics = new GuardMetrics(props.service);
    for (const [name, fn] of [
      ['ProbeSchedule', props.probe],
      ['WatchSchedule', props.watch],
    ] as const) {
      new events.Rule(this, name, {
        description: `routeguard: runs ${name === 'ProbeSchedule' ? 'the probe' : 'the watch'} every minute`,
        schedule: events.Schedule.rate(minute),
        targets: [new targets.LambdaFunction(fn.live as lambda.IFunction, { retryAttempts: 0 })],
      });
    }
    const functionErrors = props.decide.map((each) =>
      each.live.metricErrors({ period: minute, statistic: 'Sum' }),
    );
    const throttles: readonly cloudwatch.IMetric[] = [
      ...props.decide.map((each) => each.live.metricThrottles({ period: minute, statistic: 'Sum' })),
      ...props.tables.map((table) =>
        table.metric('ReadThrottleEvents', { period: minute, statistic: 'Sum' }),
      ),
    ];
    this.alarms = new GuardAlarms(this, 'Alarms', {
      metrics: this.metrics,
      thresholds: { ...DEFAULT_THRESHOLDS, ...props.thresholds },
      silence: props.silence ?? true,
      anomalyDetection: props.anomalyDetection ?? true,
      page: props.page ?? this.#topic('Paging', props.key, 'monitoring.page'),
      notify: props.notify ?? this.#topic('Notices', props.key, 'monitoring.notify'),
      functionErrors,
      throttles,
    });
    new GuardDashboard(this, 'Overview', {
      metrics: this.metrics,
      alarms: this.alarms,
      board: props.board.live as lambda.IFunction,
      functionErrors,
      throttles,
    });
    this.#queries(props);
  }

  #topic(id: string, key: kms.Key, prop: string) {
    const topic = new AlarmTopic(this, id, key);
    topic.remindToSubscribe(prop);
    return topic.strategy;
  }

  #queries(props: GuardMonitoringProps): void {
    const groups: Readonly<Record<QueryLog, readonly GuardFunction[]>> = {
      decide: props.decide,
      probe: [props.probe],
      watch: [props.watch],
    };
    for (const [name, { log, text }] of Object.entries(SAVED_QUERIES)) {
      new logs.CfnQueryDefinition(this, `Query${name}`, {
        name: `${props.service}/${name}`,
        queryString: text,
        logGroupNames: groups[log].map((each) => each.logGroup.logGroupName),
      });
    }
  }
}
