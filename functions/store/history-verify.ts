import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Digest } from '../core/facts/canonical.ts';
import type { NamedCommit } from './ancestry.ts';
import { createFindings, type HistoryProblem, type PurgedObject } from './audit-findings.ts';
import { ancestorCount, type Commit } from './commit.ts';
import { type CommitKeys, isSigned } from './commit-signature.ts';
import type { StoreTables } from './dynamodb.ts';
import type { VerifiedHead } from './head.ts';
import { readHead } from './head-read.ts';
import type { ReadContext } from './object-items.ts';
import { triesOf } from './registry-tries.ts';
import { StoreError } from './store-error.ts';
import { auditTrie } from './trie-verify.ts';

export interface HistoryReport {
  /** True if there is no problem; what was purged is none. */
  readonly sound: boolean;
  /** HEAD's version, or null without a readable HEAD. */
  readonly head: number | null;
  readonly commits: number;
  readonly objects: number;
  readonly problems: readonly HistoryProblem[];
  readonly purged: readonly PurgedObject[];
}

export interface AuditOptions {
  readonly client: DynamoDBClient;
  readonly tables: StoreTables;
  /** Every key that ever signed, retired ones included. */
  readonly publicKeys: CommitKeys;
  readonly signal: AbortSignal;
  /** Called after each version, for progress. */
  readonly onVersion?: (version: number) => void;
}

/**
 * Verifies the whole history from what is stored now, past every cache: each commit's digest, signature, ancestors and
 * succession, and every object any version refers to. Finds all problems it can reach; throws only when the database
 * does not answer.
 */
export async function verifyHistory(options: AuditOptions): Promise<HistoryReport> {
  const audit = createAudit(options);
  const head = await audit.head();
  if (head !== null) await audit.walk(head);
  return audit.report(head?.commit.version ?? null);
}

function createAudit({ client, tables, publicKeys, signal, onVersion }: AuditOptions) {
  const context: ReadContext = { signal, meter: { readUnits: 0, batches: 0 } };
  const findings = createFindings(client, tables.objects, context);
  const { file: problem, load } = findings;
  const places = new Set<string>();
  let commits = 0;

  async function head(): Promise<VerifiedHead | null> {
    try {
      const found = await readHead(client, tables.state, publicKeys, context);
      if (found === undefined) problem('HEAD_MISSING', null, null);
      return found ?? null;
    } catch (error) {
      if (!(error instanceof StoreError) || error.retryable || error.code === 'STORE_REFUSED') throw error;
      problem('HEAD_UNSOUND', null, error.digest ?? null);
      return null;
    }
  }

  /** From HEAD down, by the digests that newer commits name for each version. */
  async function walk(from: VerifiedHead): Promise<void> {
    const named = new Map<number, Digest>([[from.commit.version, from.digest]]);
    let newer: Commit | undefined;
    for (let version = from.commit.version; version >= 1; version -= 1) {
      const digest = named.get(version);
      const commit = digest === undefined ? undefined : await auditCommit(version, digest, named);
      if (digest === undefined) problem('COMMIT_UNREACHABLE', version, null);
      if (commit !== undefined && newer !== undefined && !follows(newer, commit)) {
        problem('SUCCESSION', newer.version, named.get(newer.version) ?? null);
      }
      if (commit !== undefined) await auditContents(commit);
      newer = commit;
      named.delete(version);
      onVersion?.(version);
    }
  }

  async function auditCommit(
    version: number,
    digest: Digest,
    named: Map<number, Digest>,
  ): Promise<Commit | undefined> {
    commits += 1;
    let signature = new Uint8Array();
    const loaded = await load([digest], ['commit'], version, (item) => {
      signature = new Uint8Array(item['signature']?.B ?? []);
    });
    const commit = loaded.get(digest)?.commit;
    if (commit === undefined) return undefined;
    if (!isSigned(digest, signature, publicKeys)) problem('COMMIT_UNSIGNED', version, digest);
    if (commit.version !== version || !nameAncestors({ digest, commit }, named)) {
      problem('ANCESTORS', version, digest);
      return undefined;
    }
    return commit;
  }

  async function auditContents(commit: Commit): Promise<void> {
    const { version } = commit;
    const fresh = [commit.note, commit.root].filter((digest) => !findings.isChecked(digest));
    const root = (await load(fresh, ['note', 'root'], version)).get(commit.root);
    if (root === undefined) return;
    if (root.type !== 'root') return problem('OBJECT_MISPLACED', version, commit.root);
    if (!findings.isChecked(root.root.law)) await load([root.root.law], ['law'], version);
    const loadNodes = (digests: readonly Digest[]) => load(digests, ['leaf', 'node'], version);
    for (const trie of Object.values(triesOf(root.root))) {
      await auditTrie(trie, loadNodes, places, (digest) => problem('OBJECT_MISPLACED', version, digest));
    }
  }

  function report(headVersion: number | null): HistoryReport {
    return {
      sound: findings.problems.length === 0,
      head: headVersion,
      commits,
      objects: findings.checkedCount(),
      problems: findings.problems,
      purged: findings.purged,
    };
  }

  return { head, walk, report };
}

/** Files the digests a commit names for earlier versions; false if a newer commit named another for one of them. */
function nameAncestors({ commit }: NamedCommit, named: Map<number, Digest>): boolean {
  if (commit.ancestors.length !== ancestorCount(commit.version)) return false;
  return commit.ancestors.every((digest, power) => {
    const version = commit.version - 2 ** power;
    const known = named.get(version);
    if (known === undefined) named.set(version, digest);
    return known === undefined || known === digest;
  });
}

function follows(commit: Commit, parent: Commit): boolean {
  if (commit.recordedAt < parent.recordedAt) return false;
  if (commit.epoch === parent.epoch) {
    return (
      commit.lineage === parent.lineage &&
      commit.home === parent.home &&
      (commit.confirmed || !parent.confirmed) &&
      (commit.confirmed === parent.confirmed || commit.approvers.some((person) => person !== commit.author))
    );
  }
  return commit.epoch === parent.epoch + 1 && commit.lineage !== parent.lineage && !commit.confirmed;
}
