/** What history is asked for: a fact, as of a version. */
import { factKeyFault } from '../../functions/core/facts/fact-key.ts';
import { UsageError } from '../usage-error.ts';
import type { RegistryOptions } from './connection.ts';
import { versionArgument } from './stop-commands.ts';

export interface AtVersion extends RegistryOptions {
  readonly version?: string;
}

export function versionAskedIn({ version }: AtVersion): number | undefined {
  return version === undefined ? undefined : versionArgument(version);
}

export function atVersion({ version }: AtVersion): Readonly<Record<string, string>> {
  return version === undefined ? {} : { version: String(versionArgument(version)) };
}

export function factPath(key: string): string {
  return sound(key, factKeyFault(key));
}

/** @throws UsageError with the fault, where there is one */
export function sound(text: string, fault: string | undefined): string {
  if (fault !== undefined) throw new UsageError(fault);
  return text;
}
