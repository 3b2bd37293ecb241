/** Where HEAD stands to the floor, and what a row of the floor is. */

import { describe, expect, it } from 'vitest';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import { encodeCommit } from '../../functions/store/commit.ts';
import { decodeFloor, encodeFloor, type FloorRow, floorKey, settled } from '../../functions/store/floor.ts';
import { encodeHead, type Item } from '../../functions/store/head.ts';
import { createObjectCache } from '../../functions/store/object-cache.ts';
import { createObjectLoader } from '../../functions/store/object-loader.ts';
import { openRaisableFloor } from '../../functions/store/raise-floor.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { TEST_TABLES } from '../engine.ts';
import { type Alteration, type Chain, chainOf, floorOf, KEYS, VERSIONS } from './memory-chain.ts';
import { FLOOR_ID, memoryDatabase } from './memory-database.ts';

const digestOf = (letter: string): Digest => `sha256:${letter.repeat(64)}`;

const FLOOR: FloorRow = { epoch: 2, version: 17, digest: digestOf('a'), table: 'a-table' };
const ROW: Item = {
  pk: { S: 'COMMIT' },
  sk: { S: '0000000002.0000000017' },
  digest: { B: Buffer.from('aa'.repeat(32), 'hex') },
  table: { S: 'a-table' },
};

describe('a row of the floor', () => {
  it('has its place as ten digits each, so that rows sort as publications did', () => {
    expect(encodeFloor('COMMIT', FLOOR)).toEqual(ROW);
    expect(decodeFloor(ROW)).toEqual(FLOOR);
    const places = [
      [1, 2],
      [1, 10],
      [2, 1],
      [2, 1_000_000_000],
      [10, 1],
    ] as const;
    const keys = places.map(
      ([epoch, version]) => encodeFloor('COMMIT', { ...FLOOR, epoch, version })['sk']?.S ?? '',
    );
    expect(keys.toSorted()).toEqual(keys);
  });

  const GARBLED: [string, Item][] = [
    ['nothing', {}],
    ['no place', { ...ROW, sk: { S: '' } }],
    ['a place of other digits', { ...ROW, sk: { S: '2.17' } }],
    ['a place with more', { ...ROW, sk: { S: '0000000002.0000000017 ' } }],
    ['a place that is a number', { ...ROW, sk: { N: '2' } }],
    ['no digest', { ...ROW, digest: { NULL: true } }],
    ['a short digest', { ...ROW, digest: { B: Buffer.alloc(31, 1) } }],
    ['a long digest', { ...ROW, digest: { B: Buffer.alloc(33, 1) } }],
    ['an empty digest', { ...ROW, digest: { B: Buffer.alloc(32) } }],
    ['a digest in letters', { ...ROW, digest: { S: digestOf('a') } }],
    ['no table', { ...ROW, table: { BOOL: true } }],
  ];
  it.each(GARBLED)('with %s is refused, and opens for nobody', async (_, row) => {
    expect(() => decodeFloor(row)).toThrow('FLOOR_MALFORMED');
    const chain = await chainOf();
    chain.database.floor = row;
    for (const acceptUnconfirmed of [false, true])
      expect(await opened(chain, { acceptUnconfirmed })).toBe('FLOOR_MALFORMED');
  });
});

function opened({ database: { client } }: Chain, more = {}): Promise<string | number> {
  const reader = createRegistryReader({
    founders: LOCAL_FOUNDERS,
    client,
    tables: TEST_TABLES,
    publicKeys: KEYS,
    ...more,
  });
  return reader.open().then(
    ({ version, held }) => held ?? version,
    ({ code }: { code: string }) => code,
  );
}

const fresh: Alteration = ({ epoch }) => ({ epoch: epoch + 1, lineage: 'b'.repeat(32) });

