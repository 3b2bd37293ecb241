/**
 * The door of long work: simulations, forecasts and audits, a slice a request. A function of its own, because a slice
 * takes most of the time that a request may, and whoever waits behind it may have something to publish.
 */
import { assembleJobs } from './assemble.ts';
import { registryDoor } from './door.ts';
import { jobsRouting } from './jobs-routing.ts';
import { handleWith } from './router.ts';
import { BUDGET_MS, SLICE_MS } from './times.ts';

const context = assembleJobs();

export const handler = registryDoor((event) =>
  handleWith(context, event, { budgetMs: BUDGET_MS, sliceMs: SLICE_MS }, jobsRouting),
);
