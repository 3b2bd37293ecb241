import { randomBytes } from 'node:crypto';
import {
  type AttributeValue,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../functions/registry/records.ts';
import { decompress } from '../../functions/store/compression.ts';
import type { Item } from '../../functions/store/head.ts';
import { verifyHistory } from '../../functions/store/history-verify.ts';
import { publicKeyOf } from '../../functions/store/person-signature.ts';
import { decodeWord, encodeWord, type PurgeWord } from '../../functions/store/purge-word.ts';
import { localKey } from '../../infra/local/identities.ts';
import { accreditation, digestOf, source } from './changes.ts';
import { EVERYBODY_ELSE, type PurgeDoor, purgeDoor } from './purge-door.ts';
import { approvalOf, type RegistryRig, simulated, startRegistryRig, TIMES, type Wire } from './rig.ts';

/** Typed into every free text there is. */
const WORD = 'SPILLED';
const secret = (where: string) => `${WORD} "${where}" ünd more`;

let rig: RegistryRig;
let door: PurgeDoor;
beforeAll(async () => {
  rig = await startRegistryRig();
  door = purgeDoor(rig.context);
});
afterAll(() => rig.stop());

/** Every byte of every item, compressed or written in another alphabet: not by the code that is tested. */
async function leftInTables(): Promise<readonly string[]> {
  const found: string[] = [];
  const pieces = new Map<string, { readonly n: number; readonly parts: Map<string, Uint8Array> }>();
  for (const [table, TableName] of Object.entries(rig.store.tables)) {
    const { Items = [], LastEvaluatedKey } = await rig.store.client.send(new ScanCommand({ TableName }));
    expect(LastEvaluatedKey).toBeUndefined();
    for (const item of Items) {
      const name = `${table} ${item['digest']?.S ?? `${item['pk']?.S} ${item['sk']?.S}`}`;
      if (Object.values(item).some((value) => has(value))) found.push(name);
      const [z, n] = [item['z']?.B, Number(item['n']?.N ?? 0)];
      if (z === undefined) continue;
      const [digest = ''] = (item['sk']?.S ?? '').split('#');
      const at = item['pk'] === undefined ? name : `${item['pk'].S} ${digest}`;
      const held = pieces.get(at) ?? { n, parts: new Map() };
      held.parts.set(item['sk']?.S ?? '', z);
      pieces.set(at, held);
    }
  }
  for (const [name, { n, parts }] of pieces) {
    const packed = Buffer.concat([...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, z]) => z));
    if (hasText(Buffer.from(decompress(packed, n, 1e8)).toString('utf8'))) found.push(name);
  }
  return found;
}

function has({ S, B }: AttributeValue): boolean {
  return hasText(S ?? '') || (B !== undefined && hasText(Buffer.from(B).toString('utf8')));
}

function hasText(text: string): boolean {
  if (text.includes(WORD)) return true;
  return [...text.matchAll(/[A-Za-z0-9+/]{24,}={0,2}/g)].some(([base64]) =>
    Buffer.from(base64, 'base64').toString('latin1').includes(WORD),
  );
}

const search = async (body: Wire): Promise<Wire[]> => (await searchedIn(door, body)).flat();

/** What each answer found. */
async function searchedIn(at: PurgeDoor, body: Wire): Promise<Wire[][]> {
  const answers: Wire[][] = [];
  let after = null;
  do {
    const answer = await at.post('usa-proposer', '/search', { ...body, after });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    answers.push(answer.body.places);
    after = answer.body.next;
  } while (after !== null && answers.length < 20);
  return answers;
}

