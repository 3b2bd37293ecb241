import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROPOSAL_MS } from '../../functions/core/administration/statement.ts';
import { isExpired, type Proposal } from '../../functions/registry/proposal.ts';
import { proposalsWaiting } from '../../functions/watch/proposals.ts';
import { approvalOf, type RegistryRig, simulated, startRegistryRig, type Wire } from './rig.ts';

const START = Date.now();
let now = START;
let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig({ clock: () => now });
});
afterAll(() => rig.stop());

async function heldAndLifted(id: string): Promise<Wire> {
  const scope = { network: 'us-a' };
  const hold = { id, authority: 'us-state', scope, cause: 'doubt', reason: 'A drill' };
  const held = await rig.as('usa-proposer').post('hold', hold);
  expect(held.status, JSON.stringify(held.body)).toBe(200);
  const filed = await rig.as('usa-proposer').post('lift', { hold: id, reason: 'The drill is over' });
  expect(filed.status, JSON.stringify(filed.body)).toBe(201);
  return simulated(rig.as('usa-proposer'), filed.body.id);
}

const waiting = () =>
  proposalsWaiting(rig.store.client, rig.store.tables.state, AbortSignal.timeout(5_000), now);

const approve = (proposal: Wire) =>
  rig.as('usa-approver').post(`proposals/${proposal.id}/approve`, approvalOf(proposal));

it('a proposal waits thirty days by the clock, and not an instant longer', async () => {
  const proposal = await heldAndLifted('drill-1');
  expect(Date.parse(proposal.expiresAt) - Date.parse(proposal.createdAt)).toBe(2_592_000_000);
  expect(await waiting()).toBe(1);
  now = Date.parse(proposal.createdAt) + PROPOSAL_MS;
  expect(await waiting()).toBe(0);
  const path = `proposals/${proposal.id}`;
  const approved = await approve(proposal);
  expect([approved.status, approved.body.error.code]).toEqual([409, 'PROPOSAL_EXPIRED']);
  const again = await rig.as('usa-proposer').post(`${path}/simulate`);
  expect([again.status, again.body.error.code]).toEqual([409, 'PROPOSAL_EXPIRED']);
  // The table still has it: nothing waits for its own expiry.
  expect((await rig.as('auditor').get(path)).body.status).toBe('expired');
  const [first] = (await rig.as('auditor').get('proposals')).body.proposals;
  expect(first).toMatchObject({ id: proposal.id, status: 'expired' });
  expect((await rig.as('auditor').get('log')).body.entries[0].kind).toBe('hold');
  const closed = await rig.as('usa-proposer').post(`${path}/reject`, { reason: 'Too late' });
  expect([closed.status, closed.body.status]).toEqual([200, 'rejected']);
});

it('the day before, it is approved; and what was published stays published', async () => {
  now = START;
  const proposal = await heldAndLifted('drill-2');
  now = Date.parse(proposal.createdAt) + PROPOSAL_MS - 24 * 60 * 60 * 1000;
  let answer = await approve(proposal);
  while (answer.status === 202) {
    await rig.as('usa-approver').post(`jobs/${answer.body.job.id}/run`);
    answer = await approve(proposal);
  }
  // A month on, other answers may flip; what counts here is that nobody says it has expired.
  if (answer.status !== 200) {
    expect(answer.body.error.code).toBe('FLIPS_CHANGED');
    answer = await approve((await rig.as('auditor').get(`proposals/${proposal.id}`)).body);
  }
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  now += 2 * PROPOSAL_MS;
  expect((await rig.as('auditor').get(`proposals/${proposal.id}`)).body.status).toBe('published');
  expect((await approve(proposal)).body.version).toBe(answer.body.version);
});

it.each([
  ['open', 0, false],
  ['open', PROPOSAL_MS - 1, false],
  ['open', PROPOSAL_MS, true],
  ['uploading', PROPOSAL_MS, true],
  // Approved in time: the frozen publication may be in already, and is completed, not forgotten.
  ['approving', PROPOSAL_MS, false],
  ['published', PROPOSAL_MS, false],
  ['rejected', PROPOSAL_MS, false],
] as const)('%s after %i ms: %s', (status, after, expired) => {
  const proposal = { status, createdAt: new Date(START).toISOString() } as Proposal;
  expect(isExpired(proposal, START + after)).toBe(expired);
});

it('denies where the instant of a proposal cannot be read', () => {
  expect(isExpired({ status: 'open', createdAt: 'yesterday' } as Proposal, START)).toBe(true);
});
