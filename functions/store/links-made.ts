/**
 * Whether the links of a keyring were made where they say, by versions that HEAD comes from. What two people signed and
 * another version came before is as well signed as what was published, and rows of the floor can be written by whoever
 * publishes where nothing stands yet: only the way from one acknowledged version to the next tells them apart.
 */
import { type Digest, digestOf } from '../core/facts/canonical.ts';
import { loadCommit, type NamedCommit } from './ancestry.ts';
import { type Approval, encodeApproval, saidBy } from './approval.ts';
import type { Commit } from './commit.ts';
import { comparePlaces, type FloorRow, type Place } from './floor.ts';
import { approvedIn, versionOf } from './judge-approval.ts';
import {
  type AcknowledgedLinks,
  acknowledgedLinks,
  beginsWith,
  type Keyring,
  keyringDigest,
} from './keyring.ts';
import type { ReadContext } from './object-items.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';

/** Versions in a row that nobody acknowledged, because their publishers died: beyond more of them nothing opens. */
const MOST_UNACKNOWLEDGED = 64;

/** The version that was acknowledged in a place, by whomever it was made. */
export interface PlaceRows {
  at(place: Place, context: ReadContext): Promise<Pick<FloorRow, 'digest'> | null>;
}

interface SaidOfLinks {
  /** Of keyrings that HEAD's begins with, which say since when; not empty. */
  readonly least: readonly AcknowledgedLinks[];
  /** That of them which the confirmation of HEAD's epoch proves by itself. */
  readonly begun: AcknowledgedLinks | undefined;
}

/** @throws StoreError APPROVAL_INVALID, or what reading throws */
export type LinksProof = (
  head: NamedCommit,
  keyring: Keyring,
  said: SaidOfLinks,
  objects: ObjectSource,
  context: ReadContext,
) => Promise<void>;

export function createLinksProof(rows: PlaceRows): LinksProof {
  // INVARIANT: about the links of one epoch by their digest: how they were made in it does not change.
  let proven: (AcknowledgedLinks & { readonly epoch: number }) | undefined;

  return async (head, keyring, { least, begun }, objects, context) => {
    const refused = new StoreError('APPROVAL_INVALID', { digest: head.digest });
    const at = (version: number) => madeAt(rows, head, version, objects, context);
    const newest = least.reduce((one, other) => (other.count > one.count ? other : one));
    const { epoch } = head.commit;
    // A row says that somebody acknowledged these links, and could be anybody's; what a lost link leads to is well signed too.
    const known = proven?.epoch === epoch && beginsWith(keyring, [proven]) ? proven.count : 0;
    const first = Math.max(begun?.count ?? 0, known) + 1;
    const counts = Array.from({ length: keyring.links.length - first + 1 }, (_, k) => first + k);
    const made = await Promise.all(
      counts.map(async (count) => {
        const ring = { links: keyring.links.slice(0, count) };
        const version = madeIn(ring);
        const isSince = count > newest.count === version > (newest.since ?? 1);
        return isSince && isMadeBy((await at(version))?.commit, ring);
      }),
    );
    if (!made.every(Boolean)) throw refused;
    proven = { epoch, ...acknowledgedLinks(keyring) };
  };
}

function lastOf({ links }: Keyring): Approval {
  const last = links.at(-1);
  if (last === undefined) throw new StoreError('OBJECT_MALFORMED');
  return last.approval;
}

/** The version that made the last link. */
function madeIn(ring: Keyring): number {
  return versionOf(saidBy(lastOf(ring)));
}

/** True for the commit of the approval that made the last link, which had this keyring first. */
function isMadeBy(by: Commit | undefined, ring: Keyring): boolean {
  const approval = lastOf(ring);
  const isCarried = by?.approval === digestOf(encodeApproval(approval)) && by.keyring === keyringDigest(ring);
  return by !== undefined && isCarried && approvedIn(by, saidBy(approval)) === madeIn(ring);
}

/**
 * The version in a place of HEAD's epoch on the way from the next above it that was acknowledged, or from HEAD, down to the
 * next below. Step by step: the longer links of a commit may be anybody's word. Undefined where there is no such way.
 */
export async function madeAt(
  rows: PlaceRows,
  head: NamedCommit,
  version: number,
  objects: ObjectSource,
  context: ReadContext,
): Promise<NamedCommit | undefined> {
  const { epoch } = head.commit;
  let at = await nextAbove(rows, head, version, objects, context);
  let made: NamedCommit | undefined;
  for (let steps = 0; steps <= 2 * MOST_UNACKNOWLEDGED && at?.commit.epoch === epoch; steps += 1) {
    if (at.commit.version === version) made = at;
    const [parent] = at.commit.ancestors;
    if (parent === undefined) return made;
    const below = at.commit.version - 1;
    const row = await rows.at({ epoch, version: below }, context);
    if (row !== null && row.digest !== parent) return undefined;
    // What an acknowledged version comes from is what everybody comes from.
    if (row !== null && made !== undefined) return made;
    at = await named(objects, parent);
    if (at.commit.version !== below) return undefined;
  }
  return undefined;
}

/** Undefined where a row names a version of another place: on the way from there nobody has said anything of this one. */
async function nextAbove(
  rows: PlaceRows,
  head: NamedCommit,
  version: number,
  objects: ObjectSource,
  context: ReadContext,
): Promise<NamedCommit | undefined> {
  const last = Math.min(head.commit.version - 1, version + MOST_UNACKNOWLEDGED);
  for (let above = version + 1; above <= last; above += 1) {
    const place = { epoch: head.commit.epoch, version: above };
    const row = await rows.at(place, context);
    if (row === null) continue;
    const at = await named(objects, row.digest);
    return comparePlaces(at.commit, place) === 0 ? at : undefined;
  }
  return head;
}

async function named(objects: ObjectSource, digest: Digest): Promise<NamedCommit> {
  return { digest, commit: await loadCommit(objects, digest) };
}
