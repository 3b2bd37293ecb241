import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import { commitOf, noteOf } from '../../functions/store/history.ts';
import { verifyHistory } from '../../functions/store/history-verify.ts';
import { objectBytes } from '../../functions/store/object-items.ts';
import { type PurgeOutcome, purgeObject } from '../../functions/store/purge.ts';
import type { PurgeWord } from '../../functions/store/purge-word.ts';
import { stageChanges } from '../../functions/store/staging.ts';
import { type Engine, startEngine } from '../engine.ts';
import { META, openRig, type StoreRig, sampleState } from './store-rig.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

async function threeVersions(): Promise<StoreRig> {
  const rig = await openRig(engine);
  await rig.genesis(sampleState(30));
  await rig.change({ law: { secret: true }, vendors: new Map([['vendor-1', { secret: true }]]) });
  await rig.change({ law: { secret: false }, vendors: new Map([['vendor-1', { secret: false }]]) });
  return rig;
}

/** A word that nobody gave: what it is worth, the audit says. */
const NOBODYS: PurgeWord = {
  asked: {
    ...{ kind: 'purge', authority: 'us-state', reason: 'A test', salt: '0' },
    ...{ notes: [], proposals: [], objects: [], blobs: [] },
  },
  signed: [],
};

async function purge(rig: StoreRig, digest: Digest): Promise<PurgeOutcome> {
  const signal = AbortSignal.timeout(10_000);
  return purgeObject({ client: rig.client, tables: rig.tables, signal }, digest, NOBODYS);
}

const at = (rig: StoreRig, version: number) => rig.reader().open({ exact: version });

describe('purge', () => {
  const CASES: [string, (rig: StoreRig) => Promise<Digest>, PurgeOutcome][] = [
    ["an earlier version's note", async (rig) => (await at(rig, 2)).commit.note, 'purged'],
    ["HEAD's note", async (rig) => (await at(rig, 3)).commit.note, 'purged'],
    ['a commit', async (rig) => (await at(rig, 2)).digest, 'structure'],
    ['a root', async (rig) => (await at(rig, 2)).commit.root, 'structure'],
    ['what is not there', async () => digestOf(Buffer.from('nothing')), 'missing'],
  ];
  it.each(CASES)('%s', async (_, choose, outcome) => {
    const rig = await threeVersions();
    const digest = await choose(rig);
    expect(await purge(rig, digest)).toBe(outcome);
    const report = await verifyHistory({
      // These documents are of no facts.
      isLaidOut: async () => true,
      client: rig.client,
      tables: rig.tables,
      publicKeys: rig.keys,
      founders: rig.founders,
      signal: AbortSignal.timeout(10_000),
    });
    expect(report.sound).toBe(true);
    expect(report.purged.map((one) => one.digest)).toEqual(outcome === 'purged' ? [digest] : []);
    if (outcome === 'purged') expect(await purge(rig, digest)).toBe('already-purged');
    const head = await rig.reader().open();
    expect((await head.read(['network/net-1'])).entries.size).toBe(1);
    expect((await head.vendors(['vendor-1'])).size).toBe(1);
  });

  it.each<[string, (rig: StoreRig) => Promise<Digest>]>([
    ['law', async (rig) => (await at(rig, 2)).root.law],
    ['a leaf', async (rig) => (await at(rig, 2)).root.vendors as Digest],
  ])('%s without everybody’s word is a hole', async (_, choose) => {
    const rig = await threeVersions();
    const digest = await choose(rig);
    expect(await purge(rig, digest)).toBe('purged');
    const report = await verifyHistory({
      isLaidOut: async () => true,
      ...{ client: rig.client, tables: rig.tables, publicKeys: rig.keys, founders: rig.founders },
      signal: AbortSignal.timeout(10_000),
    });
    expect([report.purged, report.problems]).toEqual([[], [{ code: 'OBJECT_ALTERED', version: 2, digest }]]);
    const past = await rig.reader().open({ exact: 2 });
    await expect(past.read([]).then(() => past.vendors(['vendor-1']))).rejects.toMatchObject({
      code: 'VERSION_PURGED',
    });
  });

  it('a node, and what cannot be read, stay', async () => {
    const rig = await openRig(engine);
    await rig.genesis(sampleState(300));
    const { facts } = (await rig.reader().open()).root;
    if (facts === null) throw new Error('no facts');
    expect(await purge(rig, facts)).toBe('structure');
    const { note } = (await rig.reader().open()).commit;
    const damaged = { digest: { S: note }, z: { B: Buffer.from('damaged') }, n: { N: '9' } };
    await rig.client.send(new PutItemCommand({ TableName: rig.tables.objects, Item: damaged }));
    expect(await purge(rig, note)).toBe('unreadable');
  });

  it('leaves the log whole, without the note', async () => {
    const rig = await threeVersions();
    const head = await rig.reader().open();
    const second = await commitOf(head, 2);
    expect(await noteOf(head, second)).toBe('change');
    await purge(rig, second.commit.note);
    const later = await rig.reader().open();
    expect((await commitOf(later, 2)).digest).toBe(second.digest);
    await expect(noteOf(later, second)).rejects.toMatchObject({ code: 'OBJECT_PURGED' });
  });

  it('cannot be undone by publishing the same again', async () => {
    const rig = await threeVersions();
    const { note } = (await at(rig, 2)).commit;
    const { Item } = await rig.client.send(
      new GetItemCommand({ TableName: rig.tables.objects, Key: { digest: { S: note } } }),
    );
    await purge(rig, note);
    const base = await rig.reader().open();
    const changed = await stageChanges(base, {});
    const again = objectBytes(note, Item ?? {}, 64 * 1024);
    const staged = { ...changed, objects: new Map([...changed.objects, [note, again]]) };
    await expect(rig.publisher.commit({ base, staged, meta: META, note: null })).rejects.toMatchObject({
      code: 'OBJECT_PURGED',
    });
    expect((await rig.reader().open()).version).toBe(3);
  });
});
