/**
 * Objects of another store's table, copied into one of one's own as they are read: each proven before it is written, because what
 * is written once stays.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Digest } from '../core/facts/canonical.ts';
import { type CommitKeys, isSigned } from './commit-signature.ts';
import type { StoreTables } from './dynamodb.ts';
import type { Item } from './head.ts';
import { MAX_OBJECT_BYTES, type ObjectType } from './object-bytes.ts';
import { type Companions, insertItems, insertObjects } from './object-inserts.ts';
import { fetchItems, objectBytes, type ReadContext } from './object-items.ts';
import { decodeWord, tombstoneOf } from './purge-word.ts';
import { orIfPurged, StoreError } from './store-error.ts';
import { decodeObject, type ObjectOf, type StoredObject } from './stored-object.ts';

/** Where a registry's tables are, and by whom they are asked. */
export interface StoreAt {
  readonly client: DynamoDBClient;
  readonly tables: StoreTables;
}

/** Objects by digest. What was purged is left out: nothing can be read of it. */
export type Found<T extends ObjectType> = ReadonlyMap<Digest, ObjectOf<T>>;

type LoadFound = <T extends ObjectType>(
  digests: readonly Digest[],
  allowed: readonly T[],
) => Promise<Found<T>>;

interface Read {
  readonly bytes: Uint8Array;
  readonly object: StoredObject;
}

export interface ObjectCopies {
  /**
   * What is here already is read here. A tombstone of the other store is not copied, but {@link heldBack}.
   *
   * @throws StoreError OBJECT_MISSING where the other store has not got one either, SIGNATURE_INVALID of a commit
   */
  readonly copied: LoadFound;
  /** Only what is here. @throws StoreError OBJECT_MISSING */
  readonly here: LoadFound;
  /** Tombstones that were met, for who knows whose place they stand in; each once. */
  heldBack(): readonly Tombstone[];
  /** Puts tombstones here that say the same word, and nothing else that lies there. */
  bury(tombstones: readonly Tombstone[]): Promise<void>;
  /** How many were written so far. */
  written(): number;
}

/** An object's digest, and what stands in its place. */
type Tombstone = readonly [digest: Digest, item: Item];

/** Tombstones in one request. */
const TOMBSTONES = 25;

/** @param publicKeys whose signature on a commit counts */
export function objectCopies(
  from: StoreAt,
  to: StoreAt,
  publicKeys: CommitKeys,
  context: ReadContext,
): ObjectCopies {
  let written = 0;
  const tombstones = new Map<Digest, Item>();

  /** An object, or undefined for a tombstone. */
  const read = async <T extends ObjectType>(digest: Digest, item: Item, allowed: readonly T[]) => {
    const limit = Math.max(...allowed.map((type) => MAX_OBJECT_BYTES[type]));
    return orIfPurged(async (): Promise<Read> => {
      const bytes = objectBytes(digest, item, limit);
      return { bytes, object: decodeObject(bytes, allowed) };
    }, undefined);
  };

  async function decoded<T extends ObjectType>(
    items: ReadonlyMap<Digest, Item>,
    allowed: readonly T[],
    proven: (digest: Digest, item: Item, one: Read | undefined) => void = () => undefined,
  ): Promise<Map<Digest, ObjectOf<T>>> {
    const found = new Map<Digest, StoredObject>();
    for (const [digest, item] of items) {
      const one = await read(digest, item, allowed);
      proven(digest, item, one);
      if (one !== undefined) found.set(digest, one.object);
    }
    return found as Map<Digest, ObjectOf<T>>;
  }

  async function copy<T extends ObjectType>(digests: readonly Digest[], allowed: readonly T[]) {
    const items = await fetchItems(from.client, from.tables.objects, digests, context);
    demandAll(items, digests);
    const plain: [Digest, Uint8Array][] = [];
    const others: (() => Promise<unknown>)[] = [];
    const { client, tables } = to;
    const found = await decoded(items, allowed, (digest, item, one) => {
      if (one === undefined) tombstones.set(digest, item);
      else if (one.object.type !== 'commit') plain.push([digest, one.bytes]);
      else {
        const companions = companionsOf(digest, item, publicKeys);
        others.push(() => insertObjects(client, tables.objects, [[digest, one.bytes]], context, companions));
      }
    });
    await insertObjects(client, tables.objects, plain, context);
    for (const insert of others) await insert();
    written += found.size;
    return found;
  }

  return {
    async copied(digests, allowed) {
      const items = await fetchItems(to.client, to.tables.objects, digests, context);
      const missing = digests.filter((digest) => !items.has(digest));
      const found = await decoded(items, allowed);
      if (missing.length > 0)
        for (const [digest, object] of await copy(missing, allowed)) found.set(digest, object);
      return found;
    },
    async here(digests, allowed) {
      const items = await fetchItems(to.client, to.tables.objects, digests, context);
      demandAll(items, digests);
      return decoded(items, allowed);
    },
    heldBack: () => [...tombstones],
    async bury(buried) {
      for (let at = 0; at < buried.length; at += TOMBSTONES) {
        const items = buried
          .slice(at, at + TOMBSTONES)
          .map(([digest, item]) => tombstoneOf(digest, decodeWord(item)));
        await insertItems(to.client, to.tables.objects, items, context);
      }
      for (const [digest] of buried) tombstones.delete(digest);
      written += buried.length;
    },
    written: () => written,
  };
}

/** What stands beside a commit. A wrong signature would stay, whatever is put right there. @throws StoreError SIGNATURE_INVALID */
function companionsOf(digest: Digest, { signature }: Item, publicKeys: CommitKeys): Companions {
  const bytes = new Uint8Array(signature?.B ?? []);
  if (!isSigned(digest, bytes, publicKeys)) throw new StoreError('SIGNATURE_INVALID', { digest });
  return { signature: { B: bytes } };
}

function demandAll(items: ReadonlyMap<Digest, Item>, digests: readonly Digest[]): void {
  const digest = digests.find((each) => !items.has(each));
  if (digest !== undefined) throw new StoreError('OBJECT_MISSING', { digest });
}
