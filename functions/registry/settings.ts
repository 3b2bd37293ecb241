/** The settings of the registry's functions. */
import { type Environment, leaseMs, required, whole } from '../environment.ts';
import { type CommitKeys, parseCommitKeys } from '../store/commit-signature.ts';
import { headCopies, readStoreSettings, type StoreSettings } from '../store/store-settings.ts';
import type { EventPlace } from './context.ts';

export interface RegistrySettings extends StoreSettings {
  readonly leaseMs: number;
  readonly clockSkewMs: number;
  /** How many copies of HEAD a publication leaves, at least. */
  readonly headCopies: number;
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

/** @throws Error that names the variable at fault; TypeError for what is no key */
export function readRegistrySettings(env: Environment): RegistrySettings {
  return {
    ...readStoreSettings(env),
    leaseMs: leaseMs(env),
    clockSkewMs: whole(env, 'CLOCK_SKEW_SECONDS', 0, 60) * 1000,
    headCopies: headCopies(env),
    sample: flag(env, 'SAMPLE_REGISTRY'),
    place: { account: required(env, 'ACCOUNT_ID'), api: required(env, 'API_ID') },
    connectMs: 1000,
    readMs: 5000,
  };
}

/** What signs commits, and what seals the records of jobs: keys of their own, so that who does the work publishes nothing. */
export type KeyVariable = 'COMMIT_SIGNING_KEY' | 'SEALING_KEY';

/** @throws Error unless exactly one of its variables is set */
export function readSigningSettings(env: Environment, key: KeyVariable): SigningSettings {
  const [named, inFile, asText] = [`${key}_ID`, `${key}_FILE`, `${key}_PEM`];
  const [keyId, path, pem] = [env[named], env[inFile], env[asText]];
  const given: SigningSettings[] = [];
  if (keyId) given.push({ by: 'kms', keyId });
  if (path) given.push({ by: 'file', path });
  if (pem) given.push({ by: 'pem', pem });
  const [only, ...others] = given;
  if (only === undefined || others.length > 0)
    throw new Error(`set exactly one of ${named}, ${inFile} and ${asText}`);
  return only;
}

/** The public halves of what may have sealed a record. @throws Error, TypeError */
export function readSealKeys(env: Environment): CommitKeys {
  return parseCommitKeys(required(env, 'SEAL_PUBLIC_KEYS'));
}

/** Names of the functions that read the registry; none where nobody says. */
export function readReaders(env: Environment): readonly string[] {
  return (env['READERS'] ?? '').split(',').filter((name) => name !== '');
}

function flag(env: Environment, name: string): boolean {
  const value = env[name];
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw new Error(`environment variable ${name} is neither true nor false`);
}
