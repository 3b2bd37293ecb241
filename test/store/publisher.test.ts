import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf, type Json } from '../../functions/core/facts/canonical.ts';
import { encodeHead } from '../../functions/store/head.ts';
import { verifyHistory } from '../../functions/store/history-verify.ts';
import { ConflictError } from '../../functions/store/publisher.ts';
import type { RegistryChanges } from '../../functions/store/staging.ts';
import { stageChanges, stageState } from '../../functions/store/staging.ts';
import { type Engine, engineClient, startEngine } from '../engine.ts';
import { signingPublisher } from './signed.ts';
import {
  META,
  networkDocument,
  openRig,
  pairedChange,
  pairedValues,
  type StoreRig,
  sampleState,
  withAuthority,
} from './store-rig.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

/** A client that loses what `lose` says: the request before it is sent, or the answer after the write took effect. */
function lossy(lose: (command: string, call: number) => 'request' | 'answer' | undefined): DynamoDBClient {
  const client = engineClient(engine.endpoint);
  const calls = new Map<string, number>();
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const command = String(context['commandName']);
      const call = (calls.get(command) ?? 0) + 1;
      calls.set(command, call);
      const lost = lose(command, call);
      const failure = Object.assign(new Error('socket hang up'), {
        code: 'ECONNRESET',
        name: 'TimeoutError',
      });
      if (lost === 'request') throw failure;
      const result = await next(args);
      if (lost === 'answer') throw failure;
      return result;
    },
    // Under the SDK's retries, so that it repeats a write whose acknowledgement it lost.
    { step: 'deserialize', priority: 'low' },
  );
  return client;
}

function publisherOn(rig: StoreRig, client: DynamoDBClient) {
  return signingPublisher({ client, tables: rig.tables, signer: rig.signer, publicKeys: rig.keys });
}

async function staged(rig: StoreRig, changes: RegistryChanges) {
  const base = await rig.reader().open();
  return { base, staged: await stageChanges(base, changes), meta: META, note: 'change' };
}

const law = (value: number): RegistryChanges => ({ law: { value } });

