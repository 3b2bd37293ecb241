/** Whether people signed what a HEAD comes to, from the founders’ keys on, kept by digest. */
import type { Digest } from '../core/facts/canonical.ts';
import { loadCommit, type NamedCommit } from './ancestry.ts';
import { saidBy } from './approval.ts';
import { type BeginningRules, demandBeginning } from './beginning.ts';
import type { Commit } from './commit.ts';
import type { VerifiedHead } from './head.ts';
import {
  type ApprovedVersion,
  approvedIn,
  approvedVersion,
  createPeopleJudge,
  type PeopleJudge,
  type TrustedPeople,
  versionOf,
} from './judge-approval.ts';
import { type AcknowledgedLinks, acknowledgedLinks, beginsWith, type Keyring } from './keyring.ts';
import { createLinksProof, type LinksProof, madeAt, type PlaceRows } from './links-made.ts';
import type { ReadContext } from './object-items.ts';
import type { Floor } from './open-floor.ts';
import type { FounderKeys } from './person-signature.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';
import { type Word, wordOf } from './word.ts';

/** Whose table the rows are of is settled where epochs are told. */
type SaidByFloor = Omit<Floor, 'all' | 'below' | 'id' | 'at'> & PlaceRows;

/** Judges HEADs, and keeps what it found of the last: a digest cannot come to mean something else. */
export interface HeadJudge {
  /** True if this HEAD has been found approved before. */
  isKnown(head: Pick<VerifiedHead, 'digest'>): boolean;
  /**
   * The version that people signed, HEAD's own or that before the stops since.
   *
   * @param isAcknowledged false for a HEAD whose publisher has not written its rows of the floor yet
   * @throws StoreError APPROVAL_INVALID, or what loading throws
   */
  judge(
    head: Pick<VerifiedHead, 'digest' | 'commit'>,
    objects: ObjectSource,
    context: ReadContext,
    isAcknowledged?: boolean,
  ): Promise<ApprovedVersion>;
}

/** How an epoch was begun, as far as its later versions need it. */
interface Begun {
  /** What a confirmation says, by its digest. */
  readonly approval: Digest;
  readonly links: AcknowledgedLinks;
}

/**
 * What was found of the past, shared by all who judge versions of one registry: each epoch was begun in one way, after one
 * version of the epoch before, and judging that again for each that comes of it would take twice as long with every restore.
 */
export interface PastProofs {
  readonly judgePeople: PeopleJudge;
  readonly begun: Map<number, Begun>;
  /** Versions that were HEAD, and what people signed of them. */
  readonly judged: Map<Digest, ApprovedVersion>;
}

export function createPastProofs(founders: FounderKeys): PastProofs {
  return { judgePeople: createPeopleJudge(founders), begun: new Map(), judged: new Map() };
}

