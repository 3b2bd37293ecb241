import { type AuditCursor, verifyHistory } from '../store/history-verify.ts';
import type { ResultOf } from './answers.ts';
import type { Call, RegistryContext } from './context.ts';
import { keeperOf, type VerifyJob } from './job.ts';
import { cursorOf, putCursor } from './job-cursor.ts';
import { putJson } from './json-blobs.ts';

/** A record is small; the first of so many suffice to refuse. */
const MOST_FAULTY = 1000;

/** Verifies as many versions as there is time for, newest first, from what is stored and past every cache. */
export async function verifySlice(context: RegistryContext, call: Call, job: VerifyJob): Promise<VerifyJob> {
  const { signal } = call;
  const kept = context.blobs.of(keeperOf(job));
  const cursor = await cursorOf<AuditCursor>(kept, job, signal);
  const { client, tables, publicKeys, founders } = context;
  const report = await verifyHistory({
    client,
    tables,
    publicKeys,
    founders,
    signal,
    keepGoing: () => context.clock() < call.sliceEndsAt,
    ...(cursor !== undefined && { cursor }),
  });
  const { cursor: next, ...found } = report;
  const total = report.head ?? 0;
  const { cursor: _before, ...rest } = job;
  if (next === null) {
    const result = await putJson(kept, found satisfies ResultOf<'verify'>, signal);
    const faulty = [...new Set(found.problems.map(({ version }) => version))].slice(0, MOST_FAULTY);
    return { ...rest, status: 'done', progress: { done: total, total }, result, faulty };
  }
  const progress = { done: total - next.version, total };
  return { ...rest, progress, cursor: await putCursor(kept, next, signal) };
}
