import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Digest, digestOf, type Json } from '../../functions/core/facts/canonical.ts';
import { documentText } from '../../functions/store/document.ts';
import { framed } from '../../functions/store/object-bytes.ts';
import type { TrieTops } from '../../functions/store/registry-tries.ts';
import { decodeObject, expectType, type ObjectSource } from '../../functions/store/stored-object.ts';
import { diffTries } from '../../functions/store/trie-diff.ts';
import { entriesOf } from '../../functions/store/trie-entries.ts';
import { lookup } from '../../functions/store/trie-lookup.ts';
import { encodeLeaf, encodeNode, type Subtree } from '../../functions/store/trie-node.ts';
import { childIndex, entrySize, keyHash, type TrieShape } from '../../functions/store/trie-shape.ts';
import { auditTrie } from '../../functions/store/trie-verify.ts';
import { collectWritten, trieChange, updateTrie } from '../../functions/store/trie-write.ts';

/** Tiny leaves, of one or two entries, so that a few dozen entries already make several levels. */
const SHAPES: TrieShape[] = [
  { rootFanout: 64, leafLimits: [120, 80, 60] },
  { rootFanout: 256, leafLimits: [200, 60] },
];

type State = ReadonlyMap<string, Json>;
type Changes = ReadonlyMap<string, Json | null>;

/** Objects in memory, verified like those of the database. */
class MemoryObjects implements ObjectSource {
  readonly bytes = new Map<Digest, Uint8Array>();
  loads = 0;
  async load<T extends Parameters<typeof expectType>[1][number]>(
    digests: readonly Digest[],
    allowed: readonly T[],
  ) {
    this.loads += 1;
    return new Map(digests.map((digest) => [digest, this.get(digest, allowed)]));
  }
  get<T extends Parameters<typeof expectType>[1][number]>(digest: Digest, allowed: readonly T[]) {
    const bytes = this.bytes.get(digest);
    if (bytes === undefined) throw new Error('missing');
    return expectType(decodeObject(bytes, allowed), allowed, digest);
  }
}

function update(objects: MemoryObjects, shape: TrieShape, base: Digest | null, changes: Changes) {
  const context = {
    shape,
    node: (digest: Digest) => objects.get(digest, ['leaf', 'node'] as const),
    missing: () => {
      throw new Error('missing');
    },
  };
  const list = [...changes].map(([key, document]) =>
    trieChange(key, document === null ? null : documentText(document)),
  );
  const subtree = updateTrie(context, base, 0, list);
  const written: Digest[] = [];
  collectWritten(subtree, (digest, bytes) => {
    objects.bytes.set(digest, bytes);
    written.push(digest);
  });
  return { top: subtree?.digest ?? null, written };
}

const tops = (shape: TrieShape, top: Digest | null): TrieTops => ({ shape, depth: 0, tops: [top] });

function applied(state: State, changes: Changes): State {
  const next = new Map(state);
  for (const [key, document] of changes) {
    if (document === null) next.delete(key);
    else next.set(key, document);
  }
  return next;
}

// Few keys, so that changes meet entries; half of them share their first bits, so that tries grow deep.
const CROWDED = Array.from({ length: 100_000 }, (_, id) => `n-${id}`).filter((key) => {
  const hash = keyHash(key);
  return hash.readUInt8(0) < 4 && hash.readUInt8(1) < 8;
});
const keys = fc.oneof(
  fc.integer({ min: 0, max: 60 }).map((id) => `n-${id}`),
  fc.constantFrom(...CROWDED.slice(0, 60)),
);
const documents = fc.oneof(
  fc.record({ a: fc.integer() }, { noNullPrototype: true }),
  fc.record({ text: fc.constantFrom('', 'é', 'xxxxxxxx', '"\\') }, { noNullPrototype: true }),
) as fc.Arbitrary<Json>;
const states = fc.array(fc.tuple(keys, documents), { maxLength: 60 }).map((all) => new Map(all));
const changeSets = fc
  .array(fc.tuple(keys, fc.option(documents)), { maxLength: 60 })
  .map((all) => new Map<string, Json | null>(all));
