/** The function's settings, read once from its environment. A setting that is missing or malformed stops it at start. */
import type { StoreTables } from '../store/dynamodb.ts';
import { storeTables } from '../store/store-tables.ts';

export interface Settings {
  readonly tables: StoreTables;
  /** Comma-separated base64 SPKI of the keys a commit may be signed with. */
  readonly commitPublicKeys: string;
  /** Comma-separated base64 SPKI of the founders' keys: everybody else's are believed from theirs. */
  readonly founderKeys: string;
  readonly build: string;
  readonly connectMs: number;
  readonly readMs: number;
  /** The whole budget of a decision; an answer is given before it ends. */
  readonly budgetMs: number;
  readonly leaseMs: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

function required(env: Environment, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`environment variable ${name} is not set`);
  return value;
}

function milliseconds(env: Environment, name: string, most: number, unit = 1): number {
  const value = required(env, name);
  const number = /^\d{1,6}$/.test(value) ? Number(value) * unit : Number.NaN;
  if (!(number > 0 && number <= most)) throw new Error(`environment variable ${name} is out of range`);
  return number;
}

/** @throws Error that names the variable at fault */
export function readSettings(env: Environment): Settings {
  const build = required(env, 'BUILD_DIGEST');
  if (!/^sha256:[0-9a-f]{64}$/.test(build))
    throw new Error('environment variable BUILD_DIGEST is not a digest');
  return {
    tables: storeTables(env),
    commitPublicKeys: required(env, 'COMMIT_PUBLIC_KEYS'),
    founderKeys: required(env, 'FOUNDER_KEYS'),
    build,
    connectMs: milliseconds(env, 'DYNAMODB_CONNECT_MS', 10_000),
    readMs: milliseconds(env, 'DYNAMODB_READ_MS', 10_000),
    budgetMs: milliseconds(env, 'DECIDE_BUDGET_MS', 28_000),
    leaseMs: milliseconds(env, 'LEASE_SECONDS', 3_600_000, 1000),
  };
}
