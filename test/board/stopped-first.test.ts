/** Whatever else of a registry cannot be drawn, the board says what is stopped. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBoard } from '../../functions/board/board.ts';
import { recentChanges } from '../../functions/board/changes.ts';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { purgeObject } from '../../functions/store/purge.ts';
import type { PurgeWord } from '../../functions/store/purge-word.ts';
import type { OpenSnapshot, SnapshotReader } from '../../functions/store/registry-reader.ts';
import { triesOf } from '../../functions/store/registry-tries.ts';
import { stageState } from '../../functions/store/staging.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { pathTo } from '../../functions/store/trie-lookup.ts';
import { stateOf } from '../decide/rig.ts';
import { type Engine, startEngine } from '../engine.ts';
import { smallSample } from '../registry/small-sample.ts';
import { META, openRig, type StoreRig } from '../store/store-rig.ts';

const AT = Date.parse('2026-11-23T12:00:00Z');
const source = { citation: 'A test', verified: true };
const hold = (id: string, scope: RawFact): RawFact => ({
  ...{ kind: 'hold', id, authority: 'us-state', scope, cause: 'doubt' },
  ...{ valid: { from: '2026-11-23', to: null, zone: 'UTC' }, sources: [source] },
});

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

describe('everything is stopped', () => {
  let rig: StoreRig;
  let head: OpenSnapshot;
  let before: OpenSnapshot;
  beforeAll(async () => {
    rig = await openRig(engine);
    await rig.genesis(stateOf(smallSample()));
    before = await rig.reader().open();
    const facts = new Map(smallSample());
    facts.set('hold/all', hold('all', { everything: true }));
    facts.set('hold/one', hold('one', { network: 'us-a' }));
    await rig.publisher.commit({
      ...{ base: before, staged: stageState(stateOf(facts)), meta: META, note: 'change' },
    });
    head = await rig.reader().open();
  });

  /** The registry but for these objects. */
  function without(missing: readonly (Digest | null)[], held: OpenSnapshot['held']): SnapshotReader {
    return {
      async open(...options) {
        const snapshot = await rig.reader().open(...options);
        const load: OpenSnapshot['objects']['load'] = async (digests, types) => {
          const digest = digests.find((each) => missing.includes(each));
          if (digest !== undefined) throw new StoreError('OBJECT_MISSING', { digest });
          return snapshot.objects.load(digests, types);
        };
        const read: OpenSnapshot['read'] = (keys) =>
          missing.includes(snapshot.root.law)
            ? Promise.reject(new StoreError('OBJECT_MISSING'))
            : snapshot.read(keys);
        return { ...snapshot, held, read, objects: { load } };
      },
    };
  }

  const HELD = 'This registry came back from a backup';
  const EVERYTHING = 'EVERYTHING STOPPED by us-state since 2026-11-23T00:00:00.000Z (hold/all)';
  const ONE = 'Stopped: network us-a by us-state since 2026-11-23T00:00:00.000Z (hold/one)';
  const UNREADABLE = 'The registry cannot be read (OBJECT_MISSING)';
  const MATRIX = 'What may be routed where';
  const ALL = [HELD, EVERYTHING, ONE, UNREADABLE, MATRIX];

  it.each<[string, () => readonly (Digest | null)[], OpenSnapshot['held'], readonly string[]]>([
    ['all of it', () => [], null, [EVERYTHING, ONE, MATRIX]],
    ['all but what was before', () => [before.commit.root], null, [EVERYTHING, ONE, UNREADABLE]],
    ['the law', () => [head.root.facts], null, [EVERYTHING, ONE, UNREADABLE]],
    [
      'the law of what came back',
      () => [head.root.facts],
      'LINEAGE_CHANGED',
      [HELD, EVERYTHING, ONE, UNREADABLE],
    ],
    ['nothing', () => [head.root.facts, head.root.law], null, [UNREADABLE]],
    [
      'nothing of what came back',
      () => [head.root.facts, head.root.law],
      'LINEAGE_CHANGED',
      [HELD, UNREADABLE],
    ],
  ])('with %s readable', async (_what, missing, held, said) => {
    const text = await createBoard({ reader: without(missing(), held), clock: () => AT })({});
    expect(ALL.filter((each) => text.includes(each))).toEqual(said);
  });

  it.each([{ region: 'eu' }, { route: 7 }, { profile: null }, { markings: 'x'.repeat(10_000) }])(
    'whatever it was given: %j',
    async (event) => {
      const board = createBoard({ reader: without([], null), clock: () => AT });
      const text = await board(event as never);
      expect(ALL.filter((each) => text.includes(each))).toEqual([EVERYTHING, ONE]);
      expect(text).toContain('so nothing is drawn');
    },
  );
});

it('a version of which facts were purged has changed something, nobody can tell what', async () => {
  const rig = await openRig(engine);
  await rig.genesis(stateOf(smallSample()));
  const set = (id: string, word: string) => rig.change({ facts: new Map([[`network/${id}`, { word }]]) });
  for (const word of ['first', 'spilled', 'clean', 'new']) await set('a', word);
  const spilled = await rig.reader().open({ exact: 3 });
  const leaf = (await pathTo(spilled.objects, triesOf(spilled.root).facts, 'network/a')).at(-1);
  if (leaf === undefined) throw new Error('it is in no leaf');
  const options = { client: rig.client, tables: rig.tables, signal: AbortSignal.timeout(10_000) };
  const nobodys: PurgeWord = {
    asked: {
      ...{ kind: 'purge', authority: 'us-state', reason: 'A test', salt: '0'.repeat(32) },
      ...{ notes: [], proposals: [], objects: [], jobs: [] },
    },
    signed: [],
  };
  expect(await purgeObject(options, leaf, nobodys)).toBe('purged');
  const lists = { added: [], changed: [], removed: [] };
  expect((await recentChanges(rig.reader())).map(({ version, facts }) => [version, facts])).toEqual([
    [5, { ...lists, changed: ['network/a'] }],
    [4, 'purged'],
    [3, 'purged'],
    [2, { ...lists, added: ['network/a'] }],
    [1, lists],
  ]);
});
