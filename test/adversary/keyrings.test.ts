/**
 * Keys that no longer count, in the hands of whoever holds the registry's role: it inserts objects and rows of the floor,
 * moves HEAD and has any commit signed. What it leaves out of a keyring it cannot take out of the floor.
 */
import { DeleteItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RawFact } from '../../functions/core/facts/view.ts';
import type { Item } from '../../functions/store/head.ts';
import { trustedPeople } from '../../functions/store/judge-approval.ts';
import { acknowledgedLinks, type Keyring } from '../../functions/store/keyring.ts';
import { publicKeyOf } from '../../functions/store/person-signature.ts';
import { createPublisher } from '../../functions/store/publisher.ts';
import type { StagedRegistry } from '../../functions/store/staging.ts';
import { localKey } from '../../infra/local/identities.ts';
import { SIGNED_AT, signedOn } from '../store/signed.ts';
import {
  asked,
  base,
  doors,
  facts,
  forge,
  HOLD,
  honest,
  insertRow,
  keyring,
  lookAgain,
  on,
  problems,
  putBack,
  staged,
  startForgingOver,
  vendorX,
} from './forging.ts';
import { oneRoute } from './one-route.ts';

const OLD = ['uma', 'ulysses'] as const;
const NEW = ['una', 'ulla'] as const;

type Changed = ReadonlyMap<string, RawFact>;

/** Every authority that these two spoke for, with these instead. */
function handedTo(names: readonly [string, string]): Changed {
  const people = names.map((name) => ({ name, keys: [publicKeyOf(localKey(name))] }));
  const theirs = [...facts].filter(([, fact]) => JSON.stringify(fact).includes(`"name":"${OLD[0]}"`));
  return new Map(theirs.map(([key, fact]) => [key, { ...fact, people }]));
}

/** The registry before the old keys were taken off, with all of its keyring. */
let before: Keyring;
let handing: Changed;
let harmless: StagedRegistry;
beforeAll(async () => {
  await startForgingOver(oneRoute());
  before = keyring;
  handing = handedTo(NEW);
  const next = await staged(handing);
  const signed = signedOn(base(), keyring, { ...on(next, OLD, SIGNED_AT), changed: handing });
  const meta = { kind: 'change', author: 'uma', approvers: ['ulysses'], recordedAt: SIGNED_AT };
  await doors.store.publisher.commit({ base: honest, staged: next, signed, meta, note: null });
  // Time goes by, in versions that the old keys may say theirs are of.
  for (let version = 3; version <= 6; version += 1) await doors.store.change({});
  await lookAgain();
  harmless = await staged(new Map([['vendor/x', vendorX()]]));
  kept = new Set((await floorKeys()).map((key) => JSON.stringify(key)));
}, 120_000);
afterAll(() => doors.stop());
// One attack leaves nothing to the next: also what no role could take away again.
beforeEach(async () => {
  await putBack();
  const { client, tables } = doors.store;
  for (const Key of await floorKeys())
    if (!kept.has(JSON.stringify(Key)))
      await client.send(new DeleteItemCommand({ TableName: tables.floor, Key }));
});

/** The rows of the floor that were acknowledged. */
let kept: ReadonlySet<string>;

async function floorKeys() {
  const { client, tables } = doors.store;
  const { Items = [] } = await client.send(new ScanCommand({ TableName: tables.floor }));
  return Items.map(({ pk, sk }) => ({ pk, sk })) as Item[];
}

/** Continued by the old keys, which go on counting: as many links as there were versions. */
function byOldKeys(from: Keyring, links: number): Keyring {
  let ring = from;
  for (let version = 1; version <= links; version += 1) {
    const us = facts.get('authority/us-state') as RawFact;
    const people = OLD.map((name) => ({ name, keys: [publicKeyOf(localKey(name))] }));
    const changed = new Map([['authority/us-state', { ...us, people, name: `Renamed ${version}` }]]);
    ring = signedOn({ ...base(), version }, ring, { ...on(harmless, OLD), changed }).keyring;
  }
  return ring;
}

const KEYRINGS: readonly [string, () => Keyring][] = [
  ['that ends before they were taken off', () => before],
  ['as long as the present one', () => byOldKeys(before, 1)],
  ['longer than the present one', () => byOldKeys(before, 2)],
  ['much longer than the present one', () => byOldKeys(before, 4)],
];

