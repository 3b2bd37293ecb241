import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import type { IAlarmActionStrategy } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import {
  ALARM_NAMES,
  ALARMS,
  type AlarmName,
  descriptionOf,
  isWhole,
  type MetricAlarmName,
  PART_NAMES,
  severityOf,
} from './alarm-catalogue.ts';
import { type Condition, conditions } from './conditions.ts';
import type { GuardMetrics } from './guard-metrics.ts';
import type { Thresholds } from './monitoring-props.ts';
import {
  DOOR_TOLD,
  DOOR_TOLD_NOW,
  MAJOR_OUTAGE,
  MAJOR_OUTAGE_NOW,
  OUTAGE,
  OUTAGE_NOW,
  PAGES,
  type PageRule,
  SETTLES,
  WAIT,
} from './pages.ts';
import type { PlatformMetrics } from './platform-metrics.ts';

export interface GuardAlarmsProps {
  readonly metrics: GuardMetrics;
  readonly platform: PlatformMetrics;
  readonly thresholds: Thresholds;
  readonly silence: boolean;
  /** Whether this is the standby of another Region: held, and asked by nobody, for as long as all is well. */
  readonly standby: boolean;
  readonly headCopies: number;
  readonly anomalyDetection: boolean;
  readonly warmUp: boolean;
  readonly page: IAlarmActionStrategy;
  readonly notify: IAlarmActionStrategy;
}

const fiveMinutes = Duration.minutes(5);

/** How long the first word of probe and watch may take after the alarms are made: they may be made before the schedules. */
const WARM_UP_MINUTES = 30;

const METRIC_ALARMS: readonly MetricAlarmName[] = [
  ...ALARM_NAMES.filter((name) => !isWhole(name)),
  ...PART_NAMES,
];

/**
 * The guard's alarms. Whatever watches metrics notifies; those that page do so by themselves, or by a composite where
 * something else may explain them (`pages.ts`).
 */
export class GuardAlarms extends Construct {
  /** What an operator sees: each alarm of the catalogue once. */
  readonly byName: ReadonlyMap<AlarmName, cloudwatch.AlarmBase>;
  /** Whatever watches metrics, parts too. */
  readonly ofMetrics: ReadonlyMap<MetricAlarmName, cloudwatch.Alarm>;

  constructor(scope: Construct, id: string, props: GuardAlarmsProps) {
    super(scope, id);
    this.ofMetrics = this.#watching(props);
    for (const [name, alarm] of this.ofMetrics)
      props.notify.addAlarmActions({ alarm, action: props.notify, disambiguator: severityOf(name) });
    const pages = this.#pages();
    const byName = new Map<AlarmName, cloudwatch.AlarmBase>();
    for (const name of ALARM_NAMES) {
      const alarm = isWhole(name) ? pages.get(name) : this.ofMetrics.get(name);
      if (alarm === undefined) continue;
      if (ALARMS[name].severity === 'page')
        props.page.addAlarmActions({
          alarm: pages.get(name) ?? alarm,
          action: props.page,
          disambiguator: 'page',
        });
      byName.set(name, alarm);
    }
    this.byName = byName;
  }

