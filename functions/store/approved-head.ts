import type { Digest } from '../core/facts/canonical.ts';
import { ancestorAt, loadCommit } from './ancestry.ts';
import { type Approval, saidBy } from './approval.ts';
import type { Commit } from './commit.ts';
import { comparePlaces, type Floor } from './floor.ts';
import type { VerifiedHead } from './head.ts';
import {
  type ApprovedVersion,
  approvedIn,
  approvedVersion,
  createPeopleJudge,
  type TrustedPeople,
  versionOf,
} from './judge-approval.ts';
import { type AcknowledgedLinks, acknowledgedLinks, beginsWith, type Keyring } from './keyring.ts';
import { createLinksProof, type LinksProof, type PlaceRows } from './links-made.ts';
import type { ReadContext } from './object-items.ts';
import type { FounderKeys } from './person-signature.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';

/** Judges HEADs, and keeps what it found of the last: a digest cannot come to mean something else. */
export interface HeadJudge {
  /** True if this HEAD has been found approved before. */
  isKnown(head: Pick<VerifiedHead, 'digest'>): boolean;
  /**
   * The version that people signed, HEAD's own or that before the stops since.
   *
   * @throws StoreError APPROVAL_INVALID, or what loading throws
   */
  judge(
    head: Pick<VerifiedHead, 'digest' | 'commit'>,
    objects: ObjectSource,
    context: ReadContext,
  ): Promise<ApprovedVersion>;
}

type Place = Pick<Floor, 'epoch' | 'version'>;

/** The rows of versions that two people made, and of the keyrings they had. */
export interface ApprovalFloor extends PlaceRows {
  newest(upTo: Place, context: ReadContext): Promise<Floor | null>;
  first(epoch: number, context: ReadContext): Promise<Floor | null>;
  keyrings(upTo: Place, context: ReadContext): Promise<readonly AcknowledgedLinks[]>;
}