describe('a secret in every free text there is', () => {
  const KEY = 'accreditation/leaky';
  const purged = async (asked: Wire): Promise<Wire> => {
    const whole = { notes: [], proposals: [], authority: 'us-accreditor', reason: 'Spillage 9', ...asked };
    const { status, body } = await door.post('usa-proposer', '', whole);
    expect(status, JSON.stringify(body)).toBe(201);
    let last = body;
    for (const who of EVERYBODY_ELSE) {
      const answer = await door.post(who, `/${body.id}/approve`, { request: body.digest });
      if (answer.status === 403) continue;
      expect([200, 202], JSON.stringify(answer.body)).toContain(answer.status);
      last = answer.body;
      if (answer.status === 200) break;
    }
    return last;
  };
  /** Everybody signs, and nothing goes while somebody can publish. */
  const leftWhileOpen = async (asked: Wire): Promise<void> => {
    const open = purgeDoor(rig.context, false);
    const whole = { notes: [], proposals: [], authority: 'us-accreditor', reason: 'Spillage 9', ...asked };
    const { body } = await open.post('usa-proposer', '', whole);
    const before = await leftInTables();
    const codes: string[] = [];
    for (const who of EVERYBODY_ELSE) {
      const answer = await open.post(who, `/${body.id}/approve`, { request: body.digest });
      codes.push(answer.body.error?.code ?? answer.status);
    }
    expect(codes).toContain('REGISTRY_OPEN');
    expect(before.length).toBeGreaterThan(5);
    expect((await leftInTables()).filter((each) => before.includes(each))).toEqual(before);
  };
  const published = async (reason: string, changes: Wire[]): Promise<Wire> => {
    const filed = await rig.as('usa-proposer').post('proposals', { reason, changes });
    expect(filed.status, JSON.stringify(filed.body)).toBe(201);
    const open = await simulated(rig.as('usa-proposer'), filed.body.id);
    const answer = await rig.as('usa-approver').post(`proposals/${open.id}/approve`, approvalOf(open));
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return { id: open.id, version: answer.body.version };
  };
  const leaky = (words: string, more: object = {}) =>
    accreditation('leaky', 2036, { sources: [{ ...source, citation: words }], ...more });
  /** A fact of the law, which is one document for everybody. */
  const agreed = (agreement: string): Wire => ({
    op: 'add',
    fact: {
      ...{ kind: 'equivalence', id: 'agreed', authority: 'us-accreditor', agreement, sources: [source] },
      ...{ from: { frame: 'US', level: 'SECRET' }, to: { frame: 'CAN', level: 'SECRET' } },
      valid: { from: '2036-01-01', to: '2036-12-31', zone: 'UTC' },
    },
  });
  /** A chunk of an upload, and a request that a simulation was to ask again: beside proposals that nobody goes on with. */
  const givenUp = async (words: string): Promise<readonly string[]> => {
    const { post, put } = rig.as('usa-proposer');
    // What a purge writes in a reason's place, in its author's own words.
    const reason = '(purged)';
    const text = JSON.stringify([leaky(secret(`a chunk ${words}`))]);
    const whole = { chunks: 2, bytes: Buffer.byteLength(text), digest: digestOf(text), text };
    const upload = await post('proposals', { reason: secret('an upload'), upload: whole });
    await put(`proposals/${upload.body.id}/chunks/0`, { text });
    await post(`proposals/${upload.body.id}/reject`, { reason: secret('given up') });
    const asked = await post('proposals', { reason, changes: [accreditation('asked', 2040)] });
    const recent = [{ message: { id: 'm', marking: secret(`a request ${words}`) }, path: { hops: [] } }];
    await post(`proposals/${asked.body.id}/simulate`, { recent });
    // The record of the proposal names the last simulation alone.
    await post(`proposals/${asked.body.id}/simulate`, {});
    await post(`proposals/${asked.body.id}/reject`, { reason: 'A test' });
    return [upload.body.id, asked.body.id];
  };
  const made: { proposals: string[]; notes: number[]; fact: number } = { proposals: [], notes: [], fact: 0 };

  it('is in many places', async () => {
    const first = await published(secret('a reason'), [
      leaky(secret('a source')),
      agreed(secret('an agreement')),
    ]);
    // Of what was frozen on its way to a version nothing is left beside it.
    const said = (await search({ text: secret('a reason') })).map(({ what }) => what);
    expect(said.sort()).toEqual(['PROPOSALS', 'note']);
    made.fact = first.version;
    made.proposals.push(first.id);
    made.notes.push(first.version);
    const scope = { network: 'us-a' };
    const stop = await rig
      .as('usa-proposer')
      .post('hold', { id: 'drill', authority: 'us-state', scope, cause: 'doubt', reason: secret('a hold') });
    made.notes.push(stop.body.version);
    const lift = await rig.as('usa-proposer').post('lift', {
      ...{ hold: 'drill', reason: secret('a lift') },
      sources: [{ citation: secret('the end of a hold'), verified: true }],
    });
    made.proposals.push(lift.body.id);
    await rig.as('usa-proposer').post(`proposals/${lift.body.id}/reject`, { reason: secret('no') });
    made.proposals.push(...(await givenUp('named with the rest')));
    const kinds = new Set((await search({ text: WORD })).map(({ what }) => what));
    expect([...kinds].sort()).toEqual(expect.arrayContaining(['PROPOSALS', 'law', 'leaf', 'note']));
    expect((await search({ text: WORD })).length).toBe((await leftInTables()).length);
  });

  it('is not purged while it is in force, however it is asked for', async () => {
    const refused = await door.post('usa-proposer', '/search', { fact: KEY, after: null });
    expect([refused.status, refused.body.error.code]).toEqual([409, 'IN_FORCE']);
    const objects = (await search({ text: secret('a source') }))
      .filter(({ what }) => what === 'leaf')
      .map(({ name }) => name);
    const asked = { notes: [], proposals: [], authority: 'us-accreditor', reason: 'Spillage 9' };
    const { status, body } = await door.post('usa-proposer', '', { ...asked, objects });
    expect([status, body.error.code]).toEqual([409, 'IN_FORCE']);
  });

  it('is replaced by two people, without it; stays while somebody can publish; then all of it is asked for and goes', async () => {
    const { digest: was } = (await rig.as('auditor').get(`facts/${KEY}`)).body;
    const clean = { ...leaky('A test'), op: 'replace', was };
    const { digest: row } = (await rig.as('auditor').get('facts/equivalence/agreed')).body;
    await published('They said too much', [clean, { ...agreed('A test'), op: 'replace', was: row }]);
    const places = [...(await search({ fact: KEY })), ...(await search({ text: WORD }))];
    const asked = {
      notes: made.notes,
      proposals: made.proposals,
      ...{ objects: named(places, 'leaf', 'law'), jobs: named(places, 'JOBS') },
    };
    await leftWhileOpen(asked);
    const outcome = await purged(asked);
    expect([outcome.status, new Set(Object.values(outcome.outcomes))]).toEqual(['done', new Set(['purged'])]);
  });

  it('is in no byte that is left', async () => {
    expect(await leftInTables()).toEqual([]);
    expect(await search({ text: WORD })).toEqual([]);
    for (const path of ['log', 'proposals', `versions/${made.notes[1]}`]) {
      const answer = await rig.as('auditor').get(path);
      expect(JSON.stringify(answer.body), path).not.toContain(WORD);
    }
    const again = await door.post('usa-proposer', '/search', { fact: KEY, after: null });
    expect([again.status, again.body.error.code]).toEqual([409, 'IN_FORCE']);
  });

  it('leaves a history that is purged, and not corrupt', async () => {
    const { body } = await rig.as('auditor').post('verify');
    const report = JSON.parse((await rig.as('auditor').get(`jobs/${body.job.id}/result`)).body.text);
    expect([report.sound, report.problems]).toEqual([true, []]);
    expect(report.purged.length).toBeGreaterThan(made.notes.length);
  });

  it.each<[string, (word: PurgeWord) => PurgeWord | undefined]>([
    ['no word', () => undefined],
    ['one signature fewer', ({ asked, signed }) => ({ asked, signed: signed.slice(1) })],
    ['one nation fewer', ({ asked, signed }) => ({ asked, signed: signed.slice(0, 2) })],
    ['another list', ({ asked, signed }) => ({ asked: { ...asked, objects: [] }, signed })],
    [
      'another object, which nobody signed',
      ({ asked, signed }) => ({ asked: { ...asked, objects: [...asked.objects, digestOf('x')] }, signed }),
    ],
    [
      'a signature of somebody else’s',
      ({ asked, signed: [first, ...rest] }) => ({
        asked,
        signed: [{ ...(first as PurgeWord['signed'][0]), key: rest[0]?.key ?? '' }, ...rest],
      }),
    ],
    [
      'words for another registry',
      ({ asked, signed }) => ({
        asked,
        signed: signed.map((each) => ({
          ...each,
          statement: { ...each.statement, registry: 'f'.repeat(32) },
        })),
      }),
    ],
  ])('a tombstone with %s is a hole', async (_what, other) => {
    const { client, tables } = rig.store;
    const { Items = [] } = await client.send(new ScanCommand({ TableName: tables.objects }));
    const tombs = Items.filter((item) => item['purged'] !== undefined);
    const bearing = tombs.filter((item) =>
      decodeWord(item)?.asked.objects.some((object) => object === item['digest']?.S),
    );
    expect(bearing.length).toBeGreaterThan(1);
    const [tomb] = bearing;
    const word = tomb && other(decodeWord(tomb) as PurgeWord);
    const put = (Item: Item) => client.send(new PutItemCommand({ TableName: tables.objects, Item }));
    const [digest, purged] = [tomb?.['digest'] as AttributeValue, { BOOL: true }];
    await put({ digest, purged, ...(word !== undefined && encodeWord(word)) });
    const report = await verifyHistory({
      ...{ client, tables, publicKeys: rig.store.keys, founders: rig.store.founders },
      signal: AbortSignal.timeout(60_000),
    });
    expect(report.problems).toMatchObject([{ code: 'OBJECT_ALTERED', digest: digest.S }]);
    await put(tomb as Item);
  });

  it.each<[string, () => Promise<{ status: number; body: Wire }>]>([
    ['shown', () => rig.as('auditor').get(`facts/${KEY}`, { version: String(made.fact) })],
    ['compared', () => rig.as('auditor').get('diff', { from: String(made.fact) })],
    ['gone back to', () => rig.as('auditor').get(`rollback/${made.fact}`)],
  ])('its version is not %s', async (_what, ask) => {
    const { status, body } = await ask();
    expect([status, body.error?.code]).toEqual([409, 'VERSION_PURGED']);
  });

  it('but who set what stands now is told, as far as anybody can tell', async () => {
    const { status, body } = await rig.as('auditor').get(`blame/${KEY}`);
    expect([status, body.change, body.fact.sources[0].citation]).toEqual([200, 'unknown', 'A test']);
    expect(body.version).toBeGreaterThan(made.fact);
    const last = await rig.as('auditor').get(`blame/${KEY}`, { version: String(made.fact) });
    expect([last.status, last.body.error?.code]).toEqual([409, 'VERSION_PURGED']);
  });

  it.each(['once', 'again, in the same words'])(
    'goes with the proposal that it stands beside, whoever names that alone: %s',
    async () => {
      const proposals = await givenUp('named by itself');
      const left = await leftInTables();
      expect(left.filter((each) => each.includes('BLOB')).length, left.join()).toBeGreaterThan(1);
      const { status } = await purged({ proposals, objects: [], jobs: [] });
      expect([status, await leftInTables()]).toEqual(['done', []]);
      for (const id of proposals)
        expect((await rig.as('auditor').get(`proposals/${id}`)).body).toMatchObject({ purged: true });
    },
  );

  it('and what is in force is as it was', async () => {
    expect((await rig.as('auditor').get(`facts/${KEY}`)).body.fact.sources[0].citation).toBe('A test');
    const head = await rig.store.reader().open();
    await head.read(['network/us-a']);
    await published('Goes on', [accreditation('after', 2044)]);
  });
});

