/** Histories made by hand in memory: any member of any commit can be another, signed all the same. */
import { type Digest, digestOf, type Json } from '../../functions/core/facts/canonical.ts';
import { encodeApproval } from '../../functions/store/approval.ts';
import { ancestorCount, type Commit, encodeCommit, homeOf } from '../../functions/store/commit.ts';
import { commitMessage, parseCommitKeys } from '../../functions/store/commit-signature.ts';
import { compress } from '../../functions/store/compression.ts';
import { encodeFloor, rowOfLinks } from '../../functions/store/floor.ts';
import { encodeHead, type Item } from '../../functions/store/head.ts';
import { acknowledgedLinks, encodeKeyring, type Keyring } from '../../functions/store/keyring.ts';
import { nextCommit } from '../../functions/store/next-commit.ts';
import { framed, unframe } from '../../functions/store/object-bytes.ts';
import { type RegistryState, type StagedRegistry, stageState } from '../../functions/store/staging.ts';
import { decodeNode } from '../../functions/store/trie-node.ts';
import { childIndex, keyHash, type TrieShape } from '../../functions/store/trie-shape.ts';
import { TEST_TABLES } from '../engine.ts';
import { FLOOR_ID, type MemoryDatabase, memoryDatabase } from './memory-database.ts';
import { signedOn, TEST_AUTHORITY } from './signed.ts';
import { lawWith, META, newSigner } from './store-rig.ts';

export const VERSIONS = 6;
export const SIGNER = newSigner();
export const KEYS = parseCommitKeys(SIGNER.publicKey);

/** Two documents of 17 KB under one first byte, so that every map has nodes above its leaves. */
const [changed, CONSTANT] = sharingAByte();
export const CHANGED = changed;

function sharingAByte(): [string, string] {
  const first = 'network/0';
  for (let id = 1; ; id += 1) {
    const [a, b] = [keyHash(first), keyHash(`network/${id}`)];
    if (a[0] === b[0] && a[1] !== b[1]) return [first, `network/${id}`];
  }
}

const filler = 'x'.repeat(17_000);
const documentsOf = (map: string, version: number) =>
  new Map<string, Json>([
    [CHANGED, { authority: 'test-authority', map, version, filler }],
    [CONSTANT, { authority: 'test-authority', map, filler }],
  ]);

/** A registry in which everything says its version. */
function registryOf(version: number): StagedRegistry {
  return stageState({
    facts: new Map([...documentsOf('facts', version), ['authority/test-authority', TEST_AUTHORITY]]),
    view: documentsOf('view', version),
    vendors: documentsOf('vendors', version),
    law: lawWith({ version }),
  });
}
const REGISTRIES = Array.from({ length: VERSIONS + 1 }, (_, version) => registryOf(version));

interface Link {
  readonly commit: Commit;
  readonly digest: Digest;
  readonly registry: StagedRegistry;
}

/** What is another than in an honest history: members of a commit, made from the one before and all earlier ones. */
export type Alteration = (honest: Commit, earlier: readonly Link[]) => Partial<Commit>;

export interface Chain {
  readonly database: MemoryDatabase;
  /** By version; nothing at 0. */
  readonly links: readonly Link[];
  at(version: number): Link;
  /** Where something of a version is: `note`, `root`, `facts/1` … */
  place(version: number, name: string): Digest;
  put(bytes: Uint8Array): Digest;
}

export const packed = (bytes: Uint8Array): Item => ({
  z: { B: compress(bytes) },
  n: { N: String(bytes.length) },
});

const PACKED = new Map<Uint8Array, Item>();

function packedOnce(bytes: Uint8Array): Item {
  const item = PACKED.get(bytes) ?? packed(bytes);
  PACKED.set(bytes, item);
  return item;
}

const SIGNED = new Map<Digest, Promise<Uint8Array>>();

/** Most commits of an altered history are those of an honest one. */
function signedOnce(commit: Digest): Promise<Uint8Array> {
  const signature = SIGNED.get(commit) ?? SIGNER.sign(commitMessage(commit));
  SIGNED.set(commit, signature);
  return signature;
}

