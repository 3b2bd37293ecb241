/** What the slices of long work leave in the table: nothing that does not go with the proposal or the job it is of. */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KeptBytes, pieceAt } from '../../functions/registry/blobs.ts';
import type { RegistryContext } from '../../functions/registry/context.ts';
import { cursorOf, putCursor } from '../../functions/registry/job-cursor.ts';
import { everyRecord, type Records } from '../../functions/registry/records.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { accreditation, digestOf } from './changes.ts';
import { askedByEverybody, type PurgeDoor, purgeDoor } from './purge-door.ts';
import { approvalOf, type RegistryRig, simulated, startRegistryRig, type Wire } from './rig.ts';

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

/** Whose, and of which bytes. */
async function bytesThere(): Promise<string[]> {
  const { client, tables } = rig.store;
  const { Items = [] } = await client.send(new ScanCommand({ TableName: tables.state }));
  const pieces = Items.flatMap((item) => pieceAt(item['pk']?.S ?? '', item['sk']?.S ?? '') ?? []);
  return [...new Set(pieces.map(({ keeper, digest }) => `${keeper} ${digest}`))].sort();
}

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

/** As a process has it that files slices so. */
const filing = (update: RegistryContext['jobs']['update']): RegistryContext => ({
  ...rig.context,
  jobs: { ...rig.context.jobs, update },
});

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
    const before = await bytesThere();
    const job = await begun(path(), body);
    expect(await finished(job)).toBeGreaterThan(0);
    const { record } = (await rig.context.jobs.read(job, signal())) ?? {};
    const keeper = record?.kind === 'simulate' ? lift : job;
    expect((await bytesThere()).filter((each) => !before.includes(each))).toEqual([
      `${keeper} ${record?.result}`,
    ]);
    if (path() === 'forecast') forecast = job;
  });

  it('that were interrupted leave what goes with the job', async () => {
    const of = (keeper: string) => ({
      ...rig.context.blobs.of(keeper),
      remove: () => Promise.reject(new StoreError('STORE_UNAVAILABLE')),
    });
    const job = await begun('verify');
    const { cursor } = (await rig.context.jobs.read(job, signal()))?.record ?? {};
    expect((await run({ ...rig.context, blobs: { of } }, job)).status).toBe(503);
    await finished(job);
    expect(await bytesThere()).toContain(`${job} ${cursor}`);
    expect(await purged({ jobs: [job] })).toEqual({ [job]: 'purged' });
    expect((await bytesThere()).filter((each) => each.startsWith(job))).toEqual([]);
    expect((await rig.as('auditor').get(`jobs/${job}`)).status).toBe(404);
  });

  it('of which another was first are gone, and the other’s goes on', async () => {
    const job = await begun('verify');
    const second = filing(async (held, next, until) => {
      if (next.status === 'waiting') expect((await run(rig.context, job)).status).toBe(202);
      return rig.context.jobs.update(held, next, until);
    });
    expect((await run(second, job)).status).toBe(409);
    const { cursor } = (await rig.context.jobs.read(job, signal()))?.record ?? {};
    expect((await bytesThere()).filter((each) => each.startsWith(job))).toEqual([`${job} ${cursor}`]);
    await finished(job);
  });

  it('go on in bytes that no other job has, also of the same proposal', async () => {
    const kept = rig.context.blobs.of('j-20260101T000000Z-0123456789');
    const [one, other] = [await putCursor(kept, [], signal()), await putCursor(kept, [], signal())];
    await kept.remove(one, signal());
    expect(await cursorOf(kept, { cursor: other }, signal())).toEqual([]);
    await kept.removeAll(signal());
  });

  it('of which nobody knows whether they were filed go on where they were', async () => {
    const job = await begun('verify');
    const lost = filing(async (...given) => {
      await rig.context.jobs.update(...given);
      throw new StoreError('STORE_UNAVAILABLE');
    });
    expect((await run(lost, job)).status).toBe(503);
    await finished(job);
  });

  it('are told by a search with the proposal they are of', async () => {
    const found: Wire[] = (await door.post('usa-proposer', '/search', { text: WORD, after: null })).body
      .places;
    const state = found.filter(({ table }) => table === 'state').map(({ what, name }) => `${what} ${name}`);
    // Its record, its operations, what was found.
    expect(state.filter((each) => each === `PROPOSALS ${lift}`)).toHaveLength(3);
    expect(new Set(state)).toEqual(new Set([`PROPOSALS ${lift}`, `JOBS ${forecast}`]));
  });

  it('leave no word of a proposal that was purged, nor do the jobs that had them', async () => {
    const job = await begun(`proposals/${lift}/simulate`);
    const other = (await rig.as('usa-proposer').post('lift', { hold: 'second', reason: 'A test' })).body.id;
    const theirs = (await rig.as('usa-proposer').post(`proposals/${other}/simulate`)).body.job.id;
    await forgotten(lift);
    expect((await rig.as('auditor').get(`jobs/${theirs}`)).status).toBe(200);
    const { places } = (await door.post('usa-proposer', '/search', { text: WORD, after: null })).body;
    const left = places.filter(
      ({ table, name }: Wire) => table === 'state' && ![forecast, other].includes(name),
    );
    expect(left).toEqual([]);
    expect((await rig.as('auditor').get(`jobs/${job}`)).status).toBe(404);
  });
});

