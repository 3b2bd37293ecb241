import { createHash } from 'node:crypto';
import { canonicalText, type Digest } from '../core/facts/canonical.ts';
import { DIGEST_BYTES, digestAt, isDigest, rawDigest } from './digest-bytes.ts';
import { framed } from './object-bytes.ts';
import { StoreError } from './store-error.ts';

/** One version of the registry: what it is, where it comes from, who made it and when it was recorded. */
export interface Commit {
  /** From 1, without gaps. */
  readonly version: number;
  /** Random; new at genesis and whenever a registry is restored from a backup. */
  readonly lineage: string;
  /** 1 at genesis, higher at every restore: (epoch, version) never decreases, whatever backup comes back. */
  readonly epoch: number;
  /** False from a restore until two people have confirmed it. Readers that decide refuse an unconfirmed registry. */
  readonly confirmed: boolean;
  /** {@link homeOf} the state table this lineage lives in: a HEAD found in another one is a copy or a backup. */
  readonly home: string;
  readonly root: Digest;
  /** A `note` object: the reason and whatever else the author recorded, apart so that it can be purged. */
  readonly note: Digest;
  /** An `approval` object: the signatures of the last version that people signed, this one or, for a stop, an earlier one. */
  readonly approval: Digest;
  /** A `keyring` object: whose signatures count, and on whose word. */
  readonly keyring: Digest;
  /** What the control plane calls this change; lower-case kebab. */
  readonly kind: string;
  readonly author: string;
  readonly approvers: readonly string[];
  /** When it was recorded, as `YYYY-MM-DDTHH:MM:SS.sssZ`; never before the parent's. */
  readonly recordedAt: string;
  /** `ancestors[k]` is the commit 2^k versions before: the parent first, none at genesis. */
  readonly ancestors: readonly Digest[];
}

const RANDOM_ID = /^[0-9a-f]{32}$/;
const KIND = /^[a-z][a-z-]{0,31}$/;
/** The longest ARN of an assumed role's session has 176 characters. */
const PERSON = /^[\x21-\x7e]{1,176}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const MAX_APPROVERS = 2;

/** How many ancestors a commit of this version has: those at 1, 2, 4 … versions before, down to version 1. */
export function ancestorCount(version: number): number {
  return version <= 1 ? 0 : 32 - Math.clz32(version - 1);
}

/** A state table's name in the fixed length that HEAD's 4 KB have room for. */
export function homeOf(stateTable: string): string {
  return createHash('sha256').update(stateTable, 'utf8').digest('hex').slice(0, 32);
}

/**
 * A commit's bytes: canonical JSON, a line feed, and the raw digests of approval, keyring and ancestors. These limits keep HEAD within one read
 * unit for the first four million versions, whatever a commit says; see the test of head.ts.
 */
export function encodeCommit(commit: Commit): Uint8Array {
  if (!isCommit(commit)) throw new StoreError('NOT_STORABLE');
  const fields = Buffer.from(`${fieldsText(commit)}\n`, 'utf8');
  return framed('commit', Buffer.concat([fields, ...linksOf(commit).map(rawDigest)]));
}

/** Reads a commit's body. Anything but the exact canonical form of a well-formed commit is OBJECT_MALFORMED. */
export function decodeCommit(body: Buffer): Commit {
  const end = body.indexOf('\n');
  const text = body.subarray(0, Math.max(end, 0)).toString('utf8');
  let commit: Commit;
  try {
    const fields = JSON.parse(text) as Omit<Commit, Linked>;
    const [approval, keyring, ...ancestors] = unpack(body.subarray(end + 1));
    if (approval === undefined || keyring === undefined) throw new TypeError('links');
    commit = { ...fields, approval, keyring, ancestors };
  } catch (cause) {
    throw new StoreError('OBJECT_MALFORMED', { cause });
  }
  if (!isCommit(commit) || fieldsText(commit) !== text) throw new StoreError('OBJECT_MALFORMED');
  return Object.freeze({
    ...commit,
    approvers: Object.freeze([...commit.approvers]),
    ancestors: Object.freeze(commit.ancestors),
  });
}

/** Members that are raw digests behind the text. */
type Linked = 'approval' | 'keyring' | 'ancestors';

function linksOf({ approval, keyring, ancestors }: Commit): readonly Digest[] {
  return [approval, keyring, ...ancestors];
}

/** The text that exactly a commit's members give: an unknown member makes it differ from what was read. */
function fieldsText(commit: Commit): string {
  const { version, lineage, epoch, confirmed, home, root, note, kind, author, approvers, recordedAt } =
    commit;
  return canonicalText({
    version,
    lineage,
    epoch,
    confirmed,
    home,
    root,
    note,
    kind,
    author,
    approvers,
    recordedAt,
  });
}

function unpack(raw: Buffer): Digest[] {
  if (raw.length % DIGEST_BYTES !== 0) throw new TypeError('links');
  return Array.from({ length: raw.length / DIGEST_BYTES }, (_, k) => {
    const digest = digestAt(raw, k * DIGEST_BYTES);
    if (digest === null) throw new TypeError('links');
    return digest;
  });
}

function isCommit(commit: Commit): boolean {
  return (
    isCount(commit.version) &&
    isCount(commit.epoch) &&
    typeof commit.confirmed === 'boolean' &&
    matches(RANDOM_ID, commit.lineage) &&
    matches(RANDOM_ID, commit.home) &&
    isDigest(commit.root) &&
    isDigest(commit.note) &&
    isDigest(commit.approval) &&
    isDigest(commit.keyring) &&
    matches(KIND, commit.kind) &&
    matches(PERSON, commit.author) &&
    Array.isArray(commit.approvers) &&
    commit.approvers.length <= MAX_APPROVERS &&
    commit.approvers.every((person) => matches(PERSON, person)) &&
    isInstant(commit.recordedAt) &&
    commit.ancestors.every(isDigest) &&
    commit.ancestors.length === ancestorCount(commit.version)
  );
}

/** True for an instant as commits record it. */
export function isInstant(value: unknown): value is string {
  return matches(INSTANT, value) && new Date(Date.parse(value as string)).toJSON() === value;
}

/** True where somebody besides its author approved it. */
export function isApproved({ author, approvers }: Pick<Commit, 'author' | 'approvers'>): boolean {
  return approvers.some((person) => person !== author);
}

/** True of two people's own version, of a registry that needs no confirmation: the floor has rows of its approval and keyring. */
export function isPeoplesWord(commit: Pick<Commit, 'author' | 'approvers' | 'confirmed'>): boolean {
  return commit.confirmed && isApproved(commit);
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 0x7fff_ffff;
}

function matches(pattern: RegExp, value: unknown): boolean {
  return typeof value === 'string' && pattern.test(value);
}
