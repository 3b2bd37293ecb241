/** `recover check`: the same proof and list as after a restore, of any tables, as often as somebody asks. */
import { Command } from 'commander';
import { type AdoptedOptions, withAdopted, withAdoptedOptions } from './adopted-options.ts';
import { provenReport } from './check-report.ts';
import { objectsOfBefore } from './damaged-objects.ts';
import { withGuardOptions } from './guard-tables.ts';
import { runOnTables } from './run.ts';

interface CheckOptions extends AdoptedOptions {
  readonly damagedObjects?: string;
  readonly madeFor?: string;
  readonly progress?: string;
}

/** What is copied between two signatures makes the second be about something else. */
const STOP_COPYING: readonly string[] = [
  'Of a standby, stop the copying first, or whoever still publishes in the first Region keeps people from confirming:',
  '  aws events disable-rule --region REGION --name RULE    (the output StandbyRuleName; enable-rule takes it back)',
];

export function checkRestoredCommand(): Command {
  const command = new Command('check')
    .description(
      'prove what came back, list what was lost since, and say who has to confirm it; change nothing',
    )
    .option('--damaged-objects <table>', 'the objects table of before: it may hold what the new one does not')
    .option(
      '--made-for <state>',
      'the state table that HEAD was made for: of a standby or of copies, the one there was first (default the guard’s own)',
    )
    .option(
      '--progress <file>',
      'note here how far the audit has come; given again, it goes on there (a file of your own, which nobody else writes)',
    )
    .action((options: CheckOptions) =>
      runOnTables(options, async (guard) => {
        const { words, confirm, exit, json } = await provenReport(guard, withAdopted(guard.tables, options), {
          damaged: await objectsOfBefore(guard, options.damagedObjects),
          madeFor: options.madeFor ?? guard.tables.state,
          file: options.progress,
        });
        const first = options.madeFor === undefined ? [] : STOP_COPYING;
        return { words: [...words, ...(confirm === null ? [] : [...first, `  ${confirm}`])], json, exit };
      }),
    );
  return withGuardOptions(withAdoptedOptions(command));
}
