/** How often a command that waits for AWS looks again. */
import type { Command } from 'commander';
import { UsageError } from '../usage-error.ts';

export interface WaitOptions {
  readonly every: string;
}

export function withWaitOptions(command: Command): Command {
  return command.option('--every <seconds>', 'how often to look whether something is done', '5');
}

const LONGEST_S = 600;

/** @throws UsageError */
export function pollMsIn({ every }: WaitOptions): number {
  const seconds = /^\d{1,3}(\.\d{1,3})?$/.test(every) ? Number(every) : 0;
  if (!(seconds > 0 && seconds <= LONGEST_S))
    throw new UsageError(`--every is more than 0 and at most ${LONGEST_S} seconds`);
  return seconds * 1000;
}
