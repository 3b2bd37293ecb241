import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { homeOf } from './commit.ts';
import type { StoreTables } from './dynamodb.ts';
import { readFloor } from './floor.ts';
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

/** The epoch that a confirmation of this HEAD makes, or its own where one has begun: as a publication would number it. */
export async function epochOf(
  { client, tables }: { readonly client: DynamoDBClient; readonly tables: StoreTables },
  head: Pick<OpenSnapshot, 'held' | 'commit'>,
  signal: AbortSignal,
): Promise<number> {
  const { epoch } = head.commit;
  if (!needsLineage({ tables }, head)) return epoch;
  const meter = { readUnits: 0, batches: 0 };
  const floor = await readFloor(client, tables.floor, { signal, meter });
  return epochAfter(epoch, floor?.epoch ?? 0);
}