/** @param linksMade see {@link createLinksProof} */
export function createHeadJudge(
  founders: FounderKeys,
  clock: () => number,
  floor: SaidByFloor,
  linksMade: LinksProof = createLinksProof(floor),
  past: PastProofs = createPastProofs(founders),
): HeadJudge {
  const { judgePeople } = past;
  let last: { readonly digest: Digest; readonly approved: ApprovedVersion } | undefined;

  function judgedNow(commit: Commit, { approval, keyring }: Word) {
    const people = trustedBy(judgePeople, commit.keyring, keyring);
    return approvedVersion(commit, approval, people, { founders, now: clock() });
  }

  function demandBegun(
    confirmation: NamedCommit,
    word: Word,
    isAcknowledged: boolean,
    objects: ObjectSource,
    context: ReadContext,
  ): Promise<void> {
    const rules = beginningRules(founders, clock, floor, objects, context, past);
    return demandBeginning(confirmation, word, isAcknowledged, rules);
  }

  /** An epoch above the first is one that people confirmed, with a keyring: whoever numbers a commit does not begin it. */
  async function confirmedLinks(
    epoch: number,
    objects: ObjectSource,
    context: ReadContext,
  ): Promise<AcknowledgedLinks> {
    const known = past.begun.get(epoch);
    if (known !== undefined) return known.links;
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
    await demandBegun({ digest, commit }, word, true, objects, context);
    const links = { ...acknowledgedLinks(word.keyring), since: commit.version };
    past.begun.set(epoch, { approval: commit.approval, links });
    return links;
  }

  /**
   * Within an epoch a keyring only grows, whatever order versions come in: one that is shorter, or goes on another way from
   * an earlier one, is as sound by itself, and would bring back whose keys no longer count. A confirmation may drop links,
   * because what came back had lost them: everybody has signed for who speaks from there on, two founders besides.
   */
  async function demandKeyring(
    head: Pick<VerifiedHead, 'digest' | 'commit'>,
    word: Word,
    rows: readonly AcknowledgedLinks[],
    objects: ObjectSource,
    context: ReadContext,
    isAcknowledged: boolean,
  ): Promise<void> {
    const { epoch, kind } = head.commit;
    const { keyring } = word;
    if (kind === 'confirm') {
      await demandBegun(head, word, isAcknowledged, objects, context);
      if (!beginsWith(keyring, rows)) throw new StoreError('APPROVAL_INVALID', { digest: head.digest });
      return;
    }
    const least = epoch > 1 ? [await confirmedLinks(epoch, objects, context), ...rows] : rows;
    // The first version of all makes its one link itself; what the table begins with, its publisher has looked at.
    const isFirst = head.commit.ancestors.length === 0 && keyring.links.length === 1;
    if (!isAcknowledged && isFirst && least.length === 0) return;
    // Of a keyring that nobody acknowledged, nobody knows what it leaves out.
    if (least.length === 0 || !beginsWith(keyring, least))
      throw new StoreError('APPROVAL_INVALID', { digest: head.digest });
    await linksMade(head, keyring, { least, begun: past.begun.get(epoch)?.links }, objects, context);
  }

  /**
   * What a stop carries was made by a version before it, on the way that HEAD comes from. Two people's word for what lost
   * the race to another version is nobody's.
   */
  async function demandCarried(
    head: Pick<VerifiedHead, 'digest' | 'commit'>,
    { approval }: Word,
    objects: ObjectSource,
    context: ReadContext,
  ): Promise<void> {
    const said = saidBy(approval);
    const { epoch } = head.commit;
    if (said.operation === 'confirm' && past.begun.get(epoch)?.approval === head.commit.approval) return;
    const maker = (await madeAt(floor, head, versionOf(said), objects, context))?.commit;
    const isMaker = maker?.approval === head.commit.approval && approvedIn(maker, said) === maker.version;
    if (said.operation === 'confirm' || !isMaker)
      throw new StoreError('APPROVAL_INVALID', { digest: head.digest });
  }

  return {
    isKnown: ({ digest }) => last?.digest === digest,
    async judge(head, objects, context, isAcknowledged = true) {
      if (last?.digest === head.digest) return last.approved;
      const [word, newest, rows] = await Promise.all([
        wordOf(head, objects),
        floor.newest('APPROVAL', context, head.commit),
        floor.keyrings(head.commit, context),
      ]);
      const judged = judgedNow(head.commit, word);
      if (!judged.ok) throw new StoreError('APPROVAL_INVALID', { digest: head.digest });
      const { epoch, version: own } = head.commit;
      const isOwn = judged.value.version === own;
      const isCarried = !isOwn && saidBy(word.approval).operation === 'confirm';
      const since = isCarried ? (await confirmedLinks(epoch, objects, context)).since : undefined;
      const place = { epoch, version: since ?? judged.value.version };
      // An older approval under a newer commit takes back what people have signed since.
      if (newest?.epoch === epoch && newest.version <= own && place.version < newest.version)
        throw new StoreError('HEAD_BELOW_FLOOR', { version: place.version });
      // Whoever left out the rows of a version, or of whose keys counted in it, could take back later what it says.
      const isTold =
        newest?.epoch === epoch &&
        newest.version === place.version &&
        rows.some(({ count }) => count === word.keyring.links.length);
      if ((isAcknowledged || !isOwn) && !isTold)
        throw new StoreError('APPROVAL_INVALID', { digest: head.digest });
      await demandKeyring(head, word, rows, objects, context, isAcknowledged);
      if (!isOwn) await demandCarried(head, word, objects, context);
      const approved = { ...judged.value, version: place.version };
      last = { digest: head.digest, approved };
      return approved;
    },
  };
}

/** What came back is judged by itself, as the HEAD that it was. */
export function beginningRules(
  founders: FounderKeys,
  clock: () => number,
  floor: SaidByFloor,
  objects: ObjectSource,
  context: ReadContext,
  past: PastProofs = createPastProofs(founders),
): BeginningRules {
  const judge = async (at: NamedCommit) => {
    const known = past.judged.get(at.digest);
    if (known !== undefined) return known;
    const approved = await createHeadJudge(founders, clock, floor, undefined, past).judge(
      at,
      objects,
      context,
    );
    past.judged.set(at.digest, approved);
    return approved;
  };
  const peopleOf = (digest: Digest, keyring: Keyring) => trustedBy(past.judgePeople, digest, keyring).now;
  return { floor, founders, judge, peopleOf, objects, context };
}

function trustedBy(judgePeople: PeopleJudge, digest: Digest, keyring: Keyring): TrustedPeople {
  const judged = judgePeople(digest, keyring);
  if (!judged.ok) throw new StoreError('APPROVAL_INVALID', { digest });
  return judged.value;
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