describe('HEAD', () => {
  const OTHER = digestOf('f');
  const AT = VERSIONS;
  const CASES: [string, (chain: Chain) => Item | undefined, string | number][] = [
    ['at the floor', (chain) => floorOf({ epoch: 1, version: AT }, chain.at(AT).digest), AT],
    [
      'one after it',
      (chain) => floorOf({ epoch: 1, version: AT - 1 }, chain.at(AT - 1).digest),
      'HEAD_UNACKNOWLEDGED',
    ],
    [
      'three after it',
      (chain) => floorOf({ epoch: 1, version: AT - 3 }, chain.at(AT - 3).digest),
      'HEAD_UNACKNOWLEDGED',
    ],
    [
      'of the floor’s version but another commit',
      () => floorOf({ epoch: 1, version: AT }, OTHER),
      'HEAD_BELOW_FLOOR',
    ],
    ['one after another history', () => floorOf({ epoch: 1, version: AT - 1 }, OTHER), 'HEAD_BELOW_FLOOR'],
    ['three after another history', () => floorOf({ epoch: 1, version: AT - 3 }, OTHER), 'HEAD_BELOW_FLOOR'],
    ['one before it', () => floorOf({ epoch: 1, version: AT + 1 }, OTHER), 'HEAD_BELOW_FLOOR'],
    ['of an epoch before it', () => floorOf({ epoch: 2, version: 1 }, OTHER), 'HEAD_BELOW_FLOOR'],
    ['without a floor', () => undefined, 'FLOOR_MISSING'],
    [
      'at the floor of another table',
      (chain) => ({
        ...floorOf({ epoch: 1, version: AT }, chain.at(AT).digest),
        table: { S: 'of a backup' },
      }),
      'FLOOR_MISSING',
    ],
  ];
  it.each(CASES)('%s', async (_, floor, expected) => {
    const chain = await chainOf();
    chain.database.floor = floor(chain);
    expect(await opened(chain)).toBe(expected);
    // Whoever must confirm it sees it, and why it is held.
    expect(await opened(chain, { acceptUnconfirmed: true })).toBe(expected);
  });

  it('of a later epoch is not asked for its ancestors: what came back lost some', async () => {
    const chain = await chainOf({ [VERSIONS]: fresh });
    chain.database.floor = floorOf({ epoch: 1, version: VERSIONS + 30 }, OTHER);
    expect(await opened(chain)).toBe('HEAD_UNACKNOWLEDGED');
  });

  it('that nobody was told of opens for whoever can tell, who sees that', async () => {
    const chain = await chainOf();
    chain.database.floor = floorOf({ epoch: 1, version: AT - 1 }, chain.at(AT - 1).digest);
    expect(await opened(chain, { acceptUnacknowledged: true })).toBe(AT);
    const { client } = chain.database;
    const keys = { publicKeys: KEYS, founders: LOCAL_FOUNDERS };
    const reader = createRegistryReader({
      ...{ client, tables: TEST_TABLES, ...keys, acceptUnacknowledged: true },
    });
    const seen = async () => (await reader.open()).acknowledged;
    const before = await seen();
    chain.database.floor = floorOf({ epoch: 1, version: AT }, chain.at(AT).digest);
    expect([before, await seen()]).toEqual([false, true]);
  });

  it('is waited for while its publication is under way', async () => {
    const chain = await chainOf();
    const { floor } = chain.database;
    chain.database.floor = floorOf({ epoch: 1, version: AT - 1 }, chain.at(AT - 1).digest);
    let looks = 0;
    chain.database.answer = (asked, honest) => {
      if (asked.ExpressionAttributeValues?.[':line']?.S === 'COMMIT' && ++looks === 3)
        chain.database.floor = floor;
      return honest;
    };
    expect([await opened(chain), looks]).toEqual([AT, 4]);
  });

  it('is looked at five times more, and each look is counted', async () => {
    const meter = { readUnits: 0, batches: 0 };
    let looks = 0;
    const look = async () => {
      looks += 1;
      return 'HEAD_UNACKNOWLEDGED' as const;
    };
    const found = await settled('HEAD_UNACKNOWLEDGED', look, { signal: AbortSignal.timeout(20_000), meter });
    expect([found, looks, meter.batches]).toEqual(['HEAD_UNACKNOWLEDGED', 5, 5]);
  });

  it('that is gone is no new beginning', async () => {
    const chain = await chainOf();
    chain.database.head = undefined;
    for (const acceptUnconfirmed of [false, true])
      expect(await opened(chain, { acceptUnconfirmed })).toBe('HEAD_BELOW_FLOOR');
    chain.database.floor = undefined;
    expect(await opened(chain)).toBe('HEAD_MISSING');
  });

  it('is read again where a publication came between it and the floor', async () => {
    const chain = await chainOf();
    const { head } = chain.database;
    const before = (await chainOf()).database;
    let reads = 0;
    chain.database.answer = ({ command }, honest) => {
      if (command !== 'GetItemCommand') return honest;
      reads += 1;
      return reads === 1 ? { Item: undefined } : { Item: head };
    };
    expect(before.head).toBeDefined();
    expect([await opened(chain), reads]).toEqual([VERSIONS, 2]);
  });
});

