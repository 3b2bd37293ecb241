/** What an officer sees erased is erased, and nothing else is: as outsiders tried it. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROPOSAL_MS } from '../../functions/core/administration/statement.ts';
import { digestOf } from '../../functions/core/facts/canonical.ts';
import type { RegistryContext } from '../../functions/registry/context.ts';
import { contentsOf } from '../../functions/registry/purge-contents.ts';
import { purgeGround } from '../../functions/registry/purge-ground.ts';
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
    await rig.context.blobs.of(id).remove(prepared, signal());
    expect((await purgeOf('lost')).body.status).toBe('done');
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
    later = 90_000;
    expect((await uma().post(`proposals/${open.id}/reject`, { reason: 'A test' })).status).toBe(200);
    later = 0;
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

it('what an upload has of a fact is found by its key, in whatever order its members come', async () => {
  const version = await published([saying('uploaded', 2074, 'UPLOADEDWORD')]);
  const { fact } = await factOf('uploaded');
  const text = JSON.stringify(Object.fromEntries(Object.entries(fact).reverse()));
  const upload = { chunks: 3, bytes: 9, digest: digestOf(Buffer.from('never whole')) };
  const { body } = await uma().post('proposals', { reason: 'A test', upload });
  await uma().put(`proposals/${body.id}/chunks/1`, { text: `[${text}` });
  await published([
    saying('uploaded', 2074, 'A test', { op: 'replace', was: (await factOf('uploaded')).digest }),
  ]);
  const places = await search({ fact: 'accreditation/uploaded', from: version, to: version });
  expect(places.filter(({ table }) => table === 'state').map(({ name }) => name)).toContain(body.id);
  expect((await search({ fact: 'accreditation/viewed' })).map(({ name }) => name)).not.toContain(body.id);
});

it('a proposal for an authority that never stood is the registrar’s to erase', async () => {
  const { fact } = (await rig.as('auditor').get('facts/authority/us-state')).body;
  const add = { op: 'add', fact: { ...fact, id: 'never-stood', name: 'NEVERWORD', speaksFor: ['MLT'] } };
  const { body } = await rig.as('proposer').post('proposals', { reason: 'NEVERWORD', changes: [add] });
  expect((await rig.as('proposer').post(`proposals/${body.id}/reject`, { reason: 'A test' })).status).toBe(
    200,
  );
  const asked = { notes: [], proposals: [body.id], objects: [], jobs: [], authority: 'us-state' };
  const request = await door.post('usa-proposer', '', { ...asked, reason: 'Spillage 32' });
  expect([request.status, request.body.missing]).toEqual([201, ['us-state', 'registrar']]);
  expect((await purge({ proposals: [body.id] })).body.outcomes).toEqual({ [body.id]: 'purged' });
  expect(await found('NEVERWORD')).toEqual([]);
});

it('what is left of a proposal is nothing by which its words could be guessed', async () => {
  const upload = { chunks: 2, bytes: 9, digest: digestOf(Buffer.from('PIN 4711')) };
  const sent = (await uma().post('proposals', { reason: 'PIN 4711', upload })).body.id;
  await uma().put(`proposals/${sent}/chunks/0`, { text: 'PIN 4711' });
  const id = await proposed([saying('guessed', 2075, 'PIN 4711')], 'PIN 4711');
  const record = async (of: string) => (await rig.context.proposals.read(of, signal()))?.record;
  const { body, salt } = (await record(id)) ?? {};
  for (const each of [id, sent]) await uma().post(`proposals/${each}/reject`, { reason: 'A test' });
  expect((await purge({ proposals: [id, sent] })).body.status).toBe('done');
  for (const each of [id, sent]) {
    const left = JSON.stringify(await record(each));
    for (const secret of [body, salt, upload.digest, digestOf(Buffer.from('PIN 4711'))])
      expect(left).not.toContain(secret);
  }
});

it('and a purge that died before the last of it goes on', async () => {
  const id = await proposed([saying('half', 2076, 'HALFWORD')]);
  const body = (await rig.context.proposals.read(id, signal()))?.record.body;
  await uma().post(`proposals/${id}/reject`, { reason: 'A test' });
  expect((await purge({ proposals: [id] })).body.status).toBe('done');
  const held = await rig.context.proposals.read(id, signal());
  if (held === undefined || !body) throw new Error(id);
  await rig.context.proposals.update(held, { ...held.record, body }, signal());
  const asked = { notes: [], proposals: [id], objects: [], jobs: [], authority: 'us-state', reason: 'Again' };
  const request = await door.post('usa-proposer', '', asked);
  expect([request.status, request.body.outcomes]).toEqual([201, {}]);
  expect((await purge({ proposals: [id] })).body.outcomes).toEqual({ [id]: 'purged' });
  expect((await rig.context.proposals.read(id, signal()))?.record.body).toBeNull();
});

it('letters of full width are found by those that they stand for', async () => {
  const id = await proposed([saying('wide', 2077, 'A test')], 'ＷＩＤＥＷＯＲＤ');
  expect(await found('widewōrd')).toEqual([]);
  expect(await found('wideword')).toEqual([`PROPOSALS ${id}`]);
});

it('who signs reads what documents hold, and of a law in which versions it stands', async () => {
  const first = await published([saying('read-1', 2078, 'READWORD')]);
  const changed = saying('read-1', 2078, 'A test', { op: 'replace', was: (await factOf('read-1')).digest });
  await published([changed]);
  const leaves = (await search({ fact: 'accreditation/read-1' })).filter(({ what }) => what === 'leaf');
  const { law } = (await rig.context.anyReader.open({ exact: first }, signal())).root;
  const objects = [...leaves.map(({ name }) => name), law];
  const asked = {
    notes: [],
    proposals: [],
    objects: leaves.map(({ name }) => name),
    jobs: [],
    authority: 'us-state',
  };
  const request = await door.post('usa-proposer', '', { ...asked, reason: 'Spillage 33' });
  const shown = (await door.get('usa-approver', `/${request.body.id}`)).body;
  expect(request.body.contents).toEqual(shown.contents);
  expect(Object.keys(shown.contents).sort()).toEqual([...asked.objects].sort());
  for (const { what, entries, count } of Object.values<Wire>(shown.contents)) {
    expect([what, entries.length]).toEqual(['leaf', Math.min(count, 20)]);
  }
  expect(JSON.stringify(shown.contents)).toContain('accreditation/read-1');
  const { head, past } = await purgeGround(rig.context, { notes: [], objects: [law] }, signal());
  const contents = await contentsOf({ head, past }, objects as never);
  expect(contents[law]).toMatchObject({ what: 'law', entries: [] });
  expect(contents[law]?.versions).toContain(first);
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
