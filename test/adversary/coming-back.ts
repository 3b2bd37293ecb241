/** What is put back, begun on and confirmed, by honest people or by whoever holds the registry's role. */

import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { peopleDigest, type StatementOf } from '../../functions/core/administration/statement.ts';
import { viewChanges } from '../../functions/core/administration/view-changes.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { factsOf } from '../../functions/store/applied-change.ts';
import type { Approval } from '../../functions/store/approval.ts';
import { homeOf } from '../../functions/store/commit.ts';
import { cameTo, placesAfter } from '../../functions/store/epochs.ts';
import { HEAD_KEY, type Item } from '../../functions/store/head.ts';
import { authoritiesAfter, type Keyring } from '../../functions/store/keyring.ts';
import { openFloor } from '../../functions/store/open-floor.ts';
import type { OpenSnapshot } from '../../functions/store/open-snapshot.ts';
import { publicKeyOf, signStatement } from '../../functions/store/person-signature.ts';
import { createPublisher, type Publication, type Publisher } from '../../functions/store/publisher.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { type StagedRegistry, stageAgain, stageChanges } from '../../functions/store/staging.ts';
import { tableIdOf } from '../../functions/store/table-id.ts';
import { wordOf } from '../../functions/store/word.ts';
import { localKey } from '../../infra/local/identities.ts';
import { signedOn } from '../store/signed.ts';
import { acknowledgeForged, asked, doors, forge, insertRow } from './forging.ts';

/** Everybody who speaks in the sample, founders first. */
export const EVERYBODY = ['pat', 'alex', 'uma', 'ulysses', 'gwen', 'george'];

export const now = () => new Date().toISOString();
const within = () => ({ signal: AbortSignal.timeout(60_000), meter: { readUnits: 0, batches: 0 } });

export function publisher(): Publisher {
  const { client, tables, signer, keys: publicKeys, founders } = doors.store;
  return createPublisher({ client, tables, signer, publicKeys, founders });
}

/** HEAD, whoever holds it back. */
export function opened(): Promise<OpenSnapshot> {
  const { client, tables, keys: publicKeys, founders } = doors.store;
  const held = { acceptUnconfirmed: true, acceptUnacknowledged: true, budgetMs: 60_000 };
  return createRegistryReader({ client, tables, publicKeys, founders, ...held }).open();
}

export async function headItem(): Promise<Item> {
  const { client, tables } = doors.store;
  return (await client.send(new GetItemCommand({ TableName: tables.state, Key: HEAD_KEY }))).Item ?? {};
}

export async function putHead(Item: Item): Promise<void> {
  await doors.store.client.send(new PutItemCommand({ TableName: doors.store.tables.state, Item }));
}

/** A version with these facts added, replaced or (null) gone. */
export async function stagedOn(
  base: OpenSnapshot,
  changes: ReadonlyMap<string, RawFact | null>,
): Promise<StagedRegistry> {
  const before = await factsOf(base);
  const after = new Map(before);
  for (const [key, fact] of changes) {
    if (fact === null) after.delete(key);
    else after.set(key, fact);
  }
  return stageChanges(base, viewChanges(before, after, [...changes.keys()]));
}

/** Two people's change, ready to be published on what there is now. */
export async function changing(
  changes: ReadonlyMap<string, RawFact | null>,
  names: readonly [string, string],
  at = now(),
): Promise<Publication> {
  const base = await opened();
  const { keyring } = await wordOf(base, base.objects);
  const staged = await stagedOn(base, changes);
  const changed = new Map([...changes].filter(([key]) => key.startsWith('authority/')));
  const { tables } = doors.store;
  const on = { version: base.version, digest: base.digest };
  const signed = signedOn(on, keyring, { tables, root: staged.rootDigest, names, at, changed });
  const meta = { kind: 'change', author: names[0], approvers: [names[1]], recordedAt: at };
  return { base, staged, signed, meta, note: null };
}

