/**
 * Whether a confirmation is of what came back, in place of what was acknowledged last. Two founders and everybody whom its
 * keyring names have signed it: if that keyring could be any, or its facts name others, two founders could begin again
 * without anybody; if what has come since did not count, words that nobody used would wait for ever.
 */
import type { Facts } from '../core/administration/change.ts';
import { CLOCK_TOLERANCE_MS, peopleDigest } from '../core/administration/statement.ts';
import type { Digest } from '../core/facts/canonical.ts';
import { isLawDoc } from '../core/registry/documents.ts';
import { loadCommit, loadRoot, type NamedCommit } from './ancestry.ts';
import { saidBy } from './approval.ts';
import type { AcknowledgedVersion } from './epochs.ts';
import { comparePlaces } from './floor.ts';
import { ALONE, areKnown, missingFrom } from './judge-approval.ts';
import type { Keyring } from './keyring.ts';
import { madeAt, type PlaceRows } from './links-made.ts';
import type { ReadContext } from './object-items.ts';
import type { Floor } from './open-floor.ts';
import type { FounderKeys } from './person-signature.ts';
import { StoreError } from './store-error.ts';
import { loadOne, type ObjectSource } from './stored-object.ts';
import { type Word, wordOf } from './word.ts';

/** What it takes to tell. */
export interface BeginningRules {
  readonly floor: Pick<Floor, 'epochs' | 'first'> & PlaceRows;
  readonly founders: FounderKeys;
  /** Throws for a version that would not have opened when it was HEAD. */
  readonly judge: (at: NamedCommit) => Promise<unknown>;
  /** Who speaks by a keyring with this digest. Throws where it does not follow from the founders' keys. */
  readonly peopleOf: (digest: Digest, keyring: Keyring) => Facts;
  /**
   * Throws where the way from what was acknowledged last is not what the floor says. Whoever decides does without: everybody has signed
   * behind it, and the way has as many versions as were lost.
   */
  readonly demandWay?: (top: AcknowledgedVersion, from: NamedCommit) => Promise<void>;
  readonly objects: ObjectSource;
  readonly context: ReadContext;
}

/**
 * @param isAcknowledged false for one whose publisher has not written its rows yet: what it will take may still be free
 * @throws StoreError APPROVAL_INVALID, or what reading throws
 */
export async function demandBeginning(
  confirmation: NamedCommit,
  { approval, keyring }: Word,
  isAcknowledged: boolean,
  rules: BeginningRules,
): Promise<void> {
  const { floor, objects, context, founders } = rules;
  const { digest, commit } = confirmation;
  const said = saidBy(approval);
  const refused = new StoreError('APPROVAL_INVALID', { digest });
  const { begins } = said;
  // Epochs go up, or following them down would have no end.
  if (begins === null || (begins.floor !== null && begins.floor.epoch >= commit.epoch)) throw refused;
  const [taken, people, from] = await Promise.all([
    floor.epochs.takenAfter(begins.floor, objects, context),
    peopleIn(objects, commit.root),
    cameFrom(confirmation, objects),
  ]);
  // Whoever takes these places first has begun, and nobody else ever does.
  const isOurs = taken.every((by) => (by === null ? !isAcknowledged : by === digest));
  if (!isOurs || people !== said.people || commit.keyring !== from.commit.keyring) throw refused;
  // Where a table was lost nothing is known, and everybody has signed that too.
  const last = begins.floor === null ? null : await demandReturned(from, begins.floor, rules);
  const own = rules.peopleOf(commit.keyring, keyring);
  const speaking = last === null ? [own] : [own, last.people];
  // Before the last version was signed somebody may not have spoken yet, or not any more.
  const isSince = last === null || said.to >= last.signedAt - CLOCK_TOLERANCE_MS;
  const isSaid =
    isSince && speaking.every((each) => missingFrom(said.keys, each, said.to, founders) === null);
  if (!isSaid || !areKnown(said.keys, speaking, said.to, founders)) throw refused;
}

/** Who spoke when a registry was lost, as its last version says, and when that was signed. */
export interface LastWord {
  readonly people: Facts;
  /** Milliseconds since the epoch. */
  readonly signedAt: number;
}

