import { generateKeyPairSync } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Json } from '../../functions/core/facts/canonical.ts';
import { member } from '../../functions/core/facts/fact.ts';
import { viewOf } from '../../functions/core/facts/view.ts';
import { type CommitKeys, parseCommitKeys } from '../../functions/store/commit-signature.ts';
import type { StoreTables } from '../../functions/store/dynamodb.ts';
import { createLocalSigner, type LocalSigner } from '../../functions/store/local-signer.ts';
import type { CommitMeta } from '../../functions/store/next-commit.ts';
import type { FounderKeys } from '../../functions/store/person-signature.ts';
import type { PublishedVersion, Publisher } from '../../functions/store/publisher.ts';
import {
  createRegistryReader,
  type ReaderOptions,
  type SnapshotReader,
} from '../../functions/store/registry-reader.ts';
import {
  type RegistryChanges,
  type RegistryState,
  stageChanges,
  stageState,
} from '../../functions/store/staging.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { createTables, type Engine, engineClient, startEngine } from '../engine.ts';
import { SIGNED_AT, signedBy, signingPublisher, TEST_AUTHORITY } from './signed.ts';

/** A store on a real engine, with one key, one publisher and as many readers as a test wants. */
export interface StoreRig {
  readonly engine: Engine;
  readonly client: DynamoDBClient;
  readonly tables: StoreTables;
  readonly signer: LocalSigner;
  readonly keys: CommitKeys;
  readonly founders: FounderKeys;
  /** The signer's private key: PKCS #8, DER, base64. */
  readonly privateKey: string;
  readonly publisher: Publisher;
  /** A reader as a fresh process has it: nothing cached, nothing seen. */
  /** @param more of the reader's options */
  reader(more?: Partial<ReaderOptions>): SnapshotReader;
  genesis(state: RegistryState): Promise<PublishedVersion>;
  change(changes: RegistryChanges): Promise<PublishedVersion>;
  stop(): Promise<void>;
}

export function newSigner(): LocalSigner {
  return createLocalSigner(generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey);
}

export const META: CommitMeta = {
  kind: 'approve',
  author: 'alice',
  approvers: ['bob'],
  recordedAt: SIGNED_AT,
};

let rigs = 0;

/**
 * Opens a store on `engine`, or on one of its own, in tables of its own.
 *
 * @param budgetMs of a publication, where it is a large one
 */
export async function openRig(shared?: Engine, budgetMs?: number): Promise<StoreRig> {
  const engine = shared ?? (await startEngine());
  rigs += 1;
  const tables = await createTables(engine.endpoint, {
    objects: `objects-${rigs}`,
    state: `state-${rigs}`,
    floor: `floor-${rigs}`,
  });
  const client = engineClient(engine.endpoint);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  const signer = createLocalSigner(privateKey);
  const keys = parseCommitKeys(signer.publicKey);
  const publisher = signingPublisher({
    ...{ client, tables, signer, publicKeys: keys },
    ...(budgetMs !== undefined && { budgetMs }),
  });
  const founders = LOCAL_FOUNDERS;
  const reader = (more = {}) =>
    createRegistryReader({ client, tables, publicKeys: keys, founders, budgetMs: 20_000, ...more });
  return {
    engine,
    client,
    tables,
    signer,
    keys,
    founders,
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    publisher,
    reader,
    async genesis(given) {
      const state = withAuthority(given);
      const staged = stageState(state);
      const signed = await signedBy(null, { tables, root: staged.rootDigest, changed: state.facts });
      return publisher.commit({ base: null, staged, signed, meta: META, note: 'genesis' });
    },
    async change(changes) {
      const base = await reader().open();
      const staged = await stageChanges(base, changes);
      const signed = await signedBy(base, { tables, root: staged.rootDigest, changed: changes.facts });
      return publisher.commit({ base, staged, signed, meta: META, note: 'change' });
    },
    async stop() {
      client.destroy();
      if (shared === undefined) await engine.stop();
    },
  };
}

/** Whoever signs is registered, as in every registry. */
export function withAuthority(state: RegistryState): RegistryState {
  if ([...state.facts.keys()].some((key) => key.startsWith('authority/'))) return state;
  return { ...state, facts: new Map([...state.facts, ['authority/test-authority', TEST_AUTHORITY]]) };
}

/** A synthetic network document of about a kilobyte. */
export function networkDocument(id: number, revision = 0): Json {
  return {
    id: `net-${id}`,
    authority: 'test-authority',
    jurisdiction: id % 2 === 0 ? 'GBR' : 'USA',
    revision,
    inventory: Array.from({ length: 8 }, (_, slot) => ({
      function: ['amf', 'gnb-du', 'olt', 'smsc'][slot % 4] ?? 'amf',
      segment: slot % 2 === 0 ? 'core' : 'access-mobile',
      vendor: `vendor-${(id * 7 + slot) % 50}`,
      share: (id * 131 + slot * 977) % 10_000,
    })),
  };
}

/** A law of the authority that signs here, and of nothing that decides. */
export function lawWith(more: { readonly [member: string]: Json }): Json {
  return { ...viewOf([TEST_AUTHORITY]).law, ...more };
}

/** A state of `count` networks, each with a fact and a view entry, and some vendors. */
export function sampleState(count: number, vendors = 50): RegistryState {
  const ids = Array.from({ length: count }, (_, id) => id);
  return {
    facts: new Map(ids.map((id) => [`network/net-${id}`, networkDocument(id)])),
    view: new Map(ids.map((id) => [`network/net-${id}`, networkDocument(id)])),
    vendors: new Map(
      Array.from({ length: vendors }, (_, id) => [`vendor-${id}`, { id: `vendor-${id}`, designations: [] }]),
    ),
    law: lawWith({}),
  };
}

/** Keys that {@link pairedChange} keeps equal; spread over the trie, so that a torn publication would show. */
export const PAIRED_KEYS: readonly string[] = Array.from({ length: 40 }, (_, id) => `paired/${id}`);

/** A change that writes one value everywhere: law, vendors, and keys all over the view. */
export function pairedChange(value: number): RegistryChanges {
  const documents = new Map(PAIRED_KEYS.map((key) => [key, { value }]));
  return { view: documents, vendors: documents, law: lawWith({ value }) };
}

/** The values of {@link pairedChange} that a reader sees together: one, if no publication was torn. */
export async function pairedValues(
  reader: SnapshotReader,
): Promise<{ version: number; values: Set<unknown> }> {
  const open = await reader.open();
  const { law, entries } = await open.read(PAIRED_KEYS);
  const vendors = await open.vendors(PAIRED_KEYS);
  const seen = [
    { value: member(law, 'value') },
    ...PAIRED_KEYS.map((key) => entries.get(key)),
    ...PAIRED_KEYS.map((key) => vendors.get(key)),
  ];
  return { version: open.version, values: new Set(seen.map((document) => JSON.stringify(document))) };
}
