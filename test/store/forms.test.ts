/** The forms of everything stored, to the byte: what is refused on its way in, and on its way out. */
import { describe, expect, it } from 'vitest';
import { digestOf, type Json } from '../../functions/core/facts/canonical.ts';
import { FORMAT, type RegistryFormat } from '../../functions/core/facts/format.ts';
import {
  ancestorCount,
  type Commit,
  decodeCommit,
  encodeCommit,
  homeOf,
} from '../../functions/store/commit.ts';
import { SIGNATURE_BYTES } from '../../functions/store/commit-signature.ts';
import { compress, decompress } from '../../functions/store/compression.ts';
import { rawDigest } from '../../functions/store/digest-bytes.ts';
import { documentText, isStorableKey, parseStored } from '../../functions/store/document.ts';
import {
  copyToRead,
  decodeHead,
  encodeHead,
  HEAD_KEY,
  headKey,
  isHeadPartition,
  isSameHead,
  itemBytes,
} from '../../functions/store/head.ts';
import { framed, type ObjectType, unframe } from '../../functions/store/object-bytes.ts';
import { decodeRoot, encodeRoot, VIEW_SLOTS } from '../../functions/store/registry-root.ts';
import { StoreError, type StoreErrorCode } from '../../functions/store/store-error.ts';
import { decodeLeaf, decodeNode, encodeLeaf, encodeNode } from '../../functions/store/trie-node.ts';
import { trieChange } from '../../functions/store/trie-write.ts';

const digest = digestOf(Buffer.from('x'));
const other = digestOf(Buffer.from('y'));
const FIRST = { format: 1, oldestReader: 1 };
/** As long as a root can be. */
const LATER = { format: 0xffff, oldestReader: FORMAT };

/** The code something ends with, or `fine`. */
function outcome(attempt: () => unknown): string {
  try {
    attempt();
    return 'fine';
  } catch (error) {
    return error instanceof StoreError ? error.code : String(error);
  }
}

/** The longest commit there can be at a version. */
function longest(version: number): Commit {
  return {
    version,
    lineage: 'f'.repeat(32),
    epoch: 0x7fff_ffff,
    confirmed: false,
    home: homeOf('x'.repeat(255)),
    root: digest,
    note: digest,
    approval: digest,
    keyring: digest,
    kind: 'k'.repeat(32),
    author: 'a'.repeat(176),
    approvers: ['b'.repeat(176), 'c'.repeat(176)],
    recordedAt: '2026-11-23T12:00:00.000Z',
    ancestors: new Array(ancestorCount(version)).fill(digest),
  };
}

function headOf(commit: Commit) {
  const view = new Array(VIEW_SLOTS).fill(digest);
  return {
    commit: encodeCommit(commit),
    signature: new Uint8Array(SIGNATURE_BYTES),
    root: encodeRoot({ ...LATER, law: digest, facts: digest, vendors: digest, view }),
  };
}

