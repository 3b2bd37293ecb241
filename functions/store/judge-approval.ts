/**
 * Whether two people have signed what a version comes to, judged from the founders' keys alone. The keyring says who may
 * speak and proves it link by link; the approval must be theirs. It needs no history, and trusts no publisher.
 */
import type { Facts } from '../core/administration/change.ts';
import { authoritiesInForce } from '../core/administration/speakers.ts';
import { CLOCK_TOLERANCE_MS, PROPOSAL_MS, peopleDigest } from '../core/administration/statement.ts';
import {
  areTwoFounders,
  areTwoOf,
  areTwoOfAny,
  maySay,
  someTwo,
  type TwoKeys,
} from '../core/administration/two-people.ts';
import { nameOfKey } from '../core/facts/authority.ts';
import { canonicalText, type Digest } from '../core/facts/canonical.ts';
import { type Approval, type SaidVersion, saidBy } from './approval.ts';
import type { Commit } from './commit.ts';
import { afterLink, type Keyring } from './keyring.ts';
import { type FounderKeys, isSignedByItsKey } from './person-signature.ts';

/** What is wrong with an approval, by the first thing that is. */
export type ApprovalFault =
  /** A signature is not that of the key it names. */
  | 'SIGNATURE'
  /** What was signed is not this: another operation, registry, base, root or order of versions. */
  | 'STATEMENT'
  /** Not two people of one authority in force that may say it; at the beginning, not two founders. */
  | 'NOT_TWO_PEOPLE'
  /** The authorities are not those that were signed. */
  | 'PEOPLE'
  /** Signed before what it rests on, after now, or too long after the other. */
  | 'TIME';

export type Ruling<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: ApprovalFault };

/** A keyring that follows from the founders' keys. */
export interface TrustedPeople {
  /** The authorities as they stand. */
  readonly now: Facts;
  /** Homes of the registries that its links were signed for. */
  readonly homes: ReadonlySet<string>;
  /** The last change of an authority. */
  readonly last: SaidVersion;
  readonly lastApproval: Approval;
  readonly links: number;
}

/** The last version that people signed. */
export interface ApprovedVersion {
  readonly version: number;
  readonly root: Digest;
}

/** Kinds of change that one person may make, because they can only refuse. */
export const ALONE: ReadonlySet<string> = new Set(['hold', 'revoke']);

const NOBODY: Facts = new Map();

/** Whose signatures count, proven from the founders' keys on. */
export function trustedPeople(ring: Keyring, founders: FounderKeys): Ruling<TrustedPeople> {
  let now = NOBODY;
  const homes = new Set<string>();
  let last: SaidVersion | undefined;
  for (const { approval, authorities } of ring.links) {
    const before = now;
    now = afterLink(before, { approval, authorities });
    const said = saidBy(approval);
    const changes = Object.keys(authorities).map((key) => ({ before: before.get(key), after: now.get(key) }));
    const mayBe =
      last === undefined
        ? areTwoFounders(pairOf(said), founders)
        : maySay(pairOf(said), changes, before, said.to);
    const fault =
      signedFault(approval, said) ??
      orderFault(said, last) ??
      (said.people === peopleDigest(now) ? undefined : 'PEOPLE') ??
      (mayBe ? undefined : 'NOT_TWO_PEOPLE');
    if (fault !== undefined) return { ok: false, fault };
    homes.add(said.registry);
    last = said;
  }
  const lastApproval = ring.links.at(-1)?.approval;
  if (last === undefined || lastApproval === undefined) return { ok: false, fault: 'PEOPLE' };
  return { ok: true, value: { now, homes, last, lastApproval, links: ring.links.length } };
}

/** {@link trustedPeople} of a keyring with this digest. */
export type PeopleJudge = (digest: Digest, ring: Keyring) => Ruling<TrustedPeople>;

/** For one version after another, most of which name the keyring of the one before: that is judged once. */
export function createPeopleJudge(founders: FounderKeys): PeopleJudge {
  let last: { readonly digest: Digest; readonly judged: Ruling<TrustedPeople> } | undefined;
  return (digest, ring) => {
    if (last?.digest !== digest) last = { digest, judged: trustedPeople(ring, founders) };
    return last.judged;
  };
}

/** What can be told of an approval by itself. */
function signedFault(approval: Approval, said: SaidVersion): ApprovalFault | undefined {
  if (!approval.every(isSignedByItsKey)) return 'SIGNATURE';
  if (said.operation === 'approve' && said.keys.length !== 2) return 'NOT_TWO_PEOPLE';
  // Written so that an instant which is none is refused: at no time is anybody in force, and so nobody missing.
  return said.to - said.from <= PROPOSAL_MS ? undefined : 'TIME';
}

/** A link of the keyring is an approval, on top of the version that the link before it made; the first is on nothing. */
function orderFault(said: SaidVersion, last: SaidVersion | undefined): ApprovalFault | undefined {
  if (said.operation !== 'approve') return 'STATEMENT';
  if (last === undefined) return said.base === null ? undefined : 'STATEMENT';
  if (said.base === null || said.base.version < versionOf(last)) return 'STATEMENT';
  return isBefore(said.to, last.to) ? 'TIME' : undefined;
}

