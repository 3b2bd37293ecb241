import type { Digest } from '../core/facts/canonical.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import { readBody, simulateBody } from './bodies.ts';
import { type Call, instantText, openHead, type RegistryContext, type Reply } from './context.ts';
import { jobView, type SimulateJob } from './job.ts';
import type { Proposal } from './proposal.ts';
import { demandUnexpired, readProposal } from './proposal-body.ts';
import { type Held, newId } from './records.ts';
import { Refusal } from './refusal.ts';
import { putJson, simulateSlice } from './simulate-slice.ts';

/** Starts to simulate a proposal on HEAD, and does the first slice at once. */
export async function simulate(context: RegistryContext, call: Call): Promise<Reply> {
  const { recent } = readBody(simulateBody, call.body());
  const held = await readProposal(context, call);
  const head = await openHead(context, call);
  const asked = recent === undefined ? undefined : await putJson(context, recent, call.signal);
  const { job, proposal } = await startSimulation(context, call, held, head, asked);
  return simulationReply(job, proposal);
}

/** A job as an answer: 202 while there is more to do. */
export function simulationReply(job: SimulateJob, proposal: Proposal): Reply {
  const { simulation } = proposal;
  return {
    status: job.status === 'done' ? 200 : 202,
    body: {
      job: jobView(job),
      ...(job.status === 'done' && simulation !== undefined && { simulation }),
      proposal: { id: proposal.id, digest: proposal.digest },
    },
  };
}

/** Files a simulation job and does its first slice. */
export async function startSimulation(
  context: RegistryContext,
  call: Call,
  held: Held<Proposal>,
  head: OpenSnapshot | null,
  recent?: Digest,
): Promise<{ readonly job: SimulateJob; readonly proposal: Proposal }> {
  const { record: proposal } = held;
  if (proposal.status !== 'open' || proposal.digest === null)
    throw new Refusal('PROPOSAL_STATUS', 'only an open proposal is simulated', {
      details: { status: proposal.status },
    });
  const now = context.clock();
  demandUnexpired(proposal, now);
  const job: SimulateJob = {
    id: newId('j', now),
    kind: 'simulate',
    status: 'waiting',
    by: call.caller,
    createdAt: instantText(now),
    progress: { done: 0, total: null },
    proposal: proposal.id,
    subject: proposal.digest,
    base: head === null ? null : { version: head.version, digest: head.digest },
    at: now,
    ...(recent !== undefined && { recent }),
  };
  return advanceSimulation(context, call, { job, proposal: held });
}

/** Does a slice and files how far it got; a complete simulation is noted with its proposal. */
export async function advanceSimulation(
  context: RegistryContext,
  call: Call,
  at: { readonly job: SimulateJob; readonly proposal: Held<Proposal>; readonly held?: Held<SimulateJob> },
): Promise<{ readonly job: SimulateJob; readonly proposal: Proposal }> {
  const limits = { signal: call.signal, endsAt: call.sliceEndsAt };
  const { job, summary } = await simulateSlice(context, at.job, at.proposal.record, limits);
  if (at.held === undefined) await context.jobs.create(job, call.signal);
  else await context.jobs.update({ record: at.held.record, revision: at.held.revision }, job, call.signal);
  if (summary === undefined) return { job, proposal: at.proposal.record };
  const { record } = await context.proposals.update(
    at.proposal,
    { ...at.proposal.record, simulation: summary },
    call.signal,
  );
  return { job, proposal: record };
}
