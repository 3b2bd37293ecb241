import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Guard } from '../../functions/decide/guard.ts';
import { createGuard } from '../../functions/decide/guard.ts';
import { publicKeyOf } from '../../functions/store/person-signature.ts';
import { localKey } from '../../infra/local/identities.ts';
import { BUILD } from '../decide/rig.ts';
import { approvalOf, type RegistryRig, simulated, startRegistryRig, type Wire } from './rig.ts';

let rig: RegistryRig;
let guard: Guard;
beforeAll(async () => {
  rig = await startRegistryRig();
  guard = createGuard({
    reader: rig.store.reader(),
    build: BUILD,
    budgetMs: 5_000,
    leaseMs: 5_000,
    clock: Date.now,
    newEvaluationId: () => 'story',
    mostExplained: 'codes',
  });
});
afterAll(() => rig.stop());

/** May this go over gb-b now? Permits in the sample registry. */
function ask(network = 'gb-b') {
  return guard.decideText(
    JSON.stringify({
      message: { id: 'm', marking: 'SECRET//REL TO USA, GBR' },
      path: { hops: [{ network }] },
    }),
  );
}

const codes = async (network?: string) => (await ask(network)).reasons.map((reason) => reason.code);

/** A new accreditation of gb-b from where the revoked one ended. */
async function renewal(): Promise<Wire[]> {
  const { fact } = (await rig.as('usa-proposer').get('facts/accreditation/us-on-gb-b')).body;
  const valid = { ...fact.valid, from: fact.valid.to, to: '2035-12-31' };
  return [{ op: 'add', fact: { ...fact, id: 'us-on-gb-b-renewed', valid } }];
}

/** What the chapters hand on. */
let proposal: Wire;

describe('two people change the registry', () => {
  it('begins with a permit that one person revokes alone, for the next decision', async () => {
    expect((await ask()).decision).toBe(true);
    const before = Date.now();
    const { status, body } = await rig
      .as('usa-approver')
      .post('revoke', { facts: ['accreditation/us-on-gb-b'], reason: 'The lease of the site has ended' });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.version).toBe(2);
    expect(Date.parse(body.acknowledgedAt)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(body.noPermitAfter)).toBe(Date.parse(body.acknowledgedAt) + 5_000 + 2_000);
    expect((await ask()).decision).toBe(false);
  });

  it('lets nobody of another nation propose it', async () => {
    const { status, body } = await rig
      .as('gbr-proposer')
      .post('proposals', { reason: 'Renewal', changes: await renewal() });
    expect([status, body.error.code]).toEqual([403, 'NOT_AUTHORISED']);
  });

  it('lets the first person propose, and shows what flips', async () => {
    const { status, body } = await rig
      .as('usa-proposer')
      .post('proposals', { reason: 'Renewal', changes: await renewal() });
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body.author).toEqual({ role: 'routeguard-usa-proposer', session: 'uma' });
    proposal = await simulated(rig.as('usa-proposer'), body.id);
    expect(proposal.simulation.permits).toBeGreaterThan(0);
    expect((await ask()).decision).toBe(false);
  });

  it('is approved by the second person, and the next decision follows', async () => {
    const { status, body } = await rig
      .as('usa-approver')
      .post(`proposals/${proposal.id}/approve`, approvalOf(proposal));
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.version).toBe(3);
    expect(await codes()).toEqual([]);
    expect((await ask()).decision).toBe(true);
  });
});

describe('one person stops everything', () => {
  let lift: Wire;

  it('denies everything in the next decision', async () => {
    const { status, body } = await rig.as('gbr-proposer').post('hold', {
      id: 'incident-7',
      authority: 'uk-ncsc',
      scope: { everything: true },
      cause: 'compromise',
      reason: 'Incident 7',
    });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(await codes()).toContain('HOLD_EVERYTHING');
  });

  it('is not lifted by one: lifting is a proposal', async () => {
    const { status, body } = await rig
      .as('gbr-proposer')
      .post('lift', { hold: 'incident-7', reason: 'Incident 7 is closed' });
    expect(status, JSON.stringify(body)).toBe(201);
    lift = await simulated(rig.as('gbr-proposer'), body.id);
    const alone = await rig.as('gbr-proposer').post(`proposals/${lift.id}/approve`, approvalOf(lift));
    expect([alone.status, alone.body.error.code]).toEqual([403, 'SECOND_PERSON_NEEDED']);
    expect(await codes()).toContain('HOLD_EVERYTHING');
  });

  it('is lifted by two', async () => {
    const { status, body } = await rig
      .as('gbr-approver')
      .post(`proposals/${lift.id}/approve`, approvalOf(lift));
    expect(status, JSON.stringify(body)).toBe(200);
    expect((await ask()).decision).toBe(true);
  });
});

