import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../functions/core/facts/canonical.ts';
import * as history from '../../functions/store/history.ts';
import { verifyHistory } from '../../functions/store/history-verify.ts';
import { stageAgain } from '../../functions/store/staging.ts';
import { type Engine, startEngine } from '../engine.ts';
import { META, networkDocument, openRig, type StoreRig, sampleState } from './store-rig.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

/** Versions 1 to 9: net-1 changes at even versions, net-2 is removed at 5. */
async function nineVersions(): Promise<StoreRig> {
  const rig = await openRig(engine);
  await rig.genesis(sampleState(300));
  for (let version = 2; version <= 9; version += 1) {
    const facts = new Map<string, Json | null>();
    if (version % 2 === 0) facts.set('network/net-1', networkDocument(1, version));
    if (version === 5) facts.set('network/net-2', null);
    await rig.change({ facts });
  }
  return rig;
}

const verify = (rig: StoreRig) =>
  verifyHistory({
    // These documents are of no facts.
    isLaidOut: async () => true,
    client: rig.client,
    tables: rig.tables,
    publicKeys: rig.keys,
    founders: rig.founders,
    signal: AbortSignal.timeout(20_000),
  });

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('history', () => {
  let rig: StoreRig;
  beforeAll(async () => {
    rig = await nineVersions();
  });

  it('lists every version, newest first, with what was noted', async () => {
    const head = await rig.reader().open();
    const commits = await collect(history.ancestry(head));
    expect(commits.map(({ commit }) => commit.version)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(await Promise.all(commits.map((at) => history.noteOf(head, at)))).toEqual([
      ...new Array(8).fill('change'),
      'genesis',
    ]);
  });

  it('links each commit to those 1, 2, 4 … versions before', async () => {
    const head = await rig.reader().open();
    const commits = await collect(history.ancestry(head));
    const digests = new Map(commits.map(({ digest, commit }) => [commit.version, digest]));
    for (const { commit } of commits) {
      const expected = [1, 2, 4, 8].map((step) => digests.get(commit.version - step)).filter((d) => d);
      expect(commit.ancestors).toEqual(expected);
    }
    for (let version = 1; version <= 9; version += 1) {
      expect((await history.commitOf(head, version)).digest).toBe(digests.get(version));
    }
    await expect(history.commitOf(head, 10)).rejects.toMatchObject({ code: 'VERSION_UNKNOWN' });
  });

  it('compares two versions', async () => {
    const reader = rig.reader();
    const [first, last] = [await reader.open({ exact: 1 }), await reader.open()];
    const found = await collect(history.diff(first, last, 'facts'));
    expect(found.sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
      { key: 'network/net-1', before: networkDocument(1), after: networkDocument(1, 8) },
      { key: 'network/net-2', before: networkDocument(2), after: undefined },
    ]);
    expect(await collect(history.diff(last, last, 'facts'))).toEqual([]);
    expect(await collect(history.diff(first, last, 'view'))).toEqual([]);
  });

  it('names who changed a key last', async () => {
    const head = await rig.reader().open();
    const blame = async (key: string) => (await history.lastChange(head, 'facts', key))?.commit.version;
    expect(await blame('network/net-1')).toBe(8);
    expect(await blame('network/net-2')).toBe(5);
    expect(await blame('network/net-3')).toBe(1);
    expect(await blame('network/nobody')).toBeUndefined();
  });

  it('reads a whole state', async () => {
    const head = await rig.reader().open();
    expect(new Map(await collect(history.trieFacts(head, 'view')))).toEqual(sampleState(300).view);
    expect((await collect(history.trieFacts(head, 'facts'))).length).toBe(299 + 1);
  });

  it('verifies', async () => {
    const report = await verify(rig);
    expect(report).toMatchObject({ sound: true, head: 9, commits: 9, problems: [], purged: [] });
  });

  it('rolls back: an earlier root as a new version, without writing its objects again', async () => {
    const reader = rig.reader();
    const base = await reader.open();
    const staged = stageAgain(await reader.open({ exact: 4 }));
    expect(staged.objects.size).toBe(0);
    const meta = { ...META, kind: 'roll-back' };
    await rig.publisher.commit({ base, staged, meta, note: 'wrong' });
    const open = await reader.open();
    expect(open.version).toBe(10);
    expect(await collect(history.diff(await reader.open({ exact: 4 }), open, 'facts'))).toEqual([]);
    expect((await verify(rig)).sound).toBe(true);
  });
});
