/**
 * Narrowing one of two accreditors' audiences permits compartmented information for a smaller release: two honest
 * people are asked to acknowledge it, and not told that nothing becomes permit.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { factDigest } from '../../functions/core/facts/canonical.ts';
import { approvalOf, type RegistryRig, simulated, startRegistryRig } from '../registry/rig.ts';

let rig: RegistryRig;

beforeAll(async () => {
  rig = await startRegistryRig();
});

afterAll(() => rig.stop());

async function publish(changes: readonly object[]) {
  const proposal = await rig.as('usa-proposer').post('proposals', { reason: 'A test', changes });
  expect(proposal.status, JSON.stringify(proposal.body)).toBe(201);
  const { id } = proposal.body;
  const shown = await simulated(rig.as('usa-proposer'), id);
  const unacknowledged = await rig
    .as('usa-approver')
    .post(`proposals/${id}/approve`, { ...approvalOf(shown), permits: [] });
  const approved = await rig.as('usa-approver').post(`proposals/${id}/approve`, approvalOf(shown));
  return [shown.simulation.permits > 0, unacknowledged.status, approved.status];
}

const factAt = async (key: string) => (await rig.as('auditor').get(`facts/${key}`)).body.fact;

it('a smaller release that becomes permit is shown, and cannot be approved unacknowledged', async () => {
  const mandate = await factAt('mandate/usa-trusted-transport');
  const was = await factAt('accreditation/us-on-gb-b');
  const { judged: _judged, ...plain } = was;
  const carries = [{ frame: 'US', level: 'SECRET', compartments: ['SI'], controls: [] }];
  const wide = { ...plain, carries, audience: ['GBR', 'JPN', 'USA'] };
  await publish([
    {
      op: 'replace',
      fact: { ...mandate, accreditors: ['us-accreditor', 'us-dod'] },
      was: factDigest(mandate),
    },
    { op: 'replace', fact: wide, was: factDigest(was) },
    { op: 'add', fact: { ...plain, id: 'plain-on-gb-b', authority: 'us-dod' } },
  ]);
  const narrow = { op: 'replace', fact: { ...wide, audience: ['GBR', 'USA'] }, was: factDigest(wide) };
  expect(await publish([narrow])).toEqual([true, 422, 200]);
});