/** As everybody asks for it and signs. */
async function purged(more: object): Promise<Wire> {
  const { status, body } = await askedByEverybody(door, { ...more, reason: 'Spillage 20' });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.outcomes;
}

async function forgotten(id: string): Promise<void> {
  await rig.as('usa-proposer').post(`proposals/${id}/reject`, { reason: 'A test' });
  expect(await purged({ proposals: [id] })).toEqual({ [id]: 'purged' });
}

describe('what was on its way while a proposal was purged is taken away by whoever ends it', () => {
  const proposed = async (reason: string) => {
    const { body } = await rig
      .as('usa-proposer')
      .post('proposals', { reason, changes: [accreditation('late')] });
    return body.id as string;
  };
  type Hooked = { readonly [K in 'jobs' | 'proposals']?: readonly ('create' | 'update')[] };
  /** Forgets the proposal just before one of its records, or of its jobs, is written. */
  const forgetting = (id: () => string, at: Hooked): RegistryContext => {
    let isDone = false;
    const hooked = <T extends { readonly id: string }>(
      records: Records<T>,
      which: readonly string[] = [],
    ): Records<T> => {
      const first = async () => {
        if (isDone) return;
        isDone = true;
        await forgotten(id());
      };
      return {
        ...records,
        create: async (...given) => {
          if (which.includes('create')) await first();
          return records.create(...given);
        },
        update: async (...given) => {
          if (which.includes('update')) await first();
          return records.update(...given);
        },
      };
    };
    return {
      ...rig.context,
      jobs: hooked(rig.context.jobs, at.jobs),
      proposals: hooked(rig.context.proposals, at.proposals),
    };
  };

  const LATE: readonly [
    string,
    () => Promise<string>,
    Hooked,
    (context: RegistryContext, id: string) => Promise<unknown>,
  ][] = [
    [
      'the first slice of a simulation',
      () => proposed('Late 1'),
      { jobs: ['create'] },
      (context, id) => slowly(() => rig.asIn(context, 'usa-proposer').post(`proposals/${id}/simulate`)),
    ],
    [
      'what it was to ask again',
      () => proposed('Late 2'),
      { jobs: ['create'] },
      (context, id) => rig.asIn(context, 'usa-proposer').post(`proposals/${id}/simulate`, { recent: [] }),
    ],
    [
      'a later slice',
      async () => (await rig.as('usa-proposer').post('lift', { hold: WORD, reason: 'A test' })).body.id,
      { jobs: ['update'] },
      async (context, id) => run(context, await begun(`proposals/${id}/simulate`)),
    ],
    [
      'a chunk',
      async () => {
        const upload = { chunks: 2, bytes: 9, digest: digestOf('whole') };
        return (await rig.as('usa-proposer').post('proposals', { reason: 'Late 4', upload })).body.id;
      },
      { proposals: ['update'] },
      (context, id) => rig.asIn(context, 'usa-proposer').put(`proposals/${id}/chunks/0`, { text: 'late' }),
    ],
    [
      'a publication that was about to be frozen',
      async () => (await simulated(rig.as('usa-approver'), await proposed('Late 5'))).id,
      { proposals: ['update'] },
      async (context, id) => {
        const open = (await rig.as('auditor').get(`proposals/${id}`)).body;
        return rig.asIn(context, 'usa-approver').post(`proposals/${id}/approve`, approvalOf(open));
      },
    ],
  ];

  it.each(LATE)('%s', async (_what, propose, at, end) => {
    const id = await propose();
    await end(
      forgetting(() => id, at),
      id,
    );
    expect((await rig.as('auditor').get(`proposals/${id}`)).body).toMatchObject({ purged: true });
    expect((await bytesThere()).filter((each) => each.startsWith(id))).toEqual([]);
    for await (const job of everyRecord(rig.context.jobs, signal()))
      expect(job.kind === 'simulate' && job.proposal).not.toBe(id);
  });

  it('and of an audit that was purged nothing is left by its last slice', async () => {
    const job = await begun('verify');
    const progress = async () => (await rig.context.jobs.read(job, signal()))?.record.progress;
    for (let at = await progress(); at?.done !== (at?.total ?? 0) - 1; at = await progress())
      expect((await run(rig.context, job)).status).toBe(202);
    const of = (keeper: string): KeptBytes => {
      const kept = rig.context.blobs.of(keeper);
      return {
        ...kept,
        put: async (...given) => {
          await purged({ jobs: [job] });
          return kept.put(...given);
        },
      };
    };
    expect((await run({ ...rig.context, blobs: { of } }, job)).status).toBe(409);
    expect((await bytesThere()).filter((each) => each.startsWith(job))).toEqual([]);
  });
});