it.each<[string, Item, string | number]>([
  ['since a later version: HEAD was read before it', { since: { N: String(VERSIONS + 1) } }, VERSIONS],
  ['since this version', { since: { N: String(VERSIONS) } }, 'APPROVAL_INVALID'],
  ['by nobody who says since when', {}, 'APPROVAL_INVALID'],
  ['in a place that is none', { sk: { S: '0000000001.2' } }, 'FLOOR_MALFORMED'],
])('a longer keyring is acknowledged %s', async (_, more, expected) => {
  const chain = await chainOf();
  const longer = encodeFloor('KEYRING', { epoch: 1, version: 2, digest: digestOf('d'), table: FLOOR_ID });
  chain.database.keyrings.push({ ...longer, ...more });
  const { client } = chain.database;
  const reader = createRegistryReader({
    ...{ founders: LOCAL_FOUNDERS, client, tables: TEST_TABLES, publicKeys: KEYS },
  });
  const found = reader
    .open()
    .then((open) => open.read([]).then(() => open.version))
    .catch(({ code }: { code: string }) => code);
  expect(await found).toBe(expected);
});

it('more keyrings than one answer holds open for nobody: what is not read could say no', async () => {
  const chain = await chainOf();
  chain.database.answer = (asked, honest) =>
    asked.ExpressionAttributeValues?.[':line']?.S === 'KEYRING'
      ? { ...honest, LastEvaluatedKey: floorKey('KEYRING', { epoch: 1, version: 1 }) }
      : honest;
  const { client } = chain.database;
  const keys = { publicKeys: KEYS, founders: LOCAL_FOUNDERS };
  const open = await createRegistryReader({ client, tables: TEST_TABLES, ...keys }).open();
  await expect(open.read([])).rejects.toMatchObject({ code: 'FLOOR_MALFORMED' });
});

