/** Every alarm of a stage, by hand: name, what is measured, when it goes off, datapoints, missing data. */
import type { Stage } from '../../../infra/stage.ts';

export type AlarmRow = readonly [
  name: string,
  measured: string,
  threshold: string,
  datapoints: string,
  missing: string,
];

/** By the construct's path: the guard's dimension in all of its own metrics. */
export const SERVICE: Readonly<Record<Stage, string>> = {
  dev: 'Routeguarddev-Guard-B43DB8A8',
  staging: 'Routeguardstaging-Guard-68399C12',
  prod: 'Routeguardprod-Guard-74A90644',
};

export const PAGING = '<GuardMonitoringPagingTopic>';
const NOTICES = '<GuardMonitoringNoticesTopic>';

const decide = ['Decide', 'DecideHttp', 'Access'];
const support = ['Registry', 'Jobs', 'Purge', 'Board', 'Watch', 'Probe'];

/** What an alarm makes of a metric that is sparse, or never said a word. */
const orNone = (metric: string) => `IF(TIME_SERIES(1), FILL(${metric}, 0), 0)`;
const ofAlias = (metric: string, seconds: number, name: string) =>
  `IF(TIME_SERIES(1), FILL([Sum in ${seconds} of AWS/Lambda ${metric}{FunctionName=<Guard${name}Function>,Resource=<Guard${name}Function>:live}], 0), 0)`;
/** Sum of a Lambda metric of the aliases that decide. */
const ofAliases = (metric: string): string =>
  [...decide, 'Explain'].map((name) => ofAlias(metric, 60, name)).join(' + ');
const ofSupport = (metric: string): string =>
  support
    .map(
      (name) =>
        `IF(TIME_SERIES(1), FILL([Sum in 60 of AWS/Lambda ${metric}{FunctionName=<Guard${name}Function>}], 0), 0)`,
    )
    .join(' + ');
const diedInLambda = (seconds: number): readonly string[] =>
  decide.flatMap((name) => [ofAlias('Errors', seconds, name), ofAlias('Throttles', seconds, name)]);

const THROTTLED = ['Objects', 'State', 'Floor'].flatMap((name) =>
  ['Read', 'Write'].map(
    (way) =>
      `IF(TIME_SERIES(1), FILL([Sum in 60 of AWS/DynamoDB ${way}ThrottleEvents{TableName=<GuardTables${name}>}], 0), 0)`,
  ),
);
const FAILED = [
  ['BatchGetItem', 'Objects'],
  ['BatchExecuteStatement', 'Objects'],
  ['GetItem', 'State'],
  ['PutItem', 'State'],
  ['Query', 'State'],
  ['Query', 'Floor'],
  ['ExecuteStatement', 'Floor'],
].map(
  ([operation, table]) =>
    `IF(TIME_SERIES(1), FILL([Sum in 60 of AWS/DynamoDB SystemErrors{Operation=${operation},TableName=<GuardTables${table}>}], 0), 0)`,
);

const SLOWEST = [
  ['Decide', 2700],
  ['DecideHttp', 2700],
  ['Access', 18_000],
  ['Explain', 13_500],
  ['Registry', 26_100],
  ['Jobs', 26_100],
  ['Purge', 26_100],
  ['Board', 54_000],
  ['Watch', 49_500],
  ['Stop', 26_100],
].map(
  ([name, ms]) =>
    `(IF(TIME_SERIES(1), FILL([Maximum in 60 of AWS/Lambda Duration{FunctionName=<Guard${name}Function>}], 0), 0) > ${ms})`,
);

