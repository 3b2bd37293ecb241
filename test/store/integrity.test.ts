import { DeleteItemCommand, GetItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import { parseCommitKeys } from '../../functions/store/commit-signature.ts';
import { compress } from '../../functions/store/compression.ts';
import { rawDigest } from '../../functions/store/digest-bytes.ts';
import { encodeHead, HEAD_KEY, type Item } from '../../functions/store/head.ts';
import { framed } from '../../functions/store/object-bytes.ts';
import { createRegistryReader, type SnapshotReader } from '../../functions/store/registry-reader.ts';
import { encodeRoot, type RegistryRoot } from '../../functions/store/registry-root.ts';
import { stageChanges, stageState } from '../../functions/store/staging.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { type Engine, startEngine } from '../engine.ts';
import { signingPublisher } from './signed.ts';
import { lawWith, META, newSigner, openRig, type StoreRig, sampleState } from './store-rig.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

async function head(rig: StoreRig): Promise<Item> {
  const answer = await rig.client.send(new GetItemCommand({ TableName: rig.tables.state, Key: HEAD_KEY }));
  return answer.Item ?? {};
}

async function putHead(rig: StoreRig, item: Item): Promise<void> {
  await rig.client.send(new PutItemCommand({ TableName: rig.tables.state, Item: { ...item, ...HEAD_KEY } }));
}

async function putObject(rig: StoreRig, digest: Digest, item: Item): Promise<void> {
  const stored = { digest: { S: digest }, ...item };
  await rig.client.send(new PutItemCommand({ TableName: rig.tables.objects, Item: stored }));
}

const packed = (bytes: Uint8Array): Item => ({
  z: { B: compress(bytes) },
  n: { N: String(bytes.length) },
});

/** What a cold process gets: the error's code, or that it could read. */
async function coldRead(reader: SnapshotReader): Promise<string> {
  try {
    const open = await reader.open();
    await open.read(Array.from({ length: 50 }, (_, id) => `network/net-${id}`));
    await open.vendors(['vendor-1']);
    return 'read';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

/** Takes the floor away above a version, which no role of the guard may: what a process has seen is then all that is left. */
async function lowerFloor({ client, tables }: StoreRig, version: number): Promise<void> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: tables.floor }));
  for (const { pk, sk } of Items)
    if (Number(sk?.S?.slice(-10)) > version)
      await client.send(
        new DeleteItemCommand({ TableName: tables.floor, Key: { pk: pk ?? { S: '' }, sk: sk ?? { S: '' } } }),
      );
}

const bytesOf = (item: Item, name: string): Uint8Array => item[name]?.B ?? new Uint8Array();