/** Publishes a fact that cites these words, in the place of the one that is there. @returns the version */
async function written(
  at: RegistryRig,
  citation: string,
  { op, fact }: Wire,
  nation = 'usa-',
): Promise<number> {
  const cited = { op, fact: { ...fact, sources: [{ ...source, citation }] } };
  const held = await at.as('auditor').get(`facts/${fact.kind}/${fact.id}`);
  const changes = [held.status === 200 ? { ...cited, op: 'replace', was: held.body.digest } : cited];
  const author = at.as(`${nation}proposer`);
  const filed = await author.post('proposals', { reason: 'A test', changes });
  expect(filed.status, JSON.stringify(filed.body)).toBe(201);
  const open = await simulated(author, filed.body.id);
  const answer = await at.as(`${nation}approver`).post(`proposals/${open.id}/approve`, approvalOf(open));
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.version;
}

const named = (places: readonly Wire[], ...what: string[]) => [
  ...new Set(places.filter((each) => what.includes(each.what)).map(({ name }) => name as string)),
];

describe('a search', () => {
  const KEY = 'accreditation/mislaid';
  const WORDS = 'MISLAID "words" ünd more Σ';
  const escaped = (words: string) =>
    Array.from(words, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  const BLOB = randomBytes(700 * 1024).toString('hex');
  const versions: number[] = [];
  beforeAll(async () => {
    for (const words of ['MISLAID one', 'MISLAID two', 'MISLAID three', 'A test'])
      versions.push(await written(rig, words, accreditation('mislaid', 2050)));
  });

  it('that is cut short goes on where it was, and finds as much', async () => {
    const answers = await searchedIn(purgeDoor(rig.context, true, { ...TIMES, sliceMs: 0 }), {
      text: 'MISLAID one',
    });
    expect(answers.length).toBe(3);
    const whole = await search({ text: 'MISLAID one' });
    expect([...new Set(whole.map(({ table }) => table))]).toEqual(['objects', 'state']);
    expect(answers.flat()).toEqual(whole);
  });

  it.each([
    ['one', 0],
    ['two', 1],
    ['three', 2],
  ])('for a fact as one version has it finds that one: %s', async (words, index) => {
    const [from, to] = [versions[index], versions[index]];
    const places = await search({ fact: KEY, from, to });
    const found = named(places, 'leaf');
    expect(places.filter(({ what }) => what === 'leaf').map(({ facts }) => facts)).toContainEqual([KEY]);
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual(named(await search({ text: `MISLAID ${words}` }), 'leaf'));
  });

  it.each<[string, (words: string) => string]>([
    ['as they are', (words) => words],
    ['as JSON', (words) => JSON.stringify({ words })],
    ['as JSON within JSON', (words) => JSON.stringify([JSON.stringify({ words })])],
    ['in the last of three pieces', (words) => `${BLOB}${words}`],
    ['in other letters', (words) => words.replace('MISLAID', 'Mislaid').replace('ünd', 'ÜND')],
    ['before a letter on which their own depend', (words) => `${words}Α`],
    ['decomposed', (words) => words.normalize('NFD')],
    ['with more blanks', (words) => words.replaceAll(' ', ' \n ')],
    ['in lines, as JSON', (words) => JSON.stringify(words.replaceAll(' ', '\n'))],
    ['as somebody’s escapes', (words) => escaped(words)],
    ['as somebody’s escapes, in JSON', (words) => JSON.stringify(escaped(words))],
  ])('finds words %s, and says so once', async (_what, written) => {
    const signal = AbortSignal.timeout(60_000);
    const name = newId('j', Date.now());
    const kept = rig.context.blobs.of(name);
    await kept.put(Buffer.from(written(WORDS)), signal);
    expect(await search({ text: WORDS })).toEqual([{ table: 'state', what: 'JOBS', name }]);
    await kept.removeAll(signal);
  });

  it.each(['', '   \n ', 'abc', ' \t a \n b '])(
    'does not look for %j, which may be anywhere',
    async (text) => {
      const answer = await door.post('usa-proposer', '/search', { text, after: null });
      expect([answer.status, answer.body.error.code]).toEqual([400, 'REQUEST_INVALID']);
    },
  );

  it('finds words in what nobody can read', async () => {
    const { client, tables } = rig.store;
    const name = digestOf('unreadable');
    const Item = { digest: { S: name }, z: { B: Buffer.from(WORDS) }, n: { N: '9' } };
    await client.send(new PutItemCommand({ TableName: tables.objects, Item }));
    expect(await search({ text: WORDS })).toEqual([{ table: 'objects', what: 'unreadable', name }]);
    const Key = { digest: Item.digest };
    await client.send(new DeleteItemCommand({ TableName: tables.objects, Key }));
  });
});

describe('what everybody has signed while somebody could publish', () => {
  const versions: number[] = [];
  let objects: string[] = [];
  let request: Wire;
  const approved = async (who: string, at = door) => {
    const { status, body } = await at.post(who, `/${request.id}/approve`, { request: request.digest });
    return [status, body.error?.code ?? body.status];
  };
  const itemOf = async (digest: string) => {
    const { client, tables } = rig.store;
    const Key = { digest: { S: digest } };
    const { Item = {} } = await client.send(new GetItemCommand({ TableName: tables.objects, Key }));
    return Item;
  };
  const put = (Item: Item) =>
    rig.store.client.send(new PutItemCommand({ TableName: rig.store.tables.objects, Item }));
  beforeAll(async () => {
    for (const words of ['ASTRAY one', 'ASTRAY two', 'ASTRAY three'])
      versions.push(await written(rig, words, accreditation('astray', 2051)));
    objects = named(await search({ text: 'ASTRAY two' }), 'leaf');
    const asked = { notes: [], proposals: [], authority: 'us-accreditor', reason: 'Spillage 16' };
    const open = purgeDoor(rig.context, false);
    request = (await open.post('usa-proposer', '', { ...asked, objects })).body;
    const said: unknown[] = [];
    for (const who of EVERYBODY_ELSE) said.push(await approved(who, open));
    expect(said.at(-1)).toEqual([409, 'REGISTRY_OPEN']);
  });

  it.each([
    ['above', 2],
    ['below', 0],
  ])('stays where an audit finds fault with the version %s', async (_what, index) => {
    const { note } = (await rig.store.reader().open({ exact: versions[index] ?? 0 })).commit;
    const honest = await itemOf(note);
    await put({ digest: { S: note }, z: { B: Buffer.from('damaged') }, n: { N: '9' } });
    expect(await approved('usa-approver')).toEqual([503, 'REGISTRY_INTEGRITY']);
    await put(honest);
  });

  it('is not called gone where it went without a word', async () => {
    const { client, tables } = rig.store;
    const honest: Item[] = [];
    for (const object of objects) {
      honest.push(await itemOf(object));
      const Key = { digest: { S: object } };
      await client.send(new DeleteItemCommand({ TableName: tables.objects, Key }));
    }
    expect(await approved('usa-approver', purgeDoor(rig.fresh()))).toEqual([503, 'REGISTRY_INTEGRITY']);
    for (const item of honest) await put(item);
  });

  it('goes, once nobody can, on the word of any of them', async () => {
    expect(await approved('usa-approver')).toEqual([200, 'done']);
  });
});

describe('whoever spoke in a version that held it', () => {
  let now = Date.parse('2026-11-23T12:00:00.000Z');
  let earlier: RegistryRig;
  beforeAll(async () => {
    earlier = await startRegistryRig({ clock: () => now });
  });
  afterAll(() => earlier.stop());

  it('is asked, also where others spoke in the next and nobody speaks for them now', async () => {
    const people = ['pat', 'alex'].map((name) => ({ name, keys: [publicKeyOf(localKey(name))] }));
    const brief = {
      ...{ kind: 'authority', id: 'brief', name: 'A test', speaksFor: ['FJI'], holders: [], people },
      ...{ proposers: ['routeguard-proposer'], approvers: ['routeguard-approver'] },
      valid: { from: '2000-01-01', to: '2026-11-23T13:00:00Z', zone: 'UTC' },
    };
    await written(earlier, 'A test', { op: 'add', fact: brief }, '');
    await written(earlier, 'ASTRAY words', accreditation('astray'));
    now += 2 * 3_600_000;
    await written(earlier, 'A test', accreditation('other', 2052));
    await written(earlier, 'A test', accreditation('astray'));
    const at = purgeDoor(earlier.context);
    const objects = named((await searchedIn(at, { text: 'ASTRAY words' })).flat(), 'leaf');
    expect(objects.length).toBeGreaterThan(0);
    const asked = { notes: [], proposals: [], authority: 'us-accreditor', reason: 'Spillage 17' };
    const { status, body } = await at.post('usa-proposer', '', { ...asked, objects });
    expect([status, body.error?.code, body.error?.details]).toEqual([
      403,
      'NOT_AUTHORISED',
      { voice: { id: 'brief', nations: ['FJI'] } },
    ]);
  });
});