export function alarms(stage: Stage): readonly AlarmRow[] {
  const own = (how: string, seconds: number, metric: string, cls = '') =>
    `${how} in ${seconds} of Routeguard ${metric}{${cls}Service=${SERVICE[stage]}}`;
  const door = (how: string, seconds: number, metric: string) =>
    `${how} in ${seconds} of AWS/ApiGateway ${metric}{ApiName=${SERVICE[stage]},Method=POST,Resource=/v1/decide,Stage=<GuardHttpApiDeploymentStageguard>}`;
  const throttled = (seconds: number) => orNone(`[${own('Sum', seconds, 'HttpThrottled')}]`);
  const died = (seconds: number) => [...diedInLambda(seconds), throttled(seconds)];
  const asked = (seconds: number) => `[${own('Sum', seconds, 'Decisions')}]`;
  const parts = (seconds: number) => {
    const classes = ['unavailable', 'integrity'].map((cls) =>
      orNone(`[${own('Sum', seconds, 'Decisions', `Class=${cls},`)}]`),
    );
    return [`[${classes.join(' + ')}]`, `[${died(seconds).join(' + ')}]`] as const;
  };
  const lost = (seconds: number, least: number) => {
    const [undecided, dead] = parts(seconds);
    return `IF(${undecided} + ${dead} >= ${least}, 10000 * (${undecided} + ${dead}) / (IF(TIME_SERIES(1), FILL(${asked(seconds)}, 0), 0) + ${dead}), 0)`;
  };
  const state = (metric: string, begins = '>= 1') =>
    [own('Maximum', 60, metric), begins, '1 of 3', 'ignore'] as const;
  const any = (measured: string, datapoints = '1 of 3') =>
    [measured, '>= 1', datapoints, 'notBreaching'] as const;
  const burns = (seconds: number, begins: string, datapoints = '1 of 1', least = 3) =>
    [lost(seconds, least), begins, datapoints, 'notBreaching'] as const;
  const permits = `IF(${asked(300)} > 0, 100 * [${own('Sum', 300, 'Permits')}] / ${asked(300)}, 0)`;
  const band = `ANOMALY_DETECTION_BAND([${permits}], 3)`;
  const refused = orNone(`[${door('Sum', 300, '5XXError')}]`);
  const silence = `IF([${own('Maximum', 300, 'RegistryVersion')}] > 0, ${asked(300)} + [${[...died(300), refused].join(' + ')}], 1)`;
  const [holds, wide, below] = ['HoldsInForce', 'WideHolds', 'HeadBelowFloor'].map(
    (n) => `[${own('Maximum', 60, n)}]`,
  );
  const questions = `[${own('Sum', 60, 'ProbeQuestions')}]`;
  const stopped = ['Errors', 'Throttles'].map((metric) => ofAlias(metric, 60, 'Stop')).join(' + ');
  const rehearsed = `[${own('Sum', 60, 'StopsRehearsed')}]`;
  const unstopped = `IF(${questions} > 0, IF(TIME_SERIES(1), FILL(${rehearsed}, 0), 0) + 0 * ${questions} < 1, 0)`;
  const filled = (metric: string) => `FILL([${own('Maximum', 60, metric)}], REPEAT)`;
  const before = (of: string) => `(${of} - DIFF(${of}))`;
  const [apart, oneMore] = [2 ** 45, 2 ** 33];
  /** How what is red already is made of what is said of it, and what else is read: all, new ones, mark. */
  const more = (filler: string, ...metrics: readonly (readonly [all: string, newly: string])[]) => {
    const [first = ['', '']] = metrics;
    const each = metrics.map(([all, newly]) => {
      const now = `FILL([${own('Maximum', 60, all)}], ${filler})`;
      const [one, two] = [before(now), before(before(now))];
      const news = orNone(`[${own('Maximum', 60, newly)}]`);
      const mark = filled(`${all}Mark`);
      const differs = `IF(${news} > 0, DIFF(${mark}) + ${apart}, ${apart})`;
      const other = `(${differs} != ${apart})`;
      const untold = `(${other} + (IF(TIME_SERIES(1), FILL([${own('Maximum', 60, `${all}Mark`)}], 0), 0) == 0) > 0)`;
      const kinds = `(${news} >= 1) * ${untold} + ${other} * (${differs} + ${oneMore} > ${apart})`;
      return `IF(${one} + ${two} + ${before(two)} > 0, ${kinds} + (${differs} == 0), 0)`;
    });
    const time = `EPOCH([${own('Maximum', 60, first[0])}])`;
    return any(`IF(${time} + 900 > MAX(${time}), ${each.join(' + ')}, 0)`, '1 of 180');
  };
  const again = (bad: string, seconds: number, datapoints: string) =>
    any(`IF([${bad}] > 0, DIFF_TIME(IF([${bad}] > 0, [${bad}])) < ${seconds}, [${bad}])`, datapoints);
  const [undecidedNow, deadNow] = parts(60);
  const burning = `[[${lost(60, 1)}] > 144]`;
  const twoAreLost = `IF(${undecidedNow} + ${deadNow} >= 2, ${burning}, IF(${burning} > 0, DIFF_TIME(IF(${burning} > 0, ${burning})) < 300, ${burning}))`;
  const ofOne = (metric: string, name: string) => `[${ofAlias(metric, 60, name)}]`;
  const [diedHttp, heldHttp, diedAccess, keptAccess] = ['DecideHttp', 'Access'].flatMap((name) => [
    ofOne('Errors', name),
    ofOne('Throttles', name),
  ]) as [string, string, string, string];
  const undecided = `[${['unavailable', 'integrity']
    .map((cls) => `IF(TIME_SERIES(1), FILL([${own('Sum', 60, 'Decisions', `Class=${cls},`)}], 0), 0)`)
    .join(' + ')}]`;
  const fivexx = orNone(`[${door('Sum', 60, '5XXError')}]`);
  const refusals = `(${fivexx} - ${diedHttp} - ${before(diedHttp)})`;
  const ofAccess = `(IF(TIME_SERIES(1), FILL([${own('Sum', 60, 'AccessErrors')}], 0), 0) - ${diedAccess} - ${before(diedAccess)})`;
  const behind = `[${diedHttp} + ${heldHttp}]`;
  const byItself = `(${fivexx} - ${behind} - ${before(behind)})`;
  const most = (elsewhere: string) =>
    `IF(${undecided} + ${behind} + ${elsewhere} >= 2, 10000 * (${undecided} + ${behind} + ${elsewhere}) / (IF(TIME_SERIES(1), FILL(${asked(60)}, 0), 0) + ${behind} + ${elsewhere} + (${byItself} > 0) * ${byItself}), 0)`;
  const isMost = `[${most(`${diedAccess} + ${keptAccess}`)} > 5000]`;
  const isDoor = `((${refusals} > 0) * (${refusals} >= 0.05 * IF(TIME_SERIES(1), FILL([${door('SampleCount', 60, '5XXError')}], 0), 0)) + (${ofAccess} > 0) > 0)`;
  const failing = `${isDoor} > (${isMost} + ${before(isMost)} > 0)`;
  const elsewhere = `[${diedInLambda(60)
    .filter((each) => !each.includes('DecideHttp'))
    .join(' + ')}]`;
  const mostLost = most(elsewhere);
  const unanswered = `IF(${questions} > 0, 100 * IF(TIME_SERIES(1), FILL([${own('Sum', 60, 'ProbeUnanswered')}], 0), 0) >= 50 * ${questions}, 0)`;
  const looks = `[${own('Sum', 60, 'WatchFailures')}]`;
  const nobody = `[${unanswered}] > ((IF(TIME_SERIES(1), FILL(${asked(60)}, 0), 0) - ${undecided} >= 1) + ((${byItself} > 0) * ${byItself} > IF(TIME_SERIES(1), FILL(${asked(60)}, 0), 0)))`;
  const begins = (bad: string) => {
    const [isAgain] = again(bad, 360, '').map((each) => `[${each}]`);
    return any(
      `IF(EPOCH(${isAgain}) + 360 > MAX(EPOCH(${isAgain})), (${isAgain} > 0) > IF(${isAgain} > 0, DIFF_TIME(IF(${isAgain} > 0, ${isAgain})) < 3600, ${isAgain}), 0)`,
      '1 of 72',
    );
  };
  const [undecidedInAll, deadInAll] = parts(900);
  const lostInAll = `[${undecidedInAll} + ${deadInAll}]`;
  let then = `[10000 * ${lostInAll} - 144 * (${orNone(asked(900))} + ${deadInAll})]`;
  const periods = [1, 2, 3, 4].map(() => {
    then = before(then);
    return then;
  });
  const burnsAtTheDoor = (seconds: number, datapoints: string, least: number) => {
    const of = (metric: string) => `[${ofAlias(metric, seconds, 'DecideHttp')}]`;
    const alone = `(${orNone(`[${door('Sum', seconds, '5XXError')}]`)} - [${of('Errors')} + ${of('Throttles')}])`;
    const share = `IF(${alone} >= ${least}, 10000 * ${alone} / ${orNone(`[${door('SampleCount', seconds, '5XXError')}]`)}, 0)`;
    return [share, '> 60', datapoints, 'notBreaching'] as const;
  };
  const all: readonly AlarmRow[] = [
    ['Fault', ...any(own('Sum', 60, 'Faults'), '1 of 20')],
    ['FunctionError', ...any(ofAliases('Errors'), '1 of 20')],
    ['ProbeWrong', ...any(own('Sum', 60, 'ProbeWrong'))],
    ['MoreWrong', ...more('0', ['ProbeWrong', 'ProbeNewlyWrong'])],
    ['ProbeFailing', ...again(unanswered, 360, '1 of 20')],
    ['ProbeSilent', own('Sum', 60, 'ProbeQuestions'), '< 1', '5 of 5', 'breaching'],
    ['Hold', `IF(${holds} > 0, ${holds} - ${wide} - ${below}, 0)`, '>= 1', '1 of 3', 'ignore'],
    ['WideHold', ...state('WideHolds')],
    ['MoreStopped', ...more('REPEAT', ['WideHolds', 'NewWideHolds'])],
    ['HeadBelowFloor', ...state('HeadBelowFloor')],
    ['HistoryUnsound', ...state('HistoryProblems')],
    ['MoreUnsound', ...more('REPEAT', ['HistoryProblems', 'NewHistoryProblems'])],
    ['HistoryUnaudited', own('Maximum', 3600, 'VersionsUnaudited'), '>= 1', '24 of 24', 'ignore'],
    ['Silence', silence, '< 1', '3 of 3', 'ignore'],
    ['WatchFailing', own('Sum', 60, 'WatchFailures'), '>= 1', '3 of 10', 'breaching'],
    ['BudgetBurning', ...burns(86_400, '> 10', '3 of 3')],
    ['HttpFailing', ...again(failing, 1800, '1 of 60')],
    ['HttpForbidden', ...again(orNone(`[${own('Sum', 60, 'HttpForbidden')}]`), 1800, '1 of 60')],
    ['StopFailing', again(unstopped, 600, '')[0], '>= 1', '1 of 20', 'ignore'],
    [
      'StopRefused',
      ...any(
        `[${stopped} + IF(TIME_SERIES(1), FILL([${own('Sum', 60, 'StopsTurnedAway')}], 0), 0)] - IF(TIME_SERIES(1), FILL([${own('Sum', 60, 'RehearsalsDied')}], 0), 0)`,
      ),
    ],
    ['ProbeUnanswered', ...any(own('Sum', 60, 'ProbeUnanswered'), '3 of 5')],
    ['DarkTomorrow', ...state('RoutesDarkIn1Day')],
    [
      'MoreEndsSoon',
      ...more(
        'REPEAT',
        ['RoutesDarkIn1Day', 'NewRoutesDarkIn1Day'],
        ['NationsSilentIn7Days', 'NewNationsSilentIn7Days'],
      ),
    ],
    ['DarkThisWeek', ...state('RoutesDarkIn7Days')],
    ['DarkThisMonth', ...state('RoutesDarkIn30Days')],
    ['SilentThisWeek', ...state('NationsSilentIn7Days')],
    ['SilentThisMonth', ...state('NationsSilentIn30Days')],
    ['SilentThisQuarter', ...state('NationsSilentIn90Days')],
    ['PermitRate', `${band} | ${permits}`, `outside ${band}`, '3 of 3', 'notBreaching'],
    ['Slow', own('p99', 300, 'DecisionTime'), '> 250', '3 of 5', 'notBreaching'],
    ['Throttled', ...any(`${ofAliases('Throttles')} + ${throttled(60)}`)],
    ['NearTimeout', ...any(SLOWEST.join(' + '), '3 of 5')],
    ['SupportErrors', ...any(ofSupport('Errors'))],
    ['SupportThrottled', ...any(ofSupport('Throttles'))],
    ['DatabaseErrors', ...any(FAILED.join(' + '), '1 of 5')],
    ['DatabaseThrottled', ...any(THROTTLED.join(' + '), '1 of 5')],
    ['HttpSlow', door('p99', 300, 'Latency'), '> 500', '3 of 5', 'notBreaching'],
    ['RegistryOld', ...state('RegistryAge', '> 2592000')],
    ['HeadMoved', ...any(own('Maximum', 60, 'HeadMoved'))],
    ['ProposalsWaiting', own('Maximum', 3600, 'ProposalsWaiting'), '>= 1', '24 of 24', 'ignore'],
    ['Waivers', ...state('WaiversInForce', '> 0')],
    ['UnavailableNow', ...burns(300, '> 144')],
    ['UnavailableHour', ...burns(3600, '> 144')],
    ['UnavailableLately', ...any(twoAreLost, '1 of 30')],
    ['MostLost', mostLost, '> 5000', '2 of 6', 'notBreaching'],
    ['NoAnswers', ...any(unanswered, '2 of 6')],
    ['NoAnswersToAnybody', ...any(nobody, '2 of 6')],
    ['NoAnswersLately', ...again(nobody, 360, '1 of 20')],
    ['MostBegins', ...begins(`[${mostLost}] > 5000`)],
    ['NoAnswersBegin', ...begins(nobody)],
    [
      'LostBefore',
      ...any(
        `IF(EPOCH(${lostInAll}) + 900 > MAX(EPOCH(${lostInAll})), (${before(lostInAll)} + ${before(before(lostInAll))} >= 2) * (${periods.join(' + ')} > 0), 0)`,
        '1 of 5',
      ),
    ],
    ['DoorSixHours', ...burnsAtTheDoor(21_600, '1 of 1', 3)],
    ['DoorHalfHour', ...burnsAtTheDoor(1800, '1 of 4', 2)],
    ['UnavailableHalfHour', ...burns(1800, '> 60', '1 of 4', 2)],
    ['UnavailableSixHours', ...burns(21_600, '> 60')],
    ['WatchNowAndThen', ...again(`IF(TIME_SERIES(1), FILL(${looks}, 0), 0)`, 300, '1 of 20')],
    ['WatchSilent', own('SampleCount', 60, 'WatchFailures'), '< 1', '5 of 5', 'breaching'],
  ];
  // Callers of the first two stages rest at night; the first one's permits have no usual band.
  const left = { dev: ['Silence', 'PermitRate'], staging: ['Silence'], prod: [] }[stage] as string[];
  return all.filter(([name]) => !left.includes(name));
}

