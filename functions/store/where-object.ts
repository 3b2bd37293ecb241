/**
 * Whether a version holds an object. A leaf stands in one place, to which the hashes of its entries lead, and the law in
 * another: nothing needs to be walked.
 */
import type { Digest } from '../core/facts/canonical.ts';
import type { RegistryRoot } from './registry-root.ts';
import { triesOf } from './registry-tries.ts';
import type { ObjectSource } from './stored-object.ts';
import { pathTo } from './trie-lookup.ts';

/** What can go for good: the documents of facts. */
export interface FactObject {
  readonly digest: Digest;
  readonly type: 'law' | 'leaf';
  /** A key of the leaf; none for a law. */
  readonly key: string | undefined;
}

/** The object, where it is one of facts. @throws StoreError OBJECT_MALFORMED for one of another type */
export async function factObject(source: ObjectSource, digest: Digest): Promise<FactObject> {
  const object = (await source.load([digest], ['law', 'leaf'])).get(digest);
  if (object?.type !== 'leaf') return { digest, type: 'law', key: undefined };
  return { digest, type: 'leaf', key: object.entries.keys().next().value };
}

/** @throws StoreError where what leads there cannot be read */
export async function isHeldBy(
  source: ObjectSource,
  root: RegistryRoot,
  { digest, type, key }: FactObject,
): Promise<boolean> {
  if (type === 'law') return root.law === digest;
  if (key === undefined) return false;
  for (const trie of Object.values(triesOf(root)))
    if ((await pathTo(source, trie, key)).includes(digest)) return true;
  return false;
}
