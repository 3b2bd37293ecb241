/** What the platform itself says of a guard's functions, tables and HTTP door, as CloudWatch names it. */
import { type aws_apigateway as apigateway, aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import type { GuardFunction } from '../guard-function.ts';
import type { RegistryTable } from '../tables.ts';

export interface PlatformProps {
  /** The functions that answer callers: at most three, because an alarm adds up at most ten metrics. */
  readonly decide: readonly GuardFunction[];
  /** Those of them that the HTTP door asks: for decisions, and for what AuthZEN and best-path ask. */
  readonly decideHttp?: GuardFunction;
  readonly access?: GuardFunction;
  /** Full explanations, for auditors. */
  readonly explain?: GuardFunction;
  /** Whatever else runs: what administers the registry, board and watch. */
  readonly support: readonly GuardFunction[];
  /** Its time says nothing that `ProbeSilent` does not. */
  readonly probe: GuardFunction;
  /** Sets the emergency stop. */
  readonly stop?: GuardFunction;
  /** Whether the probe has a way to the stop's door. */
  readonly isStopRehearsed: boolean;
  /** Copies the first Region's registry: by plan for as long as a run may take, so that its time says nothing. */
  readonly standby?: GuardFunction;
  readonly api?: apigateway.RestApi;
  readonly tables: Readonly<Record<'objects' | 'state' | 'floor', RegistryTable>>;
}

/** CloudWatch's limit: "A math expression used for an alarm can include as many as 10 metrics". */
export const MOST_METRICS = 10;

const minute = Duration.minutes(1);

/** By table: the operations the guard uses on it, as AWS/DynamoDB names them in its dimension `Operation`. */
const OPERATIONS = {
  objects: ['BatchGetItem', 'BatchExecuteStatement'],
  state: ['GetItem', 'PutItem', 'Query'],
  floor: ['Query', 'ExecuteStatement'],
} as const;

const TABLES = ['objects', 'state', 'floor'] as const;

type Metrics = readonly cloudwatch.Metric[];

export class PlatformMetrics {
  readonly #props: PlatformProps;

  constructor(props: PlatformProps) {
    this.#props = props;
  }

  /** Errors of what decides, by its alias `live`: the probe's questions are told by the probe. */
  errors(period = minute): Metrics {
    return this.#deciders().map(({ live }) => live.metricErrors({ period, statistic: 'Sum' }));
  }

  throttles(period = minute): Metrics {
    return this.#deciders().map(({ live }) => live.metricThrottles({ period, statistic: 'Sum' }));
  }

  /** Questions of callers that got no answer at all: errors and throttles of the functions that answer them. */
  unanswered(period: Duration, functions = this.#props.decide): Metrics {
    const of = { period, statistic: 'Sum' };
    return functions.flatMap(({ live }) => [live.metricErrors(of), live.metricThrottles(of)]);
  }

  /** Those that `POST /v1/decide` has nothing to do with. */
  unansweredElsewhere(period: Duration): Metrics {
    const { decide, decideHttp } = this.#props;
    return this.unanswered(
      period,
      decide.filter((each) => each !== decideHttp),
    );
  }

  /** Of those, what died (`Errors`) or was throttled behind `POST /v1/decide`, or behind AuthZEN and best-path: the door can only pass it on. */
  behindTheDoor(door: 'decide' | 'access', what: 'Errors' | 'Throttles', period = minute): Metrics {
    const { decideHttp, access } = this.#props;
    const behind = door === 'decide' ? decideHttp : access;
    return behind === undefined ? [] : [behind.live.metric(what, { period, statistic: 'Sum' })];
  }

  supportErrors(): Metrics {
    return this.#support().map((each) => each.function.metricErrors({ period: minute, statistic: 'Sum' }));
  }

  supportThrottles(): Metrics {
    return this.#support().map((each) => each.function.metricThrottles({ period: minute, statistic: 'Sum' }));
  }

  get isStopRehearsed(): boolean {
    return this.#props.isStopRehearsed;
  }

  /** Errors and throttles of the stop, where there is one. */
  stopRefusals(): Metrics | undefined {
    const { stop } = this.#props;
    const of = { period: minute, statistic: 'Sum' };
    return stop && [stop.live.metricErrors(of), stop.live.metricThrottles(of)];
  }

  /** The longest run of each function but the probe, and its timeout, in milliseconds. */
  durations(): readonly { readonly metric: cloudwatch.Metric; readonly timeoutMs: number }[] {
    const { support, stop } = this.#props;
    return [...this.#deciders(), ...support, ...(stop === undefined ? [] : [stop])].map((each) => ({
      metric: each.function.metricDuration({ period: minute, statistic: 'Maximum' }),
      timeoutMs: (each.function.timeout ?? Duration.seconds(3)).toMilliseconds(),
    }));
  }

  databaseThrottles(): Metrics {
    return TABLES.map((name) => this.#props.tables[name]).flatMap((table) =>
      ['ReadThrottleEvents', 'WriteThrottleEvents'].map((name) =>
        table.metric(name, { period: minute, statistic: 'Sum' }),
      ),
    );
  }

  /** DynamoDB counts its own errors by operation. */
  databaseErrors(): Metrics {
    const { tables } = this.#props;
    return TABLES.flatMap((name) =>
      OPERATIONS[name].map((Operation) =>
        tables[name].metric('SystemErrors', {
          period: minute,
          statistic: 'Sum',
          dimensionsMap: { TableName: tables[name].tableName, Operation },
        }),
      ),
    );
  }

  get hasDoor(): boolean {
    return this.#props.api !== undefined;
  }

  /** Of `POST /v1/decide`: the registry's methods may take long, and fail alone. Undefined without an HTTP door. */
  door(
    metricName: '5XXError' | 'Latency',
    statistic: string,
    period = minute,
  ): cloudwatch.Metric | undefined {
    const { api } = this.#props;
    return (
      api &&
      new cloudwatch.Metric({
        namespace: 'AWS/ApiGateway',
        metricName,
        dimensionsMap: {
          ApiName: api.restApiName,
          Method: 'POST',
          Resource: '/v1/decide',
          Stage: api.deploymentStage.stageName,
        },
        statistic,
        period,
        label: `POST /v1/decide ${metricName}`,
      })
    );
  }

  #support(): readonly GuardFunction[] {
    const { support, probe, standby } = this.#props;
    return [...support, probe, ...(standby === undefined ? [] : [standby])];
  }

  #deciders(): readonly GuardFunction[] {
    const { decide, explain } = this.#props;
    return [...decide, ...(explain === undefined ? [] : [explain])];
  }
}
