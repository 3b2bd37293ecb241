/**
 * What each alarm measures and where it begins.
 *
 * Sparse metrics are filled where they are added up, and looked at over several minutes: a metric that comes a minute late is
 * filled for ever in the newest minute, and an alarm that looks at that one alone sticks ("FILL", in
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html). What that page and
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html leave open is evaluated both ways
 * in `test/infra/cloudwatch`.
 */
import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import type { MetricName } from '../../functions/metrics/names.ts';
import { ONE_MORE } from '../../functions/metrics/news.ts';
import type { MetricAlarmName } from './alarm-catalogue.ts';
import type { GuardMetrics } from './guard-metrics.ts';
import type { Thresholds } from './monitoring-props.ts';
import { FAST_BURN, SLOW_BURN, STEADY_BURN } from './objectives.ts';
import { MOST_METRICS, type PlatformMetrics } from './platform-metrics.ts';

const { GREATER_THAN_OR_EQUAL_TO_THRESHOLD, GREATER_THAN_THRESHOLD, LESS_THAN_THRESHOLD } =
  cloudwatch.ComparisonOperator;
const { BREACHING, NOT_BREACHING, IGNORE } = cloudwatch.TreatMissingData;

/** An alarm without its words. */
export type Condition = Omit<cloudwatch.CreateAlarmOptions, 'alarmDescription'> & {
  readonly metric: cloudwatch.Metric | cloudwatch.MathExpression;
  /** Whether it waits for the first word of what it is about: missing data is this alarm. */
  readonly awaitsTheFirst?: true;
};

export interface AlarmSources {
  readonly own: GuardMetrics;
  readonly platform: PlatformMetrics;
  readonly thresholds: Thresholds;
  /** Whether this guard is another Region's standby. */
  readonly standby: boolean;
  readonly headCopies: number;
}

/** The one that is learned is made beside these. */
export type Conditions = Readonly<Record<Exclude<MetricAlarmName, 'PermitRate'>, Condition | undefined>>;

const minute = Duration.minutes(1);
const fiveMinutes = Duration.minutes(5);
const hour = Duration.hours(1);

/** An hour and six, half an hour and five minutes, three days of one. */
const BURN_WINDOWS = {
  now: fiveMinutes,
  halfHour: Duration.minutes(30),
  hour,
  sixHours: Duration.hours(6),
  day: Duration.days(1),
} as const;

/** Fewer lost questions than this in a window are no burn: of five questions in a night, one is a fifth. */
const LEAST_LOST = 3;

/**
 * How long after the last half hour that lost two a slow burn goes on, in half hours: it would otherwise end, and page again, with
 * each question where few ask.
 */
const BURNS_ON = 4;
const STILL_LOST = 2;

/**
 * How many minutes after the last five that lost two an outage goes on: it would otherwise end, and page again, with each of them that
 * loses fewer.
 */
const OUTAGE_GOES_ON = 30;

/** Minutes in which two that are lost are one outage. By the minute: windows that adjoin one another part two, again and again where those come in a rhythm. */
const LOST_WITHIN = 5;

/** From this share of the probe's questions on, it is the guard that does not answer. */
const UNANSWERED_PERCENT = 50;

/** Above this share of a minute's questions, most are lost in it. */
const MOST_PERCENT = 50;

/** Minutes for which most was not lost, so that it is another outage, or a worse one. */
const MOST_AGAIN = 60;

/** Minutes for which it is said that most has begun to be lost: shorter than the time before it that is looked at. */
const MOST_BEGINS_FOR = 6;

/**
 * Of three such periods the newest is what most may be lost in: longer than that is looked for, said and late, and than what goes before an
 * outage that begins. The two before it begin before `UnavailableLately` has forgotten it: what it is still red for is seen.
 */
const LOST_BEFORE = Duration.minutes(15);

/** Of those. */
const HOUR_OF_PERIODS = 4;

/** From this share of the requests of a minute on the door is failing in it. */
const DOOR_SHARE = 0.05;

/** Minutes in which two that fail are a door that fails: where few ask they are far apart. */
const DOOR_WITHIN = 30;

/** Minutes in which two rehearsals that fail are a stop that cannot be set. */
const STOP_WITHIN = 10;

/** As long as five minutes of lost questions count: what comes and goes within them is one outage. */
const UNANSWERED_WITHIN = 6;

/** Minutes in which two runs of a schedule that fail are one that does not work, however few they are beside the others. */
const RUNS_WITHIN = 5;

/** What API Gateway may add to a decision. Milliseconds; not measured on AWS. */
const DOOR_MS = 250;

/** Minutes: for as long a third is not told from a second. */
const NEW_FOR = 15;

