import type { aws_apigateway, aws_ec2, aws_iam, aws_kms, aws_logs } from 'aws-cdk-lib';
import { Duration, Token } from 'aws-cdk-lib';
import { isIdentifierUrl } from '../functions/access/settings.ts';
import { readKnownAnswers } from '../functions/probe/known-answers.ts';
import { MOST_HEAD_COPIES } from '../functions/store/head.ts';
import { parseFounderKeys } from '../functions/store/person-signature.ts';
import type { FunctionName } from './functions.ts';
import type { MonitoringProps } from './monitoring/monitoring-props.ts';
import { type StandbySource, standbyProblem } from './standby-source.ts';
import { TABLE_NAME } from './table-name.ts';
import type { AdoptedTables } from './tables.ts';

/** How the HTTP door can be reached. */
export type HttpAccess = 'none' | 'private' | 'regional';

/** How a new version of `decide` gets its traffic. */
export type Release = 'canary' | 'none';

export interface TrafficRoutingGuardProps {
  /**
   * Directory that holds `functions/<name>/index.mjs`, as `bundleFunctions` writes it.
   *
   * @default - `dist` in the project's root
   */
  readonly assets?: string;

  /**
   * How long a permit may be acted on. A revocation is in force everywhere at its acknowledgement plus this plus
   * `clockSkew`. 1 second to 5 minutes.
   *
   * @default Duration.seconds(5)
   */
  readonly lease?: Duration;

  /**
   * Largest difference between two clocks of the system that the answers allow for. 0 to 60 seconds.
   *
   * @default Duration.seconds(2)
   */
  readonly clockSkew?: Duration;

  /**
   * Time `decide` gives DynamoDB to accept a connection. 10 to 1,000 ms.
   *
   * @default Duration.millis(150)
   */
  readonly connectTimeout?: Duration;

  /**
   * Time `decide` gives DynamoDB to answer one request. 10 to 1,000 ms.
   *
   * @default Duration.millis(250)
   */
  readonly readTimeout?: Duration;

  /**
   * Copies of the item that says which version is in force, each in a partition of its own. One serves about 3,000
   * decisions a second, and of several each but the first, which is for looks at the floor. 1 to 64. It may be changed at any time; what it takes besides stands in docs/scale.md.
   *
   * @default 1
   */
  readonly headCopies?: number;

  /**
   * When `decide` stops waiting and denies. It holds two attempts at one read, and ends at least half a second
   * before the function's own timeout (3 s), because a killed function answers nothing.
   *
   * @default Duration.millis(1500)
   */
  readonly decisionBudget?: Duration;

  /**
   * Memory of the functions that decide, in MiB. 256 to 10,240; CPU grows with it.
   *
   * @default 512
   */
  readonly memorySize?: number;

  /**
   * How long function and access logs are kept.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly logRetention?: aws_logs.RetentionDays;

  /**
   * Public keys (base64 DER, SPKI) that `decide` accepts beside the stack's own signing key: the predecessor's while
   * a key is being replaced.
   *
   * @default - only the stack's own key
   */
  readonly additionalCommitPublicKeys?: readonly string[];

  /**
   * Public keys of the people who sign the registry's first version (base64 DER, SPKI; Ed25519 or P-384): two to eight.
   * Whose signature counts from then on is believed from theirs, so they are pinned here, outside every table.
   * `routeguard registry key new --out FILE` makes a key. A single token stands for all of them, separated by commas.
   *
   * @default - the context value `founderKeys`, separated by commas; without either the guard cannot be made
   */
  readonly founderKeys?: readonly string[];

  /**
   * Requests a second that the HTTP door admits in the long run.
   *
   * @default 200
   */
  readonly httpRateLimit?: number;

  /**
   * Requests that the HTTP door admits at once. At least `httpRateLimit`.
   *
   * @default 400
   */
  readonly httpBurstLimit?: number;

  /**
   * Whether to set the role with which API Gateway writes logs. It is one setting per account and Region: turn this
   * off where the account has it already.
   *
   * @default true
   */
  readonly apiGatewayAccountRole?: boolean;

