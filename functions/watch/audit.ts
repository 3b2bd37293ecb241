/**
 * Whether two people made what the registry has come to: the audit that `verify` is, without the objects that no signature
 * is about, a slice at each look. What it has seen is remembered in this process and nowhere else: what was written down
 * could be written by whom it is there to find.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Digest } from '../core/facts/canonical.ts';
import type { NamedCommit } from '../store/ancestry.ts';
import type { HistoryProblem } from '../store/audit-findings.ts';
import type { CommitKeys } from '../store/commit-signature.ts';
import type { StoreTables } from '../store/dynamodb.ts';
import { type AuditCursor, verifyHistory } from '../store/history-verify.ts';
import type { FounderKeys } from '../store/person-signature.ts';

export interface HistoryAuditOptions {
  readonly client: DynamoDBClient;
  readonly tables: StoreTables;
  readonly publicKeys: CommitKeys;
  readonly founders: FounderKeys;
  /** Milliseconds, of any clock. */
  readonly clock: () => number;
  /** How long one look may go on beginning to audit another version. Milliseconds. */
  readonly sliceMs: number;
  /** After which a look is given up. Milliseconds. */
  readonly budgetMs: number;
}

/** What is known of HEAD's history so far. */
interface HistoryFindings {
  readonly problems: readonly HistoryProblem[];
  /** Versions before HEAD that this process has not looked at yet. */
  readonly unaudited: number;
}

export type HistoryAudit = (head: NamedCommit) => Promise<HistoryFindings>;

interface Known {
  readonly head: NamedCommit;
  /** The digest of every version met so far: what newer ones name for them must agree. */
  readonly digests: Map<number, Digest>;
  readonly problems: readonly HistoryProblem[];
  /** Where to go on, downwards; null where version 1 was reached. */
  readonly cursor: AuditCursor | null;
}

/**
 * Goes from HEAD down to the first version, newest first, as far as there is time; at the next look on from there. After
 * a publication what is new comes first.
 *
 * @throws StoreError where the database does not answer
 */
export function createHistoryAudit(options: HistoryAuditOptions): HistoryAudit {
  const { client, tables, publicKeys, founders, clock, sliceMs, budgetMs } = options;
  // INVARIANT: about commits by digest, which cannot come to mean something else.
  let known: Known | undefined;

  async function slice(from: AuditCursor, downTo: number, endsAt: number, digests: Map<number, Digest>) {
    return verifyHistory({
      ...{ client, tables, publicKeys, founders, contents: false, cursor: from },
      signal: AbortSignal.timeout(budgetMs),
      keepGoing: (version, digest) => {
        if (digest !== undefined) digests.set(version, digest);
        return version > downTo && clock() < endsAt;
      },
    });
  }

  /** What came after the HEAD known so far, down to it: everything, where that is not reached. */
  async function news(head: NamedCommit, endsAt: number): Promise<Known> {
    const { epoch, version } = head.commit;
    // What was restored, or put back, has lost versions that are known here: their places are another's now.
    const isNext = known?.head.commit.epoch === epoch && known.head.commit.version < version;
    const before = isNext ? known : undefined;
    const digests = new Map(before?.digests);
    digests.set(version, head.digest);
    const from = beginningAt(version, digests);
    const downTo = before?.head.commit.version ?? 1;
    const report = await slice(from, downTo, endsAt, digests);
    const isReached = before !== undefined && (report.cursor?.version ?? 0) < downTo;
    // What was found of versions that are there still is still so, whether or not there was time to come to them again.
    const problems = merged(before?.problems ?? [], report.problems);
    return { head, digests, problems, cursor: isReached ? before.cursor : report.cursor };
  }

  return async (head) => {
    const endsAt = clock() + sliceMs;
    if (known?.head.digest !== head.digest) known = await news(head, endsAt);
    const { cursor } = known;
    if (cursor !== null && clock() < endsAt) {
      const report = await slice(cursor, 1, endsAt, known.digests);
      known = { ...known, problems: merged(known.problems, report.problems), cursor: report.cursor };
    }
    return { problems: known.problems, unaudited: known.cursor?.version ?? 0 };
  };
}

function beginningAt(version: number, digests: ReadonlyMap<number, Digest>): AuditCursor {
  const found = { problems: [], purged: [], checked: [] };
  return { head: version, version, named: [...digests], newer: null, places: [], commits: 0, found };
}

/** A slice says again what those before it found. */
function merged(
  before: readonly HistoryProblem[],
  after: readonly HistoryProblem[],
): readonly HistoryProblem[] {
  const said = new Set(after.map((each) => JSON.stringify(each)));
  return [...after, ...before.filter((each) => !said.has(JSON.stringify(each)))];
}