const ROWS: readonly [string, (forged: Awaited<ReturnType<typeof forge>>, ring: Keyring) => Promise<void>][] =
  [
    ['nothing of the floor', async () => undefined],
    [
      'every row of the floor',
      async (forged, ring) => {
        const { count: version, digest } = acknowledgedLinks(ring);
        await insertRow('KEYRING', version, digest);
        await insertRow('APPROVAL', honest.version + 1, forged);
        await insertRow('COMMIT', honest.version + 1, forged);
      },
    ],
    [
      'rows of the keyring that are for later versions only',
      async (_, ring) => {
        for (let links = 1; links < 9; links += 1)
          await insertRow('KEYRING', links, acknowledgedLinks(ring).digest, 2_000_000_000);
      },
    ],
  ];

describe('what honest people signed', () => {
  it('permits with the keys that count', async () => {
    await forge({ staged: harmless, ...signedOn(base(), keyring, on(harmless, NEW)) });
    expect(await asked(await doors.fresh('decide'))).toMatchObject({ decision: true });
    await putBack();
    expect(await problems()).toEqual([]);
  });
});

describe('keys that were taken off, by a keyring', () => {
  it.each(KEYRINGS.flatMap(([which, ring]) => ROWS.map(([rows, insert]) => ({ which, rows, ring, insert }))))(
    '$which, and $rows',
    async ({ ring, insert }) => {
      const forged = ring();
      // By itself it is as sound as the present one.
      expect(trustedPeople(forged, doors.store.founders)).toMatchObject({ ok: true });
      const signed = signedOn(base(), forged, on(harmless, OLD));
      const digest = await forge({ staged: harmless, approval: signed.approval, keyring: forged });
      await insert(digest, forged);
      for (const decide of [await doors.fresh('decide'), await doors.fresh('decide')])
        expect(await asked(decide)).toMatchObject({
          decision: false,
          reasons: [{ code: 'REGISTRY_INTEGRITY' }],
        });
      expect(await problems()).toContain('KEYRING_PEOPLE');
    },
  );
});

describe('what two people signed, and another version came before', () => {
  it('is in no keyring: a person whom nobody ever registered signs nothing', async () => {
    const us = facts.get('authority/us-state') as RawFact;
    const people = ['mallory', 'mallory-too'].map((name) => ({
      name,
      keys: [publicKeyOf(localKey(name))],
    }));
    const changed = new Map([['authority/us-state', { ...us, people }]]);
    // By the keys that count, on the version before this one, which went another way.
    const lost = { ...base(), version: honest.version - 1 };
    const ring = signedOn(lost, keyring, { ...on(await staged(changed), NEW), changed }).keyring;
    expect(trustedPeople(ring, doors.store.founders)).toMatchObject({ ok: true });
    await forge({ staged: harmless, ...signedOn(base(), ring, on(harmless, ['mallory', 'mallory-too'])) });
    expect(await asked(await doors.fresh('decide'))).toMatchObject({
      decision: false,
      reasons: [{ code: 'REGISTRY_INTEGRITY' }],
    });
    expect(await problems()).toContain('KEYRING_PEOPLE');
  });

  it('is carried by no stop, whatever row says that it was approved', async () => {
    const { client, tables, signer } = doors.store;
    // Somebody stops something, alone, and it is acknowledged.
    const stop = await staged(new Map([['hold/stop', HOLD]]));
    const meta = { kind: 'hold', author: 'pat', approvers: [], recordedAt: new Date().toISOString() };
    await createPublisher({
      client,
      tables,
      signer,
      publicKeys: doors.store.keys,
      founders: doors.store.founders,
    }).commit({
      ...{ base: honest, staged: stop, meta, note: null },
    });
    const stopped = await doors.store.reader().open();
    expect((await asked(await doors.fresh('decide'))).decision).toBe(false);
    // What two people had signed for its place; another stop, which carries it; and a row that says it was made.
    const signed = signedOn(base(), keyring, on(harmless, NEW));
    const lost = await forge({ staged: harmless, ...signed, silent: true });
    await forge({ kind: 'hold', on: stopped, staged: harmless, ...signed });
    await insertRow('APPROVAL', honest.version + 1, lost);
    expect(await asked(await doors.fresh('decide'))).toMatchObject({
      decision: false,
      reasons: [{ code: 'REGISTRY_INTEGRITY' }],
    });
    expect(await problems()).toContain('APPROVAL_CARRIED');
  });
});
