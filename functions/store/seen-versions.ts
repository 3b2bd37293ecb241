import type { VerifiedHead } from './head.ts';
import { StoreError } from './store-error.ts';

/** What one process remembers of the HEADs it has seen. */
export interface SeenVersions {
  /** The newest HEAD seen so far. Take it before reading HEAD: a strong read can then not honestly be older. */
  newest(): VerifiedHead | undefined;
  /** Accepts a HEAD that is, or descends from, the newest one known when its read began; throws otherwise. */
  admit(head: VerifiedHead, knownBefore: VerifiedHead | undefined): void;
}

/**
 * Remembers the newest HEAD. This state outlives a request on purpose: it is not about any request, it only grows, and
 * it lets a process refuse a HEAD that was put back (a signed but older registry un-revokes). The comparison is with what
 * was known before the read, because concurrent invocations may overtake each other between reading and checking.
 */
export function createSeenVersions(): SeenVersions {
  let newest: VerifiedHead | undefined;
  return {
    newest: () => newest,
    admit(head, knownBefore) {
      if (knownBefore !== undefined && head.digest !== knownBefore.digest) checkSuccession(knownBefore, head);
      if (newest === undefined || isNewer(head, newest)) newest = head;
    },
  };
}

function isNewer(a: VerifiedHead, b: VerifiedHead): boolean {
  if (a.commit.epoch !== b.commit.epoch) return a.commit.epoch > b.commit.epoch;
  return a.commit.version > b.commit.version;
}

function checkSuccession(seen: VerifiedHead, next: VerifiedHead): void {
  const { version, epoch, lineage } = next.commit;
  if (epoch < seen.commit.epoch) throw new StoreError('VERSION_REGRESSION', { version });
  // A restore starts a new epoch, from a version of its own: an older one is then expected, and confirmed by two.
  if (epoch > seen.commit.epoch) return;
  if (lineage !== seen.commit.lineage) throw new StoreError('LINEAGE_CHANGED', { version });
  if (version < seen.commit.version) throw new StoreError('VERSION_REGRESSION', { version });
  if (version === seen.commit.version) throw new StoreError('HISTORY_FORKED', { version });
  // Only an ancestor at a power of two is at hand without a read; the rest of the chain is for the auditor's verify.
  const power = Math.log2(version - seen.commit.version);
  if (Number.isInteger(power) && next.commit.ancestors[power] !== seen.digest) {
    throw new StoreError('HISTORY_FORKED', { version });
  }
}
