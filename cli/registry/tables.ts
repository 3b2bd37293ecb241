/** The registry's own tables, read in this process: whoever asks them needs nobody's word for what they hold. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Command } from 'commander';
import { type CommitKeys, parseCommitKeys } from '../../functions/store/commit-signature.ts';
import { createDynamoClient, type StoreTables } from '../../functions/store/dynamodb.ts';
import { type FounderKeys, parseFounderKeys } from '../../functions/store/person-signature.ts';
import type { StoreSettings } from '../../functions/store/store-settings.ts';
import { UsageError } from '../usage-error.ts';
import { awsPlace, type WhichGuard } from '../which-guard.ts';

export interface TablesOptions extends WhichGuard {
  readonly tables?: string;
  readonly founderKeys?: string;
  readonly commitKeys?: string;
}

export interface Tables extends StoreSettings {
  readonly client: DynamoDBClient;
}

/** @param what the command has of them, for its help */
export function withTablesOptions(command: Command, what: string): Command {
  return command
    .option(
      '--tables <names>',
      `${what}: OBJECTS,STATE,FLOOR (default OBJECTS_TABLE,STATE_TABLE,FLOOR_TABLE)`,
    )
    .option(
      '--founder-keys <keys>',
      'with --tables: the founders’ public keys, as the deployment has them (default FOUNDER_KEYS)',
    )
    .option(
      '--commit-keys <keys>',
      'with --tables: every public key that ever signed a commit (default COMMIT_PUBLIC_KEYS)',
    );
}

/**
 * The tables that are named here or, as the functions have them, in the environment.
 *
 * @returns undefined where nothing of them is named
 * @throws UsageError where something is and something lacks: half of it would check nothing, and look as if it did
 */
export function tablesOf(options: TablesOptions, env = process.env): Tables | undefined {
  const names = options.tables ?? namesIn(env);
  const founders = options.founderKeys ?? env['FOUNDER_KEYS'];
  const commits = options.commitKeys ?? env['COMMIT_PUBLIC_KEYS'];
  if (!names && !founders && !commits) return undefined;
  const keys = {
    founders: keysFrom<FounderKeys>('--founder-keys', founders, parseFounderKeys),
    publicKeys: keysFrom<CommitKeys>('--commit-keys', commits, parseCommitKeys),
  };
  const tables = tablesFrom(names);
  const place = awsPlace(options, env);
  if (place.region === undefined && place.profile === undefined)
    throw new UsageError('--region names the AWS region of the tables');
  const { region, credentials } = new DynamoDBClient(place).config;
  const client = createDynamoClient({ region, credentials, connectMs: 5000, readMs: 30_000, attempts: 5 });
  return { client, tables, ...keys };
}

function namesIn(env: NodeJS.ProcessEnv): string | undefined {
  const names = ['OBJECTS_TABLE', 'STATE_TABLE', 'FLOOR_TABLE'].map((name) => env[name] ?? '');
  return names.some((name) => name !== '') ? names.join(',') : undefined;
}

function keysFrom<T>(option: string, text: string | undefined, parse: (text: string) => T): T {
  if (!text) throw new UsageError(`reading the tables needs ${option}, as the deployment has them`);
  try {
    return parse(text);
  } catch (error) {
    throw new UsageError(`${option}: ${error instanceof Error ? error.message : 'not keys'}`);
  }
}

function tablesFrom(text: string | undefined): StoreTables {
  const [objects, state, floor, ...more] = (text ?? '').split(',').map((name) => name.trim());
  if (!objects || !state || !floor || more.length > 0)
    throw new UsageError('reading the tables needs --tables OBJECTS,STATE,FLOOR, the names of the three');
  return { objects, state, floor };
}