describe('HEAD', () => {
  const whole = encodeHead(headOf(longest(2 ** 22)));

  it('stays within one read unit for four million versions, whatever a commit says', () => {
    expect(itemBytes(whole)).toBeLessThanOrEqual(4096);
    expect(decodeHead(whole)).toEqual(headOf(longest(2 ** 22)));
    expect(outcome(() => encodeHead(headOf(longest(2 ** 30))))).toBe('TOO_LARGE');
  });

  it.each([
    [3831, 'fine'],
    [3832, 'TOO_LARGE'],
  ])('of 4096 bytes and no more: a root of %i', (length, expected) => {
    // pk, sk: 12; digest: 38; commit: 6 + 100; signature: 105; root: 4.
    const content = {
      commit: new Uint8Array(100),
      signature: new Uint8Array(96),
      root: new Uint8Array(length),
    };
    expect(outcome(() => encodeHead(content))).toBe(expected);
    expect(itemBytes({ n: { N: '123' }, é: { S: 'é' } })).toBe(8);
  });

  it('has all its parts, of their types, and the digest of its commit', () => {
    for (const part of ['commit', 'signature', 'root', 'digest']) {
      const { [part]: _, ...rest } = whole;
      for (const item of [rest, { ...rest, [part]: { S: 'x' } }])
        expect([part, outcome(() => decodeHead(item))]).toEqual([part, 'HEAD_MALFORMED']);
    }
    for (const length of [95, 97])
      expect(outcome(() => decodeHead({ ...whole, signature: { B: new Uint8Array(length) } }))).toBe(
        'HEAD_MALFORMED',
      );
    expect(outcome(() => decodeHead({ ...whole, digest: { B: rawDigest(other) } }))).toBe('DIGEST_MISMATCH');
    expect(HEAD_KEY).toEqual({ pk: { S: 'HEAD' }, sk: { S: 'HEAD' } });
  });

  it('has copies in partitions of their own, each chosen as often as any', () => {
    const keys = [0, 1, 63].map((copy) => headKey(copy));
    expect(keys).toEqual(['HEAD', 'HEAD#1', 'HEAD#63'].map((pk) => ({ pk: { S: pk }, sk: { S: 'HEAD' } })));
    expect(encodeHead(headOf(longest(1)), 3)).toEqual({ ...encodeHead(headOf(longest(1))), ...headKey(3) });
    const partitions = ['HEAD', 'HEAD#1', 'HEAD#', 'HEADS', 'HEA', 'PROPOSALS', 'head#1'];
    expect(partitions.filter(isHeadPartition)).toEqual(['HEAD', 'HEAD#1', 'HEAD#']);
    const chosen = [0, 0.333, 0.334, 0.5, 0.667, 0.999].map((random) => copyToRead(4, random));
    expect(chosen).toEqual([1, 1, 2, 2, 3, 3]);
    expect([1, 2].map((copies) => [0, 0.999].map((random) => copyToRead(copies, random)))).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it('says how many copies there are, where there is more than one', () => {
    const content = headOf(longest(1));
    expect(encodeHead({ ...content, copies: 1 })).toEqual(encodeHead(content));
    expect(decodeHead(encodeHead(content)).copies).toBeUndefined();
    const item = encodeHead({ ...content, copies: 64 });
    expect([item['copies'], decodeHead(item).copies]).toEqual([{ N: '64' }, 64]);
    for (const copies of [
      { N: '65' },
      { N: '1' },
      { N: '0' },
      { N: '-2' },
      { N: '2.5' },
      { N: 'x' },
      { S: '4' },
    ])
      expect([copies, outcome(() => decodeHead({ ...item, copies }))]).toEqual([copies, 'HEAD_MALFORMED']);
  });

  it('is the same only where every part is', () => {
    const head = headOf(longest(1));
    expect(isSameHead(head, headOf(longest(1)))).toBe(true);
    for (const part of ['commit', 'signature', 'root'])
      expect(isSameHead(head, { ...head, [part]: Uint8Array.of(1) })).toBe(false);
  });
});

describe('a commit', () => {
  it.each([1, 2, 3, 4, 5, 8, 9, 1000])('of version %i comes back as it was, frozen', (version) => {
    const commit = longest(version);
    const decoded = decodeCommit(unframe(encodeCommit(commit), ['commit']).body);
    expect(decoded).toEqual(commit);
    expect([decoded, decoded.approvers, decoded.ancestors].every(Object.isFrozen)).toBe(true);
  });

  it('has 1, 2, 4 … before it, down to the first', () => {
    expect([1, 2, 3, 4, 5, 8, 9, 16, 17].map(ancestorCount)).toEqual([0, 1, 2, 2, 3, 3, 4, 4, 5]);
  });

  const MEMBERS: {
    readonly [M in keyof Commit]: readonly [good: readonly unknown[], bad: readonly unknown[]];
  } = {
    version: [[1], [0, -1, 1.5, '1', 2 ** 31, Number.NaN]],
    epoch: [
      [1, 0x7fff_ffff],
      [0, 1.5, '1', 2 ** 31],
    ],
    confirmed: [
      [true, false],
      [1, 'true', null, undefined],
    ],
    lineage: [['0'.repeat(32)], ['0'.repeat(31), '0'.repeat(33), 'F'.repeat(32), `${'0'.repeat(32)}\n`, 1]],
    home: [['0'.repeat(32)], ['0'.repeat(31), '0'.repeat(33), 'table', undefined]],
    root: [[other], [`x${other}`, `${other}0`, other.toUpperCase(), other.slice(0, -1), null]],
    note: [[other], [`${other}0`, other.toUpperCase(), null]],
    approval: [[other], [`${other}0`, null]],
    keyring: [[other], [`${other}0`, null]],
    kind: [
      ['a', 'a-b', 'k'.repeat(32)],
      ['', 'A', '-a', 'a b', 'a1', 'k'.repeat(33)],
    ],
    author: [
      ['a', '!~', 'x'.repeat(176)],
      ['', 'a b', 'a\n', 'é', '\x7f', 'x'.repeat(177), null],
    ],
    approvers: [
      [[], ['a'], ['a', 'b']],
      [['a', 'b', 'c'], [''], ['a', 'b c'], [1], 'ab', null],
    ],
    recordedAt: [
      ['2024-02-29T23:59:59.999Z'],
      ['2026-02-30T00:00:00.000Z', '2026-11-23', '2026-11-23T12:00:00Z', '2026-11-23T24:00:00.000Z', 1],
    ],
    ancestors: [[[]], [[digest]]],
  };
  it.each(Object.entries(MEMBERS))('has a %s of its form, written and read', (member, [good, bad]) => {
    const { approval: _a, keyring: _k, ancestors: _, ...fields } = longest(1);
    for (const [values, written, read] of [
      [good, 'fine', 'fine'],
      [bad, 'NOT_STORABLE', 'OBJECT_MALFORMED'],
    ] as const)
      for (const value of values) {
        const commit = { ...longest(1), [member]: value } as Commit;
        const label = `${member} ${JSON.stringify(value)}`;
        const wrote = outcome(() => encodeCommit(commit));
        expect([label, wrote.startsWith('TypeError') ? 'NOT_STORABLE' : wrote]).toEqual([label, written]);
        if (['approval', 'keyring', 'ancestors'].includes(member)) continue;
        const text = JSON.stringify(sorted({ ...fields, [member]: value }));
        expect([
          label,
          outcome(() => decodeCommit(Buffer.concat([Buffer.from(`${text}\n`), LINKS]))),
        ]).toEqual([label, read]);
      }
  });

  /** The raw digests of approval and keyring. */
  const LINKS = Buffer.alloc(64, 1);
  const sorted = (fields: object) =>
    Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
  const { approval: _a, keyring: _k, ancestors: _, ...fields } = longest(1);
  const text = JSON.stringify(sorted(fields));
  const MALFORMED: [string, string][] = [
    ['nothing', ''],
    ['no line feed', text],
    ['members out of order', `${JSON.stringify(fields)}\n`],
    ['an unknown member', `${JSON.stringify({ ...sorted(fields), z: 1 })}\n`],
    ['a duplicate member', `${text.replace('"version":1', '"version":2,"version":1')}\n`],
    ['white space', `${text.replace('"version":1', '"version": 1')}\n`],
    ['an ancestor too many', `${text}\n${'x'.repeat(32)}`],
    ['half an ancestor', `${text}\n${'x'.repeat(16)}`],
    ['an ancestor missing', `${text.replace('"version":1', '"version":2')}\n`],
    ['an ancestor that is none', `${text.replace('"version":1', '"version":2')}\n${'\0'.repeat(32)}`],
    ['null', 'null\n'],
    ['a list', '[]\n'],
  ];
  it('has one form', () => {
    expect(decodeCommit(Buffer.concat([Buffer.from(`${text}\n`), LINKS])).version).toBe(1);
    for (const [what, malformed] of MALFORMED) {
      const [line, links] = [malformed.slice(0, malformed.indexOf('\n') + 1), malformed.split('\n')[1] ?? ''];
      const bytes = Buffer.concat([Buffer.from(line || malformed), LINKS, Buffer.from(line ? links : '')]);
      expect([what, outcome(() => decodeCommit(bytes))]).toEqual([what, 'OBJECT_MALFORMED']);
    }
  });
});

describe('an object', () => {
  const LIMITS: [ObjectType, number][] = [
    ['leaf', 270_336],
    ['node', 16_384],
    ['root', 4_096],
    ['law', 4_194_304],
    ['commit', 4_096],
    ['note', 65_536],
  ];
  it.each(LIMITS)('that is a %s has at most %i bytes', (type, limit) => {
    const header = `routeguard ${type} 1\n`;
    const whole = Buffer.concat([Buffer.from(header), Buffer.alloc(limit - header.length)]);
    expect(Buffer.compare(framed(type, Buffer.alloc(limit - header.length)), whole)).toBe(0);
    expect(outcome(() => framed(type, Buffer.alloc(limit - header.length + 1)))).toBe('TOO_LARGE');
    expect(unframe(whole, [type]).body.length).toBe(limit - header.length);
    expect(outcome(() => unframe(Buffer.concat([whole, Buffer.alloc(1)]), [type]))).toBe('OBJECT_MALFORMED');
  });

  it('of one type is not one of another', () => {
    for (const [type] of LIMITS) {
      const others = LIMITS.map(([name]) => name).filter((name) => name !== type);
      const bytes = framed(type, Buffer.from('{}'));
      expect(unframe(bytes, [...others, type]).type).toBe(type);
      expect(outcome(() => unframe(bytes, others))).toBe('OBJECT_MALFORMED');
      expect(outcome(() => unframe(Buffer.from(bytes.subarray(1)), [type]))).toBe('OBJECT_MALFORMED');
    }
  });

  it('is unpacked to exactly the length it says, within the limit', () => {
    const packed = compress(Buffer.alloc(100, 'x'));
    const CASES: [number, number, string, Uint8Array?][] = [
      [100, 100, 'fine'],
      [100, 99, 'OBJECT_MALFORMED'],
      [99, 1_000, 'OBJECT_MALFORMED'],
      [101, 1_000, 'OBJECT_MALFORMED'],
      [0, 1_000, 'OBJECT_MALFORMED', compress(new Uint8Array())],
      [-1, 1_000, 'OBJECT_MALFORMED'],
      [99.5, 1_000, 'OBJECT_MALFORMED'],
      [Number.NaN, 1_000, 'OBJECT_MALFORMED'],
      [10, 1_000, 'OBJECT_MALFORMED', compress(Buffer.alloc(50_000_000))],
      [3, 1_000, 'OBJECT_MALFORMED', Uint8Array.of(1, 2, 3)],
    ];
    for (const [length, limit, expected, bytes = packed] of CASES)
      expect([length, limit, outcome(() => decompress(bytes, length, limit))]).toEqual([
        length,
        limit,
        expected,
      ]);
  });

  it('that is a bomb is not inflated beyond the length it says', () => {
    const bomb = compress(Buffer.alloc(50_000_000));
    expect(() => decompress(bomb, 10, 1_000)).toThrow(
      expect.objectContaining({ cause: expect.objectContaining({ code: 'ERR_BUFFER_TOO_LARGE' }) }),
    );
  });
});

describe('a root', () => {
  it('has its 67 places, and a law', () => {
    const body = Buffer.alloc(67 * 32, 1);
    expect(decodeRoot(body).view.length).toBe(64);
    for (const wrong of [body.subarray(1), Buffer.alloc(68 * 32), Buffer.alloc(67 * 32)])
      expect(outcome(() => decodeRoot(wrong))).toBe('OBJECT_MALFORMED');
    for (const slots of [63, 65])
      expect(
        outcome(() =>
          encodeRoot({
            ...FIRST,
            law: digest,
            facts: null,
            vendors: null,
            view: new Array(slots).fill(null),
          }),
        ),
      ).toBe('OBJECT_MALFORMED');
  });
});

describe('what a root asks of builds', () => {
  const places = { law: digest, facts: null, vendors: null, view: new Array(VIEW_SLOTS).fill(null) };
  const bodyOf = (format: RegistryFormat) => unframe(encodeRoot({ ...places, ...format }), ['root']).body;

  it.each<[RegistryFormat, bytes: number]>([
    [FIRST, 0],
    [{ format: 2, oldestReader: 1 }, 4],
    [LATER, 4],
  ])('comes back as it was said: %j', (format, bytes) => {
    const body = bodyOf(format);
    expect(decodeRoot(body)).toEqual({ ...places, ...format });
    expect(body.length - bodyOf(FIRST).length).toBe(bytes);
  });

  it('stands behind the places, format before reader', () => {
    expect([...bodyOf({ format: 0x0103, oldestReader: 2 }).subarray(-4)]).toEqual([1, 3, 0, 2]);
  });

  it.each<[string, rest: readonly number[], expected: string]>([
    ['a newer reader', [0, FORMAT + 1, 0, FORMAT + 1], 'FORMAT_UNKNOWN'],
    ['a newer reader, and more places', [0, FORMAT + 1, 0, FORMAT + 1, 1, 2, 3], 'FORMAT_UNKNOWN'],
    ['the first format, which says nothing', [0, 1, 0, 1], 'OBJECT_MALFORMED'],
    ['a reader newer than its format', [0, 2, 0, 3], 'OBJECT_MALFORMED'],
    ['no reader', [0, 2, 0, 0], 'OBJECT_MALFORMED'],
    ['no format', [0, 0, 0, 0], 'OBJECT_MALFORMED'],
    ['half of it', [0, 2], 'OBJECT_MALFORMED'],
    ['a reader that may, and more', [0, 2, 0, 1, 0], 'OBJECT_MALFORMED'],
  ])('%s', (_, rest, expected) => {
    expect(outcome(() => decodeRoot(Buffer.concat([bodyOf(FIRST), Buffer.from(rest)])))).toBe(expected);
  });

  it('is never written as something that nobody could read', () => {
    for (const format of [
      { format: 1, oldestReader: 2 },
      { format: 0, oldestReader: 0 },
      { format: 0x1_0000, oldestReader: 1 },
      { format: 1.5, oldestReader: 1 },
    ])
      expect([format, outcome(() => bodyOf(format))]).toEqual([format, 'OBJECT_MALFORMED']);
  });
});

describe('an object of a newer form', () => {
  it.each<[string, allowed: ObjectType, expected: string]>([
    ['routeguard law 2\n{}', 'law', 'FORMAT_UNKNOWN'],
    ['routeguard commit 10\n', 'commit', 'FORMAT_UNKNOWN'],
    ['routeguard law 2\n{}', 'root', 'OBJECT_MALFORMED'],
    ['routeguard law 0\n{}', 'law', 'OBJECT_MALFORMED'],
    ['routeguard law 02\n{}', 'law', 'OBJECT_MALFORMED'],
    ['routeguard law two\n{}', 'law', 'OBJECT_MALFORMED'],
    ['routeguard law 100000\n{}', 'law', 'OBJECT_MALFORMED'],
  ])('%j as a %s: %s', (text, allowed, expected) => {
    expect(outcome(() => unframe(Buffer.from(text), [allowed]))).toBe(expected);
  });
});

describe('a node', () => {
  it('has 64 or 256 children, and no other is asked for', () => {
    for (const count of [64, 256]) {
      const node = decodeNode(Buffer.alloc(count * 36, 1));
      expect([node.fanout, node.child(count - 1)]).toEqual([
        count,
        { digest: `sha256:${'01'.repeat(32)}`, size: 0x01010101 },
      ]);
      for (const index of [-1, count, 0.5]) expect(outcome(() => node.child(index))).toBe('OBJECT_MALFORMED');
    }
    for (const length of [0, 36, 65 * 36, 64 * 36 + 1, 257 * 36])
      expect(outcome(() => decodeNode(Buffer.alloc(length)))).toBe('OBJECT_MALFORMED');
    expect(outcome(() => encodeNode([{ digest, size: 2 ** 32 - 1 }]))).toBe('fine');
    expect(outcome(() => encodeNode([{ digest, size: 2 ** 32 }]))).toBe('TOO_LARGE');
  });
});

describe('a leaf', () => {
  it('is an object of storable keys, written in their order', () => {
    for (const body of ['[]', 'null', '1', '"a"', '{', '{"":1}', '{"é":1}'])
      expect([body, outcome(() => decodeLeaf(Buffer.from(body)))]).toEqual([body, 'OBJECT_MALFORMED']);
    const encoded = encodeLeaf([
      ['b', '1'],
      ['a', '2'],
    ]);
    expect(Buffer.from(encoded).toString()).toBe('routeguard leaf 1\n{"a":2,"b":1}');
  });

  it.each([
    [262_139, 'fine'],
    [262_140, 'TOO_LARGE'],
  ])('takes a document of %i bytes under a key of one: %s', (length, expected) => {
    expect(outcome(() => trieChange('k', 'x'.repeat(length)))).toBe(expected);
    expect(outcome(() => trieChange('k', null))).toBe('fine');
  });
});

describe('a document', () => {
  it('has a key of 1 to 256 printable ASCII characters', () => {
    const GOOD = ['a', ' ', '~', 'a/b', 'x'.repeat(256), 'constructor'];
    const BAD = ['', 'x'.repeat(257), 'a"', 'a\\', 'a\n', '\x1f', '\x7f', 'é', '__proto__'];
    expect(GOOD.filter((key) => !isStorableKey(key))).toEqual([]);
    expect(BAD.filter(isStorableKey)).toEqual([]);
  });

  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  it.each([
    ['65 levels', nested(65), 'fine'],
    ['66 levels', nested(66), 'refused'],
    ['66 levels of members', `${'{"a":'.repeat(66)}1${'}'.repeat(66)}`, 'refused'],
    ['a member named __proto__', '{"a":{"__proto__":{}}}', 'refused'],
    ['a member named constructor', '{"constructor":1}', 'fine'],
  ])('with %s', (_, text, expected) => {
    expect(outcome(() => parseStored(text))).toBe(expected === 'fine' ? 'fine' : 'OBJECT_MALFORMED');
    expect(outcome(() => documentText(JSON.parse(text) as Json))).toBe(
      expected === 'fine' ? 'fine' : 'NOT_STORABLE',
    );
  });

  it('is canonical on its way in, and frozen on its way out', () => {
    expect(documentText({ b: [1, null], a: 'é' })).toBe('{"a":"é","b":[1,null]}');
    for (const bad of [0.5, -0, 'a\ud800']) expect(outcome(() => documentText({ bad }))).toBe('NOT_STORABLE');
    const document = parseStored('{"a":[{"b":1}]}') as { a: object[] };
    expect([document, document.a, document.a[0]].every(Object.isFrozen)).toBe(true);
  });
});

describe('an error', () => {
  const RETRYABLE: { readonly [C in StoreErrorCode]: boolean } = {
    STORE_UNAVAILABLE: true,
    STORE_REFUSED: false,
    HEAD_MISSING: false,
    HEAD_MALFORMED: false,
    SIGNATURE_INVALID: false,
    APPROVAL_INVALID: false,
    DIGEST_MISMATCH: false,
    OBJECT_MISSING: false,
    OBJECT_MALFORMED: false,
    FORMAT_UNKNOWN: false,
    OBJECT_PURGED: false,
    VERSION_PURGED: false,
    VERSION_REGRESSION: false,
    HISTORY_FORKED: false,
    LINEAGE_CHANGED: true,
    HEAD_BELOW_FLOOR: true,
    HEAD_UNACKNOWLEDGED: true,
    FLOOR_MISSING: true,
    FLOOR_CONTRADICTED: false,
    FLOOR_MALFORMED: false,
    REGISTRY_BEHIND: true,
    VERSION_UNKNOWN: false,
    HOME_USED: false,
    CONFLICT: true,
    TOO_LARGE: false,
    NOT_STORABLE: false,
    NOT_OPENABLE: false,
  };
  it('says whether asking again may help', () => {
    const said = Object.keys(RETRYABLE).map((code) => [
      code,
      new StoreError(code as StoreErrorCode).retryable,
    ]);
    expect(Object.fromEntries(said)).toEqual(RETRYABLE);
  });
});