/** Honest people change something. */
export async function change(
  changes: ReadonlyMap<string, RawFact | null>,
  names: readonly [string, string],
  at = now(),
): Promise<void> {
  await publisher().commit(await changing(changes, names, at));
}

/** An authority that has these people, and those it had where it is told so. */
export function officeOf(
  facts: ReadonlyMap<string, RawFact>,
  key: string,
  names: readonly string[],
  kept: boolean,
): Map<string, RawFact> {
  const office = facts.get(key) as RawFact & { readonly people?: readonly object[] };
  const joining = names.map((name) => ({ name, keys: [publicKeyOf(localKey(name))] }));
  const people = [...(kept ? (office.people ?? []) : []), ...joining];
  return new Map([[key, { ...office, people } as unknown as RawFact]]);
}

const RESTORE = { kind: 'restore', succession: 'restore', author: 'pat', approvers: [] } as const;

/** An old HEAD is put back, and a lineage begun on it. */
export async function comeBack(old: Item): Promise<OpenSnapshot> {
  await putHead(old);
  const base = await opened();
  const meta = { ...RESTORE, recordedAt: now() };
  await publisher().commit({ base, staged: stageAgain(base), meta, note: null });
  return opened();
}

/** What everybody is asked to sign of what came back. */
export async function statementOn(
  back: OpenSnapshot,
  ring: Keyring,
): Promise<Omit<StatementOf<'confirm'>, 'at'>> {
  const { client, tables } = doors.store;
  return {
    ...{ operation: 'confirm', registry: homeOf(tables.state), content: back.digest },
    ...{ base: { version: back.version, digest: back.digest }, epoch: back.commit.epoch },
    ...{
      root: back.commit.root,
      floor: await cameTo(openFloor(client, tables.floor, Date.now), back.objects, within()),
    },
    people: peopleDigest(authoritiesAfter(ring.links)),
  };
}

export type SaidBy = readonly [name: string, at: string];

export function signedAs(statement: Omit<StatementOf<'confirm'>, 'at'>, words: readonly SaidBy[]): Approval {
  return words.map(([name, at]) =>
    signStatement({ ...statement, at }, localKey(name)),
  ) as unknown as Approval;
}

/** Publishes a confirmation; whatever its publisher refuses to write, the registry's role writes itself. */
export async function confirmWith(
  back: OpenSnapshot,
  signed: { readonly approval: Approval; readonly keyring: Keyring },
  staged = stageAgain(back),
): Promise<void> {
  const meta = { ...RESTORE, kind: 'confirm', succession: 'confirm', approvers: ['alex'] } as const;
  const confirming = { base: back, staged, meta: { ...meta, recordedAt: now() }, signed, note: null };
  try {
    await publisher().commit(confirming);
  } catch {
    const { epoch } = back.commit;
    if ((await opened()).digest === back.digest)
      await forge({ kind: 'confirm', on: back, staged, ...signed, commit: { epoch, confirmed: true } });
    await acknowledgeByForce(signed.keyring, signed.approval);
  }
}

/** Every row of the floor that would acknowledge HEAD as a confirmation, where its place is free. */
async function acknowledgeByForce(ring: Keyring, [first]: Approval): Promise<void> {
  const { client, tables } = doors.store;
  const { commit, digest } = await opened();
  await acknowledgeForged(commit, digest, ring);
  const floor = (first?.statement as StatementOf<'confirm'> | undefined)?.floor ?? null;
  const id = await tableIdOf(client, tables.floor, AbortSignal.timeout(60_000));
  for (const { line, epoch, version } of placesAfter(floor, id))
    await insertRow(line, version, digest, undefined, epoch);
}

/** Honest people confirm what comes back. */
export async function confirmed(old: Item, names: readonly string[] = EVERYBODY): Promise<void> {
  const back = await comeBack(old);
  const { keyring } = await wordOf(back, back.objects);
  const statement = await statementOn(back, keyring);
  const approval = signedAs(
    statement,
    names.map((name) => [name, now()]),
  );
  await confirmWith(back, { approval, keyring });
}

export const permits = async () => (await asked(await doors.fresh('decide'))).decision;
