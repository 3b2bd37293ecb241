import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../functions/core/facts/canonical.ts';
import type { RegistryReader } from '../../functions/store/registry-reader.ts';
import { type RegistryChanges, stageChanges } from '../../functions/store/staging.ts';
import { type Engine, startEngine } from '../engine.ts';
import { dyingClient, earlyClient } from './dying-client.ts';
import { signingPublisher } from './signed.ts';
import { META, openRig, type StoreRig, sampleState } from './store-rig.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const KEY = 'network/net-1';
const DECIDERS = 4;
/** 160 see 50,000 decisions. */
const REVOCATIONS = Number(process.env['REVOCATIONS'] ?? 10);

interface History {
  readonly decisions: number;
  readonly permits: number;
  /** Permits by decisions that started after a revocation's acknowledgement and before the next re-assessment began. */
  readonly stale: number;
}

/** Revokes and restores one network while deciders read it, and checks every decision against the acknowledgements. */
async function run(
  rig: StoreRig,
  reader: () => RegistryReader,
  publish: (changes: RegistryChanges) => Promise<unknown> = rig.change,
): Promise<History> {
  const set = (trusted: boolean) => publish({ view: new Map<string, Json>([[KEY, { trusted }]]) });
  await set(true);
  let revoked = false;
  let epoch = 0;
  let done = false;
  const counts = { decisions: 0, permits: 0, stale: 0 };
  const decide = async () => {
    const own = reader();
    while (!done) {
      const started = { revoked, epoch };
      const open = await own.open().catch(({ code }: { code: string }) => {
        // Nothing is decided on what nobody was told of.
        expect(code).toBe('HEAD_UNACKNOWLEDGED');
      });
      if (open === undefined) continue;
      const document = (await open.read([KEY])).entries.get(KEY) as { trusted: boolean } | undefined;
      counts.decisions += 1;
      if (document?.trusted !== true) continue;
      counts.permits += 1;
      if (started.revoked && started.epoch === epoch) counts.stale += 1;
    }
  };
  const deciders = Array.from({ length: DECIDERS }, () =>
    decide().finally(() => {
      done = true;
    }),
  );
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
    while (counts.decisions < enough && !done) await setImmediate();
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

describe('a revocation, with copies of HEAD', () => {
  /** Among all copies, each looked at the floor once and for ever: then what copies say is all that tells it of anything. */
  const readerOf = (rig: StoreRig, headCopies: number) => () =>
    rig.reader({ headCopies, floorForMs: 600_000 });

  async function frozen(rig: StoreRig, headCopies: number, changes: RegistryChanges) {
    const { client, tables, signer, keys } = rig;
    const common = { tables, signer, publicKeys: keys, headCopies };
    const publisher = signingPublisher({ client, ...common });
    const base = await rig.reader().open();
    const staged = await stageChanges(base, changes);
    return { common, publisher, prepared: await publisher.prepare({ base, staged, meta: META, note: null }) };
  }

  it.each([1, 4, 16])(
    '(%i) is seen by every decision after it, whoever dies at whatever step',
    async (copies) => {
      const rig = await openRig(engine);
      await rig.genesis(sampleState(20));
      const deaths = new Set<number>();
      let step = 0;
      const history = await run(rig, readerOf(rig, copies), async (changes) => {
        const { common, publisher, prepared } = await frozen(rig, copies, changes);
        const { client, isDead } = dyingClient(engine.endpoint, step);
        await signingPublisher({ client, ...common })
          .publish(prepared)
          .catch(() => undefined);
        client.destroy();
        if (isDead()) deaths.add(step);
        step = isDead() ? step + 1 : 0;
        await publisher.publish(prepared);
      });
      console.log(copies, history, `died at ${deaths.size} steps`);
      expect(history.stale).toBe(0);
      expect(history.permits).toBeGreaterThan(0);
      expect(history.decisions).toBeGreaterThan(history.permits);
      // HEAD, each other copy, and the floor's three rows.
      expect(deaths.size).toBeGreaterThanOrEqual(Math.min(copies + 3, 2 * REVOCATIONS));
    },
  );

  it('is missed where somebody is told before every copy has moved: the check above would catch it', async () => {
    const rig = await openRig(engine);
    await rig.genesis(sampleState(20));
    const { publisher, prepared: honest } = await frozen(rig, 16, {});
    await publisher.publish(honest);
    const history = await run(rig, readerOf(rig, 16), async (changes) => {
      const { common, prepared } = await frozen(rig, 16, changes);
      const client = earlyClient(engine.endpoint, 200);
      await signingPublisher({ client, ...common }).publish(prepared);
    });
    console.log(history);
    expect(history.stale).toBeGreaterThan(0);
  });
});
