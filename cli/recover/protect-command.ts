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
import { PROTECTION_PARTS, type ProtectionPart, partsLacking, protect, protectionOn } from './protection.ts';
import { refused } from './refusals.ts';
import { runOnTables } from './run.ts';
import { pollMsIn, type WaitOptions, withWaitOptions } from './wait-options.ts';
import { demandKey, wantedFor } from './wanted-protection.ts';

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
    const { protection, from } = await wantedFor(guard, name, files, {
      target: table,
      named: options.function,
    });
    const is = await protectionOn(guard.client, table);
    let lacks = is === null ? PROTECTION_PARTS : partsLacking(is, protection);
    let put: readonly ProtectionPart[] = [];
    demandKey(table, is === null ? [] : lacks, { protection, from });
    if (options.check !== true && is !== null) {
      progress(
        `${table}: ${lacks.length === 0 ? 'lacks nothing' : `putting on ${lacks.join(', ')}`}, as ${from} says`,
      );
      ({ put, lacks } = await protect(guard.client, table, protection, pollMs));
    }
    looked.push({ table, from, gone: is === null, put, lacks });
  }
  const lines = looked.map(({ table, from, gone, put, lacks }) => {
    const was = put.length === 0 ? '' : `lacked ${put.join(', ')}, `;
    const is = lacks.length === 0 ? 'lacks nothing' : `differs in ${lacks.join(', ')}`;
    return `${table} ${gone ? 'is not there' : `${was}${is}`} (as ${from} says)`;
  });
  const bad = looked.filter(({ gone, lacks }) => gone || lacks.length > 0);
  if (bad.length > 0) throw refused('UNPROTECTED', lines.join('; '), { tables: looked });
  return { words: lines, json: { tables: looked } };
}
