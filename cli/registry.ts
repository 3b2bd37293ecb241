/** `routeguard registry …`: change control from the command line. */
import { Command } from 'commander';
import {
  approveCommand,
  proposalCommand,
  proposalsCommand,
  proposeCommand,
  rejectCommand,
  reviewCommand,
  signCommand,
  simulateCommand,
  validateCommand,
} from './registry/change-commands.ts';
import { diffCommand } from './registry/diff-command.ts';
import { editCommand } from './registry/edit-command.ts';
import { blameCommand, forecastCommand, logCommand, verifyCommand } from './registry/history-commands.ts';
import { exemptCommand, holdCommand, holdsCommand } from './registry/hold-commands.ts';
import { keyCommand } from './registry/key-commands.ts';
import { purgeCommand } from './registry/purge-commands.ts';
import { rollbackCommand } from './registry/rollback-command.ts';
import { showCommand } from './registry/show-command.ts';
import { confirmCommand, liftCommand, revokeCommand } from './registry/stop-commands.ts';

export function registryCommand(): Command {
  const command = new Command('registry').description(
    'The trust registry: propose, simulate, approve, revoke, hold; its history. Exit code 0 done, 2 usage, 3 refused, 4 unavailable.',
  );
  const commands = [
    proposeCommand(),
    editCommand(),
    proposalsCommand(),
    proposalCommand(),
    validateCommand(),
    simulateCommand(),
    reviewCommand(),
    signCommand(),
    approveCommand(),
    rejectCommand(),
    revokeCommand(),
    holdCommand(),
    holdsCommand(),
    liftCommand(),
    exemptCommand(),
    rollbackCommand(),
    confirmCommand(),
    purgeCommand(),
    logCommand(),
    showCommand(),
    diffCommand(),
    blameCommand(),
    verifyCommand(),
    forecastCommand(),
    keyCommand(),
  ];
  for (const each of commands) command.addCommand(each);
  return command.addHelpText(
    'after',
    '\nExample:\n  routeguard registry hold incident-7 --as usa-proposer --authority us-state --everything --cause compromise --reason "Incident 7"',
  );
}
