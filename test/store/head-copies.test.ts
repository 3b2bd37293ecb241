/** HEAD's copies: all of them move before anybody is told, whoever dies on the way and whatever the setting was or is. */
import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../functions/core/facts/canonical.ts';
import { astrayCopies } from '../../functions/store/astray-copies.ts';
import { headKey, type Item, isHeadPartition, MOST_HEAD_COPIES } from '../../functions/store/head.ts';
import { readingWithin } from '../../functions/store/object-items.ts';
import type { Publisher } from '../../functions/store/publisher.ts';
import type { ReaderOptions } from '../../functions/store/registry-reader.ts';
import { stageChanges } from '../../functions/store/staging.ts';
import { type Engine, startEngine } from '../engine.ts';
import { dyingClient, type Sent, tellingClient } from './dying-client.ts';
import { signingPublisher } from './signed.ts';
import { lawWith, META, openRig, type StoreRig, sampleState } from './store-rig.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const KEY = 'network/net-1';

function publisherOf(rig: StoreRig, headCopies: number, client: DynamoDBClient = rig.client): Publisher {
  const { tables, signer, keys } = rig;
  return signingPublisher({ client, tables, signer, publicKeys: keys, headCopies });
}

async function next(rig: StoreRig, value: Json) {
  const base = await rig.reader({ acceptUnacknowledged: true }).open();
  const staged = await stageChanges(base, { view: new Map([[KEY, { value }]]), law: lawWith({ value }) });
  return { base, staged, meta: META, note: null };
}

/** A registry of one version, and as many more as there are settings of its publisher. */
async function rigOf(...settings: readonly number[]): Promise<StoreRig> {
  const rig = await openRig(engine);
  await rig.genesis(sampleState(3));
  for (const copies of settings) await publish(rig, copies);
  return rig;
}

async function publish(rig: StoreRig, copies: number, client?: DynamoDBClient): Promise<number> {
  return (await publisherOf(rig, copies, client).commit(await next(rig, copies))).version;
}

async function itemOf({ client, tables }: StoreRig, copy: number): Promise<Item | undefined> {
  const get = new GetItemCommand({ TableName: tables.state, Key: headKey(copy), ConsistentRead: true });
  return (await client.send(get)).Item;
}

async function put({ client, tables }: StoreRig, copy: number, item: Item | undefined): Promise<void> {
  const Key = headKey(copy);
  if (item === undefined) await client.send(new DeleteItemCommand({ TableName: tables.state, Key }));
  else await client.send(new PutItemCommand({ TableName: tables.state, Item: { ...item, ...Key } }));
}

/** How many copies there are, all of them what the first is but for where they are. */
async function copiesIn({ client, tables }: StoreRig): Promise<number> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: tables.state }));
  const heads = Items.filter(({ pk }) => isHeadPartition(pk?.S ?? ''));
  const contents = new Set(
    heads.map(({ pk: _, sk: __, ...content }) => JSON.stringify(Object.entries(content).toSorted())),
  );
  expect(contents.size).toBe(1);
  return heads.length;
}

const CHOSEN = (copy: number, of: number): Partial<ReaderOptions> =>
  copy === 0 ? {} : { headCopies: of, random: () => (copy - 0.5) / (of - 1) };

