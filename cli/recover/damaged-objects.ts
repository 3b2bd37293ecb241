/** The objects table of before, as a command is told. */

import type { Tables } from '../registry/tables.ts';
import { UsageError } from '../usage-error.ts';
import { describeTable } from './backups.ts';

/**
 * One that is not there says nothing, and whatever it alone was to say would be missing from a list that calls itself complete.
 *
 * @throws UsageError
 */
export async function damagedObjects(
  { client }: Pick<Tables, 'client'>,
  named: string | undefined,
): Promise<string | undefined> {
  if (named === undefined || (await describeTable(client, named)) !== null) return named;
  throw new UsageError(
    `--damaged-objects: there is no table ${named} in this Region and account. Mend the name; where the table was deleted, leave the option out: what it alone held cannot be read any more, and is listed as unreadable`,
  );
}

/**
 * The table of before that is looked through: as named, or the guard's own. Null where that is not there when a command begins: what it
 * alone held is listed as unreadable. One that is there and goes meanwhile is nobody's silence, and whatever was being read of it fails.
 *
 * @throws UsageError
 */
export async function objectsOfBefore(
  guard: Pick<Tables, 'client' | 'tables'>,
  named: string | undefined,
): Promise<string | null> {
  const table = (await damagedObjects(guard, named)) ?? guard.tables.objects;
  return table === named || (await describeTable(guard.client, table)) !== null ? table : null;
}
