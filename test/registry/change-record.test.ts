import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeRecordOf } from '../../cli/registry/change-record.ts';
import type { Registry } from '../../cli/registry/connection.ts';
import { finishJob, resultOf } from '../../cli/registry/jobs.ts';
import { changeReport } from '../../functions/core/administration/change-report.ts';
import type { SimulationReport } from '../../functions/core/administration/simulation.ts';
import { factDigest } from '../../functions/core/facts/canonical.ts';
import { type Person, type RegistryRig, startRegistryRig, type Wire } from './rig.ts';

let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig();
});
afterAll(() => rig.stop());

/** The registry as the command line has it, without the network between. */
function over(person: Person): Registry {
  return async ({ method, path, query, body }) => {
    const answer = method === 'GET' ? await person.get(path, query) : await person.post(path, body);
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    return answer.body;
  };
}

async function recordOf(registry: Registry, id: string): Promise<string> {
  const started = await registry({ method: 'POST', path: `proposals/${id}/simulate`, body: {} });
  const job = await finishJob(registry, started, () => {});
  const report = await resultOf<SimulationReport>(registry, job);
  return changeReport(await changeRecordOf(registry, job, report));
}

const REASON = 'The <b>lease</b> & "site" <script>alert(1)</script>';

it('writes the record from the version that was simulated, with every word escaped', async () => {
  const registry = over(rig.as('usa-proposer'));
  const key = 'accreditation/us-on-gb-b';
  const { fact } = (await rig.as('auditor').get(`facts/${key}`)).body as Wire;

  const corrected = { ...fact, sources: [{ citation: 'Corrected letter', verified: true }] };
  const changes = [{ op: 'replace', fact: corrected, was: factDigest(fact) }];
  const { body } = await rig.as('usa-proposer').post('proposals', { reason: REASON, changes });
  const record = await recordOf(registry, body.id);
  expect(record).toContain(body.digest);
  expect(record).toContain('routeguard-usa-proposer/uma');
  expect(record).toContain('version 1 ');
  expect(record).toContain('Corrected letter');
  // What stood there: it is in no operation, only in the registry.
  const [source] = fact.sources;
  expect(record).toContain(source.citation.slice(0, 20));
  expect(record).toContain('&lt;script&gt;');
  expect(record).not.toMatch(/<script|<b>lease/);
});

it('lists what becomes permit first, by the numbers an approval acknowledges', async () => {
  const revoked = { facts: ['accreditation/us-on-gb-b'], reason: 'A mistake' };
  const { fact } = (await rig.as('auditor').get('facts/accreditation/us-on-gb-b')).body;
  await rig.as('usa-approver').post('revoke', revoked);
  const ended = (await rig.as('auditor').get('facts/accreditation/us-on-gb-b')).body.fact;
  const valid = { ...fact.valid, from: ended.valid.to };
  const changes = [{ op: 'add', fact: { ...fact, id: 'us-on-gb-b-again', valid } }];
  const { body } = await rig.as('usa-proposer').post('proposals', { reason: 'Renewal', changes });
  const record = await recordOf(over(rig.as('usa-proposer')), body.id);
  expect(record).toMatch(/Becomes permitted: [1-9]/);
  expect(record).toContain('<td class="n">1</td>');
  expect(record.indexOf('Becomes permitted')).toBeLessThan(record.indexOf('No longer permitted'));
});

it('writes no record of a proposal whose operations are not there', async () => {
  const registry: Registry = async (ask) => ({
    ...(await over(rig.as('auditor'))(ask)),
    ...{ changes: null, bytes: null },
  });
  const changes = [{ op: 'add', fact: {} }];
  const upload = { chunks: 1, bytes: 2, digest: `sha256:${'0'.repeat(64)}`, text: JSON.stringify(changes) };
  const { body } = await rig.as('usa-proposer').post('proposals', { reason: 'Large', upload });
  const job = {
    ...{ id: 'j', kind: 'simulate', proposal: body.id },
    status: 'done',
    progress: { done: 0, total: 0 },
  } as const;
  await expect(changeRecordOf(registry, job, {} as SimulationReport)).rejects.toThrow(/no operations yet/);
});