  /**
   * The guard's name in metrics and saved queries: letters, digits, dots and dashes, at most 64.
   *
   * @default - a name made from the construct's path
   */
  readonly serviceName?: string;

  /**
   * Where the functions run. They need no way out of it but the endpoints.
   *
   * @default - Lambda's own network
   */
  readonly vpc?: aws_ec2.IVpc;

  /**
   * Which subnets of `vpc`.
   *
   * @default - the isolated subnets, or else the private ones
   */
  readonly vpcSubnets?: aws_ec2.SubnetSelection;

  /**
   * Whether to make the endpoints the functions need (`create`), or the VPC has them (`existing`): DynamoDB, KMS,
   * Lambda, CodeDeploy, and S3 for CloudFormation's custom resources.
   *
   * @default 'create'
   */
  readonly endpoints?: 'create' | 'existing';

  /**
   * How the HTTP door can be reached: not at all, from `vpc` alone, or from the Region's public endpoint. All of them
   * demand IAM authentication.
   *
   * @default 'regional'
   */
  readonly httpAccess?: HttpAccess;

  /**
   * Admits callers that cannot sign requests: decisions, AuthZEN and best path over HTTP ask this authoriser in place
   * of IAM. The registry's methods and full explanations never do.
   *
   * @default - IAM authentication
   */
  readonly httpAuthorizer?: aws_apigateway.IAuthorizer;

  /**
   * The https URL callers know the AuthZEN decision point by, without query and trailing slash.
   *
   * @default - the address of the request: host and stage, or the custom domain and its base path
   */
  readonly pdpIdentifier?: string;

  /**
   * Whether the AuthZEN metadata can be read by anybody. It says where things are, and nothing of the registry.
   *
   * @default false
   */
  readonly publicDiscovery?: boolean;

  /**
   * ARN of a Regional web ACL (AWS WAF) for the HTTP door.
   *
   * @default - none
   */
  readonly webAclArn?: string;

  /**
   * Put on every role that is made here.
   *
   * @default - none
   */
  readonly permissionsBoundary?: aws_iam.IManagedPolicy;

  /**
   * Roles the account brings, by function. The guard adds its statements where it may.
   *
   * @default - a role for each function is made here
   */
  readonly roles?: Partial<Readonly<Record<FunctionName, aws_iam.IRole>>>;

  /**
   * Encrypts tables, logs and topics. Its policy must let CloudWatch Logs and CloudWatch alarms of this account use it.
   *
   * @default - a key is made here
   */
  readonly encryptionKey?: aws_kms.Key;

  /**
   * Signs the registry's commits: ECC_NIST_P384, SIGN_VERIFY. For a key that is kept elsewhere, or takes the place of one that
   * was lost: the public half of that goes into `additionalCommitPublicKeys`, or nothing it signed opens any more. A key of
   * another stack must name the roles of `registry` and `stop` in its own policy; nothing here can.
   *
   * @default - a key is made here
   */
  readonly signingKey?: aws_kms.IKey;

  /**
   * Names of tables of this account and Region that take the place of the stack's own: restored ones, after a loss. Every grant,
   * alarm and function then means them. The stack's own stay as they are. What protects an adopted table (its resource policy,
   * deletion protection, point-in-time recovery, time to live) is not in the template: `routeguard recover` puts it on, and
   * `routeguard recover protect` looks again. A guard that adopts starts held: docs/recovery.md.
   *
   * @default - the stack's own tables
   */
  readonly adopt?: AdoptedTables;

  /**
   * The guard of another Region, of this account, that this one is a standby of: its registry is copied once a minute, and held
   * here until people confirm it. From then on nothing is copied any more. Needs the public half of the first Region's signing
   * key among `additionalCommitPublicKeys`, and the same founders. Taken away again when the standby takes over:
   * docs/recovery.md, "A Region".
   *
   * @default - no standby of anything
   */
  readonly standbyOf?: StandbySource;

