/**
 * When an alarm that pages does so by a composite: where several say one fault, so that whoever is woken is woken once.
 *
 * A composite acts when its own state changes. One `OR` over a class would therefore stay silent for whatever came later: a
 * crash an hour, red all night, would hide the outage in the morning. So a class has no such list. Each of its alarms has its
 * own page, and names the alarm that explains it: while that one is red the page is kept back (`ActionsSuppressor`), and where
 * it is still red when that one is over, it is made up for.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html
 */
import { Duration } from 'aws-cdk-lib';
import type { AlarmName, MetricAlarmName } from './alarm-catalogue.ts';

/**
 * What keeps other pages back: `Unavailable` by its shortest window. The page itself goes on for half an hour, so that what comes and
 * goes pages once; were others kept back for as long, a new fault after an outage would be heard late or not at all.
 */
export const OUTAGE = 'Outage';
export const OUTAGE_NOW: PageRule['when'] = [['UnavailableHour', 'UnavailableNow'], ['NoAnswers']];

export interface PageRule {
  /** Red where all of any of these are. */
  readonly when: readonly (readonly MetricAlarmName[])[];
  /** While this is red, this page is not sent. */
  readonly explainedBy?: 'Unavailable' | typeof OUTAGE | 'WatchFailing';
  /** In place of `SETTLES`, where its windows are longer. */
  readonly settles?: Duration;
}

/** How long a page waits for what may explain it: the slowest, most of the probe unanswered, takes three minutes. */
export const WAIT = Duration.minutes(3);
/**
 * How long a page may stay red after what explains it: what an outage left behind ends within it, and a single fault more than a
 * few minutes after it does not. One in those minutes is taken for part of the outage, and only notifies.
 */
export const SETTLES = Duration.minutes(8);

const explained = (name: MetricAlarmName, explainedBy: PageRule['explainedBy'] & string): PageRule => ({
  when: [[name]],
  explainedBy,
});

/** Those that are not here page by themselves. */
export const PAGES = {
  // A long window says that it matters, a short one that it has not ended. All metrics of one expression have one period,
  // so that two windows are two alarms.
  Unavailable: { when: [['UnavailableHour', 'UnavailableLately'], ['NoAnswers']] },
  UnavailableSlowly: {
    when: [['UnavailableSixHours', 'UnavailableHalfHour']],
    // By the page itself: where what is lost comes and goes, an outage is too short.
    explainedBy: 'Unavailable',
    // Two hours must have passed in which the outage still counts.
    settles: Duration.minutes(125),
  },
  Fault: explained('Fault', OUTAGE),
  FunctionError: explained('FunctionError', OUTAGE),
  HttpFailing: {
    ...explained('HttpFailing', OUTAGE),
    // So must the half hour in which two minutes of the outage are a door that fails.
    settles: Duration.minutes(35),
  },
  WatchFailing: explained('WatchFailing', OUTAGE),
  ProbeSilent: explained('ProbeSilent', 'WatchFailing'),
} as const satisfies Partial<Record<AlarmName, PageRule>>;
