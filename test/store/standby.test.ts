/** A standby in a second Region: what it copies, what it does not, that it is held, and that it ends when people take it over. */
import { DeleteItemCommand, GetItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contentOf } from '../../functions/core/administration/statement.ts';
import { type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import { FORMAT } from '../../functions/core/facts/format.ts';
import { homeOf } from '../../functions/store/commit.ts';
import { parseCommitKeys } from '../../functions/store/commit-signature.ts';
import { encodeHead, HEAD_KEY, type Item, verifyHead } from '../../functions/store/head.ts';
import { verifyHistory } from '../../functions/store/history-verify.ts';
import { createObjectCache } from '../../functions/store/object-cache.ts';
import { insertObjects } from '../../functions/store/object-inserts.ts';
import { readingWithin } from '../../functions/store/object-items.ts';
import { createObjectLoader } from '../../functions/store/object-loader.ts';
import { signStatement } from '../../functions/store/person-signature.ts';
import { createPublisher } from '../../functions/store/publisher.ts';
import { encodeWord, type PurgeAsked } from '../../functions/store/purge-word.ts';
import { openRaisableFloor } from '../../functions/store/raise-floor.ts';
import { triesOf } from '../../functions/store/registry-tries.ts';
import { stageAgain, stageChanges, stageState } from '../../functions/store/staging.ts';
import { createStandby } from '../../functions/store/standby.ts';
import { pathTo } from '../../functions/store/trie-lookup.ts';
import { localKey } from '../../infra/local/identities.ts';
import { type Engine, startEngine } from '../engine.ts';
import { tellingClient } from './dying-client.ts';
import { publishOfFormat } from './newer-format.ts';
import { signedBy, signingPublisher } from './signed.ts';
import {
  lawWith,
  META,
  openRig,
  pairedChange,
  pairedValues,
  type StoreRig,
  sampleState,
} from './store-rig.ts';
import { headItem, openRegions, putHead, type TwoRegions } from './two-regions.ts';

let engines: [Engine, Engine];
let regions: TwoRegions;
beforeAll(async () => {
  engines = [await startEngine(), await startEngine()];
});
afterAll(() => Promise.all(engines.map((engine) => engine.stop())));
beforeEach(async () => {
  regions = await openRegions(engines);
});
afterEach(() => regions.stop());

/** A registry of two versions in the first Region. */
async function begun(): Promise<TwoRegions> {
  await regions.first.genesis(sampleState(20, 3));
  await regions.first.change(pairedChange(2));
  return regions;
}

/** The same, with a copy of it. */
async function copied(): Promise<TwoRegions> {
  await begun();
  expect(await regions.ran()).toBe('copied');
  return regions;
}

const versionHere = async () => (await headItem(regions.second))?.['digest']?.B;
const versionThere = async () => (await headItem(regions.first))?.['digest']?.B;

async function audited({ client, tables, founders }: StoreRig) {
  const report = await verifyHistory({
    ...{ client, tables, founders, publicKeys: regions.keys, signal: AbortSignal.timeout(20_000) },
    // These documents are of no facts.
    isLaidOut: async () => true,
  });
  return {
    ...{ held: report.held, commits: report.commits, purged: report.purged.length },
    problems: [...new Set(report.problems.map(({ code }) => code))],
  };
}

/** Begins a new lineage of what a store has, and confirms it. */
async function restored(rig: StoreRig, afterEach = async () => {}): Promise<void> {
  for (const kind of ['restore', 'confirm'] as const) {
    const base = await rig.reader({ acceptUnconfirmed: true }).open();
    const meta = { ...META, kind, succession: kind };
    await rig.publisher.commit({ base, staged: stageAgain(base), meta, note: null });
    await afterEach();
  }
}

describe('a run', () => {
  it('finds nothing, copies all, finds nothing new, and copies what has come since', async () => {
    expect(await regions.run()).toMatchObject({ outcome: 'empty', here: null, there: null, behindMs: null });
    await begun();
    const place = { epoch: 1, version: 2 };
    const first = await regions.run();
    expect(first).toMatchObject({ outcome: 'copied', here: place, there: place, behindMs: 0 });
    expect(first.objects).toBeGreaterThan(20);
    expect(await regions.run()).toMatchObject({ outcome: 'current', here: place, objects: 0, behindMs: 0 });
    await regions.first.change(pairedChange(3));
    await regions.first.change({ view: new Map([['paired/1', null]]) });
    const later = await regions.run();
    expect(later).toMatchObject({ outcome: 'copied', here: { epoch: 1, version: 4 } });
    expect(await versionHere()).toEqual(await versionThere());
    // Only what no people have acknowledged here is missing: every object of every version is there, and as it was.
    expect(await audited(regions.second)).toEqual({ held: true, commits: 4, purged: 0, problems: ['FLOOR'] });
  });

  it('of one change costs what it changed, whatever the registry holds', async () => {
    await regions.first.genesis(sampleState(200, 3));
    const all = (await regions.run()).objects;
    const told = (value: number) => ({ view: new Map([['network/net-1', { value }]]) });
    for (const value of [1, 2, 3, 4, 5, 6, 7, 8]) await regions.first.change(told(value));
    expect(await regions.ran()).toBe('copied');
    await regions.first.change(told(9));
    let [reads, isWritten] = [0, false];
    const client = tellingClient(regions.second.engine.endpoint, async ({ command }, send) => {
      if (command === 'PutItemCommand') isWritten = true;
      if (command === 'BatchGetItemCommand' && !isWritten) reads += 1;
      return send();
    });
    const { outcome, objects } = await regions.run({ to: { ...regions.second, client } });
    client.destroy();
    expect([outcome, objects < 12, all > 30]).toEqual(['copied', true, true]);
    // Not versions that are here already: what is looked at follows from the change as well.
    expect(reads).toBeLessThan(25);
  });

  it('does not copy what its publisher has not acknowledged, and does once that is finished', async () => {
    const { first } = await copied();
    const { client: _, ...rest } = first;
    const base = await first.reader().open();
    const before = await versionHere();
    for (const [dying, code] of [
      ['PutItemCommand', 'current'],
      ['ExecuteStatementCommand', 'HEAD_UNACKNOWLEDGED'],
    ] as const) {
      const client = tellingClient(first.engine.endpoint, async ({ command }, send) => {
        if (command === dying) throw Object.assign(new Error('died'), { name: 'AccessDeniedException' });
        return send();
      });
      const publisher = signingPublisher({ ...rest, client, publicKeys: first.keys });
      const staged = await stageChanges(base, pairedChange(3));
      const publication = { base, staged, meta: META, note: dying };
      await expect(publisher.commit(publication)).rejects.toThrow();
      client.destroy();
      expect(await regions.ran()).toBe(code);
      expect(await versionHere()).toEqual(before);
    }
    const left = await first.reader({ acceptUnacknowledged: true }).open();
    await first.publisher.acknowledge(left);
    expect(await regions.ran()).toBe('copied');
  });

  it('that dies with any of its writes leaves HEAD where it was or whole, and the next one goes on', async () => {
    const { second } = await begun();
    let deaths = 0;
    for (let outcome = ''; outcome !== 'current'; deaths += 1) {
      let writes = 0;
      const client = tellingClient(second.engine.endpoint, async ({ command }, send) => {
        if (writes > 0) throw Object.assign(new Error('died'), { name: 'AccessDeniedException' });
        if (!['BatchExecuteStatementCommand', 'PutItemCommand'].includes(command)) return send();
        writes += 1;
        await send();
        throw Object.assign(new Error('died'), { name: 'AccessDeniedException' });
      });
      outcome = await regions.ran({ to: { ...second, client } });
      client.destroy();
      if ((await headItem(second)) === undefined) continue;
      expect(await audited(second)).toMatchObject({ commits: 2, problems: ['FLOOR'] });
    }
    expect(deaths).toBeGreaterThan(6);
    expect(await versionHere()).toEqual(await versionThere());
  });

  it('whose time ends says how far it is behind, and the next one goes on', async () => {
    const { second, first } = await copied();
    await first.change(pairedChange(3));
    let writes = 0;
    const client = tellingClient(second.engine.endpoint, async ({ command }, send) => {
      if (command === 'BatchExecuteStatementCommand') writes += 1;
      if (writes > 2) await new Promise((resolve) => setTimeout(resolve, 1_500));
      return send();
    });
    const cut = await regions.run({ to: { ...second, client }, budgetMs: 1_400 });
    client.destroy();
    expect(cut).toMatchObject({ outcome: 'copying', here: { version: 2 }, there: { version: 3 } });
    expect(cut.behindMs).toBeGreaterThan(0);
    expect(await regions.ran()).toBe('copied');
  });

  it('that meets another one of its kind leaves what both would', async () => {
    await begun();
    const outcomes = await Promise.all([regions.ran(), regions.ran()]);
    expect(outcomes).toEqual(['copied', 'copied']);
    expect(await audited(regions.second)).toMatchObject({ commits: 2, problems: ['FLOOR'] });
  });

  it.each<[string, Place, signers: readonly string[]]>([
    ['a reason', 'note', []],
    ['a law, by everybody’s word', 'law', ['pat', 'alex']],
    ['a document, by everybody’s word', 'leaf', ['pat', 'alex']],
  ])('takes over what was purged of earlier versions as its tombstone: %s', async (_, place, signers) => {
    const digest = await spilled(place);
    await putObject(digest, { purged: { BOOL: true }, ...wordFor(digest, signers) });
    expect(await regions.ran()).toBe('copied');
    expect(await audited(regions.second)).toEqual({
      ...{ held: true, commits: 3, purged: 1, problems: ['FLOOR'] },
    });
  });

  it('copies what only a newer build can publish on top of, and says that it needs one', async () => {
    const { first } = await copied();
    expect(await regions.run()).toMatchObject({ outcome: 'current', needsNewer: false });
    await publishOfFormat(first, { format: FORMAT + 1, oldestReader: FORMAT });
    expect(await regions.run()).toMatchObject({ outcome: 'copied', needsNewer: true });
    expect(await regions.run()).toMatchObject({ outcome: 'current', needsNewer: true });
    const before = await versionHere();
    await publishOfFormat(first, { format: FORMAT + 1, oldestReader: FORMAT + 1 });
    expect(await regions.ran()).toBe('FORMAT_UNKNOWN');
    expect(await versionHere()).toEqual(before);
  });

  it('follows a registry that was restored and confirmed in the first Region', async () => {
    const { first } = await copied();
    const outcomes: string[] = [];
    await restored(first, async () => void outcomes.push(await regions.ran()));
    expect(outcomes).toEqual(['LINEAGE_CHANGED', 'copied']);
    expect((await regions.run()).here).toEqual({ epoch: 2, version: 4 });
  });
});

/** Damages an object of the first Region's, or puts it right. */
async function putObject(digest: Digest, item: Item): Promise<void> {
  const { client, tables } = regions.first;
  const Item = { ...item, digest: { S: digest } };
  await client.send(new PutItemCommand({ TableName: tables.objects, Item }));
}

async function objectThere(digest: Digest): Promise<Item> {
  const { client, tables } = regions.first;
  const Key = { digest: { S: digest } };
  return (await client.send(new GetItemCommand({ TableName: tables.objects, Key }))).Item ?? {};
}

type Place = 'commit' | 'root' | 'keyring' | 'note' | 'law' | 'leaf';

/** Three versions, and what the second alone has in a place; or another one, whatever it shares. */
async function spilled(place: Place, version = 2): Promise<Digest> {
  const { first } = regions;
  await first.genesis(sampleState(5, 3));
  for (const said of [true, false])
    await first.change({ law: lawWith({ said }), vendors: new Map([['vendor-1', { said }]]) });
  const { digest, root, commit, objects } = await first.reader().open({ exact: version });
  if (place === 'commit') return digest;
  if (place === 'law') return root.law;
  if (place !== 'leaf') return commit[place];
  return (await pathTo(objects, triesOf(root).vendors, 'vendor-1')).at(-1) as Digest;
}

/** Of these people, for an object of the first Region's to go. */
function wordFor(digest: Digest, signers: readonly string[]): Item {
  const asked: PurgeAsked = {
    ...{ kind: 'purge', authority: 'test-authority', reason: 'Spillage', salt: '0'.repeat(32) },
    ...{ notes: [], proposals: [], objects: [digest], jobs: [] },
  };
  const registry = homeOf(regions.first.tables.state);
  const said = { operation: 'purge', registry, content: contentOf(asked), epoch: 1 } as const;
  const at = new Date().toISOString();
  const signed = signers.map((name) => signStatement({ ...said, at }, localKey(name)));
  return encodeWord({ asked, signed });
}

describe('damage in the first Region is not copied, and once it is put right all is', () => {
  const gone: Item = { purged: { BOOL: true } };
  const signature = (bytes: Uint8Array) => (item: Item) => ({ ...item, signature: { B: bytes } });
  it.each<[string, Place, version: number, damage: (item: Item, digest: Digest) => Item, code: string]>([
    ['the law in force, purged', 'law', 3, () => gone, 'OBJECT_PURGED'],
    [
      'the law in force, purged by everybody’s word',
      'law',
      3,
      (_, digest) => ({ ...gone, ...wordFor(digest, ['pat', 'alex']) }),
      'OBJECT_PURGED',
    ],
    ['a document in force, purged', 'leaf', 3, () => gone, 'OBJECT_PURGED'],
    ['the law of before, purged by nobody’s word', 'law', 2, () => gone, 'OBJECT_PURGED'],
    [
      'the law of before, purged by one person’s word',
      'law',
      2,
      (_, digest) => ({ ...gone, ...wordFor(digest, ['pat']) }),
      'OBJECT_PURGED',
    ],
    ['a document of before, purged by nobody’s word', 'leaf', 2, () => gone, 'OBJECT_PURGED'],
    [
      'a document of before, purged by a word about another',
      'leaf',
      2,
      (_, digest) => ({ ...gone, ...wordFor(digestOf(Buffer.from(digest)), ['pat', 'alex']) }),
      'OBJECT_PURGED',
    ],
    ['a root of before, purged', 'root', 2, () => gone, 'OBJECT_MALFORMED'],
    [
      'a commit of before with a wrong signature',
      'commit',
      2,
      signature(Buffer.alloc(96, 1)),
      'SIGNATURE_INVALID',
    ],
    [
      'a commit of before with half a signature',
      'commit',
      2,
      signature(Buffer.alloc(95)),
      'SIGNATURE_INVALID',
    ],
    [
      'a commit of before without a signature',
      'commit',
      2,
      ({ signature: _, ...item }) => item,
      'SIGNATURE_INVALID',
    ],
    [
      'the first commit with a wrong signature',
      'commit',
      1,
      signature(Buffer.alloc(96, 1)),
      'SIGNATURE_INVALID',
    ],
  ])('%s', async (_, place, version, damage, code) => {
    const digest = await spilled(place, version);
    const good = await objectThere(digest);
    await putObject(digest, damage(good, digest));
    expect(await regions.ran()).toBe(code);
    expect(await versionHere()).toBeUndefined();
    await putObject(digest, good);
    expect(await regions.ran()).toBe('copied');
    expect(await audited(regions.second)).toEqual({ held: true, commits: 3, purged: 0, problems: ['FLOOR'] });
  });
});

it('what decisions rest on again is not purged here before anybody has looked, whoever signed that it goes', async () => {
  const digest = await spilled('law', 1);
  await regions.first.change({ law: lawWith({}) });
  expect((await regions.first.reader().open()).root.law).toBe(digest);
  const good = await objectThere(digest);
  await putObject(digest, { purged: { BOOL: true }, ...wordFor(digest, ['pat', 'alex']) });
  expect(await regions.ran()).toBe('OBJECT_PURGED');
  await putObject(digest, good);
  expect(await regions.ran()).toBe('copied');
  expect(await audited(regions.second)).toMatchObject({ commits: 4, purged: 0, problems: ['FLOOR'] });
});

describe('nothing is copied, and what is here stays', () => {
  const lawThere = async () => (await regions.first.reader().open()).root.law;

  /** A version of the first Region's key, and of nobody's word; with every row of the floor that it takes. */
  async function forged(isFirst = false): Promise<void> {
    const { first } = regions;
    const { client, tables, signer, keys: publicKeys, founders } = first;
    const base = isFirst ? null : await first.reader().open();
    const staged =
      base === null ? stageState(sampleState(1, 1)) : await stageChanges(base, pairedChange(666));
    const signed = await signedBy(base, { tables, root: digestOf(new Uint8Array()) });
    const publisher = createPublisher({ client, tables, signer, publicKeys, founders });
    const { head, objects } = await publisher.prepare({ base, staged, signed, meta: META, note: null });
    const context = readingWithin(AbortSignal.timeout(20_000));
    await insertObjects(client, tables.objects, objects, context);
    const commit = [[digestOf(head.commit), head.commit]] as const;
    await insertObjects(client, tables.objects, commit, context, { signature: { B: head.signature } });
    await putHead(first, encodeHead(head));
    const source = createObjectLoader(client, tables.objects, createObjectCache(0)).within(context);
    const floor = openRaisableFloor(client, tables.floor, Date.now);
    await floor.raise(verifyHead(head, publicKeys), source, context);
  }

  it('of a first version that no people have signed', async () => {
    await forged(true);
    expect(await regions.ran()).toBe('APPROVAL_INVALID');
    const { client, tables } = regions.second;
    const { Items } = await client.send(new ScanCommand({ TableName: tables.objects }));
    expect([await versionHere(), Items]).toEqual([undefined, []]);
  });

  /** Puts back HEAD of before some changes. @param floor also takes away what says that there was more */
  async function putBack(floor: boolean): Promise<void> {
    const { first } = regions;
    const { client, tables } = first;
    const old = await headItem(first);
    const rows = async () => (await client.send(new ScanCommand({ TableName: tables.floor }))).Items ?? [];
    const kept = await rows();
    await first.change(pairedChange(3));
    await regions.run();
    await putHead(first, old ?? {});
    if (!floor) return;
    for (const { pk, sk } of await rows()) {
      if (kept.some((row) => row['pk']?.S === pk?.S && row['sk']?.S === sk?.S)) continue;
      if (pk !== undefined && sk !== undefined)
        await client.send(new DeleteItemCommand({ TableName: tables.floor, Key: { pk, sk } }));
    }
  }

  it.each<[string, string, () => Promise<unknown>]>([
    [
      'a HEAD that no key of either Region has signed',
      'SIGNATURE_INVALID',
      async () => {
        await regions.first.change(pairedChange(3));
        const head = await headItem(regions.first);
        await putHead(regions.first, { ...head, signature: { B: new Uint8Array(96).fill(7) } });
      },
    ],
    ['a HEAD that is signed, and that no people have signed', 'APPROVAL_INVALID', () => forged()],
    ['an older HEAD that was put back', 'HEAD_BELOW_FLOOR', () => putBack(false)],
    ['an older HEAD that was put back with the floor of its day', 'VERSION_REGRESSION', () => putBack(true)],
    [
      'an object that was never written, or is gone',
      'OBJECT_MISSING',
      async () => {
        await regions.first.change({ law: lawWith({ other: 3 }) });
        const Key = { digest: { S: await lawThere() } };
        await regions.first.client.send(
          new DeleteItemCommand({ TableName: regions.first.tables.objects, Key }),
        );
      },
    ],
    [
      'an object with other bytes than its digest names',
      'OBJECT_MALFORMED',
      async () => {
        await regions.first.change({ law: lawWith({ other: 4 }) });
        await putObject(await lawThere(), { z: { B: new Uint8Array([1, 2, 3]) }, n: { N: '3' } });
      },
    ],
    [
      'an object with the bytes of another',
      'DIGEST_MISMATCH',
      async () => {
        const { first } = regions;
        await first.change({ law: lawWith({ other: 5 }) });
        const { Items = [] } = await first.client.send(new ScanCommand({ TableName: first.tables.objects }));
        const law = await lawThere();
        const other = Items.find(({ digest }) => digest?.S !== law && digest?.S !== undefined);
        await putObject(law, {
          z: { B: other?.['z']?.B ?? new Uint8Array() },
          n: { N: other?.['n']?.N ?? '' },
        });
      },
    ],
    [
      'the law in force, purged',
      'OBJECT_PURGED',
      async () => {
        await regions.first.change({ law: lawWith({ other: 6 }) });
        await putObject(await lawThere(), { purged: { BOOL: true } });
      },
    ],
  ])('of %s: %s', async (_, code, sabotage) => {
    await copied();
    await sabotage();
    const before = await versionHere();
    expect(await regions.ran()).toBe(code);
    expect(await versionHere()).toEqual(before);
  });

  it('of another registry in the first Region: LINEAGE_CHANGED, and HISTORY_FORKED where that was restored once', async () => {
    const { first } = await copied();
    const before = await versionHere();
    const other = await openRig(engines[0]);
    const signers = [regions.second, first, other].map(({ signer }) => signer.publicKey);
    const publicKeys = parseCommitKeys(signers.join(','));
    await other.genesis(sampleState(1, 1));
    for (const value of [2, 3]) await other.change(pairedChange(value));
    expect(await regions.ran({ from: other, publicKeys })).toBe('LINEAGE_CHANGED');
    await restored(other);
    expect(await regions.ran({ from: other, publicKeys })).toBe('HISTORY_FORKED');
    expect(await versionHere()).toEqual(before);
    other.client.destroy();
  });

  it('onto a HEAD that somebody else has moved meanwhile', async () => {
    const { second } = await copied();
    await regions.first.change(pairedChange(3));
    const old = await headItem(second);
    let isMoved = false;
    const client = tellingClient(second.engine.endpoint, async ({ command }, send) => {
      if (command === 'PutItemCommand' && !isMoved) {
        isMoved = true;
        await regions.restore();
      }
      return send();
    });
    expect(await regions.ran({ to: { ...second, client } })).toBe('CONFLICT');
    client.destroy();
    expect(await headItem(second)).not.toEqual(old);
    expect(await regions.ran()).toBe('ended');
  });
});

describe('a standby', () => {
  it('is held for everybody who decides, until people confirm it; then it opens, with all that was copied', async () => {
    await copied();
    await expect(regions.reader().open()).rejects.toMatchObject({ code: 'FLOOR_MISSING' });
    await regions.restore();
    await expect(regions.reader().open()).rejects.toMatchObject({ code: 'LINEAGE_CHANGED' });
    await regions.confirm();
    expect(await pairedValues(regions.reader())).toMatchObject({
      version: 4,
      values: new Set(['{"value":2}']),
    });
    expect(await audited(regions.second)).toMatchObject({ held: false, problems: [] });
  });

  const ENDS: readonly [string, () => Promise<void>][] = [
    ['somebody has begun a lineage here', () => regions.restore()],
    [
      'somebody has begun a lineage here, and died before the floor',
      async () => {
        const client = tellingClient(regions.second.engine.endpoint, async ({ command }, send) => {
          if (command === 'ExecuteStatementCommand')
            throw Object.assign(new Error('died'), { name: 'AccessDeniedException' });
          return send();
        });
        await expect(regions.restore(client)).rejects.toThrow();
        client.destroy();
      },
    ],
    [
      'people have confirmed it',
      async () => {
        await regions.restore();
        await regions.confirm();
      },
    ],
    [
      'people have confirmed it, and HEAD is gone',
      async () => {
        const { client, tables } = regions.second;
        await regions.restore();
        await regions.confirm();
        await client.send(new DeleteItemCommand({ TableName: tables.state, Key: HEAD_KEY }));
      },
    ],
    [
      'people have confirmed it, and the HEAD that was copied is put back',
      async () => {
        const old = await headItem(regions.second);
        await regions.restore();
        await regions.confirm();
        await putHead(regions.second, old ?? {});
      },
    ],
  ];
  it.each(ENDS)('copies nothing any more, for ever, once %s', async (_, end) => {
    await copied();
    await end();
    const before = await versionHere();
    await regions.first.change(pairedChange(3));
    expect(await regions.run()).toMatchObject({ outcome: 'ended', there: null, objects: 0, behindMs: null });
    expect(await versionHere()).toEqual(before);
  });

  it('does not begin where a registry was begun', async () => {
    await begun();
    await regions.second.genesis(sampleState(1, 1));
    expect(await regions.ran()).toBe('ended');
  });

  it('is not of tables with its own names: nobody could tell whose HEAD is whose', () => {
    const { first, keys, second } = regions;
    const options = { from: first, publicKeys: keys, founders: first.founders, clock: Date.now, budgetMs: 1 };
    const to = { ...second, tables: { ...second.tables, state: first.tables.state } };
    expect(() => createStandby({ ...options, to })).toThrow('one name');
  });
});
