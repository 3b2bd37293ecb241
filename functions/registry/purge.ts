/**
 * The purge's door: `/v1/registry-purge/…`. A function of its own, because its role is the only one that may overwrite an
 * object: the registry function, which everybody who proposes calls, must not have it.
 */
import { assembleReader } from './assemble.ts';
import { registryDoor } from './door.ts';
import { purgeRouting } from './purge-routing.ts';
import { handleWith } from './router.ts';
import { BUDGET_MS, SLICE_MS } from './times.ts';

const context = assembleReader();

export const handler = registryDoor((event) =>
  handleWith(context, event, { budgetMs: BUDGET_MS, sliceMs: SLICE_MS }, purgeRouting),
);
