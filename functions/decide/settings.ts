/** The settings of every function that decides. */
import { type Environment, leaseMs, required, whole } from '../environment.ts';
import { headCopies, readStoreSettings, type StoreSettings } from '../store/store-settings.ts';

export interface DecideSettings extends StoreSettings {
  readonly build: string;
  readonly connectMs: number;
  readonly readMs: number;
  /** The whole budget of a decision; an answer is given before it ends. */
  readonly budgetMs: number;
  readonly leaseMs: number;
  /** Among how many copies of HEAD a decision chooses. */
  readonly headCopies: number;
}

/** @throws Error that names the variable at fault; TypeError for what is no key */
export function readSettings(env: Environment): DecideSettings {
  const build = required(env, 'BUILD_DIGEST');
  if (!/^sha256:[0-9a-f]{64}$/.test(build))
    throw new Error('environment variable BUILD_DIGEST is not a digest');
  return {
    ...readStoreSettings(env),
    build,
    connectMs: whole(env, 'DYNAMODB_CONNECT_MS', 1, 10_000),
    readMs: whole(env, 'DYNAMODB_READ_MS', 1, 10_000),
    budgetMs: whole(env, 'DECIDE_BUDGET_MS', 1, 28_000),
    leaseMs: leaseMs(env),
    headCopies: headCopies(env),
  };
}
