import { CfnOutput, type aws_iam as iam, aws_logs as logs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CommitPublicKey } from './commit-public-key.ts';
import { type FunctionName, functionSpec } from './functions.ts';
import { GuardFunction } from './guard-function.ts';
import { guardSettings, type TrafficRoutingGuardProps } from './guard-props.ts';
import { HttpApi } from './http-api.ts';
import { GuardKeys } from './keys.ts';
import { defaultOutput } from './project-paths.ts';
import { RegistryTables } from './tables.ts';

/**
 * A traffic-routing guard: the registry's tables and keys, the function that decides, and its HTTP door.
 *
 * @throws {GuardPropError} when a prop is out of its bounds
 */
export class TrafficRoutingGuard extends Construct {
  readonly keys: GuardKeys;
  readonly tables: RegistryTables;
  /** Direct invocation, by its alias `live`. */
  readonly decide: GuardFunction;
  /** `POST /v1/decide`; invoked by API Gateway alone. */
  readonly decideHttp: GuardFunction;
  readonly http: HttpApi;

  constructor(scope: Construct, id: string, props: TrafficRoutingGuardProps = {}) {
    super(scope, id);
    const settings = guardSettings(props, functionSpec('decide').timeout * 1000);
    const logRetention = props.logRetention ?? logs.RetentionDays.ONE_YEAR;
    this.keys = new GuardKeys(this, 'Keys');
    this.tables = new RegistryTables(this, 'Tables', this.keys.data);

    const define = (id: string, name: FunctionName, memory?: number, environment = {}): GuardFunction => {
      const spec = functionSpec(name);
      return new GuardFunction(this, id, {
        spec,
        assets: props.assets ?? defaultOutput,
        environment,
        memorySize: memory ?? spec.memory,
        logRetention,
        encryptionKey: this.keys.data,
      });
    };
    const commitKey = new CommitPublicKey(
      this,
      'CommitPublicKey',
      define('CommitKey', 'commit-key'),
      this.keys.signing,
    );
    const environment = {
      OBJECTS_TABLE: this.tables.objects.tableName,
      STATE_TABLE: this.tables.state.tableName,
      COMMIT_PUBLIC_KEYS: [commitKey.value, ...settings.additionalCommitPublicKeys].join(','),
      DYNAMODB_CONNECT_MS: String(settings.connectMs),
      DYNAMODB_READ_MS: String(settings.readMs),
      DECIDE_BUDGET_MS: String(settings.budgetMs),
      LEASE_SECONDS: String(settings.leaseSeconds),
      CLOCK_SKEW_SECONDS: String(settings.clockSkewSeconds),
    };
    this.decide = define('Decide', 'decide', settings.memorySize, environment);
    this.decideHttp = define('DecideHttp', 'decide-http', settings.memorySize, environment);
    this.tables.grantRead(this.decide.role);
    this.tables.grantRead(this.decideHttp.role);
    this.http = new HttpApi(this, 'Http', {
      decide: this.decideHttp.live,
      rateLimit: settings.httpRateLimit,
      burstLimit: settings.httpBurstLimit,
      logRetention,
      encryptionKey: this.keys.data,
      accountRole: props.apiGatewayAccountRole ?? true,
    });
    this.#outputs();
  }

  /** Lets a role ask for decisions by direct invocation, through the alias `live` only. */
  grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return this.decide.live.grantInvoke(grantee);
  }

  /** Lets a role publish: insert objects, move HEAD, sign commits. One role of a guard should hold this. */
  grantPublish(role: iam.IRole): void {
    this.tables.grantPublish(role);
    this.keys.grantSign(role);
  }

  #outputs(): void {
    const outputs: readonly [id: string, value: string, description: string][] = [
      ['DecideFunctionName', this.decide.function.functionName, 'Invoke this with the qualifier "live"'],
      ['DecideAliasArn', this.decide.live.functionArn, 'What a caller of the guard is granted and invokes'],
      ['DecideBuild', this.decide.buildDigest, 'The build that decisions of direct invocation name'],
      ['DecideHttpBuild', this.decideHttp.buildDigest, 'The build that decisions over HTTP name'],
      ['HttpUrl', this.http.api.url, 'Base URL of the HTTP door: POST v1/decide, signed with SigV4'],
      ['ObjectsTableName', this.tables.objects.tableName, 'Immutable objects of the registry'],
      ['StateTableName', this.tables.state.tableName, 'HEAD, proposals and jobs'],
      ['SigningKeyArn', this.keys.signing.keyArn, 'Signs the commits of the registry'],
    ];
    for (const [id, value, description] of outputs) new CfnOutput(this, id, { value, description });
  }
}
