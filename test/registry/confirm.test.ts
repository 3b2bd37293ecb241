/** A confirmation of what came back: whose word counts under it, and for what, whatever the table says of it. */
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawFact } from '../../functions/core/facts/view.ts';
import type { Proposal } from '../../functions/registry/proposal.ts';
import { factsOf, stageApplied } from '../../functions/store/applied-change.ts';
import { floorKey } from '../../functions/store/floor.ts';
import { HEAD_KEY, type Item } from '../../functions/store/head.ts';
import { publicKeyOf } from '../../functions/store/person-signature.ts';
import { stageChanges } from '../../functions/store/staging.ts';
import { localKey } from '../../infra/local/identities.ts';
import { stateOf } from '../decide/rig.ts';
import { META } from '../store/store-rig.ts';
import { accreditation, digestOf } from './changes.ts';
import { type RegistryRig, startRegistryRig, type Wire } from './rig.ts';
import { signedNow } from './signing.ts';
import { smallSample } from './small-sample.ts';

const signal = () => AbortSignal.timeout(60_000);
const ZERO = digestOf('0');
let rig: RegistryRig;
/** The proposal that the first person made, as it stands in the table. */
let template: Proposal;
let count = 0;

let [before, revoked]: [Item, Item] = [{}, {}];

/** A registry that was revoked in, whose HEAD of before came back. */
beforeAll(async () => {
  rig = await startRegistryRig();
  const table = { TableName: rig.store.tables.state };
  const { Item = {} } = await rig.store.client.send(new GetItemCommand({ ...table, Key: HEAD_KEY }));
  const facts = ['accreditation/us-on-gb-b'];
  expect((await rig.as('usa-proposer').post('revoke', { facts, reason: 'A test' })).status).toBe(200);
  before = Item;
  revoked = (await rig.store.client.send(new GetItemCommand({ ...table, Key: HEAD_KEY }))).Item ?? {};
  await rig.store.client.send(new PutItemCommand({ ...table, Item }));
  const [entry] = (await rig.as('auditor').get('log')).body.entries;
  const body = { version: 1, digest: entry.digest, reason: 'Compared' };
  const filed = await rig.as('usa-proposer').post('confirm', body);
  expect(filed.status, JSON.stringify(filed.body)).toBe(201);
  template = await recordOf(filed.body.id);
});
afterAll(() => rig.stop());

async function recordOf(id: string): Promise<Proposal> {
  const held = await rig.context.proposals.read(id, signal());
  if (held === undefined) throw new Error(id);
  return held.record;
}

async function written(more: object = {}): Promise<string> {
  count += 1;
  const id = `p-20260101T000000Z-${String(count).padStart(10, '0')}`;
  await rig.context.proposals.create({ ...template, ...more, id }, signal());
  return id;
}

async function state(): Promise<Wire> {
  const { base, root, people, epoch, floor } = (await rig.as('auditor').get('signing')).body;
  return { base, root, people, epoch, floor };
}

/** The word of whoever has this key, through this identity. */
async function signs(
  who: string,
  session: string,
  id: string,
  more: object = {},
  context = rig.context,
  permits: readonly number[] = [],
) {
  const said = {
    operation: 'confirm',
    content: template.digest ?? ZERO,
    ...(await state()),
    ...more,
  } as const;
  const signed = signedNow(rig.context, session, said);
  return rig.asIn(context, who).post(`proposals/${id}/approve`, { permits, signed });
}

const entryOf = async (session: string, more: object = {}, by: object = {}) => {
  const said = {
    operation: 'confirm',
    content: template.digest ?? ZERO,
    ...(await state()),
    ...more,
  } as const;
  const signed = signedNow(rig.context, session, said);
  return { by: { ...template.author, arn: `arn:${session}`, key: signed.key, ...by }, signed };
};

