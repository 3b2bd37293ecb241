/** What an officer sees erased is erased, and nothing else is: as outsiders tried it. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROPOSAL_MS } from '../../functions/core/administration/statement.ts';
import { digestOf } from '../../functions/core/facts/canonical.ts';
import type { RegistryContext } from '../../functions/registry/context.ts';
import { compress } from '../../functions/store/compression.ts';
import { framed } from '../../functions/store/object-bytes.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { accreditation, source } from './changes.ts';
import { askedByEverybody, type PurgeDoor, purgeDoor } from './purge-door.ts';
import { approvalOf, type RegistryRig, simulated, startRegistryRig, type Wire } from './rig.ts';

let rig: RegistryRig;
let door: PurgeDoor;
let later = 0;
beforeAll(async () => {
  rig = await startRegistryRig({ clock: () => Date.now() + later });
  door = purgeDoor(rig.context);
});
afterAll(() => rig.stop());

const signal = () => AbortSignal.timeout(60_000);
const uma = () => rig.as('usa-proposer');
const UNAVAILABLE = async () => {
  throw new StoreError('STORE_UNAVAILABLE');
};

async function search(body: object): Promise<Wire[]> {
  const places: Wire[] = [];
  let after = null;
  do {
    const answer = await door.post('usa-proposer', '/search', { ...body, after });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    places.push(...answer.body.places);
    after = answer.body.next;
  } while (after !== null);
  return places;
}
const found = async (text: string) =>
  [...new Set((await search({ text })).map(({ what, name }) => `${what} ${name}`))].sort();

const purge = (more: object) => askedByEverybody(door, { ...more, reason: 'Spillage 30' });

const saying = (id: string, year: number, citation: string, more: object = {}): Wire => ({
  ...accreditation(id, year, { sources: [{ ...source, citation }] }),
  ...more,
});
const proposed = async (changes: Wire[], reason = 'A test') =>
  (await uma().post('proposals', { reason, changes })).body.id as string;
const approve = (context: RegistryContext, open: Wire) =>
  rig.asIn(context, 'usa-approver').post(`proposals/${open.id}/approve`, approvalOf(open));
async function published(changes: Wire[]): Promise<number> {
  const done = await approve(rig.context, await simulated(rig.as('usa-approver'), await proposed(changes)));
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  return done.body.version;
}
const factOf = async (id: string) => (await rig.as('auditor').get(`facts/accreditation/${id}`)).body;

/** Where the process dies that does this of a publication. */
const dyingAt = (step: 'prepare' | 'publish'): RegistryContext => ({
  ...rig.context,
  publisher: { ...rig.context.publisher, [step]: UNAVAILABLE },
});

