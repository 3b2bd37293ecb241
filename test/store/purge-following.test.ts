/** What was purged in the first Region after its standby had copied it: what goes here too, and what stays. */
import { brotliDecompressSync } from 'node:zlib';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contentOf } from '../../functions/core/administration/statement.ts';
import { type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import { homeOf } from '../../functions/store/commit.ts';
import { compress } from '../../functions/store/compression.ts';
import type { Item } from '../../functions/store/head.ts';
import { objectCopies } from '../../functions/store/object-copies.ts';
import { readingWithin } from '../../functions/store/object-items.ts';
import type { OpenSnapshot } from '../../functions/store/open-snapshot.ts';
import { publicKeyOf, signStatement } from '../../functions/store/person-signature.ts';
import { createProvenPast, type ProvenPast } from '../../functions/store/proven-past.ts';
import { createPurgeFollowing } from '../../functions/store/purge-following.ts';
import { decodeWord, encodeWord, type PurgeWord } from '../../functions/store/purge-word.ts';
import { triesOf } from '../../functions/store/registry-tries.ts';
import { stageAgain, stageChanges } from '../../functions/store/staging.ts';
import type { StoreError } from '../../functions/store/store-error.ts';
import { pathTo } from '../../functions/store/trie-lookup.ts';
import { localKey } from '../../infra/local/identities.ts';
import { type Engine, startEngine } from '../engine.ts';
import { tellingClient } from './dying-client.ts';
import { signedBy, signingPublisher, TEST_AUTHORITY } from './signed.ts';
import { lawWith, META, type StoreRig, sampleState } from './store-rig.ts';
import { headItem, openRegions, putHead, type TwoRegions } from './two-regions.ts';

let engines: [Engine, Engine];
let regions: TwoRegions;
beforeAll(async () => {
  engines = [await startEngine(), await startEngine()];
});
afterAll(() => Promise.all(engines.map((engine) => engine.stop())));
beforeEach(async () => {
  regions = await openRegions(engines);
  const { first } = regions;
  await first.genesis(sampleState(5, 3));
  await first.change({
    law: lawWith({ spilled: true }),
    vendors: new Map([['vendor-1', { spilled: true }]]),
  });
  await first.change({
    law: lawWith({ spilled: false }),
    vendors: new Map([['vendor-1', { spilled: false }]]),
  });
  expect(await regions.ran()).toBe('copied');
});
afterEach(() => regions.stop());

const OBJECTS = ['law', 'leaf', 'note'] as const;
type Place = (typeof OBJECTS)[number];

/** What stands in a place of the second version, where words were spilled. */
async function spilled(place: Place): Promise<Digest> {
  const { root, commit, objects } = await regions.first.reader().open({ exact: 2 });
  if (place !== 'leaf') return place === 'law' ? root.law : commit.note;
  const path = await pathTo(objects, triesOf(root).vendors, 'vendor-1');
  return path.at(-1) as Digest;
}

interface Saying {
  readonly names?: readonly string[];
  readonly registry?: string;
  readonly at?: string;
  readonly epoch?: number;
  readonly asked?: Partial<PurgeWord['asked']>;
}

/** The word of two people for it to go, but for what is said otherwise. */
function wordFor(
  place: Place,
  digest: Digest,
  { names = ['pat', 'alex'], registry, at = new Date().toISOString(), epoch = 1, asked: more }: Saying = {},
) {
  const asked: PurgeWord['asked'] = {
    ...{ kind: 'purge', authority: 'test-authority', reason: 'Spillage', salt: '0'.repeat(32) },
    ...{ notes: place === 'note' ? [2] : [], objects: place === 'note' ? [] : [digest] },
    ...{ proposals: [], jobs: [] },
    ...more,
  };
  const home = registry ?? homeOf(regions.first.tables.state);
  const said = { operation: 'purge', registry: home, content: contentOf(asked), epoch } as const;
  return encodeWord({ asked, signed: names.map((name) => signStatement({ ...said, at }, localKey(name))) });
}

/** As the first Region's purge leaves it. */
const purgedThere = (digest: Digest, word: object): Promise<void> =>
  put(regions.first, { digest: { S: digest }, purged: { BOOL: true }, ...word });

/** What nobody can read any more. */
const damagedHere = (digest: Digest): Promise<void> =>
  put(regions.second, { digest: { S: digest }, z: { B: Buffer.from('x') }, n: { N: '1' } });

async function put({ client, tables }: StoreRig, item: Item): Promise<void> {
  await client.send(new PutItemCommand({ TableName: tables.objects, Item: item }));
}

const commitAt = async (version: number) => (await regions.first.reader().open({ exact: version })).commit;

/** The reason of a version goes there, by everybody's word. */
async function reasonPurged(version: number): Promise<Digest> {
  const { note } = await commitAt(version);
  await purgedThere(note, wordFor('note', note, { asked: { notes: [version] } }));
  return note;
}

async function itemOf({ client, tables }: StoreRig, digest: Digest) {
  const Key = { digest: { S: digest } };
  return (await client.send(new GetItemCommand({ TableName: tables.objects, Key, ConsistentRead: true })))
    .Item;
}

describe('what was purged there after it was copied', () => {
  it.each(OBJECTS)('goes here, with whose word it was: a %s', async (place) => {
    const digest = await spilled(place);
    await purgedThere(digest, wordFor(place, digest));
    expect(await regions.run()).toMatchObject({ outcome: 'current', purged: 1, unproven: 0 });
    expect(await itemOf(regions.second, digest)).toEqual(await itemOf(regions.first, digest));
    expect(await regions.run()).toMatchObject({ outcome: 'current', purged: 0, unproven: 0 });
  });

  it('goes in the same run as what was published since', async () => {
    const digest = await spilled('law');
    await purgedThere(digest, wordFor('law', digest));
    await regions.first.change({ vendors: new Map([['vendor-1', null]]) });
    expect(await regions.run()).toMatchObject({ outcome: 'copied', purged: 1, unproven: 0 });
  });

  const FALSE: readonly [string, Saying][] = [
    ['of one person', { names: ['pat'] }],
    ['of people of nobody', { names: ['usa-proposer', 'usa-approver'] }],
    ['about another registry', { registry: homeOf('another-state') }],
    ['about something else', { asked: { objects: [digestOf(Buffer.from('x'))], notes: [1] } }],
    ['of another authority', { asked: { authority: 'nobody' } }],
  ];
  it.each(OBJECTS.flatMap((place) => FALSE.map(([what, saying]) => [place, what, saying] as const)))(
    'stays here where it bears a word that is none: a %s, %s',
    async (place, _what, saying) => {
      const digest = await spilled(place);
      const before = await itemOf(regions.second, digest);
      await purgedThere(digest, wordFor(place, digest, saying));
      expect(await regions.run()).toMatchObject({ outcome: 'current', purged: 0, unproven: 1 });
      expect(await itemOf(regions.second, digest)).toEqual(before);
    },
  );

  it.each<[string, Saying]>([
    ['an earlier epoch had the number of its version', { epoch: 1 }],
    ['its version was recorded', { epoch: 2, at: '2026-11-24T12:00:00.000Z' }],
  ])('stays here where it bears a word of before: a reason, when %s', async (_what, saying) => {
    const { first } = regions;
    const { client, tables, signer, keys: publicKeys } = first;
    const before = (await headItem(first)) as Item;
    for (const n of [4, 5, 6]) await first.change({ vendors: new Map([['vendor-2', { n }]]) });
    await putHead(first, before);
    for (const kind of ['restore', 'confirm'] as const) {
      const base = await first.reader({ acceptUnconfirmed: true }).open();
      const meta = { ...META, kind, succession: kind };
      const publisher = signingPublisher({ client, tables, signer, publicKeys });
      await publisher.commit({ base, staged: stageAgain(base), note: null, meta });
    }
    const base = await first.reader().open();
    const staged = await stageChanges(base, { vendors: new Map([['vendor-2', { n: 7 }]]) });
    const recordedAt = new Date().toISOString();
    const signed = await signedBy(base, { tables, root: staged.rootDigest, at: recordedAt });
    await first.publisher.commit({ base, staged, signed, meta: { ...META, recordedAt }, note: 'kept' });
    expect(await regions.ran()).toBe('copied');
    const { note, epoch } = await commitAt(6);
    await purgedThere(note, wordFor('note', note, { asked: { notes: [6] }, ...saying }));
    expect([epoch, await regions.run()]).toMatchObject([2, { purged: 0, unproven: 1 }]);
    await purgedThere(note, wordFor('note', note, { asked: { notes: [6] }, epoch: 2 }));
    expect(await regions.run()).toMatchObject({ purged: 1, unproven: 0 });
  });

  it.each(OBJECTS)('stays here where it bears no word: a %s', async (place) => {
    const digest = await spilled(place);
    await purgedThere(digest, {});
    expect(await regions.run()).toMatchObject({ purged: 0, unproven: 1 });
    expect(await itemOf(regions.second, digest)).toHaveProperty('z');
  });

  it.each<[Place, object]>([
    ['law', { law: lawWith({ spilled: true }) }],
    ['leaf', { vendors: new Map([['vendor-1', { spilled: true }]]) }],
  ])('stays here where decisions rest on it again, whoever signed: a %s', async (place, again) => {
    await regions.first.change(again);
    expect(await regions.ran()).toBe('copied');
    const digest = await spilled(place);
    await purgedThere(digest, wordFor(place, digest));
    expect(await regions.run()).toMatchObject({ outcome: 'current', purged: 0, unproven: 1 });
    expect(await itemOf(regions.second, digest)).toHaveProperty('z');
  });

  it('stays once people have taken the standby over', async () => {
    const digest = await spilled('note');
    await purgedThere(digest, wordFor('note', digest));
    await regions.restore();
    expect(await regions.run()).toMatchObject({ outcome: 'ended', purged: 0 });
  });
});

describe('a reason whose facts have gone since', () => {
  const OTHER = {
    ...TEST_AUTHORITY,
    ...{ id: 'other-authority', speaksFor: ['XXY'] },
    people: ['uma', 'ulysses'].map((name) => ({ name, keys: [publicKeyOf(localKey(name))] })),
  };
  const told = (said: string) => ({
    facts: new Map([['network/n', { id: 'n', authority: 'other-authority', said }]]),
  });

  it.each([
    [0, 0],
    [1, 0],
    [2, 0],
    // The facts are of the minute's own versions, and the reason of another's.
    [0, 23],
  ])('goes before them, whatever the minute begins with: %i, after %i versions', async (begins, before) => {
    regions.stop();
    regions = await openRegions(engines);
    const { first } = regions;
    const authorities = [TEST_AUTHORITY, OTHER].map((each) => [`authority/${each['id']}`, each] as const);
    await first.genesis({ ...sampleState(1, 1), facts: new Map([...authorities, ...told('a').facts]) });
    for (let n = 0; n < before; n += 1) await first.change({ vendors: new Map([['vendor-0', { n }]]) });
    for (const said of ['spilled', 'clean']) await first.change(told(said));
    expect(await regions.ran()).toBe('copied');
    const { note } = await commitAt(before + 3);
    const { root, objects } = await first.reader().open({ exact: before + 2 });
    const leaf = (await pathTo(objects, triesOf(root).facts, 'network/n')).at(-1) as Digest;
    // Of whose facts the third version changed, and of everybody: the one without the other is nobody's.
    const names = ['uma', 'ulysses'];
    await purgedThere(
      note,
      wordFor('note', note, { names, asked: { notes: [before + 3], authority: 'other-authority' } }),
    );
    await purgedThere(leaf, wordFor('leaf', leaf, { names: [...names, 'pat', 'alex'] }));
    const clock = () => (Math.ceil(Date.now() / (6 * 60_000)) * 6 + begins) * 60_000;
    expect(await regions.run({ clock })).toMatchObject({ purged: 2, unproven: 0 });
  });
});

describe('what cannot be read', () => {
  it.each(['approval', 'root'] as const)(
    'there keeps nothing from being followed: the %s of a version',
    async (place) => {
      const law = await spilled('law');
      const { [place]: digest } = await commitAt(2);
      await purgedThere(law, wordFor('law', law));
      await reasonPurged(2);
      await reasonPurged(1);
      await purgedThere(digest, {});
      expect(await regions.run()).toMatchObject({ outcome: 'current', purged: 3, unproven: 0 });
    },
  );

  it.each<[string, 'note' | 'approval', readonly number[]]>([
    ['what stands in a version', 'note', [1]],
    ['whose word a version is', 'approval', [3, 1]],
  ])('here is counted, and what is below is followed: %s', async (_what, place, reasons) => {
    await damagedHere((await commitAt(2))[place]);
    for (const version of reasons) await reasonPurged(version);
    expect(await regions.run()).toMatchObject({ outcome: 'current', purged: 1, unproven: 1 });
  });
});

describe('a tombstone that is copied with its version', () => {
  const JUNK = { junk: { S: 'SECRET'.repeat(50_000) }, n: { N: '1' } };
  const respelled = ({ word }: Item): Item => {
    const text = ` ${brotliDecompressSync(word?.B ?? new Uint8Array()).toString('utf8')}`;
    return { word: { B: compress(Buffer.from(text)) }, wordBytes: { N: String(Buffer.byteLength(text)) } };
  };

  const TEXT = 'SECRET '.repeat(10_000).trim();
  type Row = [string, there: (word: Item) => Item, here: (word: Item) => Item];
  const FREE: readonly [string, Partial<PurgeWord['asked']>][] = [
    ['a salt', { salt: TEXT }],
    ['the id of a proposal', { proposals: [TEXT] }],
    ['the id of a job', { jobs: [TEXT] }],
    ['a reason', { reason: TEXT }],
    ['more names than a registry takes', { notes: Array.from({ length: 101 }, (_, k) => k + 1) }],
  ];
  /** The word, canonical, of people who say this besides. */
  const otherwise = (word: Item, more: Partial<PurgeWord['asked']>): Item => {
    const of = decodeWord(word);
    if (of === undefined) throw new Error('no word');
    return encodeWord({ ...of, asked: { ...of.asked, ...more } });
  };

  const asRead = ({ word, ...rest }: Item): Item => ({
    ...rest,
    word: { B: Uint8Array.from(word?.B ?? []) },
  });

  it.each<Row>([
    ['bears a word, and junk', (word) => ({ ...word, ...JUNK }), asRead],
    ['bears junk', () => JUNK, () => ({})],
    [
      'bears what is no word',
      () => ({ word: { B: Buffer.from('SECRET') }, wordBytes: { N: '6' } }),
      () => ({}),
    ],
    ['bears a word in another spelling', respelled, () => ({})],
    ...FREE.map<Row>(([where, asked]) => [
      `bears a word with text for ${where}`,
      (word) => otherwise(word, asked),
      () => ({}),
    ]),
  ])('says the word, and nothing that lies there: one that %s', async (_what, there, here) => {
    await regions.first.change({ vendors: new Map([['vendor-2', { n: 1 }]]) });
    const { note } = await commitAt(4);
    const word = wordFor('note', note, { asked: { notes: [4] } });
    await regions.first.change({ vendors: new Map([['vendor-2', { n: 2 }]]) });
    await purgedThere(note, there(word));
    expect(await regions.ran()).toBe('copied');
    expect(await itemOf(regions.second, note)).toEqual({
      ...{ digest: { S: note }, purged: { BOOL: true } },
      ...here(word),
    });
  });
});

describe('looking', () => {
  const MINUTE = 60_000;
  /** A fresh process in a minute to come, of which so many are a round. */
  const inMinute = (minute: number, round: number, more: object = {}) => {
    const now = Math.ceil(Date.now() / (round * MINUTE)) * round * MINUTE + minute * MINUTE;
    return regions.run({ clock: () => now, ...more });
  };

  it('goes through a history a few versions a minute, whatever process looks', async () => {
    for (let n = 0; n < 25; n += 1) await regions.first.change({ vendors: new Map([['vendor-2', { n }]]) });
    expect(await regions.ran()).toBe('copied');
    for (const version of [1, 25, 26, 27]) await reasonPurged(version);
    expect([(await inMinute(1, 2)).purged, (await inMinute(3, 2)).purged]).toEqual([2, 0]);
    expect([(await inMinute(4, 2)).purged, (await inMinute(6, 2)).purged]).toEqual([2, 0]);
  });

  it('begins elsewhere the next time: what stops it at one version keeps it from no other', async () => {
    const [first, second] = [await reasonPurged(1), await reasonPurged(2)];
    const client = tellingClient(regions.first.engine.endpoint, async (sent, send) => {
      if (JSON.stringify(sent).includes(first)) throw refused();
      return send();
    });
    const came: boolean[] = [];
    for (const minute of [0, 1]) {
      const run = inMinute(minute, 3, { from: { ...regions.first, client } });
      expect(await run).toMatchObject({ outcome: 'current', stopped: 'STORE_REFUSED' });
      came.push((await itemOf(regions.second, second))?.['z'] === undefined);
    }
    expect(came).toEqual([false, true]);
    client.destroy();
  });

  it('that may not overwrite says so, is not taken for done, and keeps nobody from copying', async () => {
    const digest = await spilled('law');
    await purgedThere(digest, wordFor('law', digest));
    const { endpoint } = regions.second.engine;
    const client = tellingClient(endpoint, async ({ command, TableName }, send) => {
      if (command === 'PutItemCommand' && TableName === regions.second.tables.objects) throw refused();
      return send();
    });
    const run = () => regions.run({ to: { ...regions.second, client } });
    expect(await run()).toMatchObject({ outcome: 'current', behindMs: 0, stopped: 'STORE_REFUSED' });
    await regions.first.change({ vendors: new Map([['vendor-2', { n: 1 }]]) });
    expect(await run()).toMatchObject({ outcome: 'copied', purged: 0, stopped: 'STORE_REFUSED' });
    expect(await run()).toMatchObject({ outcome: 'current', purged: 0, stopped: 'STORE_REFUSED' });
    client.destroy();
  });

  it('that has no time for anything says so', async () => {
    const context = readingWithin(AbortSignal.abort());
    const { first, second } = regions;
    const head = await first.reader().open();
    const past = await createProvenPast()(head, head.objects);
    const copies = objectCopies(first, second, regions.keys, context);
    const follow = createPurgeFollowing({ from: first, to: second, clock: () => 0 });
    const came = await follow({ head, past, copies, context });
    expect(came).toMatchObject({ purged: 0, unproven: 0, stopped: { code: 'STORE_UNAVAILABLE' } });
  });

  it('that was stopped at a reason says so in every run, whatever versions that looks at, until it has gone', async () => {
    for (let n = 0; n < 25; n += 1) await regions.first.change({ vendors: new Map([['vendor-2', { n }]]) });
    expect(await regions.ran()).toBe('copied');
    const note = await reasonPurged(1);
    const { first, second } = regions;
    let isRefused = true;
    const client = tellingClient(second.engine.endpoint, async ({ command }, send) => {
      if (isRefused && command === 'PutItemCommand') throw refused();
      return send();
    });
    // A run that has time for one version.
    let [asked, stop]: [number, AbortController | undefined] = [0, undefined];
    const brief = tellingClient(first.engine.endpoint, async ({ command }, send) => {
      if (command === 'BatchGetItemCommand') asked += 1;
      if (asked === 2) stop?.abort();
      return send();
    });
    let minute = 0;
    const follow = createPurgeFollowing({
      ...{ from: { ...first, client: brief }, to: { ...second, client } },
      clock: () => minute * MINUTE,
    });
    const head = await first.reader().open();
    const past = await createProvenPast()(head, head.objects);
    const run = async (isBrief = false) => {
      asked = 0;
      stop = isBrief ? new AbortController() : undefined;
      const context = readingWithin(stop?.signal ?? AbortSignal.timeout(20_000));
      const copies = objectCopies(first, second, regions.keys, context);
      const { purged, stopped } = await follow({ head, past, copies, context });
      minute += 1;
      return [purged, (stopped as StoreError | undefined)?.code];
    };
    // Of two minutes one has the first version.
    const came = [await run(), await run(), await run(), await run(true)];
    isRefused = false;
    minute = 5;
    came.push(await run(), await run());
    const no = [0, 'STORE_REFUSED'];
    expect(came).toEqual([no, no, no, no, [1, undefined], [0, undefined]]);
    expect((await itemOf(second, note))?.['z']).toBeUndefined();
    for (const each of [client, brief]) each.destroy();
  });

  /** One process, whose first run has time for the reasons of one version; which reasons each run asked for, and what it came to. */
  async function twoRuns(second: (head: OpenSnapshot, past: ProvenPast) => OpenSnapshot) {
    const { first } = regions;
    const notes = await Promise.all([1, 2, 3].map(async (version) => (await commitAt(version)).note));
    let [asked, stop]: [number[], AbortController | null] = [[], null];
    const client = tellingClient(first.engine.endpoint, async (sent, send) => {
      const keys = JSON.stringify((sent as object as { RequestItems?: unknown }).RequestItems ?? '');
      const of = notes.findIndex((note) => keys.includes(`"Keys":[{"digest":{"S":"${note}"}}]`)) + 1;
      if (of > 0) asked.push(of);
      // The newest version’s own look asks for its reason alone, too.
      if (asked.filter((each) => each === 2).length === 1 && of === 2) stop?.abort();
      return send();
    });
    const from = { ...first, client };
    const follow = createPurgeFollowing({ from, to: regions.second, clock: () => 0, reasons: 1 });
    const head = await first.reader().open();
    const past = await createProvenPast()(head, head.objects);
    const runs = [];
    for (const at of [head, second(head, past)]) {
      asked = [];
      stop = runs.length === 0 ? new AbortController() : null;
      const context = readingWithin(stop?.signal ?? AbortSignal.timeout(20_000));
      const copies = objectCopies(from, regions.second, regions.keys, context);
      const came = await follow({ head: at, past, copies, context });
      runs.push({ ...came, asked });
    }
    client.destroy();
    return runs;
  }

  it('says which facts wait for reasons that no run can read through, and goes on where the last one ended', async () => {
    const digest = await spilled('law');
    await purgedThere(digest, wordFor('law', digest));
    const [begun, ended] = await twoRuns((head) => head);
    expect(begun).toEqual({ purged: 0, unproven: 1, asked: [3, 1, 2] });
    expect(ended).toMatchObject({ purged: 1, unproven: 0, asked: expect.not.arrayContaining([1]) });
    expect((await itemOf(regions.second, digest))?.['z']).toBeUndefined();
  });

  it('of another history than they were seen in meets facts again', async () => {
    const digest = await spilled('law');
    await purgedThere(digest, wordFor('law', digest));
    const [begun, ended] = await twoRuns((head, past) => ({ ...head, version: 2, digest: past.digestAt(2) }));
    expect([begun?.unproven, ended?.purged, ended?.unproven]).toEqual([1, 0, 0]);
    expect((await itemOf(regions.second, digest))?.['z']).toBeDefined();
  });

  const refused = () => Object.assign(new Error('no'), { name: 'AccessDeniedException' });
});
