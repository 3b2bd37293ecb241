import { comparePlaces } from './floor.ts';
import type { VerifiedHead } from './head.ts';
import type { StoreErrorCode } from './store-error.ts';

/** What one process remembers of the HEADs it has seen. */
export interface SeenVersions {
  /** The newest HEAD seen so far. Take it before reading HEAD: a strong read can then not honestly be older. */
  newest(): VerifiedHead | undefined;
  /** Remembers a HEAD that is, or descends from, the newest one known when its read began; else says why not. */
  admit(head: VerifiedHead, knownBefore: VerifiedHead | undefined): StoreErrorCode | null;
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
      const isKnown = knownBefore === undefined || head.digest === knownBefore.digest;
      const problem = isKnown ? null : successionProblem(knownBefore, head);
      if (problem === null && (newest === undefined || comparePlaces(head.commit, newest.commit) > 0))
        newest = head;
      return problem;
    },
  };
}

function successionProblem(seen: VerifiedHead, next: VerifiedHead): StoreErrorCode | null {
  const { version, epoch, lineage } = next.commit;
  if (epoch < seen.commit.epoch) return 'VERSION_REGRESSION';
  // A restore starts a new epoch, from a version of its own: an older one is then expected, and confirmed by two.
  if (epoch > seen.commit.epoch) return null;
  if (lineage !== seen.commit.lineage) return 'LINEAGE_CHANGED';
  if (version < seen.commit.version) return 'VERSION_REGRESSION';
  if (version === seen.commit.version) return 'HISTORY_FORKED';
  // Only an ancestor at a power of two is at hand without a read; the rest of the chain is for the auditor's verify.
  const power = Math.log2(version - seen.commit.version);
  const isForked = Number.isInteger(power) && next.commit.ancestors[power] !== seen.digest;
  return isForked ? 'HISTORY_FORKED' : null;
}
