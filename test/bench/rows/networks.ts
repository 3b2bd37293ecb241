/**
 * A registry of 100, 10,000 and 100,000 networks: a warm decision about the same two hops at each, turn about; the first
 * decision of a reader that has cached nothing, with its waits and read units; and what a process holds once it has been
 * asked about thousands.
 */

import { setImmediate } from 'node:timers/promises';
import { newTrace } from '../../../functions/decide/trace.ts';
import { coldGuard } from '../cold-guard.ts';
import { CONTEXT, type Deployed, directoryOf, type Handler } from '../deployed.ts';
import { atMost, atMostTimes, type Effort, type Figure, overFloor, type Row } from '../row.ts';
import { deployMany, named, networkId, sizesFor } from '../sizes.ts';
import { collect, median, type Side, turnAbout } from '../timing.ts';

/** Networks that one process is asked about, at most. */
const MOST_ASKED = 20_000;

interface Sized {
  readonly count: number;
  readonly deployed: Deployed;
  readonly decide: Handler;
}

function textAbout(hops: readonly number[]): string {
  return JSON.stringify({
    message: { id: 'm', marking: 'SECRET//REL TO USA, GBR', markingFormat: 'us-banner' },
    path: { hops: hops.map((n) => ({ network: networkId(n) })) },
  });
}

/** Different networks each time: no reader meets what the one before had the engine look up. */
const twoOf = (count: number, turn: number) => [(turn * 7919) % count, (turn * 104_729 + 1) % count];

async function readsOf(
  deployed: Deployed,
  count: number,
): Promise<Record<'waits' | 'units' | 'warmUnits', number>> {
  const most = { waits: 0, units: 0, warmUnits: 0 };
  for (let turn = 0; turn < 40; turn += 1) {
    const now = Date.now();
    const guard = coldGuard(deployed, () => now);
    const text = textAbout(twoOf(count, turn));
    const [cold, warm] = [newTrace(), newTrace()];
    await guard.decideText(text, cold);
    await guard.decideText(text, warm);
    most.waits = Math.max(most.waits, cold.batches ?? Number.NaN);
    most.units = Math.max(most.units, cold.readUnits ?? Number.NaN);
    most.warmUnits = Math.max(most.warmUnits, warm.readUnits ?? Number.NaN);
  }
  return most;
}

/** Megabytes of heap, and of what is held beside it, that one process comes to hold. */
async function memoryOf(deployed: Deployed, count: number): Promise<number> {
  const held = async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      await setImmediate();
      collect('major');
    }
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / 2 ** 20;
  };
  const before = await held();
  const guard = coldGuard(deployed);
  for (let n = 0; n < Math.min(count, MOST_ASKED); n += 1) await guard.decideText(textAbout([n]));
  const after = await held();
  await guard.decideText(textAbout([0]));
  return after - before;
}

async function measure(effort: Effort): Promise<readonly Figure[]> {
  const sizes: Sized[] = [];
  try {
    const directory = await directoryOf('decide');
    for (const count of sizesFor(effort)) {
      const deployed = await deployMany(count, effort);
      sizes.push({ count, deployed, decide: await deployed.fresh(directory) });
    }
    const warmSide = ({ decide }: Sized): Side => ({
      run: () => decide({ request: textAbout([1, 5]) }, CONTEXT),
    });
    const coldSide = ({ deployed, count }: Sized): Side => {
      let turn = 0;
      let next: () => Promise<unknown> = () => Promise.resolve();
      return {
        prepare: () => {
          const guard = coldGuard(deployed);
          turn += 1;
          const text = textAbout(twoOf(count, turn));
          next = () => guard.decideText(text);
        },
        run: () => next(),
      };
    };
    const each = (side: (size: Sized) => Side) =>
      Object.fromEntries(sizes.map((size) => [named(size.count), side(size)]));
    const warm = await turnAbout(
      each(warmSide),
      effort.quick ? { warmUp: 20, rounds: 20 } : { warmUp: 1_000, rounds: 1_500 },
    );
    const cold = await turnAbout(
      each(coldSide),
      effort.quick ? { warmUp: 1, rounds: 3 } : { warmUp: 10, rounds: 80 },
    );
    const [first] = sizes;
    const floor = first === undefined ? '' : named(first.count);
    const figures: Figure[] = [];
    for (const { count, deployed } of sizes) {
      const name = named(count);
      const timeOf = (samples: Readonly<Record<string, readonly number[]>>, size: string) =>
        median(samples[size] ?? []);
      const isFirst = name === floor;
      const { waits, units, warmUnits } = await readsOf(deployed, count);
      const asked = Math.min(count, MOST_ASKED);
      figures.push(
        {
          ...overFloor(`${name}, warm`, 'ms', timeOf(warm, name), [floor, timeOf(warm, floor)]),
          ...(!isFirst && { toReach: atMostTimes(1.05) }),
        },
        { what: `${name}, warm: read units`, unit: 'count', value: warmUnits, toReach: atMost(1) },
        {
          ...overFloor(`${name}, cold`, 'ms', timeOf(cold, name), [floor, timeOf(cold, floor)]),
          ...(!isFirst && { toReach: atMostTimes(1.5) }),
        },
        { what: `${name}, cold: waits`, unit: 'count', value: waits, toReach: atMost(4) },
        { what: `${name}, cold: read units at most`, unit: 'count', value: units },
        {
          what: `${name}, held once asked about ${asked.toLocaleString('en-GB')}`,
          unit: 'MB',
          value: await memoryOf(deployed, count),
        },
      );
    }
    return figures;
  } finally {
    for (const { deployed } of sizes) await deployed.stop();
  }
}

export const networks: Row = {
  name: 'networks',
  question: '100, 10,000 and 100,000 networks',
  against: 'the 100 figure, turn about',
  toReach: 'warm ≤ 1.05 ×, one read unit; memory bounded, shown; cold ≤ 4 waits and ≤ 1.5 × the time',
  measure,
};
