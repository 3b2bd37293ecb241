/** Where a registry has lived: the names of the state tables that its history's commits were made for. */
import { firstOfEpoch, loadCommit, type NamedCommit } from './ancestry.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';

/**
 * No version of this history was made for a table of this name. What its people signed there would be at home there again, and
 * a floor that is empty says nothing of what came since: whoever may write both could go back to it, with nobody's signature.
 *
 * A home changes only where an epoch begins: each epoch is looked at once.
 *
 * @throws StoreError HOME_USED
 */
export async function demandNeverAt(home: string, head: NamedCommit, source: ObjectSource): Promise<void> {
  for (let at = head; ; ) {
    const { version } = at.commit;
    if (at.commit.home === home) throw new StoreError('HOME_USED', { version });
    const [parent] = (await firstOfEpoch(at, source)).commit.ancestors;
    if (parent === undefined) return;
    at = { digest: parent, commit: await loadCommit(source, parent) };
  }
}
