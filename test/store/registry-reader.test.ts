/** What one process opens: deadlines to the last read, where the clock is read, which HEAD opens for whom. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createRegistryReader,
  type ReaderOptions,
  type WantedVersion,
} from '../../functions/store/registry-reader.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { TEST_TABLES } from '../engine.ts';
import { type Alteration, CHANGED, type Chain, chainOf, floorOf, KEYS, VERSIONS } from './memory-chain.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

function readerOn({ database: { client } }: Chain, more: Partial<ReaderOptions> = {}) {
  return createRegistryReader({
    client,
    tables: TEST_TABLES,
    publicKeys: KEYS,
    founders: LOCAL_FOUNDERS,
    ...more,
  });
}

async function openedBy(
  reader: ReturnType<typeof readerOn>,
  wanted?: WantedVersion,
): Promise<number | string> {
  return reader.open(wanted).then(
    ({ version }) => version,
    (error: { code: string }) => error.code,
  );
}

describe('a reader', () => {
  it('reads HEAD and objects strongly consistent, HEAD by its key', async () => {
    const chain = await chainOf();
    const open = await readerOn(chain).open();
    await open.read([CHANGED]);
    await open.vendors([CHANGED]);
    const [head, floor, table, ...others] = chain.database.asked;
    const objects = others.filter(({ command }) => command === 'BatchGetItemCommand');
    const lines = others.flatMap((each) => each.ExpressionAttributeValues?.[':line']?.S ?? []);
    expect(lines.filter((line) => line !== 'COMMIT').sort()).toEqual(['APPROVAL', 'KEYRING']);
    expect(head).toEqual({
      command: 'GetItemCommand',
      TableName: 'test-state',
      Key: { pk: { S: 'HEAD' }, sk: { S: 'HEAD' } },
      ConsistentRead: true,
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(floor).toEqual({
      command: 'QueryCommand',
      TableName: 'test-floor',
      KeyConditionExpression: 'pk = :line',
      ExpressionAttributeValues: { ':line': { S: 'COMMIT' } },
      ScanIndexForward: false,
      Limit: 1,
      ConsistentRead: true,
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(table).toEqual({ command: 'DescribeTableCommand', TableName: 'test-floor' });
    const strong = objects.map(({ RequestItems }) => RequestItems?.['test-objects']?.ConsistentRead);
    expect(new Set(strong)).toEqual(new Set([true]));
    // One unit for HEAD and one for the floor, read at once; law, top of vendors and slot of the view, and beside them the
    // signatures, the keyring and the floors of approvals and keyrings; then a leaf of each. And once in a process the way
    // up to here from the version that has this keyring: of this chain the floor knows nothing in between.
    expect(open.consumed()).toEqual({ readUnits: 2 + 3 + 4 + 1 + 1 + 14, batches: 4 });
  });

  it('starts a lease before HEAD is read', async () => {
    const chain = await chainOf();
    let now = 1_000;
    chain.database.answer = (_, honest) => {
      now += 100;
      return honest;
    };
    expect((await readerOn(chain, { clock: () => now }).open()).readStartedAt).toBe(1_000);
  });

  it('has one budget from `open` to the last read, and its caller another', async () => {
    const hung = new Promise<never>(() => undefined);
    // HEAD, the floor and its table; the first objects; those below; the commit of another version.
    for (const calls of [0, 1, 2, 3, 4, 5])
      for (const by of ['budget', 'caller']) {
        const chain = await chainOf();
        const caller = new AbortController();
        chain.database.answer = (_, honest) => {
          if (chain.database.asked.length <= calls) return honest;
          if (by === 'caller') setImmediate(() => caller.abort());
          return hung;
        };
        const reader = readerOn(chain, { budgetMs: by === 'budget' ? 20 : 60_000 });
        const reading = async () => {
          const open = await reader.open(calls === 5 ? { exact: 2 } : {}, caller.signal);
          await open.read([CHANGED]);
          await open.vendors([CHANGED]);
        };
        await expect(reading(), `${calls} ${by}`).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      }
  });

  it('has a second where nobody says otherwise', async () => {
    const timeout = vi.spyOn(AbortSignal, 'timeout');
    await readerOn(await chainOf()).open();
    expect(timeout.mock.calls).toEqual([[1_000]]);
  });

  it('is not misled by a HEAD that another read has overtaken', async () => {
    const [chain, newer] = [await chainOf(), await chainOf({ [VERSIONS]: () => ({ author: 'carol' }) })];
    const reader = readerOn(chain, { acceptUnacknowledged: true });
    const overtaken = Promise.withResolvers<void>();
    chain.database.floor = floorOf({ epoch: 1, version: 1 }, chain.at(1).digest);
    let reads = 0;
    chain.database.answer = async ({ command }, honest) => {
      if (command !== 'GetItemCommand') return honest;
      reads += 1;
      if (reads > 1) return { Item: newer.database.head };
      await overtaken.promise;
      return honest;
    };
    const slow = openedBy(reader);
    expect(await openedBy(reader)).toBe(VERSIONS);
    overtaken.resolve();
    expect(await slow).toBe(VERSIONS);
  });

  const HEADS: [string, Alteration | undefined, string | number][] = [
    ['an ordinary HEAD', undefined, VERSIONS],
    ['a HEAD of another table', () => ({ home: '0'.repeat(32) }), 'LINEAGE_CHANGED'],
    ['an unconfirmed HEAD', () => ({ confirmed: false }), 'LINEAGE_CHANGED'],
  ];
  it.each(HEADS)(
    'opens %s for those who decide, and for those who confirm',
    async (_, alteration, expected) => {
      const chain = await chainOf(alteration && { [VERSIONS]: alteration });
      expect(await openedBy(readerOn(chain))).toBe(expected);
      expect(await openedBy(readerOn(chain, { acceptUnconfirmed: false }))).toBe(expected);
      expect(await openedBy(readerOn(chain, { acceptUnconfirmed: true }))).toBe(VERSIONS);
    },
  );

  const WANTED: [WantedVersion, number | string][] = [
    [{ atLeast: VERSIONS }, VERSIONS],
    [{ atLeast: VERSIONS + 1 }, 'REGISTRY_BEHIND'],
    [{ atLeast: Number.NaN }, 'REGISTRY_BEHIND'],
    ...[1, 2, 3, 4, 5, 6].map((exact): [WantedVersion, number] => [{ exact }, exact]),
    ...[0, -1, 0.5, VERSIONS + 1].map((exact): [WantedVersion, string] => [{ exact }, 'VERSION_UNKNOWN']),
  ];
  it('opens the version asked for, with its own root, or says why not', async () => {
    const chain = await chainOf();
    for (const [wanted, expected] of WANTED) {
      expect([wanted, await openedBy(readerOn(chain), wanted)]).toEqual([wanted, expected]);
      if (typeof expected !== 'number') continue;
      const open = await readerOn(chain).open(wanted);
      const { law, entries } = await open.read([CHANGED]);
      const said = [law, entries.get(CHANGED), (await open.vendors([CHANGED])).get(CHANGED)];
      expect(said).toMatchObject(new Array(3).fill({ version: expected }));
      expect([open.digest, open.recordedAt]).toEqual([
        chain.at(expected).digest,
        `2026-11-23T12:00:0${expected}.000Z`,
      ]);
    }
  });

  const LINKS: [string, Alteration, string][] = [
    [
      'missing',
      ({ ancestors }) => ({ ancestors: ancestors.map(() => `sha256:${'1'.repeat(64)}` as const) }),
      'OBJECT_MISSING',
    ],
    ['of another version', ({ ancestors }) => ({ ancestors: ancestors.toReversed() }), 'OBJECT_MALFORMED'],
  ];
  it.each(LINKS)('refuses a link to an ancestor that is %s', async (_, alteration, expected) => {
    const chain = await chainOf({ [VERSIONS]: alteration });
    expect(await openedBy(readerOn(chain), { exact: 1 })).toBe(expected);
  });
});
