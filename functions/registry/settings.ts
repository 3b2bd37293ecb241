/** The function's settings, read once from its environment. One that is missing or malformed stops the function at start. */
import type { StoreTables } from '../store/dynamodb.ts';
import { storeTables } from '../store/store-tables.ts';

import type { EventPlace } from './context.ts';

export interface RegistrySettings {
  readonly tables: StoreTables;
  /** Comma-separated base64 SPKI of the keys a commit may be signed with. */
  readonly commitPublicKeys: string;
  /** Comma-separated base64 SPKI of the founders' keys. */
  readonly founderKeys: string;
  readonly signing: SigningSettings;
  readonly leaseMs: number;
  readonly clockSkewMs: number;
  /** True for a sample registry: synthetic facts are then admitted. */
  readonly sample: boolean;
  readonly place: EventPlace;
  readonly connectMs: number;
  readonly readMs: number;
}

/** KMS on AWS; a private key of this process for one machine. Exactly one of them. */
export type SigningSettings =
  | { readonly by: 'kms'; readonly keyId: string }
  | { readonly by: 'file'; readonly path: string }
  | { readonly by: 'pem'; readonly pem: string };

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws Error that names the variable at fault */
export function readSettings(env: Environment): RegistrySettings {
  return {
    tables: storeTables(env),
    commitPublicKeys: required(env, 'COMMIT_PUBLIC_KEYS'),
    founderKeys: required(env, 'FOUNDER_KEYS'),
    signing: signingOf(env),
    leaseMs: whole(env, 'LEASE_SECONDS', 1, 300) * 1000,
    clockSkewMs: whole(env, 'CLOCK_SKEW_SECONDS', 0, 60) * 1000,
    sample: flag(env, 'SAMPLE_REGISTRY'),
    place: { account: required(env, 'ACCOUNT_ID'), api: required(env, 'API_ID') },
    connectMs: 1000,
    readMs: 5000,
  };
}

function signingOf(env: Environment): SigningSettings {
  const given: SigningSettings[] = [];
  const keyId = env['COMMIT_SIGNING_KEY_ID'];
  const path = env['COMMIT_SIGNING_KEY_FILE'];
  const pem = env['COMMIT_SIGNING_KEY_PEM'];
  if (keyId) given.push({ by: 'kms', keyId });
  if (path) given.push({ by: 'file', path });
  if (pem) given.push({ by: 'pem', pem });
  const [only, ...others] = given;
  if (only === undefined || others.length > 0) {
    throw new Error(
      'set exactly one of COMMIT_SIGNING_KEY_ID, COMMIT_SIGNING_KEY_FILE and COMMIT_SIGNING_KEY_PEM',
    );
  }
  return only;
}

function required(env: Environment, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`environment variable ${name} is not set`);
  return value;
}

function whole(env: Environment, name: string, least: number, most: number): number {
  const value = required(env, name);
  const number = /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most))
    throw new Error(`environment variable ${name} is not a whole number from ${least} to ${most}`);
  return number;
}

function flag(env: Environment, name: string): boolean {
  const value = env[name];
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw new Error(`environment variable ${name} is neither true nor false`);
}
