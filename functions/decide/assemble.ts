/** Puts the guard together from the environment, once per process. */
import { randomUUID } from 'node:crypto';
import { createDynamoClient } from '../store/dynamodb.ts';
import { createRegistryReader, type SnapshotReader } from '../store/registry-reader.ts';
import { createAnswerMemory } from './answer-memory.ts';
import { createGuard, type Guard, type GuardOptions } from './guard.ts';
import { type DecideSettings, readSettings } from './settings.ts';

/** A guard, and the reader it has, for doors that read more of the registry than one decision needs. */
export interface Assembly {
  readonly guard: Guard;
  readonly reader: SnapshotReader;
}

/** Where many decisions follow one another, one look at the floor serves those of a tenth of a second. */
const FLOOR_FOR_MS = 100;

/**
 * The floor's newest row is one item, too, looked at by every sandbox, of which Lambda counts one for each ten requests a
 * second: so long for each copy of HEAD, and it serves as many decisions as the copies do. Never for more than a quarter of a
 * lease, which starts at the look.
 */
export function floorForMs({ headCopies, leaseMs }: Pick<DecideSettings, 'headCopies' | 'leaseMs'>): number {
  return Math.min(FLOOR_FOR_MS * headCopies, leaseMs / 4);
}

export function assemble(
  mostExplained: GuardOptions['mostExplained'],
  settings: DecideSettings,
  cacheBytes?: number,
): Assembly {
  const reader = createRegistryReader({
    client: createDynamoClient({ connectMs: settings.connectMs, readMs: settings.readMs }),
    ...settings,
    budgetMs: settings.budgetMs,
    floorForMs: floorForMs(settings),
    ...(cacheBytes !== undefined && { cacheBytes }),
  });
  const guard = createGuard({
    reader,
    build: settings.build,
    budgetMs: settings.budgetMs,
    leaseMs: settings.leaseMs,
    clock: Date.now,
    newEvaluationId: randomUUID,
    mostExplained,
    memory: createAnswerMemory(),
  });
  return { guard, reader };
}

export function assembleGuard(mostExplained: GuardOptions['mostExplained'], env = process.env): Guard {
  return assemble(mostExplained, readSettings(env)).guard;
}
