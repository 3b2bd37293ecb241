import { type JobView, job as jobShape, part as partShape } from '../../functions/registry/answers.ts';
import type { RegistryClient } from './connection.ts';
import { RegistryRefusedError, RegistryUnavailableError } from './errors.ts';
import { readAs } from './read-answer.ts';

/**
 * Runs a job to its end, a slice per request.
 *
 * @throws RegistryRefusedError where the job failed
 */
export async function finishJob(
  registry: RegistryClient,
  first: Readonly<Record<string, unknown>>,
  progress: (line: string) => void,
): Promise<JobView> {
  let job = jobIn(first);
  while (job.status === 'waiting') {
    const { done, total } = job.progress;
    progress(`${job.kind}: ${done}${total === null ? '' : ` of ${total}`}`);
    const answer = await registry({ method: 'POST', path: `jobs/${job.id}/run`, body: {} });
    job = jobIn(answer);
  }
  if (job.status === 'failed') throw new RegistryRefusedError(job.failure ?? { code: 'FAILED', message: '' });
  return job;
}

/** A status that is none of ours is no end of a job, and no result either. */
function jobIn(answer: unknown): JobView {
  return readAs(jobShape, answer).job;
}

/** The whole result of a job. */
export async function jobResultOf<T>(registry: RegistryClient, job: Pick<JobView, 'id'>): Promise<T> {
  return (await textInParts(registry, `jobs/${job.id}/result`)) as T;
}

/** JSON that is too large for one answer, put together from its parts. */
export async function textInParts(registry: RegistryClient, path: string): Promise<unknown> {
  let text = '';
  for (let part = 0, parts = 1; part < parts; part += 1) {
    const answer = await registry({ method: 'GET', path, query: { part: String(part) } });
    const read = readAs(partShape, answer);
    text += read.text;
    parts = read.parts;
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RegistryUnavailableError('what came in parts is not whole', { cause });
  }
}
