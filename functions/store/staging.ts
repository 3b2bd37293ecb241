import { type Digest, digestOf, type Json } from '../core/facts/canonical.ts';
import { formatOf, type RegistryFormat } from '../core/facts/format.ts';
import type { RawFact } from '../core/facts/view.ts';
import { documentText, isStorableKey } from './document.ts';
import { framed } from './object-bytes.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import { demandBuildable, EMPTY_ROOT, encodeRoot, type RegistryRoot } from './registry-root.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';
import type { InnerNode, LeafNode } from './trie-node.ts';
import { childIndex, FACTS_SHAPE, type TrieShape, VENDORS_SHAPE, VIEW_SHAPE } from './trie-shape.ts';
import { collectWritten, type TrieChange, trieChange, type UpdateContext, updateTrie } from './trie-write.ts';

/** Documents by key; none of them null, which in a change means removal. */
type DocumentsByKey = ReadonlyMap<string, Json>;

/** A whole registry, as plain data. */
export interface RegistryState {
  readonly facts: DocumentsByKey;
  readonly view: DocumentsByKey;
  readonly vendors: DocumentsByKey;
  readonly law: Json;
}

/** What changes between two registries; null removes a key, an absent map or law leaves all of it as it is. */
export interface RegistryChanges {
  readonly facts?: ReadonlyMap<string, Json | null>;
  readonly view?: ReadonlyMap<string, Json | null>;
  readonly vendors?: ReadonlyMap<string, Json | null>;
  readonly law?: Json;
  /** What the facts after it ask of builds. @default what those before it asked */
  readonly format?: RegistryFormat;
}

/** A registry ready to be published: its root, and the objects that may not be stored yet. */
export interface StagedRegistry {
  readonly root: RegistryRoot;
  readonly rootBytes: Uint8Array;
  readonly rootDigest: Digest;
  /** Canonical bytes by digest, without the root. */
  readonly objects: ReadonlyMap<Digest, Uint8Array>;
}

/** Builds a registry from nothing. Pure: the same state gives the same digests on every machine. */
export function stageState(state: RegistryState): StagedRegistry {
  for (const documents of [state.facts, state.view, state.vendors]) {
    if ([...documents.values()].includes(null)) throw new StoreError('NOT_STORABLE');
  }
  const law = emittedLaw(state.law);
  const nothing = { node: () => undefined, missing: () => undefined };
  const format = formatOf(state.facts.values() as Iterable<RawFact>);
  return stage({ ...EMPTY_ROOT, ...format, law: law.digest }, listAll(state), law, nothing);
}

/**
 * Applies changes to an open registry; reads only the nodes on the changed keys' paths and what a shrinking node takes
 * in, a batch per level. Byte for byte what {@link stageState} gives for the resulting state.
 *
 * @throws StoreError FORMAT_UNKNOWN on a base of a newer format than this build's, or what loading throws
 */
export async function stageChanges(
  base: Pick<OpenSnapshot, 'root' | 'objects'>,
  changes: RegistryChanges,
): Promise<StagedRegistry> {
  const law = changes.law === undefined ? undefined : emittedLaw(changes.law);
  const lists = listAll(changes);
  // Laid out by a newer build: what this one does not know of it, it would leave behind as it was.
  demandBuildable(base.root);
  const ground = { ...base.root, ...changes.format };
  const loaded = new Map<Digest, LeafNode | InnerNode>();
  for (;;) {
    const missing = new Set<Digest>();
    const staged = stage(ground, lists, law, {
      node: (digest) => loaded.get(digest),
      missing: (digest) => missing.add(digest),
    });
    if (missing.size === 0) return staged;
    await loadInto(loaded, base.objects, [...missing]);
  }
}

/**
 * The registry of another version again, for a rollback: nothing needs storing. Read that version whole before publishing
 * this, as a simulation does: objects of it may have been purged since.
 */
export function stageAgain(snapshot: OpenSnapshot): StagedRegistry {
  return finish(snapshot.root, new Map());
}

async function loadInto(
  loaded: Map<Digest, LeafNode | InnerNode>,
  source: ObjectSource,
  digests: readonly Digest[],
): Promise<void> {
  for (const [digest, node] of await source.load(digests, ['leaf', 'node'])) loaded.set(digest, node);
}

type Base = Pick<UpdateContext, 'node' | 'missing'>;

interface ChangeLists {
  readonly facts: readonly TrieChange[];
  readonly vendors: readonly TrieChange[];
  readonly view: readonly TrieChange[];
}

interface EmittedLaw {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
}

function stage(
  root: RegistryRoot,
  lists: ChangeLists,
  law: EmittedLaw | undefined,
  base: Base,
): StagedRegistry {
  const objects = new Map<Digest, Uint8Array>();
  const update = (shape: TrieShape, top: Digest | null, depth: number, changes: readonly TrieChange[]) => {
    if (changes.length === 0) return top;
    const updated = updateTrie({ shape, ...base }, top, depth, changes);
    collectWritten(updated, (digest, bytes) => objects.set(digest, bytes));
    return updated?.digest ?? null;
  };
  if (law !== undefined) objects.set(law.digest, law.bytes);
  const slots = Map.groupBy(lists.view, (change) => childIndex(VIEW_SHAPE, change.hash, 0));
  const next: RegistryRoot = {
    format: root.format,
    oldestReader: root.oldestReader,
    law: law?.digest ?? root.law,
    facts: update(FACTS_SHAPE, root.facts, 0, lists.facts),
    vendors: update(VENDORS_SHAPE, root.vendors, 0, lists.vendors),
    view: root.view.map((top, slot) => update(VIEW_SHAPE, top, 1, slots.get(slot) ?? [])),
  };
  return finish(next, objects);
}

function finish(root: RegistryRoot, objects: ReadonlyMap<Digest, Uint8Array>): StagedRegistry {
  const rootBytes = encodeRoot(root);
  return { root, rootBytes, rootDigest: digestOf(rootBytes), objects };
}

function listAll(changes: Omit<RegistryChanges, 'law'>): ChangeLists {
  return {
    facts: listChanges(changes.facts),
    vendors: listChanges(changes.vendors),
    view: listChanges(changes.view),
  };
}

function listChanges(changes: ReadonlyMap<string, Json | null> | undefined): TrieChange[] {
  return [...(changes ?? [])].map(([key, document]) => {
    if (!isStorableKey(key)) throw new StoreError('NOT_STORABLE');
    return trieChange(key, document === null ? null : documentText(document));
  });
}

function emittedLaw(law: Json): EmittedLaw {
  const bytes = framed('law', Buffer.from(documentText(law), 'utf8'));
  return { digest: digestOf(bytes), bytes };
}