describe('what a change holds that was approved and is on its way', () => {
  const cleaned = async (id: string, year: number) =>
    published([saying(id, year, 'A test', { op: 'replace', was: (await factOf(id)).digest })]);
  /** A way back to words that were replaced, which was approved, and died before it was published. */
  async function goingBack(id: string, year: number): Promise<Wire> {
    const version = await published([saying(id, year, `${id} words`)]);
    await cleaned(id, year);
    const back = { version, reason: 'Back', by: 'us-accreditor', also: [] };
    const { body: filed } = await uma().post('rollback', back);
    const open = await simulated(rig.as('usa-approver'), filed.id);
    expect((await approve(dyingAt('publish'), open)).status).toBe(503);
    return open;
  }
  async function purgeOf(id: string): Promise<{ status: number; body: Wire }> {
    const places = await search({ fact: `accreditation/${id}` });
    const objects = places.filter(({ what }) => what === 'leaf').map(({ name }) => name);
    expect(objects.length).toBeGreaterThan(0);
    return purge({ objects });
  }

  it('is not taken from under it, and is once that has come and gone', async () => {
    const open = await goingBack('undone', 2081);
    const refused = await purgeOf('undone');
    expect([refused.status, refused.body.error?.code]).toEqual([409, 'IN_FORCE']);
    expect(refused.body.error.details.proposal).toBe(open.id);
    expect((await approve(rig.context, open)).status).toBe(200);
    await cleaned('undone', 2081);
    expect((await purgeOf('undone')).body.status).toBe('done');
    const stop = {
      id: 'after',
      authority: 'us-state',
      scope: { network: 'us-a' },
      cause: 'doubt',
      reason: 'A',
    };
    expect((await rig.asIn(rig.fresh(), 'usa-proposer').post('hold', stop)).status).toBe(200);
  });

  it('and is where nothing of it can happen any more', async () => {
    const { id } = await goingBack('lost', 2082);
    const { prepared } = (await rig.context.proposals.read(id, signal()))?.record ?? {};
    if (prepared === undefined) throw new Error('nothing was frozen');
    const whole = () => purge({ proposals: [id] });
    expect((await whole()).body.outcomes).toEqual({ [id]: 'in-use' });
    await rig.context.blobs.of(id).remove(prepared, signal());
    expect((await purgeOf('lost')).body.status).toBe('done');
    // Nobody could reject or complete it either.
    expect((await whole()).body.outcomes).toEqual({ [id]: 'purged' });
  });

  it('and is not what somebody else completes at that moment', async () => {
    const { id } = await goingBack('raced', 2071);
    const held = await rig.context.proposals.read(id, signal());
    const { prepared } = held?.record ?? {};
    if (held === undefined || prepared === undefined) throw new Error('nothing was frozen');
    const racing: RegistryContext = {
      ...rig.context,
      blobs: {
        of: (keeper) => ({
          ...rig.context.blobs.of(keeper),
          async get(digest, at) {
            if (digest === prepared)
              await rig.context.proposals.update(held, { ...held.record, status: 'open' }, signal());
            return digest === prepared ? undefined : rig.context.blobs.of(keeper).get(digest, at);
          },
        }),
      },
    };
    const asked = { notes: [], proposals: [id], objects: [], jobs: [], authority: 'us-state', reason: 'A' };
    const { status, body } = await purgeDoor(racing).post('usa-proposer', '', asked);
    expect([status, body.outcomes]).toEqual([201, { [id]: 'in-use' }]);
  });
});

describe('what no version names', () => {
  const put = async (bytes: Uint8Array): Promise<string> => {
    const digest = digestOf(bytes);
    const Item = {
      digest: { S: digest },
      z: { B: compress(bytes) },
      n: { N: String(bytes.length) },
    };
    await rig.store.client.send(new PutItemCommand({ TableName: rig.store.tables.objects, Item }));
    return digest;
  };

  it('as the note of a publication that another overtook, goes by its digest; those of versions do not', async () => {
    const overtaken = await put(
      framed('note', Buffer.from('{"note":{"reason":"OVERTAKENWORD"},"salt":"00"}')),
    );
    expect(await search({ text: 'OVERTAKENWORD' })).toEqual([
      { table: 'objects', what: 'note', name: overtaken },
    ]);
    expect((await purge({ objects: [overtaken] })).body.outcomes).toEqual({ [overtaken]: 'purged' });
    expect(await search({ text: 'OVERTAKENWORD' })).toEqual([]);
    const [entry] = (await rig.as('auditor').get('log')).body.entries;
    const named = await purge({ objects: [entry.noteDigest] });
    expect([named.status, named.body.error.code]).toEqual([400, 'REQUEST_INVALID']);
    const { commit } = await rig.store.reader().open();
    const structure = await purge({ objects: [commit.root] });
    expect([structure.status, structure.body.error.code]).toEqual([400, 'REQUEST_INVALID']);
  });

  it('as facts of an approval that died before it was frozen, goes by its digest', async () => {
    const open = await simulated(rig.as('usa-approver'), await proposed([saying('dead', 2083, 'DEADWORD')]));
    expect((await approve(dyingAt('prepare'), open)).status).toBe(503);
    await uma().post(`proposals/${open.id}/reject`, { reason: 'A test' });
    const unknown = await door.post('usa-proposer', '/search', { fact: 'accreditation/dead', after: null });
    expect([unknown.status, unknown.body.error.message]).toEqual([404, expect.stringContaining('--object')]);
    const places = await search({ text: 'DEADWORD' });
    const objects = places.filter(({ table }) => table === 'objects').map(({ name }) => name);
    expect((await purge({ objects, proposals: [open.id] })).body.status).toBe('done');
    expect(await found('DEADWORD')).toEqual([]);
  });

  it('also where nobody knows its type, is named', async () => {
    const name = await put(Buffer.from(`of another build\0${'FUTUREWORD '.repeat(50)}`));
    expect(await found('FUTUREWORD')).toEqual([`unreadable ${name}`]);
  });
});

