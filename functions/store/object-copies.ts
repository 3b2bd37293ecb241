/** Objects of another store's table, copied into one of one's own as they are read: each proven before it is written. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Digest } from '../core/facts/canonical.ts';
import type { StoreTables } from './dynamodb.ts';
import type { Item } from './head.ts';
import { MAX_OBJECT_BYTES, type ObjectType } from './object-bytes.ts';
import { type Companions, insertItems, insertObjects } from './object-inserts.ts';
import { fetchItems, objectBytes, type ReadContext } from './object-items.ts';
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

export interface ObjectCopies {
  /** What is here already is read here. @throws StoreError OBJECT_MISSING where the other store has not got one either */
  readonly copied: LoadFound;
  /** Only what is here. @throws StoreError OBJECT_MISSING */
  readonly here: LoadFound;
  /** How many were written so far. */
  written(): number;
}

/** Tombstones in one request: each is an item as it stands. */
const TOMBSTONES = 25;

export function objectCopies(from: StoreAt, to: StoreAt, context: ReadContext): ObjectCopies {
  let written = 0;

  /** An object, or undefined for a tombstone. */
  const read = async <T extends ObjectType>(digest: Digest, item: Item, allowed: readonly T[]) => {
    const limit = Math.max(...allowed.map((type) => MAX_OBJECT_BYTES[type]));
    return orIfPurged(async () => {
      const bytes = objectBytes(digest, item, limit);
      return { bytes, object: decodeObject(bytes, allowed) };
    }, undefined);
  };

  async function decoded<T extends ObjectType>(
    items: ReadonlyMap<Digest, Item>,
    allowed: readonly T[],
    proven: (digest: Digest, item: Item, bytes: Uint8Array | undefined) => void = () => undefined,
  ): Promise<Map<Digest, ObjectOf<T>>> {
    const found = new Map<Digest, StoredObject>();
    for (const [digest, item] of items) {
      const one = await read(digest, item, allowed);
      proven(digest, item, one?.bytes);
      if (one !== undefined) found.set(digest, one.object);
    }
    return found as Map<Digest, ObjectOf<T>>;
  }

  async function copy<T extends ObjectType>(digests: readonly Digest[], allowed: readonly T[]) {
    const items = await fetchItems(from.client, from.tables.objects, digests, context);
    demandAll(items, digests);
    const plain: [Digest, Uint8Array][] = [];
    const others: (() => Promise<unknown>)[] = [];
    const tombstones: Item[] = [];
    const { client, tables } = to;
    const found = await decoded(items, allowed, (digest, item, bytes) => {
      const companions = companionsOf(item);
      if (bytes === undefined) tombstones.push(item);
      else if (companions === undefined) plain.push([digest, bytes]);
      else others.push(() => insertObjects(client, tables.objects, [[digest, bytes]], context, companions));
    });
    await insertObjects(client, tables.objects, plain, context);
    for (const insert of others) await insert();
    for (let at = 0; at < tombstones.length; at += TOMBSTONES)
      await insertItems(client, tables.objects, tombstones.slice(at, at + TOMBSTONES), context);
    written += digests.length;
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
    written: () => written,
  };
}

/** A commit's signature, as it stands: what it is worth, the audit of the copy says, as that of the first. */
function companionsOf({ signature }: Item): Companions | undefined {
  return signature === undefined ? undefined : { signature };
}

function demandAll(items: ReadonlyMap<Digest, Item>, digests: readonly Digest[]): void {
  const digest = digests.find((each) => !items.has(each));
  if (digest !== undefined) throw new StoreError('OBJECT_MISSING', { digest });
}
