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
import type { Acknowledged, Epochs } from './epochs.ts';
import { comparePlaces, type Floor } from './floor.ts';
import { ALONE, areKnown, missingFrom, trustedPeople } from './judge-approval.ts';
import { madeAt, type PlaceRows } from './links-made.ts';
import type { ReadContext } from './object-items.ts';
import type { FounderKeys } from './person-signature.ts';
import { StoreError } from './store-error.ts';
import { loadOne, type ObjectSource } from './stored-object.ts';
import { type Word, wordOf } from './word.ts';

/** What it takes to tell. */
export interface BeginningRules {
  readonly floor: PlaceRows & {
    readonly epochs: Epochs;
    /** The first approval of an epoch. */
    first(epoch: number, context: ReadContext): Promise<Floor | null>;
  };
  readonly founders: FounderKeys;
  /** Throws for a version that would not have opened when it was HEAD. */
  readonly judge: (at: NamedCommit) => Promise<unknown>;
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
  const own = trustedPeople(keyring, founders);
  const speaking = own.ok ? [own.value.now, ...(last === null ? [] : [last.people])] : [];
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
  { digest, commit }: NamedCommit,
  last: Acknowledged,
  { floor, judge, objects, context, founders }: BeginningRules,
): Promise<LastWord> {
  const { epochs } = floor;
  const [at, end, first, [started = null], newest] = await Promise.all([
    epochs.acknowledged(commit, context),
    epochs.acknowledged(last, context),
    epochs.acknowledged({ epoch: 1, version: 1 }, context),
    epochs.takenAfter(null, objects, context),
    loadCommit(objects, last.digest),
  ]);
  const refused = new StoreError('APPROVAL_INVALID', { digest });
  const top = { digest: last.digest, commit: newest };
  if (comparePlaces(newest, last) !== 0 || end !== last.digest || at !== digest) throw refused;
  if (commit.epoch < last.epoch) {
    // Every later epoch is judged by its own confirmation, which says how far the one before had come.
    await judge(top);
    const before = await beganAfter(last.epoch, floor, objects, context);
    if (before === null) throw refused;
    await demandReturned({ digest, commit }, before, { floor, judge, objects, context, founders });
    return lastWord(top, objects, founders);
  }
  // The first is judged by what this table began with.
  const isBegun = last.epoch > 1 || (started !== null && started === first);
  if (!isBegun || commit.epoch !== last.epoch) throw refused;
  const way =
    commit.version === last.version ? top : await madeAt(floor, top, commit.version, objects, context);
  if (way?.digest !== digest) throw refused;
  await Promise.all([judge(top), judge({ digest, commit })]);
  return lastWord(top, objects, founders);
}

/** What an epoch came after, as its confirmation says. */
async function beganAfter(
  epoch: number,
  floor: BeginningRules['floor'],
  objects: ObjectSource,
  context: ReadContext,
): Promise<Acknowledged | null> {
  const first = await floor.first(epoch, context);
  if (first?.epoch !== epoch) return null;
  const commit = await loadCommit(objects, first.digest);
  return saidBy((await wordOf({ commit }, objects)).approval).begins?.floor ?? null;
}

/** @throws StoreError APPROVAL_INVALID, or what loading throws */
export async function lastWord(
  at: NamedCommit,
  objects: ObjectSource,
  founders: FounderKeys,
): Promise<LastWord> {
  const { approval, keyring } = await wordOf(at, objects);
  const people = trustedPeople(keyring, founders);
  if (!people.ok) throw new StoreError('APPROVAL_INVALID', { digest: at.digest });
  return { people: people.value.now, signedAt: saidBy(approval).to };
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
