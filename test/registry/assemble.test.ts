/** How the registry's parts are put together: who opens what, and how long each item is kept. */
import { DeleteItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { assembleReader } from '../../functions/registry/assemble.ts';
import type { Job } from '../../functions/registry/job.ts';
import { PARTITIONS } from '../../functions/registry/partitions.ts';
import type { Proposal } from '../../functions/registry/proposal.ts';
import { createStateItems } from '../../functions/registry/state-items.ts';
import { floorKey } from '../../functions/store/floor.ts';
import { documents } from '../../functions/store/history.ts';
import { type RegistryRig, startRegistryRig } from './rig.ts';

const NOW = Date.parse('2026-11-23T12:00:00.000Z');
const signal = () => AbortSignal.timeout(60_000);
let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig({ clock: () => NOW });
});
afterAll(() => rig.stop());
afterEach(() => vi.unstubAllEnvs());

/** The purge's part, as the environment of its function makes it. */
function readerOf(more: NodeJS.ProcessEnv = {}) {
  for (const [name, value] of Object.entries({
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: rig.store.engine.endpoint,
  }))
    vi.stubEnv(name, value);
  return assembleReader({
    OBJECTS_TABLE: rig.store.tables.objects,
    STATE_TABLE: rig.store.tables.state,
    FLOOR_TABLE: rig.store.tables.floor,
    COMMIT_PUBLIC_KEYS: rig.store.signer.publicKey,
    SEAL_PUBLIC_KEYS: rig.store.signer.publicKey,
    FOUNDER_KEYS: rig.store.founders.join(','),
    ACCOUNT_ID: '000000000000',
    API_ID: 'local',
    LEASE_SECONDS: '5',
    CLOCK_SKEW_SECONDS: '2',
    HEAD_COPIES: '1',
    ...more,
  });
}

it.each([
  [{}, false],
  [{ REGISTRY_CLOSED: 'yes' }, true],
  [{ REGISTRY_CLOSED: 'no' }, false],
  [{ REGISTRY_CLOSED: '' }, false],
])('the purge takes the registry with %o for closed: %s', (more, isClosed) => {
  expect(readerOf(more).isClosed).toBe(isClosed);
});

it.each([
  ['proposals', 'open', 1_803_211_200],
  ['proposals', 'uploading', 1_803_211_200],
  ['proposals', 'rejected', 1_803_211_200],
  ['proposals', 'approving', undefined],
  ['proposals', 'published', undefined],
  ['jobs', 'done', 1_803_211_200],
  ['jobs', 'waiting', 1_803_211_200],
] as const)('of %s one that is %s expires at %s', async (records, status, expires) => {
  const id = `${records}-${status}`;
  const record = { id, status } as Proposal & Job;
  await rig.context[records].create(record, signal());
  const items = createStateItems(rig.store.client, rig.store.tables.state);
  const item = await items.get({ pk: PARTITIONS[records], sk: id }, signal());
  expect([item?.['revision'], item?.['expires']]).toEqual([1, expires]);
});

it('a HEAD that nobody acknowledged is opened by who may finish it, and by nobody else', async () => {
  const { client, tables } = rig.store;
  const { version } = await rig.store.change({});
  for (const line of ['COMMIT', 'APPROVAL'] as const)
    await client.send(
      new DeleteItemCommand({ TableName: tables.floor, Key: floorKey(line, { epoch: 1, version }) }),
    );
  await expect(readerOf().reader.open({}, signal())).rejects.toMatchObject({ code: 'HEAD_UNACKNOWLEDGED' });
  expect((await rig.fresh().reader.open({}, signal())).version).toBe(version);
  expect((await readerOf().reader.open({}, signal())).version).toBe(version);
});

it('what is gone is shown by no process that has read it', async () => {
  const { client, tables } = rig.store;
  const shown = async () => {
    const snapshot = await rig.context.anyReader.open({}, signal());
    return [...(await documents(snapshot, 'facts', ['network/us-a'])).keys()];
  };
  expect(await shown()).toEqual(['network/us-a']);
  const { Items = [] } = await client.send(new ScanCommand({ TableName: tables.objects }));
  for (const { digest } of Items)
    if (digest !== undefined)
      await client.send(new DeleteItemCommand({ TableName: tables.objects, Key: { digest } }));
  await expect(shown()).rejects.toMatchObject({ code: 'OBJECT_MISSING' });
});
