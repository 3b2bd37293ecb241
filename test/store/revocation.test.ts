import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../functions/core/facts/canonical.ts';
import type { RegistryReader } from '../../functions/store/registry-reader.ts';
import { type Engine, startEngine } from '../engine.ts';
import { openRig, type StoreRig, sampleState } from './store-rig.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const KEY = 'network/net-1';
const DECIDERS = 4;
const REVOCATIONS = 12;

interface History {
  readonly decisions: number;
  readonly permits: number;
  /** Permits by decisions that started after a revocation's acknowledgement and before the next re-assessment began. */
  readonly stale: number;
}

/** Revokes and restores one network while deciders read it, and checks every decision against the acknowledgements. */
async function run(rig: StoreRig, reader: () => RegistryReader): Promise<History> {
  const set = (trusted: boolean) => rig.change({ view: new Map<string, Json>([[KEY, { trusted }]]) });
  await set(true);
  let revoked = false;
  let epoch = 0;
  let done = false;
  const counts = { decisions: 0, permits: 0, stale: 0 };
  const deciders = Array.from({ length: DECIDERS }, async () => {
    const own = reader();
    while (!done) {
      const started = { revoked, epoch };
      const open = await own.open();
      const document = (await open.read([KEY])).entries.get(KEY) as { trusted: boolean } | undefined;
      counts.decisions += 1;
      if (document?.trusted !== true) continue;
      counts.permits += 1;
      if (started.revoked && started.epoch === epoch) counts.stale += 1;
    }
  });
  try {
    for (let round = 0; round < REVOCATIONS; round += 1) await revokeAndRestore();
  } finally {
    done = true;
    await Promise.all(deciders);
  }
  return counts;

  async function revokeAndRestore(): Promise<void> {
    await set(false);
    revoked = true;
    await decisions(3 * DECIDERS);
    // From here the network may become trusted again at any moment.
    epoch += 1;
    revoked = false;
    await set(true);
    await decisions(3 * DECIDERS);
  }

  async function decisions(more: number): Promise<void> {
    const enough = counts.decisions + more;
    while (counts.decisions < enough) await setImmediate();
  }
}

/** The broken variant: HEAD is read for the first decision only. */
function staleReader(rig: StoreRig): RegistryReader {
  const first = rig.reader().open();
  return {
    async open() {
      await setImmediate();
      return first;
    },
  };
}

describe('a revocation', () => {
  it('is seen by every decision that starts after its acknowledgement', async () => {
    const rig = await openRig(engine);
    await rig.genesis(sampleState(20));
    const history = await run(rig, rig.reader);
    console.log(history);
    expect(history.stale).toBe(0);
    expect(history.permits).toBeGreaterThan(0);
    expect(history.decisions).toBeGreaterThan(history.permits);
  });

  it('is missed by a reader that caches HEAD: the check above would catch it', async () => {
    const rig = await openRig(engine);
    await rig.genesis(sampleState(20));
    const history = await run(rig, () => staleReader(rig));
    console.log(history);
    expect(history.stale).toBeGreaterThan(0);
  });
});
