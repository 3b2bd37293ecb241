/**
 * What the role of the registry can publish that `decide` does not see through, and how it might hide that from the watch:
 * under more versions, behind what is not there, beside facts that say something else.
 */
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { viewChanges } from '../../functions/core/administration/view-changes.ts';
import { type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { ancestorCount } from '../../functions/store/commit.ts';
import { verifyHistory } from '../../functions/store/history-verify.ts';
import { encodeRoot } from '../../functions/store/registry-root.ts';
import { stageAgain, stageChanges, stageState } from '../../functions/store/staging.ts';
import { encodeLeaf, encodeNode } from '../../functions/store/trie-node.ts';
import { createHistoryAudit } from '../../functions/watch/audit.ts';
import { contextFor, personNamed } from '../registry/rig.ts';
import { signedOn } from '../store/signed.ts';
import {
  asked,
  base,
  doors,
  facts,
  forge,
  HOLD,
  honest,
  keyring,
  on,
  problems,
  putBack,
  staged,
  startForgingOver,
  vendorX,
} from './forging.ts';
import { oneRoute } from './one-route.ts';

beforeAll(() => startForgingOver(oneRoute()), 120_000);
afterAll(() => doors.stop());
beforeEach(putBack);

const STOPPED = new Map([['hold/stop', HOLD]]);
const newest = () => doors.store.reader().open();

/** A stop by one person, and the registry without it again: nobody else has signed either. */
async function undone(): Promise<void> {
  await forge({ kind: 'hold', staged: await staged(STOPPED) });
  await forge({ kind: 'hold', on: await newest(), staged: stageAgain(honest) });
}

async function buried(versions: number): Promise<void> {
  for (let more = 0; more < versions; more += 1) {
    const on = await newest();
    await forge({ kind: 'hold', on, staged: stageAgain(on) });
  }
}

/** A watch as a fresh process has it; `perLook` versions at a look. */
function watching(perLook = Number.POSITIVE_INFINITY) {
  const { client, tables, keys: publicKeys, founders } = doors.store;
  let now = 0;
  const audit = createHistoryAudit({
    ...{ client, tables, publicKeys, founders },
    clock: () => now++,
    sliceMs: perLook,
    budgetMs: 60_000,
  });
  return async () => {
    const { problems: found, unaudited } = await audit(await newest());
    return { found: [...new Set(found.map(({ code }) => code))], unaudited };
  };
}

const SOUND = { found: [], unaudited: 0 };

describe('the watch', () => {
  it('finds nothing in what honest people made, however often it looks', async () => {
    const look = watching();
    expect([await look(), await look()]).toEqual([SOUND, SOUND]);
    const next = await staged(new Map([['vendor/x', vendorX()]]));
    const signed = signedOn(base(), keyring, on(next, ['pat', 'alex']));
    await forge({ staged: next, ...signed });
    const stopped = await staged(STOPPED, await newest());
    await forge({ kind: 'hold', on: await newest(), staged: stopped, ...signed });
    expect([await look(), await watching()()]).toEqual([SOUND, SOUND]);
    expect(await problems()).toEqual([]);
  });

  it('finds a stop that one person undoes, which decide cannot see', async () => {
    const look = watching();
    expect(await look()).toEqual(SOUND);
    await undone();
    expect(await asked(await doors.fresh('decide'))).toMatchObject({ decision: true });
    const found = { found: ['NOT_RESTRICTING'], unaudited: 0 };
    for (const each of [look, look, watching()]) expect(await each()).toEqual(found);
  });

  it('finds it under any number of versions, and says how far it has come', async () => {
    const warm = watching();
    expect(await warm()).toEqual(SOUND);
    await undone();
    await buried(6);
    for (const more of [0, 1]) {
      await buried(more);
      expect(await warm()).toEqual({ found: ['NOT_RESTRICTING'], unaudited: 0 });
    }
    const look = watching(3);
    const seen = [];
    for (let looks = 0; looks < 12; looks += 1) seen.push(await look());
    expect(seen[0]).toEqual({ found: [], unaudited: expect.any(Number) });
    expect(seen[0]?.unaudited).toBeGreaterThan(1);
    expect(seen.at(-1)).toEqual({ found: ['NOT_RESTRICTING'], unaudited: 0 });
    const left = seen.map(({ unaudited }) => unaudited);
    expect(left).toEqual(left.toSorted((a, b) => b - a));
  });

  it('keeps what it found where there is no time to come to it again', async () => {
    const look = watching(3);
    await undone();
    for (let looks = 0; looks < 6; looks += 1) await look();
    await buried(8);
    const { found, unaudited } = await look();
    expect([found, unaudited > 1]).toEqual([['NOT_RESTRICTING'], true]);
  });

  it('begins anew where HEAD goes back, and on another branch of what it knows', async () => {
    const look = watching();
    await undone();
    expect((await look()).found).toEqual(['NOT_RESTRICTING']);
    await putBack();
    expect(await look()).toEqual(SOUND);
    await undone();
    expect(await look()).toEqual({ found: ['NOT_RESTRICTING'], unaudited: 0 });
  });

  it('finds a HEAD that goes on from another version than the one it knew', async () => {
    const look = watching();
    await forge({ kind: 'hold', staged: await staged(STOPPED) });
    expect(await look()).toEqual(SOUND);
    await forge({ kind: 'hold' });
    await buried(1);
    expect((await look()).found).toContain('ANCESTORS');
  });
});

describe('a stop that is undone is not hidden', () => {
  it('by a tombstone in the place of what it was: nothing but a note is ever purged', async () => {
    const { client, tables } = doors.store;
    const { objects } = await staged(STOPPED);
    await undone();
    await buried(2);
    for (const digest of objects.keys()) {
      const Item = { digest: { S: digest }, purged: { BOOL: true } };
      await client.send(new PutItemCommand({ TableName: tables.objects, Item }));
    }
    expect((await watching()()).found).toContain('OBJECT_ALTERED');
    expect(await problems()).toContain('OBJECT_ALTERED');
    for (const digest of objects.keys())
      await client.send(new DeleteItemCommand({ TableName: tables.objects, Key: { digest: { S: digest } } }));
    expect((await watching()()).found).toContain('OBJECT_MISSING');
    expect(await problems()).toContain('OBJECT_MISSING');
  });
});

/** Tries of six levels, of as many objects, that a walk of every path would never come to the end of. */
function folded(children: (of: readonly Digest[], index: number) => Digest | undefined) {
  const objects = new Map<Digest, Uint8Array>();
  const add = (bytes: Uint8Array): Digest => {
    objects.set(digestOf(bytes), bytes);
    return digestOf(bytes);
  };
  let below = ['x', 'y'].map((id) => add(encodeLeaf([[`network/${id}`, '{}']])));
  for (let depth = 6; depth >= 0; depth -= 1) {
    const of = below;
    const node = (shift: number) =>
      add(
        encodeNode(
          Array.from({ length: depth === 0 ? 64 : 256 }, (_, index) => {
            const digest = children(of, index + shift);
            return digest === undefined ? null : { digest, size: 1 };
          }),
        ),
      );
    below = [node(0), node(1)];
  }
  const root = { ...honest.root, facts: below[0] ?? null };
  const rootBytes = encodeRoot(root);
  return { root, rootBytes, rootDigest: digestOf(rootBytes), objects };
}

describe('an audit that nobody comes to the end of', () => {
  const gwen = () => personNamed(contextFor(doors.store, doors.store.signer), 'gbr-proposer');
  it.each<[string, (of: readonly Digest[], index: number) => Digest | undefined]>([
    ['one child in every place', ([one]) => one],
    ['two children, in turns', (of, index) => of[index % 2]],
    ['two children in two places', (of, index) => (index < 3 ? of[index % 2] : undefined)],
  ])('is ended by a trie of facts with %s', async (_, children) => {
    const endless = folded(children);
    await forge({ kind: 'hold', staged: await staged(STOPPED) });
    await forge({
      kind: 'hold',
      on: await newest(),
      staged: endless,
    });
    // No trie, or more differences than a stop has: whichever is met first.
    const named = expect.stringMatching(/^(?:LAYOUT|NOT_RESTRICTING)$/);
    expect((await watching()()).found).toEqual([named]);
    expect(await problems()).toEqual(expect.arrayContaining([named, 'OBJECT_MISPLACED']));
    // Nor does anybody wait for ever who wants to stop it.
    const hold = {
      id: 'h',
      authority: 'uk-ncsc',
      scope: { everything: true },
      cause: 'doubt',
      reason: 'A test',
    };
    expect((await gwen().post('hold', hold)).status).toBe(503);
  });

  it.each([
    [100, []],
    [101, ['NOT_RESTRICTING']],
  ])('is not made of differences: one person stops %i things at once', async (count, expected) => {
    const stops = Array.from({ length: count }, (_, n): [string, RawFact] => [
      `hold/stop-${n}`,
      { ...HOLD, id: `stop-${n}` },
    ]);
    await forge({ kind: 'hold', staged: await staged(new Map(stops)) });
    expect((await watching()()).found).toEqual(expected);
  });

  it('is not asked twice how one root is laid out', async () => {
    await forge({ kind: 'hold', staged: await staged(STOPPED) });
    await buried(3);
    const { client, tables, keys: publicKeys, founders } = doors.store;
    const at = { client, tables, publicKeys, founders, signal: AbortSignal.timeout(60_000) };
    const asked: string[] = [];
    const isLaidOut = async ({ root }: { readonly root: object }) => {
      asked.push(JSON.stringify(root));
      return true;
    };
    expect((await verifyHistory({ ...at, isLaidOut })).problems).toEqual([]);
    expect([asked.length, new Set(asked).size]).toEqual([2, 2]);
  });

  it.each([1000, 2_000_000_000])('is not made of numbers: HEAD says it is version %i', async (version) => {
    await forge({ kind: 'hold', staged: await staged(STOPPED) });
    const stopped = await newest();
    const ancestors = Array.from({ length: ancestorCount(version) }, () => stopped.digest);
    await forge({ kind: 'hold', on: stopped, staged: stageAgain(honest), commit: { version, ancestors } });
    const { found, unaudited } = await watching()();
    expect([found.includes('ANCESTORS'), found.includes('COMMIT_UNREACHABLE'), unaudited]).toEqual([
      true,
      true,
      0,
    ]);
    expect(await problems()).toEqual(expect.arrayContaining(['ANCESTORS', 'COMMIT_UNREACHABLE']));
  });
});

describe('a first version', () => {
  it('is laid out as its facts say, too', async () => {
    const nothing = stageState({ facts, view: new Map(), vendors: new Map(), law: {} });
    const signed = signedOn(null, null, { ...on(nothing, ['pat', 'alex']), changed: facts });
    await forge({ kind: 'genesis', on: null, staged: nothing, ...signed });
    expect(await problems()).toEqual(expect.arrayContaining(['FLOOR', 'LAYOUT']));
  });
});

describe('what decisions read, beside facts that say something else', () => {
  it.each(['by one person', 'signed by two'])('%s', async (by) => {
    // The facts gain a stop, and what decisions read stays as it was.
    const after = new Map(facts).set('hold/stop', HOLD);
    const forged = await stageChanges(honest, { facts: viewChanges(facts, after, ['hold/stop']).facts });
    if (by === 'by one person') await forge({ kind: 'hold', staged: forged });
    else await forge({ staged: forged, ...signedOn(base(), keyring, on(forged, ['uma', 'ulysses'])) });
    expect((await asked(await doors.fresh('decide'))).decision).toBe(true);
    expect((await watching()()).found).toEqual(['LAYOUT']);
    expect(await problems()).toEqual(['LAYOUT']);
  });
});
