/** Where a registry has lived: the names of the state tables that its history's commits were made for. */
import { firstOfEpoch, loadCommit, type NamedCommit } from './ancestry.ts';
import { comparePlaces, LAST_PLACE, type Place } from './floor.ts';
import type { FloorRows } from './floor-rows.ts';
import type { ReadContext } from './object-items.ts';
import type { ProvenPast } from './proven-past.ts';
import type { Homes } from './purge-word.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';

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

/** Where a registry was from a version on: what its people signed at any of these, they signed of that version, too. */
export function homesSince(version: number, past: Pick<ProvenPast, 'newestAt'>): Homes {
  return { has: (home) => (past.newestAt(home) ?? 0) >= version };
}

/** The same by the links of commits, of whoever holds those against the way itself: an epoch has one home. */
export async function homesAbove(version: number, head: NamedCommit, source: ObjectSource): Promise<Homes> {
  const homes = new Set<string>();
  for (let at = head; ; ) {
    homes.add(at.commit.home);
    const first = await firstOfEpoch(at, source);
    const [digest] = first.commit.ancestors;
    if (first.commit.version <= version || digest === undefined) return homes;
    at = { digest, commit: await loadCommit(source, digest) };
  }
}

/**
 * Nor was any that its floor acknowledged and a confirmation gave up: no HEAD comes from those, and their people signed them all the
 * same. By the newest version of each epoch that the floor knows, because an epoch has one home; whatever is named there and cannot
 * be read may be of any. A floor that was adopted empty knows of no epoch before it.
 *
 * @param context ends it, however many rows somebody has made up
 * @throws StoreError HOME_USED; what a commit is not read for
 */
export async function demandNeverAcknowledgedAt(
  home: string,
  floor: Pick<FloorRows, 'newest'>,
  source: ObjectSource,
  context: ReadContext,
): Promise<void> {
  for (let upTo: Place | undefined; ; ) {
    const row = await floor.newest('COMMIT', context, upTo);
    if (row === null) return;
    const commit = await loadCommit(source, row.digest);
    if (commit.home === home) throw new StoreError('HOME_USED', { version: commit.version });
    // What ends an epoch has the place after its last version, and is of another one.
    const isVersion = comparePlaces(commit, row) === 0;
    upTo = isVersion
      ? { epoch: row.epoch - 1, version: LAST_PLACE }
      : { epoch: row.epoch, version: row.version - 1 };
    if (upTo.epoch < 1) return;
  }
}
