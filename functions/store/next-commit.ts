/**
 * Makes the commit that follows another: its number, ancestors, lineage and epoch. Signing and publishing it are not
 * here.
 */
import { randomBytes } from 'node:crypto';
import type { Digest } from '../core/facts/canonical.ts';
import { ancestorAt, type NamedCommit } from './ancestry.ts';
import { ancestorCount, type Commit, isApproved, isInstant } from './commit.ts';
import { LAST_PLACE } from './floor.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';

/**
 * How a commit follows its parent. `genesis` has none. `restore` starts a new lineage, unconfirmed, on top of a HEAD that
 * came back from a backup; `confirm` is two people's word that its version is the right one; `continue` is any other.
 */
type Succession = 'genesis' | 'continue' | 'restore' | 'confirm';

/** What the caller says about a change. */
export interface CommitMeta {
  /** The control plane's word for it, lower-case kebab. */
  readonly kind: string;
  /** @default 'genesis' without a base, 'continue' with one */
  readonly succession?: Succession;
  readonly author: string;
  readonly approvers: readonly string[];
  /** `YYYY-MM-DDTHH:MM:SS.sssZ` */
  readonly recordedAt: string;
}

/** Where and on what a commit is made. */
export interface CommitPlace {
  readonly home: string;
  readonly root: Digest;
  readonly note: Digest;
  readonly approval: Digest;
  readonly keyring: Digest;
  /** The highest epoch that the floor knows of; a restore begins one above it. */
  readonly floorEpoch?: number;
}

/**
 * The commit that follows `parent`. Throws NOT_STORABLE for a succession that does not fit: a second genesis, a
 * confirmation of what is confirmed, or one whose author is its only approver.
 */
export async function nextCommit(
  parent: (NamedCommit & { readonly objects: ObjectSource }) | null,
  place: CommitPlace,
  meta: CommitMeta,
): Promise<Commit> {
  const succession = meta.succession ?? (parent === null ? 'genesis' : 'continue');
  const { floorEpoch = 0, ...there } = place;
  if (!isInstant(meta.recordedAt)) throw new StoreError('NOT_STORABLE');
  const said = { kind: meta.kind, author: meta.author, approvers: [...meta.approvers] };
  if (parent === null) {
    if (succession !== 'genesis') throw new StoreError('NOT_STORABLE');
    return {
      ...there,
      ...said,
      version: 1,
      lineage: newLineage(),
      epoch: 1,
      confirmed: true,
      recordedAt: meta.recordedAt,
      ancestors: [],
    };
  }
  const before = parent.commit;
  return {
    ...there,
    ...said,
    ...lineageAfter(before, place.home, succession, meta, floorEpoch),
    version: before.version + 1,
    // Recorded time never runs backwards: a publisher whose clock is behind must still be able to revoke.
    recordedAt: later(meta.recordedAt, before.recordedAt),
    ancestors: await ancestorsAfter(parent),
  };
}

function lineageAfter(
  before: Commit,
  home: string,
  succession: Succession,
  meta: CommitMeta,
  floorEpoch: number,
): Pick<Commit, 'lineage' | 'epoch' | 'confirmed'> {
  const { lineage, epoch, confirmed } = before;
  if (succession !== 'restore' && before.home !== home) throw new StoreError('LINEAGE_CHANGED');
  switch (succession) {
    case 'genesis':
      throw new StoreError('NOT_STORABLE');
    case 'continue':
      return { lineage, epoch, confirmed };
    case 'restore':
      return { lineage: newLineage(), epoch: epochAfter(epoch, floorEpoch), confirmed: false };
    case 'confirm':
      if (confirmed || !isApproved(meta)) {
        throw new StoreError('NOT_STORABLE');
      }
      return { lineage, epoch, confirmed: true };
    default:
      return unreachable(succession);
  }
}

/** The epoch of a restore: above that of what came back, and above every one that the floor knows of. */
export function epochAfter(epoch: number, floorEpoch: number): number {
  const next = Math.max(epoch, floorEpoch) + 1;
  // Rows of such an epoch would not sort after those before it.
  if (next > LAST_PLACE) throw new StoreError('FLOOR_MALFORMED');
  return next;
}

/** The digests of the commits 1, 2, 4 … versions before the next one, from the parent's own links. */
async function ancestorsAfter(parent: NamedCommit & { readonly objects: ObjectSource }): Promise<Digest[]> {
  const ancestors: Digest[] = [parent.digest];
  let at: NamedCommit = parent;
  for (let power = 1; power < ancestorCount(parent.commit.version + 1); power += 1) {
    at = await ancestorAt(parent.objects, at, parent.commit.version + 1 - 2 ** power);
    ancestors.push(at.digest);
  }
  return ancestors;
}

/** Instants in one fixed form compare as text. */
function later(a: string, b: string): string {
  return a < b ? b : a;
}

function newLineage(): string {
  return randomBytes(16).toString('hex');
}

function unreachable(succession: never): never {
  throw new StoreError('NOT_STORABLE', { cause: succession });
}
