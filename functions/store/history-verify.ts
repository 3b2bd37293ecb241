/** Audits the whole history from what is stored: what `verify` and the watch report. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Digest } from '../core/facts/canonical.ts';
import { FORMAT } from '../core/facts/format.ts';
import type { NamedCommit } from './ancestry.ts';
import { createHeadJudge } from './approved-head.ts';
import { approvalProblems } from './audit-approvals.ts';
import { createFindings, type FoundSoFar, type HistoryProblem, type PurgedObject } from './audit-findings.ts';
import { createLayoutJudge, type LayoutJudge } from './audit-layout.ts';
import { ancestorCount, type Commit, homeOf, isApproved, isPeoplesWord } from './commit.ts';
import { type CommitKeys, isSigned } from './commit-signature.ts';
import type { StoreTables } from './dynamodb.ts';
import { type FloorLine, type FloorRow, rowOfLinks } from './floor.ts';
import { createFlooredHead } from './floored-head.ts';
import { type Item, itemBytes } from './head.ts';
import { readHead, readHeadCommit } from './head-read.ts';
import { homesAbove } from './homes.ts';
import { ALONE, createPeopleJudge } from './judge-approval.ts';
import { acknowledgedLinks } from './keyring.ts';
import { createObjectCache } from './object-cache.ts';
import { readingWithin } from './object-items.ts';
import { createObjectLoader } from './object-loader.ts';
import { openFloor } from './open-floor.ts';
import type { FounderKeys } from './person-signature.ts';
import { isTombstoneMeant } from './purge-consent.ts';
import { triesOf } from './registry-tries.ts';
import { StoreError } from './store-error.ts';
import { loadOne, type ObjectSource } from './stored-object.ts';
import { type ScannedPage, type ScanPlace, scanPage } from './table-scan.ts';
import { auditTrie } from './trie-verify.ts';

export interface HistoryReport {
  /** True if the audit is complete and there is no problem; what was purged is none. */
  readonly sound: boolean;
  /** True where nobody decides on HEAD before it is confirmed, however sound: it came back, or was made for other tables. */
  readonly held: boolean;
  /** Where an audit that was stopped goes on; null once it is complete. */
  readonly cursor: AuditCursor | null;
  /** HEAD's version, or null without a readable HEAD. */
  readonly head: number | null;
  readonly commits: number;
  readonly objects: number;
  readonly problems: readonly HistoryProblem[];
  readonly purged: readonly PurgedObject[];
  /** What nobody refers to: counted where that was asked for, once the audit is complete. */
  readonly unreferenced?: Unreferenced;
}

/**
 * Objects that no version of HEAD's history refers to, and their bytes as stored: of publications that lost a race or are
 * on their way, and of what was dropped by a restore.
 */
interface Unreferenced {
  readonly objects: number;
  readonly bytes: number;
}

/** An audit between two slices. Plain JSON; as large as the number of objects verified so far. */
export interface AuditCursor {
  /** HEAD when the audit began. */
  readonly head: number;
  /** The next version to be verified. */
  readonly version: number;
  /** The digest that newer commits name for earlier versions. */
  readonly named: readonly (readonly [version: number, digest: Digest])[];
  /** The commit of `version` + 1, where it could be read. */
  readonly newer: NamedCommit | null;
  readonly places: readonly string[];
  readonly commits: number;
  readonly found: FoundSoFar;
}

export interface AuditOptions {
  readonly client: DynamoDBClient;
  readonly tables: StoreTables;
  /** Every key that ever signed, retired ones included. */
  readonly publicKeys: CommitKeys;
  /** Whose keys everybody else's are believed from. */
  readonly founders: FounderKeys;
  /** Whether what decisions read follows from the facts. @default as a publication lays them out */
  readonly isLaidOut?: LayoutJudge;
  readonly signal: AbortSignal;
  /**
   * Called after each version, with the digest that names it; false stops the audit there, to go on from the report's
   * cursor.
   */
  readonly keepGoing?: (version: number, digest: Digest | undefined) => boolean;
  /** False to leave out what no signature is about: notes, and objects that a version shares with the one before it. */
  readonly contents?: boolean;
  /** True to look at every object there is, besides: only for who may scan the table. @default false */
  readonly countsAll?: boolean;
  /** Where an earlier slice stopped. */
  readonly cursor?: AuditCursor;
}

