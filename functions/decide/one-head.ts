/** Opens versions of the registry for one request of one caller: everything about HEAD rests on one read of it. */
import type { OpenSnapshot, SnapshotReader, WantedVersion } from '../store/registry-reader.ts';
import { StoreError } from '../store/store-error.ts';

export type OpenVersion = (wanted: WantedVersion) => Promise<OpenSnapshot>;

/**
 * INVARIANT: lives as long as one request, so that what it opened cannot outlive a revocation by more. A version asked
 * for with `exact` is opened beside, for hypothetical answers.
 *
 * @throws StoreError as the reader does; REGISTRY_BEHIND where HEAD is below `atLeast`
 */
export function oneHead(reader: SnapshotReader): OpenVersion {
  let head: Promise<OpenSnapshot> | undefined;
  const exact = new Map<number, Promise<OpenSnapshot>>();
  return async (wanted) => {
    if ('exact' in wanted && wanted.exact !== undefined) {
      const opened = exact.get(wanted.exact) ?? reader.open(wanted);
      exact.set(wanted.exact, opened);
      return opened;
    }
    head ??= reader.open();
    const snapshot = await head;
    const least = 'atLeast' in wanted ? wanted.atLeast : undefined;
    if (least !== undefined && !(snapshot.version >= least))
      throw new StoreError('REGISTRY_BEHIND', { version: snapshot.version });
    return snapshot;
  };
}
