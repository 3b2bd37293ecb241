import type { Digest, Json } from '../core/facts/canonical.ts';
import { type Approval, decodeApproval } from './approval.ts';
import { type Commit, decodeCommit } from './commit.ts';
import { parseStored } from './document.ts';
import { decodeKeyring, type Keyring } from './keyring.ts';
import { type ObjectType, unframe } from './object-bytes.ts';
import { decodeRoot, type RegistryRoot } from './registry-root.ts';
import { StoreError } from './store-error.ts';
import { decodeLeaf, decodeNode, type InnerNode, type LeafNode } from './trie-node.ts';

/** An object as the program uses it. Immutable throughout: one instance serves every request of a process. */
export type StoredObject =
  | LeafNode
  | InnerNode
  | { readonly type: 'law'; readonly document: Json }
  | { readonly type: 'note'; readonly document: Json }
  | { readonly type: 'root'; readonly root: RegistryRoot }
  | { readonly type: 'commit'; readonly commit: Commit }
  | { readonly type: 'approval'; readonly approval: Approval }
  | { readonly type: 'keyring'; readonly keyring: Keyring };

/** The object of one of the given types. */
export type ObjectOf<T extends ObjectType> = Extract<StoredObject, { readonly type: T }>;

/** Where objects come from: the whole set or an error, so that an absent object is never taken for an absent entry. */
export interface ObjectSource {
  load<T extends ObjectType>(
    digests: readonly Digest[],
    allowed: readonly T[],
  ): Promise<ReadonlyMap<Digest, ObjectOf<T>>>;
}

/** One object of one type. @throws StoreError OBJECT_MISSING, or what loading throws */
export async function loadOne<T extends ObjectType>(
  source: ObjectSource,
  digest: Digest,
  type: T,
): Promise<ObjectOf<T>> {
  const found = (await source.load([digest], [type])).get(digest);
  if (found === undefined) throw new StoreError('OBJECT_MISSING', { digest });
  return found;
}

/** Decodes an object's verified bytes. Throws OBJECT_MALFORMED unless its type is allowed in this place. */
export function decodeObject(bytes: Uint8Array, allowed: readonly ObjectType[]): StoredObject {
  const { type, body } = unframe(bytes, allowed);
  switch (type) {
    case 'leaf':
      return decodeLeaf(body);
    case 'node':
      return decodeNode(body);
    case 'law':
    case 'note':
      return Object.freeze({ type, document: parseStored(body.toString('utf8')) });
    case 'root':
      return Object.freeze({ type, root: decodeRoot(body) });
    case 'commit':
      return Object.freeze({ type, commit: decodeCommit(body) });
    case 'approval':
      return Object.freeze({ type, approval: decodeApproval(body) });
    case 'keyring':
      return Object.freeze({ type, keyring: decodeKeyring(body) });
    default:
      return unreachable(type);
  }
}

/** Narrows an object to the types its place allows; another type there is OBJECT_MALFORMED. */
export function expectType<T extends ObjectType>(
  object: StoredObject,
  allowed: readonly T[],
  digest: Digest,
): ObjectOf<T> {
  if (!(allowed as readonly ObjectType[]).includes(object.type)) {
    throw new StoreError('OBJECT_MALFORMED', { digest });
  }
  return object as ObjectOf<T>;
}

function unreachable(type: never): never {
  throw new StoreError('OBJECT_MALFORMED', { cause: type });
}