/** Minutes. What was before must be among them to compare with: an outage of the watch that is shorter hides nothing that began in it. */
const COMPARES_OVER = 180;

/** Of what a quarter of an hour of publications may be lost with a Region, somebody is to know. */
const STANDBY_BEHIND_SECONDS = 900;

/** Minutes for which a fault must be gone to be another: `SETTLES` in `pages.ts` takes what an outage leaves behind for as long. */
const GONE_FOR = 20;

/** At least one, in the newest minutes: what comes late is still seen. */
function any(metric: Condition['metric'], evaluationPeriods = 3): Condition {
  return {
    metric,
    threshold: 1,
    evaluationPeriods,
    datapointsToAlarm: 1,
    comparisonOperator: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: NOT_BREACHING,
  };
}

/**
 * A state that lasts until the watch says otherwise: while it says nothing, nothing has changed. Three minutes, because one
 * alone is not there yet where a metric comes two minutes late, and the alarm would never change at all.
 */
function state(metric: Condition['metric']): Condition {
  return { ...any(metric), treatMissingData: IGNORE };
}

/** For a whole day, hour by hour. */
function allDay(metric: Condition['metric']): Condition {
  return { ...any(metric, 24), datapointsToAlarm: 24, treatMissingData: IGNORE };
}

/** How many there are, how many of them are new, and which they are (`markOf`). */
type Listed = readonly [all: cloudwatch.Metric, newly: cloudwatch.Metric, mark: cloudwatch.Metric];

/** More than marks of two lists can differ by: what is no difference at all is told from none by it. */
const APART = 2048 * ONE_MORE;

/**
 * A new one of what was red already: the alarm of the state acts when it begins, and says no more. By what they are and not by how
 * many, so that one that goes as another comes is seen. Of two processes that look in turns each says what is new to itself: where its
 * mark is that of the last list, the other one has told of it. Whoever has just begun to look says that there may be news (`MAYBE`): then
 * it is another list than the last one that was not empty, and no shorter; where there is no other in all that time, nobody has told of it.
 *
 * A minute in which nothing was said counts as the one before it. Red already is what was there in any of the three minutes before: for
 * as long the alarm of the state stays red, and while nothing is said.
 *
 * @param whileSilent how the alarm of the state takes a minute in which nothing is said
 */
function more(kinds: readonly Listed[], whileSilent: 'as before' | 'as none' = 'as before'): Condition {
  const each = kinds.map((_, i) => {
    const now = `FILL(m${i}, ${whileSilent === 'as before' ? 'REPEAT' : 0})`;
    const [one, two, three] = [before(now), before(before(now)), before(before(before(now)))];
    const news = orNone(`n${i}`);
    // Of a mark without another before it nothing is missing, and that is 0: "Using IF expressions", in the page on metric math.
    const apart = `IF(${news} > 0, DIFF(FILL(k${i}, REPEAT)) + ${APART}, ${APART})`;
    const isOther = `(${apart} != ${APART})`;
    // Of an audit that is under way there is news and no mark.
    const isUntold = `(${isOther} + (${orNone(`k${i}`)} == 0) > 0)`;
    const isNoShorter = `(${apart} + ${ONE_MORE / 2} > ${APART})`;
    return `IF(${one} + ${two} + ${three} > 0, (${news} >= 1) * ${isUntold} + ${isOther} * ${isNoShorter} + (${apart} == 0), 0)`;
  });
  return any(
    new cloudwatch.MathExpression({
      expression: inTheNewest(NEW_FOR, 'm0', each.join(' + ')),
      usingMetrics: {
        ...numbered(
          kinds.map(([all]) => all),
          'm',
        ),
        ...numbered(
          kinds.map(([, newly]) => newly),
          'n',
        ),
        ...numbered(
          kinds.map(([, , mark]) => mark),
          'k',
        ),
      },
      label: 'new beside others',
      period: minute,
    }),
    COMPARES_OVER,
  );
}

/**
 * 0 where a sparse metric says nothing. Whether FILL makes anything of one that never said a word is not documented; what IF makes of it is:
 * "the value of 0, if metric1 is TRUE and the corresponding data point does not exist in metric2". TIME_SERIES(1) is "a non-sparse time
 * series where every value is set to a scalar argument". Both in the page on metric math; not tried on AWS. That an alarm takes TIME_SERIES,
 * https://github.com/aws/aws-cdk/issues/32221 shows: one with it was deployed.
 */
const orNone = (metric: string) => `IF(TIME_SERIES(1), FILL(${metric}, 0), 0)`;

/** A series as it was a period before. */
const before = (series: string) => `(${series} - DIFF(${series}))`;