/** @param linksMade see {@link createLinksProof} */
export function createHeadJudge(
  founders: FounderKeys,
  clock: () => number,
  floor: ApprovalFloor,
  linksMade: LinksProof = createLinksProof(floor),
): HeadJudge {
  /** The newest version that people signed, as far as this process has seen: the floor may know of a later one. */
  let seen: Place | null = null;
  /** The keyring of the newest epoch that this process knows to have been confirmed. */
  let begun: { readonly epoch: number; readonly links: AcknowledgedLinks } | undefined;
  const judgePeople = createPeopleJudge(founders);
  let last: { readonly digest: Digest; readonly approved: ApprovedVersion } | undefined;

  function peopleOf(digest: Digest, keyring: Keyring): TrustedPeople {
    const judged = judgePeople(digest, keyring);
    if (!judged.ok) throw new StoreError('APPROVAL_INVALID', { digest });
    return judged.value;
  }

  function judgedNow(commit: Commit, { approval, keyring }: Word) {
    return approvedVersion(commit, approval, peopleOf(commit.keyring, keyring), { founders, now: clock() });
  }

  /** An epoch above the first is one that people confirmed, with a keyring: whoever numbers a commit does not begin it. */
  async function confirmedLinks(
    epoch: number,
    objects: ObjectSource,
    context: ReadContext,
  ): Promise<AcknowledgedLinks> {
    if (begun?.epoch === epoch) return begun.links;
    const first = await floor.first(epoch, context);
    if (first?.epoch !== epoch) throw new StoreError('APPROVAL_INVALID');
    const { digest } = first;
    const commit = await loadCommit(objects, digest);
    const word = await wordOf({ commit }, objects);
    const judged = judgedNow(commit, word);
    const isConfirmation =
      judged.ok &&
      judged.value.version === commit.version &&
      commit.epoch === epoch &&
      saidBy(word.approval).operation === 'confirm';
    if (!isConfirmation) throw new StoreError('APPROVAL_INVALID', { digest });
    begun = { epoch, links: { ...acknowledgedLinks(word.keyring), since: commit.version } };
    return begun.links;
  }

  /**
   * Within an epoch a keyring only grows, whatever order versions come in: one that is shorter, or goes on another way from
   * an earlier one, is as sound by itself, and would bring back whose keys no longer count. A confirmation may drop links,
   * because what came back had lost them: everybody has signed for who speaks from there on, two founders besides.
   */
  async function demandKeyring(
    head: Pick<VerifiedHead, 'digest' | 'commit'>,
    { approval, keyring }: Word,
    rows: readonly AcknowledgedLinks[],
    objects: ObjectSource,
    context: ReadContext,
  ): Promise<void> {
    const { epoch } = head.commit;
    const isBeginning = saidBy(approval).operation === 'confirm';
    const isBegun = epoch > 1 && !isBeginning;
    const least = isBegun ? [await confirmedLinks(epoch, objects, context), ...rows] : rows;
    // Of a keyring that nobody acknowledged, nobody knows what it leaves out.
    const isSaid = least.length > 0 || isBeginning;
    if (!isSaid || !beginsWith(keyring, least))
      throw new StoreError('APPROVAL_INVALID', { digest: head.digest });
    if (!isBeginning) await linksMade(head, keyring, { least, begun: begun?.links }, objects, context);
  }

  /**
   * What a stop carries was made by a version before it: the one the floor names, or where that was not acknowledged, by
   * what it comes from. Two people's word for what lost the race to another version is nobody's.
   */
  async function demandCarried(
    head: Pick<VerifiedHead, 'digest' | 'commit'>,
    { approval }: Word,
    newest: Floor | null,
    objects: ObjectSource,
    context: ReadContext,
  ): Promise<void> {
    const { epoch } = head.commit;
    const said = saidBy(approval);
    const made = versionOf(said);
    // Between what came back and its confirmation there may be a restore.
    const places = said.operation === 'confirm' ? [made, made + 1] : [made];
    const least = newest?.epoch === epoch ? newest.version : 0;
    for (const version of places.filter((each) => each >= least && each < head.commit.version)) {
      const digest =
        version === least && newest !== null
          ? newest.digest
          : (await ancestorAt(objects, head, version)).digest;
      const commit = await loadCommit(objects, digest);
      const isMaker =
        commit.epoch === epoch &&
        commit.version === version &&
        commit.approval === head.commit.approval &&
        approvedIn(commit, said) === version;
      if (isMaker && (await isOrMayBe(digest, { epoch, version }, context))) return;
    }
    throw new StoreError('APPROVAL_INVALID', { digest: head.digest });
  }

  /** False where another version was acknowledged in this one's place. */
  async function isOrMayBe(digest: Digest, place: Place, context: ReadContext): Promise<boolean> {
    const row = await floor.at(place, context);
    return row === null || row.digest === digest;
  }

  return {
    isKnown: ({ digest }) => last?.digest === digest,
    async judge(head, objects, context) {
      if (last?.digest === head.digest) return last.approved;
      const [word, newest, rows] = await Promise.all([
        wordOf(head, objects),
        floor.newest(head.commit, context),
        floor.keyrings(head.commit, context),
      ]);
      const judged = judgedNow(head.commit, word);
      if (!judged.ok) throw new StoreError('APPROVAL_INVALID', { digest: head.digest });
      const { epoch } = head.commit;
      const place = { epoch, version: judged.value.version };
      // An older approval under a newer commit takes back what people have signed since.
      const isBelow = [newest, seen].some(
        (least) =>
          least?.epoch === epoch && least.version <= head.commit.version && place.version < least.version,
      );
      if (isBelow) throw new StoreError('HEAD_BELOW_FLOOR', { version: place.version });
      await demandKeyring(head, word, rows, objects, context);
      if (place.version < head.commit.version) await demandCarried(head, word, newest, objects, context);
      if (seen === null || comparePlaces(place, seen) > 0) seen = place;
      last = { digest: head.digest, approved: judged.value };
      return judged.value;
    },
  };
}

/**
 * Lets nothing through before HEAD has been found approved. The signatures are read beside whatever is asked for first,
 * so that a decision waits for no further round trip.
 */
export function behind(judging: () => Promise<ApprovedVersion>, objects: ObjectSource): ObjectSource {
  return {
    async load(digests, allowed) {
      const [found] = await Promise.all([objects.load(digests, allowed), judging()]);
      return found;
    },
  };
}

interface Word {
  readonly approval: Approval;
  readonly keyring: Keyring;
}

/** The signatures that a commit names, and the keyring they are judged by. */
export async function wordOf({ commit }: Pick<VerifiedHead, 'commit'>, objects: ObjectSource): Promise<Word> {
  const found = await objects.load([commit.approval, commit.keyring], ['approval', 'keyring']);
  const [approval, keyring] = [found.get(commit.approval), found.get(commit.keyring)];
  if (approval?.type !== 'approval') throw new StoreError('OBJECT_MALFORMED', { digest: commit.approval });
  if (keyring?.type !== 'keyring') throw new StoreError('OBJECT_MALFORMED', { digest: commit.keyring });
  return { approval: approval.approval, keyring: keyring.keyring };
}
