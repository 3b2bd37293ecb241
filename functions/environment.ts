/** Settings come from a function's environment. One that is missing or malformed stops the function at start. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** @throws Error that names the variable */
export function required(env: Environment, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`environment variable ${name} is not set`);
  return value;
}

/** A whole number within bounds, both of them possible. @throws Error that names the variable */
export function whole(env: Environment, name: string, least: number, most: number): number {
  const value = required(env, name);
  const number = /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most))
    throw new Error(`environment variable ${name} is not a whole number from ${least} to ${most}`);
  return number;
}

/** For how long a permit may be acted on, and a revocation may take, in milliseconds. @throws Error that names the variable */
export function leaseMs(env: Environment): number {
  return whole(env, 'LEASE_SECONDS', 1, 300) * 1000;
}
