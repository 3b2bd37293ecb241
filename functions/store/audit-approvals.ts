/**
 * The part of an audit that is about people: every version's signatures against the authorities of its base, what one
 * person published against what one person may, and the keyring against the facts.
 */
import type { Facts } from '../core/administration/change.ts';
import { onlyRestricts } from '../core/administration/polarity.ts';
import { CLOCK_TOLERANCE_MS } from '../core/administration/statement.ts';
import { type FactChange, maySay } from '../core/administration/two-people.ts';
import { canonicalText, type Digest } from '../core/facts/canonical.ts';
import { FORMAT } from '../core/facts/format.ts';
import type { RawFact } from '../core/facts/view.ts';
import type { NamedCommit } from './ancestry.ts';
import { type Approval, saidBy } from './approval.ts';
import type { ApprovalProblemCode } from './audit-findings.ts';
import { factDifferences, type KeyedChange, type LaidOut, type LayoutJudge } from './audit-layout.ts';
import type { Commit } from './commit.ts';
import { approvedVersion, type PeopleJudge, pairOf } from './judge-approval.ts';
import { authoritiesAfter, type Keyring, keyringDigest, linkMadeBy } from './keyring.ts';
import type { FounderKeys } from './person-signature.ts';
import { EMPTY_ROOT, type RegistryRoot } from './registry-root.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';

/** Facts that one person's stop adds or cuts short, at most: as many as the registry takes at once. */
const MOST_OF_A_STOP = 100;

/** Subtrees on the way to one fact, at most, where facts are not crowded on purpose. */
const SUBTREES = 8;

/** What versions are audited by, one after another from HEAD down. */
export interface AuditedBy {
  readonly founders: FounderKeys;
  readonly judgePeople: PeopleJudge;
  readonly isLaidOut: LayoutJudge;
}

/** What is wrong with the word behind a version, given the one before it (null for the first). */
export async function approvalProblems(
  source: ObjectSource,
  { commit }: Pick<NamedCommit, 'commit'>,
  parent: Commit | null,
  { founders, judgePeople, isLaidOut }: AuditedBy,
): Promise<readonly ApprovalProblemCode[]> {
  const word = await wordIn(source, commit);
  // What cannot be read is a problem already.
  if (word === undefined) return [];
  const { approval, keyring } = word;
  // A registry that came back is nobody's word before it is confirmed.
  if (!commit.confirmed)
    return isCarried(commit, parent) && commit.root === parent?.root ? [] : ['APPROVAL_CARRIED'];
  const people = judgePeople(commit.keyring, keyring);
  if (!people.ok) return [`KEYRING_${people.fault}`];
  const by = { founders, now: Number.POSITIVE_INFINITY };
  const judged = approvedVersion(commit, approval, people.value, by);
  if (!judged.ok) return [`APPROVAL_${judged.fault}`];
  const isStop = judged.value.version < commit.version;
  const between = await changesBetween(source, parent, commit, isStop ? MOST_OF_A_STOP : undefined);
  // Whose facts cannot be walked has facts of nobody's.
  if (between === null) return ['LAYOUT'];
  const changes = between?.changes;
  // Nor is more looked at than one person stops at once: an audit that never ended would name nothing.
  if (isStop && changes !== undefined && changes.length > MOST_OF_A_STOP) return ['NOT_RESTRICTING'];
  const problems = isStop
    ? stopProblems(commit, parent, changes)
    : signedProblems({
        ...{ commit, parent, approval, keyring, changes, now: people.value.now },
        was: parent === null ? undefined : await keyringOf(source, parent, { commit, keyring }),
      });
  // What is the same as before is laid out as that is, which is looked at by itself.
  const isSame = parent !== null && commit.root === parent.root;
  if (between === undefined || isSame) return problems;
  // A stop by one person never takes a newer build than the version before it.
  if (isStop && between.root.format > (between.parent?.format ?? 0)) return [...problems, 'NOT_RESTRICTING'];
  // How a newer build lays out what it brings, this one does not know.
  const isNewer = between.root.format > FORMAT;
  const flaw = isNewer ? 'FORMAT_UNKNOWN' : await layoutFlaw(() => isLaidOut({ source, ...between }));
  return flaw === null ? problems : [...problems, flaw];
}

/** Null also where something is missing, which is a problem already; what cannot be laid out at all is laid out wrongly. */
async function layoutFlaw(ask: () => Promise<boolean>): Promise<'LAYOUT' | 'FORMAT_UNKNOWN' | null> {
  try {
    return (await ask()) ? null : 'LAYOUT';
  } catch (error) {
    if (!(error instanceof StoreError)) return 'LAYOUT';
    if (error.retryable || error.code === 'STORE_REFUSED') throw error;
    if (error.code === 'FORMAT_UNKNOWN') return 'FORMAT_UNKNOWN';
    return error.code === 'OBJECT_MISSING' ? null : 'LAYOUT';
  }
}