/** A history of {@link VERSIONS} changes, each by two people, altered where `alterations` says. */
export async function chainOf(alterations: Readonly<Record<number, Alteration>> = {}): Promise<Chain> {
  const database = memoryDatabase();
  const put = (bytes: Uint8Array, more: Item = {}): Digest => {
    const digest = digestOf(bytes);
    database.objects.set(digest, { digest: { S: digest }, ...packedOnce(bytes), ...more });
    return digest;
  };
  const links: Link[] = [];
  let keyring: Keyring | null = null;
  for (let place = 1; place <= VERSIONS; place += 1) {
    const registry = REGISTRIES[place] ?? registryOf(place);
    for (const bytes of registry.objects.values()) put(bytes);
    put(registry.rootBytes);
    const before = links.at(-1)?.commit;
    const base = links.at(-1);
    const signed = signedOn(
      base === undefined ? null : { version: base.commit.version, digest: base.digest },
      keyring,
      { tables: TEST_TABLES, root: registry.rootDigest, at: `2026-11-23T12:00:0${place}.000Z` },
    );
    keyring = signed.keyring;
    const honest: Commit = {
      version: place,
      lineage: before?.lineage ?? 'a'.repeat(32),
      epoch: before?.epoch ?? 1,
      confirmed: before?.confirmed ?? true,
      home: before?.home ?? homeOf(TEST_TABLES.state),
      root: registry.rootDigest,
      note: put(framed('note', Buffer.from(`{"note":${place},"salt":""}`))),
      approval: put(encodeApproval(signed.approval)),
      keyring: put(encodeKeyring(signed.keyring)),
      kind: 'change',
      author: 'alice',
      approvers: ['bob'],
      recordedAt: `2026-11-23T12:00:0${place}.000Z`,
      ancestors: ancestorsOf(place, links),
    };
    const commit = { ...honest, ...alterations[place]?.(honest, links) };
    const bytes = encodeCommit(commit);
    const signature = await signedOnce(digestOf(bytes));
    const digest = put(bytes, { signature: { B: signature } });
    database.head = encodeHead({ commit: bytes, signature, root: registry.rootBytes });
    database.floor = floorOf(commit, digest);
    database.keyrings = [keyringRow(keyring)];
    links.push({ commit, digest, registry });
  }
  const at = (version: number): Link => {
    const link = links[version - 1];
    if (link === undefined) throw new Error(`no version ${version}`);
    return link;
  };
  return { database, links, at, put, place: (version, name) => placeOf(at(version), name) };
}

/** The row that acknowledges a commit. */
export function floorOf({ epoch, version }: Pick<Commit, 'epoch' | 'version'>, digest: Digest): Item {
  return encodeFloor('COMMIT', { epoch, version, digest, table: FLOOR_ID });
}

/** The row that acknowledges a keyring, in the first epoch. */
function keyringRow(keyring: Keyring): Item {
  return encodeFloor('KEYRING', { epoch: 1, table: FLOOR_ID, ...rowOfLinks(acknowledgedLinks(keyring)) });
}

/** The digests 1, 2, 4 … places before, as far as there are any. */
function ancestorsOf(version: number, earlier: readonly Link[]): Digest[] {
  return Array.from({ length: ancestorCount(version) }, (_, k) => {
    const link = earlier[version - 2 ** k - 1];
    return link?.digest ?? digestOf(Buffer.from(`no version ${version - 2 ** k}`));
  });
}

function placeOf({ digest, commit, registry }: Link, name: string): Digest {
  const { root } = registry;
  const [map = '', level = '0'] = name.split('/');
  if (map === 'commit') return digest;
  if (map === 'note') return commit.note;
  if (map === 'root') return commit.root;
  if (map === 'law') return root.law;
  const hash = keyHash(CHANGED);
  const top =
    map === 'view' ? root.view[hash.readUInt8(0) >> 2] : map === 'facts' ? root.facts : root.vendors;
  const shape: TrieShape = { rootFanout: map === 'vendors' ? 256 : 64, leafLimits: [0] };
  let found = top ?? null;
  for (let depth = map === 'view' ? 1 : 0; depth < Number(level); depth += 1) {
    const bytes = registry.objects.get(found ?? digest);
    if (bytes === undefined) throw new Error(`${name} has no depth ${depth}`);
    found = decodeNode(unframe(bytes, ['node']).body).child(childIndex(shape, hash, depth))?.digest ?? null;
  }
  if (found === null) throw new Error(`no ${name}`);
  return found;
}

/** A database with these versions of a registry, one after the other; the authorities are the first's. */
export async function storeOf(
  ...states: readonly [RegistryState, ...RegistryState[]]
): Promise<MemoryDatabase> {
  const database = memoryDatabase();
  const put = (bytes: Uint8Array): Digest => {
    const digest = digestOf(bytes);
    database.objects.set(digest, { digest: { S: digest }, ...packed(bytes) });
    return digest;
  };
  const links: Link[] = [];
  let keyring: Keyring | null = null;
  for (const state of states) {
    const registry = stageState(state);
    const { objects, rootBytes, rootDigest } = registry;
    for (const bytes of [...objects.values(), rootBytes]) put(bytes);
    const before = links.at(-1);
    const signed = signedOn(
      before === undefined ? null : { version: before.commit.version, digest: before.digest },
      keyring,
      { tables: TEST_TABLES, root: rootDigest, ...(before === undefined && { changed: state.facts }) },
    );
    keyring = signed.keyring;
    const place = {
      home: homeOf(TEST_TABLES.state),
      root: rootDigest,
      note: rootDigest,
      approval: put(encodeApproval(signed.approval)),
      keyring: put(encodeKeyring(signed.keyring)),
    };
    const version = links.length + 1;
    const commit =
      before === undefined
        ? await nextCommit(null, place, META)
        : { ...before.commit, ...place, version, ancestors: ancestorsOf(version, links) };
    const bytes = encodeCommit(commit);
    const signature = await SIGNER.sign(commitMessage(digestOf(bytes)));
    const digest = put(bytes);
    database.objects.set(digest, { ...database.objects.get(digest), signature: { B: signature } });
    database.floor = floorOf(commit, digest);
    database.keyrings = [keyringRow(keyring)];
    database.head = encodeHead({ commit: bytes, signature, root: rootBytes });
    links.push({ commit, digest, registry });
  }
  return database;
}