/**
 * What needs more minutes to be found than it is said for. The guide advises against MAX in alarms, because they are given older data than
 * they ask for: the newest is the same.
 *
 * @param metric any
 */
const inTheNewest = (minutes: number, metric: string, expression: string) =>
  `IF(EPOCH(${metric}) + ${minutes * 60} > MAX(EPOCH(${metric})), ${expression}, 0)`;

/** 1 where something that is more than 0 in a bad minute was so in the minutes before, too: 0, and not missing, where it was not. */
const wasWithin = (minutes: number, bad: string) =>
  `IF(${bad} > 0, DIFF_TIME(IF(${bad} > 0, ${bad})) < ${minutes * 60}, ${bad})`;

const REFUSED = `(${orNone('refused')} - behind - ${before('behind')})`;
/** What the door itself refused: it was asked too, and no function has heard of it. What it counts late of what was lost `behind` is not of it. */
const REFUSED_BY_ITSELF = `(${REFUSED} > 0) * ${REFUSED}`;

/**
 * A fault that comes and goes: red from the second bad minute within so many on, and until there have been no two such for as long
 * again at least. A plain "2 of 10" is red for a while after each two of one that comes every six to nine minutes, and pages each time.
 *
 * @param bad more than 0 in a minute that is bad; missing where nobody can say
 */
function recurring(bad: cloudwatch.MathExpression, within: number): Condition {
  return any(
    new cloudwatch.MathExpression({
      // Not missing where it is not bad, so that what is ignored is a minute of which nobody can say anything.
      expression: wasWithin(within, 'bad'),
      usingMetrics: { bad },
      label: `again within ${within} minutes`,
      period: minute,
    }),
    // While both of the last two are among them it is red: long enough for the next, however far apart they are.
    Math.max(2 * within, GONE_FOR),
  );
}

/**
 * A run of a schedule that fails says so; one that has stopped says nothing, and missing data is the alarm. Ten minutes, so that one
 * that fails every other minute is red throughout: it is not looking, and pages once. What fails more seldom than that is `failingNowAndThen`.
 */
function failing(metric: Condition['metric']): Condition {
  return { ...any(metric, 10), datapointsToAlarm: 3, treatMissingData: BREACHING, awaitsTheFirst: true };
}

/** Nothing is said for minutes, whatever it would be. */
function silent(metric: Condition['metric']): Condition {
  return {
    ...{ metric, threshold: 1, evaluationPeriods: 5, comparisonOperator: LESS_THAN_THRESHOLD },
    ...{ treatMissingData: BREACHING, awaitsTheFirst: true },
  };
}

/**
 * Runs that fail. Not those that were left out: a rule's runs come within their minute, and one that is carried over its end leaves a
 * minute empty though nothing was.
 */
function failingNowAndThen(failures: cloudwatch.Metric): Condition {
  return recurring(total([failures], 'failed', minute), RUNS_WITHIN);
}

/** @throws RangeError for more than CloudWatch takes */
function numbered(metrics: readonly cloudwatch.IMetric[], prefix: string) {
  if (metrics.length > MOST_METRICS) throw new RangeError(`an alarm takes at most ${MOST_METRICS} metrics`);
  return Object.fromEntries(metrics.map((metric, i) => [`${prefix}${i}`, metric]));
}

/** Sparse metrics added up. */
function total(
  metrics: readonly cloudwatch.IMetric[],
  label: string,
  period: Duration,
  prefix = 'm',
): cloudwatch.MathExpression {
  const usingMetrics = numbered(metrics, prefix);
  const expression = Object.keys(usingMetrics)
    .map((id) => orNone(id))
    .join(' + ');
  return new cloudwatch.MathExpression({ expression, usingMetrics, label, period });
}

/** Questions of callers that never came to be decided: they died, or were throttled by Lambda or at the door. */
function unanswered({ own, platform }: AlarmSources, period: Duration): readonly cloudwatch.IMetric[] {
  const atTheDoor = platform.hasDoor ? [own.sum('HttpThrottled', period)] : [];
  return [...platform.unanswered(period), ...atTheDoor];
}

/** Questions that nobody could decide. */
const undecided = (own: GuardMetrics, period: Duration) => [
  own.ofClass('unavailable', period),
  own.ofClass('integrity', period),
];

/** Questions of callers that came to nothing, in hundredths of a percent of all: whatever the cause. */
function lostShare(sources: AlarmSources, period: Duration, least: number): cloudwatch.MathExpression {
  const { own } = sources;
  return new cloudwatch.MathExpression({
    expression: `IF(undecided + died >= ${least}, 10000 * (undecided + died) / (${orNone('asked')} + died), 0)`,
    usingMetrics: {
      asked: own.sum('Decisions', period),
      undecided: total(undecided(own, period), 'undecided', period, 'u'),
      died: total(unanswered(sources, period), 'died', period, 'd'),
    },
    label: 'hundredths of a percent lost',
    period,
  });
}

