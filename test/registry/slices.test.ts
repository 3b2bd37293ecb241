/** What the slices of long work leave in the table: nothing that no record names, so that a purge finds all of it. */
import { randomBytes } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBlobs } from '../../functions/registry/blobs.ts';
import type { RegistryContext } from '../../functions/registry/context.ts';
import { blobsOf, blobsOfJob } from '../../functions/registry/purge-items.ts';
import { everyRecord } from '../../functions/registry/records.ts';
import { createStateItems } from '../../functions/registry/state-items.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { type PurgeDoor, purgeDoor } from './purge-door.ts';
import { type RegistryRig, startRegistryRig, type Wire } from './rig.ts';

const WORD = 'spilled-hold';

let rig: RegistryRig;
let door: PurgeDoor;
/** How much later it is each time that somebody looks: beyond the end of a slice. */
let step = 0;
let skew = 0;
let lift: string;
/** What a forecast found, which is of no proposal. */
let forecast: string | undefined;
beforeAll(async () => {
  rig = await startRegistryRig({
    clock: () => {
      skew += step;
      return Date.now() + skew;
    },
  });
  door = purgeDoor(rig.context);
  const { post } = rig.as('usa-proposer');
  const stop = { id: WORD, authority: 'us-state', scope: { everything: true } };
  await post('hold', { ...stop, cause: 'doubt', reason: 'A test' });
  // An audit has a slice for each version.
  for (const id of ['second', 'third', 'fourth'])
    await post('hold', { ...stop, id, scope: { owner: 'USA' }, cause: 'doubt', reason: 'A test' });
  lift = (await post('lift', { hold: WORD, reason: 'A test' })).body.id;
});
afterAll(() => rig.stop());

const signal = () => AbortSignal.timeout(60_000);

async function blobsThere(): Promise<string[]> {
  const { client, tables } = rig.store;
  const { Items = [] } = await client.send(new ScanCommand({ TableName: tables.state }));
  const names = Items.map((item) => item['pk']?.S ?? '').filter((pk) => pk.startsWith('BLOB#'));
  return [...new Set(names)].map((pk) => pk.slice('BLOB#'.length)).sort();
}

async function blobsNamed(): Promise<string[]> {
  const named = new Set<string>();
  for await (const job of everyRecord(rig.context.jobs, signal()))
    for (const each of blobsOfJob(job)) named.add(each);
  for await (const proposal of everyRecord(rig.context.proposals, signal()))
    for (const each of blobsOf(proposal)) named.add(each);
  return [...named];
}

const unnamed = async () => {
  const named = await blobsNamed();
  return (await blobsThere()).filter((each) => !named.includes(each));
};

async function slowly<T>(ask: () => Promise<T>): Promise<T> {
  step = 11_000;
  try {
    return await ask();
  } finally {
    [step, skew] = [0, 0];
  }
}

const begun = (path: string, body: Wire = {}) =>
  slowly(async () => {
    const { status, body: answer } = await rig.as('usa-proposer').post(path, body);
    expect(status, JSON.stringify(answer)).toBe(202);
    return answer.job.id as string;
  });

const run = (context: RegistryContext, job: string) =>
  slowly(() => rig.asIn(context, 'usa-proposer').post(`jobs/${job}/run`, {}));

/** @returns how many slices it took */
async function finished(job: string): Promise<number> {
  for (let slices = 1; ; slices += 1) {
    const { status, body } = await run(rig.context, job);
    if (status === 200) {
      expect(body.job.status, JSON.stringify(body)).toBe('done');
      return slices;
    }
  }
}

