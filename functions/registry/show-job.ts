/** How far long work is, and what came out: read by anybody, also while no slice of it gets its turn. */
import type { ReplyTo } from './answers.ts';
import type { Call, RegistryContext } from './context.ts';
import { type Job, jobView, keeperOf } from './job.ts';
import { partOf } from './parts.ts';
import type { StoredRecord } from './records.ts';
import { Refusal } from './refusal.ts';

/** `GET jobs/{id}`: how far it is. */
export async function showJob(context: RegistryContext, call: Call): Promise<ReplyTo<'show-job'>> {
  return replyOf((await readJob(context, call)).record);
}

/** `GET jobs/{id}/result`: what came out, a piece of the text at a time where it is large. */
export async function showResult(context: RegistryContext, call: Call): Promise<ReplyTo<'job-result'>> {
  const { record } = await readJob(context, call);
  if (record.result === undefined)
    throw new Refusal('RESULT_PENDING', 'this job has no result yet', { details: { status: record.status } });
  const bytes = await context.blobs.of(keeperOf(record)).get(record.result, call.signal);
  if (bytes === undefined) throw new Refusal('RESULT_GONE', 'this result is not kept any more');
  const piece = partOf(Buffer.from(bytes).toString('utf8'), call.query);
  return { status: 200, body: { digest: record.result, ...piece } };
}

export async function readJob(context: RegistryContext, call: Call): Promise<StoredRecord<Job>> {
  const held = await context.jobs.read(call.variables['id'] ?? '', call.signal);
  if (held === undefined) throw new Refusal('JOB_UNKNOWN', 'there is no job of this id');
  return held;
}

export function replyOf(job: Job): ReplyTo<'run-job'> {
  return { status: job.status === 'waiting' ? 202 : 200, body: { job: jobView(job) } };
}