/** Whom an alarm of metrics tells, and what waits for the first word. */
export function actions(name: string): object {
  const pages = [
    ...['ProbeWrong', 'Hold', 'WideHold', 'HeadBelowFloor', 'HistoryUnsound', 'Silence', 'DarkTomorrow'],
    ...[
      'SilentThisWeek',
      'StopFailing',
      'StopRefused',
      'MoreStopped',
      'MoreUnsound',
      'MoreEndsSoon',
      'MoreWrong',
    ],
  ];
  if (pages.includes(name)) return { AlarmActions: [NOTICES, PAGING], OKActions: [PAGING] };
  const awaits = ['ProbeSilent', 'WatchFailing', 'WatchSilent'].includes(name);
  return {
    AlarmActions: [NOTICES],
    ...(awaits && { WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 30 } }),
  };
}

const red = (...names: readonly string[]) =>
  `(${names.map((name) => `ALARM("<GuardMonitoringAlarms${name}.Arn>")`).join(' AND ')})`;
const page = (rule: string, explainedBy?: string, seconds = 1200) => ({
  AlarmRule: `(${rule})`,
  AlarmActions: [PAGING],
  OKActions: [PAGING],
  ...(explainedBy !== undefined && {
    ActionsSuppressor: `<GuardMonitoringAlarms${explainedBy}.Arn>`,
    ActionsSuppressorWaitPeriod: 180,
    ActionsSuppressorExtensionPeriod: seconds,
  }),
});

