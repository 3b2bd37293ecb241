/**
 * The `routeguard` command line, to be run in any process. What its exit codes say is one table (`exit.ts`).
 */
import { Command, CommanderError } from 'commander';
import { bestPathCommand } from './best-path.ts';
import { checkCommand } from './check.ts';
import { citationsCommand } from './citations.ts';
import { completionCommand } from './completion.ts';
import { decideCommand } from './decide.ts';
import { digestCommand } from './digest.ts';
import { EXIT } from './exit.ts';
import { explainCommand } from './explain.ts';
import { helpTopics, topicsInWords } from './help-topics.ts';
import { labelCommand } from './label.ts';
import { optionMistake } from './option-mistake.ts';
import { preflightCommand } from './preflight.ts';
import { recoverCommand } from './recover.ts';
import { registryCommand } from './registry.ts';
import { releaseCommand } from './release.ts';
import { scenariosCommand } from './scenarios.ts';
import { searchCommand } from './search.ts';
import { simulateBuildsCommand } from './simulate.ts';
import { complain } from './terminal.ts';
import { timelineCommand } from './timeline.ts';
import { UsageError } from './usage-error.ts';

/** Every command, with its options. */
export function program(): Command {
  const command = new Command('routeguard');
  for (const topic of helpTopics()) command.addCommand(topic, { hidden: true });
  return (
    command
      .description('Decides whether a marked message may be routed over carrier networks, and explains why.')
      .version('0.1.0')
      // `registry show … --version 9` asks for a version of the registry, not of this command.
      .enablePositionalOptions()
      .addHelpText('after', `\nTopics of help:\n${topicsInWords()}`)
      .showHelpAfterError('(--help shows what the command takes)')
      .addCommand(completionCommand(program))
      .addCommand(decideCommand())
      .addCommand(checkCommand())
      .addCommand(citationsCommand())
      .addCommand(digestCommand())
      .addCommand(explainCommand())
      .addCommand(searchCommand())
      .addCommand(bestPathCommand())
      .addCommand(labelCommand())
      .addCommand(preflightCommand())
      .addCommand(recoverCommand())
      .addCommand(registryCommand())
      .addCommand(releaseCommand())
      .addCommand(scenariosCommand())
      .addCommand(simulateBuildsCommand())
      .addCommand(timelineCommand())
  );
}

/** Commander exits with 1 on a usage error; here 2 is usage, so that 1 stays what it is everywhere: a crash. */
function exitInsteadOfThrowing(command: Command): void {
  command.exitOverride();
  for (const sub of command.commands) exitInsteadOfThrowing(sub);
}

/**
 * Runs one command line and leaves its exit code in `process.exitCode`.
 *
 * @param args without the names of the program and its file
 */
export async function commandLine(args: readonly string[]): Promise<void> {
  const command = program();
  exitInsteadOfThrowing(command);
  try {
    const mistake = optionMistake(command, args);
    if (mistake !== undefined) throw new UsageError(mistake);
    await command.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
    else if (error instanceof UsageError) {
      complain(error.message);
      process.exitCode = EXIT.usage;
    } else throw error;
  }
}
