/**
 * People whom two others registered, and another version came before: their keys are as well signed as anybody's, and count
 * nowhere, whatever the registry's own role leaves out of the floor or writes into it.
 */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { peopleDigest } from '../../functions/core/administration/statement.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import type { Approval } from '../../functions/store/approval.ts';
import { homeOf } from '../../functions/store/commit.ts';
import { floorBefore } from '../../functions/store/floor.ts';
import { HEAD_KEY } from '../../functions/store/head.ts';
import { acknowledgedLinks, authoritiesAfter, type Keyring } from '../../functions/store/keyring.ts';
import { publicKeyOf, signStatement } from '../../functions/store/person-signature.ts';
import { createPublisher } from '../../functions/store/publisher.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { stageAgain } from '../../functions/store/staging.ts';
import { localKey } from '../../infra/local/identities.ts';
import { signedOn } from '../store/signed.ts';
import {
  asked,
  base,
  doors,
  facts,
  forge,
  honest,
  insertRow,
  keyring,
  lookAgain,
  on,
  problems,
  staged,
  startForging,
  vendorX,
} from './forging.ts';

beforeEach(startForging, 120_000);
afterEach(() => doors.stop());

const STRANGERS: readonly [string, string] = ['mallory', 'mallory-too'];
const now = () => new Date().toISOString();
const publisher = () => {
  const { client, tables, signer, keys: publicKeys } = doors.store;
  return createPublisher({ client, tables, signer, publicKeys });
};

/** An office with two more people, and the same with nobody else. */
function offices() {
  const us = facts.get('authority/us-state') as RawFact & { readonly people: readonly object[] };
  const strangers = STRANGERS.map((name) => ({ name, keys: [publicKeyOf(localKey(name))] }));
  const office = (people: readonly object[]) =>
    new Map<string, RawFact>([['authority/us-state', { ...us, people } as unknown as RawFact]]);
  return { joined: office([...us.people, ...strangers]), theirs: office(strangers) };
}

/** Prepares a version by the two strangers, on what is there now, with a keyring that has them. */
async function forgedBy(ring: Keyring): Promise<() => Promise<unknown>> {
  const top = await doors.store.reader().open();
  const { theirs } = offices();
  const next = await staged(theirs, top);
  const at = { version: top.version, digest: top.digest };
  const signed = signedOn(at, ring, { ...on(next, STRANGERS, now()), changed: theirs });
  return () => forge({ on: top, staged: next, ...signed });
}

const REFUSED = { decision: false, reasons: [{ code: 'REGISTRY_INTEGRITY' }] };

it.each([
  ['no row', null],
  ['a row that acknowledges their keyring', 1],
  ['a row that acknowledges it since the forgery itself', 3],
])('lost to a stop that the role set, and left %s', async (_, since) => {
  const { joined } = offices();
  const lost = signedOn(base(), keyring, {
    ...on(await staged(joined), ['uma', 'ulysses'], now()),
    changed: joined,
  });
  const before = honest.version;
  await forge({ kind: 'hold', staged: stageAgain(honest) });
  await lookAgain();
  // Honest people go on from there, and it is acknowledged.
  const next = await staged(new Map([['vendor/y', { ...vendorX(), id: 'y' } as RawFact]]));
  const meta = { kind: 'change', author: 'pat', approvers: ['alex'], recordedAt: now() };
  const signed = signedOn(base(), keyring, on(next, ['pat', 'alex'], now()));
  await publisher().commit({ base: honest, staged: next, signed, meta, note: null });
  await lookAgain();
  expect(await asked(await doors.fresh('decide'))).toMatchObject({ decision: true });
  const forgery = await forgedBy(lost.keyring);
  if (since !== null) {
    const { version: links, digest } = acknowledgedLinks(lost.keyring);
    await insertRow('KEYRING', links, digest, before + since);
  }
  await forgery();
  expect(await asked(await doors.fresh('decide'))).toMatchObject(REFUSED);
  expect(await problems()).toContain('KEYRING_PEOPLE');
});

it('lost in a restore that everybody confirmed', async () => {
  const { client, tables, keys: publicKeys, founders } = doors.store;
  await doors.store.change({});
  await lookAgain();
  const backup = await client.send(new GetItemCommand({ TableName: tables.state, Key: HEAD_KEY }));
  for (let versions = 0; versions < 3; versions += 1) await doors.store.change({});
  await lookAgain();
  const { joined } = offices();
  const next = await staged(joined);
  const lost = signedOn(base(), keyring, { ...on(next, ['uma', 'ulysses'], now()), changed: joined });
  const place = honest.version + 1;
  const meta = { kind: 'change', author: 'uma', approvers: ['ulysses'], recordedAt: now() };
  await publisher().commit({ base: honest, staged: next, signed: lost, meta, note: null });

  await client.send(new PutItemCommand({ TableName: tables.state, Item: backup.Item }));
  const held = createRegistryReader({
    client,
    tables,
    publicKeys,
    founders,
    acceptUnconfirmed: true,
    budgetMs: 60_000,
  });
  const back = await held.open();
  const meter = { signal: AbortSignal.timeout(60_000), meter: { readUnits: 0, batches: 0 } };
  const floor = await floorBefore(client, tables.floor, meter, 2);
  const restore = {
    kind: 'restore',
    succession: 'restore',
    author: 'pat',
    approvers: [],
    recordedAt: now(),
  } as const;
  await publisher().commit({ base: back, staged: stageAgain(back), meta: restore, note: null });
  const restored = await held.open();
  const statement = {
    operation: 'confirm',
    ...{ registry: homeOf(tables.state), at: now(), content: restored.digest },
    ...{ base: { version: restored.version, digest: restored.digest }, epoch: restored.commit.epoch, floor },
    ...{ root: restored.commit.root, people: peopleDigest(authoritiesAfter(keyring.links)) },
  } as const;
  const everybody = ['pat', 'alex', 'uma', 'ulysses', 'gwen', 'george'];
  const approval = everybody.map((name) => signStatement(statement, localKey(name))) as unknown as Approval;
  const confirming = { ...restore, kind: 'confirm', succession: 'confirm', approvers: ['alex'] } as const;
  await publisher().commit({
    ...{ base: restored, staged: stageAgain(restored), meta: confirming, note: null },
    signed: { approval, keyring },
  });
  await lookAgain();
  expect(await asked(await doors.fresh('decide'))).toMatchObject({ decision: true });
  expect(await problems()).toEqual([]);

  // Stops of nothing, without a row, up to the place that the strangers were registered in once.
  for (;;) {
    const top = await doors.store.reader().open();
    if (top.version >= place) break;
    await forge({ kind: 'hold', on: top, staged: stageAgain(top) });
  }
  await (await forgedBy(lost.keyring))();
  expect(await asked(await doors.fresh('decide'))).toMatchObject(REFUSED);
  expect(await problems()).toContain('KEYRING_PEOPLE');
});
