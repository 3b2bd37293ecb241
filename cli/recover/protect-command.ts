/** `recover protect`: puts on a table what no restore and no template does, or says what it lacks. */
import { Command } from 'commander';
import { type CommandOutcome, progress } from '../registry/run.ts';
import type { Tables } from '../registry/tables.ts';
import {
  type AdoptedOptions,
  type TemplateOptions,
  templateIn,
  withAdopted,
  withAdoptedOptions,
  withTemplateOptions,
} from './adopted-options.ts';
import { withGuardOptions } from './guard-tables.ts';
import { TABLE_NAMES } from './plan.ts';
import { PROTECTION_PARTS, partsLacking, protect, protectionOn } from './protection.ts';
import { refused } from './refusals.ts';
import { runOnTables } from './run.ts';
import { pollMsIn, type WaitOptions, withWaitOptions } from './wait-options.ts';
import { wantedFor } from './wanted-protection.ts';

interface ProtectOptions extends AdoptedOptions, TemplateOptions, WaitOptions {
  readonly check?: true;
}

export function protectCommand(): Command {
  const command = new Command('protect')
    .description(
      'put on the tables what no restore brings back: resource policy, deletion protection, point-in-time recovery, time to live, tags',
    )
    .option('--check', 'only say what is lacking; exit code 3 where something is')
    .action((options: ProtectOptions) => {
      const [files, pollMs] = [templateIn(options), pollMsIn(options)];
      return runOnTables(options, (guard) => outcome(guard, options, files, pollMs));
    });
  return withGuardOptions(withWaitOptions(withTemplateOptions(withAdoptedOptions(command))));
}

async function outcome(
  guard: Tables,
  options: ProtectOptions,
  files: ReturnType<typeof templateIn>,
  pollMs: number,
): Promise<CommandOutcome> {
  const tables = withAdopted(guard.tables, options);
  const named = TABLE_NAMES.filter((name) => options[name] !== undefined);
  const looked = [];
  for (const name of named.length === 0 ? TABLE_NAMES : named) {
    const table = tables[name];
    const { protection, from } = await wantedFor(guard, name, files, table);
    const is = await protectionOn(guard.client, table);
    const lacks = is === null ? PROTECTION_PARTS : partsLacking(is, protection);
    if (options.check !== true && is !== null) {
      progress(
        `${table}: ${lacks.length === 0 ? 'lacks nothing' : `putting on ${lacks.join(', ')}`}, as ${from} says`,
      );
      await protect(guard.client, table, protection, pollMs);
    }
    looked.push({ table, from, gone: is === null, lacks });
  }
  const lines = looked.map(({ table, from, gone, lacks }) => {
    const what = gone ? 'is not there' : lacks.length === 0 ? 'lacks nothing' : `lacked ${lacks.join(', ')}`;
    return `${table} ${what} (as ${from} says)`;
  });
  const bad = looked.filter(({ gone, lacks }) => gone || (options.check === true && lacks.length > 0));
  if (bad.length > 0) throw refused('UNPROTECTED', lines.join('; '), { tables: looked });
  return { words: lines, json: { tables: looked } };
}