/** One person may only restrict, and changes nothing of what people signed. */
function stopProblems(
  commit: Commit,
  parent: Commit | null,
  changes: readonly FactChange[] | undefined,
): readonly ApprovalProblemCode[] {
  if (!isCarried(commit, parent)) return ['APPROVAL_CARRIED'];
  if (changes === undefined) return [];
  const isEmpty = changes.length === 0 && commit.root !== parent?.root;
  return isEmpty || !changes.every(onlyRestricts) ? ['NOT_RESTRICTING'] : [];
}

interface SignedCommit {
  readonly commit: Commit;
  readonly parent: Commit | null;
  readonly approval: Approval;
  readonly keyring: Keyring;
  /** That of the version before, where it can be read. */
  readonly was: Keyring | undefined;
  readonly changes: readonly FactChange[] | undefined;
  readonly now: Facts;
}

function signedProblems(of: SignedCommit): readonly ApprovalProblemCode[] {
  const { commit, parent, approval, keyring, was, changes, now } = of;
  const said = saidBy(approval);
  if (parent !== null && said.to < Date.parse(parent.recordedAt) - CLOCK_TOLERANCE_MS)
    return ['APPROVAL_TIME'];
  const link = linkMadeBy(keyring, approval);
  const before = link ? authoritiesAfter(keyring.links.slice(0, -1)) : now;
  if (parent !== null && !link && commit.keyring !== parent.keyring) return ['KEYRING_PEOPLE'];
  // A link is one more than its base had: what that leaves out, or has besides, was nobody's change.
  if (was !== undefined && link && !isOneMore(keyring, was)) return ['KEYRING_PEOPLE'];
  if (changes === undefined) return [];
  const changed = new Map(
    changes.flatMap(({ before: was, after }) => {
      const key = `authority/${String((after ?? was)?.['id'])}`;
      return (after ?? was)?.['kind'] === 'authority' ? [[key, after ?? null] as const] : [];
    }),
  );
  const linked = new Map(Object.entries(link?.authorities ?? {}));
  if (textOf(changed) !== textOf(linked)) return ['KEYRING_PEOPLE'];
  // What everybody confirms is what came back.
  if (said.operation === 'confirm') return commit.root === parent?.root ? [] : ['APPROVAL_STATEMENT'];
  if (parent === null) return [];
  return maySay(pairOf(said), changes, before, said.to) || changes.length === 0
    ? []
    : ['APPROVAL_NOT_TWO_PEOPLE'];
}

function isOneMore({ links }: Keyring, was: Keyring): boolean {
  return keyringDigest({ links: links.slice(0, -1) }) === keyringDigest(was);
}

function isCarried(commit: Commit, parent: Commit | null): boolean {
  return parent !== null && commit.approval === parent.approval && commit.keyring === parent.keyring;
}

/** The keyring of the version before, which mostly is this one's; undefined where it cannot be read. */
async function keyringOf(
  source: ObjectSource,
  parent: Commit,
  { commit, keyring }: { readonly commit: Commit; readonly keyring: Keyring },
): Promise<Keyring | undefined> {
  return parent.keyring === commit.keyring ? keyring : (await wordIn(source, parent))?.keyring;
}

async function wordIn(source: ObjectSource, { approval, keyring }: Commit) {
  const found = await source.load([approval, keyring], ['approval', 'keyring']);
  const [word, ring] = [found.get(approval), found.get(keyring)];
  if (word?.type !== 'approval' || ring?.type !== 'keyring') return undefined;
  return { approval: word.approval, keyring: ring.keyring };
}

/**
 * The facts that differ; undefined where what was purged or lost keeps that from being told, null for no trie of facts.
 *
 * @param most differences looked at
 */
async function changesBetween(
  source: ObjectSource,
  parent: Commit | null,
  commit: Commit,
  most = Number.POSITIVE_INFINITY,
): Promise<Omit<LaidOut, 'source'> | undefined | null> {
  const after = await rootOf(source, commit.root);
  const before = parent === null ? null : await rootOf(source, parent.root);
  if (after === undefined || before === undefined) return undefined;
  const changes: KeyedChange[] = [];
  try {
    const ground = before ?? { law: after.law, ...EMPTY_ROOT };
    for await (const change of factDifferences(source, ground, after, SUBTREES * most)) {
      changes.push(change);
      if (changes.length > most) break;
    }
  } catch (error) {
    if (error instanceof StoreError && error.code === 'OBJECT_MISSING') return undefined;
    if (error instanceof StoreError && error.code === 'OBJECT_MALFORMED') return null;
    throw error;
  }
  return { root: after, parent: before, changes };
}

async function rootOf(source: ObjectSource, digest: Digest): Promise<RegistryRoot | undefined> {
  return (await source.load([digest], ['root'])).get(digest)?.root;
}

function textOf(facts: Facts | ReadonlyMap<string, RawFact | null>): string {
  return canonicalText(Object.fromEntries(facts));
}
