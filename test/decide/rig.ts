/** A guard over a real engine with the sample registry published, as one process of the function has it. */
import { randomUUID } from 'node:crypto';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { viewOf } from '../../functions/core/facts/view.ts';
import { createGuard, type Guard, type GuardOptions } from '../../functions/decide/guard.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { acceptingAssumed } from '../accepting-assumed.ts';
import { TEST_TABLES } from '../engine.ts';
import { KEYS, storeOf } from '../store/memory-chain.ts';
import { openRig, type StoreRig } from '../store/store-rig.ts';

export interface GuardRig {
  readonly store: StoreRig;
  /** A guard as a fresh process has it: nothing cached. */
  guard(overrides?: Partial<GuardOptions>): Guard;
  stop(): Promise<void>;
}

export const BUILD = `sha256:${'0'.repeat(64)}`;

const OPTIONS = {
  build: BUILD,
  budgetMs: 5_000,
  leaseMs: 60_000,
  // Whose date it is, is told when it is asked: a test may set it.
  clock: () => Date.now(),
  newEvaluationId: randomUUID,
  mostExplained: 'codes',
} as const satisfies Partial<GuardOptions>;

/** The sample, with owners who accept hops as a caller names them: most tests ask about one network. */
export const OPEN_SAMPLE = acceptingAssumed(readSampleRegistry());

/** The state that publishing a set of facts comes to. */
export function stateOf(facts: ReadonlyMap<string, RawFact>) {
  const view = viewOf([...facts.values()]);
  return { facts, view: view.entries, vendors: view.vendors, law: view.law };
}

/** A guard over these versions in memory: for questions by the thousand, which are not about the engine. */
export async function memoryGuard(...states: Parameters<typeof storeOf>): Promise<Guard> {
  const { client } = await storeOf(...states);
  const store = { client, tables: TEST_TABLES, publicKeys: KEYS, founders: LOCAL_FOUNDERS };
  return createGuard({ reader: createRegistryReader({ ...store, budgetMs: 20_000 }), ...OPTIONS });
}

export async function startGuardRig(facts: ReadonlyMap<string, RawFact> = OPEN_SAMPLE): Promise<GuardRig> {
  const store = await openRig();
  await store.genesis(stateOf(facts));
  return {
    store,
    guard: (overrides = {}) => createGuard({ reader: store.reader(), ...OPTIONS, ...overrides }),
    stop: () => store.stop(),
  };
}
