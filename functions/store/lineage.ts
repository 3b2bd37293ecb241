import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { StatementOf } from '../core/administration/statement.ts';
import { homeOf } from './commit.ts';
import type { StoreTables } from './dynamodb.ts';
import { floorBefore, readFloor } from './floor.ts';
import { epochAfter } from './next-commit.ts';
import type { OpenSnapshot } from './open-snapshot.ts';

/** Everything that is held but a lineage begun here and not confirmed yet: what came back, or was put back. */
export function needsLineage(
  { tables }: { readonly tables: StoreTables },
  { held, commit }: Pick<OpenSnapshot, 'held' | 'commit'>,
): boolean {
  const isBegun = held === 'LINEAGE_CHANGED' && commit.home === homeOf(tables.state);
  return held !== null && !isBegun;
}

/** What a confirmation of a HEAD begins, or what its own epoch began with: as a publication would number it. */
export async function beginningOf(
  { client, tables }: { readonly client: DynamoDBClient; readonly tables: StoreTables },
  head: Pick<OpenSnapshot, 'held' | 'commit'>,
  signal: AbortSignal,
): Promise<Pick<StatementOf<'confirm'>, 'epoch' | 'floor'>> {
  const context = { signal, meter: { readUnits: 0, batches: 0 } };
  const newest = needsLineage({ tables }, head) ? await readFloor(client, tables.floor, context) : undefined;
  const { epoch: own } = head.commit;
  const epoch = newest === undefined ? own : epochAfter(own, newest?.epoch ?? 0);
  return { epoch, floor: await floorBefore(client, tables.floor, context, epoch) };
}
