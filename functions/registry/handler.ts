/** The registry's door: `/v1/registry/…` behind an IAM-authenticated REST API, invoked by nothing else. */
import { assembleRegistry, BUDGET_MS, SLICE_MS } from './assemble.ts';
import { registryDoor } from './door.ts';
import { handle } from './router.ts';

const context = assembleRegistry();

export const handler = registryDoor((event) =>
  handle(context, event, { budgetMs: BUDGET_MS, sliceMs: SLICE_MS }),
);
