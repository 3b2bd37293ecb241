/** The whole guard on this machine: database, functions and doors, started and stopped as one. */
import type { Server } from 'node:http';
import type { LocalAssembly } from './assembly.ts';
import type { LocalContext } from './context.ts';
import { type DataDirectory, lastingDirectory, temporaryDirectory } from './data-directory.ts';
import { type Database, databaseClient, openDatabase } from './database.ts';
import { FunctionHost } from './function-host.ts';
import { localFunctions } from './functions.ts';
import { identities } from './identities.ts';
import { Ignored } from './ignored.ts';
import { LOCAL_REGION, localNames } from './names.ts';
import { routes } from './routes.ts';
import { seed } from './seed.ts';
import { type Doors, listen } from './server.ts';
import { loadSigningKey, makeSigningKey, publicKeyText } from './signing-key.ts';
import { untilStopped } from './stop-signal.ts';
import { createTables, tableDefinitions } from './tables.ts';
import { resourcesOfType } from './template.ts';

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
  const names = localNames(assembly.stackName, assembly.template, publicKeyText(signing));
  const client = databaseClient(database);
  releases.push(async () => client.destroy());
  const tables = tableDefinitions(assembly.template, names, ignored);
  await untilStopped(options.signal, createTables(client, tables));

  const host = new FunctionHost(localFunctions(assembly, names, ignored), database, signing, options.log);
  releases.push(() => host.stop());
  const paths = routes(assembly.template, names, ignored);
  noteOtherResources(assembly, ignored);
  const context: LocalContext = {
    baseUrl: `http://127.0.0.1:${options.port}`,
    region: LOCAL_REGION,
    dynamodb: { endpoint: database.endpoint, credentials: database.credentials },
    tables: tableNames(assembly, names.ref),
    signing,
    identities,
    duringOutage: outageOf(database),
  };
  await untilStopped(
    options.signal,
    Promise.all([options.empty === true ? undefined : seed(context), host.warm()]),
  );
  doors = { host, routes: paths };
  return { context, ignored, stop };
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

const SIMULATED = new Set([
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Model',
  'AWS::ApiGateway::RequestValidator',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::RestApi',
  'AWS::DynamoDB::Table',
  'AWS::Lambda::Alias',
  'AWS::Lambda::Function',
]);

function noteOtherResources(assembly: LocalAssembly, ignored: Ignored): void {
  for (const { Type } of Object.values(assembly.template.Resources)) {
    if (!SIMULATED.has(Type)) ignored.resource(Type);
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