/** Every way to damage a stored registry that we could think of, and what a cold reader says. */
const DAMAGE: readonly [name: string, damage: (rig: StoreRig) => Promise<void>, code: string][] = [
  ['nothing', async () => undefined, 'read'],
  [
    'HEAD without a signature',
    async (rig) => putHead(rig, omit(await head(rig), 'signature')),
    'HEAD_MALFORMED',
  ],
  ['HEAD without a root', async (rig) => putHead(rig, omit(await head(rig), 'root')), 'HEAD_MALFORMED'],
  ['HEAD with nothing', async (rig) => putHead(rig, {}), 'HEAD_MALFORMED'],
  [
    'HEAD whose parts are strings',
    async (rig) => putHead(rig, { ...(await head(rig)), commit: { S: 'commit' } }),
    'HEAD_MALFORMED',
  ],
  [
    'HEAD with a truncated signature',
    async (rig) => {
      const item = await head(rig);
      await putHead(rig, { ...item, signature: { B: bytesOf(item, 'signature').subarray(0, 95) } });
    },
    'HEAD_MALFORMED',
  ],
  [
    'HEAD with a truncated commit',
    async (rig) => {
      const item = await head(rig);
      await putHead(rig, { ...item, commit: { B: bytesOf(item, 'commit').subarray(0, 100) } });
    },
    'DIGEST_MISMATCH',
  ],
  [
    'HEAD with a truncated commit and its digest',
    async (rig) => {
      const item = await head(rig);
      const commit = bytesOf(item, 'commit').subarray(0, 100);
      await putHead(rig, { ...item, commit: { B: commit }, digest: { B: rawDigest(digestOf(commit)) } });
    },
    'SIGNATURE_INVALID',
  ],
  [
    'HEAD with a truncated root',
    async (rig) => {
      const item = await head(rig);
      await putHead(rig, { ...item, root: { B: bytesOf(item, 'root').subarray(0, 1000) } });
    },
    'DIGEST_MISMATCH',
  ],
  [
    'HEAD with one altered slot',
    async (rig) => {
      const item = await head(rig);
      const root = Buffer.from(bytesOf(item, 'root'));
      root.writeUInt8(root.readUInt8(200) ^ 1, 200);
      await putHead(rig, { ...item, root: { B: root } });
    },
    'DIGEST_MISMATCH',
  ],
  [
    'HEAD signed by a foreign key',
    async (rig) => {
      const foreign = newSigner();
      const publisher = signingPublisher({
        client: rig.client,
        tables: rig.tables,
        signer: foreign,
        publicKeys: parseCommitKeys(foreign.publicKey),
      });
      const base = await rig.reader().open();
      const staged = stageState(sampleState(3));
      const prepared = await publisher.prepare({ base, staged, meta: META, note: 'foreign' });
      await putHead(rig, encodeHead(prepared.head));
    },
    'SIGNATURE_INVALID',
  ],
  [
    'HEAD with an unsigned commit',
    async (rig) => {
      const item = await head(rig);
      await putHead(rig, { ...item, signature: { B: new Uint8Array(96) } });
    },
    'SIGNATURE_INVALID',
  ],
  [
    'a missing law',
    async (rig) => {
      const { law } = (await rig.reader().open()).root;
      const key = { digest: { S: law } };
      await rig.client.send(new DeleteItemCommand({ TableName: rig.tables.objects, Key: key }));
    },
    'OBJECT_MISSING',
  ],
  [
    'a law altered within its compression',
    async (rig) => {
      const { law } = (await rig.reader().open()).root;
      await putObject(rig, law, packed(framed('law', Buffer.from('{"mandates":[]}'))));
    },
    'DIGEST_MISMATCH',
  ],
  [
    'a law in the place of the vendors',
    async (rig) => {
      // Well-formed, correctly digested and signed for, but of another type.
      const { root } = await rig.reader().open();
      const bytes = framed('law', Buffer.from('{}'));
      const swapped = digestOf(bytes);
      await putObject(rig, swapped, packed(bytes));
      await republish(rig, { ...root, vendors: swapped });
    },
    'OBJECT_MALFORMED',
  ],
  [
    'a compressed bomb',
    async (rig) => {
      const { law } = (await rig.reader().open()).root;
      await putObject(rig, law, { z: { B: compress(Buffer.alloc(50_000_000)) }, n: { N: '50000000' } });
    },
    'OBJECT_MALFORMED',
  ],
  [
    'a bomb that understates its length',
    async (rig) => {
      const { law } = (await rig.reader().open()).root;
      await putObject(rig, law, { z: { B: compress(Buffer.alloc(50_000_000)) }, n: { N: '10' } });
    },
    'OBJECT_MALFORMED',
  ],
  [
    'an object without bytes',
    async (rig) => putObject(rig, (await rig.reader().open()).root.law, {}),
    'OBJECT_MALFORMED',
  ],
  [
    'a purged object',
    async (rig) => putObject(rig, (await rig.reader().open()).root.law, { purged: { BOOL: true } }),
    'OBJECT_PURGED',
  ],
  [
    'a leaf that is not JSON',
    async (rig) => {
      const { root } = await rig.reader().open();
      const bytes = framed('leaf', Buffer.from('{"vendor-1":'));
      await putObject(rig, digestOf(bytes), packed(bytes));
      await republish(rig, { ...root, vendors: digestOf(bytes) });
    },
    'OBJECT_MALFORMED',
  ],
  [
    'a leaf nested too deep',
    async (rig) => {
      const { root } = await rig.reader().open();
      const bytes = framed('leaf', Buffer.from(`{"vendor-1":${'['.repeat(10_000)}${']'.repeat(10_000)}}`));
      await putObject(rig, digestOf(bytes), packed(bytes));
      await republish(rig, { ...root, vendors: digestOf(bytes) });
    },
    'OBJECT_MALFORMED',
  ],
];

