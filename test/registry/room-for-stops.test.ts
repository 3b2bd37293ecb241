/** A law that two people have filled as far as they may: one person still stops something, and two lift it. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { compress } from '../../functions/store/compression.ts';
import { MAX_ITEM_BYTES } from '../../functions/store/object-inserts.ts';
import { leavesRoomForStops } from '../../functions/store/room.ts';
import { stageState } from '../../functions/store/staging.ts';
import { equivalence, stored } from '../core/decision/facts.ts';
import { stateOf } from '../decide/rig.ts';
import { source } from './changes.ts';
import { approvalOf, type RegistryRig, simulated, startRegistryRig } from './rig.ts';
import { smallSample } from './small-sample.ts';

/** Words that nothing makes shorter. */
const noise = (n: number, words = 8) =>
  Array.from({ length: words }, (_, i) => createHash('sha256').update(`${n} ${i}`).digest('base64')).join('');

/** A stop that is over: it stays in the law. */
const over = (n: number, words?: number): RawFact => ({
  ...{ kind: 'hold', id: `over-${n}`, authority: 'us-state', scope: { network: 'us-a' }, cause: 'doubt' },
  valid: { from: '2019-01-01', to: '2019-01-02', zone: 'UTC' },
  sources: [{ ...source, citation: noise(n, words) }],
  ending: [source],
});

/** @param size in KiB */
function incompressible(size: number): Buffer {
  const blocks = Array.from({ length: size * 32 }, (_, n) => createHash('sha256').update(`${n}`).digest());
  return Buffer.concat(blocks);
}

function withHolds(holds: readonly RawFact[]): Map<string, RawFact> {
  const counts = equivalence({ id: 'counts', authority: 'us-accreditor' });
  return new Map([
    ...smallSample(),
    ['equivalence/counts', stored(counts)],
    ...holds.map((hold) => [`hold/${hold['id']}`, hold] as const),
  ]);
}

/** The sample with a law that is as full as two people may make it, and a little more. */
function fullRegistry(more: readonly RawFact[] = []): ReadonlyMap<string, RawFact> {
  const facts = withHolds(more);
  const isFull = () => {
    const { root, objects } = stageState(stateOf(facts));
    return !leavesRoomForStops(objects.get(root.law) ?? new Uint8Array());
  };
  for (let n = 0; n % 25 > 0 || n < 1_300 || !isFull(); n += 1) facts.set(`hold/over-${n}`, over(n));
  return facts;
}

/** What is left of an item for the law, in bytes as stored; about a hundred are the item's own. */
function leftOf(facts: ReadonlyMap<string, RawFact>): number {
  const { root, objects } = stageState(stateOf(facts));
  return MAX_ITEM_BYTES - 100 - compress(objects.get(root.law) ?? new Uint8Array()).length;
}

/** The sample with a law that has no room for one stop more. */
function brimmingRegistry(): ReadonlyMap<string, RawFact> {
  const facts = new Map(fullRegistry());
  let n = facts.size;
  const most = n + Math.floor(leftOf(facts) / 400);
  for (; n < most; n += 1) facts.set(`hold/over-${n}`, over(n));
  for (const words of [8, 1]) {
    for (; leftOf(facts) >= 0; n += 1) facts.set(`hold/over-${n}`, over(n, words));
    facts.delete(`hold/over-${n - 1}`);
  }
  return facts;
}

const STOP = { id: 'now', authority: 'us-state', scope: { network: 'us-a' }, cause: 'doubt' };
let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig({ published: false });
  await rig.store.genesis(stateOf(fullRegistry()));
});
afterAll(() => rig.stop());

it('stops, and lifts', async () => {
  const [author, second] = [rig.as('usa-proposer'), rig.as('usa-approver')];
  const more = await author.post('proposals', {
    reason: 'A test',
    changes: [{ op: 'add', fact: over(9_999) }],
  });
  expect(more.status).toBe(201);
  const refused = await author.post(`proposals/${more.body.id}/simulate`, {});
  expect([refused.status, refused.body.error]).toMatchObject([413, { code: 'TOO_LARGE' }]);
  const stopped = await author.post('hold', { ...STOP, reason: 'A test' });
  expect([stopped.status, stopped.body.error]).toEqual([200, undefined]);
  const lift = await author.post('lift', { hold: 'now', reason: 'A test' });
  const found = await simulated(author, lift.body.id);
  const lifted = await second.post(`proposals/${lift.body.id}/approve`, approvalOf(found));
  expect([lifted.status, lifted.body.error]).toEqual([200, undefined]);
});

