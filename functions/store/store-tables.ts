import type { StoreTables } from './dynamodb.ts';

/**
 * The tables' names, from the environment of every function that reads the registry.
 *
 * @throws Error that names the variable at fault
 */
export function storeTables(env: Readonly<Record<string, string | undefined>>): StoreTables {
  const named = (variable: string): string => {
    const name = env[variable];
    if (name === undefined || name === '') throw new Error(`environment variable ${variable} is not set`);
    return name;
  };
  return { objects: named('OBJECTS_TABLE'), state: named('STATE_TABLE'), floor: named('FLOOR_TABLE') };
}
