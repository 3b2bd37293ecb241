/** A guard as a process has it that has just started, over a client that is connected. */
import { randomUUID } from 'node:crypto';
import { createGuard, type Guard } from '../../functions/decide/guard.ts';
import { BUILD } from '../decide/rig.ts';
import type { Deployed } from './deployed.ts';

/** @param clock one that stands still is never a tenth of a second on, when the floor would be looked at again */
export function coldGuard({ store }: Deployed, clock: () => number = Date.now): Guard {
  return createGuard({
    reader: store.reader({ floorForMs: 100, clock }),
    ...{ build: BUILD, budgetMs: 20_000, leaseMs: 60_000, clock },
    ...{ newEvaluationId: randomUUID, mostExplained: 'codes' },
  });
}
