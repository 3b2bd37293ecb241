/**
 * The stop's own door: `POST hold`, `POST revoke`, and what somebody asks who sets one. A function of its own with
 * executions of its own, because nobody who stops something may wait for whoever simulates, proposes or approves.
 */
import { assembleActing } from './acting.ts';
import { registryDoor } from './door.ts';
import { handleWith } from './router.ts';
import { stopRouting } from './stop-routing.ts';
import { BUDGET_MS, PREVIEW_MS } from './times.ts';

const context = assembleActing();

export const handler = registryDoor((event) =>
  handleWith(context, event, { budgetMs: BUDGET_MS, sliceMs: PREVIEW_MS }, stopRouting),
);