it('a search names facts by their own keys, and not by those under which a view has them', async () => {
  await published([saying('viewed', 2084, 'VIEWEDWORD')]);
  await published([
    saying('viewed', 2084, 'A test', { op: 'replace', was: (await factOf('viewed')).digest }),
  ]);
  const leaves = (await search({ text: 'VIEWEDWORD' })).filter(({ what }) => what === 'leaf');
  expect(leaves.length).toBeGreaterThan(1);
  expect([...new Set(leaves.flatMap(({ facts = [] }) => facts))]).toEqual(['accreditation/viewed']);
});

it.each(['nightfall', 'CORP\\NIGHTFALL', '\\\\fs1\\tango', 'bravo9', 'ufade'])(
  'a backslash hides nothing of %j',
  async (words) => {
    const reason = 'See \\\\fs1\\tango\\bravo9 CORP\\nightfall\\ufade';
    const id = await proposed([accreditation('slashes', 2085)], reason);
    expect(await found(words)).toContain(`PROPOSALS ${id}`);
    await uma().post(`proposals/${id}/reject`, { reason: 'A test' });
    await purge({ proposals: [id] });
    expect(await found(words)).toEqual([]);
  },
);

describe('a simulation', () => {
  it('goes with what it was to ask again and what it found, while its proposal stays', async () => {
    const id = await proposed([accreditation('asked', 2086)]);
    const recent = [{ message: { id: 'RECENTWORD', marking: 'SECRET' }, path: { hops: ['us-a'] } }];
    const { body } = await uma().post(`proposals/${id}/simulate`, { recent });
    expect(await found('RECENTWORD')).toEqual([`PROPOSALS ${id}`]);
    expect((await purge({ jobs: [body.job.id] })).body.outcomes).toEqual({ [body.job.id]: 'purged' });
    expect(await found('RECENTWORD')).toEqual([]);
    expect((await simulated(uma(), id)).status).toBe('open');
  });

  it('of what is closed keeps nothing of what it was to ask', async () => {
    const id = await proposed([accreditation('closed', 2087)]);
    await uma().post(`proposals/${id}/reject`, { reason: 'A test' });
    expect((await uma().post(`proposals/${id}/simulate`, { recent: ['REFUSEDWORD'] })).status).toBe(409);
    expect(await found('REFUSEDWORD')).toEqual([]);
  });

  it('that is done is told, whatever becomes of looking for a purge', async () => {
    const id = await proposed([accreditation('told', 2088)]);
    let reads = 0;
    const { proposals } = rig.context;
    const failing: RegistryContext = {
      ...rig.context,
      proposals: {
        ...proposals,
        read: (...given) => {
          reads += 1;
          return reads > 1 ? UNAVAILABLE() : proposals.read(...given);
        },
      },
    };
    expect((await rig.asIn(failing, 'usa-proposer').post(`proposals/${id}/simulate`)).status).toBe(200);
    expect(reads).toBeGreaterThan(1);
  });
});

