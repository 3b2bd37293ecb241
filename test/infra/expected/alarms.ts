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
export const NOTICES = '<GuardMonitoringNoticesTopic>';

const decide = ['Decide', 'DecideHttp', 'Access', 'Explain'];

/** Sum of a Lambda metric of the aliases that decide. */
const ofAliases = (metric: string): readonly string[] =>
  decide.map(
    (name) =>
      `FILL([Sum in 60 of AWS/Lambda ${metric}{FunctionName=<Guard${name}Function>,Resource=<Guard${name}Function>:live}], 0)`,
  );

const ofTables = ['Objects', 'State', 'Floor'].map(
  (name) => `FILL([Sum in 60 of AWS/DynamoDB ReadThrottleEvents{TableName=<GuardTables${name}>}], 0)`,
);

export function alarms(stage: Stage): readonly AlarmRow[] {
  const own = (how: string, seconds: number, metric: string, cls = '') =>
    `${how} in ${seconds} of Routeguard ${metric}{${cls}Service=${SERVICE[stage]}}`;
  const asked = (seconds: number) => `[${own('Sum', seconds, 'Decisions')}]`;
  const bad = ['unavailable', 'integrity'].map(
    (cls) => `FILL([${own('Sum', 3600, 'Decisions', `Class=${cls},`)}], 0)`,
  );
  const permits = `IF(${asked(300)} > 0, 100 * [${own('Sum', 300, 'Permits')}] / ${asked(300)}, 0)`;
  const band = `ANOMALY_DETECTION_BAND([${permits}], 3)`;
  const silence = `IF([${own('Maximum', 300, 'RegistryVersion')}] > 0, ${asked(300)}, 1)`;
  const unavailable = `IF(${asked(3600)} > 0, 10000 * [${bad.join(' + ')}] / ${asked(3600)}, 0)`;
  const all: readonly AlarmRow[] = [
    ['Fault', own('Sum', 60, 'Faults'), '>= 1', '1 of 1', 'notBreaching'],
    ['FunctionError', ofAliases('Errors').join(' + '), '>= 1', '1 of 1', 'notBreaching'],
    ['ProbeWrong', own('Sum', 60, 'ProbeWrong'), '>= 1', '1 of 1', 'notBreaching'],
    ['ProbeSilent', own('Sum', 60, 'ProbeQuestions'), '< 1', '5 of 5', 'breaching'],
    ['Hold', own('Maximum', 60, 'HoldsInForce'), '>= 1', '1 of 1', 'ignore'],
    ['WideHold', own('Maximum', 60, 'WideHolds'), '>= 1', '1 of 1', 'ignore'],
    ['HeadBelowFloor', own('Maximum', 60, 'HeadBelowFloor'), '>= 1', '1 of 1', 'ignore'],
    ['HistoryUnsound', own('Maximum', 60, 'HistoryProblems'), '>= 1', '1 of 1', 'ignore'],
    ['HistoryUnaudited', own('Maximum', 3600, 'VersionsUnaudited'), '>= 1', '24 of 24', 'ignore'],
    ['Silence', silence, '< 1', '3 of 3', 'breaching'],
    ['WatchFailing', own('Sum', 60, 'WatchFailures'), '>= 1', '3 of 5', 'breaching'],
    ['Unavailable', unavailable, '> 144', '1 of 1', 'notBreaching'],
    ['DarkTomorrow', own('Maximum', 60, 'RoutesDarkIn1Day'), '>= 1', '1 of 1', 'ignore'],
    ['DarkThisWeek', own('Maximum', 60, 'RoutesDarkIn7Days'), '>= 1', '1 of 1', 'ignore'],
    ['DarkThisMonth', own('Maximum', 60, 'RoutesDarkIn30Days'), '>= 1', '1 of 1', 'ignore'],
    ['SilentThisWeek', own('Maximum', 60, 'NationsSilentIn7Days'), '>= 1', '1 of 1', 'ignore'],
    ['SilentThisMonth', own('Maximum', 60, 'NationsSilentIn30Days'), '>= 1', '1 of 1', 'ignore'],
    ['SilentThisQuarter', own('Maximum', 60, 'NationsSilentIn90Days'), '>= 1', '1 of 1', 'ignore'],
    ['PermitRate', `${band} | ${permits}`, `outside ${band}`, '3 of 3', 'notBreaching'],
    ['Slow', own('p99', 300, 'DecisionTime'), '> 250', '3 of 5', 'notBreaching'],
    ['Throttled', [...ofAliases('Throttles'), ...ofTables].join(' + '), '>= 1', '1 of 1', 'notBreaching'],
    ['RegistryOld', own('Maximum', 60, 'RegistryAge'), '> 2592000', '1 of 1', 'ignore'],
    ['HeadMoved', own('Maximum', 60, 'HeadMoved'), '>= 1', '1 of 1', 'notBreaching'],
    ['ProposalsWaiting', own('Maximum', 3600, 'ProposalsWaiting'), '>= 1', '24 of 24', 'ignore'],
    ['Waivers', own('Maximum', 60, 'WaiversInForce'), '> 0', '1 of 1', 'ignore'],
  ];
  // Callers of the first two stages rest at night; the first one's permits have no usual band.
  const left = { dev: ['Silence', 'PermitRate'], staging: ['Silence'], prod: [] }[stage] as string[];
  return all.filter(([name]) => !left.includes(name));
}

/** Those that page. */
export function paging(stage: Stage): readonly string[] {
  const quiet = [
    'Fault',
    'FunctionError',
    'ProbeWrong',
    'ProbeSilent',
    'Hold',
    'WideHold',
    'HeadBelowFloor',
    'HistoryUnsound',
  ];
  const more = ['WatchFailing', 'Unavailable', 'DarkTomorrow', 'SilentThisWeek'];
  return [...quiet, ...(stage === 'prod' ? ['Silence'] : []), ...more];
}
