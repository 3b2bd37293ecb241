/** Every function of a stage, by hand: its door, its size and the variables it is given. */
import type { Stage } from '../../../infra/stage.ts';
import { SERVICE } from './alarms.ts';

type Variables = Readonly<Record<string, string>>;

export interface FunctionRow {
  readonly name: string;
  readonly door: string;
  readonly memory: number;
  readonly timeout: number;
  /** Kept in prod, and the most it may use. */
  readonly reserved: number;
  readonly variables: Variables;
}

/** The module whose `handler` each function is. */
export const ENTRIES = {
  decide: 'functions/decide/direct.ts',
  'decide-http': 'functions/decide/http.ts',
  access: 'functions/access/http.ts',
  explain: 'functions/explain/http.ts',
  registry: 'functions/registry/handler.ts',
  stop: 'functions/registry/stop.ts',
  jobs: 'functions/registry/jobs.ts',
  'registry-purge': 'functions/registry/purge.ts',
  'commit-key': 'functions/commit-key/handler.ts',
  probe: 'functions/probe/handler.ts',
  watch: 'functions/watch/handler.ts',
  standby: 'functions/standby/handler.ts',
  board: 'functions/board/handler.ts',
  'release-hook': 'functions/probe/release-hook.ts',
} as const;

/** What the sample's probe asks: the only known answers a stage brings, and only dev's. */
export const SAMPLE_ANSWERS = [
  'trusted-route true',
  'network-without-trust false',
  'hub-that-picks-its-own-way false PATH_ASSURANCE_INSUFFICIENT',
];

/** The public keys of the local run's founders: everybody who reads what people signed is told them. */
export const FOUNDERS =
  'MCowBQYDK2VwAyEAoJf0tUIlOS6GeKWpYjZKcPBQZyYz9iYDms2fd1yrERE=,MCowBQYDK2VwAyEAv8kXIIfKbJkJCbZOGgr5ciFSegfrhkYD2vdlLw2RvnA=';

/** Who reads the registry, besides the function that publishes, in the order in which they are made. */
export function readersIn(stage: Stage): readonly string[] {
  const hook = stage === 'dev' ? [] : ['ReleaseHook'];
  return ['Decide', 'DecideHttp', 'Access', 'Explain', 'Stop', 'Jobs', 'Purge', 'Board', 'Watch', ...hook];
}
const REHEARSAL_URL =
  'https://<GuardHttpApi>.execute-api.<AWS::Region>.<AWS::URLSuffix>/<GuardHttpApiDeploymentStageguard>/v1/registry/stop-rehearsal';

/** By id without `Guard`. `KNOWN_ANSWERS` is asserted by itself. */
export function functionRows(stage: Stage): Readonly<Record<string, FunctionRow>> {
  const service: Variables = { SERVICE_NAME: SERVICE[stage] };
  const registry: Variables = {
    ...service,
    OBJECTS_TABLE: '<GuardTablesObjects>',
    STATE_TABLE: '<GuardTablesState>',
    FLOOR_TABLE: '<GuardTablesFloor>',
    COMMIT_PUBLIC_KEYS: '<GuardCommitPublicKey.PublicKey>',
    FOUNDER_KEYS: FOUNDERS,
    READS_FORMAT: '1',
  };
  const timed: Variables = { ...registry, LEASE_SECONDS: '5', CLOCK_SKEW_SECONDS: '2', HEAD_COPIES: '1' };
  const patient: Variables = {
    ...timed,
    DYNAMODB_CONNECT_MS: '150',
    DYNAMODB_READ_MS: '250',
    DECIDE_BUDGET_MS: '10000',
  };
  const administering: Variables = { ...timed, ACCOUNT_ID: '<AWS::AccountId>', API_ID: '<GuardHttpApi>' };
  const seeing: Variables = { ...administering, SEAL_PUBLIC_KEYS: '<GuardSealPublicKey.PublicKey>' };
  const publishing: Variables = { COMMIT_SIGNING_KEY_ID: '<GuardKeysSigning.Arn>' };
  const working: Variables = { SEALING_KEY_ID: '<GuardKeysSealing.Arn>' };
  const deciding: Variables = { ...patient, DECIDE_BUDGET_MS: '1500' };
  const probing: Variables = { ...service, PROBE_TARGET: '<GuardDecideProbe>' };
  const releasing: Variables = {
    ...registry,
    ...probing,
    LIVE_TARGET: '<GuardDecideFunction.Arn>:live',
    URL_SUFFIX: '<AWS::URLSuffix>',
    ACKNOWLEDGED_FLIPS: '',
  };
  const row = (
    name: string,
    door: string,
    memory: number,
    timeout: number,
    reserved: number,
    variables: Variables,
  ): FunctionRow => ({ name, door, memory, timeout, reserved, variables });
  return {
    Decide: row('decide', 'direct', 512, 3, 100, deciding),
    DecideHttp: row('decide-http', 'api', 512, 3, 100, deciding),
    Access: row('access', 'api', 1769, 20, 50, { ...patient, CALLER_FROM: 'iam' }),
    Explain: row('explain', 'api', 1024, 15, 10, patient),
    Registry: row('registry', 'api', 1769, 29, 10, {
      ...seeing,
      ...publishing,
      ...working,
      READERS: readersIn(stage)
        .map((id) => `<Guard${id}Function>`)
        .join(','),
    }),
    Stop: row('stop', 'api', 1769, 29, 10, { ...administering, ...publishing }),
    Jobs: row('jobs', 'api', 1769, 29, 10, { ...seeing, ...working }),
    Purge: row('registry-purge', 'api', 1024, 29, 2, seeing),
    CommitKey: row('commit-key', 'deployment', 256, 30, 2, {}),
    Probe: row('probe', 'schedule', 256, 30, 1, { ...probing, STOP_REHEARSAL_URL: REHEARSAL_URL }),
    Watch: row('watch', 'schedule', 1024, 55, 1, { ...registry, HEAD_COPIES: '1' }),
    Board: row('board', 'dashboard', 2048, 60, 2, registry),
    ...(stage !== 'dev' && {
      ReleaseHook: row('release-hook', 'release', 512, 900, 1, releasing),
    }),
  };
}

/** CloudWatch's mask: what is looked for, both to report and to hide. */
export const MASK = {
  identifiers: [
    ...['AwsSecretKey', 'EmailAddress', 'OpenSshPrivateKey', 'PkcsPrivateKey'].map(
      (name) => `arn:<AWS::Partition>:dataprotection::aws:data-identifier/${name}`,
    ),
    'Marking',
  ],
  own: [{ Name: 'Marking', Regex: '(TOP SECRET|SECRET|CONFIDENTIAL)//[A-Z]' }],
} as const;
