/**
 * Whoever can write to the state table, and has nobody's key, lies to two people about what they agree to: what flips, how
 * far a simulation is, which operations a proposal has. Nothing is published but what its author's signature asks for, on
 * a simulation that the registry itself made.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../functions/core/administration/change.ts';
import type { Job, SimulateJob } from '../../functions/registry/job.ts';
import type { Proposal } from '../../functions/registry/proposal.ts';
import { bodyBytes } from '../../functions/registry/proposal-body.ts';
import { createRecords, type Records } from '../../functions/registry/records.ts';
import { createStateItems } from '../../functions/registry/state-items.ts';
import { accreditation, digestOf, source, vendor } from '../registry/changes.ts';
import {
  approvalOf,
  keepingFrozen,
  type RegistryRig,
  simulated,
  startRegistryRig,
  type Wire,
  writtenAs,
} from '../registry/rig.ts';

const signal = AbortSignal.timeout(60_000);
const NOTHING = digestOf('[]');
let rig: RegistryRig;
/** The adversary's own pen: what is written with it carries no seal. */
let jobs: Records<Job>;
/** A proposal by which answers become permit, simulated and signed by its author. */
let honest: Proposal;
let count = 0;

beforeAll(async () => {
  rig = await startRegistryRig();
  jobs = createRecords(createStateItems(rig.store.client, rig.store.tables.state), 'JOBS');
  const changes = [accreditation('permits'), accreditation('permits-too', 2039)];
  honest = await signedByItsAuthor('proposals', { reason: 'A test', changes });
  expect(honest.simulation?.permits).toBeGreaterThan(0);
});
afterAll(() => rig.stop());

async function recordOf(id: string): Promise<Proposal> {
  const held = await rig.context.proposals.read(id, signal);
  if (held === undefined) throw new Error(id);
  return held.record;
}

async function signedByItsAuthor(path: string, body: object): Promise<Proposal> {
  const { id } = (await rig.as('usa-proposer').post(path, body)).body;
  await simulated(rig.as('usa-proposer'), id);
  // Its author signs on the way to an approval that acknowledges nothing, or is of nothing to acknowledge yet.
  const proposal = (await rig.as('auditor').get(`proposals/${id}`)).body;
  await rig.as('gbr-approver').post(`proposals/${id}/approve`, approvalOf(proposal));
  return recordOf(id);
}

async function jobOf({ simulation }: Proposal): Promise<SimulateJob> {
  const held = await rig.context.jobs.read(simulation?.job ?? '', signal);
  if (held?.record.kind !== 'simulate') throw new Error('no simulation');
  return held.record;
}

const newId = (kind: string) => {
  count += 1;
  return `${kind}-20260101T000000Z-${String(count).padStart(10, '0')}`;
};

async function written(proposal: Proposal, ...others: readonly Proposal[]): Promise<string> {
  const id = newId('p');
  await writtenAs(rig.context, id, proposal, ...others);
  return id;
}

/** What two people are shown, and what becomes of an approval of it with every permit acknowledged that is shown. */
async function approved(id: string, permits: readonly number[] = []): Promise<Wire> {
  const { body: shown } = await rig.as('usa-approver').get(`proposals/${id}`);
  const { digest: proposal, simulation } = shown;
  const { base = null, flips = NOTHING } = simulation ?? {};
  const body = { proposal, base: base?.digest ?? null, flips, permits };
  const { body: answer } = await rig.as('usa-approver').post(`proposals/${id}/approve`, body);
  return { shown: simulation, code: answer.error?.code, version: answer.version };
}
/** Beside the honest proposal. */
const kept = (text: string) => rig.context.blobs.of(honest.id).put(Buffer.from(text), signal);

const version = async () => (await rig.as('auditor').get('log')).body.entries[0].version;

