/** The part of the construct that watches the guard: alarms, dashboard, probe and watch together. */
import { type aws_kms as kms, type aws_lambda as lambda, aws_logs as logs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { GuardFunction } from '../guard-function.ts';
import type { HttpApi } from '../http-api.ts';
import { everyMinute } from '../schedule.ts';
import { GuardAlarms } from './alarms.ts';
import { addBudget } from './budget.ts';
import { GuardDashboard } from './dashboard.ts';
import { countAtTheDoor } from './door-metrics.ts';
import { GuardMetrics } from './guard-metrics.ts';
import { DEFAULT_THRESHOLDS, type MonitoringProps } from './monitoring-props.ts';
import { PlatformMetrics, type PlatformProps } from './platform-metrics.ts';
import { type QueryLog, SAVED_QUERIES } from './saved-queries.ts';
import { AlarmTopic } from './topics.ts';

export interface GuardMonitoringProps extends MonitoringProps {
  readonly service: string;
  readonly key: kms.Key;
  /** Copies of HEAD that readers choose among. */
  readonly headCopies: number;
  /** The functions that answer callers. */
  readonly decide: readonly GuardFunction[];
  /** Which of them answers `POST /v1/decide`, where there is an HTTP door. */
  readonly decideHttp?: GuardFunction;
  readonly access?: GuardFunction;
  /** Full explanations, where there is an HTTP door. */
  readonly explain?: GuardFunction;
  readonly probe: GuardFunction;
  readonly watch: GuardFunction;
  readonly board: GuardFunction;
  /** Copies the first Region's registry: then this one is held, and nobody asks it, by plan. */
  readonly standby?: GuardFunction;
  /** Whatever changes the registry, where there is an HTTP door. */
  readonly administration: readonly GuardFunction[];
  /** Sets the emergency stop. Without one nothing is said of stops that fail. */
  readonly stop?: GuardFunction;
  /** Whether the probe has a way to the stop's door, and rehearses one each minute. */
  readonly isStopRehearsed: boolean;
  readonly http?: Pick<HttpApi, 'api' | 'accessLogs'>;
  readonly tables: PlatformProps['tables'];
}

/** Everything that watches a guard: schedules, alarms, the dashboard, saved queries. */
export class GuardMonitoring extends Construct {
  readonly metrics: GuardMetrics;
  readonly alarms: GuardAlarms;

  constructor(scope: Construct, id: string, props: GuardMonitoringProps) {
    super(scope, id);
    this.metrics = new GuardMetrics(props.service);
    everyMinute(this, 'ProbeSchedule', 'the probe', props.probe);
    everyMinute(this, 'WatchSchedule', 'the watch', props.watch);
    const platform = new PlatformMetrics({
      decide: props.decide,
      ...(props.decideHttp !== undefined && { decideHttp: props.decideHttp }),
      ...(props.access !== undefined && { access: props.access }),
      ...(props.explain !== undefined && { explain: props.explain }),
      support: [...props.administration, props.board, props.watch],
      probe: props.probe,
      ...(props.stop !== undefined && { stop: props.stop }),
      isStopRehearsed: props.isStopRehearsed,
      ...(props.standby !== undefined && { standby: props.standby }),
      ...(props.http !== undefined && { api: props.http.api }),
      tables: props.tables,
    });
    if (props.http !== undefined) countAtTheDoor(this, props.http.accessLogs);
    const page = props.page ?? this.#topic('Paging', props.key, 'monitoring.page').strategy;
    const notices =
      props.notify === undefined ? this.#topic('Notices', props.key, 'monitoring.notify') : props.notify;
    this.alarms = new GuardAlarms(this, 'Alarms', {
      metrics: this.metrics,
      platform,
      thresholds: { ...DEFAULT_THRESHOLDS, ...props.thresholds },
      silence: props.silence ?? true,
      standby: props.standby !== undefined,
      headCopies: props.headCopies,
      anomalyDetection: props.anomalyDetection ?? true,
      warmUp: props.warmUp ?? true,
      page,
      notify: notices instanceof AlarmTopic ? notices.strategy : notices,
    });
    new GuardDashboard(this, 'Overview', {
      metrics: this.metrics,
      alarms: this.alarms,
      board: props.board.live as lambda.IFunction,
      platform,
    });
    this.#budget(props, notices instanceof AlarmTopic ? notices : undefined);
    this.#queries(props);
  }

  #budget(props: MonitoringProps, notices: AlarmTopic | undefined): void {
    const { monthlyBudgetUsd: usd, budgetEmails: to = notices, budgetTag: tag } = props;
    if (usd !== undefined && to !== undefined)
      addBudget(this, 'Budget', { usd, to, ...(tag !== undefined && { tag }) });
  }

  #topic(id: 'Paging' | 'Notices', key: kms.Key, prop: string): AlarmTopic {
    const topic = new AlarmTopic(this, id, key, id === 'Paging');
    topic.remindToSubscribe(prop);
    return topic;
  }

  #queries(props: GuardMonitoringProps): void {
    const groups: Readonly<Record<QueryLog, readonly GuardFunction[]>> = {
      decide: [...props.decide, ...(props.explain === undefined ? [] : [props.explain])],
      probe: [props.probe],
      watch: [props.watch],
      standby: props.standby === undefined ? [] : [props.standby],
    };
    for (const [name, { log, text }] of Object.entries(SAVED_QUERIES)) {
      if (groups[log].length === 0) continue;
      new logs.CfnQueryDefinition(this, `Query${name}`, {
        name: `${props.service}/${name}`,
        queryString: text,
        logGroupNames: groups[log].map((each) => each.logGroup.logGroupName),
      });
    }
  }
}
