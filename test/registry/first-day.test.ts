import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readDocument } from '../../cli/registry/read-document.ts';
import { createGuard } from '../../functions/decide/guard.ts';
import { BUILD } from '../decide/rig.ts';
import { approvalOf, type RegistryRig, simulated, startRegistryRig, type Wire } from './rig.ts';

let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig({ published: false });
});
afterAll(() => rig.stop());

const ROOT = new URL('../../', import.meta.url);
const guide = readFileSync(new URL('docs/first-day.md', ROOT), 'utf8');

async function publish(file: string, proposer: string, approver: string, more: object): Promise<Wire> {
  expect(guide).toContain(file);
  const { reason, changes } = readDocument(fileURLToPath(new URL(file, ROOT))) as Wire;
  const wrapped = changes.map((fact: Wire) => ({ op: 'add', fact }));
  const { status, body } = await rig.as(proposer).post('proposals', { reason, changes: wrapped, ...more });
  expect(status, JSON.stringify(body)).toBe(201);
  const proposal = await simulated(rig.as(approver), body.id);
  const done = await rig.as(approver).post(`proposals/${body.id}/approve`, approvalOf(proposal));
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  return proposal;
}

async function permits(): Promise<boolean> {
  const guard = createGuard({
    reader: rig.store.reader(),
    build: BUILD,
    budgetMs: 5_000,
    leaseMs: 5_000,
    clock: Date.now,
    newEvaluationId: () => 'first-day',
    mostExplained: 'codes',
  });
  const message = { id: 'm', marking: 'SECRET//REL TO USA, GBR' };
  const path = { route: 'us-a-alone' };
  return (await guard.decideText(JSON.stringify({ message, path }))).decision;
}

it('goes from an empty table to the first permit with the files the guide names', async () => {
  expect(await permits()).toBe(false);
  const genesis = await publish('samples/first-day/genesis.yaml', 'proposer', 'approver', { base: null });
  expect(genesis.simulation.permits).toBe(0);
  expect(await permits()).toBe(false);
  const first = await publish('samples/first-day/accreditation.yaml', 'usa-proposer', 'usa-approver', {});
  expect(first.simulation.permits).toBe(2);
  expect(await permits()).toBe(true);
});
