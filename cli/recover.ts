/** `routeguard recover …`: a registry that lost a table comes back, held, and says what it has lost. */
import { Command } from 'commander';
import { checkRestoredCommand } from './recover/check-command.ts';
import { closeCommand } from './recover/close-command.ts';
import { planCommand } from './recover/plan-command.ts';
import { protectCommand } from './recover/protect-command.ts';
import { restoreCommand } from './recover/restore-command.ts';

export function recoverCommand(): Command {
  const command = new Command('recover').description(
    'Restores tables of a guard under new names, proves what came back and lists what was lost. It opens nothing: the registry starts held. Exit code 0 done, 2 usage, 3 refused, 4 unavailable, 5 where more may be lost than is listed, or what came back cannot be confirmed yet.',
  );
  for (const each of [
    planCommand(),
    restoreCommand(),
    checkRestoredCommand(),
    closeCommand(),
    protectCommand(),
  ])
    command.addCommand(each);
  return command.addHelpText(
    'after',
    '\nExample:\n  routeguard recover plan --function NAME --lost state\n\nStep by step: docs/recovery.md.',
  );
}
