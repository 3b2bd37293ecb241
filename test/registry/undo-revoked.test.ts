/** What one person took away comes back by an undo only where it is named, whatever became of it before and after. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentOf, type SignedContent } from '../../functions/core/administration/statement.ts';
import { revokedSince } from '../../functions/registry/revoked-since.ts';
import { homeOf } from '../../functions/store/commit.ts';
import { signStatement } from '../../functions/store/person-signature.ts';
import { triesOf } from '../../functions/store/registry-tries.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { pathTo } from '../../functions/store/trie-lookup.ts';
import { localKey } from '../../infra/local/identities.ts';
import { type Engine, startEngine } from '../engine.ts';
import { approvalOf, simulated, startRegistryRig, type Wire } from './rig.ts';

const ID = 'us-on-us-a';
const KEY = `accreditation/${ID}`;
const MINUTE = 60_000;
const NOON = Date.parse('2026-11-23T12:00:00.000Z');
const iso = (ms: number) => new Date(ms).toISOString();
const reason = 'A test';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

/** A registry with a clock of its own, and what people do to one accreditation in it. */
async function incident() {
  let now = NOON;
  const rig = await startRegistryRig({ engine, clock: () => now });
  const [author, second] = [rig.as('usa-proposer'), rig.as('usa-approver')];
  const fact = async () => (await rig.as('auditor').get(`facts/${KEY}`)).body;
  const original = (await fact()).fact;
  const approved = async (id: string) => {
    const open = await simulated(second, id);
    return second.post(`proposals/${id}/approve`, approvalOf(open));
  };
  const published = async (changes: Wire[]) => {
    const filed = await author.post('proposals', { reason, changes });
    expect(filed.status, JSON.stringify(filed.body)).toBe(201);
    expect((await approved(filed.body.id)).status).toBe(200);
  };
  const during = (from: string, more: Wire = {}): Wire => ({
    ...{ ...original, ...more },
    valid: { from, to: '2035-12-31T00:00:00Z', zone: 'UTC' },
  });
  return {
    rig,
    approved,
    wait: (ms: number) => {
      now += ms;
    },
    fact,
    replace: async (from: string, more?: Wire) =>
      published([{ op: 'replace', was: (await fact()).digest, fact: during(from, more) }]),
    add: (from: string) => published([{ op: 'add', fact: during(from) }]),
    /** Two people have it leave. */
    leave: async () =>
      published([
        { op: 'end', key: KEY, on: '2000-01-01', ending: original.sources, was: (await fact()).digest },
      ]),
    revoke: async () => {
      const answer = await second.post('revoke', { facts: [KEY], reason });
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    },
    way: async (to: number, also?: string) => {
      const { parts, stays } = (await rig.as('auditor').get(`rollback/${to}`, also ? { also } : {})).body;
      return { comes: parts.flatMap(({ changes }: Wire) => changes), stays };
    },
    /** @param off how far the author's clock is off, in ms */
    back: (version: number, also: readonly string[] = [], off = 0) => {
      const asked = { reason, version, by: 'us-accreditor', also, salt: randomBytes(16).toString('hex') };
      const content = contentOf({ kind: 'rollback', ...asked } as SignedContent);
      const place = { registry: homeOf(rig.context.tables.state), at: iso(now + off) };
      const signed = signStatement({ operation: 'propose', content, ...place }, localKey('uma'));
      return author.post('rollback', { ...asked, signed });
    },
  };
}
type Incident = Awaited<ReturnType<typeof incident>>;

const RENEWAL = '2027-01-01T00:00:00Z';