  /**
   * Whether the functions call FIPS 140 validated endpoints. Not offered in every Region. In a VPC its endpoints must
   * answer for the FIPS names: `endpoints: 'existing'`, because the ones made here answer for the ordinary names only.
   *
   * @default false
   */
  readonly fips?: boolean;

  /**
   * Accounts (12 digits) whose roles may be granted `lambda:InvokeFunction` on the alias by their own administrators.
   *
   * @default - only this account
   */
  readonly callers?: readonly string[];

  /**
   * Concurrent executions kept for each function that decides, and the most it may use. 1 to 10,000.
   *
   * @default - the account's unreserved concurrency
   */
  readonly reservedConcurrency?: number;

  /**
   * Sandboxes kept warm behind the alias `live` of `decide`. 1 to 10,000; at most `reservedConcurrency`.
   *
   * @default - none
   */
  readonly provisionedConcurrency?: number;

  /**
   * How a new version gets its traffic: `canary` asks it the known questions, sends it a tenth for ten minutes and
   * rolls back on `Fault`, `FunctionError`, `ProbeWrong`, `NoAnswers` or `UnavailableNow`; `none` moves the alias at once.
   * Without monitoring there is no canary.
   *
   * @default 'none'
   */
  readonly release?: Release;

  /**
   * Digest of the flips to permit that a new build is known to bring: what `routeguard simulate` prints, or the
   * release hook's log line. Without it the hook refuses a build that permits what its predecessor refused.
   *
   * @default - none are acknowledged
   */
  readonly acknowledgedFlips?: string;

  /**
   * Whether CloudWatch masks what looks like a secret or a marking in the logs. Not offered in every partition.
   *
   * @default true
   */
  readonly dataProtection?: boolean;

  /**
   * Alarms, dashboard, probe and watch; `false` leaves all of it out.
   *
   * @default - all of it, with the defaults of `MonitoringProps`
   */
  readonly monitoring?: MonitoringProps | false;
}

/**
 * A prop out of its bounds. The message starts with the construct's and the prop's name.
 *
 * @example
 * try {
 *   return new TrafficRoutingGuard(stack, 'Guard', props);
 * } catch (error) {
 *   if (error instanceof GuardPropError) console.error(error.message);
 *   throw error;
 * }
 */
export class GuardPropError extends Error {
  override readonly name = 'GuardPropError';

  constructor(prop: keyof TrafficRoutingGuardProps, problem: string) {
    super(`TrafficRoutingGuard: \`${prop}\` ${problem}`);
  }
}

/** The props that have scalar values, with defaults in place and bounds checked. */
export interface GuardSettings {
  readonly leaseSeconds: number;
  readonly clockSkewSeconds: number;
  readonly connectMs: number;
  readonly readMs: number;
  readonly budgetMs: number;
  readonly headCopies: number;
  readonly memorySize: number;
  readonly httpRateLimit: number;
  readonly httpBurstLimit: number;
  readonly additionalCommitPublicKeys: readonly string[];
  readonly founderKeys: readonly string[];
  readonly reservedConcurrency: number | undefined;
  readonly provisionedConcurrency: number | undefined;
  readonly httpAccess: HttpAccess;
  readonly release: Release;
  readonly callers: readonly string[];
  /** JSON of `monitoring.knownAnswers`; empty for none. */
  readonly knownAnswers: string;
}

/**
 * @param context the context value `founderKeys`
 * @throws {GuardPropError} for the first prop that is out of its bounds
 */
