/** `recover restore`: new tables from the backups of those that were lost, protected as they were, proven, and still closed. */
import { Command } from 'commander';
import { EXIT } from '../exit.ts';
import { type CommandOutcome, progress } from '../registry/run.ts';
import type { Tables } from '../registry/tables.ts';
import { UsageError } from '../usage-error.ts';
import { type TemplateOptions, templateIn, withTemplateOptions } from './adopted-options.ts';
import { describeTable } from './backups.ts';
import { provenReport } from './check-report.ts';
import { objectsOfBefore } from './damaged-objects.ts';
import { withGuardOptions } from './guard-tables.ts';
import { type LostOptions, lostIn, pointIn, suffixIn, withLostOptions } from './lost-options.ts';
import { checkLine } from './next-lines.ts';
import { type Plan, planFor, type Restoring, type TableName, whatThereIs } from './plan.ts';
import { planAsData } from './plan-command.ts';
import { protect } from './protection.ts';
import { demandThisRestore, restoreTable } from './restore-table.ts';
import { runOnTables } from './run.ts';
import { pollMsIn, type WaitOptions, withWaitOptions } from './wait-options.ts';
import { demandKey, type WantedProtection, wantedFor } from './wanted-protection.ts';
import { deployCommand, planInWords } from './words.ts';

interface RestoreOptions extends LostOptions, TemplateOptions, WaitOptions {}

export function restoreCommand(): Command {
  const command = new Command('restore')
    .description(
      'restore the lost tables under new names, protect them, prove them and list what was lost; begun before, it goes on',
    )
    .action((options: RestoreOptions) => {
      const [lost, at] = [lostIn(options), pointIn(options)];
      if (lost === undefined || at === undefined)
        throw new UsageError(
          'restore needs --lost and --at: `routeguard recover plan` prints the whole command',
        );
      const asked = { lost, at, suffix: suffixIn(options, at), options };
      const [files, pollMs] = [templateIn(options), pollMsIn(options)];
      return runOnTables(options, (guard) => outcome(guard, asked, files, pollMs));
    });
  return withGuardOptions(withWaitOptions(withTemplateOptions(withLostOptions(command))));
}

interface Asked {
  readonly lost: readonly TableName[];
  readonly at: Date;
  readonly suffix: string;
  readonly options: LostOptions;
}

async function outcome(
  guard: Tables,
  { lost, at, suffix, options }: Asked,
  files: ReturnType<typeof templateIn>,
  pollMs: number,
): Promise<CommandOutcome> {
  const { client, tables } = guard;
  const plan = planFor(tables, await whatThereIs(client, tables), lost, at, suffix);
  const damaged = await objectsOfBefore(guard, undefined);
  for (const line of planInWords(plan)) progress(line);
  // Whatever says no says so before anything is begun.
  const wanted = new Map<TableName, WantedProtection>();
  for (const each of plan.restoring) {
    const there = await describeTable(client, each.target);
    if (there !== null) demandThisRestore(there, each);
    wanted.set(each.name, await wantedFor(guard, each.name, files, { named: options.function }));
  }
  await Promise.all(
    plan.restoring.map((each) =>
      restoreTable(client, each, wanted.get(each.name)?.protection.key ?? null, { pollMs, say: progress }),
    ),
  );
  const protection = [];
  for (const each of plan.restoring) protection.push(await protectedAs(guard, each, wanted, pollMs));
  const { words, confirm, exit, json } = await provenReport(guard, plan.tables, {
    damaged,
    madeFor: tables.state,
  });
  const [deploy, check] = [deployCommand(plan), checkLine(options, plan)];
  return {
    words: [
      ...protection.map(({ table, from, lacks }) =>
        lacks.length === 0
          ? `Restored and protected: ${table} (as ${from} says).`
          : `Restored: ${table}. NOT PROTECTED: it still differs in ${lacks.join(', ')} (as ${from} says).`,
      ),
      ...words,
      'Nothing was opened. Deploy it as the guard is deployed, with these besides:',
      `  ${deploy}`,
      'Once that is deployed, look again: somebody may have published meanwhile.',
      `  ${check}`,
      ...(confirm === null
        ? []
        : ['Then, by somebody of an authority, and signed by all the others:', `  ${confirm}`]),
      ...purgedAgain(plan),
    ],
    json: { ...planAsData(plan), protection, ...json, deploy, check },
    exit: protection.some(({ lacks }) => lacks.length > 0) ? EXIT.untold : exit,
  };
}

async function protectedAs(
  { client }: Pick<Tables, 'client'>,
  { name, target }: Restoring,
  wanted: ReadonlyMap<TableName, WantedProtection>,
  pollMs: number,
) {
  const how = wanted.get(name);
  if (how === undefined) throw new Error(`nobody asked how ${name} is protected`);
  progress(`${target}: putting on its protection, as ${how.from} says`);
  const { put, lacks } = await protect(client, target, how.protection, pollMs);
  demandKey(target, lacks, how);
  return { table: target, from: how.from, put, lacks };
}

/** An object that was erased after the point is in the restored table as it was. */
function purgedAgain({ restoring, at }: Plan): readonly string[] {
  if (restoring.every(({ name }) => name !== 'objects')) return [];
  return [
    `What was purged after ${at.toISOString()} is in the restored objects again: purge it again (docs/registry.md, “Spillage”).`,
  ];
}
