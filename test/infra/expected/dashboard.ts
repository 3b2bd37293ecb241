/** What an operator reads, by hand: every widget of the dashboard, every saved query, every output of the stack. */
import { createHash } from 'node:crypto';
import type { Stage } from '../../../infra/stage.ts';
import { alarms, SERVICE } from './alarms.ts';
import { FOUNDERS } from './functions.ts';

const DECIDE = ['Decide', 'DecideHttp', 'Access', 'Explain'];
const zero = (axis: object = { left: { min: 0, showUnits: false } }) => ({ yAxis: axis });
const counted = { min: 0, showUnits: false };

/** In the order they are laid out, except for the last, which is the runbook. */
export function widgets(
  stage: Stage,
): readonly (readonly [place: string, properties: object, ...string[]])[] {
  const of = (how: string, metric: string, more = `label=${metric}`, cls = '', period = 300) =>
    `${how} of Routeguard ${metric}{${cls}Service=${SERVICE[stage]}} by ${period}${more === '' ? '' : ` ${more}`}`;
  const ofClass = (cls: string, color: string) =>
    of('Sum', 'Decisions', `color=${color} label=${cls}`, `Class=${cls},`);
  const states = (...names: readonly string[]) => names.map((name) => of('Maximum', name));
  const ofAliases = (metric: string) =>
    DECIDE.map(
      (name) =>
        `Sum of AWS/Lambda ${metric}{FunctionName=<Guard${name}Function>,Resource=<Guard${name}Function>:live} by 60`,
    );
  const ofSupport = (metric: string) =>
    ['Registry', 'Jobs', 'Purge', 'Board', 'Watch', 'Probe'].map(
      (name) => `Sum of AWS/Lambda ${metric}{FunctionName=<Guard${name}Function>} by 60`,
    );
  const ofTables = ['Objects', 'State', 'Floor'].flatMap((name) =>
    ['Read', 'Write'].map(
      (way) => `Sum of AWS/DynamoDB ${way}ThrottleEvents{TableName=<GuardTables${name}>} by 60`,
    ),
  );
  const failed =
    'Objects BatchGetItem,Objects BatchExecuteStatement,State GetItem,State PutItem,State Query,Floor Query,Floor ExecuteStatement'
      .split(',')
      .map((each) => {
        const [table, operation] = each.split(' ');
        return `Sum of AWS/DynamoDB SystemErrors{Operation=${operation},TableName=<GuardTables${table}>} by 60`;
      });
  const seen = alarms(stage)
    .map(([name]) => name)
    .filter((name) => !/^(Unavailable|Most|LostBefore|Door|NoAnswers|Watch(NowAndThen|Silent))/.test(name));
  // What is made of parts stands where the catalogue has it.
  const names = seen.flatMap((name) =>
    name === 'WatchFailing'
      ? [name, 'Unavailable', 'MoreLost', 'UnavailableSlowly']
      : name === 'HttpFailing'
        ? [name, 'HttpFailingSlowly']
        : [name],
  );
  // biome-ignore format: one row a line
  return [
    ['alarm 24x4 at 0,0', { title: 'Alarms', alarms: names.map((name) => `<GuardMonitoringAlarms${name}.Arn>`) }],
    ['custom 24x16 at 0,4', { endpoint: '<GuardBoardLive>', title: 'Which networks may carry what, today', updateOn: { refresh: true, resize: false, timeRange: false } }],
    ['metric 12x6 at 0,20', { title: 'Decisions by class, and where HEAD moved', stacked: true, ...zero({ left: counted, right: { min: 0, max: 1, showUnits: false } }) }, ofClass('permit', '#009E73'), ofClass('hypothetical', '#999999'), ofClass('integrity', '#D55E00'), ofClass('unavailable', '#E69F00'), ofClass('hold', '#CC79A7'), ofClass('invalid', '#56B4E9'), ofClass('policy', '#0072B2'), of('Maximum', 'HeadMoved', 'color=#000000 label=HEAD moved yAxis=right')],
    ['metric 12x6 at 12,20', { title: 'Time of a decision, ms', ...zero({ left: counted, right: counted }) }, ...['p50', 'p90', 'p99'].map((p) => of(p, 'DecisionTime', `label=${p}`)), of('p99', 'RegistryReadTime', 'label=registry read, p99 yAxis=right')],
    ['metric 8x6 at 0,26', { title: 'Registry version and age', ...zero({}) }, of('Maximum', 'RegistryVersion'), of('Maximum', 'RegistryAge', 'label=RegistryAge yAxis=right')],
    ['metric 8x6 at 8,26', { title: 'In force and waiting', ...zero() }, ...states('HoldsInForce', 'WaiversInForce', 'ProposalsWaiting')],
    ['metric 8x6 at 16,26', { title: 'Routes that go dark in 1, 7 and 30 days', ...zero() }, ...states('RoutesDarkIn1Day', 'RoutesDarkIn7Days', 'RoutesDarkIn30Days')],
    ['metric 8x6 at 0,32', { title: 'Probe', ...zero() }, of('Sum', 'ProbeQuestions'), of('Sum', 'ProbeWrong', 'color=#D55E00 label=ProbeWrong'), of('Sum', 'ProbeUnanswered', 'color=#E69F00 label=ProbeUnanswered')],
    ['metric 8x6 at 8,32', { title: 'Faults and function errors', ...zero() }, of('Sum', 'Faults', 'color=#D55E00 label=Faults'), ...ofAliases('Errors'), ...ofSupport('Errors')],
    ['metric 8x6 at 16,32', { title: 'Throttles, errors of the database, and read units a decision', ...zero() }, ...ofAliases('Throttles'), ...ofSupport('Throttles'), ...ofTables, ...failed, 'IF(asked > 0, units / asked, 0) by 300 label=read units a decision yAxis=right', of('Sum', 'ReadUnits', 'label=ReadUnits id=units visible=false'), of('Sum', 'Decisions', 'label=Decisions id=asked visible=false')],
    ['text 12x6 at 0,38', { background: 'transparent', markdown: '### Objectives\n\n- 99.9 % of decisions in 30 days are made: neither unavailable nor a fault. A refusal by policy counts as made.\n- 99 % of decisions in 30 days take less than 250 ms.\n- The probe is never wrong, and a revocation is in force everywhere after the lease and the clock skew.' }],
    ['metric 12x6 at 12,38', { title: 'Decisions made, percent by day', annotations: { horizontal: [{ value: 99.9, label: 'objective', color: '#D55E00', yAxis: 'left' }] }, ...zero({ left: { max: 100, showUnits: false } }) }, 'IF(asked > 0, 100 * (1 - (FILL(unavailable, 0) + FILL(faults, 0)) / asked), 100) by 86400 label=made', of('Sum', 'Decisions', 'label=Decisions id=asked visible=false', '', 86400), of('Sum', 'Decisions', 'label=unavailable id=unavailable visible=false', 'Class=unavailable,', 86400), of('Sum', 'Decisions', 'label=integrity id=faults visible=false', 'Class=integrity,', 86400)],
  ];
}

