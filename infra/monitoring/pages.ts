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
export const OUTAGE_NOW: PageRule['when'] = [
  ['UnavailableHour', 'UnavailableNow'],
  ['NoAnswers', 'MostLost'],
  ['NoAnswersToAnybody'],
];

/**
 * What keeps back pages that are not about questions. A question in fifty that is lost for hours says nothing of a watch that stops then, of
 * a door that breaks, or of a standby: only where most are lost, one cause is likely to be all of it. While it is red, `Unavailable` is.
 */
export const MAJOR_OUTAGE = 'MajorOutage';
export const MAJOR_OUTAGE_NOW: PageRule['when'] = [
  ['UnavailableHour', 'UnavailableNow', 'MostLost'],
  ['NoAnswers', 'MostLost'],
  ['NoAnswersToAnybody'],
];

/** What a door that has failed slowly may be left behind by: it has been told of, and counts in the long windows for hours. */
export const DOOR_TOLD = 'DoorTold';
export const DOOR_TOLD_NOW: PageRule['when'] = [...MAJOR_OUTAGE_NOW, ['HttpFailing']];

export interface PageRule {
  /** Red where all of any of these are. */
  readonly when: readonly (readonly MetricAlarmName[])[];
  /** While this is red, this page is not sent. */
  readonly explainedBy?:
    | 'Unavailable'
    | typeof OUTAGE
    | typeof MAJOR_OUTAGE
    | typeof DOOR_TOLD
    | 'WatchSilent'
    | 'StandbyFailing';
  /** In place of `SETTLES`, where its windows are longer. */
  readonly settles?: Duration;
}

/** How long a page waits for what may explain it: the slowest, most of the probe unanswered, takes three minutes. */
export const WAIT = Duration.minutes(3);
/**
 * How long a page may stay red after what explains it: as long as one bad minute keeps it red (`GONE_FOR` in `conditions.ts`). What an
 * outage left behind ends within it; a single fault after it is still red at its end, and pages then.
 */
export const SETTLES = Duration.minutes(20);

/** Two hours must have passed in which what was told still counts in a slow burn. */
const BURNT_OUT = Duration.minutes(125);

const explained = (name: MetricAlarmName, explainedBy: PageRule['explainedBy'] & string): PageRule => ({
  when: [[name]],
  explainedBy,
});

/** Those that are not here page by themselves. */
export const PAGES = {
  // A long window says that it matters, a short one that it has not ended. All metrics of one expression have one period,
  // so that two windows are two alarms. Not red for a probe that is broken while somebody is answered each minute: callers who are lost
  // after that would be heard by nobody. Where minutes are empty it is: then nothing tells a broken probe from an outage, and whoever is
  // lost after that, until the probe is mended, is heard by nobody.
  Unavailable: { when: [['UnavailableHour', 'UnavailableLately'], ['NoAnswersLately']] },
  // Whoever was told of a part that is lost is told when it is most. An outage that begins whole has no part before it.
  MoreLost: {
    when: [
      ['MostBegins', 'LostBefore'],
      ['NoAnswersBegin', 'LostBefore'],
    ],
  },
  UnavailableSlowly: {
    when: [['UnavailableSixHours', 'UnavailableHalfHour']],
    // By the page itself: where what is lost comes and goes, an outage is too short.
    explainedBy: 'Unavailable',
    settles: BURNT_OUT,
  },
  // What meets a fault or dies is counted among what is lost.
  Fault: explained('Fault', OUTAGE),
  FunctionError: explained('FunctionError', OUTAGE),
  HttpFailing: explained('HttpFailing', MAJOR_OUTAGE),
  HttpFailingSlowly: { when: [['DoorSixHours', 'DoorHalfHour']], explainedBy: DOOR_TOLD, settles: BURNT_OUT },
  // One that stops, or fails again and again, and one that does so now and then: in turns they would page in turns.
  WatchFailing: { when: [['WatchFailing'], ['WatchNowAndThen']], explainedBy: MAJOR_OUTAGE },
  ProbeFailing: explained('ProbeFailing', MAJOR_OUTAGE),
  // One that runs and may not read says nothing about the probe.
  ProbeSilent: explained('ProbeSilent', 'WatchSilent'),
  StandbyFailing: { when: [['StandbyFailing'], ['StandbyNowAndThen']], explainedBy: MAJOR_OUTAGE },
  // One that copies nothing is worse than what it cannot do besides.
  StandbyImpaired: explained('StandbyImpaired', 'StandbyFailing'),
  // What could not be copied while it failed is behind until it is.
  StandbyBehind: explained('StandbyBehind', 'StandbyFailing'),
} as const satisfies Partial<Record<AlarmName, PageRule>>;