describe('a simulation that says nothing flips', () => {
  const none = { flips: NOTHING, permits: 0, total: 0 };
  it.each<[string, () => Promise<Proposal>, string]>([
    [
      'in the proposal alone',
      async () => ({ ...honest, simulation: { ...honest.simulation, ...none } }) as Proposal,
      'FLIPS_CHANGED',
    ],
    [
      'in a job of its own, which the registry did not seal',
      async () => {
        const job = await jobOf(honest);
        const result = await kept(JSON.stringify({ flips: [] }));
        const id = newId('j');
        const summary = { ...job.summary, ...none, job: id } as NonNullable<SimulateJob['summary']>;
        await jobs.create({ ...job, id, result, summary }, signal);
        return { ...honest, simulation: summary };
      },
      'RESULT_GONE',
    ],
    [
      'in the sealed job of another proposal, under its own id',
      async () => {
        const harmless = await signedByItsAuthor('proposals', {
          reason: 'Harmless',
          changes: [accreditation('denies', 2040, { audience: ['USA', 'GBR', 'RUS'] })],
        });
        return { ...honest, simulation: (await jobOf(harmless)).summary } as Proposal;
      },
      'FLIPS_CHANGED',
    ],
    [
      'in a sealed job that was moved to another id',
      async () => {
        const items = createStateItems(rig.store.client, rig.store.tables.state);
        const { simulation } = honest;
        const item = await items.get({ pk: 'JOBS', sk: simulation?.job ?? '' }, signal);
        const id = newId('j');
        await items.put({ pk: 'JOBS', sk: id }, item ?? {}, 'absent', signal);
        return { ...honest, simulation: { ...simulation, job: id } } as Proposal;
      },
      'RESULT_GONE',
    ],
  ])('%s', async (_what, proposal, code) => {
    const before = await version();
    const id = await written(await proposal());
    const { shown, ...answer } = await approved(id);
    // Nobody is shown what the registry did not find.
    expect([shown, answer.code]).toEqual([undefined, code]);
    expect(await version()).toBe(before);
  });

  it('because it was half done when somebody else went on', async () => {
    const job = await jobOf(honest);
    const { result: _result, summary: _summary, ...rest } = job;
    const state = { plan: digestOf('plan'), done: 9, evaluations: 0, flips: [] };
    const cursor = await kept(JSON.stringify(state));
    const id = newId('j');
    await jobs.create({ ...rest, id, status: 'waiting', cursor }, signal);
    expect((await rig.as('auditor').post(`jobs/${id}/run`)).status).toBe(404);
    expect((await rig.as('auditor').get(`jobs/${id}/result`)).status).toBe(404);
  });

  it('about a time after everything', async () => {
    const { result: _result, summary: _summary, cursor: _cursor, ...rest } = await jobOf(honest);
    const id = newId('j');
    await jobs.create({ ...rest, id, status: 'waiting', at: Date.parse('2200-01-01T00:00:00Z') }, signal);
    expect((await rig.as('auditor').post(`jobs/${id}/run`)).status).toBe(404);
  });
});

