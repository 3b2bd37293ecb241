/** The functions that decide, as they are deployed: their bundles, in this process, over a real engine behind weather. */
import { vi } from 'vitest';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { freshBundle, testBundles } from '../bundles.ts';
import { BUILD, OPEN_SAMPLE, stateOf } from '../decide/rig.ts';
import { openRig, type StoreRig } from '../store/store-rig.ts';
import { DEPLOYED_WITH } from './deployed-with.ts';
import { type StoreProxy, startStoreProxy } from './store-proxy.ts';

export type DoorName = 'decide' | 'decide-http' | 'explain' | 'access';

export type Door = (event: unknown, context?: object) => Promise<unknown>;

export interface Doors {
  readonly store: StoreRig;
  readonly proxy: StoreProxy;
  /** Lines written since the last look, as text. */
  lines(): readonly string[];
  /**
   * The handler of a fresh process: nothing cached, nothing seen.
   *
   * @param asset the folder of another build of it; its path says `routeguard-doors-`, so that Node runs it as it is
   */
  fresh(name: DoorName, settings?: Readonly<Record<string, string>>, asset?: string): Promise<Door>;
  stop(): Promise<void>;
}

/** What Lambda says about every invocation of these tests. */
export const CONTEXT = {
  awsRequestId: 'b2c0a1d4-0000-4000-8000-000000000001',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:decide:live',
};

/** @param slowMs how long `slow` weather keeps every answer back */
export async function startDoors(
  offered: readonly DoorName[],
  slowMs?: number,
  facts: ReadonlyMap<string, RawFact> = OPEN_SAMPLE,
): Promise<Doors> {
  const [store, bundles] = await Promise.all([openRig(), testBundles(offered)]);
  await store.genesis(stateOf(facts));
  const proxy = await startStoreProxy(store.engine.endpoint, slowMs);
  let written: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line) => written.push(String(line)));
  return {
    store,
    proxy,
    lines() {
      const since = written;
      written = [];
      return since;
    },
    async fresh(name, settings = {}, asset = bundles.find((bundle) => bundle.name === name)?.directory) {
      const environment = {
        ...DEPLOYED_WITH,
        AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint,
        OBJECTS_TABLE: store.tables.objects,
        STATE_TABLE: store.tables.state,
        FLOOR_TABLE: store.tables.floor,
        COMMIT_PUBLIC_KEYS: store.signer.publicKey,
        FOUNDER_KEYS: store.founders.join(','),
        BUILD_DIGEST: BUILD,
        ...settings,
      };
      for (const [variable, value] of Object.entries(environment)) vi.stubEnv(variable, value);
      const { handler } = await freshBundle<{ readonly handler: Door }>(asset ?? '');
      return (event, context = CONTEXT) => handler(event, context);
    },
    async stop() {
      log.mockRestore();
      vi.unstubAllEnvs();
      await proxy.stop();
      await store.stop();
    },
  };
}