  /** What pages by a composite, in an order in which each finds what explains it. */
  #pages(): ReadonlyMap<AlarmName, cloudwatch.CompositeAlarm> {
    const pages = new Map<AlarmName, cloudwatch.CompositeAlarm>();
    const outages = {
      [OUTAGE]: this.#composite(OUTAGE, descriptionOf('UnavailableNow'), { when: OUTAGE_NOW }),
      [MAJOR_OUTAGE]: this.#composite(MAJOR_OUTAGE, descriptionOf('MostLost'), { when: MAJOR_OUTAGE_NOW }),
      ...(this.ofMetrics.has('HttpFailing') && {
        [DOOR_TOLD]: this.#composite(DOOR_TOLD, descriptionOf('DoorSixHours'), { when: DOOR_TOLD_NOW }),
      }),
    };
    for (const [name, page] of Object.entries(PAGES) as [AlarmName, PageRule][]) {
      // Without an HTTP door nothing is measured of one, nor of a standby without one.
      if (!page.when.flat().every((each) => this.ofMetrics.has(each))) continue;
      const { explainedBy } = page;
      const suppressor =
        explainedBy === OUTAGE || explainedBy === MAJOR_OUTAGE || explainedBy === DOOR_TOLD
          ? outages[explainedBy]
          : explainedBy === 'WatchSilent'
            ? this.#of(explainedBy)
            : explainedBy && pages.get(explainedBy);
      pages.set(
        name,
        this.#composite(isWhole(name) ? name : `${name}Page`, descriptionOf(name), page, suppressor),
      );
    }
    return pages;
  }

  #watching(props: GuardAlarmsProps): ReadonlyMap<MetricAlarmName, cloudwatch.Alarm> {
    const { metrics: own, platform, thresholds, standby, headCopies } = props;
    const table = conditions({ own, platform, thresholds, standby, headCopies });
    const alarms = new Map<MetricAlarmName, cloudwatch.Alarm>();
    for (const name of METRIC_ALARMS) {
      if (name === 'Silence' && (!props.silence || props.standby)) continue;
      if (name === 'PermitRate') {
        if (props.anomalyDetection) alarms.set(name, this.#permitRate(props));
        continue;
      }
      const condition = table[name];
      if (condition !== undefined) alarms.set(name, this.#alarm(name, condition, props.warmUp));
    }
    return alarms;
  }

  #alarm(name: MetricAlarmName, condition: Condition, warmUp: boolean): cloudwatch.Alarm {
    const { awaitsTheFirst, ...options } = condition;
    const alarm = new cloudwatch.Alarm(this, name, { ...options, alarmDescription: descriptionOf(name) });
    // It ends as soon as there is data for every period; where none ever comes, the alarm begins when it is over.
    if (awaitsTheFirst === true && warmUp)
      (alarm.node.defaultChild as cloudwatch.CfnAlarm).warmUpConfiguration = {
        warmUpPeriodDurationInMinutes: WARM_UP_MINUTES,
      };
    return alarm;
  }

  #composite(
    id: string,
    alarmDescription: string,
    { when, settles }: PageRule,
    suppressor?: cloudwatch.IAlarm,
  ): cloudwatch.CompositeAlarm {
    const red = (each: MetricAlarmName) =>
      cloudwatch.AlarmRule.fromAlarm(this.#of(each), cloudwatch.AlarmState.ALARM);
    const all = when.map((each) => cloudwatch.AlarmRule.allOf(...each.map(red)));
    return new cloudwatch.CompositeAlarm(this, id, {
      alarmDescription,
      alarmRule: cloudwatch.AlarmRule.anyOf(...all),
      ...(suppressor !== undefined && {
        actionsSuppressor: suppressor,
        actionsSuppressorWaitPeriod: WAIT,
        actionsSuppressorExtensionPeriod: settles ?? SETTLES,
      }),
    });
  }

  #of(name: MetricAlarmName): cloudwatch.Alarm {
    const alarm = this.ofMetrics.get(name);
    if (alarm === undefined) throw new Error(`there is no alarm ${name}`);
    return alarm;
  }

  #permitRate({ metrics }: GuardAlarmsProps): cloudwatch.Alarm {
    return new cloudwatch.AnomalyDetectionAlarm(this, 'PermitRate', {
      metric: new cloudwatch.MathExpression({
        expression: 'IF(asked > 0, 100 * permits / asked, 0)',
        usingMetrics: {
          permits: metrics.sum('Permits', fiveMinutes),
          asked: metrics.sum('Decisions', fiveMinutes),
        },
        label: 'permits in percent',
        period: fiveMinutes,
      }),
      stdDevs: 3,
      evaluationPeriods: 3,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_LOWER_OR_GREATER_THAN_UPPER_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription: descriptionOf('PermitRate'),
    });
  }
}