describe('a person’s word', () => {
  it.each<[string, () => object, number, string]>([
    ['for another root', () => ({ root: ZERO }), 409, 'CONFLICT'],
    ['for other people', () => ({ people: ZERO }), 409, 'CONFLICT'],
    ['for a later epoch', () => ({ epoch: 9 }), 409, 'CONFLICT'],
    ['in place of nothing', () => ({ floor: null }), 409, 'CONFLICT'],
    ['for another version', () => ({ base: { version: 2, digest: template.base?.digest } }), 409, 'CONFLICT'],
    ['for another commit', () => ({ base: { version: 1, digest: ZERO } }), 409, 'CONFLICT'],
    ['for something else', () => ({ content: ZERO }), 409, 'CONFLICT'],
    ['long ago', () => ({ at: '2020-01-01T00:00:00.000Z' }), 403, 'SIGNATURE_INVALID'],
  ])('%s does not count', async (what, more, status, code) => {
    const id = await written();
    if (what === 'long ago') {
      const late = { ...rig.context, clock: () => Date.now() + 3_600_000 };
      const answer = await signs('usa-approver', 'ulysses', id, {}, late);
      expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
    } else {
      const answer = await signs('usa-approver', 'ulysses', id, more());
      expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
    }
    expect((await recordOf(id)).confirmed).toHaveLength(1);
  });

  it('that acknowledges what becomes permit does not count: nothing does', async () => {
    const id = await written();
    const answer = await signs('usa-approver', 'ulysses', id, {}, rig.context, [1]);
    expect([answer.status, answer.body.error?.code]).toEqual([422, 'ACKNOWLEDGEMENT_UNKNOWN']);
    expect((await recordOf(id)).confirmed).toHaveLength(1);
  });

  it('of nobody who may, and of one session with another’s key, does not count', async () => {
    const id = await written();
    const stranger = await signs('auditor', 'ulysses', id);
    expect([stranger.status, stranger.body.error?.code]).toEqual([403, 'NOT_AUTHORISED']);
    expect((await signs('usa-approver', 'ulysses', id)).status).toBe(202);
    const twice = await signs('usa-approver', 'gwen', id);
    expect([twice.status, twice.body.error?.code]).toEqual([403, 'NOT_AUTHORISED']);
    expect((await recordOf(id)).confirmed).toHaveLength(2);
  });

  it('through the session that has signed with another key does not count', async () => {
    const arn = 'arn:aws:sts::000000000000:assumed-role/routeguard-usa-approver/ulysses';
    const id = await written({ confirmed: [await entryOf('uma', {}, { arn })] });
    const { status, body } = await signs('usa-approver', 'ulysses', id);
    expect([status, body.error?.code]).toEqual([403, 'SECOND_PERSON_NEEDED']);
  });
});

describe('what the table says of it', () => {
  it('is nothing to confirm without a version', async () => {
    const { status, body } = await signs('usa-approver', 'ulysses', await written({ base: null }));
    expect([status, body.error?.code, body.error?.message]).toEqual([
      409,
      'PROPOSAL_STATUS',
      'nothing to confirm',
    ]);
  });

  it.each<[string, () => Promise<Wire>]>([
    [
      'a founder’s key under another’s signature',
      async () => ({
        ...(await entryOf('uma')),
        signed: { ...(await entryOf('uma')).signed, key: publicKeyOf(localKey('pat')) },
      }),
    ],
    ['a founder’s word for another root', () => entryOf('pat', { root: ZERO })],
    ['a founder’s word for another epoch', () => entryOf('pat', { epoch: 9 })],
    [
      'a founder’s word for another registry that came back',
      () => entryOf('pat', { base: { version: 1, digest: ZERO } }),
    ],
    ['the same word twice', async () => entryOf('uma', {}, { key: 'another' })],
  ])('does not count: %s', async (_what, forged) => {
    const id = await written({ confirmed: [await entryOf('uma'), await forged()] });
    expect((await signs('usa-approver', 'ulysses', id)).status).toBe(202);
    expect((await recordOf(id)).confirmed?.map(({ signed }) => signed.key)).toEqual(
      ['uma', 'ulysses'].map((name) => publicKeyOf(localKey(name))),
    );
  });

  it('who speaks is what the keyring proves, and not what facts say', async () => {
    const id = await written();
    const factSets = {
      of: async (...args: Parameters<typeof rig.context.factSets.of>) => {
        const facts = new Map(await rig.context.factSets.of(...args));
        const state = facts.get('authority/us-state') as Wire;
        return facts.set('authority/us-state', { ...state, people: [] });
      },
    };
    const { status, body } = await signs('usa-approver', 'ulysses', id, {}, { ...rig.context, factSets });
    expect([status, body.error?.code]).toEqual([503, 'REGISTRY_INTEGRITY']);
    expect((await recordOf(id)).confirmed).toHaveLength(1);
  });
});

it('with everybody’s word it is published once, and then there is nothing left to confirm', async () => {
  const id = await written();
  const late = await written();
  for (const [who, session] of [
    ['usa-approver', 'ulysses'],
    ['gbr-proposer', 'gwen'],
    ['gbr-approver', 'george'],
    ['proposer', 'pat'],
  ] as const)
    expect((await signs(who, session, id)).status).toBe(202);
  const done = await signs('approver', 'alex', id);
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  const { status, body } = await signs('usa-approver', 'ulysses', late);
  const { version, digest } = done.body;
  expect([status, body.error?.code, body.error?.details]).toEqual([409, 'CONFLICT', { version, digest }]);
  const again = await rig.as('usa-proposer').post('confirm', { version, digest, reason: 'Again' });
  expect([again.status, again.body.error?.code]).toEqual([409, 'PROPOSAL_STATUS']);
});

