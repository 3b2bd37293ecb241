import type { Publisher } from '../store/publisher.ts';
import type { SnapshotReader } from '../store/registry-reader.ts';

/**
 * Whoever published HEAD may have died before anybody was told: nothing is decided until somebody finishes. Every request to
 * the registry does, once people's word for that HEAD has been found good.
 *
 * @param reader opens a HEAD that is not acknowledged
 */
export function finishing(reader: SnapshotReader, publisher: Pick<Publisher, 'acknowledge'>): SnapshotReader {
  return {
    async open(wanted, signal) {
      const snapshot = await reader.open(wanted, signal);
      if (!snapshot.acknowledged && snapshot.held === null) {
        const head = await reader.open({}, signal);
        // Judges it, or throws.
        await head.approved();
        await publisher.acknowledge(head);
      }
      return snapshot;
    },
  };
}