describe('slices', () => {
  const KINDS: readonly [string, () => string, Wire?][] = [
    ['a simulation', () => `proposals/${lift}/simulate`],
    ['a forecast', () => 'forecast', { days: 3 }],
    ['an audit', () => 'verify', undefined],
  ];

  it.each(KINDS)('of %s leave nothing but where it goes on', async (_what, path, body) => {
    const before = await blobsThere();
    const job = await begun(path(), body);
    expect(await finished(job)).toBeGreaterThan(0);
    const { result } = (await rig.context.jobs.read(job, signal()))?.record ?? {};
    expect((await blobsThere()).filter((each) => !before.includes(each))).toEqual([result]);
    if (path() === 'forecast') forecast = result;
  });

  it('that were interrupted are named until they are gone', async () => {
    const interrupted = {
      ...rig.context,
      blobs: {
        ...rig.context.blobs,
        remove: () => Promise.reject(new StoreError('STORE_UNAVAILABLE')),
      },
    };
    const job = await begun('verify');
    const { cursor } = (await rig.context.jobs.read(job, signal()))?.record ?? {};
    expect((await run(interrupted, job)).status).toBe(503);
    expect([await blobsThere(), await unnamed()]).toEqual([expect.arrayContaining([cursor]), []]);
    await finished(job);
    expect(await blobsThere()).not.toContain(cursor);
  });

  it('of which another was first are gone, and the other’s goes on', async () => {
    const job = await begun('verify');
    const { jobs } = rig.context;
    const second: RegistryContext = {
      ...rig.context,
      jobs: {
        ...jobs,
        update: async (held, next, until) => {
          if (next.status === 'waiting') expect((await run(rig.context, job)).status).toBe(202);
          return jobs.update(held, next, until);
        },
      },
    };
    expect((await run(second, job)).status).toBe(409);
    expect(await unnamed()).toEqual([]);
    await finished(job);
  });

  it('are told by a search with the proposal they are of', async () => {
    const found: Wire[] = (await door.post('usa-proposer', '/search', { text: WORD, after: null })).body
      .places;
    const blobs = found.filter(({ what, name }) => what === 'blob' && name !== forecast);
    expect(blobs.length).toBeGreaterThan(0);
    expect(new Set(blobs.map(({ proposal }) => proposal))).toEqual(new Set([lift]));
    expect(found).toContainEqual({ table: 'state', what: 'blob', name: forecast });
  });

  it('leave no word of a proposal that was purged', async () => {
    await begun(`proposals/${lift}/simulate`);
    await rig.as('usa-proposer').post(`proposals/${lift}/reject`, { reason: 'A test' });
    const asked = { notes: [], objects: [], blobs: [], proposals: [lift], authority: 'us-state' };
    const { body } = await door.post('usa-proposer', '', { ...asked, reason: 'Spillage 20' });
    const done = await door.post('usa-approver', `/${body.id}/approve`, { request: body.digest });
    expect([done.status, done.body.outcomes]).toEqual([200, { [lift]: 'purged' }]);
    const { places } = (await door.post('usa-proposer', '/search', { text: WORD, after: null })).body;
    expect(places.filter(({ what, name }: Wire) => what === 'blob' && name !== forecast)).toEqual([]);
  });
});

describe('a blob whose removal was interrupted', () => {
  it('is still known, and what is left of it goes', async () => {
    const items = createStateItems(rig.store.client, rig.store.tables.state);
    let removals = 0;
    const once = createBlobs(
      {
        ...items,
        remove: (key, until) => {
          removals += 1;
          if (removals > 1) throw new StoreError('STORE_UNAVAILABLE');
          return items.remove(key, until);
        },
      },
      Date.now,
    );
    const name = await once.put(randomBytes(700 * 1024), signal());
    await expect(once.remove(name, signal())).rejects.toThrow('STORE_UNAVAILABLE');
    expect(await rig.context.blobs.isThere(name, signal())).toBe(true);
    const { places } = (await door.post('usa-proposer', '/search', { text: 'nowhere at all', after: null }))
      .body;
    expect(places).toEqual([{ table: 'state', what: 'blob', name }]);
    await rig.context.blobs.remove(name, signal());
    expect(await blobsThere()).not.toContain(name);
  });
});
