import { canonicalText, type Json } from '../core/facts/canonical.ts';
import { ancestorAt, loadCommit, loadRoot, type NamedCommit } from './ancestry.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import { type TrieName, triesOf } from './registry-tries.ts';
import { orIfPurged, StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';
import { diffTries, type EntryDifference } from './trie-diff.ts';
import { entriesOf } from './trie-entries.ts';
import { lookup } from './trie-lookup.ts';

/** The commit of any version up to the snapshot's. Throws VERSION_UNKNOWN for another. */
export function commitOf(snapshot: OpenSnapshot, version: number): Promise<NamedCommit> {
  return ancestorAt(snapshot.objects, snapshot, version);
}

/** The snapshot's commit and all before it, newest first. */
export async function* ancestry(snapshot: OpenSnapshot): AsyncGenerator<NamedCommit> {
  let at: NamedCommit = { digest: snapshot.digest, commit: snapshot.commit };
  for (;;) {
    yield at;
    const parent = at.commit.ancestors[0];
    if (parent === undefined) return;
    at = { digest: parent, commit: await loadCommit(snapshot.objects, parent) };
  }
}

/** What was noted with a commit. Throws OBJECT_PURGED where that has been removed for good. */
export async function noteOf(
  snapshot: Pick<OpenSnapshot, 'objects'>,
  { commit }: Pick<NamedCommit, 'commit'>,
): Promise<Json> {
  const stored = (await snapshot.objects.load([commit.note], ['note'])).get(commit.note)?.document;
  if (typeof stored !== 'object' || stored === null || !('note' in stored)) {
    throw new StoreError('OBJECT_MALFORMED', { digest: commit.note });
  }
  return stored['note'] ?? null;
}

/** Every entry of one of a snapshot's maps, streaming, in no promised order. */
export function trieFacts(snapshot: OpenSnapshot, trie: TrieName): AsyncGenerator<readonly [string, Json]> {
  return entriesOf(snapshot.objects, triesOf(snapshot.root)[trie]);
}

/** What differs in one map between two snapshots, streaming, in no promised order. */
export function diff(
  before: OpenSnapshot,
  after: OpenSnapshot,
  trie: TrieName,
): AsyncGenerator<EntryDifference> {
  return diffTries(after.objects, triesOf(before.root)[trie], triesOf(after.root)[trie]);
}

/**
 * What a version changed in one map of the version before it, streaming, in no promised order; nothing of the first. Costs what
 * differs, not what the registry holds. Throws OBJECT_PURGED where that cannot be told any more.
 */
export async function* changesIn(
  source: ObjectSource,
  { commit }: Pick<NamedCommit, 'commit'>,
  trie: TrieName,
): AsyncGenerator<EntryDifference> {
  const parent = commit.ancestors[0];
  if (parent === undefined) return;
  const [before, after] = await Promise.all([
    loadCommit(source, parent).then(({ root }) => loadRoot(source, root)),
    loadRoot(source, commit.root),
  ]);
  yield* diffTries(source, triesOf(before)[trie], triesOf(after)[trie]);
}

/** The documents under these keys in one map of a snapshot. */
export function documents(
  snapshot: OpenSnapshot,
  trie: TrieName,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Json>> {
  return lookup(snapshot.objects, triesOf(snapshot.root)[trie], keys);
}

/** The law of a snapshot. */
export async function lawDocumentOf(snapshot: OpenSnapshot): Promise<Json> {
  return (await snapshot.read([])).law;
}

/** The commit that gave a key the document it has, or has not, in a snapshot. */
export interface LastChange extends NamedCommit, EntryDifference {
  /** True where what stood before was purged: then the document is as old as this commit, or older. */
  readonly isPastPurged?: true;
}

/**
 * Who set this last: the newest commit up to the snapshot that changed the key, or undefined if it was never there. Looks
 * at one version after another, but reads only what differs between them. Throws OBJECT_PURGED where the snapshot's own
 * document is gone.
 */
export async function lastChange(
  snapshot: OpenSnapshot,
  trie: TrieName,
  key: string,
): Promise<LastChange | undefined> {
  let newer: (NamedCommit & { readonly document: Json | undefined }) | undefined;
  for await (const at of ancestry(snapshot)) {
    const document = await documentOrPurged(snapshot.objects, at, trie, key);
    if (document === PURGED) {
      if (newer === undefined) throw new StoreError('OBJECT_PURGED');
      return { ...pick(newer), key, before: undefined, after: newer.document, isPastPurged: true };
    }
    if (newer !== undefined && !isSame(newer.document, document)) {
      return { ...pick(newer), key, before: document, after: newer.document };
    }
    newer = { ...at, document };
  }
  if (newer?.document === undefined) return undefined;
  return { ...pick(newer), key, before: undefined, after: newer.document };
}

const PURGED = Symbol('purged');

async function documentOrPurged(
  source: ObjectSource,
  { commit }: NamedCommit,
  trie: TrieName,
  key: string,
): Promise<Json | undefined | typeof PURGED> {
  const root = await loadRoot(source, commit.root);
  return orIfPurged(async () => (await lookup(source, triesOf(root)[trie], [key])).get(key), PURGED);
}

function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalText(a) === canonicalText(b);
}

function pick({ digest, commit }: NamedCommit): NamedCommit {
  return { digest, commit };
}
