import type { aws_logs } from 'aws-cdk-lib';
import { Duration, Token } from 'aws-cdk-lib';

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
}

/** A prop out of its bounds. The message starts with the construct's and the prop's name. */
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
  readonly memorySize: number;
  readonly httpRateLimit: number;
  readonly httpBurstLimit: number;
  readonly additionalCommitPublicKeys: readonly string[];
}

/** @throws {GuardPropError} for the first prop that is out of its bounds */
export function guardSettings(props: TrafficRoutingGuardProps, functionTimeoutMs: number): GuardSettings {
  const settings: GuardSettings = {
    leaseSeconds: seconds('lease', props.lease ?? Duration.seconds(5), 1, 300),
    clockSkewSeconds: seconds('clockSkew', props.clockSkew ?? Duration.seconds(2), 0, 60),
    connectMs: milliseconds('connectTimeout', props.connectTimeout ?? Duration.millis(150), 10, 1000),
    readMs: milliseconds('readTimeout', props.readTimeout ?? Duration.millis(250), 10, 1000),
    budgetMs: milliseconds('decisionBudget', props.decisionBudget ?? Duration.millis(1500), 100, 30_000),
    memorySize: integer('memorySize', props.memorySize ?? 512, 256, 10_240),
    httpRateLimit: integer('httpRateLimit', props.httpRateLimit ?? 200, 1, 10_000),
    httpBurstLimit: integer('httpBurstLimit', props.httpBurstLimit ?? 400, 1, 10_000),
    additionalCommitPublicKeys: publicKeys(props.additionalCommitPublicKeys ?? []),
  };
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
  const inBounds = !Token.isUnresolved(value) && Number.isInteger(value) && value >= least && value <= most;
  if (!inBounds) throw new GuardPropError(prop, `must be a whole number from ${least} to ${most}${unit}`);
  return value;
}

function milliseconds(prop: Prop, value: Duration, least: number, most: number): number {
  return integer(prop, value.toMilliseconds(), least, most, ' ms');
}

function seconds(prop: Prop, value: Duration, least: number, most: number): number {
  return integer(prop, value.toSeconds({ integral: false }), least, most, ' seconds');
}

/** Base64 of a DER `SubjectPublicKeyInfo` for P-384 is 160 characters: 120 bytes, no padding. */
const P384_SPKI = /^[A-Za-z0-9+/]{160}$/;

function publicKeys(keys: readonly string[]): readonly string[] {
  const bad = keys.findIndex((key) => !P384_SPKI.test(key));
  if (bad !== -1)
    throw new GuardPropError('additionalCommitPublicKeys', `[${bad}] is no base64 DER (SPKI) of a P-384 key`);
  return keys;
}