describe('is told as what stays, and is offered where it is named', () => {
  it.each<[string, number, (of: Incident) => Promise<void>]>([
    ['in force', 1, (of) => of.revoke()],
    [
      'within seconds of its beginning, so that it left',
      2,
      async (of) => {
        await of.replace(iso(NOON - 100));
        await of.revoke();
      },
    ],
    [
      'renewed for later, so that it left',
      1,
      async (of) => {
        await of.replace(RENEWAL);
        await of.revoke();
      },
    ],
    [
      'twice, once renewed for later',
      1,
      async (of) => {
        await of.revoke();
        await of.replace(RENEWAL);
        await of.revoke();
      },
    ],
    [
      'and renewed by two people since',
      1,
      async (of) => {
        await of.revoke();
        await of.replace('2026-11-01T00:00:00Z', { audience: ['USA'] });
      },
    ],
    [
      'then had by two people leave for good',
      1,
      async (of) => {
        await of.revoke();
        await of.leave();
      },
    ],
  ])('%s', async (_what, to, done) => {
    const of = await incident();
    await done(of);
    expect(await of.way(to)).toEqual({ comes: [], stays: [KEY] });
    const { body } = await of.back(to);
    expect([body.error?.code, body.error?.path]).toEqual(['PROPOSAL_INVALID', '/version']);
    const named = await of.way(to, KEY);
    expect([named.comes.map(({ key }: Wire) => key), named.stays]).toEqual([[KEY], []]);
    const filed = await of.back(to, [KEY]);
    expect([filed.status, (await of.approved(filed.body.id)).status]).toEqual([201, 200]);
    // Back by its name, it is as it was: nothing is left of the way, and nothing of what was taken away before that.
    expect(await of.way(to)).toEqual({ comes: [], stays: [] });
    await of.rig.stop();
  });

  it.each<[string, (of: Incident) => Promise<void>]>([
    ['was renewed', (of) => of.replace(RENEWAL)],
    ['was had to leave by two people', (of) => of.leave()],
  ])('but not what %s, which comes back', async (_what, done) => {
    const of = await incident();
    await done(of);
    const { comes, stays } = await of.way(1);
    expect([comes.map(({ key }: Wire) => key), stays]).toEqual([[KEY], []]);
    await of.rig.stop();
  });
});

it.each([-4 * MINUTE, 0, 4 * MINUTE])(
  'an author whose clock is off by %i ms does not take a revocation back',
  async (off) => {
    const of = await incident();
    await of.revoke();
    const filed = await of.back(1, [], off);
    expect([filed.status, filed.body.error?.path]).toEqual([422, '/version']);
    await of.rig.stop();
  },
);

it('what has ended by itself stays by the registry’s clock, whatever an author’s says, also where it ends before the approval', async () => {
  const of = await incident();
  await of.replace('2026-11-01T00:00:00Z', { audience: ['USA'] });
  const shorter = { from: '2026-11-01T00:00:00Z', to: iso(NOON + 30 * MINUTE), zone: 'UTC' };
  const { digest, fact } = await of.fact();
  const change = { op: 'replace', was: digest, fact: { ...fact, valid: shorter } };
  const { body: cut } = await of.rig.as('usa-proposer').post('proposals', { reason, changes: [change] });
  expect((await of.approved(cut.id)).status).toBe(200);
  const early = await of.back(2);
  expect(early.status).toBe(201);
  of.wait(31 * MINUTE);
  const late = await of.back(2, [], -4 * MINUTE);
  expect([late.status, late.body.error?.path]).toEqual([422, '/version']);
  const open = await simulated(of.rig.as('usa-approver'), early.body.id);
  const refused = await of.rig
    .as('usa-approver')
    .post(`proposals/${early.body.id}/approve`, approvalOf(open));
  expect([refused.status, refused.body.error?.code]).toEqual([403, 'SIGNATURE_INVALID']);
  await of.rig.stop();
});

it('what one person took away after the way back was filed does not come back by it', async () => {
  const of = await incident();
  await of.leave();
  const filed = await of.back(1);
  expect(filed.status).toBe(201);
  await of.add(RENEWAL);
  await of.revoke();
  // The fact is away as it was when this was written: its operations would still apply.
  const open = await simulated(of.rig.as('usa-approver'), filed.body.id);
  const refused = await of.rig
    .as('usa-approver')
    .post(`proposals/${filed.body.id}/approve`, approvalOf(open));
  expect([refused.status, refused.body.error?.code]).toEqual([403, 'SIGNATURE_INVALID']);
  expect((await of.fact()).error.code).toBe('FACT_UNKNOWN');
  await of.rig.stop();
});

it('where what one person ended was purged, nobody can tell: whatever is asked about may have been it', async () => {
  const of = await incident();
  await of.revoke();
  const stop = { id: 'after', authority: 'us-state', scope: { owner: 'USA' }, cause: 'doubt', reason };
  expect((await of.rig.as('usa-proposer').post('hold', stop)).status).toBe(200);
  const [before, head] = [await of.rig.store.reader().open({ exact: 1 }), await of.rig.store.reader().open()];
  const leaf = (await pathTo(before.objects, triesOf(before.root).facts, KEY)).at(-1);
  const purged: typeof head.objects = {
    load: async (digests, types) => {
      if (digests.some((digest) => digest === leaf)) throw new StoreError('OBJECT_PURGED');
      return head.objects.load(digests, types);
    },
  };
  const asked = [KEY, 'network/us-a'];
  expect([...(await revokedSince(head, 1, asked))]).toEqual([KEY]);
  expect([...(await revokedSince({ ...head, objects: purged }, 1, asked))]).toEqual(asked);
  // Nothing was taken away since the version that took it away.
  expect([...(await revokedSince(head, head.version, asked))]).toEqual([]);
  await of.rig.stop();
});