/** By name: the functions whose logs are asked, and the question. */
// biome-ignore format: one row a line
export const QUERIES: Readonly<
  Record<string, readonly [of: readonly string[], ...lines: readonly string[]]>
> = {
  decisions: [DECIDE, 'fields @timestamp, outcome, Class, evaluationId, registry.version, codes.0, caller', 'filter event = "decision" and probe = 0', 'sort @timestamp desc', 'limit 100'],
  evaluation: [DECIDE, 'fields @timestamp, @message', 'filter event = "decision" and evaluationId = "put an evaluation id here"'],
  faults: [DECIDE, 'filter event = "decision" and Class in ["integrity", "unavailable"]', 'stats count(*) as decisions, min(@timestamp) as first, max(@timestamp) as last by Class, codes.0, registry.version, build', 'sort decisions desc'],
  denials: [DECIDE, 'filter event = "decision" and decision = 0 and probe = 0', 'stats count(*) as decisions by reasons.0.code, reasons.0.standard, reasons.0.rule', 'sort decisions desc'],
  waived: [DECIDE, 'fields @timestamp, evaluationId, waivers.0, registry.version', 'filter event = "decision" and decision = 1 and ispresent(waivers.0)', 'sort @timestamp desc'],
  slow: [DECIDE, 'filter event = "decision"', 'stats count(*) as decisions, pct(DecisionTime, 50) as p50, pct(DecisionTime, 99) as p99, pct(RegistryReadTime, 99) as read99, avg(ReadUnits) as units by batches', 'sort batches'],
  probe: [['Probe'], 'fields @timestamp, ProbeWrong, ProbeUnanswered, checked.0.verdict, checked.1.verdict, @message', 'filter event = "probe" and (ProbeWrong > 0 or ProbeUnanswered > 0)', 'sort @timestamp desc'],
  watch: [['Watch'], 'fields @timestamp, code, held, copies, astray.0, registry.version, author, kind, HoldsInForce, holds.0, WideHolds, stops.0.authority, stops.0.cause, stops.0.until, WaiversInForce, waivers.0, ProposalsWaiting, VersionsUnaudited, history.0.code, history.0.version', 'filter event = "watch"', 'sort @timestamp desc', 'limit 60'],
  expiry: [['Watch'], 'fields @timestamp, RoutesDarkIn1Day, RoutesDarkIn7Days, RoutesDarkIn30Days, dark.0.route, dark.0.from, ending.0.fact, ending.0.at, silent.0.nation, silent.0.from, @message', 'filter event = "watch"', 'sort @timestamp desc', 'limit 1'],
};