describe('other operations than were asked for', () => {
  const HOLDS = ['drill', 'incident'] as const;
  beforeAll(async () => {
    for (const id of HOLDS) {
      const body = { id, authority: 'us-state', scope: { owner: 'USA' }, cause: 'doubt', reason: 'A test' };
      expect((await rig.as('usa-proposer').post('hold', body)).status).toBe(200);
    }
  });

  /** The proposal with another body, and a simulation that the registry itself makes of that. */
  async function withBody(proposal: Proposal, changes: readonly Operation[]): Promise<string> {
    const { agreed: _agreed, simulation: _simulation, ...rest } = proposal;
    const body = await rig.context.blobs.of(proposal.id).put(bodyBytes(changes), signal);
    return written({ ...rest, body, operations: changes.length });
  }

  async function refused(id: string): Promise<void> {
    const before = await version();
    const { simulation } = await simulated(rig.as('usa-approver'), id);
    const permits = Array.from({ length: simulation.permits }, (_, n) => n + 1);
    expect((await approved(id, permits)).code).toBe('SIGNATURE_INVALID');
    expect([await version(), (await recordOf(id)).agreed]).toEqual([before, undefined]);
  }

  const bodyOf = async ({ id, body }: Proposal): Promise<readonly Operation[]> => {
    const bytes = await rig.context.blobs.of(id).get(body ?? NOTHING, signal);
    return JSON.parse(Buffer.from(bytes ?? []).toString('utf8'));
  };

  const other = async (id: string) => (await rig.as('auditor').get(`facts/hold/${id}`)).body.digest;

  it('lifts another hold, sooner, later, on another word, or does something else besides', async () => {
    const { body: filed } = await rig.as('usa-proposer').post('lift', { hold: 'drill', reason: 'A test' });
    const lift = await recordOf(filed.id);
    const [asked] = await bodyOf(lift);
    if (asked?.op !== 'end') throw new Error('not a lift');
    const more = accreditation('smuggled') as Operation;
    const yesterday = new Date(Date.parse(asked.on) - 86_400_000).toISOString();
    const tomorrow = new Date(Date.parse(asked.on) + 86_400_000).toISOString();
    for (const changes of [
      [{ ...asked, key: 'hold/incident', was: await other('incident') }],
      [{ ...asked, on: yesterday }],
      [{ ...asked, on: tomorrow }],
      [{ ...asked, ending: [{ citation: 'A court', verified: true }] }],
      [asked, more],
      [more],
    ])
      await refused(await withBody(lift, changes));
  });

  it('rolls back another part of what has changed', async () => {
    const also = HOLDS.map((id) => `hold/${id}`);
    const { body: filed } = await rig
      .as('usa-proposer')
      .post('rollback', { version: 1, by: 'us-state', also, reason: 'A test' });
    const back = await recordOf(filed.id);
    const asked = await bodyOf(back);
    expect(asked).toHaveLength(2);
    for (const changes of [asked.slice(1), asked.toReversed(), [...asked, accreditation('smuggled')]])
      await refused(await withBody(back, changes));
    const id = await withBody(back, asked);
    await rig.context.proposals.update(
      { record: await recordOf(id), revision: 1 },
      { ...(await recordOf(id)), base: { version: 2, digest: NOTHING } },
      signal,
    );
    await refused(id);
  });

  it('are simulated as they were, and are others by the time they are approved', async () => {
    const before = await version();
    const id = await written({
      ...honest,
      body: await rig.context.blobs.of(honest.id).put(bodyBytes([]), signal),
    });
    expect(await approved(id)).toEqual({ shown: undefined, code: 'SIGNATURE_INVALID', version: undefined });
    expect(await version()).toBe(before);
  });
});

it('a publication that never was is in force for nobody', async () => {
  const [entry] = (await rig.as('auditor').get('log')).body.entries;
  for (const [more, code] of [
    [{ version: entry.version, digest: entry.digest }, 'PROPOSAL_STATUS'],
    [{ version: entry.version, digest: NOTHING }, 'PROPOSAL_STATUS'],
    [{ version: 1, digest: entry.digest }, 'PROPOSAL_STATUS'],
    [{ version: 99, digest: entry.digest }, 'VERSION_UNKNOWN'],
  ] as const) {
    const { lineage, recordedAt } = entry;
    const id = await written({
      ...honest,
      status: 'published',
      published: { lineage, recordedAt, ...more },
    });
    expect((await approved(id)).code).toBe(code);
  }
});

