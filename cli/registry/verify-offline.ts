/**
 * `verify --offline`: the registry's own audit in this process, from the tables themselves. Neither the guard's functions
 * nor whoever holds their roles has a part in it.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createLayoutJudge } from '../../functions/store/audit-layout.ts';
import { parseCommitKeys } from '../../functions/store/commit-signature.ts';
import { createDynamoClient, type StoreTables } from '../../functions/store/dynamodb.ts';
import { type HistoryReport, verifyHistory } from '../../functions/store/history-verify.ts';
import { parseFounderKeys } from '../../functions/store/person-signature.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { UsageError } from '../usage-error.ts';
import type { ConnectionOptions } from './connection.ts';
import { RegistryUnavailableError } from './errors.ts';
import { progress } from './run.ts';

export interface OfflineOptions extends ConnectionOptions {
  readonly offline?: true;
  readonly tables?: string;
  readonly founderKeys?: string;
  readonly commitKeys?: string;
}

/** Every so many versions a line says how far it has come. */
const SAID_EVERY = 100;

/** What it takes, read before anything is asked. @throws UsageError */
export function offlineAudit(options: OfflineOptions): () => Promise<HistoryReport> {
  if (options.url !== undefined || options.as !== undefined)
    throw new UsageError('--offline reads the tables and asks no guard: leave out --url and --as');
  const founders = keysFrom('--founder-keys', options.founderKeys, parseFounderKeys);
  const publicKeys = keysFrom('--commit-keys', options.commitKeys, parseCommitKeys);
  const tables = tablesFrom(options.tables);
  const region = options.region ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
  if (region === undefined) throw new UsageError('--region names the AWS region of the tables');
  const { credentials } = new DynamoDBClient({ region }).config;
  const client = createDynamoClient({ region, credentials, connectMs: 5000, readMs: 30_000, attempts: 5 });
  return () => audited(() => verifyHistory({ ...{ client, tables, publicKeys, founders }, ...running() }));
}

function running() {
  let head: number | undefined;
  return {
    isLaidOut: createLayoutJudge(),
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

function keysFrom<T>(option: string, text: string | undefined, parse: (text: string) => T): T {
  if (text === undefined) throw new UsageError(`--offline needs ${option}, as the deployment has them`);
  try {
    return parse(text);
  } catch (error) {
    throw new UsageError(`${option}: ${error instanceof Error ? error.message : 'not keys'}`);
  }
}

function tablesFrom(text: string | undefined): StoreTables {
  const [objects, state, floor, ...more] = (text ?? '').split(',').map((name) => name.trim());
  if (!objects || !state || !floor || more.length > 0)
    throw new UsageError('--offline needs --tables OBJECTS,STATE,FLOOR, the names of the three tables');
  return { objects, state, floor };
}
