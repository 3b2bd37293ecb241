/** One registry that comes back again and again: each restore costs what the last one did, and none keeps the next from opening. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HEAD_KEY, type Item } from '../../functions/store/head.ts';
import { verifyHistory } from '../../functions/store/history-verify.ts';
import { beginningOf, demandConfirmable } from '../../functions/store/lineage.ts';
import type { OpenSnapshot, SnapshotReader } from '../../functions/store/registry-reader.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { stageAgain } from '../../functions/store/staging.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { createKeyedTable, type Engine, engineClient, startEngine } from '../engine.ts';
import { signingPublisher } from './signed.ts';
import { lawWith, META, openRig, type StoreRig, sampleState } from './store-rig.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const headOf = async ({ client, tables }: StoreRig): Promise<Item> =>
  (await client.send(new GetItemCommand({ TableName: tables.state, Key: HEAD_KEY }))).Item ?? {};
const putBack = ({ client, tables }: StoreRig, Item: Item) =>
  client.send(new PutItemCommand({ TableName: tables.state, Item }));
const held = (rig: StoreRig) =>
  createRegistryReader({
    ...{ ...rig, publicKeys: rig.keys, budgetMs: 60_000 },
    ...{ acceptUnconfirmed: true, acceptUnacknowledged: true },
  }).open();

/** A registry of two versions, the second of which is what comes back. */
async function begun(): Promise<{ readonly rig: StoreRig; readonly old: Item }> {
  const rig = await openRig(engine);
  await rig.genesis({ ...sampleState(1, 1), law: lawWith({ count: 0 }) });
  await rig.change({ law: lawWith({ count: 1 }) });
  return { rig, old: await headOf(rig) };
}

function publish(client: DynamoDBClient, rig: StoreRig, base: OpenSnapshot, kind: 'restore' | 'confirm') {
  const { tables, signer, keys: publicKeys } = rig;
  const meta = { ...META, kind, succession: kind };
  const publication = { base, staged: stageAgain(base), meta, note: null };
  return signingPublisher({ client, tables, signer, publicKeys }).commit(publication);
}

/** What everybody would sign is what opens; a lineage is begun where that says so. */
async function confirm(rig: StoreRig): Promise<void> {
  let base = await held(rig);
  const signal = AbortSignal.timeout(60_000);
  const { floor, epoch } = await beginningOf(rig, base, signal);
  await demandConfirmable(rig, base, floor, signal);
  if (epoch !== base.commit.epoch) {
    await publish(rig.client, rig, base, 'restore');
    base = await held(rig);
  }
  expect(base.commit.epoch).toBe(epoch);
  await publish(rig.client, rig, base, 'confirm');
}

const opens = async (reader: SnapshotReader) => {
  const open = await reader.open();
  await open.read([]);
  return open.version;
};
const codeOf = (error: unknown) => {
  if (!(error instanceof StoreError)) throw error;
  return error.code;
};

/** A client that meets somebody at each of its calls, by their number. */
function watched(meet: (call: number, name: string) => Promise<void>): DynamoDBClient {
  const client = engineClient(engine.endpoint);
  let call = 0;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        call += 1;
        await meet(call, String(commandName));
        return next(args);
      },
    { step: 'initialize' },
  );
  return client;
}

describe('the next restore', () => {
  it.each([
    ['the last version', 0, true, 17],
    ['one two versions before it', 2, true, 25],
    ['one two versions before it, with nothing after the last confirmation', 2, false, 33],
    ['a confirmation', 0, false, 14],
  ])('of %s costs a process that starts what the one before did', async (_, lost, isChanged, most) => {
    const { rig } = await begun();
    const calls: number[] = [];
    for (let restores = 0; restores < 5; restores += 1) {
      const old = await headOf(rig);
      for (let n = 0; n < lost; n += 1) await rig.change({ law: lawWith({ count: n }) });
      await putBack(rig, old);
      await publish(rig.client, rig, await held(rig), 'restore');
      await confirm(rig);
      if (isChanged) await rig.change({ law: lawWith({ count: 9 }) });
      let count = 0;
      const client = watched(async (call) => {
        count = call;
      });
      await opens(rig.reader({ client }));
      client.destroy();
      calls.push(count);
    }
    rig.client.destroy();
    const more = calls.slice(1).map((count, k) => count - (calls[k] ?? 0));
    expect(Math.max(...more), calls.join(', ')).toBeLessThanOrEqual(most);
  });

  it('opens for a process whose time ends before it has judged them all: it goes on where it was', async () => {
    const { rig, old } = await begun();
    for (let restores = 0; restores < 3; restores += 1) {
      await putBack(rig, old);
      await publish(rig.client, rig, await held(rig), 'restore');
      await confirm(rig);
    }
    // Time for thirty calls each.
    let left = 0;
    const client = watched(async () => {
      left -= 1;
      if (left < 0) throw new StoreError('STORE_UNAVAILABLE');
    });
    const reader = rig.reader({ client });
    const outcomes: unknown[] = [];
    while (outcomes.length < 6 && outcomes.at(-1) !== 'opened') {
      left = 30;
      outcomes.push(await opens(reader).then(() => 'opened', codeOf));
    }
    client.destroy();
    expect(outcomes).toContain('STORE_UNAVAILABLE');
    expect(outcomes.at(-1)).toBe('opened');
  });
});

