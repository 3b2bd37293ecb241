/**
 * Whether a confirmation is of what came back, in place of what was acknowledged last. Two founders and everybody whom its
 * keyring names have signed it: if that keyring could be any, or its facts name others, two founders could begin again
 * without anybody; if what has come since did not count, words that nobody used would wait for ever.
 */
import { peopleDigest } from '../core/administration/statement.ts';
import type { Digest } from '../core/facts/canonical.ts';
import { isLawDoc } from '../core/registry/documents.ts';
import { loadCommit, loadRoot, type NamedCommit } from './ancestry.ts';
import { saidBy } from './approval.ts';
import type { Acknowledged, Epochs } from './epochs.ts';
import type { ReadContext } from './object-items.ts';
import { StoreError } from './store-error.ts';
import { loadOne, type ObjectSource } from './stored-object.ts';
import type { Word } from './word.ts';

/** What it takes to tell. */
export interface BeginningRules {
  readonly epochs: Epochs;
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
  { approval }: Pick<Word, 'approval'>,
  isAcknowledged: boolean,
  rules: BeginningRules,
): Promise<void> {
  const { epochs, objects, context } = rules;
  const { digest, commit } = confirmation;
  const { begins, people } = saidBy(approval);
  const refused = new StoreError('APPROVAL_INVALID', { digest });
  if (begins === null) throw refused;
  const [taken, named, from] = await Promise.all([
    epochs.takenAfter(begins.floor, context),
    peopleIn(objects, commit.root),
    cameFrom(confirmation, objects),
  ]);
  // Whoever takes these places first has begun, and nobody else ever does.
  const isOurs = taken.every((by) => (by === null ? !isAcknowledged : by === digest));
  if (!isOurs || named !== people || commit.keyring !== from.commit.keyring) throw refused;
  // Where a table was lost nothing is known, and everybody has signed that too.
  if (begins.floor !== null) await demandReturned(from, begins.floor, rules);
}

/**
 * What came back was the registry once: a version that the last epoch acknowledged, as good as when it was HEAD. A keyring
 * that nobody ever published under would count keys as its makers like; of one that was in force, everybody has signed for
 * who speaks from there on.
 *
 * @throws StoreError APPROVAL_INVALID, or what reading throws
 */
export async function demandReturned(
  { digest, commit }: NamedCommit,
  last: Acknowledged,
  { epochs, judge, context }: BeginningRules,
): Promise<void> {
  const [at, end, first, started] = await Promise.all([
    epochs.acknowledged(commit, context),
    epochs.acknowledged(last, context),
    epochs.acknowledged({ epoch: 1, version: 1 }, context),
    epochs.takenAfter(null, context),
  ]);
  const isOfLast = commit.epoch === last.epoch && commit.version <= last.version;
  // Every later epoch is judged by its own confirmation; the first by what this table began with.
  const isBegun = last.epoch > 1 || started.every((by) => by !== null && by === first);
  if (!isOfLast || !isBegun || at !== digest || end !== last.digest)
    throw new StoreError('APPROVAL_INVALID', { digest });
  await judge({ digest, commit });
}

/** The version that came back: below whatever was published on it before anybody had confirmed it. */
export async function cameFrom(head: NamedCommit, objects: ObjectSource): Promise<NamedCommit> {
  let at = head;
  do {
    const [digest] = at.commit.ancestors;
    const commit = digest && (await loadCommit(objects, digest));
    if (!commit || commit.version !== at.commit.version - 1)
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
