/** What was purged in the first Region after its standby had copied it: what goes here too, and what stays. */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contentOf } from '../../functions/core/administration/statement.ts';
import { type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import { homeOf } from '../../functions/store/commit.ts';
import { signStatement } from '../../functions/store/person-signature.ts';
import { encodeWord, type PurgeWord } from '../../functions/store/purge-word.ts';
import { triesOf } from '../../functions/store/registry-tries.ts';
import { createStandby } from '../../functions/store/standby.ts';
import { pathTo } from '../../functions/store/trie-lookup.ts';
import { localKey } from '../../infra/local/identities.ts';
import { type Engine, startEngine } from '../engine.ts';
import { tellingClient } from './dying-client.ts';
import { lawWith, type StoreRig, sampleState } from './store-rig.ts';
import { openRegions, type TwoRegions } from './two-regions.ts';

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
  readonly asked?: Partial<PurgeWord['asked']>;
}

/** The word of two people for it to go, but for what is said otherwise. */
function wordFor(
  place: Place,
  digest: Digest,
  { names = ['pat', 'alex'], registry, asked: more }: Saying = {},
) {
  const asked: PurgeWord['asked'] = {
    ...{ kind: 'purge', authority: 'test-authority', reason: 'Spillage', salt: '0' },
    ...{ notes: place === 'note' ? [2] : [], objects: place === 'note' ? [] : [digest] },
    ...{ proposals: [], jobs: [] },
    ...more,
  };
  const home = registry ?? homeOf(regions.first.tables.state);
  const said = { operation: 'purge', registry: home, content: contentOf(asked), epoch: 1 } as const;
  const at = new Date().toISOString();
  return encodeWord({ asked, signed: names.map((name) => signStatement({ ...said, at }, localKey(name))) });
}

/** As the first Region's purge leaves it. */
async function purgedThere(digest: Digest, word: object): Promise<void> {
  const { client, tables } = regions.first;
  const Item = { digest: { S: digest }, purged: { BOOL: true }, ...word };
  await client.send(new PutItemCommand({ TableName: tables.objects, Item }));
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

describe('looking', () => {
  /** One process, as it stays. */
  const process = (more: object = {}, clock: () => number = Date.now) =>
    createStandby({
      ...{ from: regions.first, to: regions.second, publicKeys: regions.keys },
      ...{ founders: regions.first.founders, clock, budgetMs: 20_000, ...more },
    });

  it('rests for an hour once it has seen all', async () => {
    let later = 0;
    const run = process({}, () => Date.now() + later);
    expect(await run()).toMatchObject({ outcome: 'current', purged: 0 });
    const digest = await spilled('note');
    await purgedThere(digest, wordFor('note', digest));
    expect(await run()).toMatchObject({ outcome: 'current', purged: 0 });
    later = 61 * 60 * 1000;
    expect(await run()).toMatchObject({ outcome: 'current', purged: 1 });
  });

  it('goes through a history a few versions a run', async () => {
    for (let n = 0; n < 25; n += 1) await regions.first.change({ vendors: new Map([['vendor-2', { n }]]) });
    expect(await regions.ran()).toBe('copied');
    const digest = await spilled('note');
    await purgedThere(digest, wordFor('note', digest));
    const run = process();
    expect([(await run()).purged, (await run()).purged]).toEqual([0, 1]);
  });

  it('that may not overwrite fails, and is not taken for done', async () => {
    const digest = await spilled('law');
    await purgedThere(digest, wordFor('law', digest));
    const client = tellingClient(regions.second.engine.endpoint, async ({ command }, send) => {
      if (command === 'PutItemCommand')
        throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
      return send();
    });
    const run = process({ to: { ...regions.second, client } });
    await expect(run()).rejects.toMatchObject({ code: 'STORE_REFUSED' });
    await expect(run()).rejects.toMatchObject({ code: 'STORE_REFUSED' });
    client.destroy();
  });
});