/** The share lost in a window, against so many times what the objective allows. */
function burns(
  sources: AlarmSources,
  window: keyof typeof BURN_WINDOWS,
  times: number,
  least = LEAST_LOST,
): Condition {
  return burning(sources, lostShare(sources, BURN_WINDOWS[window], least), times);
}

function burning({ thresholds }: AlarmSources, metric: cloudwatch.MathExpression, times: number): Condition {
  return {
    metric,
    threshold: Math.max(1, Math.round((thresholds.unavailableHundredths * times) / FAST_BURN)),
    evaluationPeriods: 1,
    comparisonOperator: GREATER_THAN_THRESHOLD,
    treatMissingData: NOT_BREACHING,
  };
}

/** As `burns`, of what the HTTP door itself fails: what was lost behind it burns there. */
function burnsAtTheDoor(
  sources: AlarmSources,
  window: keyof typeof BURN_WINDOWS,
  least = LEAST_LOST,
): Condition | undefined {
  const { platform } = sources;
  const period = BURN_WINDOWS[window];
  const refused = platform.door('5XXError', 'Sum', period);
  const requests = platform.door('5XXError', 'SampleCount', period);
  if (refused === undefined || requests === undefined) return undefined;
  const byItself = `(${orNone('refused')} - behind)`;
  const share = new cloudwatch.MathExpression({
    expression: `IF(${byItself} >= ${least}, 10000 * ${byItself} / ${orNone('requests')}, 0)`,
    usingMetrics: { refused, requests, behind: lostBehindTheDoor(platform, period).behind },
    label: 'hundredths of a percent failed by the door',
    period,
  });
  return burning(sources, share, SLOW_BURN);
}

/** How many functions ran for nine tenths of their time. */
function nearTimeouts({ platform }: AlarmSources): cloudwatch.MathExpression {
  const durations = platform.durations();
  return new cloudwatch.MathExpression({
    expression: durations.map(({ timeoutMs }, i) => `(${orNone(`m${i}`)} > ${timeoutMs * 0.9})`).join(' + '),
    usingMetrics: numbered(
      durations.map(({ metric }) => metric),
      'm',
    ),
    label: 'functions near their timeout',
    period: minute,
  });
}

