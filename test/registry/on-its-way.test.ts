/**
 * What was approved and whose publication stopped half-way: who may go on with it and until when, who may withdraw it, and that
 * nothing is written for it once it was withdrawn or erased.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PROPOSAL_MS } from '../../functions/core/administration/statement.ts';
import type { RegistryContext } from '../../functions/registry/context.ts';
import { publicKeyOf } from '../../functions/store/person-signature.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { localKey } from '../../infra/local/identities.ts';
import { accreditation, source } from './changes.ts';
import { askedByEverybody, type PurgeDoor, purgeDoor } from './purge-door.ts';
import {
  approvalOf,
  keepingFrozen,
  type RegistryRig,
  simulated,
  startRegistryRig,
  type Wire,
} from './rig.ts';
import { signedNow } from './signing.ts';

const START = Date.parse('2026-11-23T12:00:00.000Z');
/** Longer than anybody can be publishing. */
const REST = 90_000;
let now = START;
let rig: RegistryRig;
let door: PurgeDoor;
beforeAll(async () => {
  rig = await startRegistryRig({ clock: () => now });
  door = purgeDoor(rig.context);
});
beforeEach(() => {
  now += 2 * REST;
});
afterAll(() => rig.stop());

const signal = () => AbortSignal.timeout(60_000);
const UNAVAILABLE = () => Promise.reject(new StoreError('STORE_UNAVAILABLE'));
const head = async () => (await rig.as('auditor').get('log', { limit: '1' })).body.entries[0];
const recordOf = async (id: string) => {
  const held = await rig.context.proposals.read(id, signal());
  if (held === undefined) throw new Error(id);
  return held.record;
};

let made = 0;
/** A change that was simulated, and waits for its approval. */
async function waiting(word = 'A test'): Promise<Wire> {
  made += 1;
  const add = accreditation(`way-${made}`, 2040 + made, { sources: [{ ...source, citation: word }] });
  const { body } = await rig.as('usa-proposer').post('proposals', { reason: 'A test', changes: [add] });
  return simulated(rig.as('usa-approver'), body.id);
}
const approve = (open: Wire, who = 'usa-approver', context = rig.context) =>
  rig.asIn(context, who).post(`proposals/${open.id}/approve`, approvalOf(open));
const reject = (open: Wire, who = 'usa-proposer') =>
  rig.as(who).post(`proposals/${open.id}/reject`, { reason: 'Withdrawn' });
const coded = ({ status, body }: { status: number; body: Wire }) =>
  status === 200 ? (body.status ?? 'published') : body.error.code;

/** Where the process dies that publishes it. */
const dyingAt = (step: 'prepare' | 'publish'): RegistryContext => ({
  ...rig.context,
  publisher: { ...rig.context.publisher, [step]: UNAVAILABLE },
});
async function stopped(step: 'prepare' | 'publish', word?: string): Promise<Wire> {
  const open = await waiting(word);
  expect(coded(await approve(open, 'usa-approver', dyingAt(step)))).toBe('STORE_UNAVAILABLE');
  expect((await recordOf(open.id)).status).toBe('approving');
  return open;
}
/** Published, by a process that dies before it notes so. */
async function unnoted(word?: string): Promise<Wire> {
  const open = await waiting(word);
  expect(coded(await approve(open, 'usa-approver', keepingFrozen(rig)))).toBe('published');
  const { published: _published, ...rest } = await recordOf(open.id);
  const held = await rig.context.proposals.read(open.id, signal());
  if (held === undefined) throw new Error(open.id);
  await rig.context.proposals.update(held, { ...rest, status: 'approving' }, signal());
  return open;
}

