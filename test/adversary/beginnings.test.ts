/**
 * Another beginning: what it takes to confirm a registry that came back, for whoever holds the registry's role, two founders'
 * keys, or words that everybody gave once and nobody used.
 */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { peopleDigest, type StatementOf } from '../../functions/core/administration/statement.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import type { Approval } from '../../functions/store/approval.ts';
import { homeOf } from '../../functions/store/commit.ts';
import { floorBefore } from '../../functions/store/floor.ts';
import { HEAD_KEY, type Item } from '../../functions/store/head.ts';
import { authoritiesAfter, type Keyring } from '../../functions/store/keyring.ts';
import type { OpenSnapshot } from '../../functions/store/open-snapshot.ts';
import { signStatement } from '../../functions/store/person-signature.ts';
import { createPublisher } from '../../functions/store/publisher.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { stageAgain } from '../../functions/store/staging.ts';
import { localKey } from '../../infra/local/identities.ts';
import { signedOn } from '../store/signed.ts';
import {
  asked,
  base,
  doors,
  forge,
  HOLD,
  honest,
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

const now = () => new Date().toISOString();
const EVERYBODY = ['pat', 'alex', 'uma', 'ulysses', 'gwen', 'george'];
const meta = { author: 'pat', approvers: ['alex'] };

async function publish(on: OpenSnapshot, more: object): Promise<void> {
  const { client, tables, signer, keys: publicKeys } = doors.store;
  const publication = { base: on, staged: stageAgain(on), note: null, ...more };
  await createPublisher({ client, tables, signer, publicKeys }).commit(publication as never);
}

async function headItem(): Promise<Item> {
  const { client, tables } = doors.store;
  return (await client.send(new GetItemCommand({ TableName: tables.state, Key: HEAD_KEY }))).Item ?? {};
}

async function put(Item: Item): Promise<void> {
  await doors.store.client.send(new PutItemCommand({ TableName: doors.store.tables.state, Item }));
}

/** HEAD, whoever holds it back. */
function opened(): Promise<OpenSnapshot> {
  const { client, tables, keys: publicKeys, founders } = doors.store;
  const options = { client, tables, publicKeys, founders, budgetMs: 60_000, acceptUnconfirmed: true };
  return createRegistryReader(options).open();
}

/** Two people stop everything. */
async function stopEverything(): Promise<void> {
  await lookAgain();
  const next = await staged(new Map([['hold/stop', HOLD]]));
  const signed = signedOn(base(), keyring, on(next, ['uma', 'ulysses'], now()));
  await publish(honest, { staged: next, signed, meta: { ...meta, kind: 'change', recordedAt: now() } });
}

const restore = () => ({
  kind: 'restore',
  succession: 'restore',
  author: 'pat',
  approvers: [],
  recordedAt: now(),
});

async function statementOn(back: OpenSnapshot, ring: Keyring): Promise<Omit<StatementOf<'confirm'>, 'at'>> {
  const { client, tables } = doors.store;
  const context = { signal: AbortSignal.timeout(60_000), meter: { readUnits: 0, batches: 0 } };
  return {
    ...{ operation: 'confirm', registry: homeOf(tables.state), content: back.digest },
    ...{ base: { version: back.version, digest: back.digest }, epoch: 2, root: back.commit.root },
    floor: await floorBefore(client, tables.floor, context, 2),
    people: peopleDigest(authoritiesAfter(ring.links)),
  };
}

type Word = readonly [name: string, at: string];

function signedAs(statement: Omit<StatementOf<'confirm'>, 'at'>, words: readonly Word[]): Approval {
  return words.map(([name, at]) =>
    signStatement({ ...statement, at }, localKey(name)),
  ) as unknown as Approval;
}

/** An old HEAD is put back, a lineage begun on it, and this confirms it. */
async function confirmedBy(old: Item, words: readonly Word[]): Promise<void> {
  await put(old);
  await publish(await opened(), { meta: restore() });
  const back = await opened();
  const approval = signedAs(await statementOn(back, keyring), words);
  await confirmWith(back, { approval, keyring });
}

function confirmWith(back: OpenSnapshot, signed: { approval: Approval; keyring: Keyring }): Promise<void> {
  const confirming = { ...restore(), ...meta, kind: 'confirm', succession: 'confirm' };
  return publish(back, { meta: confirming, signed });
}

const permits = async () => (await asked(await doors.fresh('decide'))).decision;

describe('a confirmation', () => {
  const all = (names: readonly string[], at = now()): Word[] => names.map((name) => [name, at]);
  const stranger = (at: string): Word => ['nobody-at-all', at];
  it.each<[string, () => readonly Word[], boolean]>([
    ['by everybody', () => all(EVERYBODY), true],
    ['by founders alone', () => all(['pat', 'alex']), false],
    ['by everybody, and a stranger', () => [...all(EVERYBODY), stranger(now())], false],
    [
      'by founders, and a stranger at no time',
      () => [...all(['pat', 'alex']), stranger('2026-99-99T99:99:99.999Z')],
      false,
    ],
  ])('%s', async (_, words, expected) => {
    const old = await headItem();
    await stopEverything();
    expect(await permits()).toBe(false);
    await confirmedBy(old, words());
    expect(await permits()).toBe(expected);
    expect((await problems()).length === 0).toBe(expected);
  });

  it('that nobody used says nothing once the registry has gone on', async () => {
    const old = await headItem();
    const back = await opened();
    const approval = signedAs(await statementOn(back, keyring), all(EVERYBODY));
    // What they signed for is as it was; then two people stop everything.
    await stopEverything();
    await put(old);
    await publish(await opened(), { meta: restore() });
    await confirmWith(await opened(), { approval, keyring });
    expect(await asked(await doors.fresh('decide'))).toMatchObject({
      decision: false,
      reasons: [{ code: 'REGISTRY_INTEGRITY' }],
    });
    expect(await problems()).toContain('FLOOR');
  });

  it('by two founders and a keyring of theirs, over everybody’s facts, is of people whom nobody knew', async () => {
    const old = await headItem();
    await stopEverything();
    await put(old);
    await publish(await opened(), { meta: restore() });
    const back = await opened();
    const office = authoritiesAfter(keyring.links).get('authority/registrar') as RawFact;
    const next = stageAgain(back);
    const { keyring: ring } = signedOn(null, null, {
      ...on(next, ['pat', 'alex'], now()),
      changed: new Map([['authority/registrar', office]]),
    });
    const statement = await statementOn(back, ring);
    const approval = signedAs(statement, all(['pat', 'alex']));
    await confirmWith(back, { approval, keyring: ring });
    expect(await permits()).toBe(false);
    expect(await problems()).toEqual(expect.arrayContaining(['KEYRING_PEOPLE', 'FLOOR']));
  });
});

describe('a version that nobody was told of', () => {
  it('permits nothing, however well it is signed, until it is acknowledged', async () => {
    const next = await staged(new Map([['vendor/x', vendorX()]]));
    const signed = signedOn(base(), keyring, on(next, ['pat', 'alex'], now()));
    const warm = await doors.fresh('decide');
    expect((await asked(warm)).decision).toBe(true);
    await forge({ staged: next, ...signed, silent: true });
    for (const decide of [warm, await doors.fresh('decide')])
      expect(await asked(decide)).toMatchObject({ decision: false, reasons: [{ code: 'REGISTRY_HELD' }] });
    expect(await problems()).toEqual(['FLOOR']);
    const { client, tables, signer, keys: publicKeys } = doors.store;
    await createPublisher({ client, tables, signer, publicKeys }).acknowledge(await opened());
    expect([await permits(), (await asked(warm)).decision, await problems()]).toEqual([true, true, []]);
  });
});