export function conditions(sources: AlarmSources): Conditions {
  const { own: m, platform, thresholds: t } = sources;
  const listed = (all: MetricName, newly: MetricName, mark: MetricName): Listed => [
    m.maximum(all),
    m.maximum(newly),
    m.maximum(mark),
  ];
  return {
    ...availability(sources),
    ...stops(sources),
    ...standbys(sources),
    // Longer than a page waits for what may explain it: one fault in one minute must still be red then.
    Fault: any(m.sum('Faults'), GONE_FOR),
    FunctionError: any(total(platform.errors(), 'function errors', minute), GONE_FOR),
    ProbeWrong: any(m.sum('ProbeWrong')),
    // The most of a run: two may fall into one minute.
    MoreWrong: more([listed('ProbeWrong', 'ProbeNewlyWrong', 'ProbeWrongMark')], 'as none'),
    ProbeUnanswered: { ...any(m.sum('ProbeUnanswered'), 5), datapointsToAlarm: 3 },
    ProbeSilent: silent(m.sum('ProbeQuestions')),
    // What a standby copies is held until people confirm it.
    HeadBelowFloor: sources.standby ? undefined : state(m.maximum('HeadBelowFloor')),
    HistoryUnsound: state(m.maximum('HistoryProblems')),
    HeadCopyAstray: sources.headCopies > 1 ? state(m.maximum('HeadCopiesAstray')) : undefined,
    MoreAstray:
      sources.headCopies > 1
        ? more([listed('HeadCopiesAstray', 'NewHeadCopiesAstray', 'HeadCopiesAstrayMark')])
        : undefined,
    MoreUnsound: more([listed('HistoryProblems', 'NewHistoryProblems', 'HistoryProblemsMark')]),
    HistoryUnaudited: allDay(m.maximum('VersionsUnaudited', hour)),
    Silence: {
      // Before the first publication silence is right. A question that died was asked. While the watch says nothing,
      // nobody knows whether anything is published: that is WatchFailing.
      metric: new cloudwatch.MathExpression({
        expression: 'IF(version > 0, asked + died, 1)',
        usingMetrics: {
          version: m.maximum('RegistryVersion', fiveMinutes),
          asked: m.sum('Decisions', fiveMinutes),
          died: total(diedAtAnyDoor(sources, fiveMinutes), 'died', fiveMinutes, 'd'),
        },
        label: 'questions asked',
        period: fiveMinutes,
      }),
      threshold: 1,
      evaluationPeriods: t.silenceMinutes / 5,
      comparisonOperator: LESS_THAN_THRESHOLD,
      treatMissingData: IGNORE,
    },
    WatchFailing: failing(m.sum('WatchFailures')),
    WatchNowAndThen: failingNowAndThen(m.sum('WatchFailures')),
    WatchSilent: silent(m.count('WatchFailures')),
    DarkTomorrow: state(m.maximum('RoutesDarkIn1Day')),
    MoreEndsSoon: more([
      listed('RoutesDarkIn1Day', 'NewRoutesDarkIn1Day', 'RoutesDarkIn1DayMark'),
      listed('NationsSilentIn7Days', 'NewNationsSilentIn7Days', 'NationsSilentIn7DaysMark'),
    ]),
    DarkThisWeek: state(m.maximum('RoutesDarkIn7Days')),
    DarkThisMonth: state(m.maximum('RoutesDarkIn30Days')),
    SilentThisWeek: state(m.maximum('NationsSilentIn7Days')),
    SilentThisMonth: state(m.maximum('NationsSilentIn30Days')),
    SilentThisQuarter: state(m.maximum('NationsSilentIn90Days')),
    Slow: {
      metric: m.percentile('DecisionTime', 99),
      threshold: t.p99Ms,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      comparisonOperator: GREATER_THAN_THRESHOLD,
      treatMissingData: NOT_BREACHING,
    },
    NearTimeout: { ...any(nearTimeouts(sources), 5), datapointsToAlarm: 3 },
    Throttled: any(
      total(
        [...platform.throttles(), ...(platform.hasDoor ? [m.sum('HttpThrottled')] : [])],
        'throttles',
        minute,
      ),
    ),
    SupportErrors: any(total(platform.supportErrors(), 'errors', minute)),
    SupportThrottled: any(total(platform.supportThrottles(), 'throttles', minute)),
    DatabaseErrors: any(total(platform.databaseErrors(), 'system errors', minute), 5),
    DatabaseThrottled: any(total(platform.databaseThrottles(), 'throttles', minute), 5),
    RegistryOld: {
      ...state(m.maximum('RegistryAge')),
      threshold: t.registryAgeDays * 86_400,
      comparisonOperator: GREATER_THAN_THRESHOLD,
    },
    HeadMoved: any(m.maximum('HeadMoved')),
    ProposalsWaiting: allDay(m.maximum('ProposalsWaiting', hour)),
    Waivers: {
      ...state(m.maximum('WaiversInForce')),
      threshold: t.waivers,
      comparisonOperator: GREATER_THAN_THRESHOLD,
    },
  };
}

/** How far the copy is behind, whether anybody copies, and whether somebody has made it a registry of its own. */
function standbys({ own: m, standby }: AlarmSources) {
  if (!standby)
    return {
      ...{ StandbyBehind: undefined, StandbyFailing: undefined, StandbyEnded: undefined },
      ...{ StandbyNowAndThen: undefined, StandbyUnproven: undefined, StandbyImpaired: undefined },
    };
  return {
    StandbyBehind: {
      ...state(m.maximum('StandbyBehind')),
      threshold: STANDBY_BEHIND_SECONDS,
      comparisonOperator: GREATER_THAN_THRESHOLD,
    },
    StandbyFailing: failing(m.sum('StandbyFailures')),
    StandbyNowAndThen: failingNowAndThen(m.sum('StandbyFailures')),
    // Whether it comes or goes while runs fail is kept back with its page.
    StandbyImpaired: failingNowAndThen(m.sum('StandbyShortcomings')),
    StandbyEnded: state(m.maximum('StandbyEnded')),
    // Every version has its minute once in a while: of 36,000 of them each in a day.
    StandbyUnproven: any(m.maximum('StandbyUnproven', hour), 24),
  } as const;
}

