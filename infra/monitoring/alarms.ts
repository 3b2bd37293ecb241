import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import type { IAlarmActionStrategy } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { ALARM_NAMES, ALARMS, type AlarmName, descriptionOf } from './alarm-catalogue.ts';
import type { GuardMetrics } from './guard-metrics.ts';
import type { Thresholds } from './monitoring-props.ts';

export interface GuardAlarmsProps {
  readonly metrics: GuardMetrics;
  readonly thresholds: Thresholds;
  readonly silence: boolean;
  readonly anomalyDetection: boolean;
  readonly page: IAlarmActionStrategy;
  readonly notify: IAlarmActionStrategy;
  /** Errors of the functions that decide, and whatever can throttle. */
  readonly functionErrors: readonly cloudwatch.IMetric[];
  readonly throttles: readonly cloudwatch.IMetric[];
}

const { GREATER_THAN_OR_EQUAL_TO_THRESHOLD, GREATER_THAN_THRESHOLD, LESS_THAN_THRESHOLD } =
  cloudwatch.ComparisonOperator;
const { BREACHING, NOT_BREACHING, IGNORE } = cloudwatch.TreatMissingData;

/** An alarm without its words. */
type Condition = Omit<cloudwatch.CreateAlarmOptions, 'alarmDescription'> & {
  readonly metric: cloudwatch.Metric | cloudwatch.MathExpression;
};

const minute = Duration.minutes(1);
const fiveMinutes = Duration.minutes(5);
const hour = Duration.hours(1);

/** At least one, in one minute. */
function any(metric: Condition['metric'], treatMissingData = NOT_BREACHING): Condition {
  return {
    metric,
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData,
  };
}

/** Nothing at all, for five minutes: here missing data is the alarm. */
function none(metric: Condition['metric']): Condition {
  return {
    metric,
    threshold: 1,
    evaluationPeriods: 5,
    comparisonOperator: LESS_THAN_THRESHOLD,
    treatMissingData: BREACHING,
  };
}

function total(
  metrics: readonly cloudwatch.IMetric[],
  label: string,
  period: Duration,
): cloudwatch.MathExpression {
  const usingMetrics = Object.fromEntries(metrics.map((metric, i) => [`m${i}`, metric]));
  const expression = Object.keys(usingMetrics)
    .map((id) => `FILL(${id}, 0)`)
    .join(' + ');
  return new cloudwatch.MathExpression({ expression, usingMetrics, label, period });
}