/**
 * Verifies the whole history from what is stored now, past every cache: each commit's digest, signature, ancestors and
 * succession, and every object any version refers to. Finds all problems it can reach; throws only when the database
 * does not answer.
 */
export async function verifyHistory(options: AuditOptions): Promise<HistoryReport> {
  const audit = createAudit(options);
  if (options.cursor !== undefined) return audit.walk(options.cursor);
  const head = await audit.head();
  if (head === null) return audit.report(null, null);
  const { version } = head.commit;
  return audit.walk({ head: version, version, named: [[version, head.digest]], newer: null });
}

function createAudit(options: AuditOptions) {
  const { client, tables, publicKeys, founders, signal, keepGoing, cursor } = options;
  const { contents = true, isLaidOut = createLayoutJudge() } = options;
  const context = readingWithin(signal);
  const floor = openFloor(client, tables.floor, Date.now);
  const by = { founders, judgePeople: createPeopleJudge(founders), isLaidOut };
  const findings = createFindings(client, tables.objects, context, {
    before: cursor?.found,
    isConsented,
  });
  const { file: problem, load } = findings;
  // What decides reads past what is filed here: what it meets is told as what the audit finds itself.
  const loader = createObjectLoader(client, tables.objects, createObjectCache(0));
  const places = new Set<string>(cursor?.places);
  const met = new Map<number, Commit>();
  if (cursor?.newer != null) met.set(cursor.newer.commit.version, cursor.newer.commit);
  let commits = cursor?.commits ?? 0;

  async function head(): Promise<NamedCommit | null> {
    try {
      const found = await readHead(client, tables.state, publicKeys, context);
      if (found === undefined) problem('HEAD_MISSING', null, null);
      else if (!(await isAtFloor())) problem('FLOOR', found.commit.version, found.digest);
      return found ?? null;
    } catch (error) {
      const { code, digest = null } = aboutContent(error);
      if (code === 'FORMAT_UNKNOWN') return headOfNewer();
      problem('HEAD_UNSOUND', null, digest);
      return null;
    }
  }

  /** A HEAD that only newer builds may decide on: who signed it, what it names and what is beneath can be told all the same. */
  async function headOfNewer(): Promise<NamedCommit | null> {
    const found = await readHeadCommit(client, tables.state, publicKeys, context);
    if (found === undefined) return null;
    const newest = await floor.newest('COMMIT', context);
    if (newest?.digest !== found.digest) problem('FLOOR', found.commit.version, found.digest);
    return found;
  }

  /** Whether everybody who spoke in the version signed that this may go: judged by the people of HEAD's keyring. */
  async function isConsented(digest: Digest, tombstone: Item, version: number): Promise<boolean> {
    const commit = met.get(version);
    if (commit === undefined) return false;
    return orFalse(async () => {
      const head = await readHeadCommit(client, tables.state, publicKeys, context);
      if (head === undefined) return false;
      const source = loader.within(context);
      const { keyring } = await loadOne(source, head.commit.keyring, 'keyring');
      if (!by.judgePeople(head.commit.keyring, keyring).ok) return false;
      const homes = await homesAbove(version, head, source);
      return isTombstoneMeant({ digest, tombstone, commit }, { commit: head.commit, keyring, homes }, source);
    });
  }

  /** False where HEAD is not what was acknowledged last, or what it takes to tell is not there. */
  async function isAtFloor(): Promise<boolean> {
    const asDecided = { clock: Date.now, floorForMs: 0, acceptUnacknowledged: false };
    const read = createFlooredHead({ client, tables, publicKeys, loader, floor, ...asDecided });
    return orFalse(async () => (await read(context, undefined)).problem === null);
  }

  /**
   * False where another commit was acknowledged in this one's place, or another keyring of as many links. Not every version
   * has a row: one may have crashed.
   */
  async function isAcknowledged(
    line: FloorLine,
    at: Pick<FloorRow, 'epoch' | 'version' | 'digest'>,
  ): Promise<boolean> {
    return orFalse(async () => {
      const row = await floor.at(at, context, line);
      return row === null || row.digest === at.digest;
    });
  }

  /** From HEAD down, by the digests that newer commits name for each version. */
  async function walk(
    from: Pick<AuditCursor, 'head' | 'version' | 'named' | 'newer'>,
  ): Promise<HistoryReport> {
    const named = new Map<number, Digest>(from.named);
    let newer = from.newer;
    for (let version = from.version, below = 0; version >= 1; version = below) {
      const digest = named.get(version);
      const commit = digest === undefined ? undefined : await auditCommit(version, digest, named);
      if (digest === undefined) problem('COMMIT_UNREACHABLE', version, null);
      if (commit !== undefined && newer !== null && !follows(newer.commit, commit)) {
        problem('SUCCESSION', newer.commit.version, newer.digest);
      }
      if (commit?.version === 1 && !isGenesis(commit)) problem('SUCCESSION', 1, digest ?? null);
      if (commit !== undefined && contents) await auditContents(commit);
      if (commit !== undefined && newer !== null) await auditWord(newer, commit);
      if (commit?.version === 1 && digest !== undefined) await auditWord({ digest, commit }, null);
      newer = commit === undefined || digest === undefined ? null : { digest, commit };
      named.delete(version);
      // Numbers are whatever a HEAD says: where nobody names the next, all up to the next that is named are one finding.
      below = digest === undefined ? newestOf(named) : version - 1;
      if (keepGoing?.(version, digest) === false && below >= 1) {
        const place = { head: from.head, version: below, named: [...named], newer };
        return report(from.head, { ...place, places: [...places], commits, found: findings.soFar() });
      }
    }
    const held = await auditOpening();
    const unreferenced = options.countsAll === true ? { unreferenced: await countUnreferenced() } : {};
    return { ...report(from.head, null, held), ...unreferenced };
  }

  async function countUnreferenced(): Promise<Unreferenced> {
    let [objects, bytes] = [0, 0];
    for (let after: ScanPlace | null = null; ; ) {
      const page: ScannedPage = await scanPage(client, tables.objects, after, signal);
      for (const item of page.items) {
        if (findings.isChecked(item['digest']?.S ?? '')) continue;
        objects += 1;
        bytes += itemBytes(item);
      }
      if (page.next === null) return { objects, bytes };
      after = page.next;
    }
  }

  /** HEAD, as `decide` judges it: whatever nobody may decide on is not called sound, also where nothing here has told why. */
  async function auditOpening(): Promise<boolean> {
    const found = await readHeadCommit(client, tables.state, publicKeys, context);
    const held =
      found !== undefined && !(found.commit.confirmed && found.commit.home === homeOf(tables.state));
    if (found !== undefined && (await isContradictory()))
      problem('HEAD_UNSOUND', found.commit.version, found.digest);
    if (found === undefined || held || findings.problems.length > 0) return held;
    const judge = createHeadJudge(founders, Date.now, floor);
    const isOpened = await orFalse(async () => {
      await judge.judge(found, loader.within(context), context);
      return true;
    });
    if (!isOpened) problem('FLOOR', found.commit.version, found.digest);
    return false;
  }

  /** A HEAD that asks for no newer build, of what only a newer one could read: nobody publishes that. */
  async function isContradictory(): Promise<boolean> {
    const { problems } = findings;
    if (problems.length === 0 || problems.some(({ code }) => code !== 'FORMAT_UNKNOWN')) return false;
    return orFalse(async () => {
      const found = await readHead(client, tables.state, publicKeys, context);
      return found !== undefined && found.root.format <= FORMAT;
    });
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
    met.set(version, commit);
    if (!isSigned(digest, signature, publicKeys)) problem('COMMIT_UNSIGNED', version, digest);
    if (commit.version !== version || !nameAncestors({ digest, commit }, named)) {
      problem('ANCESTORS', version, digest);
      return undefined;
    }
    if (!(await isAcknowledged('COMMIT', { ...commit, digest }))) problem('FLOOR', version, digest);
    return commit;
  }

  async function auditWord(named: NamedCommit, parent: Commit | null): Promise<void> {
    const { version } = named.commit;
    // What is missing is filed where it is met as what it is, if anything is looked at besides.
    const look = contents ? createFindings(client, tables.objects, context).load : load;
    const source: ObjectSource = { load: (digests, allowed) => look(digests, allowed, version) };
    for (const code of await approvalProblems(source, named, parent, by))
      problem(code, version, named.digest);
    // A stop by one person never takes a newer build than the version before it.
    const { kind, root } = named.commit;
    if (parent !== null && ALONE.has(kind) && isOfNewer(root) && !isOfNewer(parent.root))
      problem('NOT_RESTRICTING', version, named.digest);
  }

  /** Of a root that was met: whether only a newer build may read it. */
  function isOfNewer(root: Digest): boolean {
    return findings.problems.some(({ code, digest }) => code === 'FORMAT_UNKNOWN' && digest === root);
  }

  async function auditContents(commit: Commit): Promise<void> {
    const { version } = commit;
    await loadAs('note', commit.note, version);
    await loadAs('approval', commit.approval, version);
    const keyring = (await loadAs('keyring', commit.keyring, version))?.keyring;
    const links = keyring && { epoch: commit.epoch, ...rowOfLinks(acknowledgedLinks(keyring)) };
    if (links !== undefined && !(await isAcknowledged('KEYRING', links)))
      problem('FLOOR', version, commit.keyring);
    const root = (await loadAs('root', commit.root, version))?.root;
    if (root === undefined) return;
    await loadAs('law', root.law, version);
    const loadNodes = (digests: readonly Digest[]) => load(digests, ['leaf', 'node'], version);
    for (const trie of Object.values(triesOf(root))) {
      await auditTrie(trie, loadNodes, places, (digest) => problem('OBJECT_MISPLACED', version, digest));
    }
  }

  /** The object, the first time that it is met in a place of this type: versions share most of what they refer to. */
  async function loadAs<T extends 'note' | 'root' | 'law' | 'approval' | 'keyring'>(
    type: T,
    digest: Digest,
    version: number,
  ) {
    const place = `${type} ${digest}`;
    if (places.has(place)) return undefined;
    places.add(place);
    return (await load([digest], [type], version)).get(digest);
  }

  function report(headVersion: number | null, next: AuditCursor | null, held = false): HistoryReport {
    return {
      sound: findings.problems.length === 0 && next === null,
      held,
      cursor: next,
      head: headVersion,
      commits,
      objects: findings.checkedCount(),
      problems: findings.problems,
      purged: findings.purged,
    };
  }

  return { head, walk, report };
}

