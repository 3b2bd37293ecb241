/** The settings of the registry's functions. */
import { type Environment, leaseMs, required, whole } from '../environment.ts';
import { readStoreSettings, type StoreSettings } from '../store/store-settings.ts';
import type { EventPlace } from './context.ts';

export interface RegistrySettings extends StoreSettings {
  readonly signing: SigningSettings;
  readonly leaseMs: number;
  readonly clockSkewMs: number;
  /** True for a sample registry: synthetic facts are then admitted. */
  readonly sample: boolean;
  readonly place: EventPlace;
  /** Names of the functions that read the registry; none where nobody says. */
  readonly readers: readonly string[];
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
    signing: signingOf(env),
    leaseMs: leaseMs(env),
    clockSkewMs: whole(env, 'CLOCK_SKEW_SECONDS', 0, 60) * 1000,
    sample: flag(env, 'SAMPLE_REGISTRY'),
    place: { account: required(env, 'ACCOUNT_ID'), api: required(env, 'API_ID') },
    readers: (env['READERS'] ?? '').split(',').filter((name) => name !== ''),
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

function flag(env: Environment, name: string): boolean {
  const value = env[name];
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw new Error(`environment variable ${name} is neither true nor false`);
}
