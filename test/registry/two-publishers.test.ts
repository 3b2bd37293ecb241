/** Two functions move HEAD: whoever stops something while something else is published comes after it, and is not lost. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { actingContextOf } from '../../functions/registry/acting.ts';
import type { RegistryContext } from '../../functions/registry/context.ts';
import { vendor } from './changes.ts';
import { approvalOf, type RegistryRig, simulated, startRegistryRig } from './rig.ts';

let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig();
});
afterAll(() => rig.stop());

/** A process of the stop's own function: nothing is shared with the registry's but the tables and the key. */
function stopping(): RegistryContext {
  const { client, tables, publicKeys, founders, leaseMs, clockSkewMs, sample, place } = rig.context;
  const settings = {
    tables,
    publicKeys,
    founders,
    leaseMs,
    clockSkewMs,
    sample,
    place,
    headCopies: 4,
    connectMs: 1,
    readMs: 1,
  };
  const acting = actingContextOf(settings, { client, signer: rig.store.signer, clock: Date.now });
  return { ...rig.context, ...acting };
}

it('approvals and stops at once are all published, each once', async () => {
  const proposer = rig.as('proposer');
  const ids: string[] = [];
  for (const name of ['race-one', 'race-two', 'race-three']) {
    const { body } = await proposer.post('proposals', { reason: 'A race', changes: [vendor(name)] });
    await simulated(rig.as('approver'), body.id);
    ids.push(body.id);
  }
  const stop = { authority: 'us-state', scope: { owner: 'USA' }, cause: 'doubt', reason: 'A race' };
  const processes = [stopping(), stopping()];
  const holds = ['a', 'b', 'c', 'd', 'e', 'f'];
  const done = await Promise.all([
    ...holds.map((id, n) =>
      rig
        .asIn(processes[n % 2] as RegistryContext, 'usa-proposer')
        .post('hold', { id: `race-${id}`, ...stop }),
    ),
    ...ids.map(async (id) => {
      const { body } = await proposer.get(`proposals/${id}`);
      return rig.as('approver').post(`proposals/${id}/approve`, approvalOf(body));
    }),
  ]);
  const stopped = done.slice(0, holds.length);
  expect(stopped.map(({ status }) => status)).toEqual(holds.map(() => 200));
  const versions = done.flatMap(({ status, body }) => (status === 200 ? [body.version] : []));
  expect(new Set(versions).size).toBe(versions.length);
  const { body } = await rig.as('auditor').get('holds');
  expect(body.holds.map(({ id }: { id: string }) => id).toSorted()).toEqual(holds.map((id) => `race-${id}`));
  expect(body.version).toBe(1 + versions.length);
});
