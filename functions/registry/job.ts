import type { Person } from '../core/administration/person.ts';
import type { Digest } from '../core/facts/canonical.ts';
import type { ReplyTo } from './answers.ts';
import type { SimulationSummary } from './proposal.ts';
import type { RefusalCode } from './refusal-table.ts';

/** Long work, done in slices of one request each: `POST …/jobs/{id}/run` does the next one. */
export type Job = SimulateJob | VerifyJob | ForecastJob;

interface JobBase {
  readonly id: string;
  readonly status: 'waiting' | 'done' | 'failed';
  readonly by: Person;
  readonly createdAt: string;
  readonly progress: { readonly done: number; readonly total: number | null };
  /** Where the next slice goes on, as a blob. */
  readonly cursor?: Digest;
  /** What came out, as a blob of JSON. */
  readonly result?: Digest;
  readonly failure?: { readonly code: RefusalCode; readonly message: string };
}

export interface SimulateJob extends JobBase {
  readonly kind: 'simulate';
  readonly proposal: string;
  /** Digest of the proposal, so that a job never speaks for another one. */
  readonly subject: Digest;
  /** Its operations, as a blob: what a rollback or a lift comes to is not in what its author signed. */
  readonly body: Digest;
  /** The version it is simulated on; null for genesis. */
  readonly base: { readonly version: number; readonly digest: Digest } | null;
  /** Milliseconds since the epoch: the instant simulated. */
  readonly at: number;
  /** Recent decision requests, as a blob of JSON. */
  readonly recent?: Digest;
  /** What it found, once it is done. */
  readonly summary?: SimulationSummary;
}

export interface VerifyJob extends JobBase {
  readonly kind: 'verify';
  /** HEAD when it began; left out where none could be opened. */
  readonly base?: { readonly version: number; readonly digest: Digest };
  /** The newest version in which it met each problem, once it is done; null for one of no version. */
  readonly faulty?: readonly (number | null)[];
}

export interface ForecastJob extends JobBase {
  readonly kind: 'forecast';
  readonly base: { readonly version: number; readonly digest: Digest };
  readonly at: number;
  readonly days: number;
}

/** For which record its bytes are kept: what a simulation found goes with the proposal that it is of. */
export function keeperOf(job: Job): string {
  return job.kind === 'simulate' ? job.proposal : job.id;
}

/** What a person sees of a job. */
export function jobView(job: Job): ReplyTo<'show-job'>['body']['job'] {
  const { id, kind, status, createdAt, progress, result, failure } = job;
  return {
    id,
    kind,
    status,
    createdAt,
    by: { role: job.by.roleName, session: job.by.session },
    progress,
    ...(job.kind === 'simulate' && { proposal: job.proposal, base: job.base }),
    ...(job.kind === 'forecast' && { base: job.base, days: job.days }),
    ...(result !== undefined && { result }),
    ...(failure !== undefined && { failure }),
  };
}