function conditions(props: GuardAlarmsProps): Readonly<Record<Exclude<AlarmName, 'PermitRate'>, Condition>> {
  const { metrics: m, thresholds: t } = props;
  const bad = total([m.ofClass('unavailable', hour), m.ofClass('integrity', hour)], 'unavailable', hour);
  return {
    Fault: any(m.sum('Faults')),
    FunctionError: any(total(props.functionErrors, 'function errors', minute)),
    ProbeWrong: any(m.sum('ProbeWrong')),
    ProbeSilent: none(m.sum('ProbeQuestions')),
    Hold: any(m.maximum('HoldsInForce'), IGNORE),
    WideHold: any(m.maximum('WideHolds'), IGNORE),
    HeadBelowFloor: any(m.maximum('HeadBelowFloor'), IGNORE),
    HistoryUnsound: any(m.maximum('HistoryProblems'), IGNORE),
    HistoryUnaudited: { ...any(m.maximum('VersionsUnaudited', hour), IGNORE), evaluationPeriods: 24 },
    Silence: {
      // Before the first publication silence is right. The watch counts a zero each minute, so there is always data.
      metric: new cloudwatch.MathExpression({
        expression: 'IF(version > 0, asked, 1)',
        usingMetrics: {
          version: m.maximum('RegistryVersion', fiveMinutes),
          asked: m.sum('Decisions', fiveMinutes),
        },
        label: 'decisions asked for',
        period: fiveMinutes,
      }),
      threshold: 1,
      evaluationPeriods: t.silenceMinutes / 5,
      comparisonOperator: LESS_THAN_THRESHOLD,
      treatMissingData: BREACHING,
    },
    WatchFailing: {
      // A look that fails says so; a watch that has stopped says nothing, and missing data is the alarm.
      ...any(m.sum('WatchFailures'), BREACHING),
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    },
    Unavailable: {
      metric: new cloudwatch.MathExpression({
        expression: 'IF(asked > 0, 10000 * bad / asked, 0)',
        usingMetrics: { asked: m.sum('Decisions', hour), bad },
        label: 'hundredths of a percent unavailable',
        period: hour,
      }),
      threshold: t.unavailableHundredths,
      evaluationPeriods: 1,
      comparisonOperator: GREATER_THAN_THRESHOLD,
      treatMissingData: NOT_BREACHING,
    },
    DarkTomorrow: any(m.maximum('RoutesDarkIn1Day'), IGNORE),
    DarkThisWeek: any(m.maximum('RoutesDarkIn7Days'), IGNORE),
    DarkThisMonth: any(m.maximum('RoutesDarkIn30Days'), IGNORE),
    SilentThisWeek: any(m.maximum('NationsSilentIn7Days'), IGNORE),
    SilentThisMonth: any(m.maximum('NationsSilentIn30Days'), IGNORE),
    SilentThisQuarter: any(m.maximum('NationsSilentIn90Days'), IGNORE),
    Slow: {
      metric: m.percentile('DecisionTime', 99),
      threshold: t.p99Ms,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      comparisonOperator: GREATER_THAN_THRESHOLD,
      treatMissingData: NOT_BREACHING,
    },
    Throttled: any(total(props.throttles, 'throttles', minute)),
    RegistryOld: {
      ...any(m.maximum('RegistryAge'), IGNORE),
      threshold: t.registryAgeDays * 86_400,
      comparisonOperator: GREATER_THAN_THRESHOLD,
    },
    HeadMoved: any(m.maximum('HeadMoved')),
    ProposalsWaiting: { ...any(m.maximum('ProposalsWaiting', hour), IGNORE), evaluationPeriods: 24 },
    Waivers: {
      ...any(m.maximum('WaiversInForce'), IGNORE),
      threshold: t.waivers,
      comparisonOperator: GREATER_THAN_THRESHOLD,
    },
  };
}

/**
 * The guard's alarms. All notify, and those that page do so each by itself: an alarm acts when its state changes, so a hold
 * that lasts for days would silence whatever shared a composite with it.
 */
export class GuardAlarms extends Construct {
  readonly byName: ReadonlyMap<AlarmName, cloudwatch.Alarm>;

  constructor(scope: Construct, id: string, props: GuardAlarmsProps) {
    super(scope, id);
    const table = conditions(props);
    const alarms = new Map<AlarmName, cloudwatch.Alarm>();
    for (const name of ALARM_NAMES) {
      if (name === 'Silence' && !props.silence) continue;
      if (name === 'PermitRate' && !props.anomalyDetection) continue;
      const alarm = name === 'PermitRate' ? this.#permitRate(props) : this.#alarm(name, table[name]);
      props.notify.addAlarmActions({ alarm, action: props.notify, disambiguator: ALARMS[name].severity });
      if (ALARMS[name].severity === 'page')
        props.page.addAlarmActions({ alarm, action: props.page, disambiguator: 'page' });
      alarms.set(name, alarm);
    }
    this.byName = alarms;
  }

  #alarm(name: AlarmName, condition: Condition): cloudwatch.Alarm {
    return new cloudwatch.Alarm(this, name, { ...condition, alarmDescription: descriptionOf(name) });
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
      treatMissingData: NOT_BREACHING,
      alarmDescription: descriptionOf('PermitRate'),
    });
  }
}