describe('one look at the floor', () => {
  /** Opens at each of these instants; what came out, and how often the floor was read by then. */
  async function looks(
    instants: readonly number[],
    floorForMs: number,
    between?: (chain: Chain) => void,
    /** How long each look takes, in milliseconds. */
    takes = 0,
  ) {
    const chain = await chainOf();
    let now = 0;
    chain.database.answer = ({ command }, honest) => {
      if (command === 'QueryCommand') now += takes;
      return honest;
    };
    const { client } = chain.database;
    const clock = () => now;
    const reader = createRegistryReader({
      founders: LOCAL_FOUNDERS,
      client,
      tables: TEST_TABLES,
      publicKeys: KEYS,
      clock,
      floorForMs,
    });
    const seen: unknown[] = [];
    for (const instant of instants) {
      now = instant;
      const open = await reader.open().catch(({ code }: { code: string }) => ({ readStartedAt: code }));
      const asked = chain.database.asked.filter(({ command }) => command === 'QueryCommand').length;
      seen.push([open.readStartedAt, asked]);
      between?.(chain);
    }
    return seen;
  }

  it('serves for as long as it is said to, and leases start at it', async () => {
    expect(await looks([1_000, 1_099, 1_100, 1_150], 100)).toEqual([
      [1_000, 1],
      [1_000, 1],
      [1_100, 2],
      [1_100, 2],
    ]);
  });

  it('serves nobody else where nothing is said, or the clock went back', async () => {
    expect(await looks([1_000, 1_000], 0)).toEqual([
      [1_000, 1],
      [1_000, 2],
    ]);
    expect(await looks([1_000, 999], 100)).toEqual([
      [1_000, 1],
      [999, 2],
    ]);
  });

  it('is as old as its beginning, however long it took', async () => {
    const slow = await looks([1_000, 1_090, 1_100], 100, undefined, 30);
    expect(slow).toEqual([
      [1_000, 1],
      [1_000, 1],
      [1_100, 2],
    ]);
  });

  it('is no look for a HEAD that was refused at it', async () => {
    const raised = (chain: Chain) => {
      chain.database.floor = floorOf({ epoch: 1, version: VERSIONS + 1 }, digestOf('e'));
    };
    expect(await looks([1_000, 1_100, 1_100], 100, raised)).toEqual([
      [1_000, 1],
      ['HEAD_BELOW_FLOOR', 2],
      ['HEAD_BELOW_FLOOR', 3],
    ]);
  });

  it('asks which table it is as soon as a row says another', async () => {
    const restored = (chain: Chain) => {
      const table = { S: 'restored' };
      chain.database.floor = { ...chain.database.floor, table };
      chain.database.keyrings = chain.database.keyrings.map((row) => ({ ...row, table }));
      chain.database.answer = ({ command }, honest) =>
        command === 'DescribeTableCommand' ? { Table: { TableId: 'restored' } } : honest;
    };
    expect(await looks([1_000, 1_100], 100, restored)).toEqual([
      [1_000, 1],
      [1_100, 2],
    ]);
  });

  it('is only about the HEAD it was for', async () => {
    const raised = (chain: Chain) => {
      chain.database.floor = floorOf({ epoch: 1, version: VERSIONS + 1 }, digestOf('e'));
    };
    expect(await looks([1_000, 1_050, 1_100], 100, raised)).toEqual([
      [1_000, 1],
      [1_000, 1],
      ['HEAD_BELOW_FLOOR', 2],
    ]);
  });
});

it('a HEAD that comes within one look at the floor is held against a look of its own', async () => {
  const chain = await chainOf();
  const { database } = chain;
  const newest = database.head;
  const { commit, digest, registry } = chain.at(VERSIONS - 1);
  const signature = database.objects.get(digest)?.['signature']?.B ?? new Uint8Array();
  database.head = encodeHead({ commit: encodeCommit(commit), signature, root: registry.rootBytes });
  database.floor = floorOf({ epoch: 1, version: VERSIONS - 1 }, digest);
  const { client } = database;
  const keys = { publicKeys: KEYS, founders: LOCAL_FOUNDERS };
  const options = { client, tables: TEST_TABLES, ...keys, clock: () => 1_000, floorForMs: 100 };
  const reader = createRegistryReader(options);
  expect((await reader.open()).version).toBe(VERSIONS - 1);
  // Somebody has published further, and HEAD is put to a version that this process has not seen, but before that.
  database.head = newest;
  database.floor = floorOf({ epoch: 1, version: VERSIONS + 3 }, digestOf('e'));
  await expect(reader.open()).rejects.toMatchObject({ code: 'HEAD_BELOW_FLOOR' });
});