/** Publishes a root of our own making under the right key: what a broken publisher could do. */
async function republish(rig: StoreRig, root: RegistryRoot): Promise<void> {
  const rootBytes = encodeRoot(root);
  const staged = { root, rootBytes, rootDigest: digestOf(rootBytes), objects: new Map() };
  const base = await rig.reader().open();
  await rig.publisher.commit({ base, staged, meta: META, note: 'broken' });
}

function omit(item: Item, name: string): Item {
  return Object.fromEntries(Object.entries(item).filter(([key]) => key !== name));
}

describe('a damaged registry', () => {
  it.each(DAMAGE)('%s', async (_, damage, code) => {
    const rig = await openRig(engine);
    await rig.genesis(sampleState(50));
    await damage(rig);
    expect(await coldRead(rig.reader())).toBe(code);
  });

  it('an error is not remembered: the repaired registry is read by the same process', async () => {
    const rig = await openRig(engine);
    await rig.genesis(sampleState(50));
    const { law } = (await rig.reader().open()).root;
    const key = { TableName: rig.tables.objects, Key: { digest: { S: law } } };
    const { Item: good } = await rig.client.send(new GetItemCommand(key));
    await rig.client.send(new DeleteItemCommand(key));
    const reader = rig.reader();
    expect(await coldRead(reader)).toBe('OBJECT_MISSING');
    await rig.client.send(new PutItemCommand({ TableName: rig.tables.objects, Item: good }));
    expect(await coldRead(reader)).toBe('read');
  });
});

describe('a HEAD put back', () => {
  it('is refused by whoever has seen a newer one, until a newer one returns', async () => {
    const rig = await openRig(engine);
    await rig.genesis(sampleState(10));
    const old = await head(rig);
    await rig.change({ law: lawWith({ mandates: [], revoked: true }) });
    const current = await head(rig);
    const reader = rig.reader();
    expect(await coldRead(reader)).toBe('read');
    await putHead(rig, old);
    for (const each of [reader, rig.reader()]) expect(await coldRead(each)).toBe('HEAD_BELOW_FLOOR');
    await putHead(rig, current);
    expect(await coldRead(reader)).toBe('read');
    await putHead(rig, old);
    await lowerFloor(rig, 1);
    expect(await coldRead(reader)).toBe('VERSION_REGRESSION');
    expect(await coldRead(reader)).toBe('VERSION_REGRESSION');
    await putHead(rig, current);
    expect(await coldRead(reader)).toBe('HEAD_UNACKNOWLEDGED');
    await rig.publisher.acknowledge(await rig.reader({ acceptUnacknowledged: true }).open());
    expect(await coldRead(reader)).toBe('read');
  });

  it.each([1, 2])('another history is refused, %i versions later', async (steps) => {
    const rig = await openRig(engine);
    await rig.genesis(sampleState(10));
    const fork = await head(rig);
    const reader = rig.reader();
    await rig.change({ law: lawWith({ branch: 'a' }) });
    expect(await coldRead(reader)).toBe('read');
    await putHead(rig, fork);
    await lowerFloor(rig, 1);
    for (let step = 0; step < steps; step += 1) await rig.change({ law: lawWith({ branch: 'b', step }) });
    expect(await coldRead(reader)).toBe('HISTORY_FORKED');
  });
});