describe('the registry tells its story', () => {
  it('in its log', async () => {
    const { body } = await rig.as('auditor').get('log');
    expect(
      body.entries.map((entry: Wire) => [entry.version, entry.kind, entry.author, entry.approvers]),
    ).toEqual([
      [5, 'lift', 'routeguard-gbr-proposer/gwen', ['routeguard-gbr-approver/george']],
      [4, 'hold', 'routeguard-gbr-proposer/gwen', []],
      [3, 'change', 'routeguard-usa-proposer/uma', ['routeguard-usa-approver/ulysses']],
      [2, 'revoke', 'routeguard-usa-approver/ulysses', []],
      [1, 'approve', 'alice', ['bob']],
    ]);
    expect(
      body.entries.map(({ signedBy }: Wire) =>
        signedBy.map(({ name, authorities }: Wire) => `${name} of ${authorities}`),
      ),
    ).toEqual([
      ['gwen', 'george'].map((name) => `${name} of uk-accreditor,uk-dsit,uk-ncsc`),
      [],
      ['uma', 'ulysses'].map((name) => `${name} of us-accreditor,us-commerce-bis,us-dod,us-fcc,us-state`),
      [],
      [expect.stringMatching(/^pat of .*,registrar,/), expect.stringMatching(/^alex of .*,registrar,/)],
    ]);
    const keys = ['gwen', 'george'].map((name) => publicKeyOf(localKey(name)));
    expect(body.entries[0].signedBy.map(({ key }: Wire) => key)).toEqual(keys);
    expect(body.entries[0].note.reason).toBe('Incident 7 is closed');
    expect(body.next).toBeNull();
  });

  it('a page at a time', async () => {
    const first = await rig.as('auditor').get('log', { limit: '2' });
    expect([first.body.entries.length, first.body.next]).toEqual([2, 4]);
    const second = await rig.as('auditor').get('log', { limit: '2', before: '4' });
    expect(second.body.entries.map((entry: Wire) => entry.version)).toEqual([3, 2]);
  });

  it('and says who set a fact last, and from what source', async () => {
    const { body } = await rig.as('auditor').get('blame/accreditation/us-on-gb-b');
    expect(body).toMatchObject({
      change: 'replaced',
      version: 2,
      author: 'routeguard-usa-approver/ulysses',
      note: { reason: 'The lease of the site has ended' },
    });
    expect(JSON.stringify(body.sources)).toContain('Revoked by routeguard-usa-approver/ulysses');
  });

  it('shows any version, and what differs between two', async () => {
    const early = await rig.as('auditor').get('facts/accreditation/us-on-gb-b', { version: '1' });
    expect(early.body.fact.valid.to).toBe('2035-12-31');
    const { body } = await rig.as('auditor').get('diff', { from: '1', to: '3' });
    expect(body.differences.map((each: Wire) => [each.change, each.key])).toEqual([
      ['replaced', 'accreditation/us-on-gb-b'],
      ['added', 'accreditation/us-on-gb-b-renewed'],
    ]);
    const version = await rig.as('auditor').get('versions/1');
    expect(version.body.facts.network).toBe(2);
  });

  it('does not change a replay at an earlier version', async () => {
    const request = {
      message: { id: 'm', marking: 'SECRET//REL TO USA, GBR' },
      path: { hops: [{ network: 'gb-b' }] },
    };
    const at = async (exact: number) =>
      (await guard.decideText(JSON.stringify({ ...request, registry: { exact } }))).hypothetical?.decision;
    expect([await at(1), await at(2), await at(3), await at(4), await at(5)]).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  it('and verifies over the whole history', async () => {
    const { status, body } = await rig.as('auditor').post('verify');
    expect([status, body.job.status]).toEqual([200, 'done']);
    const result = await rig.as('auditor').get(`jobs/${body.job.id}/result`);
    expect(JSON.parse(result.body.text)).toMatchObject({ sound: true, head: 5, commits: 5, problems: [] });
  });

  it('goes back to an earlier version only with two people, as a new version', async () => {
    // The lifted hold of another nation is part of the difference: it stays, and nobody takes it back for its people.
    const { body: undo } = await rig.as('auditor').get('rollback/2');
    expect([undo.parts.map((part: Wire) => part.by), undo.stays]).toEqual([
      ['us-accreditor'],
      ['hold/incident-7'],
    ]);
    const reason = 'Back to the hold of incident 7';
    const asked = { version: 4, by: 'uk-ncsc', also: ['hold/incident-7'], reason };
    const foreign = await rig.as('usa-proposer').post('rollback', asked);
    expect([foreign.status, foreign.body.error.code]).toEqual([403, 'NOT_AUTHORISED']);
    const back = await rig.as('gbr-proposer').post('rollback', asked);
    expect(back.status, JSON.stringify(back.body)).toBe(201);
    const proposed = await simulated(rig.as('gbr-proposer'), back.body.id);
    expect(proposed.simulation.permits).toBe(0);
    const done = await rig.as('gbr-approver').post(`proposals/${proposed.id}/approve`, approvalOf(proposed));
    expect([done.status, done.body.version]).toEqual([200, 6]);
    expect(await codes()).toContain('HOLD_EVERYTHING');
    const { body: same } = await rig.as('auditor').get('diff', { from: '4', to: '6' });
    expect(same.differences).toEqual([]);
  });
});
