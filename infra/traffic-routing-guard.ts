import {
  Annotations,
  CfnOutput,
  type aws_cloudwatch as cloudwatch,
  aws_ec2 as ec2,
  aws_iam as iam,
  type aws_kms as kms,
  type aws_lambda as lambda,
  aws_logs as logs,
  Names,
  Stack,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FORMAT } from '../functions/core/facts/format.ts';
import { PROBE_ALIAS } from '../functions/decide/probe-alias.ts';
import { LIVE_ALIAS } from '../functions/registry/live-alias.ts';
import { READS_FORMAT } from '../functions/registry/reads-format.ts';
import type { ServedBy } from '../functions/registry/routes.ts';
import { addAccessMethods, grantAsk } from './access-api.ts';
import { type CapacityPlan, capacityPlan, reservedFor } from './capacity.ts';
import { CommitPublicKey } from './commit-public-key.ts';
import { type FunctionName, functionSpec } from './functions.ts';
import { grantRehearse, REHEARSAL_PATH, RegistryGrants } from './grants.ts';
import { type FunctionSurroundings, GuardFunction } from './guard-function.ts';
import { GuardNetwork } from './guard-network.ts';
import {
  GuardPropError,
  type GuardSettings,
  guardSettings,
  type TrafficRoutingGuardProps,
} from './guard-props.ts';
import { HttpApi } from './http-api.ts';
import { GuardKeys } from './keys.ts';
import type { MetricAlarmName } from './monitoring/alarm-catalogue.ts';
import { GuardMonitoring, type GuardMonitoringProps } from './monitoring/guard-monitoring.ts';
import { defaultOutput } from './project-paths.ts';
import { addRegistryMethods } from './registry-api.ts';
import { CanaryRelease } from './release.ts';
import { everyMinute } from './schedule.ts';
import type { StandbySource } from './standby-source.ts';
import { RegistryTables } from './tables.ts';

type Variables = Readonly<Record<string, string>>;

/**
 * A traffic-routing guard: the registry's tables and keys, the function that decides, its HTTP door, and whatever
 * watches them.
 *
 * @throws {GuardPropError} when a prop is out of its bounds
 * @example
 * export const guard = new TrafficRoutingGuard(stack, 'Guard', {
 *   founderKeys: ['MCow…', 'MCow…'],
 *   httpAccess: 'none',
 *   callers: ['123456789012'],
 * });
 */
export class TrafficRoutingGuard extends Construct {
  readonly keys: GuardKeys;
  readonly tables: RegistryTables;
  /** Direct invocation, by its alias `live`. */
  readonly decide: GuardFunction;
  /** `POST /v1/decide`; invoked by API Gateway alone. Absent where `httpAccess` is `none`. */
  readonly decideHttp: GuardFunction | undefined;
  readonly http: HttpApi | undefined;
  /** AuthZEN and `POST /v1/best-path`. Absent where `httpAccess` is `none`. */
  readonly access: GuardFunction | undefined;
  /** `POST /v1/audit/explain`. Absent where `httpAccess` is `none`. */
  readonly explain: GuardFunction | undefined;
  /** `/v1/registry/…`: what two people agree to, published and signed. Absent where `httpAccess` is `none`. */
  readonly registry: GuardFunction | undefined;
  /** Holds and revocations, published and signed; with executions that nothing else can use. Absent where `httpAccess` is `none`. */
  readonly stop: GuardFunction | undefined;
  /** Simulations, forecasts and audits of the registry, in slices; it publishes nothing. Absent where `httpAccess` is `none`. */
  readonly jobs: GuardFunction | undefined;
  /** `/v1/registry-purge/…`; the only function that may overwrite an object. Absent where `httpAccess` is `none`. */
  readonly purge: GuardFunction | undefined;
  /** Draws the dashboard's board. Absent without monitoring. */
  readonly board: GuardFunction | undefined;
  /** Copies the registry of the first Region. Absent without `standbyOf`. */
  readonly standby: GuardFunction | undefined;
  readonly monitoring: GuardMonitoring | undefined;
  /** Canary releases of what decides, where they are asked for. */
  readonly release: CanaryRelease | undefined;
  /** The guard's name in metrics. */
  readonly serviceName: string;
  readonly #props: TrafficRoutingGuardProps;
  readonly #settings: GuardSettings;
  readonly #surroundings: FunctionSurroundings;
  /** Functions that read the registry. */
  readonly #readers: GuardFunction[] = [];
  readonly #keyReader: GuardFunction;
  readonly #grants = new RegistryGrants();
  readonly #network: GuardNetwork | undefined;
  readonly #defined: FunctionName[] = [];

