import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Digest } from '../core/facts/canonical.ts';
import { MAX_OBJECT_BYTES, type ObjectType } from './object-bytes.ts';
import type { ObjectCache } from './object-cache.ts';
import { fetchItems, objectBytes, type ReadContext } from './object-items.ts';
import { StoreError } from './store-error.ts';
import { decodeObject, expectType, type ObjectSource, type StoredObject } from './stored-object.ts';

/** Loads verified objects through the cache. Bind it to a deadline and a meter to use it. */
export interface ObjectLoader {
  within(context: ReadContext): ObjectSource;
}

/**
 * One load of a digest at a time: concurrent requests share it. What fails is forgotten at once, and a request that
 * joined another's load tries once by itself, because the other's deadline may simply have been nearer.
 */
export function createObjectLoader(client: DynamoDBClient, table: string, cache: ObjectCache): ObjectLoader {
  const underWay = new Map<Digest, Promise<StoredObject>>();

  /** Starts one batch for all of `digests` and files each one's promise before anything is awaited. */
  function start(
    digests: readonly Digest[],
    allowed: readonly ObjectType[],
    context: ReadContext,
  ): Map<Digest, Promise<StoredObject>> {
    const limit = Math.max(...allowed.map((type) => MAX_OBJECT_BYTES[type]));
    const batch = fetchItems(client, table, digests, context);
    return new Map(
      digests.map((digest) => {
        const one = batch.then((items) => {
          const item = items.get(digest);
          if (item === undefined) throw new StoreError('OBJECT_MISSING', { digest });
          const bytes = objectBytes(digest, item, limit);
          const object = decodeObject(bytes, allowed);
          cache.put(digest, object, bytes.length);
          return object;
        });
        underWay.set(digest, one);
        const forget = (): void => {
          if (underWay.get(digest) === one) underWay.delete(digest);
        };
        one.then(forget, forget);
        return [digest, one];
      }),
    );
  }

  async function load<T extends ObjectType>(
    digests: readonly Digest[],
    allowed: readonly T[],
    context: ReadContext,
  ) {
    const found = new Map<Digest, StoredObject>();
    const joined = new Map<Digest, Promise<StoredObject>>();
    const own: Digest[] = [];
    for (const digest of new Set(digests)) {
      const cached = cache.get(digest);
      const shared = underWay.get(digest);
      if (cached !== undefined) found.set(digest, cached);
      else if (shared !== undefined) joined.set(digest, shared);
      else own.push(digest);
    }
    const started = own.length > 0 ? start(own, allowed, context) : new Map<Digest, Promise<StoredObject>>();
    const failed: Digest[] = [];
    await Promise.all([
      settle(started, (digest, object) => found.set(digest, object)),
      ...[...joined].map(([digest, shared]) =>
        shared.then(
          (object) => found.set(digest, object),
          () => failed.push(digest),
        ),
      ),
    ]);
    if (failed.length > 0) {
      await settle(start(failed, allowed, context), (digest, object) => found.set(digest, object));
    }
    return new Map([...found].map(([digest, object]) => [digest, expectType(object, allowed, digest)]));
  }

  return { within: (context) => ({ load: (digests, allowed) => load(digests, allowed, context) }) };
}

async function settle(
  loads: ReadonlyMap<Digest, Promise<StoredObject>>,
  done: (digest: Digest, object: StoredObject) => void,
): Promise<void> {
  await Promise.all([...loads].map(async ([digest, object]) => done(digest, await object)));
}
