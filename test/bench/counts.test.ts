/** What a decision and a publication take, in counts that are the same on every machine: today's are the most that may be. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewChanges } from '../../functions/core/administration/view-changes.ts';
import { newTrace } from '../../functions/decide/trace.ts';
import { manyNetworks } from '../access/many-networks.ts';
import { startStoreProxy } from '../doors/store-proxy.ts';
import { type Engine, startEngine } from '../engine.ts';
import { askAccess } from './access.ts';
import { coldGuard } from './cold-guard.ts';
import { type Deployed, deploy, directoryOf } from './deployed.ts';
import type { Entered } from './functions-entered.ts';
import { networkId } from './sizes.ts';
import { countWrites } from './writes.ts';

const SIZES = [100, 1_000];

let engine: Engine;
const registries = new Map<number, Deployed>();
const of = (count: number): Deployed => {
  const found = registries.get(count);
  if (found === undefined) throw new Error(`no registry of ${count}`);
  return found;
};
beforeAll(async () => {
  engine = await startEngine();
  for (const count of SIZES) registries.set(count, await deploy(manyNetworks(count), engine));
});
afterAll(async () => {
  for (const deployed of registries.values()) await deployed.stop();
  await engine.stop();
});

const question = (hops: readonly number[]) =>
  JSON.stringify({
    message: { id: 'm', marking: 'SECRET//REL TO USA, GBR', markingFormat: 'us-banner' },
    path: { hops: hops.map((n) => ({ network: networkId(n) })) },
  });

/** What was found and is more than today; nothing where all is well. */
function beyond<Name extends string>(
  found: Record<Name, number | undefined>,
  most: Record<Name, number>,
): readonly string[] {
  return (Object.keys(most) as Name[])
    .filter((name) => !((found[name] ?? Number.NaN) <= most[name]))
    .map((name) => `${name}: ${found[name]}, at most ${most[name]}`);
}

describe('reads of a decision', () => {
  const HOPS = { one: [1], five: [1, 5, 9, 20, 33] } as const;
  it.each<[networks: number, hops: keyof typeof HOPS, coldWaits: number, coldUnits: number]>([
    [100, 'one', 3, 25],
    [100, 'five', 3, 38],
    [1_000, 'one', 4, 26],
    [1_000, 'five', 4, 43],
  ])(
    '%i networks, %s: cold in %i waits for %i units, then in one for one',
    async (count, hops, coldWaits, coldUnits) => {
      const now = Date.now();
      const guard = coldGuard(of(count), () => now);
      const [cold, warm] = [newTrace(), newTrace()];
      await guard.decideText(question(HOPS[hops]), cold);
      await guard.decideText(question(HOPS[hops]), warm);
      const found = {
        coldWaits: cold.batches,
        coldUnits: cold.readUnits,
        waits: warm.batches,
        units: warm.readUnits,
      };
      expect(beyond(found, { coldWaits, coldUnits, waits: 1, units: 1 })).toEqual([]);
    },
  );
});

// Signatures and salts are of the day: bytes have a little room.
it.each<[networks: number, objects: number, items: number, bytes: number]>([
  [100, 8, 12, 21_000],
  [1_000, 10, 14, 23_500],
])('a change to one of %i networks: %i objects, %i items, %i bytes', async (count, objects, items, bytes) => {
  const facts = manyNetworks(count);
  const key = `network/${networkId(7)}`;
  const after = new Map(facts).set(key, { ...facts.get(key), name: 'Changed' });
  const written = countWrites(of(count).store.client);
  await of(count).store.change(viewChanges(facts, after, [key]));
  expect(beyond({ ...written.since() }, { objects, items, bytes })).toEqual([]);
});

it('the reads of a hundred questions in one request', async () => {
  const { store, fresh } = of(100);
  const proxy = await startStoreProxy(store.engine.endpoint);
  const access = await fresh(await directoryOf('access'), { AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint });
  const ask = () =>
    askAccess(access, '/access/v1/evaluations', {
      subject: { type: 'message', id: 'm', properties: { marking: 'SECRET//REL TO USA, GBR' } },
      action: { name: 'route' },
      evaluations: Array.from({ length: 100 }, (_, n) => ({
        resource: { type: 'network', id: networkId(n) },
      })),
    });
  await ask();
  proxy.counted();
  await ask();
  // HEAD, and the floor beside it where the last look is a tenth of a second ago.
  expect(beyond(proxy.counted(), { GetItem: 1 })).toEqual([]);
  await proxy.stop();
});

describe('functions that one warm decision of two hops enters', () => {
  const enteredBy = (words: readonly string[], env: Readonly<Record<string, string>>) => {
    const program = join(import.meta.dirname, 'functions-entered.ts');
    const text = execFileSync(process.execPath, [program, ...words], { encoding: 'utf8', env });
    return JSON.parse(text.trim().split('\n').at(-1) ?? '') as Entered;
  };

  it('in the whole bundle, the SDK and all', async () => {
    const event = JSON.stringify({ request: question([1, 5]) });
    const found = enteredBy([await directoryOf('decide'), event], { ...of(100).environment, TZ: ':UTC' });
    expect(beyond({ ...found }, { functions: 844, calls: 4_727 })).toEqual([]);
  });

  it('of our own, from its text to its answer on a version that is open', () => {
    expect(beyond({ ...enteredBy([], {}) }, { functions: 444, calls: 3_065 })).toEqual([]);
  });
});