/** Whether callers are answered, over windows of several lengths, and at the HTTP door. */
function availability(sources: AlarmSources) {
  const { own: m, platform, thresholds: t } = sources;
  const refusals = platform.door('5XXError', 'Sum');
  const requests = platform.door('5XXError', 'SampleCount');
  const latency = platform.door('Latency', 'p99', fiveMinutes);
  const door = burnsAtTheDoor(sources, 'halfHour', STILL_LOST);
  return {
    UnavailableNow: burns(sources, 'now', FAST_BURN),
    UnavailableHour: burns(sources, 'hour', FAST_BURN),
    // As short as it takes to be red before what it explains, and to be over when it is.
    MostLost: {
      ...any(mostLostShare(sources, refusals), UNANSWERED_WITHIN),
      threshold: 100 * MOST_PERCENT,
      datapointsToAlarm: 2,
      comparisonOperator: GREATER_THAN_THRESHOLD,
    },
    MostBegins: begins(mostIsLost(sources, refusals)),
    NoAnswersBegin: begins(nobodyAnswered(sources, refusals)),
    LostBefore: any(lostBefore(sources), HOUR_OF_PERIODS + 1),
    UnavailableLately: any(twoAreLost(sources), OUTAGE_GOES_ON),
    UnavailableHalfHour: {
      ...burns(sources, 'halfHour', SLOW_BURN, STILL_LOST),
      evaluationPeriods: BURNS_ON,
      datapointsToAlarm: 1,
    },
    UnavailableSixHours: burns(sources, 'sixHours', SLOW_BURN),
    BudgetBurning: { ...burns(sources, 'day', STEADY_BURN), evaluationPeriods: 3 },
    NoAnswers: { ...any(probeUnanswered(sources), UNANSWERED_WITHIN), datapointsToAlarm: 2 },
    NoAnswersToAnybody: {
      ...any(nobodyAnswered(sources, refusals), UNANSWERED_WITHIN),
      datapointsToAlarm: 2,
    },
    NoAnswersLately: recurring(nobodyAnswered(sources, refusals), UNANSWERED_WITHIN),
    ProbeFailing: recurring(probeUnanswered(sources), UNANSWERED_WITHIN),
    HttpFailing:
      refusals && requests && recurring(failingAtTheDoor(sources, refusals, requests), DOOR_WITHIN),
    DoorSixHours: burnsAtTheDoor(sources, 'sixHours'),
    DoorHalfHour: door && { ...door, evaluationPeriods: BURNS_ON, datapointsToAlarm: 1 },
    HttpForbidden: refusals && recurring(total([m.sum('HttpForbidden')], 'forbidden', minute), DOOR_WITHIN),
    HttpSlow: latency && {
      ...any(latency, 5),
      threshold: t.p99Ms + DOOR_MS,
      datapointsToAlarm: 3,
      comparisonOperator: GREATER_THAN_THRESHOLD,
    },
  } as const;
}

/** 1 in a minute in which so many are lost as burn the budget, two of them or one soon after another such minute. */
function twoAreLost(sources: AlarmSources): cloudwatch.MathExpression {
  const { own, thresholds } = sources;
  return new cloudwatch.MathExpression({
    expression: `IF(undecided + died >= ${STILL_LOST}, burns, ${wasWithin(LOST_WITHIN, 'burns')})`,
    usingMetrics: {
      undecided: total(undecided(own, minute), 'undecided', minute, 'u'),
      died: total(unanswered(sources, minute), 'died', minute, 'd'),
      burns: new cloudwatch.MathExpression({
        expression: `share > ${thresholds.unavailableHundredths}`,
        usingMetrics: { share: lostShare(sources, minute, 1) },
        label: 'the budget burns',
        period: minute,
      }),
    },
    label: 'two are lost',
    period: minute,
  });
}

/** 1 in a minute in which most of the probe's questions go unanswered. */
function probeUnanswered({ own: m }: AlarmSources): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({
    expression: `IF(questions > 0, 100 * ${orNone('unanswered')} >= ${UNANSWERED_PERCENT} * questions, 0)`,
    usingMetrics: { questions: m.sum('ProbeQuestions'), unanswered: m.sum('ProbeUnanswered') },
    label: 'most of the probe unanswered',
    period: minute,
  });
}

/**
 * 1 in such a minute in which no caller's question was decided either, and not most refused by the door itself, which is another fault.
 * Nor was it where nobody asked: in a night that is empty the probe alone tells of an outage, and a broken one is taken for it.
 */
function nobodyAnswered(
  sources: AlarmSources,
  refusals: cloudwatch.Metric | undefined,
): cloudwatch.MathExpression {
  const { own: m, platform } = sources;
  const byTheDoor = refusals && {
    refused: refusals,
    behind: lostBehindTheDoor(platform).behind,
  };
  const isDoor = byTheDoor === undefined ? '' : ` + (${REFUSED_BY_ITSELF} > ${orNone('asked')})`;
  return new cloudwatch.MathExpression({
    // Compared and not multiplied: where nobody asks, what is made of nothing may be missing, and is no reason against it.
    expression: `alone > ((${orNone('asked')} - undecided >= 1)${isDoor})`,
    usingMetrics: {
      ...{ alone: probeUnanswered(sources), asked: m.sum('Decisions'), ...byTheDoor },
      undecided: total(undecided(m, minute), 'undecided', minute, 'u'),
    },
    label: 'most of the probe unanswered, and nobody answered',
    period: minute,
  });
}

