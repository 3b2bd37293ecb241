/** Puts the guard together from the environment, once per process. */
import { randomUUID } from 'node:crypto';
import { parseCommitKeys } from '../store/commit-signature.ts';
import { createDynamoClient } from '../store/dynamodb.ts';
import { createRegistryReader } from '../store/registry-reader.ts';
import { createGuard, type Guard, type GuardOptions } from './guard.ts';
import { readSettings } from './settings.ts';

export function assembleGuard(mostExplained: GuardOptions['mostExplained'], env = process.env): Guard {
  const settings = readSettings(env);
  return createGuard({
    reader: createRegistryReader({
      client: createDynamoClient({ connectMs: settings.connectMs, readMs: settings.readMs }),
      tables: settings.tables,
      publicKeys: parseCommitKeys(settings.commitPublicKeys),
      budgetMs: settings.budgetMs,
    }),
    build: settings.build,
    budgetMs: settings.budgetMs,
    leaseMs: settings.leaseMs,
    clock: Date.now,
    newEvaluationId: randomUUID,
    mostExplained,
  });
}
