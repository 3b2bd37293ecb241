import { StoreError } from '../store/store-error.ts';
import type { ReplyTo } from './answers.ts';
import { emptyBody, forecastBody, readBody } from './bodies.ts';
import { baseOf, type Call, instantText, openHead, type RegistryContext } from './context.ts';
import { forecastSlice } from './forecast-slice.ts';
import type { ForecastJob, Job, SimulateJob, VerifyJob } from './job.ts';
import { fileSlice } from './job-cursor.ts';
import { keepingFor } from './kept-for.ts';
import type { ProposalBase } from './proposal.ts';
import { newId, type StoredRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import type { RefusalCode } from './refusal-table.ts';
import { readJob, replyOf } from './show-job.ts';
import { advanceSimulation } from './simulate.ts';
import { refusalOf } from './store-refusals.ts';
import { verifySlice } from './verify-slice.ts';

/** `POST verify`: starts to verify the whole history, and does the first slice. */
export async function startVerify(context: RegistryContext, call: Call): Promise<ReplyTo<'verify'>> {
  readBody(emptyBody, call.body());
  const now = context.clock();
  const base = await baseOrNothing(context, call);
  const job: VerifyJob = { ...newJob(call, now), kind: 'verify', ...(base !== undefined && { base }) };
  return runNew(context, call, job);
}

/** An audit is of what nobody can open, too: then it says so. */
async function baseOrNothing({ anyReader }: RegistryContext, call: Call): Promise<ProposalBase | undefined> {
  try {
    return baseOf(await anyReader.open({}, call.signal));
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}

/** `POST forecast`: starts to look at every answer over the days to come. */
export async function startForecast(context: RegistryContext, call: Call): Promise<ReplyTo<'forecast'>> {
  const { days } = readBody(forecastBody, call.body());
  const head = await openHead(context, call);
  if (head === null) throw new Refusal('REGISTRY_EMPTY', 'no registry has been published yet');
  const now = context.clock();
  const job: ForecastJob = {
    ...newJob(call, now),
    kind: 'forecast',
    base: baseOf(head),
    at: now,
    days: days ?? 30,
  };
  return runNew(context, call, job);
}

/** `POST jobs/{id}/run`: the next slice. Safe to repeat; of two at once, one is told to read again. */
export async function runJob(context: RegistryContext, call: Call): Promise<ReplyTo<'run-job'>> {
  readBody(emptyBody, call.body());
  const held = await readJob(context, call);
  if (held.record.status !== 'waiting') return replyOf(held.record);
  return replyOf(await advance(context, call, held));
}

async function runNew(
  context: RegistryContext,
  call: Call,
  job: VerifyJob | ForecastJob,
): Promise<ReplyTo<'run-job'>> {
  const held = await context.jobs.create(job, call.signal);
  return replyOf(await advance(context, call, held));
}

async function advance(context: RegistryContext, call: Call, held: StoredRecord<Job>): Promise<Job> {
  try {
    return await slice(context, call, held);
  } catch (error) {
    const refusal = refusalOf(error);
    if (TRANSIENT.has(refusal.code)) throw error;
    const failure = { code: refusal.code, message: refusal.message };
    const { record } = await context.jobs.update(
      held,
      { ...held.record, status: 'failed', failure },
      call.signal,
    );
    return record;
  }
}

/** What the next attempt at a slice may cure. */
const TRANSIENT: ReadonlySet<RefusalCode> = new Set(['STORE_UNAVAILABLE', 'OUT_OF_TIME', 'CONFLICT']);

async function slice(context: RegistryContext, call: Call, held: StoredRecord<Job>): Promise<Job> {
  const job = held.record;
  switch (job.kind) {
    case 'simulate':
      return simulateAgain(context, call, job, held);
    case 'verify':
      return fileSlice(context, held, await verifySlice(context, call, job), call.signal);
    case 'forecast':
      return fileSlice(context, held, await forecastSlice(context, call, job), call.signal);
    default:
      return unknownJob(job);
  }
}

async function simulateAgain(
  context: RegistryContext,
  call: Call,
  job: SimulateJob,
  held: StoredRecord<Job>,
): Promise<Job> {
  const proposal = await context.proposals.read(job.proposal, call.signal);
  if (proposal === undefined) throw new Refusal('RESULT_GONE', 'the proposal of this job is gone');
  const revision = held.revision;
  const { job: next } = await keepingFor(context, job.proposal, () =>
    advanceSimulation(context, call, { job, proposal, held: { record: job, revision } }),
  );
  return next;
}

function newJob(call: Call, now: number) {
  return {
    id: newId('j', now),
    status: 'waiting' as const,
    by: call.caller,
    createdAt: instantText(now),
    progress: { done: 0, total: null },
  };
}

function unknownJob(job: never): never {
  throw new Error(`no such job: ${String((job as Job).kind)}`);
}