describe('a publication', () => {
  it.each([
    [[1], 1],
    [[4], 4],
    [[MOST_HEAD_COPIES], MOST_HEAD_COPIES],
    // Once there are more, there stay more.
    [[4, 1], 4],
    [[4, 2, 1, 16], 16],
    [[1, 16, 1, 4], 16],
  ])('by settings of %j leaves %i copies, all of them HEAD', async (settings, expected) => {
    const rig = await rigOf(...settings);
    expect(await copiesIn(rig)).toBe(expected);
    expect((await itemOf(rig, 0))?.['copies']?.N).toBe(expected === 1 ? undefined : String(expected));
    expect((await rig.reader().open()).version).toBe(1 + settings.length);
  });

  it('moves the first copy, then the others, then the floor', async () => {
    const rig = await rigOf(4);
    const order: string[] = [];
    const client = tellingClient(engine.endpoint, async ({ command, TableName, Item }, send) => {
      const answer = await send();
      if (command === 'PutItemCommand') order.push(Item?.['pk']?.S ?? '');
      if (command === 'ExecuteStatementCommand') order.push('floor');
      if (command === 'GetItemCommand' && TableName === rig.tables.state) order.push('read');
      return answer;
    });
    await publish(rig, 4, client);
    expect(order[0]).toBe('HEAD');
    expect(order.slice(1, 4).toSorted()).toEqual(['HEAD#1', 'HEAD#2', 'HEAD#3']);
    expect(new Set(order.slice(4))).toEqual(new Set(['floor']));
  });

  it('of one copy asks for nothing more than it did', async () => {
    const rig = await rigOf(1);
    const asked: Sent[] = [];
    const client = tellingClient(engine.endpoint, (sent, send) => {
      if (sent.TableName === rig.tables.state) asked.push(sent);
      return send();
    });
    await publish(rig, 1, client);
    expect(asked.map(({ command, Item }) => [command, Item?.['pk']?.S])).toEqual([
      ['PutItemCommand', 'HEAD'],
    ]);
  });

  const FINISHED: readonly (readonly [string, (rig: StoreRig, prepared: Prepared) => Promise<unknown>])[] = [
    ['by the same request, sent again', (rig, prepared) => publisherOf(rig, 4).publish(prepared)],
    ['by the next one', (rig) => publish(rig, 4)],
    ['by the next one, where the setting was lowered', (rig) => publish(rig, 1)],
    [
      'by whoever acknowledges it',
      async (rig) => publisherOf(rig, 1).acknowledge(await rig.reader({ acceptUnacknowledged: true }).open()),
    ],
  ];
  type Prepared = Awaited<ReturnType<Publisher['prepare']>>;

  it.each(FINISHED)('whose publisher died at any step is finished %s', async (_, finish) => {
    const told = { headIsMoved: 0, copiesDiffer: 0 };
    for (let step = 0; ; step += 1) {
      const rig = await rigOf(4);
      const prepared = await publisherOf(rig, 4).prepare(await next(rig, 'new'));
      // Whoever has just looked at the floor looks at HEAD alone.
      const readers = [0, 1, 2, 3].map((copy) => rig.reader({ ...CHOSEN(copy, 4), floorForMs: 60_000 }));
      for (const reader of readers) expect((await reader.open()).version).toBe(2);
      const { client, isDead } = dyingClient(engine.endpoint, step);
      const published = await publisherOf(rig, 4, client)
        .publish(prepared)
        .then(
          () => true,
          () => false,
        );
      const first = await itemOf(rig, 0);
      const others = await Promise.all([1, 2, 3].map((copy) => itemOf(rig, copy)));
      const behind = others.filter(
        (item) => item?.['digest']?.B?.toString() !== first?.['digest']?.B?.toString(),
      );
      const seen = await rig.reader({ acceptUnacknowledged: true }).open();
      if (seen.version === 3) told.headIsMoved += 1;
      if (behind.length > 0) {
        told.copiesDiffer += 1;
        // Nobody was told, not by the floor either.
        expect([seen.version, seen.acknowledged]).toEqual([3, false]);
      }
      if (seen.version === 3) {
        await finish(rig, prepared);
        const { version } = await rig.reader().open();
        expect(version).toBeGreaterThanOrEqual(3);
        expect(await copiesIn(rig)).toBe(4);
        for (const reader of readers) expect((await reader.open()).version).toBe(version);
      }
      if (published) {
        expect(isDead()).toBe(false);
        break;
      }
    }
    // Before the others, between them, after them.
    expect(told.copiesDiffer).toBeGreaterThanOrEqual(3);
    expect(told.headIsMoved).toBeGreaterThan(told.copiesDiffer);
  });

  it('that lost the race moves no copy, and one that was overtaken takes none back', async () => {
    const rig = await rigOf(4);
    const held = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const slow = tellingClient(engine.endpoint, async ({ command, Item }, send) => {
      if (command === 'PutItemCommand' && Item?.['pk']?.S === 'HEAD#2') {
        reached.resolve();
        await held.promise;
      }
      return send();
    });
    const overtaken = publish(rig, 4, slow);
    await reached.promise;
    expect(await publish(rig, 4)).toBe(4);
    held.resolve();
    expect(await overtaken).toBe(3);
    expect(await copiesIn(rig)).toBe(4);
    expect((await rig.reader(CHOSEN(2, 4)).open()).version).toBe(4);
  });

  it('knows of copies that came while it was made', async () => {
    const rig = await rigOf(1);
    const [few, many] = [publisherOf(rig, 1), publisherOf(rig, 4)];
    const [first, second] = [await few.prepare(await next(rig, 1)), await many.prepare(await next(rig, 2))];
    await many.publish(second);
    await expect(few.publish(first)).rejects.toMatchObject({ code: 'CONFLICT' });
    await few.commit(await next(rig, 3));
    expect(await copiesIn(rig)).toBe(4);
  });

  it.each<[string, (item: Item) => Item | undefined]>([
    ['gone', () => undefined],
    ['of no form', ({ signature: _, ...rest }) => rest],
    ['without a digest', ({ digest: _, ...rest }) => rest],
    ['of a digest of no form', (item) => ({ ...item, digest: { S: 'x' } })],
    ['tampered with', (item) => ({ ...item, commit: { B: Buffer.from('x') } })],
  ])('makes good a copy that is %s', async (_, alter) => {
    const rig = await rigOf(4);
    await put(rig, 2, alter((await itemOf(rig, 2)) ?? {}));
    await publish(rig, 4);
    expect(await copiesIn(rig)).toBe(4);
  });

  it('makes good a copy that was put back, and the first put back takes all of them with it', async () => {
    const rig = await rigOf(4);
    const old = await itemOf(rig, 0);
    await publish(rig, 4);
    await put(rig, 3, old);
    await publish(rig, 4);
    expect(await copiesIn(rig)).toBe(4);
    await put(rig, 0, old);
    const base = await rig.reader({ acceptUnconfirmed: true }).open();
    const staged = await stageChanges(base, { law: lawWith({ value: 'stopped' }) });
    const stop = { base, staged, meta: { ...META, kind: 'hold', approvers: [] } as const, note: null };
    // A stop on it is told to nobody, because the floor knows of later ones; and from then on nothing opens at all.
    await expect(publisherOf(rig, 4).commit(stop)).rejects.toMatchObject({ code: 'HEAD_BELOW_FLOOR' });
    expect(await copiesIn(rig)).toBe(4);
    for (const copy of [0, 1, 2, 3])
      await expect(rig.reader(CHOSEN(copy, 4)).open()).rejects.toMatchObject({ code: 'HEAD_BELOW_FLOOR' });
  });

  it('that cannot move a copy is told to nobody', async () => {
    const rig = await rigOf(4);
    const client = tellingClient(engine.endpoint, ({ command, Item }, send) =>
      command === 'PutItemCommand' && Item?.['pk']?.S === 'HEAD#3'
        ? Promise.reject(Object.assign(new Error('no'), { name: 'ProvisionedThroughputExceededException' }))
        : send(),
    );
    await expect(publish(rig, 4, client)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    const seen = await rig.reader({ acceptUnacknowledged: true }).open();
    expect([seen.version, seen.acknowledged]).toEqual([3, false]);
  });
});

describe('a reader', () => {
  const LOOK_MS = 1000;

  /** One that has looked at the floor, and what it asks for from then on. */
  async function looked(rig: StoreRig) {
    const asked: string[] = [];
    const client = tellingClient(engine.endpoint, (sent, send) => {
      if (sent.command === 'GetItemCommand') asked.push(sent.Key?.['pk']?.S ?? '');
      if (sent.command === 'QueryCommand') asked.push('floor');
      return send();
    });
    let chosen = 0.5;
    let now = Date.now();
    const reader = rig.reader({
      ...{ client, headCopies: 4, floorForMs: LOOK_MS },
      ...{ random: () => chosen, clock: () => now },
    });
    const told = (copy: number) => {
      asked.length = 0;
      chosen = (copy - 0.5) / 3;
      return reader.open().then(
        ({ version }) => version,
        ({ code }: { code: string }) => code,
      );
    };
    await told(1);
    return { asked, told, pass: (ms: number) => (now += ms) };
  }

  it('reads the first where it looks at the floor, then one of the others by chance, for the price of HEAD', async () => {
    const rig = await rigOf(4);
    for (const [random, partition] of [
      [0, 'HEAD#1'],
      [0.333, 'HEAD#1'],
      [0.334, 'HEAD#2'],
      [0.667, 'HEAD#3'],
      [0.999, 'HEAD#3'],
    ] as const) {
      const asked: (string | undefined)[] = [];
      const client = tellingClient(engine.endpoint, (sent, send) => {
        if (sent.command === 'GetItemCommand') asked.push(sent.Key?.['pk']?.S);
        return send();
      });
      const reader = rig.reader({ client, headCopies: 4, random: () => random, floorForMs: 60_000 });
      await reader.open();
      const open = await reader.open();
      expect([asked, open.consumed()]).toEqual([['HEAD', partition], { readUnits: 1, batches: 1 }]);
    }
  });

  it.each<[string, (now: Item, old: Item) => Item | undefined]>([
    ['was never written', () => undefined],
    ['has no form', () => ({})],
    ['is signed by nobody', (now) => ({ ...now, signature: { B: new Uint8Array(96) } })],
    ['is not what it says', (now) => ({ ...now, root: { B: Buffer.from('x') } })],
    ['is of an earlier version', (_, old) => old],
  ])('looks again where its copy %s, and goes by the first', async (_, alter) => {
    const rig = await rigOf(4);
    const old = (await itemOf(rig, 0)) ?? {};
    await publish(rig, 4);
    const { asked, told } = await looked(rig);
    await put(rig, 2, alter((await itemOf(rig, 0)) ?? {}, old));
    expect([await told(2), asked[0], new Set(asked)]).toEqual([
      3,
      'HEAD#2',
      new Set(['HEAD#2', 'HEAD', 'floor']),
    ]);
    expect([await told(3), asked]).toEqual([3, ['HEAD#3']]);
  });

  const FIRST: readonly (readonly [string, (now: Item, old: Item) => Item | undefined, string])[] = [
    ['was put back', (_, old) => old, 'HEAD_BELOW_FLOOR'],
    ['is gone', () => undefined, 'HEAD_BELOW_FLOOR'],
    ['has no form', ({ signature: _, ...rest }) => rest, 'HEAD_MALFORMED'],
    ['is signed by nobody', (now) => ({ ...now, signature: { B: new Uint8Array(96) } }), 'SIGNATURE_INVALID'],
    ['is not what it says', (now) => ({ ...now, root: { B: Buffer.from('x') } }), 'DIGEST_MISMATCH'],
    ['says that there are none', (now) => ({ ...now, copies: { N: '0' } }), 'HEAD_MALFORMED'],
    ['says that there are too many', (now) => ({ ...now, copies: { N: '65' } }), 'HEAD_MALFORMED'],
  ];

  /** The others are what was acknowledged last: who went by these would permit what nobody could stop any more. */
  it.each(FIRST)('whose first copy %s denies from its next look on, as with one', async (_, alter, code) => {
    const rig = await rigOf(4);
    const old = (await itemOf(rig, 0)) ?? {};
    await publish(rig, 4);
    const { told, pass } = await looked(rig);
    const now = (await itemOf(rig, 0)) ?? {};
    await put(rig, 0, alter(now, old));
    pass(LOOK_MS - 1);
    for (const copy of [1, 2, 3]) expect(await told(copy)).toBe(3);
    pass(1);
    for (const copy of [1, 2, 3]) expect(await told(copy)).toBe(code);
    for (const copy of [0, 1, 2, 3])
      await expect(rig.reader(CHOSEN(copy, 4)).open()).rejects.toMatchObject({ code });
    await put(rig, 0, now);
    expect(await told(2)).toBe(3);
  });

  it.each(FIRST)(
    'whose first copy %s, and who has reason to look, denies at once and for good',
    async (_, alter, code) => {
      const rig = await rigOf(4);
      const old = (await itemOf(rig, 0)) ?? {};
      await publish(rig, 4);
      const { told } = await looked(rig);
      await put(rig, 0, alter((await itemOf(rig, 0)) ?? {}, old));
      await put(rig, 2, undefined);
      // The other copies say what was looked at last; that look is over.
      for (const copy of [2, 1, 3]) expect(await told(copy)).toBe(code);
    },
  );

  it('of a copy that does not answer asks no other: all would', async () => {
    const rig = await rigOf(4);
    const asked: (string | undefined)[] = [];
    const client = tellingClient(engine.endpoint, (sent, send) => {
      asked.push(sent.Key?.['pk']?.S);
      return sent.Key?.['pk']?.S === 'HEAD#2'
        ? Promise.reject(Object.assign(new Error('no'), { name: 'ProvisionedThroughputExceededException' }))
        : send();
    });
    const reader = rig.reader({ client, ...CHOSEN(2, 4), floorForMs: 60_000 });
    await reader.open();
    asked.length = 0;
    await expect(reader.open()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(asked).not.toContain('HEAD');
  });

  it('of a copy that is ahead of the first goes by the first', async () => {
    const rig = await rigOf(4);
    const { told, asked } = await looked(rig);
    const prepared = await publisherOf(rig, 4).prepare(await next(rig, 'ahead'));
    const cut = tellingClient(engine.endpoint, (sent, send) =>
      sent.command === 'ExecuteStatementCommand'
        ? Promise.reject(Object.assign(new Error('died'), { name: 'AccessDeniedException' }))
        : send(),
    );
    const now = await itemOf(rig, 0);
    await expect(publisherOf(rig, 4, cut).publish(prepared)).rejects.toMatchObject({ code: 'STORE_REFUSED' });
    // Nobody was told, the first neither.
    expect(await told(2)).toBe('HEAD_UNACKNOWLEDGED');
    await put(rig, 0, now);
    expect([await told(2), asked.includes('HEAD')]).toEqual([2, true]);
  });
});

describe('a setting that changes while the guard runs', () => {
  const SETTINGS = [1, 4, 16];
  it.each(SETTINGS)(
    'from %i copies to any: no reader of any setting is behind, floor or not',
    async (from) => {
      for (const to of SETTINGS) {
        const rig = await rigOf(from);
        // Whoever has looked at the floor looks at HEAD alone for as long as this takes.
        const readers = SETTINGS.flatMap((of) =>
          Array.from({ length: of }, (_, copy) => rig.reader({ ...CHOSEN(copy, of), floorForMs: 600_000 })),
        );
        const versions = async () =>
          new Set(await Promise.all(readers.map(async (reader) => (await reader.open()).version)));
        expect(await versions()).toEqual(new Set([2]));
        for (const setting of [to, from, to]) {
          const version = await publish(rig, setting);
          expect(await versions()).toEqual(new Set([version]));
        }
      }
    },
  );

  it('forgets copies where HEAD was made to say that there are fewer: no longer than a look lasts', async () => {
    const rig = await rigOf(4);
    let now = Date.now();
    const reader = rig.reader({ ...CHOSEN(2, 4), floorForMs: 1000, clock: () => now });
    expect((await reader.open()).version).toBe(2);
    // As a release leaves it that knows of no copies.
    const { copies: _, ...alone } = (await itemOf(rig, 0)) ?? {};
    await put(rig, 0, alone);
    expect(await publish(rig, 1)).toBe(3);
    now += 999;
    // As of a HEAD that is put back: a permit of it ends when one of before the publication would.
    const behind = await reader.open();
    expect([behind.version, now - behind.readStartedAt]).toEqual([2, 999]);
    now += 1;
    expect((await reader.open()).version).toBe(3);
    for (const copy of [0, 1, 2, 3]) expect((await rig.reader(CHOSEN(copy, 4)).open()).version).toBe(3);
    expect(await publish(rig, 4)).toBe(4);
    expect(await copiesIn(rig)).toBe(4);
  });
});

describe('whoever looks at all copies', () => {
  const lookAt = async (rig: StoreRig, configured = 1) => {
    const { client, tables, keys: publicKeys } = rig;
    const context = readingWithin(AbortSignal.timeout(20_000));
    const acknowledged = await rig.reader({ acceptUnacknowledged: true }).open();
    return astrayCopies({ client, tables, publicKeys, context }, acknowledged, configured);
  };

  it.each<[string, (now: Item, old: Item) => Item | undefined]>([
    ['is gone', () => undefined],
    ['has no form', ({ signature: _, ...rest }) => rest],
    ['is signed by nobody', (now) => ({ ...now, signature: { B: new Uint8Array(96) } })],
    ['is not what it says', (now) => ({ ...now, root: { B: Buffer.from('x') } })],
    ['was put back', (_, old) => old],
  ])('finds one that %s', async (_, alter) => {
    const rig = await rigOf(4);
    const old = (await itemOf(rig, 0)) ?? {};
    await publish(rig, 4);
    expect(await lookAt(rig)).toEqual({ copies: 4, astray: [] });
    await put(rig, 2, alter((await itemOf(rig, 2)) ?? {}, old));
    expect(await lookAt(rig)).toEqual({ copies: 4, astray: [2] });
  });

  it('finds one that HEAD was made to forget, and misses none that was never made', async () => {
    const rig = await rigOf(4);
    const old = (await itemOf(rig, 0)) ?? {};
    await publish(rig, 4);
    const { copies: _, ...now } = (await itemOf(rig, 0)) ?? {};
    await put(rig, 0, now);
    await put(rig, 3, old);
    expect(await lookAt(rig)).toEqual({ copies: 1, astray: [] });
    expect(await lookAt(rig, 8)).toEqual({ copies: 8, astray: [3] });
  });

  it('takes one that a publication on its way has moved for no fault', async () => {
    const rig = await rigOf(4);
    const acknowledged = await rig.reader().open();
    await publish(rig, 4);
    const { client, tables, keys: publicKeys } = rig;
    const context = readingWithin(AbortSignal.timeout(20_000));
    const access = { client, tables, publicKeys, context };
    expect(await astrayCopies(access, acknowledged, 4)).toEqual({ copies: 4, astray: [] });
  });
});