/**
 * What came back was the registry once: a version that the last epoch acknowledged, as good as when it was HEAD, on the way
 * to the last of all. A keyring that nobody ever published under would count keys as its makers like.
 *
 * @throws StoreError APPROVAL_INVALID, or what reading throws
 */
export async function demandReturned(
  from: NamedCommit,
  last: AcknowledgedVersion,
  rules: BeginningRules,
): Promise<LastWord> {
  const { floor, judge, objects, context } = rules;
  const [at, end, newest] = await Promise.all([
    floor.epochs.acknowledged(from.commit, context),
    floor.epochs.acknowledged(last, context),
    loadCommit(objects, last.digest),
  ]);
  const top = { digest: last.digest, commit: newest };
  if (comparePlaces(newest, last) !== 0 || end !== last.digest || at !== from.digest)
    throw new StoreError('APPROVAL_INVALID', { digest: from.digest });
  await rules.demandWay?.(last, from);
  await judge(top);
  if (from.commit.epoch < last.epoch) await demandEarlier(from, top, rules);
  else await demandOnWay(from, top, rules);
  return lastWord(top, rules);
}

/** Of an epoch before the last one's, which came after that as its own confirmation says: it has been judged with the last. */
async function demandEarlier(from: NamedCommit, top: NamedCommit, rules: BeginningRules): Promise<void> {
  const { floor, objects, context } = rules;
  const { epoch } = top.commit;
  const first = await floor.first(epoch, context);
  const commit = first?.epoch === epoch ? await loadCommit(objects, first.digest) : undefined;
  const before = commit && saidBy((await wordOf({ commit }, objects)).approval).begins?.floor;
  if (!before) throw new StoreError('APPROVAL_INVALID', { digest: from.digest });
  await demandReturned(from, before, rules);
}

/** Of the last one's epoch, on the way to it. */
async function demandOnWay(from: NamedCommit, top: NamedCommit, rules: BeginningRules): Promise<void> {
  const { floor, judge, objects, context } = rules;
  const { epoch } = top.commit;
  const refused = new StoreError('APPROVAL_INVALID', { digest: from.digest });
  // Every later epoch is judged by its own confirmation; the first by what this table began with.
  const isBegun = epoch > 1 || (await isStarted(rules));
  if (!isBegun || from.commit.epoch !== epoch) throw refused;
  // It has been judged.
  if (from.digest === top.digest) return;
  const way = await madeAt(floor, top, from.commit.version, objects, context);
  if (way?.digest !== from.digest) throw refused;
  await judge(from);
}

/** True where the first version of all is what this table began with. */
async function isStarted({ floor, objects, context }: BeginningRules): Promise<boolean> {
  const [first, [started = null]] = await Promise.all([
    floor.epochs.acknowledged({ epoch: 1, version: 1 }, context),
    floor.epochs.takenAfter(null, objects, context),
  ]);
  return started !== null && started === first;
}

async function lastWord(at: NamedCommit, { objects, peopleOf }: BeginningRules): Promise<LastWord> {
  const { approval, keyring } = await wordOf(at, objects);
  return { people: peopleOf(at.commit.keyring, keyring), signedAt: saidBy(approval).to };
}

/** The version that came back: below whatever was published on it before anybody had confirmed it. */
export async function cameFrom(head: NamedCommit, objects: ObjectSource): Promise<NamedCommit> {
  let at = head;
  do {
    const [digest] = at.commit.ancestors;
    const commit = digest && (await loadCommit(objects, digest));
    // Only a stop may say something else than what it stands on.
    const isSame = commit && (ALONE.has(at.commit.kind) || at.commit.root === commit.root);
    if (!isSame || commit.version !== at.commit.version - 1)
      throw new StoreError('APPROVAL_INVALID', { digest: head.digest });
    at = { digest, commit };
  } while (!at.commit.confirmed);
  return at;
}

/** Who may speak, as the facts of a version say: what decisions read names all of them. */
async function peopleIn(objects: ObjectSource, digest: Digest): Promise<Digest> {
  const { law } = await loadRoot(objects, digest);
  const { document } = await loadOne(objects, law, 'law');
  if (!isLawDoc(document)) throw new StoreError('OBJECT_MALFORMED', { digest });
  return peopleDigest(new Map(document.authorities.map((fact) => [`authority/${String(fact['id'])}`, fact])));
}