export function guardSettings(
  props: TrafficRoutingGuardProps,
  functionTimeoutMs: number,
  context: unknown,
): GuardSettings {
  const settings: GuardSettings = {
    leaseSeconds: seconds('lease', props.lease ?? Duration.seconds(5), 1, 300),
    clockSkewSeconds: seconds('clockSkew', props.clockSkew ?? Duration.seconds(2), 0, 60),
    connectMs: milliseconds('connectTimeout', props.connectTimeout ?? Duration.millis(150), 10, 1000),
    readMs: milliseconds('readTimeout', props.readTimeout ?? Duration.millis(250), 10, 1000),
    budgetMs: milliseconds('decisionBudget', props.decisionBudget ?? Duration.millis(1500), 100, 30_000),
    headCopies: integer('headCopies', props.headCopies ?? 1, 1, MOST_HEAD_COPIES),
    memorySize: integer('memorySize', props.memorySize ?? 512, 256, 10_240),
    httpRateLimit: integer('httpRateLimit', props.httpRateLimit ?? 200, 1, 10_000),
    httpBurstLimit: integer('httpBurstLimit', props.httpBurstLimit ?? 400, 1, 10_000),
    additionalCommitPublicKeys: publicKeys(props.additionalCommitPublicKeys ?? []),
    founderKeys: founders(props.founderKeys ?? context),
    reservedConcurrency: concurrency('reservedConcurrency', props.reservedConcurrency),
    provisionedConcurrency: concurrency('provisionedConcurrency', props.provisionedConcurrency),
    httpAccess: oneOf('httpAccess', props.httpAccess ?? 'regional', ['none', 'private', 'regional']),
    release: oneOf('release', props.release ?? 'none', ['canary', 'none']),
    callers: accounts(props.callers ?? []),
    knownAnswers: knownAnswersText(props.monitoring),
  };
  checkTogether(props, settings);
  checkAdopted(props.adopt);
  checkStandby(props);
  const keys = [...settings.founderKeys, ...settings.additionalCommitPublicKeys];
  if (keys.join().length > MAX_KEYS)
    throw new GuardPropError(
      'additionalCommitPublicKeys',
      `must be at most ${MAX_KEYS} characters with \`founderKeys\`, joined by commas`,
    );
  const said = [...keys, settings.knownAnswers];
  if (said.join().length > MAX_SAID)
    throw new GuardPropError(
      'monitoring',
      `.knownAnswers must be at most ${MAX_SAID} characters of JSON, less those of \`founderKeys\` and \`additionalCommitPublicKeys\``,
    );
  const twoAttempts = 2 * (settings.connectMs + settings.readMs);
  if (settings.budgetMs < twoAttempts)
    throw new GuardPropError('decisionBudget', `must hold two attempts at one read (${twoAttempts} ms)`);
  if (settings.budgetMs > functionTimeoutMs - 500)
    throw new GuardPropError('decisionBudget', `must be at most ${functionTimeoutMs - 500} ms`);
  if (settings.httpBurstLimit < settings.httpRateLimit)
    throw new GuardPropError('httpBurstLimit', 'must be at least `httpRateLimit`');
  return settings;
}

type Prop = keyof TrafficRoutingGuardProps;

function integer(prop: Prop, value: number, least: number, most: number, unit = ''): number {
  const inBounds = Number.isInteger(value) && value >= least && value <= most;
  if (!inBounds) throw new GuardPropError(prop, `must be a whole number from ${least} to ${most}${unit}`);
  return value;
}

function milliseconds(prop: Prop, value: Duration, least: number, most: number): number {
  return integer(prop, value.toMilliseconds(), least, most, ' ms');
}

function seconds(prop: Prop, value: Duration, least: number, most: number): number {
  return integer(prop, value.toSeconds({ integral: false }), least, most, ' seconds');
}

function concurrency(prop: Prop, value: number | undefined): number | undefined {
  return value === undefined ? undefined : integer(prop, value, 1, 10_000);
}

function oneOf<T extends string>(prop: Prop, value: T, allowed: readonly T[]): T {
  if (!allowed.includes(value)) throw new GuardPropError(prop, `must be one of ${allowed.join(', ')}`);
  return value;
}

function accounts(callers: readonly string[]): readonly string[] {
  const bad = callers.findIndex((account) => !Token.isUnresolved(account) && !/^\d{12}$/.test(account));
  if (bad !== -1) throw new GuardPropError('callers', `[${bad}] is no account: twelve digits`);
  return callers;
}

