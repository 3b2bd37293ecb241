import { type Digest, digestOf } from '../core/facts/canonical.ts';
import { documentText } from './document.ts';
import { StoreError } from './store-error.ts';
import {
  encodeLeaf,
  encodeNode,
  type InnerNode,
  type LeafNode,
  type Subtree,
  standingOnce,
} from './trie-node.ts';
import {
  childIndex,
  entrySize,
  fanout,
  keyHash,
  leafLimit,
  MAX_LEAF_SIZE,
  type TrieShape,
} from './trie-shape.ts';

/** One key and its new canonical document, or null to remove it. */
export interface TrieChange {
  readonly key: string;
  readonly hash: Buffer;
  readonly text: string | null;
}

type Entry = TrieChange & { readonly text: string };

/** Everything an update takes besides the changes. */
export interface UpdateContext {
  readonly shape: TrieShape;
  /** An object of the base, or undefined if it has not been loaded: the digest is then reported to `missing`. */
  node(digest: Digest): LeafNode | InnerNode | undefined;
  missing(digest: Digest): void;
}

/** A subtree after an update; `written` is there where it is not the base's. */
export interface UpdatedSubtree extends Subtree {
  readonly written?: { readonly bytes: Uint8Array; readonly children: readonly (UpdatedSubtree | null)[] };
}

export function trieChange(key: string, text: string | null): TrieChange {
  if (text !== null && entrySize(key, text) > MAX_LEAF_SIZE) throw new StoreError('TOO_LARGE');
  return { key, hash: keyHash(key), text };
}

/** Gives `emit` every object of an updated subtree that the base does not have in the same place. */
export function collectWritten(
  subtree: UpdatedSubtree | null,
  emit: (digest: Digest, bytes: Uint8Array) => void,
): void {
  if (subtree?.written === undefined) return;
  emit(subtree.digest, subtree.written.bytes);
  for (const child of subtree.written.children) collectWritten(child, emit);
}

/**
 * Applies changes to a subtree and answers the new one (null if it is empty). The result is a function of the resulting
 * set of entries alone: the same as if it were built from nothing. If `missing` was called the answer means nothing;
 * load what is missing and call again.
 */
export function updateTrie(
  context: UpdateContext,
  base: Digest | null,
  depth: number,
  changes: readonly TrieChange[],
): UpdatedSubtree | null {
  const updated = update(context, base, depth, changes);
  return updated?.digest === base && updated !== null ? { digest: base, size: updated.size } : updated;
}

function update(
  context: UpdateContext,
  base: Digest | null,
  depth: number,
  changes: readonly TrieChange[],
): UpdatedSubtree | null {
  if (base === null) return build(context.shape, depth, changes.filter(isEntry));
  const node = context.node(base);
  if (node === undefined) {
    context.missing(base);
    return null;
  }
  if (node.type === 'leaf') return build(context.shape, depth, merged(node, changes));
  const { shape } = context;
  const groups = group(shape, depth, changes);
  const children = Array.from({ length: fanout(shape, depth) }, (_, index): UpdatedSubtree | null => {
    const child = node.child(index);
    const own = groups.get(index);
    return own === undefined ? child : updateTrie(context, child?.digest ?? null, depth + 1, own);
  });
  const size = sizeOf(children);
  if (size > leafLimit(shape, depth)) return writtenNode(children, size);
  // It shrank to a leaf: the children are not kept, their entries are.
  return build(shape, depth, [...survivors(context, base, depth, changes, standingOnce())]);
}

/** The entries of a subtree after the changes, gathered from the base. */
function* survivors(
  context: UpdateContext,
  base: Digest | null,
  depth: number,
  changes: readonly TrieChange[],
  demandOnce: (digest: Digest, depth: number) => void,
): Generator<Entry> {
  if (base !== null) demandOnce(base, depth);
  const node = base === null ? null : context.node(base);
  if (node === undefined) {
    if (base !== null) context.missing(base);
  } else if (node === null) {
    yield* changes.filter(isEntry);
  } else if (node.type === 'leaf') {
    yield* merged(node, changes);
  } else {
    const groups = group(context.shape, depth, changes);
    for (let index = 0; index < node.fanout; index += 1) {
      yield* survivors(
        context,
        node.child(index)?.digest ?? null,
        depth + 1,
        groups.get(index) ?? [],
        demandOnce,
      );
    }
  }
}

function merged(leaf: LeafNode, changes: readonly TrieChange[]): Entry[] {
  const changed = new Set(changes.map((change) => change.key));
  const kept = [...leaf.entries].filter(([key]) => !changed.has(key));
  return [
    ...kept.map(([key, document]) => ({ key, hash: keyHash(key), text: documentText(document) })),
    ...changes.filter(isEntry),
  ];
}

function build(shape: TrieShape, depth: number, entries: readonly Entry[]): UpdatedSubtree | null {
  if (entries.length === 0) return null;
  const size = entries.reduce((sum, entry) => sum + entrySize(entry.key, entry.text), 0);
  if (size <= leafLimit(shape, depth)) {
    return written(encodeLeaf(entries.map(({ key, text }) => [key, text])), size, []);
  }
  const groups = group(shape, depth, entries);
  const children = Array.from({ length: fanout(shape, depth) }, (_, index) =>
    build(shape, depth + 1, groups.get(index) ?? []),
  );
  return writtenNode(children, size);
}

function writtenNode(children: readonly (UpdatedSubtree | null)[], size: number): UpdatedSubtree {
  return written(encodeNode(children), size, children);
}

function written(
  bytes: Uint8Array,
  size: number,
  children: readonly (UpdatedSubtree | null)[],
): UpdatedSubtree {
  return { digest: digestOf(bytes), size, written: { bytes, children } };
}

function group<T extends TrieChange>(shape: TrieShape, depth: number, changes: readonly T[]) {
  return Map.groupBy(changes, (change) => childIndex(shape, change.hash, depth));
}

function sizeOf(children: readonly (Subtree | null)[]): number {
  return children.reduce((sum, child) => sum + (child?.size ?? 0), 0);
}

function isEntry(change: TrieChange): change is Entry {
  return change.text !== null;
}
