/** What a function that only looks at the registry needs: the tables and the keys a commit may be signed with. */
import type { StoreTables } from '../store/dynamodb.ts';
import { storeTables } from '../store/store-tables.ts';

export interface RegistrySettings {
  readonly tables: StoreTables;
  /** Comma-separated base64 SPKI. */
  readonly commitPublicKeys: string;
  /** Comma-separated base64 SPKI of the founders' keys: everybody else's are believed from theirs. */
  readonly founderKeys: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

function required(env: Environment, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`environment variable ${name} is not set`);
  return value;
}

/** @throws Error that names the variable at fault */
export function readRegistrySettings(env: Environment): RegistrySettings {
  return {
    tables: storeTables(env),
    commitPublicKeys: required(env, 'COMMIT_PUBLIC_KEYS'),
    founderKeys: required(env, 'FOUNDER_KEYS'),
  };
}
