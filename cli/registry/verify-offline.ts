/**
 * `verify --offline`: the registry's own audit in this process, from the tables themselves. Neither the guard's functions
 * nor whoever holds their roles has a part in it.
 */
import { type HistoryReport, verifyHistory } from '../../functions/store/history-verify.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { UsageError } from '../usage-error.ts';
import type { RegistryOptions } from './connection.ts';
import { RegistryUnavailableError } from './errors.ts';
import { progress } from './run.ts';
import { tablesOf } from './tables.ts';

export interface OfflineOptions extends RegistryOptions {
  readonly offline?: true;
}

/** Every so many versions a line says how far it has come. */
const SAID_EVERY = 100;

/** What it takes, read before anything is asked. @throws UsageError */
export function offlineAudit(options: OfflineOptions): () => Promise<HistoryReport> {
  if ((options.url ?? options.function ?? options.as) !== undefined)
    throw new UsageError(
      '--offline reads the tables and asks no guard: leave out --url, --function and --as',
    );
  const tables = tablesOf(options);
  if (tables === undefined)
    throw new UsageError('--offline needs --tables OBJECTS,STATE,FLOOR, --founder-keys and --commit-keys');
  return () => audited(() => verifyHistory({ ...tables, ...running(), countsAll: true }));
}

function running() {
  let head: number | undefined;
  return {
    signal: new AbortController().signal,
    keepGoing(version: number) {
      head ??= version;
      const done = head - version + 1;
      if (done % SAID_EVERY === 0) progress(`verify: ${done} of ${head}`);
      return true;
    },
  };
}

async function audited(audit: () => Promise<HistoryReport>): Promise<HistoryReport> {
  try {
    return await audit();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new RegistryUnavailableError(error.message, { cause: error });
  }
}
