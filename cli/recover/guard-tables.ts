/** Which tables, founders and keys a guard has: as its `decide` is deployed, or as they are named. */
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Command } from 'commander';
import { RegistryUnavailableError } from '../registry/errors.ts';
import { type Tables, type TablesOptions, tablesOf, withTablesOptions } from '../registry/tables.ts';
import { UsageError } from '../usage-error.ts';
import { awsPlace, type WhichGuard, withAwsPlace } from '../which-guard.ts';

export interface DeployedGuardOptions extends TablesOptions {
  readonly function?: string;
  readonly json?: true;
}

export function withGuardOptions(command: Command): Command {
  const named = withAwsPlace(command)
    .option('--function <name>', 'the deployed `decide` (output DecideFunctionName), which knows all of this')
    .option('--json', 'print JSON for machines');
  return withTablesOptions(named, 'instead of --function, the tables the guard has now');
}

/** @throws UsageError where nobody says which guard; RegistryUnavailableError where Lambda does not answer */
export async function guardTables(options: DeployedGuardOptions): Promise<Tables> {
  const named = options.function;
  if (named !== undefined && (options.tables ?? options.founderKeys ?? options.commitKeys) !== undefined)
    throw new UsageError(
      '--function says tables and keys: leave out --tables, --founder-keys, --commit-keys',
    );
  const found =
    named === undefined
      ? tablesOf(options)
      : tablesOf({ ...options }, { ...process.env, ...(await variablesOf(named, options)) });
  if (found === undefined)
    throw new UsageError(
      'which guard? --function NAME (the stack’s output DecideFunctionName), or --tables OBJECTS,STATE,FLOOR, --founder-keys and --commit-keys',
    );
  return found;
}

async function variablesOf(name: string, options: WhichGuard): Promise<Record<string, string>> {
  const place = awsPlace(options);
  if (place.region === undefined && place.profile === undefined)
    throw new UsageError('--region names the AWS region of --function');
  const client = new LambdaClient(place);
  try {
    const asked = new GetFunctionConfigurationCommand({ FunctionName: name });
    const { Environment } = await client.send(asked);
    return Environment?.Variables ?? {};
  } catch (cause) {
    const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : 'no answer';
    throw new RegistryUnavailableError(`the configuration of ${name} cannot be read (${why})`, { cause });
  } finally {
    client.destroy();
  }
}