const shapes = fc.constantFrom(...SHAPES);

function property<T extends [unknown, ...unknown[]]>(
  name: string,
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  holds: (...values: T) => Promise<void>,
): void {
  it(name, async () => {
    const seed = Number(process.env['SEED'] ?? 20_261);
    console.log(`${name}: seed ${seed}`);
    await fc.assert(fc.asyncProperty(...arbitraries, holds), { seed, numRuns: 300 });
  });
}

describe('trie', () => {
  property<[TrieShape, State, Changes[]]>(
    'incremental updates give what building from nothing gives',
    [shapes, states, fc.array(changeSets, { minLength: 1, maxLength: 4 })],
    async (shape, start, steps) => {
      const objects = new MemoryObjects();
      let state = start;
      let { top } = update(objects, shape, null, state);
      for (const changes of steps) {
        state = applied(state, changes);
        top = update(objects, shape, top, changes).top;
        const rebuilt = new MemoryObjects();
        expect(top).toBe(update(rebuilt, shape, null, state).top);
        // Everything the rebuilt trie needs is there, byte for byte.
        for (const [digest, bytes] of rebuilt.bytes) expect(objects.bytes.get(digest)).toEqual(bytes);
      }
    },
  );

  property<[TrieShape, State, State]>(
    'the order of insertion does not matter',
    [shapes, states, states],
    async (shape, a, b) => {
      const state = applied(a, b);
      const shuffled = new Map([...state].reverse());
      const objects = new MemoryObjects();
      const whole = update(objects, shape, null, state).top;
      expect(update(new MemoryObjects(), shape, null, shuffled).top).toBe(whole);
      let one: Digest | null = null;
      for (const entry of shuffled) one = update(objects, shape, one, new Map([entry])).top;
      expect(one).toBe(whole);
    },
  );

  property<[TrieShape, State, string[]]>(
    'lookup and iteration give exactly the entries, and the audit finds nothing',
    [shapes, states, fc.array(keys)],
    async (shape, state, wanted) => {
      const objects = new MemoryObjects();
      const trie = tops(shape, update(objects, shape, null, state).top);
      const found = await lookup(objects, trie, wanted);
      expect(found).toEqual(new Map([...state].filter(([key]) => wanted.includes(key))));
      const all = new Map<string, Json>();
      for await (const [key, document] of entriesOf(objects, trie)) all.set(key, document);
      expect(all).toEqual(state);
      const load = (digests: readonly Digest[]) => objects.load(digests, ['leaf', 'node'] as const);
      await auditTrie(trie, load, new Set(), () => expect.unreachable('misplaced'));
    },
  );

  property<[TrieShape, State, Changes]>(
    'the structural difference is the naive one',
    [shapes, states, changeSets],
    async (shape, before, changes) => {
      const after = applied(before, changes);
      const objects = new MemoryObjects();
      const a = tops(shape, update(objects, shape, null, before).top);
      const b = tops(shape, update(objects, shape, null, after).top);
      const found = new Map<string, [unknown, unknown]>();
      for await (const one of diffTries(objects, a, b)) {
        expect(found.has(one.key)).toBe(false);
        found.set(one.key, [one.before, one.after]);
      }
      const naive = new Map<string, [unknown, unknown]>();
      for (const key of new Set([...before.keys(), ...after.keys()])) {
        const [x, y] = [before.get(key), after.get(key)];
        if (JSON.stringify(x) !== JSON.stringify(y)) naive.set(key, [x, y]);
      }
      expect(found).toEqual(naive);
    },
  );

  it('writes only the changed path', () => {
    const shape: TrieShape = { rootFanout: 64, leafLimits: [2_000, 2_000, 4_000] };
    const objects = new MemoryObjects();
    const state = new Map<string, Json>(
      Array.from({ length: 20_000 }, (_, id) => [`network/n-${id}`, { id, filler: 'x'.repeat(40) }]),
    );
    const { top } = update(objects, shape, null, state);
    const change = update(objects, shape, top, new Map([['network/n-77', { id: 77, filler: 'y' }]]));
    expect(change.written.length).toBe(3);
    const same = update(objects, shape, change.top, new Map([['network/n-77', { id: 77, filler: 'y' }]]));
    expect(same).toEqual({ top: change.top, written: [] });
  });

  it('lookup takes no missing node, nor one of another width, for absence', async () => {
    const bytes = encodeNode(new Array<Subtree | null>(256).fill(null));
    const objects = new MemoryObjects();
    objects.bytes.set(digestOf(bytes), bytes);
    const trie = tops(SHAPES[0] as TrieShape, digestOf(bytes));
    await expect(lookup(objects, trie, ['n-1'])).rejects.toMatchObject({ code: 'OBJECT_MALFORMED' });
    const silent: ObjectSource = { load: async () => new Map() };
    await expect(lookup(silent, trie, ['n-1'])).rejects.toMatchObject({ code: 'OBJECT_MISSING' });
  });

  describe('audits, and reports', () => {
    const shape: TrieShape = { rootFanout: 64, leafLimits: [29, 22, 14] };
    const leafOf = (...keys: string[]) => encodeLeaf(keys.map((key) => [key, '1']));
    const at = (key: string, depth: number) => childIndex(shape, keyHash(key), depth);
    const node = (width: number, ...children: [number, Uint8Array, number][]) => {
      const slots = new Array<Subtree | null>(width).fill(null);
      for (const [index, bytes, size] of children) slots[index] = { digest: digestOf(bytes), size };
      return encodeNode(slots);
    };
    // Six bytes an entry of one letter: four fit the first depth, three the second, two the third.
    const sharing = (keys: readonly string[], depth: number) =>
      keys.filter((key) => at(key, depth) === at(keys[0] ?? '', depth));
    const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.,:;!?'];
    const [k = '', l = ''] =
      letters
        .map((key) => sharing([key, ...letters.filter((x) => x !== key)], 0))
        .find((x) => x.length > 1) ?? [];
    const apart = letters.filter((key) => at(key, 0) !== at(k, 0)).slice(0, 4);
    const [one = ''] = apart;
    const size = entrySize('k', '1');
    const five = [k, l, ...apart.slice(0, 3)];
    const root = (more: [number, Uint8Array, number][] = []) => [
      ...more,
      ...apart.slice(0, 3).map((key): [number, Uint8Array, number] => [at(key, 0), leafOf(key), size]),
    ];
    const both = leafOf(k, l);

    const CASES: [string, 0 | 1, Uint8Array[], (string | Uint8Array)[]][] = [
      [
        'nothing',
        0,
        [node(64, ...root([[at(k, 0), both, 2 * size]])), both, ...apart.slice(0, 3).map((x) => leafOf(x))],
        [],
      ],
      ['an empty leaf', 0, [encodeLeaf([])], ['top']],
      ['a leaf that should be a node', 0, [leafOf(...five)], ['top']],
      ['a leaf as large as may be', 0, [leafOf(...five.slice(0, 4))], []],
      ['a leaf in another order', 0, [framed('leaf', Buffer.from(`{"b":1,"a":1}`))], ['top']],
      ['a leaf with white space', 0, [framed('leaf', Buffer.from(`{"a": 1}`))], ['top']],
      ['a leaf with a fraction', 0, [framed('leaf', Buffer.from(`{"a":0.5}`))], ['top']],
      ['a node that should be a leaf', 0, [node(64, [at(k, 0), both, 2 * size]), both], ['top']],
      [
        'a node of another width',
        0,
        [node(256, ...root([[at(k, 0), both, 2 * size]])), both, ...apart.slice(0, 3).map((x) => leafOf(x))],
        ['top'],
      ],
      [
        'an entry under another path',
        0,
        [
          node(64, ...root([[at(k, 0), leafOf(k, one), 2 * size]])),
          leafOf(k, one),
          ...apart.slice(0, 3).map((x) => leafOf(x)),
        ],
        [leafOf(k, one)],
      ],
      [
        'a leaf of another size than its parent says',
        0,
        [node(64, ...root([[at(k, 0), both, 3 * size]])), both, ...apart.slice(0, 3).map((x) => leafOf(x))],
        [both],
      ],
    ];
    const pairs = letters.slice(0, 26).flatMap((x) => letters.slice(0, 26).map((y) => `${x}${y}`));
    const deep = sharing(pairs, 0)
      .filter((key, n, keys) => keys.findIndex((other) => at(other, 1) === at(key, 1)) === n)
      .slice(0, 4);
    const [elsewhere = '', third = ''] = apart.filter((key) => at(key, 0) !== at(deep[0] ?? '', 0));
    const inner = node(256, ...deep.map((key): [number, Uint8Array, number] => [at(key, 1), leafOf(key), 7]));
    const above = (slot: string, says: number): Uint8Array[] => [
      node(64, [at(slot, 0), inner, says], [at(third, 0), leafOf(third), size]),
      ...[inner, leafOf(third), ...deep.map((key) => leafOf(key))],
    ];
    CASES.push(
      ['nothing, two levels down', 0, above(deep[0] ?? '', 28), []],
      ['a node of another size than its parent says', 0, above(deep[0] ?? '', 29), [inner]],
      ['entries right by their last step alone', 0, above(elsewhere, 28), deep.map((key) => leafOf(key))],
    );

    it('one subtree under two sizes, in two versions', async () => {
      const objects = new MemoryObjects();
      const visited = new Set<string>();
      const reported: Digest[] = [];
      const load = (digests: readonly Digest[]) => objects.load(digests, ['leaf', 'node'] as const);
      for (const says of [28, 29]) {
        const stored = above(deep[0] ?? '', says);
        for (const bytes of stored) objects.bytes.set(digestOf(bytes), bytes);
        const trie = tops(shape, digestOf(stored[0] ?? new Uint8Array()));
        await auditTrie(trie, load, visited, (digest) => reported.push(digest));
      }
      expect(reported).toEqual([digestOf(inner)]);
    });

    it.each(CASES)('%s', async (_, depth, stored, expected) => {
      const objects = new MemoryObjects();
      for (const bytes of stored) objects.bytes.set(digestOf(bytes), bytes);
      const [top = new Uint8Array()] = stored;
      const reported: Digest[] = [];
      const load = (digests: readonly Digest[]) => objects.load(digests, ['leaf', 'node'] as const);
      const trie = { shape, depth, tops: [digestOf(top)] };
      await auditTrie(trie, load, new Set(), (digest) => reported.push(digest));
      const wanted = expected.map((bytes) => digestOf(typeof bytes === 'string' ? top : bytes));
      expect(reported.toSorted()).toEqual(wanted.toSorted());
    });
  });

  it('audits: an entry filed under another path is reported', async () => {
    const shape = SHAPES[0] as TrieShape;
    const objects = new MemoryObjects();
    const { top } = update(objects, shape, null, new Map([['network/n-1', { a: 1 }]]));
    const wrong: TrieTops = { shape, depth: 1, tops: Array.from({ length: 64 }, () => top) };
    const reported: Digest[] = [];
    const load = (digests: readonly Digest[]) => objects.load(digests, ['leaf', 'node'] as const);
    await auditTrie(wrong, load, new Set(), (digest) => reported.push(digest));
    // Where it was met first it is another's place too.
    expect(reported.length).toBe(64);
  });

  it('in which a subtree stands twice is walked by nobody', async () => {
    const shape = SHAPES[0] as TrieShape;
    const objects = new MemoryObjects();
    const { top } = update(objects, shape, null, new Map([['n-1', { a: 1 }]]));
    const child = { digest: top as Digest, size: 1 };
    const bytes = encodeNode(new Array<Subtree | null>(64).fill(null).fill(child, 3, 5));
    objects.bytes.set(digestOf(bytes), bytes);
    const [none, twice] = [tops(shape, null), tops(shape, digestOf(bytes))];
    const walks = [
      entriesOf(objects, twice),
      diffTries(objects, none, twice),
      diffTries(objects, twice, none),
    ];
    for (const walk of walks) {
      const all = async () => {
        for await (const entry of walk) expect(entry).toBeDefined();
      };
      await expect(all()).rejects.toMatchObject({ code: 'OBJECT_MALFORMED' });
    }
    expect(() => update(objects, shape, digestOf(bytes), new Map([['n-2', null]]))).toThrow(
      'OBJECT_MALFORMED',
    );
  });

  it('is compared no further than somebody wants to look', async () => {
    const shape = SHAPES[0] as TrieShape;
    const objects = new MemoryObjects();
    const { top } = update(objects, shape, null, new Map(CROWDED.slice(0, 60).map((key) => [key, { a: 1 }])));
    const all = async (most: number) => {
      let found = 0;
      for await (const { key } of diffTries(objects, tops(shape, null), tops(shape, top), most))
        found += key === '' ? 0 : 1;
      return found;
    };
    expect(await all(10_000)).toBe(60);
    await expect(all(1)).rejects.toMatchObject({ code: 'OBJECT_MALFORMED' });
  });

  it('that is deeper than a hash is long is walked by nobody', async () => {
    const shape = SHAPES[0] as TrieShape;
    const objects = new MemoryObjects();
    const { top } = update(objects, shape, null, new Map([['n-1', { a: 1 }]]));
    let below: Subtree = { digest: top as Digest, size: 1 };
    for (let depth = 40; depth >= 0; depth -= 1) {
      const children = new Array<Subtree | null>(depth === 0 ? 64 : 256).fill(null).fill(below, 3, 4);
      const bytes = encodeNode(children);
      objects.bytes.set(digestOf(bytes), bytes);
      below = { digest: digestOf(bytes), size: 1 };
    }
    const [none, deep] = [tops(shape, null), tops(shape, below.digest)];
    const walks = [entriesOf(objects, deep), diffTries(objects, none, deep), diffTries(objects, deep, none)];
    for (const walk of walks) {
      const all = async () => {
        for await (const entry of walk) expect(entry).toBeDefined();
      };
      await expect(all()).rejects.toMatchObject({ code: 'OBJECT_MALFORMED' });
    }
    const reported: Digest[] = [];
    const load = (digests: readonly Digest[]) => objects.load(digests, ['leaf', 'node'] as const);
    await auditTrie(deep, load, new Set(), (digest) => reported.push(digest));
    expect(reported.length).toBeGreaterThan(0);
  });

  it('audits: a trie that kept its node after shrinking to a leaf is reported', async () => {
    const shape = SHAPES[0] as TrieShape;
    const objects = new MemoryObjects();
    const { top } = update(objects, shape, null, new Map([['n-1', { a: 1 }]]));
    const children = new Array<Subtree | null>(64).fill(null);
    const size = entrySize('n-1', '{"a":1}');
    children[childIndex(shape, keyHash('n-1'), 0)] = { digest: top as Digest, size };
    const bytes = encodeNode(children);
    objects.bytes.set(digestOf(bytes), bytes);
    const reported: Digest[] = [];
    const load = (digests: readonly Digest[]) => objects.load(digests, ['leaf', 'node'] as const);
    await auditTrie(tops(shape, digestOf(bytes)), load, new Set(), (digest) => reported.push(digest));
    expect(reported).toEqual([digestOf(bytes)]);
  });
});
