/**
 * Whether the links of a keyring were made where they say, by versions that HEAD comes from. What two people signed and
 * another version came before is as well signed as what was published, and rows of the floor can be written by whoever
 * publishes where nothing stands yet: only the way from one acknowledged version to the next tells them apart.
 */
import { digestOf } from '../core/facts/canonical.ts';
import { loadCommit, type NamedCommit } from './ancestry.ts';
import { encodeApproval, saidBy } from './approval.ts';
import type { Commit } from './commit.ts';
import type { Floor } from './floor.ts';
import { approvedIn, versionOf } from './judge-approval.ts';
import { type AcknowledgedLinks, type Keyring, type KeyringLink, keyringDigest } from './keyring.ts';
import type { ReadContext } from './object-items.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';

/** Versions in a row that nobody acknowledged, because their publishers died: beyond more of them nothing opens. */
const MOST_UNACKNOWLEDGED = 64;

/** The version that was acknowledged in a place, by whomever it was made. */
export interface PlaceRows {
  at(place: Pick<Floor, 'epoch' | 'version'>, context: ReadContext): Promise<Pick<Floor, 'digest'> | null>;
}

export interface SaidOfLinks {
  /** Of keyrings that HEAD's begins with; not empty. */
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
  // INVARIANT: about links by their digest: how they were made does not change.
  let proven: AcknowledgedLinks | undefined;

  return async (head, keyring, { least, begun }, objects, context) => {
    const refused = new StoreError('APPROVAL_INVALID', { digest: head.digest });
    const at = (version: number) => madeAt(rows, head, version, objects, context);
    const newest = least.reduce((one, other) => (other.version > one.version ? other : one));
    const since = newest.since ?? 1;
    if (newest !== begun && newest.digest !== proven?.digest) {
      const by = await at(since);
      if (by?.keyring !== keyringDigest({ links: keyring.links.slice(0, newest.version) })) throw refused;
      proven = newest;
    }
    for (const link of keyring.links.slice(newest.version)) {
      const version = versionOf(saidBy(link.approval));
      if (version <= since || !isMadeBy(await at(version), link)) throw refused;
    }
  };
}

function isMadeBy(by: Commit | undefined, { approval }: KeyringLink): boolean {
  const said = saidBy(approval);
  const isCarried = by?.approval === digestOf(encodeApproval(approval));
  return by !== undefined && isCarried && approvedIn(by, said) === versionOf(said);
}

/**
 * The version in a place of HEAD's epoch on the way from the next above it that was acknowledged, or from HEAD, down to the
 * next below. Step by step: the longer links of a commit may be anybody's word. Undefined where there is no such way.
 */
async function madeAt(
  rows: PlaceRows,
  head: NamedCommit,
  version: number,
  objects: ObjectSource,
  context: ReadContext,
): Promise<Commit | undefined> {
  const { epoch } = head.commit;
  let commit = await nextAbove(rows, head, version, objects, context);
  let made: Commit | undefined;
  for (let steps = 0; steps <= 2 * MOST_UNACKNOWLEDGED && commit.epoch === epoch; steps += 1) {
    if (commit.version === version) made = commit;
    const [parent] = commit.ancestors;
    if (parent === undefined) return made;
    const below = commit.version - 1;
    const row = await rows.at({ epoch, version: below }, context);
    if (row !== null && row.digest !== parent) return undefined;
    // What an acknowledged version comes from is what everybody comes from.
    if (row !== null && made !== undefined) return made;
    commit = await loadCommit(objects, parent);
    if (commit.version !== below) return undefined;
  }
  return undefined;
}

async function nextAbove(
  rows: PlaceRows,
  head: NamedCommit,
  version: number,
  objects: ObjectSource,
  context: ReadContext,
): Promise<Commit> {
  const last = Math.min(head.commit.version - 1, version + MOST_UNACKNOWLEDGED);
  for (let above = version + 1; above <= last; above += 1) {
    const row = await rows.at({ epoch: head.commit.epoch, version: above }, context);
    if (row !== null) return loadCommit(objects, row.digest);
  }
  return head.commit;
}
