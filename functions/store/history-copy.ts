/**
 * Copies versions, the oldest first and each one's commit last: so a commit that is here says that everything up to it is, and
 * whoever was stopped anywhere goes on from there.
 */
import type { Digest } from '../core/facts/canonical.ts';
import { loadCommit, type NamedCommit } from './ancestry.ts';
import type { Commit } from './commit.ts';
import { homesSince } from './homes.ts';
import type { ObjectType } from './object-bytes.ts';
import type { Found, ObjectCopies, StoreAt } from './object-copies.ts';
import { fetchItems, type ReadContext } from './object-items.ts';
import type { ProvenPast } from './proven-past.ts';
import { isTombstoneMeant } from './purge-consent.ts';
import type { RegistryRoot } from './registry-root.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';
import { walkDifference } from './version-walk.ts';
import { wordOf } from './word.ts';

/** What a version refers to besides its tries; the law is its root's. */
const AROUND = ['approval', 'keyring', 'note', 'root'] as const satisfies readonly ObjectType[];

export interface HistoryCopy {
  /** Whose objects table has, or gets, everything. */
  readonly to: StoreAt;
  readonly copies: ObjectCopies;
  /** What the first store's HEAD comes from. */
  readonly past: Pick<ProvenPast, 'digestAt' | 'newestAt'>;
  /** The first store's commits. */
  readonly source: ObjectSource;
  readonly context: ReadContext;
}

/** Everything up to a version, that included. @throws StoreError OBJECT_MISSING where the first store has a hole */
export async function copyHistory(head: NamedCommit, copying: HistoryCopy): Promise<void> {
  for (let version = (await copiedUpTo(head, copying)) + 1; version <= head.commit.version; version += 1) {
    const digest = copying.past.digestAt(version);
    await copyVersion({ digest, commit: await loadCommit(copying.source, digest) }, head, copying);
  }
}

async function copyVersion(at: NamedCommit, head: NamedCommit, copying: HistoryCopy): Promise<void> {
  const { digest, commit } = at;
  const { copied, here } = copying.copies;
  const root = await rootOf(commit, copied);
  const [parent] = commit.ancestors;
  const before = parent === undefined ? null : await rootOf(await commitOf(parent, here), here);
  await walkDifference(before, root, {
    before: (digests) => here(digests, ['leaf', 'node']),
    after: (digests) => copied(digests, ['leaf', 'node']),
  });
  await buryMeant(at, head, copying);
  await copied([digest], ['commit']);
}

/**
 * What was met of a version as a tombstone becomes one here where an audit calls it purged: of a reason, on which nobody decides;
 * of facts, where everybody signed that. Any other is damage, which somebody may put right there, and nobody ever here.
 *
 * @throws StoreError OBJECT_PURGED
 */
async function buryMeant(
  { commit }: NamedCommit,
  head: NamedCommit,
  { copies, source, past }: HistoryCopy,
): Promise<void> {
  const tombstones = copies.heldBack();
  const facts = tombstones.filter(([digest]) => digest !== commit.note);
  if (facts.length > 0) {
    const { keyring } = await wordOf(head, source);
    const by = { commit: head.commit, keyring, homes: homesSince(commit.version, past) };
    for (const [digest, tombstone] of facts)
      if (!(await isTombstoneMeant({ digest, tombstone, commit }, by, source)))
        throw new StoreError('OBJECT_PURGED', { digest });
  }
  await copies.bury(tombstones);
}

/**
 * Everything of a version but its note, before anything of those before it: what it needs is here as it is, or nothing more is
 * copied. By what differs from a version of which all is here. What was purged of an earlier version, nobody decides on.
 *
 * @throws StoreError OBJECT_MISSING, OBJECT_PURGED
 */
export async function copyWhole(
  { commit }: NamedCommit,
  known: RegistryRoot | null,
  { here, copied }: Pick<ObjectCopies, 'here' | 'copied'>,
): Promise<void> {
  const whole = async <T extends ObjectType>(digests: readonly Digest[], allowed: readonly T[]) => {
    const found = await copied(digests, allowed);
    const digest = digests.find((each) => !found.has(each));
    if (digest !== undefined) throw new StoreError('OBJECT_PURGED', { digest });
    return found;
  };
  const around = await whole([commit.approval, commit.keyring, commit.root], ['approval', 'keyring', 'root']);
  const root = demandRoot(around, commit.root);
  await whole([root.law], ['law']);
  await walkDifference(known, root, {
    before: (digests) => here(digests, ['leaf', 'node']),
    after: (digests) => whole(digests, ['leaf', 'node']),
  });
}

/** The newest version whose commit is here: halved, because whatever is below one that is here is here as well. */
async function copiedUpTo(head: NamedCommit, { to, past, context }: HistoryCopy): Promise<number> {
  let [low, high] = [0, head.commit.version];
  // The newest first: most often only that is missing.
  for (let version = high; low < high; version = Math.ceil((low + high) / 2)) {
    const digest = past.digestAt(version);
    const isHere = (await fetchItems(to.client, to.tables.objects, [digest], context)).has(digest);
    if (isHere) low = version;
    else high = version - 1;
  }
  return low;
}

async function rootOf(commit: Commit, load: ObjectCopies['here']): Promise<RegistryRoot> {
  const { approval, keyring, note, root } = commit;
  const found = demandRoot(await load([approval, keyring, note, root], AROUND), root);
  await load([found.law], ['law']);
  return found;
}

function demandRoot(found: Found<ObjectType>, digest: Digest): RegistryRoot {
  const object = found.get(digest);
  if (object?.type !== 'root') throw new StoreError('OBJECT_MALFORMED', { digest });
  return object.root;
}

async function commitOf(digest: Digest, here: ObjectCopies['here']): Promise<Commit> {
  const found = (await here([digest], ['commit'])).get(digest);
  if (found === undefined) throw new StoreError('OBJECT_MALFORMED', { digest });
  return found.commit;
}
