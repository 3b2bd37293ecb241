/** The registry's door: `/v1/registry/…` behind an IAM-authenticated REST API, invoked by nothing else. */
import { assembleRegistry } from './assemble.ts';
import { registryDoor } from './door.ts';
import { registryRouting } from './registry-routing.ts';
import { handleWith } from './router.ts';
import { BUDGET_MS, SLICE_MS } from './times.ts';

const context = assembleRegistry();

export const handler = registryDoor((event) =>
  handleWith(context, event, { budgetMs: BUDGET_MS, sliceMs: SLICE_MS }, registryRouting),
);