/** What a commit is judged by. */
export interface JudgedBy {
  readonly founders: FounderKeys;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Whether the approval that a commit carries is the word of people who may give it, and of which version.
 *
 * @param people from the keyring that the commit names
 */
export function approvedVersion(
  commit: Commit,
  approval: Approval,
  people: TrustedPeople,
  { founders, now }: JudgedBy,
): Ruling<ApprovedVersion> {
  const said = saidBy(approval);
  const version = approvedIn(commit, said);
  const fault =
    signedFault(approval, said) ??
    placeFault(commit, said, people) ??
    (isBefore(said.to, people.last.to) || isBefore(now, said.to) ? 'TIME' : undefined) ??
    speakersFault(approval, said, people, founders);
  if (fault !== undefined) return { ok: false, fault };
  if (version === undefined) return { ok: false, fault: 'STATEMENT' };
  return { ok: true, value: { version, root: said.root } };
}

function placeFault(
  commit: Commit,
  { registry, begins }: SaidVersion,
  people: TrustedPeople,
): ApprovalFault | undefined {
  if (registry !== commit.home) return 'STATEMENT';
  // The first epoch is nobody's to confirm: it came back from nowhere.
  if (begins !== null && (begins.epoch === 1 || begins.epoch !== commit.epoch)) return 'STATEMENT';
  // Only a restore, which people have confirmed for this home, brings along what was signed for another.
  const isOwn = [...people.homes].every((home) => home === commit.home);
  return commit.epoch === 1 && !isOwn ? 'STATEMENT' : undefined;
}

/** The version that was signed: the commit's own, or for a stop by one person an earlier one (of a confirmation, at least). */
export function approvedIn(commit: Commit, said: SaidVersion): number | undefined {
  const [parent = null, grandparent] = commit.ancestors;
  const isOwn =
    said.root === commit.root &&
    (said.operation === 'approve'
      ? commit.kind !== 'confirm' &&
        (said.base?.digest ?? null) === parent &&
        versionOf(said) === commit.version
      : commit.kind === 'confirm' &&
        // Its own place follows from what was signed; between the two there may be a restore.
        [parent, grandparent].some(
          (digest, k) => said.base?.digest === digest && said.base?.version === commit.version - 1 - k,
        ));
  if (isOwn) return commit.version;
  if (!ALONE.has(commit.kind) || versionOf(said) >= commit.version) return undefined;
  // A confirmation is of the version that came back: a restore, where none had begun, comes between it and its commit.
  return versionOf(said);
}

function speakersFault(
  approval: Approval,
  said: SaidVersion,
  people: TrustedPeople,
  founders: FounderKeys,
): ApprovalFault | undefined {
  // The change of an authority is judged by those before it, and has been: it is the keyring's own last link.
  if (isSame(approval, people.lastApproval)) return undefined;
  if (said.people !== peopleDigest(people.now)) return 'PEOPLE';
  if (said.base === null || said.base.version < versionOf(people.last)) return 'STATEMENT';
  const isSaid =
    said.operation === 'approve'
      ? areTwoOfAny(pairOf(said), people.now, said.to)
      : missingFrom(said.keys, people.now, said.to, founders) === null;
  return isSaid ? undefined : 'NOT_TWO_PEOPLE';
}

/**
 * Whose signatures a confirmation still lacks: `founders`, or the id of an authority; null where it is complete. A registry
 * that came back may have lost that somebody's key no longer counts, so its own keyring does not suffice: two founders,
 * whom the deployment knows and no table can bring back, sign beside two people of every authority that has people.
 */
export function missingFrom(
  keys: readonly string[],
  facts: Facts,
  at: number,
  founders: FounderKeys,
): string | null {
  if (!someTwo(keys, (pair) => areTwoFounders(pair, founders))) return 'founders';
  const speaking = authoritiesInForce(facts, at).filter(({ people = [] }) => people.length > 0);
  return speaking.find((each) => !someTwo(keys, (pair) => areTwoOf(each, pair)))?.id ?? null;
}

/** Whose signature is nobody's says nothing, and could move the time at which everybody is looked for. */
export function areKnown(
  keys: readonly string[],
  facts: readonly Facts[],
  at: number,
  founders: FounderKeys,
): boolean {
  const speaking = facts.flatMap((each) => authoritiesInForce(each, at));
  return keys.every(
    (key) => founders.includes(key) || speaking.some((each) => nameOfKey(each, key) !== undefined),
  );
}

/** The version that an approval makes. */
export function versionOf({ base }: Pick<SaidVersion, 'base'>): number {
  return (base?.version ?? 0) + 1;
}

export function pairOf({ keys }: Pick<SaidVersion, 'keys'>): TwoKeys {
  const [author = '', approver = ''] = keys;
  return [author, approver];
}

function isSame(a: Approval, b: Approval): boolean {
  return canonicalText(a) === canonicalText(b);
}

/** By more than clocks may differ. */
function isBefore(a: number, b: number): boolean {
  return !(a >= b - CLOCK_TOLERANCE_MS);
}
