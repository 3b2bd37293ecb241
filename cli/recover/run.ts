/** Runs a command against the tables themselves, and says what came of it as the commands of the registry do. */
import { StoreError } from '../../functions/store/store-error.ts';
import { RegistryRefusedError, RegistryUnavailableError } from '../registry/errors.ts';
import { type CommandOutcome, ended } from '../registry/run.ts';
import type { Tables } from '../registry/tables.ts';
import { UsageError } from '../usage-error.ts';
import { type DeployedGuardOptions, guardTables } from './guard-tables.ts';

/** Exit code 0 done, 2 a mistake in the command, 3 refused, 4 where AWS does not answer: the same command goes on. */
export function runOnTables(
  options: DeployedGuardOptions,
  work: (guard: Tables) => Promise<CommandOutcome>,
): Promise<void> {
  return ended(options, async () => {
    const guard = await guardTables(options);
    try {
      return await work(guard);
    } catch (error) {
      throw asTold(error);
    } finally {
      guard.client.destroy();
    }
  });
}

function asTold(error: unknown): unknown {
  if (error instanceof UsageError || error instanceof RegistryRefusedError) return error;
  const isOfAws = error instanceof Error && '$metadata' in error;
  if (!isOfAws && !(error instanceof StoreError)) return error;
  const cause = error instanceof StoreError ? error.cause : error;
  if (cause instanceof Error && /^AccessDenied/.test(cause.name))
    return new RegistryUnavailableError(
      `a right is missing: ${cause.message}. Give it to these credentials, and then the same command again: what was begun goes on`,
      { cause: error },
    );
  return new RegistryUnavailableError(
    `${error.name}: ${error.message}. What was begun goes on: give the same command again`,
    { cause: error },
  );
}
