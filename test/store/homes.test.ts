/** A registry is never copied into tables of a name that it had before: whatever its people signed there would be at home again. */
import { randomUUID } from 'node:crypto';
import { type AttributeValue, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contentOf } from '../../functions/core/administration/statement.ts';
import { type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import { loadCommit } from '../../functions/store/ancestry.ts';
import { type Commit, encodeCommit, homeOf } from '../../functions/store/commit.ts';
import type { FloorRows } from '../../functions/store/floor-rows.ts';
import type { Item } from '../../functions/store/head.ts';
import { verifyHistory } from '../../functions/store/history-verify.ts';
import { demandNeverAcknowledgedAt, demandNeverAt } from '../../functions/store/homes.ts';
import type { StoreAt } from '../../functions/store/object-copies.ts';
import { insertObjects } from '../../functions/store/object-inserts.ts';
import { readingWithin } from '../../functions/store/object-items.ts';
import { signStatement } from '../../functions/store/person-signature.ts';
import { createProvenPast } from '../../functions/store/proven-past.ts';
import { encodeWord, type PurgeWord } from '../../functions/store/purge-word.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { stageAgain } from '../../functions/store/staging.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import type { ObjectSource } from '../../functions/store/stored-object.ts';
import { tableIdOf } from '../../functions/store/table-id.ts';
import { localKey } from '../../infra/local/identities.ts';
import { createKeyedTable, createTables, type Engine, engineClient, startEngine } from '../engine.ts';
import { signingPublisher } from './signed.ts';
import { META, pairedChange, type StoreRig, sampleState } from './store-rig.ts';
import { headItem, openRegions, putHead, type TwoRegions } from './two-regions.ts';

let engines: [Engine, Engine];
let regions: TwoRegions;
beforeAll(async () => {
  engines = [await startEngine(), await startEngine()];
});
afterAll(() => Promise.all(engines.map((engine) => engine.stop())));
/** Of three versions in the first Region, copied, restored and confirmed in the second, and changed there. */
beforeEach(async () => {
  regions = await openRegions(engines);
  const { first, second } = regions;
  await first.genesis(sampleState(5, 3));
  for (const value of [2, 3]) await first.change(pairedChange(value));
  expect(await regions.ran()).toBe('copied');
  await regions.restore();
  await regions.confirm();
  for (const value of [6, 7, 8, 9]) await second.change(pairedChange(value));
});
afterEach(() => regions.stop());

/** Tables of a third one, beside those of the second. */
async function third(
  names: { readonly objects?: string; readonly state?: string } = {},
  { endpoint }: Engine = engines[1],
): Promise<StoreAt> {
  const id = randomUUID();
  const tables = { objects: `objects-${id}`, state: `state-${id}`, floor: `floor-${id}`, ...names };
  return {
    client: engineClient(endpoint),
    tables: await createTables(endpoint, tables),
  };
}

/** Back to a HEAD of before, and confirmed under another name. */
async function cameBack(head: Item): Promise<StoreRig> {
  const { second, keys: publicKeys } = regions;
  const { client, signer, founders } = second;
  const tables = { ...second.tables, state: `state-${randomUUID()}` };
  const rig: StoreRig = {
    ...second,
    tables,
    publisher: signingPublisher({ client, tables, signer, publicKeys }),
    reader: (more = {}) => createRegistryReader({ client, tables, publicKeys, founders, ...more }),
  };
  await createKeyedTable(client, tables.state);
  await putHead(rig, head);
  for (const kind of ['restore', 'confirm'] as const) {
    const base = await rig.reader({ acceptUnconfirmed: true, acceptUnacknowledged: true }).open();
    const meta = { ...META, kind, succession: kind };
    await rig.publisher.commit({ base, staged: stageAgain(base), meta, note: null });
  }
  return rig;
}

const ran = (to: StoreAt) => regions.ran({ from: regions.second, to });

describe('a standby of what has moved', () => {
  it('is not made under the name of before, and nothing is written', async () => {
    const to = await third({ state: regions.first.tables.state });
    expect(await ran(to)).toBe('HOME_USED');
    for (const TableName of Object.values(to.tables))
      expect((await to.client.send(new ScanCommand({ TableName }))).Items).toEqual([]);
    to.client.destroy();
  });

  it('is made under a new one', async () => {
    const to = await third();
    expect([await ran(to), await ran(to)]).toEqual(['copied', 'current']);
    to.client.destroy();
  });

  it('is not gone on with under the name of before, however much of it was copied', async () => {
    const to = await third();
    expect(await ran(to)).toBe('copied');
    const { state } = await createTables(engines[1].endpoint, {
      ...{ objects: `objects-${randomUUID()}`, floor: `floor-${randomUUID()}` },
      state: regions.first.tables.state,
    });
    const again = { ...to, tables: { ...to.tables, state } };
    expect(await ran(again)).toBe('HOME_USED');
    // Also where what was copied stands there as HEAD: it is not called current.
    const head = await headItem({ ...regions.second, ...to });
    await putHead({ ...regions.second, ...again }, head ?? {});
    expect(await ran(again)).toBe('HOME_USED');
    to.client.destroy();
  });
});

describe('a standby of what came back twice', () => {
  it('is not made under the name of an epoch that was given up', async () => {
    const head = (await headItem(regions.second)) ?? {};
    const [givenUp, now] = [await cameBack(head), await cameBack(head)];
    const used = await third({ state: givenUp.tables.state }, engines[0]);
    expect(await regions.ran({ from: now, to: used })).toBe('HOME_USED');
    const copied = await used.client.send(new ScanCommand({ TableName: used.tables.objects }));
    expect(copied.Items).toEqual([]);
    const fresh = await third();
    expect(await regions.ran({ from: now, to: fresh })).toBe('copied');
    for (const { client } of [used, fresh]) client.destroy();
  });

  const ROWS = [
    { epoch: 1, version: 9, of: { epoch: 1, version: 9, home: 'one' } },
    { epoch: 1, version: 10, of: { epoch: 2, version: 10, home: 'two' } },
    { epoch: 2, version: 10, of: { epoch: 2, version: 10, home: 'two' } },
    // Whoever publishes may write any that is not there yet: above an epoch's own, and beneath them.
    { epoch: 2, version: 1, of: { epoch: 2, version: 10, home: 'anybody’s' } },
    { epoch: 2, version: 11, of: { epoch: 2, version: 11, home: 'anybody’s' } },
    { epoch: 5, version: 11, of: { epoch: 5, version: 11, home: 'five' } },
  ];
  it.each<[string, string, (row: (typeof ROWS)[number]) => boolean, string | null]>([
    ['of the newest epoch', 'five', () => true, 'HOME_USED'],
    ['of one before, beneath and above what somebody wrote', 'two', () => true, 'HOME_USED'],
    ['of one that ended', 'one', () => true, 'HOME_USED'],
    ['of none', 'another', () => true, null],
    ['of what is on HEAD’s way, which was looked at before', 'past', () => true, null],
    ['of none, where what one came to is not there', 'another', ({ of }) => of.epoch !== 2, 'OBJECT_MISSING'],
  ])('is asked of everything that the floor knows: the name %s', async (_, home, isThere, expected) => {
    const { second, keys: publicKeys } = regions;
    const head = await second.reader({ publicKeys }).open();
    const context = readingWithin(AbortSignal.timeout(20_000));
    const rows = ROWS.map((row) => {
      const bytes = encodeCommit({ ...head.commit, ...row.of, home: homeOf(row.of.home) });
      return { ...row, bytes, digest: digestOf(bytes), table: '' };
    });
    const there = new Map(rows.filter(isThere).map(({ digest, bytes }) => [digest, bytes]));
    await insertObjects(second.client, second.tables.objects, [...there], context);
    const past = encodeCommit({ ...head.commit, home: homeOf('past') });
    await insertObjects(second.client, second.tables.objects, [[digestOf(past), past]], context);
    const all: FloorRows['all'] = async function* () {
      yield rows.slice(0, 1);
      yield [...rows.slice(1), { epoch: 1, version: 1, digest: digestOf(past), table: '' }];
    };
    const known = { has: (digest: Digest) => digest === digestOf(past) };
    const asked = demandNeverAcknowledgedAt(homeOf(home), { all }, known, head.objects, context);
    const code = await asked.then(
      () => null,
      (error: unknown) => error instanceof StoreError && error.code,
    );
    expect(code).toBe(expected);
  });
});

it('what everybody purged at one home is purged at every later one', async () => {
  const { second, keys } = regions;
  const { law } = (await second.reader({ publicKeys: keys }).open({ exact: 2 })).root;
  const asked: PurgeWord['asked'] = {
    ...{ kind: 'purge', authority: 'test-authority', reason: 'Spillage', salt: '0'.repeat(32) },
    ...{ notes: [], objects: [law], proposals: [], jobs: [] },
  };
  const purgedFor = async (home: string) => {
    const said = { operation: 'purge', registry: home, content: contentOf(asked), epoch: 2 } as const;
    const at = new Date().toISOString();
    const signed = ['pat', 'alex'].map((name) => signStatement({ ...said, at }, localKey(name)));
    const Item = { digest: { S: law }, purged: { BOOL: true }, ...encodeWord({ asked, signed }) };
    await second.client.send(new PutItemCommand({ TableName: second.tables.objects, Item }));
  };
  const moved = await cameBack((await headItem(second)) ?? {});
  const audited = async () => {
    const { client, tables, founders } = moved;
    const signal = AbortSignal.timeout(20_000);
    const by = { client, tables, founders, publicKeys: keys, signal, isLaidOut: async () => true };
    const { problems, purged } = await verifyHistory(by);
    return [problems.map(({ code }) => code), purged.length];
  };
  await purgedFor(homeOf('another'));
  expect(await audited()).toEqual([['OBJECT_ALTERED'], 0]);
  // Signed where it was in between: neither where the version was, nor where HEAD is.
  await purgedFor(homeOf(second.tables.state));
  expect(await audited()).toEqual([[], 1]);
  const to = await third();
  expect(await regions.ran({ from: moved, to })).toBe('copied');
  to.client.destroy();
});

describe('where a history has lived', () => {
  it('is every place in which an epoch of it was, and no other', async () => {
    const head = await regions.second.reader({ publicKeys: regions.keys }).open();
    const past = await createProvenPast()(head, head.objects);
    const { first, second } = regions;
    const homes = [second, first].map(({ tables }) => homeOf(tables.state));
    const told = [...homes, homeOf('another')].map((home) => refusedBy(() => demandNeverAt(home, past)));
    expect(told).toEqual([['HOME_USED', 9], ['HOME_USED', 3], null]);
  });

  it('is told by the way itself, whatever the longer links of a commit lead to', async () => {
    const { first, second, keys: publicKeys } = regions;
    const head = await second.reader({ publicKeys }).open();
    const context = readingWithin(AbortSignal.timeout(20_000));
    // As if it had all begun here: signed by whoever signs here, of the epoch and the home there are.
    const made = async (commit: Commit) => {
      const bytes = encodeCommit(commit);
      const digest = digestOf(bytes);
      await insertObjects(second.client, second.tables.objects, [[digest, bytes]], context);
      return { digest, commit };
    };
    const beginning = await made({ ...head.commit, version: 1, ancestors: [] });
    const [parent, ...others] = head.commit.ancestors;
    const nowhere = digestOf(Buffer.from('nowhere'));
    for (const links of [
      others.map((each, k) => (k === others.length - 1 ? beginning.digest : each)),
      others.map(() => nowhere),
    ]) {
      const liar = await made({ ...head.commit, ancestors: [parent ?? nowhere, ...links] });
      const past = await createProvenPast()(liar, head.objects);
      expect(past.digestAt(9)).toBe(liar.digest);
      expect(refusedBy(() => demandNeverAt(homeOf(first.tables.state), past))).toEqual(['HOME_USED', 3]);
    }
    const skipped = await made({ ...head.commit, ancestors: [beginning.digest, ...others] });
    await expect(createProvenPast()(skipped, head.objects)).rejects.toMatchObject({
      code: 'OBJECT_MALFORMED',
    });
  });

  it('is read once, and from then on what is new; of another history, from where they part', async () => {
    const { first, second, keys: publicKeys } = regions;
    const open = () => second.reader({ publicKeys }).open();
    const pastOf = createProvenPast();
    let asked: Digest[] = [];
    const told = async () => {
      const head = await open();
      asked = [];
      const objects: ObjectSource = {
        load: (digests, allowed) => {
          asked.push(...digests);
          return head.objects.load(digests, allowed);
        },
      };
      return pastOf(head, objects);
    };
    const before = await told();
    expect(new Set(asked).size).toBe(8);
    await second.change(pairedChange(10));
    const after = await told();
    expect([asked.length, after.digestAt(9)]).toEqual([0, before.digestAt(9)]);
    expect(refusedBy(() => after.digestAt(11))).toEqual(['VERSION_UNKNOWN', undefined]);
    expect(refusedBy(() => before.digestAt(10))).toEqual(['VERSION_UNKNOWN', undefined]);
    expect(after.newestAt(homeOf(first.tables.state))).toBe(3);
    const ninth = await loadCommit((await open()).objects, before.digestAt(9));
    const fork = { ...ninth, kind: 'another' };
    const forked = digestOf(encodeCommit(fork));
    const other = await pastOf({ digest: forked, commit: fork }, (await open()).objects);
    expect([other.digestAt(9), other.digestAt(8)]).toEqual([forked, before.digestAt(8)]);
    // What was there before, again: nothing that was dropped stays.
    const head = await open();
    const back = await pastOf(
      { digest: before.digestAt(8), commit: await loadCommit(head.objects, before.digestAt(8)) },
      head.objects,
    );
    expect(refusedBy(() => back.digestAt(9))).toEqual(['VERSION_UNKNOWN', undefined]);
  });

  function refusedBy(ask: () => unknown) {
    try {
      ask();
      return null;
    } catch (error) {
      return error instanceof StoreError ? [error.code, error.version] : error;
    }
  }
});

describe('beside a floor that was lost, whoever may write HEAD and the new one', () => {
  it.each<[state: string, isNew: boolean, opens: string]>([
    ['of the same name', false, 'version 3'],
    ['of a new name', true, 'LINEAGE_CHANGED'],
  ])('puts back what was, where the state table is %s', async (_, isNew, opens) => {
    const { first } = regions;
    const { client, founders, keys: publicKeys, tables: before } = first;
    const rows = (await client.send(new ScanCommand({ TableName: before.floor }))).Items ?? [];
    const head = await headItem(first);
    // What was taken away since, and what only the floor that is lost would know.
    await first.change(pairedChange(4));
    const id = randomUUID();
    const made = await createTables(engines[0].endpoint, {
      ...{ objects: `none-${id}`, state: `state-${id}`, floor: `floor-${id}` },
    });
    const tables = { ...before, floor: made.floor, ...(isNew && { state: made.state }) };
    const adopting = { ...first, tables };
    await putHead(adopting, (await headItem(first)) ?? {});
    const opened = () =>
      createRegistryReader({ client, tables, founders, publicKeys, budgetMs: 20_000 })
        .open()
        .then(
          ({ version }) => `version ${version}`,
          ({ code }) => code,
        );
    expect(await opened()).toBe('FLOOR_MISSING');
    const signal = AbortSignal.timeout(20_000);
    const [was, is] = await Promise.all(
      [before, tables].map(({ floor }) => tableIdOf(client, floor, signal)),
    );
    const forThis = ({ S, ...value }: AttributeValue) =>
      S === undefined ? value : { S: S.replace(was ?? '', is ?? '') };
    for (const row of rows) {
      const Item = Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, forThis(value) as AttributeValue]),
      );
      await client.send(new PutItemCommand({ TableName: tables.floor, Item }));
    }
    await putHead(adopting, head ?? {});
    expect(await opened()).toBe(opens);
  });
});
