/** Where a registry has lived: the names of the state tables that its history's commits were made for. */
import type { ProvenPast } from './proven-past.ts';
import { StoreError } from './store-error.ts';

/**
 * No version of this history was made for a table of this name. What its people signed there would be at home there again, and
 * a floor that is empty says nothing of what came since: whoever may write both could go back to it, with nobody's signature.
 *
 * @throws StoreError HOME_USED
 */
export function demandNeverAt(home: string, past: Pick<ProvenPast, 'newestAt'>): void {
  const version = past.newestAt(home);
  if (version !== undefined) throw new StoreError('HOME_USED', { version });
}
