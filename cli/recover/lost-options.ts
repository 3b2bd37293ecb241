/** Which tables were lost, to which point they go back and what they are called then, as a command is told. */
import type { Command } from 'commander';
import { UsageError } from '../usage-error.ts';
import type { DeployedGuardOptions } from './guard-tables.ts';
import { suffixFor, TABLE_NAMES, type TableName } from './plan.ts';

export interface LostOptions extends DeployedGuardOptions {
  readonly lost?: string;
  readonly at?: string;
  readonly suffix?: string;
}

export function withLostOptions(command: Command): Command {
  return command
    .option('--lost <tables>', `which are lost or damaged: ${TABLE_NAMES.join(', ')}, separated by commas`)
    .option('--at <instant>', 'the second to go back to, such as 2026-11-30T09:59:00Z')
    .option('--suffix <text>', 'what the new names end in (default: r and the instant)');
}

/** @throws UsageError */
export function lostIn({ lost }: LostOptions): readonly TableName[] | undefined {
  if (lost === undefined) return undefined;
  const names = lost.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !TABLE_NAMES.some((each) => each === name));
  if (unknown !== undefined || new Set(names).size < names.length)
    throw new UsageError(`--lost names each lost table once: ${TABLE_NAMES.join(', ')}, separated by commas`);
  return TABLE_NAMES.filter((name) => names.includes(name));
}

/** To the millisecond, because a backup is of such an instant; a window has whole seconds. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/;

/** @throws UsageError */
export function pointIn({ at }: LostOptions): Date | undefined {
  if (at === undefined) return undefined;
  const time = INSTANT.test(at) ? Date.parse(at) : Number.NaN;
  // 30 February would be a day in March.
  const isOne = !Number.isNaN(time) && instantOption(new Date(time)) === at.replace('.000Z', 'Z');
  if (!isOne) throw new UsageError('--at is a second in UTC, such as 2026-11-30T09:59:00Z');
  return new Date(time);
}

/** As `--at` takes it. */
export function instantOption(at: Date): string {
  return at.toISOString().replace('.000Z', 'Z');
}

/** @throws UsageError */
export function suffixIn({ suffix }: LostOptions, at: Date): string {
  if (suffix === undefined) return suffixFor(at);
  if (!/^[A-Za-z0-9_.-]{1,64}$/.test(suffix))
    throw new UsageError('--suffix is 1 to 64 letters, digits, dots, dashes, underscores');
  return suffix;
}