const URL =
  'https://<GuardHttpApi>.execute-api.<AWS::Region>.<AWS::URLSuffix>/<GuardHttpApiDeploymentStageguard>/';
const build = (name: string) =>
  `sha256:${createHash('sha256').update(`export const handler = async () => '${name}';\n`).digest('hex')}`;

export const outputs = (
  stage: Stage,
): Readonly<Record<string, readonly [value: string, words?: string]>> => ({
  GuardHttpApiEndpoint: [URL],
  GuardDecideFunctionName: ['<GuardDecideFunction>', 'Invoke this with the qualifier "live"'],
  GuardDecideAliasArn: ['<GuardDecideLive>', 'What a caller of the guard is granted and invokes'],
  GuardDecideBuild: [build('decide'), 'The build that decisions of direct invocation name'],
  GuardDecideHttpBuild: [build('decide-http'), 'The build that decisions over HTTP name'],
  GuardHttpUrl: [URL, 'Base URL of the HTTP door: POST v1/decide, signed with SigV4'],
  GuardObjectsTableName: ['<GuardTablesObjects>', 'Immutable objects of the registry'],
  GuardStateTableName: ['<GuardTablesState>', 'HEAD, proposals and jobs'],
  GuardFloorTableName: ['<GuardTablesFloor>', 'How far the registry has come'],
  GuardSigningKeyArn: ['<GuardKeysSigning.Arn>', 'Signs the commits of the registry'],
  GuardCommitPublicKeys: [
    '<GuardCommitPublicKey.PublicKey>',
    'Public keys by which commits are believed: an audit of the tables takes them',
  ],
  GuardFounderPublicKeys: [
    FOUNDERS,
    'Public keys of the founders, as this stack was told them: compare with what the founders say',
  ],
  GuardDataKeyArn: [
    '<GuardKeysData.Arn>',
    'Encrypts the tables: what a standby in another Region reads them with',
  ],
  GuardServiceName: [SERVICE[stage], 'The guard in metrics and saved queries'],
  ...(stage === 'prod' && {
    GuardReservedConcurrency: [
      '299',
      'Concurrent executions that are kept; the account needs a quota of 399',
    ],
  }),
});