/** A function's variables hold 4 KB together, and names and digests take about 1 KB of the release hook's. */
const MAX_SAID = 3000;
/** Of those of `registry`, which asks whoever reads before a new format, they take twice as much. */
const MAX_KEYS = 2000;

function knownAnswersText(monitoring: TrafficRoutingGuardProps['monitoring']): string {
  if (monitoring === undefined || monitoring === false || monitoring.knownAnswers === undefined) return '';
  const text = JSON.stringify(monitoring.knownAnswers);
  try {
    readKnownAnswers(text);
  } catch (error) {
    throw new GuardPropError(
      'monitoring',
      `.knownAnswers: ${error instanceof Error ? error.message : 'malformed'}`,
    );
  }
  return text;
}

/** Props that only make sense together. */
function checkTogether(props: TrafficRoutingGuardProps, settings: GuardSettings): void {
  const { reservedConcurrency: reserved, provisionedConcurrency: warm } = settings;
  if (reserved !== undefined && warm !== undefined && warm > reserved)
    throw new GuardPropError('provisionedConcurrency', 'must be at most `reservedConcurrency`');
  if (props.acknowledgedFlips !== undefined && !/^sha256:[0-9a-f]{64}$/.test(props.acknowledgedFlips))
    throw new GuardPropError('acknowledgedFlips', 'must be a digest: sha256: and 64 hexadecimal digits');
  if (settings.httpAccess === 'private' && props.vpc === undefined)
    throw new GuardPropError('httpAccess', '"private" needs `vpc`');
  const { pdpIdentifier } = props;
  if (pdpIdentifier !== undefined && !Token.isUnresolved(pdpIdentifier) && !isIdentifierUrl(pdpIdentifier))
    throw new GuardPropError('pdpIdentifier', 'must be an https URL without query and trailing slash');
  const http = ['httpAuthorizer', 'pdpIdentifier', 'publicDiscovery'] as const;
  const idle = http.find((prop) => props[prop] !== undefined);
  if (settings.httpAccess === 'none' && idle !== undefined)
    throw new GuardPropError(idle, 'needs an HTTP door: `httpAccess` is "none"');
  if (settings.httpAccess === 'none' && props.webAclArn !== undefined)
    throw new GuardPropError('webAclArn', 'needs an HTTP door: `httpAccess` is "none"');
  if (props.vpc === undefined && (props.vpcSubnets !== undefined || props.endpoints !== undefined))
    throw new GuardPropError(props.vpcSubnets === undefined ? 'endpoints' : 'vpcSubnets', 'needs `vpc`');
  if (props.fips === true && props.vpc !== undefined && props.endpoints !== 'existing')
    throw new GuardPropError(
      'fips',
      'in a `vpc` needs endpoints for the FIPS names: `endpoints: "existing"`',
    );
  if (settings.release === 'canary' && props.monitoring === false)
    throw new GuardPropError('release', '"canary" needs `monitoring`: its alarms roll back');
  if (props.serviceName !== undefined && !/^[A-Za-z0-9.-]{1,64}$/.test(props.serviceName))
    throw new GuardPropError('serviceName', 'must be letters, digits, dots and dashes, at most 64');
  checkBudget(props.monitoring);
  const { silenceMinutes } = (props.monitoring === false ? {} : props.monitoring?.thresholds) ?? {};
  if (
    silenceMinutes !== undefined &&
    !(silenceMinutes >= 5 && silenceMinutes <= 60 && silenceMinutes % 5 === 0)
  )
    throw new GuardPropError('monitoring', '.thresholds.silenceMinutes must be 5 to 60 in steps of 5');
}

const TABLES = ['objects', 'state', 'floor'] as const satisfies readonly (keyof AdoptedTables)[];