describe('a restored registry', () => {
  it('opens for nobody until two people confirm it, then for everybody, without a restart', async () => {
    const rig = await openRig(engine);
    await rig.genesis(sampleState(10));
    const backup = await head(rig);
    await rig.change({ law: lawWith({ revoked: true }) });

    // Restored into a table of its own, as DynamoDB does; the objects are the same.
    const restored = await openRig(engine);
    const tables = { ...rig.tables, state: restored.tables.state };
    await putHead(restored, backup);
    const common = { client: rig.client, tables, publicKeys: rig.keys };
    const reader = createRegistryReader({ ...common, founders: LOCAL_FOUNDERS });
    expect(await coldRead(reader)).toBe('HEAD_BELOW_FLOOR');

    const publisher = signingPublisher({ ...common, signer: rig.signer });
    const operator = createRegistryReader({ ...common, founders: LOCAL_FOUNDERS, acceptUnconfirmed: true });
    const publish = async (meta: typeof META) => {
      const base = await operator.open();
      const staged = await stageChanges(base, {});
      return publisher.commit({ base, staged, meta, note: null });
    };
    await expect(publish(META)).rejects.toMatchObject({ code: 'LINEAGE_CHANGED' });
    const restore = await publish({ ...META, kind: 'restore', succession: 'restore', approvers: [] });
    expect(restore.version).toBe(2);
    expect(await coldRead(reader)).toBe('LINEAGE_CHANGED');
    // An ordinary change, a revocation say, does not confirm; nor does the author alone.
    await publish({ ...META, kind: 'revoke', approvers: [] });
    expect(await coldRead(reader)).toBe('LINEAGE_CHANGED');
    const confirm = { ...META, kind: 'confirm', succession: 'confirm' as const };
    await expect(publish({ ...confirm, approvers: [] })).rejects.toMatchObject({ code: 'NOT_STORABLE' });
    await expect(publish({ ...confirm, approvers: ['alice'] })).rejects.toMatchObject({
      code: 'NOT_STORABLE',
    });
    await publish(confirm);
    expect(await coldRead(reader)).toBe('read');
    expect((await reader.open()).lineage).toBe(restore.lineage);
    // The lineage before the restore is gone.
    await putHead(restored, backup);
    expect(await coldRead(reader)).toBe('HEAD_BELOW_FLOOR');
  });

  it('a process that saw the new lineage refuses the old one even in its own table', async () => {
    const rig = await openRig(engine);
    await rig.genesis(sampleState(10));
    await rig.change({ law: lawWith({ newest: true }) });
    const old = await head(rig);
    const reader = rig.reader();
    for (const succession of ['restore', 'confirm'] as const) {
      const base = await createRegistryReader({
        founders: LOCAL_FOUNDERS,
        client: rig.client,
        tables: rig.tables,
        publicKeys: rig.keys,
        acceptUnconfirmed: true,
      }).open();
      const staged = await stageChanges(base, {});
      await rig.publisher.commit({
        base,
        staged,
        meta: { ...META, kind: succession, succession },
        note: null,
      });
    }
    expect(await coldRead(reader)).toBe('read');
    await putHead(rig, old);
    expect(await coldRead(reader)).toBe('HEAD_BELOW_FLOOR');
    await lowerFloor(rig, 2);
    expect(await coldRead(reader)).toBe('VERSION_REGRESSION');
  });

  it('begins an epoch above every one that was acknowledged, whatever came back', async () => {
    const rig = await openRig(engine);
    await rig.genesis(sampleState(10));
    const first = await head(rig);
    const any = createRegistryReader({ ...rig, publicKeys: rig.keys, acceptUnconfirmed: true });
    const epochs: number[] = [];
    for (let time = 0; time < 3; time += 1) {
      await putHead(rig, first);
      const base = await any.open();
      const meta = { ...META, succession: 'restore' as const };
      await rig.publisher.commit({ base, staged: await stageChanges(base, {}), meta, note: null });
      epochs.push((await any.open()).commit.epoch);
    }
    expect(epochs).toEqual([2, 3, 4]);
  });
});
