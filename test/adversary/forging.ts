/**
 * A hostile publisher's workshop: it holds the commit key and every right that the registry's role has, moves HEAD as it
 * likes and asks the deployed `decide` what it believes.
 */

import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  DeleteItemCommand,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { Facts } from '../../functions/core/administration/change.ts';
import { peopleDigest } from '../../functions/core/administration/statement.ts';
import { viewChanges } from '../../functions/core/administration/view-changes.ts';
import { type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import type { RegistryFormat } from '../../functions/core/facts/format.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { factsAt } from '../../functions/registry/change-staging.ts';
import { type Approval, encodeApproval } from '../../functions/store/approval.ts';
import { type Commit, encodeCommit, homeOf } from '../../functions/store/commit.ts';
import { commitMessage } from '../../functions/store/commit-signature.ts';
import { encodeFloor, type FloorLine, floorKey } from '../../functions/store/floor.ts';
import { decodeHead, encodeHead, HEAD_KEY, type HeadContent, type Item } from '../../functions/store/head.ts';
import { verifyHistory } from '../../functions/store/history-verify.ts';
import { ALONE } from '../../functions/store/judge-approval.ts';
import {
  acknowledgedLinks,
  authoritiesAfter,
  encodeKeyring,
  type Keyring,
} from '../../functions/store/keyring.ts';
import { nextCommit } from '../../functions/store/next-commit.ts';
import { framed } from '../../functions/store/object-bytes.ts';
import { insertion, insertObjects } from '../../functions/store/object-inserts.ts';
import { fetchItems, readingWithin } from '../../functions/store/object-items.ts';
import type { OpenSnapshot } from '../../functions/store/open-snapshot.ts';
import { signStatement } from '../../functions/store/person-signature.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { encodeRoot } from '../../functions/store/registry-root.ts';
import { type StagedRegistry, stageAgain, stageChanges } from '../../functions/store/staging.ts';
import { tableIdOf } from '../../functions/store/table-id.ts';
import { wordOf } from '../../functions/store/word.ts';
import { localKey } from '../../infra/local/identities.ts';
import { type Door, type Doors, startDoors } from '../doors/doors-rig.ts';
import { contextFor } from '../registry/rig.ts';
import { signedBy } from '../store/signed.ts';
import { META } from '../store/store-rig.ts';

export let doors: Doors;
/** HEAD's item as honest people left it, put back before each forgery. */
export let honest: OpenSnapshot;
let head: HeadContent;
export let keyring: Keyring;
let approval: Approval;
export let facts: Facts;

const ASKED = {
  message: { id: 'm', marking: 'SECRET//REL TO USA, GBR' },
  path: { route: 'sms-gb-primary' },
};

export async function asked(decide: Door): Promise<{ decision: boolean; reasons: { code: string }[] }> {
  const event = { request: JSON.stringify(ASKED) };
  return (await decide(event)) as { decision: boolean; reasons: { code: string }[] };
}

/** As it was when forging began, for cases that each have it so. */
let beginning: {
  readonly rows: readonly Row[];
  readonly objects: ReadonlyMap<Digest, Item>;
  readonly known: Known;
};

interface Row {
  readonly TableName: string;
  readonly Item: Item;
}

/** What forgeries are made from. */
interface Known {
  readonly honest: OpenSnapshot;
  readonly head: HeadContent;
  readonly keyring: Keyring;
  readonly approval: Approval;
  readonly facts: Facts;
}

/** Opens the doors over these facts, and what honest people then do. */
export async function startForgingOver(over: Facts, prepare = async () => {}): Promise<void> {
  const started = await startDoors(['decide'], undefined, over);
  // There is no weather here.
  const straight = { AWS_ENDPOINT_URL_DYNAMODB: started.store.engine.endpoint };
  doors = {
    ...started,
    fresh: (name, settings, asset) => started.fresh(name, { ...straight, ...settings }, asset),
  };
  await prepare();
  await lookAgain();
  beginning = {
    rows: await rows(),
    objects: await objects(),
    known: { honest, head, keyring, approval, facts },
  };
}

/**
 * For the next case, the registry is as it was when forging began. Objects that came since stay: they are named by what they
 * are, and nothing names them any more.
 */
export async function beginAgain(): Promise<void> {
  const { client, tables } = doors.store;
  for (const { TableName, Item } of await rows()) {
    const Key = { pk: Item['pk'], sk: Item['sk'] } as Item;
    await client.send(new DeleteItemCommand({ TableName, Key }));
  }
  for (const { TableName, Item } of beginning.rows)
    await client.send(new PutItemCommand({ TableName, Item }));
  const now = await fetchItems(client, tables.objects, [...beginning.objects.keys()], within());
  for (const [digest, Item] of beginning.objects)
    if (!isDeepStrictEqual(now.get(digest), Item))
      await client.send(new PutItemCommand({ TableName: tables.objects, Item }));
  ({ honest, head, keyring, approval, facts } = beginning.known);
  forged = [];
}

const within = () => readingWithin(AbortSignal.timeout(60_000));

/** Whatever is not named by what it is. */
async function rows(): Promise<Row[]> {
  const { state, floor } = doors.store.tables;
  return (await Promise.all([state, floor].map(everyItem))).flat();
}

async function objects(): Promise<ReadonlyMap<Digest, Item>> {
  const items = await everyItem(doors.store.tables.objects);
  return new Map(items.map(({ Item }) => [Item['digest']?.S as Digest, Item]));
}

async function everyItem(TableName: string): Promise<Row[]> {
  const { Items = [], LastEvaluatedKey } = await doors.store.client.send(new ScanCommand({ TableName }));
  expect(LastEvaluatedKey).toBeUndefined();
  return Items.map((Item) => ({ TableName, Item }));
}

/** HEAD as it stands is what honest people left from here on. */
export async function lookAgain(): Promise<void> {
  const { store } = doors;
  // Read from for as long as these tests run.
  const { client, tables, keys: publicKeys, founders } = store;
  honest = await createRegistryReader({ client, tables, publicKeys, founders, budgetMs: 600_000 }).open();
  const state = { TableName: store.tables.state, Key: HEAD_KEY };
  head = decodeHead((await store.client.send(new GetItemCommand(state))).Item ?? {});
  ({ keyring, approval } = await wordOf(honest, honest.objects));
  facts = await factsAt(contextFor(store, store.signer), honest);
}

/** What a forger may choose. */
export interface Forgery {
  readonly staged?: StagedRegistry;
  readonly kind?: string;
  readonly approval?: Approval;
  readonly keyring?: Keyring;
  readonly commit?: Partial<Commit>;
  readonly on?: OpenSnapshot | null;
  /** Moves HEAD and tells nobody. */
  readonly silent?: boolean;
}

/** Rows of the floor that forgeries left; the next one from the beginning finds it as honest people did. */
let forged: Item[] = [];

/** HEAD and floor as honest people left them. */
export async function putBack(): Promise<void> {
  const { client, tables } = doors.store;
  await client.send(new PutItemCommand({ TableName: tables.state, Item: encodeHead(head) }));
  for (const Key of forged) await client.send(new DeleteItemCommand({ TableName: tables.floor, Key }));
  forged = [];
}

/** Writes and signs the commit a forger wants, and moves HEAD to it by force. */
export async function forge(forgery: Forgery): Promise<Digest> {
  const { store } = doors;
  if (forgery.on === undefined || forgery.on === honest) await putBack();
  const on = forgery.on === undefined ? honest : forgery.on;
  const staged = forgery.staged ?? stageAgain(honest);
  const note = framed('note', Buffer.from(`{"note":null,"salt":"${randomBytes(8).toString('hex')}"}`));
  const words = [
    encodeApproval(forgery.approval ?? approval),
    encodeKeyring(forgery.keyring ?? keyring),
  ] as const;
  const place = {
    home: homeOf(store.tables.state),
    root: staged.rootDigest,
    note: digestOf(note),
    approval: digestOf(words[0]),
    keyring: digestOf(words[1]),
  };
  const meta = {
    kind: forgery.kind ?? 'change',
    author: 'nobody/n',
    approvers: ['someone/s'],
    recordedAt: new Date().toISOString(),
  };
  const commit = { ...(await nextCommit(on, place, meta)), ...forgery.commit };
  const bytes = encodeCommit(commit);
  const signature = await store.signer.sign(commitMessage(digestOf(bytes)));
  const context = within();
  const objects = [note, staged.rootBytes, ...words].map((each) => [digestOf(each), each] as const);
  await insertObjects(store.client, store.tables.objects, [...staged.objects, ...objects], context);
  const companions = { signature: { B: signature } };
  await insertObjects(store.client, store.tables.objects, [[digestOf(bytes), bytes]], context, companions);
  const Item = encodeHead({ commit: bytes, signature, root: staged.rootBytes });
  await store.client.send(new PutItemCommand({ TableName: store.tables.state, Item }));
  if (forgery.silent !== true) await acknowledgeForged(commit, digestOf(bytes), forgery.keyring ?? keyring);
  return digestOf(bytes);
}

/** A version of two people, signed over just that root. */
export async function forgeSigned(staged: StagedRegistry): Promise<void> {
  const { tables } = doors.store;
  const signed = await signedBy(honest, { tables, root: staged.rootDigest });
  await forge({ staged, kind: META.kind, ...signed });
}

/** What honest people left, or this, and that says of itself to be of this format. */
export function ofFormat(
  format: RegistryFormat,
  staged: StagedRegistry = stageAgain(honest),
): StagedRegistry {
  const rootBytes = encodeRoot({ ...staged.root, ...format });
  return { ...staged, rootBytes, rootDigest: digestOf(rootBytes) };
}

/** Every row that a publication of this would write, where its place is free. */
export async function acknowledgeForged(commit: Commit, digest: Digest, ring: Keyring): Promise<void> {
  const { epoch, version } = commit;
  const { count, digest: links } = acknowledgedLinks(ring);
  const rows: (readonly [line: FloorLine, version: number, digest: Digest, since?: number])[] = [
    ['COMMIT', version, digest],
  ];
  if (!ALONE.has(commit.kind) && commit.confirmed)
    rows.push(['KEYRING', count, links, version], ['APPROVAL', version, digest]);
  for (const [line, place, named, since] of rows)
    if (await insertRow(line, place, named, since, epoch))
      forged.push(floorKey(line, { epoch, version: place }));
}

export async function problems(): Promise<readonly string[]> {
  const { client, tables, keys: publicKeys, founders } = doors.store;
  const signal = AbortSignal.timeout(60_000);
  const report = await verifyHistory({
    client,
    tables,
    publicKeys,
    founders,
    signal,
  });
  return [...new Set(report.problems.map(({ code }) => code))];
}

/** The registry with these facts added, replaced or (null) gone. */
export function staged(
  changes: ReadonlyMap<string, RawFact | null>,
  onto: OpenSnapshot = honest,
): Promise<StagedRegistry> {
  const after = new Map(facts);
  for (const [key, fact] of changes) {
    if (fact === null) after.delete(key);
    else after.set(key, fact);
  }
  return stageChanges(onto, viewChanges(facts, after, [...changes.keys()]));
}

export const HOLD: RawFact = {
  kind: 'hold',
  id: 'stop',
  authority: 'us-state',
  scope: { everything: true },
  reason: 'A test',
  valid: { from: '2020-01-01', to: null, zone: 'UTC' },
  sources: [{ citation: 'A test', verified: true }],
};

export const base = () => ({ version: honest.version, digest: honest.digest });
export const ZERO: Digest = `sha256:${'0'.repeat(64)}`;

/** Both keys' word for a root, with anything of it another. */
export function word(names: readonly string[], root: Digest, more: object = {}): Approval {
  const statement = {
    operation: 'approve',
    registry: homeOf(doors.store.tables.state),
    at: new Date().toISOString(),
    content: ZERO,
    base: base(),
    review: ZERO,
    root,
    people: peopleDigest(authoritiesAfter(keyring.links)),
    ...more,
  } as const;
  return names.map((name) => signStatement(statement, localKey(name))) as Approval;
}

export function vendorX(): RawFact {
  const valid = { from: '2020-01-01', to: null, zone: 'UTC' };
  const sources = [{ citation: 'A test', verified: true }];
  return { kind: 'vendor', id: 'x', name: 'A test', synthetic: true, ownedBy: [], valid, sources };
}

export const on = (
  next: StagedRegistry,
  names: readonly [string, string],
  at = new Date().toISOString(),
) => ({
  tables: doors.store.tables,
  root: next.rootDigest,
  names,
  at,
});

/** A row that its publisher never wrote. */
export async function removeRow(line: FloorLine, place: { epoch: number; version: number }): Promise<void> {
  const { client, tables } = doors.store;
  await client.send(new DeleteItemCommand({ TableName: tables.floor, Key: floorKey(line, place) }));
}

/** What the registry's role may: a row that is not there yet. False for one that is, which stays as it is. */
export async function insertRow(
  line: FloorLine,
  version: number,
  digest: `sha256:${string}`,
  since?: number,
  epoch = 1,
): Promise<boolean> {
  const { client, tables } = doors.store;
  const table = await tableIdOf(client, tables.floor, AbortSignal.timeout(60_000));
  const row = encodeFloor(line, { epoch, version, digest, table, ...(since !== undefined && { since }) });
  try {
    await client.send(new ExecuteStatementCommand(insertion(tables.floor, row)));
    return true;
  } catch (error) {
    expect((error as Error).name).toBe('DuplicateItemException');
    return false;
  }
}