it('is not filled by revocations: each says little in it, or is refused, and what would be refused says so before', async () => {
  const long = Array.from({ length: 4 }, (_, n) => ({
    ...source,
    citation: `${n} ${noise(n)}${noise(n + 9)}`.slice(0, 600),
  }));
  const revoke = async (more: object) => {
    const asked = { facts: ['equivalence/counts'], reason: 'A test', ...more };
    const { status, body } = await rig.as('usa-proposer').post('revoke', asked);
    return [status, body.error?.code, body.error?.path];
  };
  expect(await revoke({ sources: [...long, source] })).toEqual([400, 'REQUEST_INVALID', '/sources']);
  for (const dryRun of [{ dryRun: true }, {}])
    expect(await revoke({ sources: long, ...dryRun })).toEqual([413, 'TOO_LARGE', '/sources']);
  expect(await revoke({})).toEqual([200, undefined, undefined]);
});

it('is made room in: what is over leaves where it ends before it began', async () => {
  const [author, second] = [rig.as('usa-proposer'), rig.as('usa-approver')];
  const { digest: was } = (await author.get('facts/hold/over-0')).body;
  const end = { op: 'end', key: 'hold/over-0', on: '2000-01-01', ending: [source], was };
  const { body } = await author.post('proposals', { reason: 'A test', changes: [end] });
  const found = await simulated(author, body.id);
  expect((await second.post(`proposals/${body.id}/approve`, approvalOf(found))).status).toBe(200);
  expect((await author.get('facts/hold/over-0')).status).toBe(404);
});

it('is rehearsed: where no stop fits, somebody is told before one is refused', async () => {
  const full = await startRegistryRig({ published: false, engine: rig.store.engine });
  await full.store.genesis(stateOf(brimmingRegistry()));
  const refused = await full.as('usa-proposer').post('hold', { ...STOP, reason: 'A test' });
  expect([refused.status, refused.body.error?.code]).toEqual([413, 'TOO_LARGE']);
  const { status, body } = await full.as('auditor').post('stop-rehearsal');
  const { code, details } = body.error ?? {};
  expect([status, code, details]).toMatchObject([
    503,
    'REHEARSAL_FAILED',
    { step: 'insert', code: 'TOO_LARGE' },
  ]);
  await full.stop();
});

describe('one person', () => {
  const NOON = Date.parse('2026-11-23T12:00:00Z');
  const DAY = 86_400_000;
  /** So many stops of the United States, each of which was over so many days ago; those without an end stand. */
  const recent = (count: number, days: number | null) =>
    Array.from({ length: count }, (_, n): RawFact => {
      const to = days === null ? null : new Date(NOON - days * DAY).toISOString();
      const valid = { from: '2026-01-01T00:00:00Z', to, zone: 'UTC' };
      const { ending, ...hold } = over(n);
      return { ...hold, id: `recent-${n}`, valid, ...(to !== null && { ending: ending ?? [] }) };
    });
  const TOO_MANY = 'HOLDS_TOO_MANY';
  it.each<[string, () => ReadonlyMap<string, RawFact>, readonly unknown[]]>([
    ['with 49 that stand', () => fullRegistry(recent(49, null)), [200, TOO_MANY, 200, 200]],
    ['with 50 that stand', () => fullRegistry(recent(50, null)), [TOO_MANY, TOO_MANY, 200, 200]],
    ['with 50 of lately', () => fullRegistry(recent(50, 29.9)), [TOO_MANY, TOO_MANY, 200, 200]],
    ['with 50 of a month ago', () => fullRegistry(recent(50, 30)), [200, 200, 200, 200]],
    ['with 50 where there is room', () => withHolds(recent(50, null)), [200, 200, 200, 200]],
  ])('stops something, as others do, and everything: %s', async (_what, facts, expected) => {
    const of = await startRegistryRig({ published: false, clock: () => NOON });
    await of.store.genesis(stateOf(facts()));
    const hold = async (who: string, asked: object) => {
      const { status, body } = await of.as(who).post('hold', { ...STOP, reason: 'A test', ...asked });
      return body.error?.code ?? status;
    };
    const gb = { authority: 'uk-ncsc', scope: { owner: 'GBR' } };
    expect([
      await hold('usa-proposer', {}),
      await hold('usa-approver', { id: 'more' }),
      await hold('gbr-proposer', { id: 'theirs', ...gb }),
      await hold('usa-proposer', { id: 'all', scope: { everything: true } }),
    ]).toEqual(expected);
    await of.stop();
  });
});

it.each<[string, Buffer, boolean]>([
  ['of as much text as two people may', Buffer.alloc(3840 * 1024), true],
  ['of a byte more', Buffer.alloc(3840 * 1024 + 1), false],
  ['that packs into as much as two people may', incompressible(357), true],
  ['that packs into more', incompressible(359), false],
])('a law %s', (_what, law, expected) => {
  expect(leavesRoomForStops(law)).toBe(expected);
});
