/** Objects on their way in: batches, what is left unprocessed, other answers than asked for, sharing, and the cache. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import { decodeCommit } from '../../functions/store/commit.ts';
import { framed, unframe } from '../../functions/store/object-bytes.ts';
import { createObjectCache } from '../../functions/store/object-cache.ts';
import { fetchItems } from '../../functions/store/object-items.ts';
import { createObjectLoader } from '../../functions/store/object-loader.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { pause } from '../../functions/store/retrying.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import type { StoredObject } from '../../functions/store/stored-object.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { TEST_TABLES } from '../engine.ts';
import { KEYS as PUBLIC_KEYS, packed, storeOf } from './memory-chain.ts';
import { type Answered, type Asked, type MemoryDatabase, memoryDatabase, textOf } from './memory-database.ts';
import { sampleState } from './store-rig.ts';

const TABLE = TEST_TABLES.objects;
const KEYS = Array.from({ length: 50 }, (_, id) => `network/net-${id}`);

let database: MemoryDatabase;
beforeEach(async () => {
  database = await storeOf(sampleState(50));
});
afterEach(() => {
  vi.useRealTimers();
});

function newReader(cacheBytes?: number) {
  return createRegistryReader({
    founders: LOCAL_FOUNDERS,
    client: database.client,
    tables: TEST_TABLES,
    publicKeys: PUBLIC_KEYS,
    budgetMs: 20_000,
    ...(cacheBytes !== undefined && { cacheBytes }),
  });
}

const contextOf = (signal = AbortSignal.timeout(20_000)) => ({ signal, meter: { readUnits: 0, batches: 0 } });
const keysOf = ({ RequestItems }: Asked) =>
  (RequestItems?.[TABLE]?.Keys ?? []).map((key) => textOf(key['digest']));
/** A read of the signatures beside the first batch: what it does has tests of its own. */
const isWord = (asked: Asked) => {
  const commit = database.head?.['commit']?.B;
  if (commit === undefined) return false;
  const { approval, keyring } = decodeCommit(unframe(commit, ['commit']).body);
  return keysOf(asked).some((digest) => digest === approval || digest === keyring);
};
const isBatch = (asked: Asked) => asked.command === 'BatchGetItemCommand' && !isWord(asked);
const batches = () => database.asked.filter(isBatch);
const itemsOf = ({ Responses }: Answered) => Responses?.[TABLE] ?? [];
const keyed = (digest: string) => ({ digest: { S: digest } });

/** Changes the answers to the first `calls` reads of objects, or to all of them. */
function edit(change: (honest: Answered, asked: Asked) => Answered, calls = Number.POSITIVE_INFINITY): void {
  database.answer = (asked, honest) =>
    isBatch(asked) && batches().length <= calls ? change(honest, asked) : honest;
}

async function readAll(reader = newReader()): Promise<number | string> {
  try {
    const open = await reader.open();
    return (await open.read(KEYS)).entries.size + (await open.vendors(['vendor-1'])).size;
  } catch (error) {
    return (error as { code: string }).code;
  }
}
const WHOLE = KEYS.length + 1;

