import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInstant } from '../../functions/store/commit.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { type Engine, startEngine } from '../engine.ts';
import { networkDocument, openRig, sampleState } from './store-rig.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

describe('publish and read', () => {
  it('reads back what was published, and nothing else', async () => {
    const rig = await openRig(engine);
    const published = await rig.genesis(sampleState(100));
    expect(published.version).toBe(1);

    const open = await rig.reader().open();
    expect(open.version).toBe(1);
    expect(open.digest).toBe(published.digest);
    expect(open.lineage).toBe(published.lineage);
    expect(isInstant(open.recordedAt)).toBe(true);
    const { law, entries } = await open.read(['network/net-7', 'network/net-99', 'network/nobody']);
    expect(law).toEqual(sampleState(0).law);
    expect([...entries.keys()].sort()).toEqual(['network/net-7', 'network/net-99']);
    expect(entries.get('network/net-7')).toEqual(networkDocument(7));
    const vendors = await open.vendors(['vendor-3', 'vendor-unknown']);
    expect([...vendors]).toEqual([['vendor-3', { id: 'vendor-3', designations: [] }]]);
  });

  it('has no HEAD before genesis', async () => {
    const rig = await openRig(engine);
    await expect(rig.reader().open()).rejects.toMatchObject({ code: 'HEAD_MISSING', retryable: false });
  });

  it('follows every publication at once, and keeps each version readable', async () => {
    const rig = await openRig(engine);
    await rig.genesis(sampleState(20));
    const reader = rig.reader();
    for (let revision = 1; revision <= 10; revision += 1) {
      const key = 'network/net-3';
      await rig.change({ view: new Map([[key, networkDocument(3, revision)]]) });
      const open = await reader.open();
      expect(open.version).toBe(revision + 1);
      expect((await open.read([key])).entries.get(key)).toEqual(networkDocument(3, revision));
    }
    for (let version = 1; version <= 11; version += 1) {
      const open = await reader.open({ exact: version });
      expect(open.version).toBe(version);
      const { entries } = await open.read(['network/net-3']);
      expect(entries.get('network/net-3')).toEqual(networkDocument(3, version - 1));
    }
  });

  const WANTED = [
    { wanted: { atLeast: 1 }, result: 1 },
    { wanted: { atLeast: 2 }, result: 'REGISTRY_BEHIND' },
    { wanted: { atLeast: Number.NaN }, result: 'REGISTRY_BEHIND' },
    { wanted: { exact: 1 }, result: 1 },
    { wanted: { exact: 2 }, result: 'VERSION_UNKNOWN' },
    { wanted: { exact: 0 }, result: 'VERSION_UNKNOWN' },
    { wanted: { exact: 0.5 }, result: 'VERSION_UNKNOWN' },
  ];
  it('opens the version asked for or says why not', async () => {
    const rig = await openRig(engine);
    await rig.genesis(sampleState(3));
    for (const { wanted, result } of WANTED) {
      const opened = await rig
        .reader()
        .open(wanted)
        .then(
          (open) => open.version,
          (error) => error.code,
        );
      expect(opened).toBe(result);
    }
  });
});

describe('cost', () => {
  const SIZES: [networks: number, vendors: number][] = [
    [100, 50],
    [5_000, 3_000],
  ];
  it.each(SIZES)(
    '%i networks, %i vendors: one unit warm, at most four batches cold',
    async (networks, vendors) => {
      const rig = await openRig(engine);
      await rig.genesis(sampleState(networks, vendors));
      const reader = createRegistryReader({
        ...rig,
        publicKeys: rig.keys,
        floorForMs: 60_000,
        budgetMs: 20_000,
      });
      const decide = async () => {
        const open = await reader.open();
        const { entries } = await open.read(Array.from({ length: 8 }, (_, hop) => `network/net-${hop * 11}`));
        const found = await open.vendors(Array.from({ length: 20 }, (_, id) => `vendor-${id * 2}`));
        expect([entries.size, found.size]).toEqual([8, 20]);
        return open.consumed();
      };
      const cold = await decide();
      expect(cold.batches).toBeLessThanOrEqual(4);
      expect(await decide()).toEqual({ readUnits: 1, batches: 1 });
    },
  );
});