const MOST = `${red('UnavailableHour', 'UnavailableNow', 'MostLost')} OR ${red('NoAnswers', 'MostLost')} OR ${red('NoAnswersToAnybody')}`;

/** What pages by a composite, its words and name left out. */
export const PAGES = {
  Outage: {
    AlarmRule: `(${red('UnavailableHour', 'UnavailableNow')} OR ${red('NoAnswers', 'MostLost')} OR ${red('NoAnswersToAnybody')})`,
  },
  DoorTold: {
    AlarmRule: `(${MOST} OR ${red('HttpFailing')})`,
  },
  MoreLost: page(`${red('MostBegins', 'LostBefore')} OR ${red('NoAnswersBegin', 'LostBefore')}`),
  HttpFailingSlowly: page(red('DoorSixHours', 'DoorHalfHour'), 'DoorTold', 7500),
  MajorOutage: { AlarmRule: `(${MOST})` },
  Unavailable: page(`${red('UnavailableHour', 'UnavailableLately')} OR ${red('NoAnswersLately')}`),
  UnavailableSlowly: page(red('UnavailableSixHours', 'UnavailableHalfHour'), 'Unavailable', 7500),
  FaultPage: page(red('Fault'), 'Outage'),
  FunctionErrorPage: page(red('FunctionError'), 'Outage'),
  HttpFailingPage: page(red('HttpFailing'), 'MajorOutage'),
  WatchFailingPage: page(`${red('WatchFailing')} OR ${red('WatchNowAndThen')}`, 'MajorOutage'),
  ProbeFailingPage: page(red('ProbeFailing'), 'MajorOutage'),
  ProbeSilentPage: page(red('ProbeSilent'), 'WatchSilent'),
};