  constructor(scope: Construct, id: string, props: TrafficRoutingGuardProps = {}) {
    super(scope, id);
    this.#props = props;
    this.#settings = guardSettings(
      props,
      functionSpec('decide').timeout * 1000,
      this.node.tryGetContext('founderKeys'),
    );
    this.serviceName = props.serviceName ?? Names.uniqueResourceName(this, { maxLength: 64, separator: '-' });
    this.keys = new GuardKeys(this, 'Keys', {
      ...(props.encryptionKey !== undefined && { data: props.encryptionKey }),
      ...(props.signingKey !== undefined && { signing: props.signingKey }),
    });
    this.tables = new RegistryTables(this, 'Tables', this.keys.data, props.adopt);
    const network = this.#makeNetwork();
    this.#network = network;
    this.#surroundings = {
      assets: props.assets ?? defaultOutput,
      logRetention: props.logRetention ?? logs.RetentionDays.ONE_YEAR,
      encryptionKey: this.keys.data,
      dataProtection: props.dataProtection ?? true,
      ...(props.permissionsBoundary !== undefined && { permissionsBoundary: props.permissionsBoundary }),
      ...(network !== undefined && {
        network: {
          vpc: network.vpc,
          group: network.group,
          ...(network.subnets !== undefined && { subnets: network.subnets }),
        },
      }),
    };
    this.#keyReader = this.#define('CommitKey', 'commit-key', {});
    const registry = this.#registryVariables();
    const deciding = this.#decidingVariables(registry);
    this.decide = this.#define('Decide', 'decide', deciding, { decides: true, warm: true });
    this.tables.grantRead(this.decide.role);
    this.#admitCallers();
    if (this.#settings.httpAccess !== 'none') {
      this.decideHttp = this.#define('DecideHttp', 'decide-http', deciding, { decides: true });
      this.tables.grantRead(this.decideHttp.role);
      this.http = this.#http(this.decideHttp, network);
      [this.access, this.explain] = this.#asking(deciding, this.http);
      const administration = this.#administration(registry, this.http);
      this.registry = administration.registry;
      this.stop = administration.stop;
      this.jobs = administration.jobs;
      this.purge = administration.purge;
    }
    if (props.standbyOf !== undefined) this.standby = this.#copying(registry, props.standbyOf);
    if (props.monitoring !== false) {
      this.board = this.#define('Board', 'board', registry);
      this.tables.grantRead(this.board.role);
      const watched = this.#watchOver(registry, this.board);
      this.monitoring = watched.monitoring;
      if (this.#settings.release === 'canary') this.release = this.#release(watched, registry);
    }
    this.#tellReaders();
    this.#bringStopLast();
    this.#tellCapacity();
    this.#tellAdopted();
    this.#outputs(registry);
  }

  /** Lets a role ask for decisions by direct invocation, through the alias `live` only. */
  grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return this.decide.live.grantInvoke(grantee);
  }

  /** Lets somebody ask over HTTP: decisions, AuthZEN, best path. Without effect where `httpAuthorizer` admits callers. */
  grantAsk(grantee: iam.IGrantable): iam.Grant {
    return grantAsk(grantee, this.#api('grantAsk'));
  }

  /** Lets somebody in the VPC reach the private HTTP door; what they may ask is IAM's business. */
  admitHttp(peer: ec2.IPeer): void {
    const endpoint = this.#network?.apiEndpoint;
    if (endpoint === undefined)
      throw new GuardPropError('httpAccess', 'must be "private", with endpoints made here, for `admitHttp`');
    endpoint.connections.allowFrom(peer, ec2.Port.tcp(443), 'A caller of the HTTP door');
  }

  /** Lets a role propose for an authority (its id in the registry). @throws Error if it may approve for it */
  grantPropose(role: iam.IRole, authority: string): iam.Grant {
    return this.#grants.give(role, 'propose', authority, this.#api('grantPropose'));
  }

  /** Lets a role approve for an authority. @throws Error if it may propose for it */
  grantApprove(role: iam.IRole, authority: string): iam.Grant {
    return this.#grants.give(role, 'approve', authority, this.#api('grantApprove'));
  }

  /** Lets a role stop traffic at once. */
  grantHold(role: iam.IRole): iam.Grant {
    return this.#grants.give(role, 'hold', undefined, this.#api('grantHold'));
  }

  /** Lets a role read and verify the registry and its history, and have answers explained in full. */
  grantAudit(role: iam.IRole): iam.Grant {
    return this.#grants.give(role, 'audit', undefined, this.#api('grantAudit'));
  }

  /**
   * Lets a role ask for a purge, and approve one: for break-glass, and for two roles. Which of them may do which is said by
   * the registry's own facts, and nobody does both.
   */
  grantPurge(role: iam.IRole): iam.Grant {
    return this.#grants.give(role, 'purge', undefined, this.#api('grantPurge'));
  }

  /** Lets a role see the board on the dashboard. */
  grantBoard(grantee: iam.IGrantable): iam.Grant {
    if (this.board === undefined)
      throw new GuardPropError('monitoring', 'must not be false for `grantBoard`');
    return this.board.live.grantInvoke(grantee);
  }

  #api(method: string) {
    if (this.http === undefined)
      throw new GuardPropError('httpAccess', `must not be "none" for \`${method}\``);
    return this.http.api;
  }

  #makeNetwork(): GuardNetwork | undefined {
    const { vpc, vpcSubnets, endpoints, monitoring } = this.#props;
    if (vpc === undefined) return undefined;
    return new GuardNetwork(this, 'Network', {
      vpc,
      createEndpoints: (endpoints ?? 'create') === 'create',
      api: this.#settings.httpAccess === 'private',
      monitoring: monitoring !== false,
      administered: this.#settings.httpAccess !== 'none',
      ...(vpcSubnets !== undefined && { subnets: vpcSubnets }),
    });
  }

  #define(
    id: string,
    name: FunctionName,
    environment: Variables,
    how: { readonly decides?: boolean; readonly warm?: boolean; readonly outside?: boolean } = {},
  ): GuardFunction {
    const spec = functionSpec(name);
    this.#defined.push(name);
    const { memorySize, reservedConcurrency, provisionedConcurrency } = this.#settings;
    const role = this.#props.roles?.[name];
    const { network, ...surroundings } = this.#surroundings;
    const made = new GuardFunction(this, id, {
      ...surroundings,
      ...(network !== undefined && how.outside !== true && { network }),
      spec,
      environment:
        this.#props.fips === true ? { ...environment, AWS_USE_FIPS_ENDPOINT: 'true' } : environment,
      memorySize: how.decides === true ? memorySize : spec.memory,
      ...(role !== undefined && { role }),
      ...(reservedConcurrency !== undefined && {
        reservedConcurrency: reservedFor(name, reservedConcurrency),
      }),
      ...(how.warm === true && provisionedConcurrency !== undefined && { provisionedConcurrency }),
    });
    if (environment[READS_FORMAT] !== undefined) this.#readers.push(made);
    return made;
  }

  #publicKey(id: string, key: kms.IKey): CommitPublicKey {
    return new CommitPublicKey(this, id, this.#keyReader, key, this.#network?.ways ?? []);
  }

  #registryVariables(): Variables {
    const commitKey = this.#publicKey('CommitPublicKey', this.keys.signing);
    return {
      OBJECTS_TABLE: this.tables.objects.tableName,
      STATE_TABLE: this.tables.state.tableName,
      FLOOR_TABLE: this.tables.floor.tableName,
      COMMIT_PUBLIC_KEYS: [commitKey.value, ...this.#settings.additionalCommitPublicKeys].join(','),
      FOUNDER_KEYS: this.#settings.founderKeys.join(','),
      SERVICE_NAME: this.serviceName,
      [READS_FORMAT]: String(FORMAT),
    };
  }

  #decidingVariables(registry: Variables): Variables {
    const { connectMs, readMs, budgetMs } = this.#settings;
    return {
      ...this.#timedVariables(registry),
      DYNAMODB_CONNECT_MS: String(connectMs),
      DYNAMODB_READ_MS: String(readMs),
      DECIDE_BUDGET_MS: String(budgetMs),
    };
  }

  /** What those who decide and those who publish have to agree on. */
  #timedVariables(registry: Variables): Variables {
    const { headCopies, leaseSeconds, clockSkewSeconds } = this.#settings;
    return {
      ...registry,
      LEASE_SECONDS: String(leaseSeconds),
      CLOCK_SKEW_SECONDS: String(clockSkewSeconds),
      HEAD_COPIES: String(headCopies),
    };
  }

  /** Another account's roles need both sides: this permission, and a policy of their own. */
  #admitCallers(): void {
    for (const account of this.#settings.callers)
      this.decide.live.addPermission(`Caller${account}`, { principal: new iam.AccountPrincipal(account) });
  }

  #http(target: GuardFunction, network: GuardNetwork | undefined): HttpApi {
    const { httpAccess, httpRateLimit, httpBurstLimit } = this.#settings;
    const { webAclArn, httpAuthorizer } = this.#props;
    return new HttpApi(this, 'Http', {
      name: this.serviceName,
      decide: target.live,
      rateLimit: httpRateLimit,
      burstLimit: httpBurstLimit,
      logRetention: this.#surroundings.logRetention,
      encryptionKey: this.keys.data,
      accountRole: this.#props.apiGatewayAccountRole ?? true,
      ...(webAclArn !== undefined && { webAclArn }),
      ...(httpAuthorizer !== undefined && { authorizer: httpAuthorizer }),
      ...(httpAccess === 'private' &&
        network !== undefined &&
        (network.apiEndpoint === undefined
          ? { privateVpc: network.vpc }
          : { privateEndpoint: network.apiEndpoint })),
    });
  }

  /** The functions that search and explain. They may take longer than a decision: a registry is read whole. */
  #asking(deciding: Variables, http: HttpApi): readonly [access: GuardFunction, explain: GuardFunction] {
    const { httpAuthorizer, pdpIdentifier, publicDiscovery } = this.#props;
    const patient = { ...deciding, DECIDE_BUDGET_MS: '10000' };
    const access = this.#define('Access', 'access', {
      ...patient,
      CALLER_FROM: httpAuthorizer === undefined ? 'iam' : 'authorizer',
      ...(pdpIdentifier !== undefined && { PDP_IDENTIFIER: pdpIdentifier }),
    });
    const explain = this.#define('Explain', 'explain', patient);
    this.tables.grantRead(access.role);
    this.tables.grantRead(explain.role);
    addAccessMethods(http.api, {
      access: access.live,
      explain: explain.live,
      publicDiscovery: publicDiscovery ?? false,
      ...(httpAuthorizer !== undefined && { authorizer: httpAuthorizer }),
    });
    return [access, explain];
  }

  /**
   * Runs by itself, with or without monitoring. Outside of the network: an endpoint for DynamoDB leads to its own Region's tables
   * alone.
   */
  #copying(registry: Variables, first: StandbySource): GuardFunction {
    const standby = this.#define(
      'Standby',
      'standby',
      {
        ...registry,
        FIRST_REGION: first.region,
        FIRST_OBJECTS_TABLE: first.objects,
        FIRST_STATE_TABLE: first.state,
        FIRST_FLOOR_TABLE: first.floor,
      },
      { outside: true },
    );
    this.tables.grantStandby(standby.role, first);
    const schedule = everyMinute(this, 'StandbySchedule', 'the standby', standby);
    new CfnOutput(this, 'StandbyRuleName', {
      value: schedule.ruleName,
      description: 'Disable this rule to stop the copying, before people confirm what was copied',
    });
    return standby;
  }

  /**
   * The functions that change the registry, each reachable through the API's authenticated methods and nothing else, and
   * each with no more than it takes: two publish, one works, one purges.
   */
  #administration(registry: Variables, http: HttpApi): Administering {
    const timed: Variables = {
      ...this.#timedVariables(registry),
      // Events of another account or API are nobody's.
      ACCOUNT_ID: Stack.of(this).account,
      API_ID: http.api.restApiId,
    };
    const { signing, sealing } = this.keys;
    const sealKey = this.#publicKey('SealPublicKey', sealing);
    const seeing: Variables = { ...timed, SEAL_PUBLIC_KEYS: sealKey.value };
    const publishing: Variables = { COMMIT_SIGNING_KEY_ID: signing.keyArn };
    const working: Variables = { SEALING_KEY_ID: sealing.keyArn };
    const administering = {
      registry: this.#define('Registry', 'registry', { ...seeing, ...publishing, ...working }),
      stop: this.#define('Stop', 'stop', { ...timed, ...publishing }),
      jobs: this.#define('Jobs', 'jobs', { ...seeing, ...working }),
      purge: this.#define('Purge', 'registry-purge', seeing),
    };
    const { registry: changing, stop, jobs, purge } = administering;
    this.tables.grantPublish(changing.role);
    this.tables.grantStop(stop.role);
    this.tables.grantWork(jobs.role);
    this.tables.grantPurge(purge.role);
    for (const { role } of [changing, stop]) this.keys.grantSign(role);
    for (const { role } of [changing, jobs]) this.keys.grantSeal(role);
    addRegistryMethods(http.api, {
      registry: changing.live,
      stop: stop.live,
      jobs: jobs.live,
      purge: purge.live,
    });
    return administering;
  }

  /**
   * Whoever publishes finds out which versions of those who read are in service: what they cannot read is published for
   * nobody. Itself it knows, and naming it would be a cycle.
   */
  #tellReaders(): void {
    const { registry } = this;
    if (registry === undefined) return;
    const readers = this.#readers.filter((each) => each !== registry);
    const names = readers.map((each) => each.function.functionName);
    registry.function.addEnvironment('READERS', names.join(','));
    const may = (action: string, resources: string[]) =>
      registry.role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: [action], resources }));
    may(
      'lambda:ListAliases',
      readers.map((each) => each.function.functionArn),
    );
    // By their aliases: so the one that publishes is also the last to be updated.
    may(
      'lambda:GetFunctionConfiguration',
      readers.flatMap((each) => each.aliases.map((alias) => alias.functionArn)),
    );
  }

  /** Whoever stops comes into service after all who decide: a HEAD by a key that they do not know yet would stop everything. */
  #bringStopLast(): void {
    const deciding = [this.decide, ...Object.values(this.#deciders())].map(({ live }) => live);
    this.stop?.function.node.addDependency(...deciding);
  }

  /** The functions behind the HTTP door that answer with decisions. */
  #deciders(): Readonly<Record<string, GuardFunction>> {
    const { decideHttp, access, explain } = this;
    return {
      ...(decideHttp !== undefined && { DecideHttp: decideHttp }),
      ...(access !== undefined && { Access: access }),
      ...(explain !== undefined && { Explain: explain }),
    };
  }

  #watchOver(registry: Variables, board: GuardFunction): Watched {
    const probeAlias = this.decide.alias('Probe', PROBE_ALIAS);
    const known: Variables = {
      SERVICE_NAME: this.serviceName,
      PROBE_TARGET: probeAlias.functionArn,
      KNOWN_ANSWERS: this.#settings.knownAnswers,
    };
    const probe = this.#define('Probe', 'probe', { ...known, ...this.#rehearsing() });
    if (this.#reachedApi !== undefined) this.#admitRehearsal(probe, this.#reachedApi);
    const { headCopies } = this.#settings;
    const watch = this.#define('Watch', 'watch', { ...registry, HEAD_COPIES: String(headCopies) });
    this.tables.grantRead(watch.role);
    this.tables.grantQueryState(watch.role);
    probeAlias.grantInvoke(probe.role);
    const monitoring = new GuardMonitoring(this, 'Monitoring', {
      ...(this.#props.monitoring === false ? {} : this.#props.monitoring),
      service: this.serviceName,
      key: this.keys.data,
      headCopies,
      decide: [this.decide, this.decideHttp, this.access].filter((each) => each !== undefined),
      ...(this.decideHttp !== undefined && { decideHttp: this.decideHttp }),
      ...(this.access !== undefined && { access: this.access }),
      ...(this.explain !== undefined && { explain: this.explain }),
      probe,
      watch,
      board,
      ...this.#administrationWatched(),
      ...(this.standby !== undefined && { standby: this.standby }),
      ...(this.http !== undefined && { http: this.http }),
      tables: this.tables,
    });
    return { monitoring, probeAlias, known };
  }

  /** The stop is watched by itself; by its rehearsal too, where the probe can reach it. */
  #administrationWatched(): Pick<GuardMonitoringProps, 'administration' | 'stop' | 'isStopRehearsed'> {
    const { registry, jobs, purge, stop } = this;
    const isStopRehearsed = stop !== undefined && this.#reachedApi !== undefined;
    if (stop !== undefined && !isStopRehearsed)
      Annotations.of(this).addWarningV2(
        'routeguard:stop-unrehearsed',
        'nobody rehearses an emergency stop: the functions are in `vpc`, from where the probe has no way to an API that is "regional". There is no alarm StopFailing; StopRefused says when somebody’s stop died or was throttled. With `httpAccess: "private"` it is rehearsed every minute; until then try it by hand (docs/deploy.md)',
      );
    return {
      administration: [registry, jobs, purge].filter((each) => each !== undefined),
      ...(stop !== undefined && { stop }),
      isStopRehearsed,
    };
  }

  /** The API, where the probe can reach it: a VPC has no way to one of the Region. */
  get #reachedApi(): HttpApi | undefined {
    return this.#network === undefined || this.#settings.httpAccess === 'private' ? this.http : undefined;
  }

  #rehearsing(): Variables {
    const http = this.#reachedApi;
    return http === undefined ? {} : { STOP_REHEARSAL_URL: http.api.urlForPath(REHEARSAL_PATH) };
  }

  /** Behind the API nothing is invoked in another way, by the probe neither. */
  #admitRehearsal(probe: GuardFunction, http: HttpApi): void {
    grantRehearse(probe.role, http.api);
    const { apiEndpoint, group } = this.#network ?? {};
    if (apiEndpoint === undefined || group === undefined) return;
    apiEndpoint.connections.allowFrom(group, ec2.Port.tcp(443), 'The probe, which rehearses a stop');
  }

  #release({ monitoring, probeAlias, known }: Watched, registry: Variables): CanaryRelease {
    const { urlSuffix } = Stack.of(this);
    // By name: the alias waits for the hook, so the hook cannot refer to it.
    const live = `${this.decide.function.functionArn}:${LIVE_ALIAS}`;
    const hook = this.#define('ReleaseHook', 'release-hook', {
      ...registry,
      ...known,
      URL_SUFFIX: urlSuffix,
      LIVE_TARGET: live,
      ACKNOWLEDGED_FLIPS: this.#props.acknowledgedFlips ?? '',
    });
    this.tables.grantRead(hook.role);
    probeAlias.grantInvoke(hook.role);
    hook.role.addToPrincipalPolicy(
      new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [live] }),
    );
    return new CanaryRelease(this, 'Release', {
      decide: this.decide,
      others: this.#deciders(),
      probeAlias,
      hook,
      alarms: releaseAlarms(monitoring),
    });
  }

  /** What is kept of the account's concurrency, or that nothing is. */
  get #capacity(): CapacityPlan | undefined {
    const { reservedConcurrency } = this.#settings;
    return reservedConcurrency === undefined ? undefined : capacityPlan(this.#defined, reservedConcurrency);
  }

  #tellCapacity(): void {
    const plan = this.#capacity;
    const told =
      plan === undefined
        ? 'no concurrency is kept: whatever else runs in this account and Region can starve what decides, and what stops; `reservedConcurrency` keeps it'
        : `${plan.sum} concurrent executions are kept (${plan.shares.map(({ name, reserved }) => `${name} ${reserved}`).join(', ')}): the account needs a quota of ${plan.quota} in this Region`;
    Annotations.of(this).addInfoV2('routeguard:capacity', told);
  }

  #tellAdopted(): void {
    const names = Object.entries(this.#props.adopt ?? {}).map(([table, name]) => `${table} ${name}`);
    if (names.length > 0)
      Annotations.of(this).addInfoV2(
        'routeguard:adopted',
        `tables that this stack did not make take the place of its own (${names.join(', ')}): what protects them is not in this template; \`routeguard recover protect\` checks it`,
      );
  }

  /** @param registry what every function that reads the registry is told: public keys among it, and nothing secret */
  #outputs(registry: Variables): void {
    const capacity = this.#capacity;
    const outputs: readonly [id: string, value: string | undefined, description: string][] = [
      ['DecideFunctionName', this.decide.function.functionName, 'Invoke this with the qualifier "live"'],
      ['DecideAliasArn', this.decide.live.functionArn, 'What a caller of the guard is granted and invokes'],
      ['DecideBuild', this.decide.buildDigest, 'The build that decisions of direct invocation name'],
      ['DecideHttpBuild', this.decideHttp?.buildDigest, 'The build that decisions over HTTP name'],
      ['HttpUrl', this.http?.api.url, 'Base URL of the HTTP door: POST v1/decide, signed with SigV4'],
      ['ObjectsTableName', this.tables.objects.tableName, 'Immutable objects of the registry'],
      ['StateTableName', this.tables.state.tableName, 'HEAD, proposals and jobs'],
      ['FloorTableName', this.tables.floor.tableName, 'How far the registry has come'],
      ['SigningKeyArn', this.keys.signing.keyArn, 'Signs the commits of the registry'],
      [
        'CommitPublicKeys',
        registry['COMMIT_PUBLIC_KEYS'],
        'Public keys by which commits are believed: an audit of the tables takes them',
      ],
      [
        'FounderPublicKeys',
        registry['FOUNDER_KEYS'],
        'Public keys of the founders, as this stack was told them: compare with what the founders say',
      ],
      [
        'DataKeyArn',
        this.keys.data.keyArn,
        'Encrypts the tables: what a standby in another Region reads them with',
      ],
      ['ServiceName', this.serviceName, 'The guard in metrics and saved queries'],
      [
        'ReservedConcurrency',
        capacity && String(capacity.sum),
        `Concurrent executions that are kept; the account needs a quota of ${capacity?.quota}`,
      ],
    ];
    for (const [id, value, description] of outputs)
      if (value !== undefined) new CfnOutput(this, id, { value, description });
  }
}

/** What changes the registry. */
type Administering = Readonly<Record<ServedBy | 'purge', GuardFunction>>;

interface Watched {
  readonly monitoring: GuardMonitoring;
  readonly probeAlias: lambda.Alias;
  /** What the probe and the release hook know. */
  readonly known: Variables;
}

/**
 * Alarms that say the code is bad: of metrics, and of what has happened in the last minutes, so that an outage an hour ago does
 * not undo its own repair. Expiry and holds are not the new version's doing and must not stop it.
 */
function releaseAlarms({ alarms }: GuardMonitoring): readonly cloudwatch.IAlarm[] {
  const codes = [
    'Fault',
    'FunctionError',
    'ProbeWrong',
    'NoAnswers',
    'UnavailableNow',
  ] as const satisfies readonly MetricAlarmName[];
  return codes.flatMap((name) => alarms.ofMetrics.get(name) ?? []);
}