/**
 * 1 in a minute in which the door fails by itself: without what died behind it, which it can only pass on and of which `FunctionError`
 * tells, and where most is lost not at all. So nothing of an outage is left when it is over, and a new fault of the door is heard. What
 * Lambda throttles behind it has no other page: where it is not most, the door fails.
 *
 * What was lost in the minute before counts too: the door may count a request when it is answered, a minute after Lambda. When each of
 * them counts is not documented.
 */
function failingAtTheDoor(
  { own: m, platform }: AlarmSources,
  refusals: cloudwatch.Metric,
  requests: cloudwatch.Metric,
): cloudwatch.MathExpression {
  const [ofDecide, ofAccess] = [
    `(${orNone('refused')} - died - ${before('died')})`,
    `(${orNone('access')} - failed - ${before('failed')})`,
  ];
  const metrics = {
    ...{ refused: refusals, requests, access: m.sum('AccessErrors'), asked: m.sum('Decisions') },
    undecided: total(undecided(m, minute), 'undecided', minute, 'u'),
    ...lostBehindTheDoor(platform),
    failed: total(platform.behindTheDoor('access', 'Errors'), 'failed', minute, 'f'),
    kept: total(platform.behindTheDoor('access', 'Throttles'), 'kept out', minute, 'k'),
  };
  const most = new cloudwatch.MathExpression({
    expression: `${shareOfAll('failed + kept')} > ${100 * MOST_PERCENT}`,
    usingMetrics: metrics,
    label: 'most is lost',
    period: minute,
  });
  // API Gateway counts each request, as an error or as none.
  const isDoor = `((${ofDecide} > 0) * (${ofDecide} >= ${DOOR_SHARE} * ${orNone('requests')}) + (${ofAccess} > 0) > 0)`;
  return new cloudwatch.MathExpression({
    expression: `${isDoor} > (most + ${before('most')} > 0)`,
    usingMetrics: { ...metrics, most },
    label: 'failing at the door',
    period: minute,
  });
}

/** What died, and what Lambda held back, of what the door asks; and both together. */
function lostBehindTheDoor(platform: PlatformMetrics, period = minute) {
  const died = total(platform.behindTheDoor('decide', 'Errors', period), 'died', period, 'd');
  const held = total(platform.behindTheDoor('decide', 'Throttles', period), 'held back', period, 'h');
  const behind = new cloudwatch.MathExpression({
    expression: 'died + held',
    usingMetrics: { died, held },
    label: 'lost behind the door',
    period,
  });
  return { died, behind };
}

/** In hundredths of a percent: what was lost undecided, behind the door or elsewhere, of that and of what was answered, or refused by the door itself. */
const shareOfAll = (elsewhere: string) =>
  `IF(undecided + behind + ${elsewhere} >= ${STILL_LOST}, 10000 * (undecided + behind + ${elsewhere}) / (${orNone('asked')} + behind + ${elsewhere} + ${REFUSED_BY_ITSELF}), 0)`;

/**
 * As `lostShare`, of what may hide what is not about questions: one that the door refused by itself was asked too, and who is throttled
 * at the door for asking too much says nothing of anybody else.
 */
function mostLostShare(
  sources: AlarmSources,
  refusals: cloudwatch.Metric | undefined,
): cloudwatch.MathExpression {
  if (refusals === undefined) return lostShare(sources, minute, STILL_LOST);
  const { own, platform } = sources;
  return new cloudwatch.MathExpression({
    expression: shareOfAll('elsewhere'),
    usingMetrics: {
      ...{ asked: own.sum('Decisions', minute), refused: refusals },
      undecided: total(undecided(own, minute), 'undecided', minute, 'u'),
      behind: lostBehindTheDoor(platform).behind,
      elsewhere: total(platform.unansweredElsewhere(minute), 'lost elsewhere', minute, 'e'),
    },
    label: 'hundredths of a percent lost',
    period: minute,
  });
}

/** 1 in a minute in which most is lost, as `MostLost` has it. */
function mostIsLost(sources: AlarmSources, refusals: cloudwatch.Metric | undefined) {
  return new cloudwatch.MathExpression({
    expression: `share > ${100 * MOST_PERCENT}`,
    usingMetrics: { share: mostLostShare(sources, refusals) },
    label: 'most is lost',
    period: minute,
  });
}