/** Stops before the n-th row of the floor that it writes, until it is told to go on. */
function stalling(row: number) {
  const [waiting, going] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let rows = 0;
  const client = watched(async (_, name) => {
    if (name === 'ExecuteStatementCommand') rows += 1;
    if (name !== 'ExecuteStatementCommand' || rows !== row) return;
    waiting.resolve();
    await going.promise;
  });
  return { client, waiting: waiting.promise, goOn: going.resolve };
}

describe('an audit', () => {
  it('says that a HEAD nobody decides on is held, whether it came back or was made for other tables', async () => {
    const { rig, old } = await begun();
    const { client, tables, keys: publicKeys, founders } = rig;
    const audit = async (state = tables.state) => {
      const signal = AbortSignal.timeout(60_000);
      const at = { client, tables: { ...tables, state }, publicKeys, founders, contents: false, signal };
      const { held, problems } = await verifyHistory(at);
      return [held, problems.some(({ code }) => code === 'FLOOR')];
    };
    expect(await audit()).toEqual([false, false]);
    await createKeyedTable(client, 'elsewhere');
    await client.send(new PutItemCommand({ TableName: 'elsewhere', Item: old }));
    expect(await audit('elsewhere')).toEqual([true, false]);
    await publish(client, rig, await held(rig), 'restore');
    expect(await audit()).toEqual([true, false]);
    await confirm(rig);
    expect(await audit()).toEqual([false, false]);
    client.destroy();
  });
});

describe('two confirmations at once', () => {
  it.each([2, 3].flatMap((one) => [1, 2, 3, 4, 5].map((other) => [one, other])))(
    'stalled before row %i and row %i, leave room for a third',
    async (one, other) => {
      const { rig, old } = await begun();
      await rig.change({ law: lawWith({ count: 2 }) });
      const back = async () => {
        await putBack(rig, old);
        await publish(rig.client, rig, await held(rig), 'restore');
        return held(rig);
      };
      const [a, b] = [stalling(one), stalling(other)];
      const first = publish(a.client, rig, await back(), 'confirm').then(() => 'in', codeOf);
      await a.waiting;
      const second = publish(b.client, rig, await back(), 'confirm').then(() => 'in', codeOf);
      await b.waiting;
      a.goOn();
      const outcomes = [await first];
      b.goOn();
      outcomes.push(await second);
      expect(outcomes.toSorted()).toEqual(['HEAD_BELOW_FLOOR', 'in']);
      await putBack(rig, old);
      await confirm(rig);
      expect(await opens(rig.reader())).toBeGreaterThan(3);
      for (const client of [a.client, b.client, rig.client]) client.destroy();
    },
  );

  it.each([1, 2, 3, 4, 5])(
    'of one lineage, the first dead before its row %i: the second begins another',
    async (row) => {
      const { rig, old } = await begun();
      await putBack(rig, old);
      await publish(rig.client, rig, await held(rig), 'restore');
      const [before, base] = [await headOf(rig), await held(rig)];
      const dead = stalling(row);
      const first = publish(dead.client, rig, base, 'confirm').catch(() => 'dead');
      await dead.waiting;
      dead.client.destroy();
      await putBack(rig, before);
      await confirm(rig);
      // Nobody's rows are in the way of whoever wrote none.
      expect((await held(rig)).commit.epoch > base.commit.epoch).toBe(row > 1);
      expect(await opens(rig.reader())).toBeGreaterThan(3);
      dead.goOn();
      await first;
      expect(await opens(rig.reader())).toBeGreaterThan(3);
      rig.client.destroy();
    },
  );
});
