/** The standby's door: a schedule, once a minute, in the second Region. The event says nothing that is used. */
import { serviceName } from '../metrics/service-name.ts';
import { createDynamoClient } from '../store/dynamodb.ts';
import { createStandby } from '../store/standby.ts';
import { readStoreSettings } from '../store/store-settings.ts';
import { WHILE_THROTTLED } from '../store/while-throttled.ts';
import { createKeeping } from './keeping.ts';
import { readFirstRegion } from './settings.ts';

/** Within the minute and what Lambda gives: what there is no time for, the next run goes on with. Milliseconds. */
const BUDGET_MS = 45_000;

const { tables, publicKeys, founders } = readStoreSettings(process.env);
const first = readFirstRegion(process.env);
// Another Region is up to some 300 ms away.
const terms = { connectMs: 2000, readMs: 5000, attempts: WHILE_THROTTLED } as const;

const keep = createKeeping({
  standby: createStandby({
    from: { client: createDynamoClient({ ...terms, region: first.region }), tables: first.tables },
    to: { client: createDynamoClient(terms), tables },
    publicKeys,
    founders,
    clock: Date.now,
    budgetMs: BUDGET_MS,
  }),
  service: serviceName(process.env),
  clock: Date.now,
  write: console.log,
});

export const handler = (): Promise<{ readonly ok: boolean }> => keep();