/** Red in the minute in which what makes minutes bad begins, as `MostLost` and `NoAnswersToAnybody` count them, and a few after it. */
function begins(bad: cloudwatch.MathExpression): Condition {
  const again = new cloudwatch.MathExpression({
    expression: wasWithin(UNANSWERED_WITHIN, 'bad'),
    usingMetrics: { bad },
    label: `again within ${UNANSWERED_WITHIN} minutes`,
    period: minute,
  });
  return any(
    new cloudwatch.MathExpression({
      expression: inTheNewest(MOST_BEGINS_FOR, 'again', `(again > 0) > ${wasWithin(MOST_AGAIN, 'again')}`),
      usingMetrics: { again },
      label: 'begins',
      period: minute,
    }),
    MOST_AGAIN + UNANSWERED_WITHIN + MOST_BEGINS_FOR,
  );
}

/**
 * 1 where `Unavailable` is red for what was lost a while ago: in the hour until then the budget burned, and in its last two periods still. What
 * is lost since is not looked at: it may be the whole of another outage.
 */
function lostBefore(sources: AlarmSources): cloudwatch.MathExpression {
  const { own, thresholds } = sources;
  const period = LOST_BEFORE;
  const asked = own.sum('Decisions', period);
  const lost = new cloudwatch.MathExpression({
    expression: 'undecided + died',
    usingMetrics: {
      undecided: total(undecided(own, period), 'undecided', period, 'u'),
      died: total(unanswered(sources, period), 'died', period, 'd'),
    },
    label: 'lost',
    period,
  });
  let then = 'over';
  const periods = Array.from({ length: HOUR_OF_PERIODS }, () => {
    then = before(then);
    return then;
  });
  return new cloudwatch.MathExpression({
    expression: inTheNewest(
      period.toMinutes(),
      'lost',
      `(${before('lost')} + ${before(before('lost'))} >= ${STILL_LOST}) * (${periods.join(' + ')} > 0)`,
    ),
    usingMetrics: {
      lost,
      over: new cloudwatch.MathExpression({
        expression: `10000 * lost - ${thresholds.unavailableHundredths} * (${orNone('asked')} + died)`,
        usingMetrics: { lost, asked, died: total(unanswered(sources, period), 'died', period, 'd') },
        label: 'lost above what may be',
        period,
      }),
    },
    label: 'burned a while ago',
    period,
  });
}

function diedAtAnyDoor(sources: AlarmSources, period: Duration): readonly cloudwatch.IMetric[] {
  const refusals = sources.platform.door('5XXError', 'Sum', period);
  return [...unanswered(sources, period), ...(refusals === undefined ? [] : [refusals])];
}

/** Stops in force, and whether one could be set. */
function stops({ own: m, platform }: AlarmSources) {
  const refusals = platform.stopRefusals();
  const rehearsed = platform.isStopRehearsed ? m.sum('StopsRehearsed') : undefined;
  return {
    Hold: state(
      new cloudwatch.MathExpression({
        // Wide ones, and a registry that is held, have alarms of their own: one act pages once.
        expression: 'IF(holds > 0, holds - wide - below, 0)',
        usingMetrics: {
          holds: m.maximum('HoldsInForce'),
          wide: m.maximum('WideHolds'),
          below: m.maximum('HeadBelowFloor'),
        },
        label: 'holds within their authority',
        period: minute,
      }),
    ),
    WideHold: state(m.maximum('WideHolds')),
    MoreStopped: more([[m.maximum('WideHolds'), m.maximum('NewWideHolds'), m.maximum('WideHoldsMark')]]),
    StopFailing: rehearsed && {
      ...recurring(
        new cloudwatch.MathExpression({
          // The probe asks for a rehearsal whenever it runs: one that is not told of did not succeed.
          expression: `IF(asked > 0, ${orNone('rehearsed')} + 0 * asked < 1, 0)`,
          usingMetrics: { asked: m.sum('ProbeQuestions'), rehearsed },
          label: 'rehearsals that failed',
          period: minute,
        }),
        STOP_WITHIN,
      ),
      treatMissingData: IGNORE,
    },
    // One is enough: whoever asked needed it. What the platform counts of a rehearsal that died is not one of them.
    StopRefused:
      refusals &&
      any(
        new cloudwatch.MathExpression({
          expression: `refused - ${orNone('rehearsals')}`,
          usingMetrics: {
            rehearsals: m.sum('RehearsalsDied'),
            refused: total([...refusals, m.sum('StopsTurnedAway')], 'refused', minute, 'r'),
          },
          label: 'stops refused',
          period: minute,
        }),
      ),
  } as const;
}
