/** A guard on one version that is already open: the way of `decide` from a request's text to its answer, without the read of HEAD. */
import { randomUUID } from 'node:crypto';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { type AnswerMemory, createAnswerMemory } from '../../functions/decide/answer-memory.ts';
import { createGuard, type Guard } from '../../functions/decide/guard.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { BUILD, OPEN_SAMPLE, stateOf } from '../decide/rig.ts';
import { TEST_TABLES } from '../engine.ts';
import { KEYS, storeOf } from '../store/memory-chain.ts';

/** Longer than any row takes. */
const DAY_MS = 24 * 60 * 60 * 1000;

export async function guardOnOpenVersion(
  facts: ReadonlyMap<string, RawFact> = OPEN_SAMPLE,
  memory: AnswerMemory = createAnswerMemory(),
): Promise<Guard> {
  const { client } = await storeOf(stateOf(facts));
  const store = { client, tables: TEST_TABLES, publicKeys: KEYS, founders: LOCAL_FOUNDERS };
  const opened = await createRegistryReader({ ...store, budgetMs: DAY_MS }).open();
  return createGuard({
    reader: { open: () => Promise.resolve(opened) },
    build: BUILD,
    budgetMs: 1_000,
    leaseMs: DAY_MS,
    clock: Date.now,
    newEvaluationId: randomUUID,
    mostExplained: 'codes',
    memory,
  });
}
