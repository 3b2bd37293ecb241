import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentOf } from '../../functions/core/administration/statement.ts';
import { type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import type { Approval } from '../../functions/store/approval.ts';
import { commitOf, noteOf } from '../../functions/store/history.ts';
import { verifyHistory } from '../../functions/store/history-verify.ts';
import { objectBytes } from '../../functions/store/object-items.ts';
import { publicKeyOf, signStatement } from '../../functions/store/person-signature.ts';
import { type PurgeOutcome, purgeObject } from '../../functions/store/purge.ts';
import { decodeWord, encodeWord, isConsented, type PurgeWord } from '../../functions/store/purge-word.ts';
import { stageChanges } from '../../functions/store/staging.ts';
import { localKey } from '../../infra/local/identities.ts';
import { type Engine, startEngine } from '../engine.ts';
import { TEST_AUTHORITY } from './signed.ts';
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
    ...{ kind: 'purge', authority: 'us-state', reason: 'A test', salt: '0'.repeat(32) },
    ...{ notes: [], proposals: [], objects: [], jobs: [] },
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

describe('a word', () => {
  const [DAY, MINUTE] = [86_400_000, 60_000];
  const BEGINNING = Date.parse('2026-11-23T12:00:00.000Z');
  /** Of the change that gave the office to others, from the beginning on. */
  const HANDED_OVER = 60 * DAY;
  const HOME = 'a'.repeat(32);
  const OBJECT = digestOf(Buffer.from('facts'));
  const timeOf = (ms: number) => new Date(BEGINNING + ms).toISOString();
  const NATIONS = { office: 'XXA', late: 'XXB', brief: 'XXC' };
  const authority = (
    id: keyof typeof NATIONS,
    names: readonly string[],
    from = '2000-01-01',
    to: string | null = null,
  ) => ({
    [`authority/${id}`]: {
      ...{ ...TEST_AUTHORITY, id, speaksFor: [NATIONS[id]], valid: { from, to, zone: 'UTC' } },
      people: names.map((name) => ({ name, keys: [publicKeyOf(localKey(name))] })),
    },
  });
  const link = (ms: number, authorities: ReturnType<typeof authority>) => {
    const said = { registry: HOME, at: timeOf(ms), content: OBJECT, base: null, review: OBJECT };
    const statement = { operation: 'approve', ...said, root: OBJECT, people: OBJECT } as const;
    const approval = ['pat', 'alex'].map((name) => signStatement(statement, localKey(name)));
    return { approval: approval as unknown as Approval, authorities };
  };
  const AMERICANS = ['uma', 'ulysses'];
  const keyring = {
    links: [
      link(0, {
        ...authority('office', AMERICANS),
        ...authority('late', AMERICANS, '2026-12-03'),
        ...authority('brief', AMERICANS, '2000-01-01', '2026-12-02'),
      }),
      link(HANDED_OVER, authority('office', ['gwen', 'george'])),
    ],
  };

  it.each<[string, string, [string, number], [string, number], boolean]>([
    ['of two people thirty days apart', 'office', ['uma', DAY], ['ulysses', 31 * DAY], true],
    ['of two people further apart', 'office', ['uma', DAY], ['ulysses', 31 * DAY + 1], false],
    ['of two who spoke when the second signed', 'late', ['uma', 9 * DAY], ['ulysses', 11 * DAY], true],
    ['of two who spoke when the first signed', 'brief', ['uma', 9 * DAY], ['ulysses', 11 * DAY], false],
    [
      'of those before, as far behind as clocks may be',
      'office',
      ['uma', HANDED_OVER],
      ['ulysses', HANDED_OVER + 5 * MINUTE - 1],
      true,
    ],
    [
      'of those before, too late by any clock',
      'office',
      ['uma', HANDED_OVER],
      ['ulysses', HANDED_OVER + 5 * MINUTE],
      false,
    ],
    [
      'of those after, as far ahead as clocks may be',
      'office',
      ['gwen', HANDED_OVER - 6 * MINUTE],
      ['george', HANDED_OVER - 5 * MINUTE],
      true,
    ],
    [
      'of those after, too early by any clock',
      'office',
      ['gwen', HANDED_OVER - 6 * MINUTE],
      ['george', HANDED_OVER - 5 * MINUTE - 1],
      false,
    ],
  ])('%s', (_what, id, first, second, isOne) => {
    const asked = { ...NOBODYS.asked, authority: id, objects: [OBJECT] };
    const said = { operation: 'purge', registry: HOME, content: contentOf(asked), epoch: 1 } as const;
    const signed = [first, second].map(([name, ms]) =>
      signStatement({ ...said, at: timeOf(ms) }, localKey(name)),
    );
    const ground = { keyring, homes: new Set([HOME]), speaking: new Map(), recordedAt: BEGINNING };
    expect(isConsented({ asked, signed }, OBJECT, ground)).toBe(isOne);
  });

  const OTHER = digestOf(Buffer.from('other facts'));
  const ASKED = { ...NOBODYS.asked, authority: 'office', objects: [OBJECT] };
  /** Everything about it is right but what is given. */
  const given = (asked: PurgeWord['asked'] = ASKED, more: object = {}): PurgeWord => {
    const content = contentOf(asked);
    const said = { operation: 'purge', registry: HOME, content, epoch: 1, at: timeOf(DAY), ...more } as const;
    return { asked, signed: AMERICANS.map((name) => signStatement(said, localKey(name))) };
  };
  const [FIRST, SECOND] = given().signed as [PurgeWord['signed'][0], PurgeWord['signed'][0]];

  it.each<[string, PurgeWord, boolean]>([
    ['as it was given', given(), true],
    ['for this and others', given({ ...ASKED, objects: [OTHER, OBJECT] }), true],
    ['for another object', given({ ...ASKED, objects: [OTHER] }), false],
    ['for another registry', given(ASKED, { registry: 'f'.repeat(32) }), false],
    ['for other words', given(ASKED, { content: contentOf({ ...ASKED, reason: 'Another' }) }), false],
    [
      'whose first signature is the second’s',
      { asked: ASKED, signed: [{ ...FIRST, signature: SECOND.signature }, SECOND] },
      false,
    ],
    [
      'whose second signature is over other words',
      {
        asked: ASKED,
        signed: [FIRST, { ...SECOND, statement: { ...SECOND.statement, at: timeOf(DAY + 1) } }],
      },
      false,
    ],
    ['of one', { asked: ASKED, signed: [FIRST] }, false],
  ])('%s', (_what, word, isOne) => {
    const ground = { keyring, homes: new Set([HOME]), speaking: new Map(), recordedAt: BEGINNING };
    expect(isConsented(word, OBJECT, ground)).toBe(isOne);
  });

  it('is read whole, or not at all', () => {
    expect(decodeWord(encodeWord(given()))).toEqual(given());
    const approving = keyring.links[0]?.approval[0] as unknown as PurgeWord['signed'][0];
    const mixed = { asked: ASKED, signed: [FIRST, SECOND, approving] };
    expect(decodeWord(encodeWord(mixed))).toBeUndefined();
  });

  it('of 300 KB is kept, and none that is longer', () => {
    const of = (bytes: number): PurgeWord => {
      const reason = 'x'.repeat(bytes - JSON.stringify(NOBODYS).length + NOBODYS.asked.reason.length);
      return { ...NOBODYS, asked: { ...NOBODYS.asked, reason } };
    };
    expect(encodeWord(of(307_200))).toMatchObject({ wordBytes: { N: '307200' } });
    expect(() => encodeWord(of(307_201))).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }));
  });
});