/** What is wrong with the store's own content is a finding; a database that does not answer is none, and is thrown. */
function aboutContent(error: unknown): StoreError {
  const isAnswer = error instanceof StoreError && !/^STORE_/.test(error.code);
  if (!isAnswer) throw error;
  return error;
}

async function orFalse(ask: () => Promise<boolean>): Promise<boolean> {
  try {
    return await ask();
  } catch (error) {
    aboutContent(error);
    return false;
  }
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

/** The newest version that is named; 0 for none. */
function newestOf(named: ReadonlyMap<number, Digest>): number {
  return Math.max(0, ...named.keys());
}

function follows(commit: Commit, parent: Commit): boolean {
  if (commit.recordedAt < parent.recordedAt) return false;
  if (commit.epoch === parent.epoch) {
    return (
      commit.lineage === parent.lineage &&
      commit.home === parent.home &&
      isConfirmedAs(commit, parent) &&
      (isApproved(commit) || ALONE.has(commit.kind))
    );
  }
  return commit.epoch > parent.epoch && commit.lineage !== parent.lineage && !commit.confirmed;
}

/** What was confirmed stays so; what was not becomes so by a confirmation alone. */
function isConfirmedAs({ confirmed, kind }: Commit, parent: Commit): boolean {
  return confirmed === parent.confirmed || (confirmed && kind === 'confirm');
}

function isGenesis(commit: Commit): boolean {
  return commit.epoch === 1 && isPeoplesWord(commit);
}
