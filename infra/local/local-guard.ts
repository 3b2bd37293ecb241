/** The whole guard on this machine: database, functions and doors, started and stopped as one. */
import type { Server } from 'node:http';
import type { LocalAssembly } from './assembly.ts';
import type { LocalContext } from './context.ts';
import { isCustom, makeCustomResources } from './custom-resources.ts';
import { type DataDirectory, lastingDirectory, temporaryDirectory } from './data-directory.ts';
import { type Database, databaseClient, openDatabase } from './database.ts';
import { FunctionHost } from './function-host.ts';
import { functionIds, type LocalFunction, localFunction } from './functions.ts';
import { gatewayDoor } from './http-door.ts';
import { identities } from './identities.ts';
import { Ignored } from './ignored.ts';
import type { Names } from './intrinsics.ts';
import { invokeDoor } from './invoke-door.ts';
import { functionArn, LOCAL_REGION, localNames, physicalName } from './names.ts';
import { Callbacks } from './platform/callbacks.ts';
import { Platform } from './platform/platform.ts';
import { routes } from './routes.ts';
import { Schedules, schedulesOf } from './schedules.ts';
import { seed } from './seed.ts';
import { type Doors, listen } from './server.ts';
import { loadSigningKey, makeSigningKey } from './signing-key.ts';
import { untilStopped } from './stop-signal.ts';
import { createTables, tableDefinitions } from './tables.ts';
import { object, resourcesOfType, type Template } from './template.ts';

export interface LocalGuardOptions {
  readonly port: number;
  readonly data: string | undefined;
  /** Publish no sample registry. @default false */
  readonly empty?: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Something the person at the terminal should know. */
  readonly report: (line: string) => void;
  /** What functions write to their logs. */
  readonly log: (text: string) => void;
  /** Stops a start that is under way. */
  readonly signal: AbortSignal;
  /** Builds the bundles and the template. */
  readonly synthesise: () => Promise<LocalAssembly>;
}

/** A guard that serves on this machine. */
export interface LocalGuard {
  readonly context: LocalContext;
  readonly ignored: Ignored;
  /** What the template has run by the clock; nothing of it runs until it is told to. */
  readonly schedules: Schedules;
  /** Whether the template's HTTP door is one that only callers in a VPC reach. Here everybody on this machine does. */
  readonly isPrivate: boolean;
  readonly stop: () => Promise<void>;
}

type Release = () => Promise<void>;

/**
 * Starts everything, in the order in which it fails most cheaply. What was started is stopped again when a later
 * step fails.
 */
