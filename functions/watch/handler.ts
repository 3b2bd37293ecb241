/** The watch's door: a schedule, once a minute. The event says nothing that is used. */
import { serviceName } from '../metrics/service-name.ts';
import { astrayCopies } from '../store/astray-copies.ts';
import { createDynamoClient } from '../store/dynamodb.ts';
import { readingWithin } from '../store/object-items.ts';
import { createRegistryReader } from '../store/registry-reader.ts';
import { headCopies, readStoreSettings } from '../store/store-settings.ts';
import { createHistoryAudit } from './audit.ts';
import { proposalsWaiting } from './proposals.ts';
import { createWatch } from './watch.ts';

/** Everything is read anew only when a version is; a minute's look has time. Milliseconds. */
const BUDGET_MS = 40_000;

/** Of which the history may take so much, a version begun after it none. Milliseconds. */
const AUDIT_MS = 15_000;

const settings = readStoreSettings(process.env);
const copies = headCopies(process.env);
const client = createDynamoClient({ connectMs: 1000, readMs: 5000 });

const watch = createWatch({
  reader: createRegistryReader({
    client,
    ...settings,
    budgetMs: BUDGET_MS,
    cacheBytes: 128 * 1024 * 1024,
    // A restored registry must be visible to the watch above all.
    acceptUnconfirmed: true,
  }),
  audit: createHistoryAudit({
    client,
    ...settings,
    clock: () => performance.now(),
    sliceMs: AUDIT_MS,
    budgetMs: BUDGET_MS,
  }),
  copies: (acknowledged) =>
    astrayCopies(
      { client, ...settings, context: readingWithin(AbortSignal.timeout(BUDGET_MS)) },
      acknowledged,
      copies,
    ),
  proposalsWaiting: () =>
    proposalsWaiting(client, settings.tables.state, AbortSignal.timeout(BUDGET_MS), Date.now()),
  service: serviceName(process.env),
  clock: Date.now,
  elapsed: () => performance.now(),
  write: console.log,
});

export const handler = (): Promise<{ readonly ok: boolean }> => watch();
