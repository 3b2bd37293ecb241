/** Where a registry has lived: the names of the state tables that its history's commits were made for. */
import { firstOfEpoch, loadCommit, type NamedCommit } from './ancestry.ts';
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
 * same. By every row, because one above or below may be anybody's who publishes, and hides none that stands: a floor only grows.
 * Whatever is named there and cannot be read may be of any. A floor that was adopted empty knows of no epoch before it.
 *
 * @param past what it has was looked at, see {@link demandNeverAt}
 * @param context ends it, however many rows somebody has made up
 * @throws StoreError HOME_USED; what a commit is not read for
 */
export async function demandNeverAcknowledgedAt(
  home: string,
  floor: Pick<FloorRows, 'all'>,
  past: Pick<ProvenPast, 'has'>,
  source: ObjectSource,
  context: ReadContext,
): Promise<void> {
  for await (const rows of floor.all('COMMIT', context)) {
    const beside = rows.filter(({ digest }) => !past.has(digest)).map(({ digest }) => digest);
    if (beside.length === 0) continue;
    for (const { commit } of (await source.load(beside, ['commit'])).values())
      if (commit.home === home) throw new StoreError('HOME_USED', { version: commit.version });
  }
}