export async function startLocalGuard(options: LocalGuardOptions): Promise<LocalGuard> {
  const releases: Release[] = [];
  const stop = async (): Promise<void> => {
    for (const release of releases.splice(0).reverse()) await release();
  };
  try {
    return await start(options, releases, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(options: LocalGuardOptions, releases: Release[], stop: Release): Promise<LocalGuard> {
  let doors: Doors | undefined;
  const server = await listen(options.port, () => doors);
  releases.push(() => close(server));
  const directory = options.data === undefined ? await temporaryDirectory() : lastingDirectory(options.data);
  releases.push(directory.release);
  options.signal.throwIfAborted();
  const opening = openDatabase(directory.path, options.environment, options.report);
  const synthesis = options.synthesise();
  // Both run at once; the failure of one must not leave the other's work behind.
  const [opened, synthesised] = await Promise.allSettled([opening, synthesis]);
  if (opened.status === 'fulfilled') releases.push(async () => opened.value.engine?.stop());
  if (synthesised.status === 'fulfilled') releases.push(synthesised.value.remove);
  const database = await opening;
  const assembly = await synthesis;

  const signing = keyOf(directory);
  const ignored = new Ignored();
  const { stackName, template } = assembly;
  const client = databaseClient(database);
  releases.push(async () => client.destroy());
  const names = localNames(stackName, template);
  const tables = tableDefinitions(template, names, ignored);
  const callbacks = new Callbacks();
  const platform: Platform = await Platform.open({
    ...{ permissions: { template, names }, database, signing, callbacks, report: options.report },
    invoke: (mayInvoke, request) => {
      const isAllowed = (target: LocalFunction, qualifier: string): boolean =>
        mayInvoke(functionArn(target.name, qualifier === '$LATEST' ? undefined : qualifier));
      return invokeDoor(host, isAllowed, request);
    },
    find: (reference) => host.find(reference),
    api: async (who, request) => gatewayDoor(host, doors?.routes ?? [], who, request),
  });
  releases.push(() => platform.stop());
  const { log, report } = options;
  const host = new FunctionHost({ database, log, report, admit: (target) => platform.admit(target) });
  releases.push(() => host.stop());
  const context: LocalContext = {
    baseUrl: `http://127.0.0.1:${options.port}`,
    region: LOCAL_REGION,
    dynamodb: { endpoint: database.endpoint, credentials: database.credentials },
    tables: tableNames(assembly, names.ref),
    signing,
    identities,
    duringOutage: outageOf(database),
  };
  const fill = async (): Promise<void> => {
    await createTables(client, tables);
    if (options.empty !== true) await seed(context);
  };
  const serve = async (): Promise<Names> => {
    const deployed = await deploy(assembly, { names, host, callbacks, ignored });
    await host.warm();
    return deployed;
  };
  // The functions are deployed while the tables are filled.
  const [filled, served] = await Promise.allSettled([
    untilStopped(options.signal, fill()),
    untilStopped(options.signal, serve()),
  ]);
  if (filled.status === 'rejected') throw filled.reason;
  if (served.status === 'rejected') throw served.reason;
  const deployed = served.value;
  const paths = routes(template, deployed, ignored);
  const schedules = new Schedules(host, schedulesOf(template, deployed, ignored), options.report);
  releases.push(async () => schedules.stop());
  noteOtherResources(assembly, ignored);
  doors = { host, routes: paths };
  return { context, ignored, schedules, isPrivate: isPrivate(template), stop };
}

interface Deploying {
  readonly names: Names;
  readonly host: FunctionHost;
  readonly callbacks: Callbacks;
  readonly ignored: Ignored;
}

/**
 * Makes what others are told of, and then the rest: a custom resource runs its function before the functions that have its
 * answer in their variables exist.
 */
async function deploy(
  assembly: LocalAssembly,
  { names, host, callbacks, ignored }: Deploying,
): Promise<Names> {
  const { stackName, template } = assembly;
  const add = async (logicalId: string, known: Names): Promise<void> => {
    if (host.has(physicalName(stackName, logicalId))) return;
    await host.add(localFunction(assembly, logicalId, known, ignored));
  };
  const ids = functionIds(template);
  const made = await makeCustomResources({
    ...{ stackName, template, names, host, callbacks },
    start: async (arn) => {
      const logicalId = ids.find((id) => names.attribute(id, 'Arn') === arn);
      if (logicalId !== undefined) await add(logicalId, names);
    },
  });
  const deployed = localNames(stackName, template, made);
  for (const logicalId of ids) await add(logicalId, deployed);
  return deployed;
}

/** Whether callers of the API would have to be in the VPC. */
function isPrivate(template: Template): boolean {
  return resourcesOfType(template, 'AWS::ApiGateway::RestApi').some(([, { Properties }]) => {
    const types = object(Properties?.['EndpointConfiguration'] ?? {}, 'EndpointConfiguration')['Types'];
    return Array.isArray(types) && types.includes('PRIVATE');
  });
}

function keyOf(directory: DataDirectory): LocalContext['signing'] {
  return directory.lasting ? loadSigningKey(directory.path) : makeSigningKey();
}

function tableNames(
  assembly: LocalAssembly,
  nameOf: (logicalId: string) => string | undefined,
): LocalContext['tables'] {
  // The functions know their tables by these variables; so does everybody else.
  const variables = resourcesOfType(assembly.template, 'AWS::Lambda::Function')
    .map(
      ([, resource]) =>
        (resource.Properties?.['Environment'] as { Variables?: Variables } | undefined)?.Variables,
    )
    .find((each) => each?.['OBJECTS_TABLE'] !== undefined);
  const name = (variable: string): string => {
    const reference = variables?.[variable] as { Ref?: string } | undefined;
    const found = reference?.Ref === undefined ? undefined : nameOf(reference.Ref);
    if (found === undefined) throw new Error(`the template names no table in ${variable}`);
    return found;
  };
  return { objects: name('OBJECTS_TABLE'), state: name('STATE_TABLE'), floor: name('FLOOR_TABLE') };
}

type Variables = Readonly<Record<string, unknown>>;

/** Read whole, or as far as whoever reads them says. */
const SIMULATED = new Set([
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Model',
  'AWS::ApiGateway::RequestValidator',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::RestApi',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::Lambda::Alias',
  'AWS::Lambda::Function',
]);

/** Read for what functions may reach and do, by these properties alone. */
const READ_IN_PART: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::Route': ['DestinationCidrBlock', 'NatGatewayId', 'RouteTableId', 'TransitGatewayId'],
  'AWS::EC2::SecurityGroup': ['SecurityGroupEgress', 'SecurityGroupIngress'],
  'AWS::EC2::SecurityGroupEgress': [
    ...['CidrIp', 'DestinationSecurityGroupId', 'FromPort', 'GroupId', 'IpProtocol', 'ToPort'],
  ],
  'AWS::EC2::SecurityGroupIngress': [
    ...['CidrIp', 'FromPort', 'GroupId', 'IpProtocol', 'SourceSecurityGroupId', 'ToPort'],
  ],
  'AWS::EC2::Subnet': ['VpcId'],
  'AWS::EC2::SubnetRouteTableAssociation': ['RouteTableId', 'SubnetId'],
  'AWS::EC2::VPC': ['CidrBlock'],
  'AWS::EC2::VPCEndpoint': [
    ...['PolicyDocument', 'PrivateDnsEnabled', 'RouteTableIds', 'SecurityGroupIds', 'ServiceName', 'VpcId'],
  ],
  'AWS::KMS::Key': ['KeyPolicy', 'KeySpec'],
};

function noteOtherResources(assembly: LocalAssembly, ignored: Ignored): void {
  for (const resource of Object.values(assembly.template.Resources)) {
    const { Type, Properties = {} } = resource;
    const read = READ_IN_PART[Type];
    if (read !== undefined)
      for (const name of Object.keys(Properties)) {
        if (!read.includes(name)) ignored.property(Type, name);
      }
    else if (Type === 'AWS::IAM::Policy')
      ignored.property(Type, 'what it says of anything but KMS, Invoke and CodeDeploy');
    else if (!SIMULATED.has(Type) && !isCustom(resource)) ignored.resource(Type);
  }
}

function outageOf({ engine }: Database): LocalContext['duringOutage'] {
  if (!engine) return null;
  return async (work) => {
    engine.pause();
    try {
      return await work();
    } finally {
      engine.resume();
    }
  };
}

async function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  await promise;
}
