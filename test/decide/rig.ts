/** A guard over a real engine with the sample registry published, as one process of the function has it. */
import { randomUUID } from 'node:crypto';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { viewOf } from '../../functions/core/facts/view.ts';
import { createGuard, type Guard, type GuardOptions } from '../../functions/decide/guard.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { acceptingAssumed } from '../accepting-assumed.ts';
import { openRig, type StoreRig } from '../store/store-rig.ts';

export interface GuardRig {
  readonly store: StoreRig;
  /** A guard as a fresh process has it: nothing cached. */
  guard(overrides?: Partial<GuardOptions>): Guard;
  stop(): Promise<void>;
}

export const BUILD = `sha256:${'0'.repeat(64)}`;

/** The sample, with owners who accept hops as a caller names them: most tests ask about one network. */
export const OPEN_SAMPLE = acceptingAssumed(readSampleRegistry());

/** The state that publishing a set of facts comes to. */
export function stateOf(facts: ReadonlyMap<string, RawFact>) {
  const view = viewOf([...facts.values()]);
  return { facts, view: view.entries, vendors: view.vendors, law: view.law };
}

export async function startGuardRig(facts: ReadonlyMap<string, RawFact> = OPEN_SAMPLE): Promise<GuardRig> {
  const store = await openRig();
  await store.genesis(stateOf(facts));
  return {
    store,
    guard: (overrides = {}) =>
      createGuard({
        reader: store.reader(),
        build: BUILD,
        budgetMs: 5_000,
        leaseMs: 60_000,
        clock: Date.now,
        newEvaluationId: randomUUID,
        mostExplained: 'codes',
        ...overrides,
      }),
    stop: () => store.stop(),
  };
}