describe('who goes on with it', () => {
  it.each([
    ['usa-approver', 'published'],
    ['usa-proposer', 'SECOND_PERSON_NEEDED'],
    ['gbr-approver', 'NOT_AUTHORISED'],
    ['auditor', 'NOT_AUTHORISED'],
  ])('%s: %s', async (who, code) => {
    const open = await stopped('publish');
    expect(coded(await approve(open, who))).toBe(code);
    expect((await recordOf(open.id)).status).toBe(code === 'published' ? 'published' : 'approving');
  });

  it.each([
    ['a signature that is none', 0, { signature: `${'A'.repeat(86)}==` }],
    ['a signature of another key', 0, { key: publicKeyOf(localKey('vic')) }],
    ['a signature of another hour', 60 * 60_000, {}],
  ])('nobody by %s', async (_what, ago, over) => {
    const open = await stopped('publish');
    const { base, flips: review, root, people } = open.simulation;
    const said = { operation: 'approve', content: open.digest, base, review, root, people } as const;
    const signed = { ...signedNow({ ...rig.context, clock: () => now - ago }, 'ulysses', said), ...over };
    const permits = approvalOf(open).permits;
    const { body } = await rig.as('usa-approver').post(`proposals/${open.id}/approve`, { permits, signed });
    expect(body.error?.code).toBe('SIGNATURE_INVALID');
    expect((await recordOf(open.id)).status).toBe('approving');
  });

  it('nobody once the proposal is too old', async () => {
    const open = await stopped('publish');
    const [before, newest] = [now, await head()];
    now += PROPOSAL_MS;
    try {
      expect(coded(await approve(open))).toBe('PROPOSAL_EXPIRED');
      expect(await head()).toEqual(newest);
    } finally {
      now = before;
    }
  });

  it('nobody once it is too old, a moment after it was approved', async () => {
    const open = await waiting();
    const before = now;
    now = Date.parse(open.createdAt) + PROPOSAL_MS - REST;
    const fresh = await simulated(rig.as('usa-approver'), open.id);
    expect(coded(await approve(fresh, 'usa-approver', dyingAt('publish')))).toBe('STORE_UNAVAILABLE');
    now += REST;
    expect(coded(await approve(fresh))).toBe('PROPOSAL_EXPIRED');
    now = before;
  });

  it('from the beginning a day later: what flips by then is asked anew', async () => {
    const open = await stopped('publish');
    const { prepared } = await recordOf(open.id);
    now += 24 * 60 * 60_000;
    expect(coded(await approve(open))).toBe('published');
    expect((await recordOf(open.id)).prepared).not.toBe(prepared);
    expect((await head()).recordedAt).toBe(new Date(now).toISOString());
  });

  it.each(['base', 'review', 'root', 'people'])(
    'from the beginning by whoever signs another %s',
    async (member) => {
      const open = await stopped('publish');
      const { base, flips: review, root, people } = open.simulation;
      const zero = `sha256:${'0'.repeat(64)}` as const;
      const over = { [member]: member === 'base' ? { version: 1, digest: zero } : zero };
      const said = {
        operation: 'approve',
        content: open.digest,
        base,
        review,
        root,
        people,
        ...over,
      } as never;
      const { permits } = approvalOf(open);
      const ask = () => {
        const signed = signedNow(rig.context, 'ulysses', said);
        const person = rig.as('usa-approver');
        return person.post(`proposals/${open.id}/approve`, { permits, signed });
      };
      expect(coded(await ask())).toBe('BEING_PUBLISHED');
      now += REST;
      const { body } = await ask();
      expect(['CONFLICT', 'FLIPS_CHANGED']).toContain(body.error?.code);
      expect((await recordOf(open.id)).status).toBe('open');
    },
  );

  it('nobody once it is marked as purged', async () => {
    const open = await stopped('publish');
    const held = await rig.context.proposals.read(open.id, signal());
    if (held === undefined) throw new Error(open.id);
    await rig.context.proposals.update(held, { ...held.record, purged: true }, signal());
    expect(coded(await approve(open))).toBe('PROPOSAL_STATUS');
  });

  it('but whoever asks is told what it has become', async () => {
    const open = await unnoted();
    const { version } = await head();
    expect(coded(await approve(await waiting()))).toBe('published');
    now += PROPOSAL_MS;
    const { status, body } = await approve(open, 'auditor');
    expect([status, body.version]).toEqual([200, version]);
    expect(await recordOf(open.id)).toMatchObject({ status: 'published', published: { version } });
    now -= PROPOSAL_MS;
  });

  it.each(['prepare', 'publish'] as const)(
    'from the beginning where nothing frozen is left: %s',
    async (step) => {
      const open = await stopped(step);
      const { prepared } = await recordOf(open.id);
      expect(prepared === undefined).toBe(step === 'prepare');
      if (prepared !== undefined) await rig.context.blobs.of(open.id).remove(prepared, signal());
      expect(coded(await approve(open))).toBe('published');
    },
  );
});