describe('what a batch left unprocessed', () => {
  it('is asked for again, and nothing else: an absent key is not an absent fact', async () => {
    edit((honest) => {
      const [first, ...rest] = itemsOf(honest);
      return {
        Responses: { [TABLE]: first === undefined ? [] : [first] },
        UnprocessedKeys: { [TABLE]: { Keys: rest.map((item) => ({ digest: item['digest'] ?? { S: '' } })) } },
      };
    }, 3);
    expect(await readAll()).toBe(WHOLE);
    const asked = batches().map((one) => keysOf(one));
    for (const again of [1, 2, 3]) expect(asked[again]).toEqual(asked[again - 1]?.slice(1));
  });

  it('is given up after eight rounds, or at the deadline', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    edit((_, asked) => ({ UnprocessedKeys: { [TABLE]: { Keys: keysOf(asked).map(keyed) } } }));
    const reading = readAll();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([await reading, batches().length]).toEqual(['STORE_UNAVAILABLE', 8]);
    await expect(pause(60_000, AbortSignal.timeout(1))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('must be named', async () => {
    edit(() => ({ UnprocessedKeys: { [TABLE]: { Keys: [{}] } } }));
    expect([await readAll(), batches().length]).toEqual(['STORE_UNAVAILABLE', 1]);
  });
});

describe('an answer', () => {
  const ANSWERS: [string, (honest: Answered) => Answered, string][] = [
    [
      'that says nothing about a key',
      (one) => ({ Responses: { [TABLE]: itemsOf(one).slice(1) } }),
      'OBJECT_MISSING',
    ],
    ['about another table', (one) => ({ Responses: { other: itemsOf(one) } }), 'OBJECT_MISSING'],
    [
      'with a key of another kind',
      (one) => ({ Responses: { [TABLE]: itemsOf(one).map((item) => ({ ...item, digest: { N: '1' } })) } }),
      'OBJECT_MISSING',
    ],
    [
      'with another object under each key',
      (one) => {
        const keys = itemsOf(one).map((item) => item['digest'] ?? { S: '' });
        const digest = (index: number) => keys[(index + 1) % keys.length] ?? { S: '' };
        return { Responses: { [TABLE]: itemsOf(one).map((item, i) => ({ ...item, digest: digest(i) })) } };
      },
      'DIGEST_MISMATCH',
    ],
    [
      'with other bytes of the same type and length',
      (one) => ({
        Responses: {
          [TABLE]: itemsOf(one).map((item) => ({
            digest: item['digest'] ?? { S: '' },
            ...packed(Buffer.from(framed('leaf', Buffer.from('{"network/net-1":{}}')))),
          })),
        },
      }),
      'DIGEST_MISMATCH',
    ],
  ];
  it.each(ANSWERS)('%s is an error, and is not remembered', async (_, change, code) => {
    const reader = newReader();
    edit(change, 1);
    expect(await readAll(reader)).toBe(code);
    expect(await readAll(reader)).toBe(WHOLE);
  });

  it('has only what was asked for, each once, in batches of 100, eight at once', async () => {
    const digests = Array.from({ length: 1_650 }, (_, id) => digestOf(Buffer.from(String(id))));
    const [present = digestOf(Buffer.from(''))] = digests;
    const memory = memoryDatabase();
    const sent: number[] = [];
    let open = 0;
    memory.answer = async (asked) => {
      open += 1;
      sent.push(open);
      await Promise.resolve();
      open -= 1;
      const others = [present, 'other', digestOf(Buffer.from('not asked for'))];
      return {
        Responses: {
          [TABLE]: keysOf(asked).includes(present) ? others.map(keyed) : others.slice(1).map(keyed),
        },
        ConsumedCapacity: [{ CapacityUnits: 2 }, { CapacityUnits: 1 }],
      };
    };
    const context = contextOf();
    const found = await fetchItems(memory.client, TABLE, [...digests, ...digests], context);
    expect([...found]).toEqual([[present, keyed(present)]]);
    expect(memory.asked.map((one) => keysOf(one).length)).toEqual([...new Array(16).fill(100), 50]);
    expect(memory.asked.flatMap((one) => keysOf(one))).toEqual(digests);
    expect([Math.max(...sent), context.meter]).toEqual([8, { readUnits: 51, batches: 3 }]);
    expect(memory.asked.map(({ RequestItems }) => RequestItems?.[TABLE]?.ConsistentRead)).toEqual(
      new Array(17).fill(true),
    );
  });
});

describe('an object in its place', () => {
  const law = framed('law', Buffer.from('{"a":1}'));
  const digest = digestOf(law);
  const tooLong = framed('law', Buffer.alloc(300_000, 'x'));

  it('is of a type allowed there, loaded, shared or cached', async () => {
    database.objects.set(digest, { ...keyed(digest), ...packed(law) });
    const loader = createObjectLoader(database.client, TABLE, createObjectCache(1_000_000)).within(
      contextOf(),
    );
    const malformed = { status: 'rejected', reason: { code: 'OBJECT_MALFORMED' } };
    const [shared, own] = await Promise.allSettled([
      loader.load([digest], ['law']),
      loader.load([digest], ['leaf']),
    ]);
    expect([shared.status, own]).toMatchObject(['fulfilled', malformed]);
    await expect(loader.load([digest], ['leaf', 'note'])).rejects.toMatchObject({
      code: 'OBJECT_MALFORMED',
      digest,
    });
    expect((await loader.load([digest], ['note', 'law'])).get(digest)).toEqual({
      type: 'law',
      document: { a: 1 },
    });
    const fresh = createObjectLoader(database.client, TABLE, createObjectCache(0)).within(contextOf());
    await expect(fresh.load([digest], ['leaf'])).rejects.toMatchObject({ code: 'OBJECT_MALFORMED' });
  });

  it('is not unpacked where it says that it is longer than any object there', async () => {
    const long = digestOf(tooLong);
    database.objects.set(long, { ...keyed(long), ...packed(tooLong) });
    const loader = createObjectLoader(database.client, TABLE, createObjectCache(0)).within(contextOf());
    const refused = await loader.load([long], ['leaf', 'node']).catch((error: StoreError) => error);
    // Refused by its length alone: there is no error of the unpacking beneath.
    const cause = refused instanceof StoreError ? refused.cause : undefined;
    expect(refused).toMatchObject({ code: 'OBJECT_MALFORMED', digest: long });
    expect([cause instanceof StoreError, cause instanceof StoreError && cause.cause]).toEqual([
      true,
      undefined,
    ]);
  });
});

describe('requests at the same time', () => {
  it('share one load of each object, and later ones none', async () => {
    const reader = newReader();
    await Promise.all(Array.from({ length: 10 }, async () => (await reader.open()).read(KEYS)));
    const open = await reader.open();
    await open.read(KEYS);
    expect([batches().length, open.consumed()]).toEqual([1, { readUnits: 2, batches: 1 }]);
  });

  it('try again by themselves where a load they had joined fails', async () => {
    const reached = Promise.withResolvers<void>();
    database.answer = async (asked, honest) => {
      if (!isBatch(asked) || batches().length > 1) return honest;
      reached.resolve();
      return new Promise<never>(() => undefined);
    };
    const reader = newReader();
    const impatient = new AbortController();
    const reads = [(await reader.open({}, impatient.signal)).read(KEYS), (await reader.open()).read(KEYS)];
    await reached.promise;
    impatient.abort();
    const [one, two] = await Promise.allSettled(reads);
    expect(one).toMatchObject({ status: 'rejected', reason: { code: 'STORE_UNAVAILABLE' } });
    expect(two?.status).toBe('fulfilled');
  });

  it('are given frozen documents', async () => {
    const { law, entries } = await (await newReader().open()).read(['network/net-1']);
    const network = entries.get('network/net-1') as { inventory: object[] };
    expect(
      [law, network, network.inventory, network.inventory[0]].map((one) => Object.isFrozen(one)),
    ).toEqual(new Array(4).fill(true));
  });
});

describe('the cache', () => {
  const leaf: StoredObject = { type: 'leaf', entries: new Map() };
  const node: StoredObject = { type: 'node', fanout: 64, child: () => null };
  const named = (name: string): Digest => digestOf(Buffer.from(name));
  const [a, b, c] = [named('a'), named('b'), named('c')];

  it('weighs a parsed document four times its bytes, a node once, and 512 bytes each', () => {
    const cache = createObjectCache(10_000);
    cache.put(a, leaf, 100);
    expect(cache.weight()).toBe(912);
    cache.put(b, node, 100);
    expect(cache.weight()).toBe(1_524);
    cache.put(a, leaf, 200);
    expect(cache.weight()).toBe(1_924);
  });

  it('holds no more than its bound, and drops what was used least recently', () => {
    const cache = createObjectCache(2 * 912);
    cache.put(a, leaf, 100);
    cache.put(b, leaf, 100);
    expect([cache.weight(), cache.get(a)]).toEqual([1_824, leaf]);
    cache.put(c, leaf, 100);
    expect([a, b, c].map((one) => cache.get(one))).toEqual([leaf, undefined, leaf]);
    expect(cache.weight()).toBe(1_824);
    // What is larger than the whole takes nothing else away, but what it replaces is gone.
    cache.put(a, leaf, 329);
    expect([a, b, c].map((one) => cache.get(one))).toEqual([undefined, undefined, leaf]);
    expect(cache.weight()).toBe(912);
    cache.put(a, leaf, 328);
    expect([cache.get(a), cache.get(c), cache.weight()]).toEqual([leaf, undefined, 1_824]);
  });

  it('may be too small for anything', async () => {
    expect(await readAll(newReader(0))).toBe(WHOLE);
  });
});