it('of what is from before the last one is possible as well, of what nobody acknowledged is not', async () => {
  const { client, tables } = rig.store;
  const Key = floorKey('COMMIT', { epoch: 1, version: 2 });
  for (const [Item, expected] of [
    [before, [201, undefined, undefined]],
    [revoked, [503, 'REGISTRY_INTEGRITY', { store: 'APPROVAL_INVALID' }]],
  ] as const) {
    await client.send(new PutItemCommand({ TableName: tables.state, Item }));
    const [{ version, digest }] = (await rig.as('auditor').get('log')).body.entries;
    const { status, body } = await rig
      .as('usa-proposer')
      .post('confirm', { version, digest, reason: 'Again' });
    expect([status, body.error?.code, body.error?.details]).toMatchObject(expected);
    await client.send(new DeleteItemCommand({ TableName: tables.floor, Key }));
  }
});

it('by somebody whose authority lapses before the last one signs is left out, and what is published opens', async () => {
  let at = Date.parse('2026-11-24T12:00:00.000Z');
  const lapsing = (key: string, fact: RawFact): RawFact =>
    key.startsWith('authority/uk-')
      ? { ...fact, valid: { ...(fact['valid'] as object), to: '2026-11-25' } as never }
      : fact;
  const facts = new Map([...smallSample()].map(([key, fact]) => [key, lapsing(key, fact)]));
  const slow = await startRegistryRig({ published: false, clock: () => at });
  await slow.store.genesis(stateOf(facts));
  const { client, tables } = slow.store;
  const table = { TableName: tables.state };
  const { Item } = await client.send(new GetItemCommand({ ...table, Key: HEAD_KEY }));
  const revoke = { facts: ['accreditation/us-on-gb-b'], reason: 'A test' };
  expect((await slow.as('usa-proposer').post('revoke', revoke)).status).toBe(200);
  await client.send(new PutItemCommand({ ...table, Item }));
  const [{ digest }] = (await slow.as('auditor').get('log')).body.entries;
  const asked = { version: 1, digest, reason: 'Compared' };
  const { id } = (await slow.as('gbr-proposer').post('confirm', asked)).body;
  at += 3 * 86_400_000;
  const statuses: number[] = [];
  for (const who of ['usa-proposer', 'usa-approver', 'proposer', 'approver'])
    statuses.push((await slow.as(who).post(`proposals/${id}/approve`, { permits: [] })).status);
  expect(statuses).toEqual([202, 202, 202, 200]);
  expect((await slow.store.reader({ clock: () => at }).open()).held).toBe(null);
  await (await slow.store.reader({ clock: () => at }).open()).read([]);
  await slow.stop();
});

describe('a stop by one person', () => {
  const revoked = 'accreditation/us-on-gb-b';
  const added = accreditation('us-on-us-a').fact as RawFact;

  /** A version that says it is a stop, with these facts, laid out as a publication lays them out, or left as it was. */
  async function stopsWith(
    { store }: RegistryRig,
    key: string,
    fact: RawFact | null,
    isLaidOut: boolean,
  ): Promise<void> {
    const base = await store.reader().open();
    const before = await factsOf(base);
    const after = new Map(before);
    if (fact === null) after.delete(key);
    else after.set(key, fact);
    const staged = isLaidOut
      ? await stageApplied(base, { before, after, touched: [key] })
      : await stageChanges(base, { facts: new Map([[key, fact]]) });
    const meta = { ...META, kind: 'revoke', approvers: [] };
    await store.publisher.commit({ base, staged, meta, note: 'x' });
  }

  const REFUSED = [503, 'REGISTRY_INTEGRITY'] as const;

  it.each<[string, RawFact | null, string, readonly [number, string | undefined], isLaidOut?: boolean]>([
    ['that stops is confirmed with what came back', null, revoked, [201, undefined]],
    ['that lets something pass is not', added, 'accreditation/us-on-us-a', REFUSED],
    [
      'that stops by its facts alone, and by nothing that decisions read, is not',
      null,
      revoked,
      REFUSED,
      false,
    ],
  ])('%s', async (_, fact, key, expected, isLaidOut = true) => {
    const own = await startRegistryRig();
    const { store } = own;
    await stopsWith(own, key, fact, isLaidOut);
    const table = { TableName: store.tables.state };
    const { Item = {} } = await store.client.send(new GetItemCommand({ ...table, Key: HEAD_KEY }));
    // A version later, the one with the stop comes back.
    await store.change({});
    await store.client.send(new PutItemCommand({ ...table, Item }));
    const [entry] = (await own.as('auditor').get('log')).body.entries;
    const asked = { version: entry.version, digest: entry.digest, reason: 'Compared' };
    const { status, body } = await own.as('usa-proposer').post('confirm', asked);
    expect([status, body.error?.code], JSON.stringify(body)).toEqual(expected);
    await own.stop();
  });
});
