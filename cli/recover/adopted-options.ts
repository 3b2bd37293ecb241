/** Restored tables that are looked at in place of those the guard has, as a command is told. */
import type { Command } from 'commander';
import type { StoreTables } from '../../functions/store/dynamodb.ts';
import { UsageError } from '../usage-error.ts';
import type { DeployedGuardOptions } from './guard-tables.ts';
import { TABLE_NAMES, type TableName } from './plan.ts';
import type { TemplateFiles } from './template-protection.ts';

export interface AdoptedOptions extends DeployedGuardOptions, Partial<Readonly<Record<TableName, string>>> {}

export function withAdoptedOptions(command: Command): Command {
  return TABLE_NAMES.reduce(
    (each, name) =>
      each.option(`--${name} <table>`, `a restored ${name} table, in place of the one the guard has`),
    command,
  );
}

/** The tables that the guard would have. */
export function withAdopted(tables: StoreTables, options: AdoptedOptions): StoreTables {
  const named = TABLE_NAMES.flatMap((name) => {
    const other = options[name];
    return other === undefined ? [] : [[name, other]];
  });
  return { ...tables, ...Object.fromEntries(named) };
}

export interface TemplateOptions {
  readonly template?: string;
  readonly resources?: string;
}

export function withTemplateOptions(command: Command): Command {
  return command
    .option('--template <file>', 'the stack’s synthesised template: it says how tables have to be protected')
    .option(
      '--resources <file>',
      'with --template: what `aws cloudformation list-stack-resources --stack-name STACK` prints',
    );
}

/** @throws UsageError */
export function templateIn({ template, resources }: TemplateOptions): TemplateFiles | undefined {
  if (template === undefined && resources === undefined) return undefined;
  if (template === undefined || resources === undefined)
    throw new UsageError('--template and --resources go together: one says what, the other for whom');
  return { template, resources };
}
