/** How a restored table has to be protected, and who says so: the template where it is given, else the table it stands for. */
import type { Tables } from '../registry/tables.ts';
import { describeTable } from './backups.ts';
import type { TableName } from './plan.ts';
import { MOST_RECOVERY_DAYS, type ProtectionPart, protectionOn, type TableProtection } from './protection.ts';
import { refused } from './refusals.ts';
import { protectionIn, type TemplateFiles } from './template-protection.ts';

export interface WantedProtection {
  readonly protection: TableProtection;
  readonly from: string;
}

/**
 * @param source the guard's own table of this name
 * @param target the restored one, where it is another
 * @param named the deployed `decide`, where it was
 * @throws RegistryRefusedError PROTECTION_UNKNOWN
 */
export async function wantedFor(
  { client, tables }: Pick<Tables, 'client' | 'tables'>,
  name: TableName,
  files: TemplateFiles | undefined,
  { target, named }: { readonly target?: string; readonly named: string | undefined },
): Promise<WantedProtection> {
  const source = tables[name];
  if (files !== undefined)
    return { protection: await fromTemplate({ client, tables }, name, files, named), from: files.template };
  const found = source === target ? null : await protectionOn(client, source);
  if (found === null)
    throw refused('PROTECTION_UNKNOWN', `nothing says how the ${name} table has to be protected`);
  // Whoever damages a table, or makes room for another by hand, begins with these.
  if (found.policy === null)
    throw refused(
      'PROTECTION_UNKNOWN',
      `${source} has no resource policy itself: that is no protection to copy`,
    );
  const protection = {
    ...found,
    deletionProtection: true,
    recoveryDays: found.recoveryDays ?? MOST_RECOVERY_DAYS,
  };
  return { protection, from: source };
}

async function fromTemplate(
  { client, tables }: Pick<Tables, 'client' | 'tables'>,
  name: TableName,
  files: TemplateFiles,
  named: string | undefined,
): Promise<TableProtection> {
  const guard = { tables: Object.values(tables), function: named };
  return protectionIn(files, name, await someArn({ client, tables }), guard);
}

async function someArn({ client, tables }: Pick<Tables, 'client' | 'tables'>): Promise<string> {
  for (const table of Object.values(tables)) {
    const arn = (await describeTable(client, table))?.TableArn;
    if (arn !== undefined) return arn;
  }
  throw refused('PROTECTION_UNKNOWN', 'no table of the guard is left to say its account and Region');
}

/** @throws RegistryRefusedError OTHER_KEY */
export function demandKey(
  table: string,
  lacks: readonly ProtectionPart[],
  { protection, from }: WantedProtection,
): void {
  if (lacks.includes('key'))
    throw refused('OTHER_KEY', `${table} is not under ${protection.key ?? 'a key of AWS'}, as ${from} says`);
}
