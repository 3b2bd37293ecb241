import type { Operation } from '../core/administration/change.ts';
import { leavesRoomForStops } from '../store/room.ts';
import type { StagedRegistry } from '../store/staging.ts';
import { Refusal } from './refusal.ts';

/**
 * Passes for what two people may fill the law with. What only ends facts, as lifting a stop does, always passes: nobody may
 * be kept from making room.
 *
 * @throws Refusal TOO_LARGE
 */
export function demandRoomForStops({ root, objects }: StagedRegistry, changes: readonly Operation[]): void {
  const law = objects.get(root.law);
  if (law === undefined || changes.every(({ op }) => op === 'end') || leavesRoomForStops(law)) return;
  throw new Refusal(
    'TOO_LARGE',
    'the law would leave no room for stops: say what it says in fewer words, or in fewer facts',
  );
}
