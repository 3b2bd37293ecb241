/** `recover check`: the same proof and list as after a restore, of any tables, as often as somebody asks. */
import { Command } from 'commander';
import { type AdoptedOptions, withAdopted, withAdoptedOptions } from './adopted-options.ts';
import { provenReport } from './check-report.ts';
import { withGuardOptions } from './guard-tables.ts';
import { runOnTables } from './run.ts';

export function checkRestoredCommand(): Command {
  const command = new Command('check')
    .description(
      'prove what came back, list what was lost since, and say who has to confirm it; change nothing',
    )
    .option(
      '--made-for <state>',
      'the state table that HEAD was made for: of a standby, the one in the first Region (default the guard’s own)',
    )
    .action((options: AdoptedOptions & { readonly madeFor?: string }) =>
      runOnTables(options, async (guard) => {
        const tables = withAdopted(guard.tables, options);
        const { words, confirm, json } = await provenReport(guard, tables, options.madeFor);
        return { words: [...words, ...(confirm === null ? [] : [`  ${confirm}`])], json };
      }),
    );
  return withGuardOptions(withAdoptedOptions(command));
}