describe('a lost acknowledgement', () => {
  const LOSSES: [string, (command: string, call: number) => 'request' | 'answer' | undefined][] = [
    ['of HEAD, once', (command, call) => (command === 'PutItemCommand' && call === 1 ? 'answer' : undefined)],
    ['of HEAD, twice', (command, call) => (command === 'PutItemCommand' && call <= 2 ? 'answer' : undefined)],
    ['of HEAD, always', (command) => (command === 'PutItemCommand' ? 'answer' : undefined)],
    [
      'the request for HEAD, thrice',
      (command, call) => (command === 'PutItemCommand' && call <= 3 ? 'request' : undefined),
    ],
    [
      'of objects',
      (command, call) => (command === 'BatchExecuteStatementCommand' && call <= 1 ? 'answer' : undefined),
    ],
  ];
  it.each(LOSSES)('%s: recognised, one version, no false "you lost"', async (_, lose) => {
    const rig = await openRig(engine);
    await rig.genesis(sampleState(5));
    const published = await publisherOn(rig, lossy(lose)).commit(await staged(rig, law(2)));
    const head = await rig.reader().open();
    expect([head.version, head.digest]).toEqual([2, published.digest]);
  });

  it('of genesis', async () => {
    const rig = await openRig(engine);
    const client = lossy((command) => (command === 'PutItemCommand' ? 'answer' : undefined));
    const published = await publisherOn(rig, client).commit({
      base: null,
      staged: stageState(sampleState(5)),
      meta: META,
      note: null,
    });
    expect((await rig.reader().open()).digest).toBe(published.digest);
  });

  it('is recognised even after others have published on top', async () => {
    const rig = await openRig(engine);
    await rig.genesis(sampleState(5));
    const prepared = await rig.publisher.prepare(await staged(rig, law(2)));
    const first = await rig.publisher.publish(prepared);
    for (let value = 3; value <= 7; value += 1) await rig.change(law(value));
    expect(await rig.publisher.publish(prepared)).toEqual(first);
    expect((await rig.reader().open()).version).toBe(7);
  });

  it('a request that never arrives is an unknown outcome, never a success', async () => {
    const rig = await openRig(engine);
    await rig.genesis(sampleState(5));
    const client = lossy((command) => (command === 'PutItemCommand' ? 'request' : undefined));
    const prepared = await rig.publisher.prepare(await staged(rig, law(2)));
    await expect(publisherOn(rig, client).publish(prepared)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    expect((await rig.reader().open()).version).toBe(1);
    expect((await rig.publisher.publish(prepared)).version).toBe(2);
  });
});

/** What a cold process can read: one version whole, or an error. */
async function wholeVersion(rig: StoreRig): Promise<number | string> {
  try {
    const { version, values } = await pairedValues(rig.reader({ acceptUnacknowledged: true }));
    return values.size === 1 ? version : 'torn';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('a publisher stopped after any number of calls', () => {
  /** A client whose calls all fail after the first `allowed`. */
  function stoppingAfter(allowed: number): { client: DynamoDBClient; stopped: () => boolean } {
    let calls = 0;
    const client = lossy(() => {
      calls += 1;
      return calls > allowed ? 'request' : undefined;
    });
    return { client, stopped: () => calls > allowed };
  }

  it('leaves the old or the new registry whole, and its retry completes', async () => {
    const outcomes: (number | string)[] = [];
    for (let allowed = 0; ; allowed += 1) {
      const rig = await openRig(engine);
      await rig.genesis(sampleState(20));
      await rig.change(pairedChange(2));
      const prepared = await rig.publisher.prepare(await staged(rig, pairedChange(3)));
      const { client, stopped } = stoppingAfter(allowed);
      await publisherOn(rig, client)
        .publish(prepared)
        .catch(() => undefined);
      client.destroy();
      outcomes.push(await wholeVersion(rig));
      expect((await rig.publisher.publish(prepared)).version).toBe(3);
      expect(await wholeVersion(rig)).toBe(3);
      if (!stopped()) break;
    }
    console.log('version seen after each number of calls:', outcomes.join(' '));
    expect(new Set(outcomes)).toEqual(new Set([2, 3]));
  });

  it('is a check that would notice HEAD moved before the objects are there', async () => {
    const rig = await openRig(engine);
    await rig.genesis(sampleState(20));
    const { head } = await rig.publisher.prepare(await staged(rig, pairedChange(2)));
    await rig.client.send(new PutItemCommand({ TableName: rig.tables.state, Item: encodeHead(head) }));
    expect(await wholeVersion(rig)).toBe('OBJECT_MISSING');
  });
});

describe('concurrent publishers', () => {
  it('one wins, the others are shown the actual HEAD, and versions stay gap-free', async () => {
    const rig = await openRig(engine);
    await rig.genesis(sampleState(5));
    const rounds = 6;
    for (let round = 0; round < rounds; round += 1) {
      const contenders = await Promise.all(
        Array.from({ length: 4 }, async (_, who) =>
          rig.publisher.prepare(await staged(rig, law(round * 10 + who))),
        ),
      );
      const outcomes = await Promise.allSettled(contenders.map((one) => rig.publisher.publish(one)));
      const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
      expect(won.length).toBe(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'fulfilled') continue;
        expect(outcome.reason).toBeInstanceOf(ConflictError);
        expect(outcome.reason).toMatchObject({ code: 'CONFLICT', actual: { digest: won[0]?.value.digest } });
      }
    }
    expect((await rig.reader().open()).version).toBe(rounds + 1);
    const report = await verifyHistory({
      // These documents are of no facts.
      isLaidOut: async () => true,
      client: rig.client,
      tables: rig.tables,
      publicKeys: rig.keys,
      founders: rig.founders,
      signal: AbortSignal.timeout(10_000),
    });
    expect(report).toMatchObject({ sound: true, commits: rounds + 1 });
  });

  it('two first versions: one wins', async () => {
    const rig = await openRig(engine);
    const outcomes = await Promise.allSettled([rig.genesis(sampleState(5)), rig.genesis(sampleState(5))]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(rig.genesis(sampleState(5))).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('incremental publication', () => {
  it('is byte for byte the publication of the whole, and writes a handful of objects', async () => {
    const rig = await openRig(engine);
    const before = withAuthority(sampleState(5_000));
    await rig.genesis(before);
    const change = new Map<string, Json | null>([
      ['network/net-77', networkDocument(77, 2)],
      ['network/net-78', null],
    ]);
    const changed = (map: ReadonlyMap<string, Json>) => {
      const next = new Map(map);
      next.set('network/net-77', networkDocument(77, 2));
      next.delete('network/net-78');
      return next;
    };
    const base = await rig.reader().open();
    const incremental = await stageChanges(base, { facts: change, view: change });
    const whole = stageState({ ...before, facts: changed(before.facts), view: changed(before.view) });
    expect(incremental.rootDigest).toBe(whole.rootDigest);
    // Two keys: for each map at most a leaf and a node per key, and the top of the facts.
    expect(incremental.objects.size).toBeLessThanOrEqual(9);
    expect(base.consumed().batches).toBeLessThanOrEqual(4);
    for (const [digest, bytes] of incremental.objects) expect(digestOf(bytes)).toBe(digest);
  });

  it('the same state has the same root whatever the order of its maps', () => {
    const state = sampleState(500);
    const reversed = <V>(map: ReadonlyMap<string, V>) => new Map([...map].reverse());
    const shuffled = {
      ...state,
      facts: reversed(state.facts),
      view: reversed(state.view),
      vendors: reversed(state.vendors),
    };
    expect(stageState(shuffled).rootDigest).toBe(stageState(state).rootDigest);
  });
});

describe('what cannot be published', () => {
  const BAD: [string, RegistryChanges | 'meta', string][] = [
    [
      'a document larger than a leaf',
      { view: new Map([['a/1', { text: 'x'.repeat(300_000) }]]) },
      'TOO_LARGE',
    ],
    ['a law larger than its bound', { law: { text: 'x'.repeat(5_000_000) } }, 'TOO_LARGE'],
    ['a key with a control character', { view: new Map([['a/\n', {}]]) }, 'NOT_STORABLE'],
    ['a key named __proto__', { view: new Map([['__proto__', {}]]) }, 'NOT_STORABLE'],
    ['an empty key', { view: new Map([['', {}]]) }, 'NOT_STORABLE'],
    ['a fraction', { view: new Map([['a/1', { share: 0.5 }]]) }, 'NOT_STORABLE'],
    [
      'a member named __proto__',
      { view: new Map([['a/1', JSON.parse('{"__proto__":{}}')]]) },
      'NOT_STORABLE',
    ],
    [
      'a document nested too deep',
      { law: JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) },
      'NOT_STORABLE',
    ],
  ];
  it.each(BAD)('%s', async (_, changes, code) => {
    const rig = await openRig(engine);
    await rig.genesis(sampleState(1));
    await expect(rig.change(changes as RegistryChanges)).rejects.toMatchObject({ code });
    expect((await rig.reader().open()).version).toBe(1);
  });

  const BAD_META: [string, Partial<typeof META>, string][] = [
    ['no author', { author: '' }, 'NOT_STORABLE'],
    ['an author with a line feed', { author: 'a\nb' }, 'NOT_STORABLE'],
    ['a kind in upper case', { kind: 'Approve' }, 'NOT_STORABLE'],
    ['an instant that is none', { recordedAt: '2026-02-30T00:00:00.000Z' }, 'NOT_STORABLE'],
    ['a second genesis', { succession: 'genesis' }, 'NOT_STORABLE'],
    ['a confirmation of what is confirmed', { succession: 'confirm' }, 'NOT_STORABLE'],
    ['three approvers', { approvers: ['a', 'b', 'c'] }, 'NOT_STORABLE'],
    ['an author longer than any identity', { author: 'x'.repeat(177) }, 'NOT_STORABLE'],
  ];
  it.each(BAD_META)('%s', async (_, meta, code) => {
    const rig = await openRig(engine);
    await rig.genesis(sampleState(1));
    const publication = await staged(rig, law(2));
    await expect(rig.publisher.commit({ ...publication, meta: { ...META, ...meta } })).rejects.toMatchObject({
      code,
    });
    expect((await rig.reader().open()).version).toBe(1);
  });
});