describe('raising', () => {
  const context = () => ({ signal: AbortSignal.timeout(20_000), meter: { readUnits: 0, batches: 0 } });
  const commitOf = (chain: Chain, approvers: readonly string[]) => {
    const { digest, commit } = chain.at(3);
    return { digest, commit: { ...commit, approvers } };
  };

  function rowAt(chain: Chain, line: string | undefined): Item {
    if (line !== 'KEYRING') return floorOf({ epoch: 1, version: 3 }, chain.at(3).digest);
    return chain.database.keyrings[0] ?? {};
  }

  async function raised(
    approvers: readonly string[],
    row?: (honest: Item) => Item | undefined,
    failures: readonly Error[] = [],
    taken = 'DuplicateItemException',
  ) {
    const chain = await chainOf();
    const database = memoryDatabase();
    const written: unknown[] = [];
    const left = [...failures];
    database.answer = (asked, honest) => {
      if (asked.command === 'QueryCommand') {
        const item = row?.(rowAt(chain, asked.ExpressionAttributeValues?.[':line']?.S));
        return { Items: item === undefined ? [] : [item] };
      }
      if (asked.command !== 'ExecuteStatementCommand') return honest;
      written.push((asked as { Parameters?: Item[] }).Parameters?.slice(0, 2));
      const failure = row === undefined ? left.shift() : Object.assign(new Error(), { name: taken });
      if (failure !== undefined) throw failure;
      return {};
    };
    const loader = createObjectLoader(chain.database.client, TEST_TABLES.objects, createObjectCache(0));
    const outcome = await openRaisableFloor(database.client, TEST_TABLES.floor, Date.now)
      .raise(commitOf(chain, approvers), loader.within(context()), context())
      .then(
        () => 'raised',
        ({ code }: { code: string }) => code,
      );
    return { outcome, written };
  }
  const [COMMIT, APPROVAL] = ['COMMIT', 'APPROVAL'].map((line) => [
    { S: line },
    { S: '0000000001.0000000003' },
  ]);
  // The keyring of these versions has one link.
  const KEYRING = [{ S: 'KEYRING' }, { S: '0000000001.0000000001' }];

  it('says that a version is in, and where two people made it that they did, and whose keys count', async () => {
    expect(await raised([])).toEqual({ outcome: 'raised', written: [COMMIT] });
    expect(await raised(['alice'])).toEqual({ outcome: 'raised', written: [COMMIT] });
    expect(await raised(['bob'])).toEqual({ outcome: 'raised', written: [KEYRING, APPROVAL, COMMIT] });
  });

  it.each<[string, (honest: Item) => Item | undefined, string]>([
    ['the same', (honest) => honest, 'raised'],
    ['another commit', (honest) => ({ ...honest, digest: { B: Buffer.alloc(32, 7) } }), 'HEAD_BELOW_FLOOR'],
    ['the same, from a backup', (honest) => ({ ...honest, table: { S: 'before' } }), 'FLOOR_MISSING'],
    ['nothing', () => undefined, 'FLOOR_MISSING'],
  ])('where the place is taken by %s', async (_, row, outcome) => {
    for (const approvers of [[], ['bob']])
      for (const taken of ['DuplicateItemException', 'DuplicateItem'])
        expect((await raised(approvers, row, [], taken)).outcome).toBe(outcome);
  });

  it.each<[string, number | undefined, string]>([
    ['by nobody who says since when', undefined, 'raised'],
    ['since the first version', 1, 'raised'],
    ['since this version', 3, 'raised'],
    ['since a later version, which would let shorter ones pass until then', 4, 'HEAD_BELOW_FLOOR'],
  ])('where the keyring is acknowledged %s', async (_, since, outcome) => {
    const row = (honest: Item) =>
      honest['pk']?.S === 'KEYRING' && since !== undefined
        ? { ...honest, since: { N: String(since) } }
        : honest;
    expect((await raised(['bob'], row)).outcome).toBe(outcome);
  });

  it('tries again where the database is busy, and not for ever', async () => {
    const busy = () => Object.assign(new Error('busy'), { name: 'ThrottlingException' });
    const refused = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    expect(await raised([], undefined, [busy(), busy()])).toMatchObject({
      outcome: 'raised',
      written: { length: 3 },
    });
    expect(await raised([], undefined, Array.from({ length: 9 }, busy))).toMatchObject({
      outcome: 'STORE_UNAVAILABLE',
      written: { length: 5 },
    });
    expect(await raised([], undefined, [refused])).toMatchObject({
      outcome: 'STORE_REFUSED',
      written: { length: 1 },
    });
  });

  it('knows the table it writes to', () => {
    expect(decodeFloor(floorOf({ epoch: 1, version: 3 }, digestOf('a'))).table).toBe(FLOOR_ID);
  });
});
