import { identities, LOCAL_FOUNDERS, userArn } from './identities.ts';
import type { LocalGuard } from './local-guard.ts';
import { OPENAPI_PATH } from './openapi-door.ts';
import { HELP, LocalUsageError, type Options, readOptions } from './options.ts';
import { publicKeyText } from './signing-key.ts';
import { Stopped, stopSignal, untilStopped } from './stop-signal.ts';

function announce(guard: LocalGuard, options: Options): void {
  const { context, ignored } = guard;
  console.log(`${ignored.summary()}${options.verbose ? ':' : ' (--verbose lists them)'}`);
  if (options.verbose) for (const line of ignored.details()) console.log(`  ${line}`);
  console.log('\nLocal identities (sign with SigV4, any Region; they are worth nothing elsewhere):');
  const width = Math.max(...identities.map((each) => each.name.length));
  for (const each of identities) {
    const keys = `${each.accessKeyId} ${each.secretAccessKey}`;
    console.log(`  ${each.name.padEnd(width)}  ${keys}  ${userArn(each)}`);
  }
  console.log(`\nInvoke: ${context.baseUrl}/2015-03-31/functions/decide/invocations (service lambda)`);
  console.log(`HTTP:   ${context.baseUrl}/v1/decide (service execute-api)`);
  if (guard.isPrivate) console.log('        (on AWS this API is private: only callers in its VPC reach it)');
  console.log(`Board:  ${context.baseUrl}/board (in a browser)`);
  console.log(`API:    ${context.baseUrl}${OPENAPI_PATH} (OpenAPI 3.1)\n`);
  if (options.verbose) console.log(tablesToLookAt(context));
}

/** What a person exports whose machine computes what it signs: the settings that the functions have. */
function tablesToLookAt({ region, dynamodb, tables, signing }: LocalGuard['context']): string {
  const variables = {
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: dynamodb.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: dynamodb.credentials.secretAccessKey,
    OBJECTS_TABLE: tables.objects,
    STATE_TABLE: tables.state,
    FLOOR_TABLE: tables.floor,
    FOUNDER_KEYS: LOCAL_FOUNDERS.join(','),
    COMMIT_PUBLIC_KEYS: publicKeyText(signing),
  };
  const lines = Object.entries(variables).map(([name, value]) => `  export ${name}='${value}'`);
  return [
    'Exported, these have `routeguard registry` compute what you sign from the tables:',
    ...lines,
    '',
  ].join('\n');
}

/** Serves until told to stop. The exit code. */
async function run(options: Options): Promise<0 | 1> {
  const signal = stopSignal();
  // Loaded here: help and a wrong option are answered without waiting for what builds the app.
  const [{ startLocalGuard }, { synthesise }, { demonstrate }] = await Promise.all([
    import('./local-guard.ts'),
    import('./assembly.ts'),
    import('./demonstration.ts'),
  ]);
  const guard = await startLocalGuard({
    port: options.port,
    data: options.data,
    empty: options.empty,
    environment: process.env,
    report: (line) => console.error(`routeguard: ${line}`),
    log: (text) => {
      if (options.verbose) process.stderr.write(text);
    },
    synthesise: () => synthesise(options.stage),
    signal,
  });
  try {
    announce(guard, options);
    if (!options.empty) await untilStopped(signal, demonstrate(guard.context));
    if (options.once) {
      if (await untilStopped(signal, guard.schedules.runAll())) return 0;
      console.error(
        'routeguard: what runs by the clock did not all go well: see above, and --verbose for its log',
      );
      return 1;
    }
    // The demonstration takes the database away for a moment: nobody should be told to call before it is over.
    console.log(`ready ${guard.context.baseUrl}`);
    guard.schedules.start();
    return await untilStopped(signal, new Promise<never>(() => {}));
  } finally {
    await guard.stop();
  }
}

/** The exit code: 0 done, 1 could not start or go on, or did not go well once, 2 used wrongly. */
async function main(): Promise<number> {
  try {
    const options = readOptions(process.argv.slice(2), process.env);
    if (options !== 'help') return await run(options);
    process.stdout.write(HELP);
    return 0;
  } catch (error) {
    if (error instanceof Stopped) return 0;
    console.error(`routeguard: ${error instanceof Error ? error.message : 'unknown failure'}`);
    if (!(error instanceof LocalUsageError)) return 1;
    console.error('See npm start -- --help');
    return 2;
  }
}

// Not process.exitCode alone: a handle left open must not keep a stopped guard alive.
process.exit(await main());
