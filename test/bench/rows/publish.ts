/** One network's equipment changes: what a publication of that writes, by how many networks there are. */

import { viewChanges } from '../../../functions/core/administration/view-changes.ts';
import type { Json } from '../../../functions/core/facts/canonical.ts';
import { manyNetworks } from '../../access/many-networks.ts';
import { atMostTimes, type Effort, type Figure, overFloor, type Row } from '../row.ts';
import { deployMany, named, networkId, sizesFor } from '../sizes.ts';
import { median } from '../timing.ts';
import { countWrites, type Writes } from '../writes.ts';

interface Published extends Writes {
  readonly ms: number;
}

async function publishOne(count: number, effort: Effort): Promise<Published> {
  const deployed = await deployMany(count, effort);
  try {
    const facts = manyNetworks(count);
    const written = countWrites(deployed.store.client);
    const times: number[] = [];
    let writes: Writes = { objects: 0, items: 0, bytes: 0 };
    let before = facts;
    for (let turn = 0; turn < (effort.quick ? 2 : 10); turn += 1) {
      const key = `network/${networkId(7)}`;
      const fact = before.get(key);
      if (fact === undefined) throw new Error(`there is no ${key}`);
      const after = new Map(before).set(key, { ...fact, name: `Changed ${turn}` });
      const changes = viewChanges(before, after, [key]);
      written.forget();
      const began = performance.now();
      await deployed.store.change(changes as { readonly facts: ReadonlyMap<string, Json | null> });
      times.push(performance.now() - began);
      writes = written.since();
      before = after;
    }
    return { ...writes, ms: median(times) };
  } finally {
    await deployed.stop();
  }
}

async function measure(effort: Effort): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  let floor: (Published & { readonly name: string; readonly count: number }) | undefined;
  for (const count of sizesFor(effort)) {
    const found = await publishOne(count, effort);
    const name = named(count);
    const first = floor ?? { ...found, name, count };
    floor = first;
    // A thousand times as many may be half as deep again, and a part of that is the same for all.
    const toReach = count === first.count ? {} : { toReach: atMostTimes(2) };
    figures.push(
      { ...overFloor(`${name}: objects`, 'count', found.objects, [first.name, first.objects]), ...toReach },
      overFloor(`${name}: items written`, 'count', found.items, [first.name, first.items]),
      { ...overFloor(`${name}: bytes written`, 'bytes', found.bytes, [first.name, first.bytes]), ...toReach },
      overFloor(`${name}: time`, 'ms', found.ms, [first.name, first.ms]),
    );
  }
  return figures;
}

export const publish: Row = {
  name: 'publish',
  question: 'a publication of one change to one network, at those sizes',
  against: 'the 100 figure',
  toReach: 'objects and bytes logarithmic, shown',
  measure,
};
