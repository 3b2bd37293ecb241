import { mayReject } from '../core/administration/authority.ts';
import { canonicalText, type Digest } from '../core/facts/canonical.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import type { ReplyTo } from './answers.ts';
import { readBody, simulateBody } from './bodies.ts';
import { factsAt } from './change-staging.ts';
import { baseOf, type Call, instantText, openHead, type RegistryContext } from './context.ts';
import { jobView, type SimulateJob } from './job.ts';
import { fileSlice } from './job-cursor.ts';
import { putJson } from './json-blobs.ts';
import { keepingFor } from './kept-for.ts';
import type { Proposal, SimulationSummary } from './proposal.ts';
import { demandUnexpired, operationsOf, readProposal } from './proposal-body.ts';
import { newId, type StoredRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { simulateSlice } from './simulate-slice.ts';

/** Starts to simulate a proposal on HEAD, and does the first slice at once. */
export async function simulate(context: RegistryContext, call: Call): Promise<ReplyTo<'simulate'>> {
  const { recent } = readBody(simulateBody, call.body());
  const held = await readProposal(context, call);
  const head = await openHead(context, call);
  const { id } = held.record;
  demandOpen(held.record, context.clock());
  return keepingFor(context, id, async () => {
    const asked = recent === undefined ? undefined : await putJson(context.blobs.of(id), recent, call.signal);
    const { job, proposal } = await startSimulation(context, call, held, head, asked);
    return simulationReply(job, proposal);
  });
}

/** @throws Refusal PROPOSAL_STATUS, PROPOSAL_EXPIRED */
function demandOpen(proposal: Proposal, now: number): asserts proposal is OpenProposal {
  if (proposal.status !== 'open' || proposal.digest === null || proposal.body === null)
    throw new Refusal('PROPOSAL_STATUS', 'only an open proposal is simulated', {
      details: { status: proposal.status },
    });
  demandUnexpired(proposal, now);
}

type OpenProposal = Proposal & { readonly digest: Digest; readonly body: Digest };

/** A job as an answer: 202 while there is more to do. */
export function simulationReply(job: SimulateJob, proposal: Proposal): ReplyTo<'simulate'> {
  const { summary } = job;
  return {
    status: job.status === 'done' ? 200 : 202,
    body: {
      job: jobView(job),
      ...(summary !== undefined && { simulation: summary }),
      proposal: { id: proposal.id, digest: proposal.digest },
    },
  };
}

/** Files a simulation job and does its first slice. */
export async function startSimulation(
  context: RegistryContext,
  call: Call,
  held: StoredRecord<Proposal>,
  head: OpenSnapshot | null,
  recent?: Digest,
): Promise<{ readonly job: SimulateJob; readonly proposal: Proposal }> {
  const { record: proposal } = held;
  const now = context.clock();
  demandOpen(proposal, now);
  const job: SimulateJob = {
    id: newId('j', now),
    kind: 'simulate',
    status: 'waiting',
    by: call.caller,
    createdAt: instantText(now),
    progress: { done: 0, total: null },
    proposal: proposal.id,
    subject: proposal.digest,
    body: proposal.body,
    base: baseOf(head),
    at: now,
    ...(recent !== undefined && { recent }),
  };
  return advanceSimulation(context, call, { job, proposal: held });
}

/**
 * Does a slice and files how far it got; a complete simulation is noted with its proposal, where somebody asked for it who has a
 * say: anybody may ask, with whatever recent requests, and two people have signed what the last one found.
 */
export async function advanceSimulation(
  context: RegistryContext,
  call: Call,
  at: {
    readonly job: SimulateJob;
    readonly proposal: StoredRecord<Proposal>;
    readonly held?: StoredRecord<SimulateJob>;
  },
): Promise<{ readonly job: SimulateJob; readonly proposal: Proposal }> {
  const limits = { signal: call.signal, endsAt: call.sliceEndsAt };
  const job = await simulateSlice(context, at.job, at.proposal.record, limits);
  if (at.held === undefined) await context.jobs.create(job, call.signal);
  else await fileSlice(context, { record: at.held.record, revision: at.held.revision }, job, call.signal);
  const { summary } = job;
  if (summary === undefined || !(await hasSay(context, call, job, at.proposal.record)))
    return { job, proposal: at.proposal.record };
  const { record } = await context.proposals.update(
    at.proposal,
    { ...at.proposal.record, simulation: summary },
    call.signal,
  );
  return { job, proposal: record };
}

/** Its author, and whoever may refuse it. */
async function hasSay(
  context: RegistryContext,
  call: Call,
  { by }: SimulateJob,
  proposal: Proposal,
): Promise<boolean> {
  const { author } = proposal;
  if (author.arn === by.arn) return true;
  const changes = await operationsOf(context, proposal, call.signal);
  const facts = await factsAt(context, await openHead(context, call));
  return mayReject(by, { author, changes }, facts, context.clock()).ok;
}

/** A simulation that is complete, and what it found. */
export type FoundSimulation = SimulateJob & { readonly summary: SimulationSummary };

/**
 * The simulation of a proposal as the registry itself made it. What the proposal's record says of it may be anybody's who
 * can write to the table, and so may be which operations it has: it counts only where a sealed job says the same.
 *
 * @throws Refusal FLIPS_CHANGED, RESULT_GONE
 */
export async function foundOf(
  context: RegistryContext,
  { body, simulation }: Pick<Proposal, 'body' | 'simulation'>,
  signal: AbortSignal,
): Promise<FoundSimulation> {
  if (simulation === undefined)
    throw new Refusal('FLIPS_CHANGED', 'simulate the proposal before it is signed or approved');
  const job = (await context.jobs.read(simulation.job, signal))?.record;
  if (job?.kind !== 'simulate' || job.summary === undefined)
    throw new Refusal('RESULT_GONE', 'simulate again: the result is not kept any more');
  const isSame = canonicalText(job.summary) === canonicalText(simulation);
  if (job.body !== body || !isSame)
    throw new Refusal(
      'FLIPS_CHANGED',
      'the proposal is not what was simulated, or its simulation is not what the registry found: simulate it again',
    );
  return { ...job, summary: job.summary };
}