it('one damaged piece stops no search, is named, and goes with its proposal', async () => {
  const id = await proposed([accreditation('damaged', 2089)], 'DAMAGEDWORD');
  const { body = '' } = (await rig.context.proposals.read(id, signal()))?.record ?? {};
  const Item = {
    ...{ pk: { S: `BLOB#${id}` }, sk: { S: `${body}#0000` } },
    ...{ z: { B: Buffer.from('garbage') }, n: { N: '9' }, pieces: { N: '1' } },
  };
  await rig.store.client.send(new PutItemCommand({ TableName: rig.store.tables.state, Item }));
  expect(await found('in no item at all')).toEqual([`PROPOSALS ${id}`]);
  await uma().post(`proposals/${id}/reject`, { reason: 'A test' });
  expect((await purge({ proposals: [id] })).body.outcomes).toEqual({ [id]: 'purged' });
  expect(await found('in no item at all')).toEqual([]);
});

it('who asks for what is open is told at once', async () => {
  const asked = { notes: [], objects: [], jobs: [], authority: 'us-state', reason: 'Spillage 31' };
  const id = await proposed([saying('open-still', 2072, 'A test')]);
  const { status, body } = await door.post('usa-proposer', '', { ...asked, proposals: [id] });
  expect([status, body.outcomes]).toEqual([201, { [id]: 'in-use' }]);
});

it('a word that an upload has cut in two is found', async () => {
  const upload = { chunks: 12, bytes: 90, digest: digestOf(Buffer.from('never whole')) };
  const { body } = await uma().post('proposals', { reason: 'A test', upload });
  const parts = new Map([
    [1, 'A CUTIN'],
    [2, 'TWOPIECES, and'],
    [10, 'LASTWO'],
    [11, 'RDOFALL'],
  ]);
  for (const [n, text] of parts) await uma().put(`proposals/${body.id}/chunks/${n}`, { text });
  expect(await found('CUTINTWOPIECES')).toEqual([`PROPOSALS ${body.id}`]);
  expect(await found('LASTWORDOFALL')).toEqual([`PROPOSALS ${body.id}`]);
});

it('the reason of a purge stands in its tombstones, and is found there', async () => {
  const version = await published([saying('stone', 2073, 'A test')]);
  const asked = { notes: [version], reason: 'TOMBWORD by mistake' };
  const { body } = await askedByEverybody(door, asked);
  expect(body.outcomes).toEqual({ [version]: 'purged' });
  expect((await found('TOMBWORD')).map((each) => each.split(' ')[0])).toEqual(['PURGES', 'tombstone']);
});

it.each([
  ['a table that is none', { table: 'others', key: null }],
  ['a key of another table', { table: 'objects', key: { pk: 'a', sk: 'b' } }],
  ['half a key', { table: 'state', key: { pk: 'PROPOSALS' } }],
  ['an empty key', { table: 'objects', key: { digest: '' } }],
  ['a key with more', { table: 'floor', key: { pk: 'a', sk: 'b', digest: 'c' } }],
])('a search does not go on from %s', async (_what, from) => {
  const { status, body } = await door.post('usa-proposer', '/search', { text: 'SPILLED', after: from });
  expect([status, body.error.code]).toEqual([400, 'REQUEST_INVALID']);
});

it('a forecast is not taken for a proposal', async () => {
  const job = (await rig.as('auditor').post('verify')).body.job.id;
  const { status, body } = await purge({ proposals: [job] });
  expect([status, body.error.code]).toEqual([400, 'REQUEST_INVALID']);
});

it('what waited too long goes, though nobody was there to reject it', async () => {
  const upload = { chunks: 2, bytes: 9, digest: digestOf(Buffer.from('whole')) };
  const { body } = await uma().post('proposals', { reason: 'AWAYWORD', upload });
  await uma().put(`proposals/${body.id}/chunks/0`, { text: 'AWAYWORD too' });
  expect((await purge({ proposals: [body.id] })).body.outcomes).toEqual({ [body.id]: 'in-use' });
  later = PROPOSAL_MS;
  try {
    expect((await purge({ proposals: [body.id] })).body.outcomes).toEqual({ [body.id]: 'purged' });
  } finally {
    later = 0;
  }
  expect(await found('AWAYWORD')).toEqual([]);
});
