import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeRecordOf } from '../../cli/registry/change-record.ts';
import type { RegistryClient } from '../../cli/registry/connection.ts';
import { finishJob, jobResultOf } from '../../cli/registry/jobs.ts';
import { changeReport } from '../../functions/core/administration/change-report.ts';
import type { SimulationReport } from '../../functions/core/administration/simulation.ts';
import { factDigest } from '../../functions/core/facts/canonical.ts';
import type { JobView } from '../../functions/registry/answers.ts';
import { digestOf, vendor } from './changes.ts';
import { type Person, type RegistryRig, startRegistryRig, type Wire } from './rig.ts';

let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig();
});
afterAll(() => rig.stop());

/** The registry as the command line has it, without the network between. */
function over(person: Person): RegistryClient {
  return async ({ method, path, query, body }) => {
    const answer = method === 'GET' ? await person.get(path, query) : await person.post(path, body);
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    return answer.body;
  };
}

async function recordOf(registry: RegistryClient, id: string): Promise<string> {
  const started = await registry({ method: 'POST', path: `proposals/${id}/simulate`, body: {} });
  const job = await finishJob(registry, started, () => {});
  const report = await jobResultOf<SimulationReport>(registry, job);
  return changeReport(await changeRecordOf(registry, id, job, report));
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
  const registry: RegistryClient = async (ask) => ({
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
    createdAt: '',
    by: { role: '', session: '' },
  } as const;
  await expect(changeRecordOf(registry, body.id, job, {} as SimulationReport)).rejects.toThrow(
    /no operations yet/,
  );
});

describe('nobody is given a record', () => {
  const OTHER = [vendor('other')];
  const ZERO = digestOf('0');
  let registry: RegistryClient;
  let id: string;
  let job: JobView;
  let report: SimulationReport;
  let shown: Wire;
  beforeAll(async () => {
    registry = over(rig.as('usa-proposer'));
    const { fact } = (await rig.as('auditor').get('facts/accreditation/us-on-us-a')).body;
    const corrected = { ...fact, sources: [{ citation: 'Corrected letter', verified: true }] };
    const changes = [{ op: 'replace', fact: corrected, was: factDigest(fact) }];
    id = (await rig.as('usa-proposer').post('proposals', { reason: 'A test', changes })).body.id;
    const started = await registry({ method: 'POST', path: `proposals/${id}/simulate`, body: {} });
    job = await finishJob(registry, started, () => {});
    report = await jobResultOf<SimulationReport>(registry, job);
    shown = (await rig.as('auditor').get(`proposals/${id}`)).body;
  });
  const FLIP = { direction: 'to-permit', number: 1 } as never;
  const asSent = (answer: object): Wire => JSON.parse(JSON.stringify(answer));
  const found = (more: object) => ({ simulation: { ...shown.simulation, ...more } });

  it('but of what belongs together', async () => {
    expect((await changeRecordOf(registry, id, job, report)).proposal).toBe(shown.digest);
  });

  it.each<[string, () => { proposal?: object; job?: object; report?: object }, RegExp]>([
    ['with other operations', () => ({ proposal: { changes: OTHER } }), /another proposal/],
    ['with another reason', () => ({ proposal: { reason: 'Another' } }), /another proposal/],
    ['of another kind', () => ({ proposal: { kind: 'lift' } }), /another proposal/],
    ['under another digest', () => ({ proposal: { digest: ZERO } }), /another proposal/],
    ['of another proposal', () => ({ proposal: { id: 'p-other' } }), /another simulation/],
    ['of another proposal’s simulation', () => ({ job: { proposal: 'p-other' } }), /another simulation/],
    ['of another simulation of it', () => ({ job: { id: 'j-other' } }), /another simulation/],
    ['without a simulation', () => ({ proposal: { simulation: undefined } }), /another simulation/],
    ['with other answers', () => ({ report: { flips: [...report.flips, FLIP] } }), /other answers/],
    ['with fewer permits than it lists', () => ({ proposal: found({ permits: 7 }) }), /other answers/],
    ['with more answers than it lists', () => ({ proposal: found({ total: 7 }) }), /other answers/],
    ['that counts other permits', () => ({ report: { toPermit: 7 } }), /something else of itself/],
    ['that counts other refusals', () => ({ report: { toDeny: 7 } }), /something else of itself/],
    ['that names other answers', () => ({ report: { flipsDigest: ZERO } }), /something else of itself/],
    [
      'on another base',
      () => ({ proposal: found({ base: { version: 1, digest: ZERO } }) }),
      /something else/,
    ],
  ])('%s', async (_what, made, why) => {
    const { proposal, job: otherJob, report: other } = made();
    const lying: RegistryClient = async (ask) => {
      const answer = await registry(ask);
      return ask.path === `proposals/${id}` ? asSent({ ...answer, ...proposal }) : answer;
    };
    const record = changeRecordOf(lying, id, { ...job, ...otherJob }, { ...report, ...other });
    await expect(record).rejects.toThrow(why);
  });
});