describe('a publication that is another proposal’s', () => {
  /** What two people have published, with its publication as it was frozen. */
  async function publishedOne(): Promise<Proposal> {
    const changes = [vendor(`harmless-${count}`)];
    const { id } = (await rig.as('proposer').post('proposals', { reason: 'Harmless', changes })).body;
    const shown = await simulated(rig.as('proposer'), id);
    const done = await rig
      .asIn(keepingFrozen(rig), 'approver')
      .post(`proposals/${id}/approve`, approvalOf(shown));
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    return recordOf(id);
  }

  it.each<[string, (record: Proposal) => Partial<Proposal>]>([
    [
      'is not finished by this one',
      ({ prepared, approval }) => ({ status: 'approving', prepared, approval }) as never,
    ],
    ['is not this one’s', ({ published }) => ({ status: 'published', published }) as never],
  ])('%s', async (_what, more) => {
    const harmless = await publishedOne();
    const fact = {
      ...{ kind: 'hold', id: `two-signed-${count}`, authority: 'us-state', scope: { network: 'us-a' } },
      ...{ cause: 'doubt', valid: { from: '2020-01-01', to: null, zone: 'UTC' }, sources: [source] },
    };
    const { id } = (
      await rig.as('usa-proposer').post('proposals', { reason: 'Stop', changes: [{ op: 'add', fact }] })
    ).body;
    const shown = await simulated(rig.as('usa-proposer'), id);
    const record = await recordOf(id);
    const forged = await written({ ...record, ...more(harmless) }, harmless);
    const before = await version();
    const answer = await rig.as('usa-approver').post(`proposals/${forged}/approve`, approvalOf(shown));
    expect([answer.status, answer.body.error?.code]).toEqual([409, 'PROPOSAL_STATUS']);
    expect(await version()).toBe(before);
    const { body: seen } = await rig.as('auditor').get(`proposals/${forged}`);
    expect([seen.status, seen.published]).toEqual(['approving', undefined]);
    expect((await rig.as('auditor').get(`facts/hold/${fact.id}`)).status).toBe(404);
  });

  it.each<[string, (record: Proposal) => unknown, string]>([
    ['its own operations', () => undefined, 'OBJECT_MALFORMED'],
    ['no text', () => '\0', 'OBJECT_MALFORMED'],
    ['nothing of a publication', () => '{}', 'OBJECT_MALFORMED'],
    [
      'a commit without its signatures',
      () => JSON.stringify({ commit: 'AA==', signature: '', root: '', expected: null, objects: {} }),
      'OBJECT_MALFORMED',
    ],
  ])('and what was frozen is one: %s', async (_what, text, store) => {
    const given = text(honest);
    const bytes = typeof given === 'string' ? Buffer.from(given) : undefined;
    const prepared =
      bytes === undefined ? honest.body : await rig.context.blobs.of(honest.id).put(bytes, signal);
    const id = await written({ ...honest, status: 'approving', prepared } as Proposal);
    const { body: answer } = await rig.as('usa-approver').post(`proposals/${id}/approve`, approvalOf(honest));
    expect([answer.error?.code, answer.error?.details?.store]).toEqual(['REGISTRY_INTEGRITY', store]);
  });

  it('nor is a stop that came after it, which carries the same signatures', async () => {
    const made = await publishedOne();
    const body = {
      id: 'after',
      authority: 'us-state',
      scope: { owner: 'USA' },
      cause: 'doubt',
      reason: 'A test',
    };
    expect((await rig.as('usa-proposer').post('hold', body)).status).toBe(200);
    const [entry] = (await rig.as('auditor').get('log')).body.entries;
    const { digest, lineage, recordedAt } = entry;
    const id = await written({ ...made, published: { version: entry.version, digest, lineage, recordedAt } });
    expect((await approved(id)).code).toBe('PROPOSAL_STATUS');
  });

  it('and when it was published is told from the history', async () => {
    const made = await publishedOne();
    const lied = { ...made.published, recordedAt: '2031-01-01T00:00:00.000Z' } as never;
    const { body } = await rig.as('auditor').get(`proposals/${await written({ ...made, published: lied })}`);
    expect([body.status, body.published]).toEqual(['published', made.published]);
  });
});

it('as it was, the proposal is published by the same two people', async () => {
  const id = await written(honest);
  const { body: shown } = await rig.as('usa-approver').get(`proposals/${id}`);
  const renewed = await simulated(rig.as('usa-proposer'), shown.id);
  const done = await rig.as('usa-approver').post(`proposals/${id}/approve`, approvalOf(renewed));
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  // And whoever asks again is told so, but not of another digest than was published.
  const again = await rig.as('usa-approver').post(`proposals/${id}/approve`, approvalOf(renewed));
  expect([again.status, again.body.version]).toEqual([200, done.body.version]);
  const { published, ...rest } = await recordOf(id);
  const lied = { ...rest, published: { ...published, digest: NOTHING } } as Proposal;
  expect((await approved(await written(lied))).code).toBe('PROPOSAL_STATUS');
});