describe('who withdraws it', () => {
  it.each([
    ['usa-proposer', 'rejected'],
    ['usa-approver', 'rejected'],
    ['gbr-approver', 'NOT_AUTHORISED'],
    ['auditor', 'NOT_AUTHORISED'],
  ])('%s: %s', async (who, code) => {
    const open = await stopped('publish');
    const { prepared } = await recordOf(open.id);
    if (prepared === undefined) throw new Error('nothing was frozen');
    now += REST;
    expect(coded(await reject(open, who))).toBe(code);
    const { status } = await recordOf(open.id);
    expect(status).toBe(code === 'rejected' ? 'rejected' : 'approving');
    expect(await rig.context.blobs.of(open.id).isThere(prepared, signal())).toBe(status === 'approving');
    if (status !== 'rejected') return;
    expect(coded(await approve(open))).toBe('PROPOSAL_STATUS');
  });

  it.each(['prepare', 'publish'] as const)('nobody while somebody may be at it: %s', async (step) => {
    const open = await stopped(step);
    now += REST - 1;
    const { status, body } = await reject(open);
    expect([status, body.error.code]).toEqual([409, 'BEING_PUBLISHED']);
    expect(Date.parse(body.error.details.until)).toBe(now + 1);
    now += 1;
    expect(coded(await reject(open))).toBe('rejected');
  });

  it('anybody where the attempt is of an instant that no clock can have told', async () => {
    const open = await waiting();
    const held = await rig.context.proposals.read(open.id, signal());
    if (held === undefined) throw new Error(open.id);
    await rig.context.proposals.update(held, { ...held.record, triedAt: now + 10 * REST }, signal());
    expect(coded(await reject(open))).toBe('rejected');
  });

  it('nobody where it is in the history, also of one that reads open', async () => {
    const open = await unnoted();
    const held = await rig.context.proposals.read(open.id, signal());
    if (held === undefined) throw new Error(open.id);
    const base = { version: 10_000, digest: open.digest };
    await rig.context.proposals.update(held, { ...held.record, status: 'open', base }, signal());
    now += REST;
    expect((await reject(open)).body.error.details).toEqual({ status: 'published' });
  });

  it('nor while somebody goes on with it', async () => {
    const open = await stopped('publish');
    now += REST;
    expect(coded(await approve(open, 'usa-approver', dyingAt('publish')))).toBe('STORE_UNAVAILABLE');
    expect(coded(await reject(open))).toBe('BEING_PUBLISHED');
  });

  it('nobody where it is in the history: its record says so from then on', async () => {
    const open = await unnoted();
    now += REST;
    const { body } = await reject(open);
    expect([body.error.code, body.error.details]).toEqual(['PROPOSAL_STATUS', { status: 'published' }]);
    expect((await recordOf(open.id)).status).toBe('published');
  });
});

describe('what is erased of it', () => {
  const found = async (text: string) => {
    const { status, body } = await door.post('usa-proposer', '/search', { text, after: null });
    expect([status, body.next]).toEqual([200, null]);
    return body.places.map(({ what }: Wire) => what).sort();
  };
  const purge = async (open: Wire, more: object = {}) => {
    const { body } = await askedByEverybody(door, { reason: 'Spillage', proposals: [open.id], ...more });
    return body.outcomes;
  };

  it('nothing while somebody may be at it, nor while it may still happen', async () => {
    const open = await stopped('publish', 'BUSYWORD');
    expect(await purge(open)).toEqual({ [open.id]: 'in-use' });
    now += REST;
    expect(await purge(open)).toEqual({ [open.id]: 'in-use' });
    expect(coded(await reject(open))).toBe('rejected');
    expect(await purge(open)).toEqual({ [open.id]: 'purged' });
  });

  it('all of it once it is too old, though nobody rejected it', async () => {
    const open = await stopped('publish');
    now += PROPOSAL_MS - 2 * REST;
    expect(await purge(open)).toEqual({ [open.id]: 'in-use' });
    now += 3 * REST;
    expect(await purge(open)).toEqual({ [open.id]: 'purged' });
    now -= PROPOSAL_MS;
  });

  it('all of it where it is in the history, though nobody noted so: and its note with it', async () => {
    const open = await unnoted();
    const { version } = await head();
    expect(await purge(open)).toEqual({ [open.id]: 'in-use' });
    now += REST;
    expect(await purge(open, { notes: [version] })).toEqual({ [version]: 'purged', [open.id]: 'purged' });
  });

  it('nothing is written again by an approval that was overtaken', async () => {
    const open = await waiting('OVERTAKENWORD');
    let withdrawn: Promise<unknown> | undefined;
    const { prepare } = rig.context.publisher;
    const slow: RegistryContext = {
      ...rig.context,
      publisher: {
        ...rig.context.publisher,
        async prepare(publication) {
          withdrawn ??= reject(open).then(async (answer) => {
            expect(coded(answer)).toBe('BEING_PUBLISHED');
            expect(await purge(open)).toEqual({ [open.id]: 'in-use' });
          });
          await withdrawn;
          return prepare(publication);
        },
      },
    };
    expect(coded(await approve(open, 'usa-approver', slow))).toBe('published');
    expect(withdrawn).toBeDefined();
    expect(await found('OVERTAKENWORD')).toContain('leaf');
  });

  it('and one that wakes up after it was withdrawn publishes nothing', async () => {
    const open = await waiting();
    const before = await head();
    const sleeping: RegistryContext = {
      ...rig.context,
      publisher: {
        ...rig.context.publisher,
        async prepare(publication) {
          now += REST;
          expect(coded(await reject(open))).toBe('rejected');
          return rig.context.publisher.prepare(publication);
        },
      },
    };
    expect(coded(await approve(open, 'usa-approver', sleeping))).toBe('CONFLICT');
    expect(await head()).toEqual(before);
    expect((await recordOf(open.id)).status).toBe('rejected');
  });
});
