import type { Digest } from '../../functions/core/facts/canonical.ts';
import type { Registry } from './connection.ts';
import { RegistryRefusedError } from './errors.ts';

export interface JobView {
  readonly id: string;
  readonly kind: string;
  readonly status: 'waiting' | 'done' | 'failed';
  readonly progress: { readonly done: number; readonly total: number | null };
  /** Of a simulation: the proposal, and the version it was simulated on; null for the first of all. */
  readonly proposal?: string;
  readonly base?: { readonly version: number; readonly digest: Digest } | null;
  readonly failure?: { readonly code: string; readonly message: string };
}

/**
 * Runs a job to its end, a slice per request.
 *
 * @throws RegistryRefusedError where the job failed
 */
export async function finishJob(
  registry: Registry,
  first: Readonly<Record<string, unknown>>,
  progress: (line: string) => void,
): Promise<JobView> {
  let job = first['job'] as JobView;
  while (job.status === 'waiting') {
    const { done, total } = job.progress;
    progress(`${job.kind}: ${done}${total === null ? '' : ` of ${total}`}`);
    const answer = await registry({ method: 'POST', path: `jobs/${job.id}/run`, body: {} });
    job = answer['job'] as JobView;
  }
  if (job.status === 'failed') throw new RegistryRefusedError(job.failure ?? { code: 'FAILED', message: '' });
  return job;
}

/** The whole result of a job, put together from its parts. */
export async function resultOf<T>(registry: Registry, job: Pick<JobView, 'id'>): Promise<T> {
  let text = '';
  for (let part = 0, parts = 1; part < parts; part += 1) {
    const answer = await registry({
      method: 'GET',
      path: `jobs/${job.id}/result`,
      query: { part: String(part) },
    });
    text += String(answer['text']);
    parts = Number(answer['parts']);
  }
  return JSON.parse(text) as T;
}
