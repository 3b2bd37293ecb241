import type { BatchGetItemCommandOutput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { type Engine, engineClient, startEngine } from '../engine.ts';
import { openRig, type StoreRig, sampleState } from './store-rig.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

type Answer = BatchGetItemCommandOutput;

/** A client on the engine whose BatchGetItem answers are edited on their way. */
function editing(edit: (answer: Answer, call: number) => Answer | Promise<Answer>): {
  client: DynamoDBClient;
  calls: () => number;
} {
  const client = engineClient(engine.endpoint);
  let calls = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args);
      if (context['commandName'] !== 'BatchGetItemCommand') return result;
      calls += 1;
      return { ...result, output: await edit(result.output as Answer, calls) };
    },
    { step: 'initialize' },
  );
  return { client, calls: () => calls };
}

function readerOn(rig: StoreRig, client: DynamoDBClient, budgetMs = 10_000) {
  return createRegistryReader({ client, tables: rig.tables, publicKeys: rig.keys, budgetMs });
}

/** Leaves all but the first item of an answer unprocessed, as DynamoDB may. */
function halve(answer: Answer): Answer {
  const [table, items] = Object.entries(answer.Responses ?? {})[0] ?? ['', []];
  const keys = items.slice(1).map((item) => ({ digest: item['digest'] ?? { S: '' } }));
  if (keys.length === 0) return answer;
  return {
    ...answer,
    Responses: { [table]: items.slice(0, 1) },
    UnprocessedKeys: { [table]: { Keys: keys, ConsistentRead: true } },
  };
}

const KEYS = Array.from({ length: 50 }, (_, id) => `network/net-${id}`);

describe('batches of objects', () => {
  let rig: StoreRig;
  beforeAll(async () => {
    rig = await openRig(engine);
    await rig.genesis(sampleState(50));
  });

  it('asks again for what was left unprocessed: an absent key is not an absent fact', async () => {
    const { client, calls } = editing((answer, call) => (call <= 3 ? halve(answer) : answer));
    const open = await readerOn(rig, client).open();
    expect((await open.read(KEYS)).entries.size).toBe(50);
    expect(calls()).toBeGreaterThan(3);
  });

  it('gives up on what is never processed', async () => {
    const { client } = editing((answer) => ({
      ...answer,
      Responses: {},
      UnprocessedKeys: {
        [rig.tables.objects]: {
          Keys: Object.values(answer.Responses ?? {})
            .flat()
            .map((item) => ({ digest: item['digest'] ?? { S: '' } })),
        },
      },
    }));
    const open = await readerOn(rig, client).open();
    await expect(open.read(KEYS)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('an answer that says nothing about a key is an error, not an absence', async () => {
    const { client } = editing((answer) => {
      const [table, items] = Object.entries(answer.Responses ?? {})[0] ?? ['', []];
      return { ...answer, Responses: { [table]: items.slice(1) } };
    });
    const open = await readerOn(rig, client).open();
    await expect(open.read(KEYS)).rejects.toMatchObject({ code: 'OBJECT_MISSING' });
  });

  it('an answer with another object under the key is refused', async () => {
    const { client } = editing((answer) => {
      const [table, items] = Object.entries(answer.Responses ?? {})[0] ?? ['', []];
      const [first, second] = items;
      if (first === undefined || second === undefined) return answer;
      const swapped = [
        { ...first, digest: second['digest'] ?? { S: '' } },
        { ...second, digest: first['digest'] ?? { S: '' } },
      ];
      return { ...answer, Responses: { [table]: [...swapped, ...items.slice(2)] } };
    });
    const open = await readerOn(rig, client).open();
    await expect(open.read(KEYS)).rejects.toMatchObject({
      code: expect.stringMatching(/^(DIGEST_MISMATCH|OBJECT_MALFORMED)$/),
    });
  });

  it('concurrent requests share one load of each object', async () => {
    const { client, calls } = editing((answer) => answer);
    const reader = readerOn(rig, client);
    await Promise.all(Array.from({ length: 10 }, async () => (await reader.open()).read(KEYS)));
    expect(calls()).toBe(1);
  });

  it('a load that fails for one request is tried again by those that had joined it', async () => {
    const reached = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const { client } = editing(async (answer, call) => {
      if (call > 1) return answer;
      reached.resolve();
      await held.promise;
      return answer;
    });
    const reader = readerOn(rig, client);
    const impatient = new AbortController();
    const first = await reader.open({}, impatient.signal);
    const second = await reader.open();
    const reads = [first.read(KEYS), second.read(KEYS)];
    await reached.promise;
    impatient.abort();
    const [one, two] = await Promise.allSettled(reads);
    held.resolve();
    expect(one).toMatchObject({ status: 'rejected', reason: { code: 'STORE_UNAVAILABLE' } });
    expect(two?.status).toBe('fulfilled');
  });

  it('documents are frozen throughout, because requests share them', async () => {
    const open = await rig.reader().open();
    const { law, entries } = await open.read(['network/net-1']);
    expect(Object.isFrozen(law)).toBe(true);
    const network = entries.get('network/net-1') as { inventory: { share: number }[] };
    expect(() => {
      (network.inventory[0] as { share: number }).share = 0;
    }).toThrow(TypeError);
  });

  it('a cache too small for anything still reads everything', async () => {
    const client = engineClient(engine.endpoint);
    const reader = createRegistryReader({
      client,
      tables: rig.tables,
      publicKeys: rig.keys,
      cacheBytes: 0,
      budgetMs: 10_000,
    });
    const open = await reader.open();
    expect((await open.read(KEYS)).entries.size).toBe(50);
    expect((await open.vendors(['vendor-1'])).size).toBe(1);
  });
});
