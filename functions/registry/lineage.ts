import { homeOf } from '../store/commit.ts';
import { readFloor } from '../store/floor.ts';
import { epochAfter } from '../store/next-commit.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import type { RegistryContext } from './context.ts';

/** Everything that is held but a lineage begun here and not confirmed yet: what came back, or was put back. */
export function needsLineage(
  context: Pick<RegistryContext, 'tables'>,
  { held, commit }: Pick<OpenSnapshot, 'held' | 'commit'>,
): boolean {
  const isBegun = held === 'LINEAGE_CHANGED' && commit.home === homeOf(context.tables.state);
  return held !== null && !isBegun;
}

/** The epoch that a confirmation of this HEAD makes, or its own where one has begun: as a publication would number it. */
export async function epochOf(
  context: Pick<RegistryContext, 'client' | 'tables'>,
  head: Pick<OpenSnapshot, 'held' | 'commit'>,
  signal: AbortSignal,
): Promise<number> {
  const { epoch } = head.commit;
  if (!needsLineage(context, head)) return epoch;
  const meter = { readUnits: 0, batches: 0 };
  const floor = await readFloor(context.client, context.tables.floor, { signal, meter });
  return epochAfter(epoch, floor?.epoch ?? 0);
}