function checkAdopted(adopt: AdoptedTables | undefined): void {
  if (adopt === undefined) return;
  const wrong = (problem: string) => new GuardPropError('adopt', problem);
  const given = Object.entries(adopt).filter(([, name]) => name !== undefined);
  const known: readonly string[] = TABLES;
  const unknown = given.find(([member]) => !known.includes(member));
  if (unknown !== undefined) throw wrong(`.${unknown[0]} is no table: ${TABLES.join(', ')}`);
  if (given.length === 0) throw wrong(`must name a table, or be left out: ${TABLES.join(', ')}`);
  for (const [member, name] of given)
    if (!Token.isUnresolved(name) && !TABLE_NAME.test(name))
      throw wrong(
        `.${member} must be the name of a table of this account and Region, not its ARN: 3 to 255 letters, digits, dots, dashes, underscores`,
      );
  const names = given.map(([, name]) => name);
  if (new Set(names).size < names.length) throw wrong('must name a table of its own for each');
}

function checkStandby({ standbyOf, adopt, additionalCommitPublicKeys = [] }: TrafficRoutingGuardProps): void {
  if (standbyOf === undefined) return;
  const problem =
    standbyProblem(standbyOf) ??
    (adopt === undefined ? null : 'has tables of its own: not together with `adopt`') ??
    (additionalCommitPublicKeys.length > 0
      ? null
      : 'needs the public half of the first Region’s signing key in `additionalCommitPublicKeys`');
  if (problem !== null) throw new GuardPropError('standbyOf', problem);
}

/** AWS Budgets takes ten addresses a notification, and a tag as `key$value`. */
function checkBudget(monitoring: TrafficRoutingGuardProps['monitoring']): void {
  if (monitoring === undefined || monitoring === false) return;
  const { monthlyBudgetUsd: usd, budgetEmails: to, budgetTag: tag, notify } = monitoring;
  const wrong = (problem: string) => new GuardPropError('monitoring', problem);
  if (usd === undefined && (to !== undefined || tag !== undefined))
    throw wrong('.budgetEmails and .budgetTag need .monthlyBudgetUsd');
  if (usd === undefined) return;
  if (!(usd > 0 && usd <= 1_000_000)) throw wrong('.monthlyBudgetUsd must be more than 0, at most 1000000');
  if (to === undefined && notify !== undefined)
    throw wrong('.budgetEmails must be given: `notify` has no topic');
  const isAddress = (each: string) => /^[^\s@]+@[^\s@]+$/.test(each);
  if (to !== undefined && !(to.length > 0 && to.length <= 10 && to.every(isAddress)))
    throw wrong('.budgetEmails must be one to ten addresses');
  if (tag !== undefined && !/^[^$]+\$.+$/.test(tag)) throw wrong('.budgetTag must be key$value');
}

/** Base64 of a DER `SubjectPublicKeyInfo` for P-384 is 160 characters: 120 bytes, no padding. */
const P384_SPKI = /^[A-Za-z0-9+/]{160}$/;

function publicKeys(keys: readonly string[]): readonly string[] {
  const bad = keys.findIndex((key) => !P384_SPKI.test(key));
  if (bad !== -1)
    throw new GuardPropError('additionalCommitPublicKeys', `[${bad}] is no base64 DER (SPKI) of a P-384 key`);
  return keys;
}

const MOST_FOUNDERS = 8;

function founders(given: unknown): readonly string[] {
  const keys: unknown = typeof given === 'string' ? given.split(',') : given;
  if (keys === undefined)
    throw new GuardPropError(
      'founderKeys',
      'must be given, or the context value `founderKeys`: the public keys of two to eight people who sign the first version, each made by `routeguard registry key new --out FILE`',
    );
  const isText = Array.isArray(keys) && keys.every((key): key is string => typeof key === 'string');
  if (!isText || keys.length > MOST_FOUNDERS)
    throw new GuardPropError('founderKeys', `must be two to ${MOST_FOUNDERS} public keys`);
  // What only the deployment knows, every function reads by the same rule, and does not start with anything else.
  if (keys.length === 1 && Token.isUnresolved(keys[0])) return keys;
  try {
    return parseFounderKeys(keys.join(','));
  } catch (error) {
    throw new GuardPropError('founderKeys', error instanceof Error ? `are no ${error.message}` : 'malformed');
  }
}
