/**
 * Where a job goes on. What a slice leaves may hold words of what it looked at, so that at every moment either a record names
 * it, by which a purge of the proposal finds it, or it is gone.
 */
import { randomUUID } from 'node:crypto';
import type { Digest, Writable } from '../core/facts/canonical.ts';
import type { RegistryContext } from './context.ts';
import type { Job } from './job.ts';
import { jsonBlob, putJson } from './json-blobs.ts';
import type { StoredRecord } from './records.ts';
import { Refusal } from './refusal.ts';

/** In bytes that no other slice has, of this job or of another: whoever takes them away takes nobody else's. */
export function putCursor(
  context: Pick<RegistryContext, 'blobs'>,
  state: Writable,
  signal: AbortSignal,
): Promise<Digest> {
  return putJson(context, { slice: randomUUID(), state }, signal);
}

/** Undefined where the job begins; a cursor that another build wrote is none. */
export async function cursorOf<T>(
  context: Pick<RegistryContext, 'blobs'>,
  { cursor }: Pick<Job, 'cursor'>,
  signal: AbortSignal,
): Promise<T | undefined> {
  return (await jsonBlob<{ readonly state?: T }>(context, cursor, signal))?.state;
}

/** Files how far a slice came, and takes away where it began: after the record is written, or the job could not go on. */
export async function fileSlice<J extends Job>(
  context: Pick<RegistryContext, 'blobs' | 'jobs'>,
  held: StoredRecord<Job>,
  next: J,
  signal: AbortSignal,
): Promise<J> {
  const { cursor, previous } = held.record;
  // Named by no other record: it is there only where the slice before was interrupted.
  if (previous !== undefined) await context.blobs.remove(previous, signal);
  const { previous: _previous, ...rest } = next;
  const filed = { ...rest, ...(cursor !== undefined && { previous: cursor }) } as J;
  try {
    await context.jobs.update(held, filed, signal);
  } catch (error) {
    // Somebody else's slice was first, so that no record will name this one's.
    const isLost = error instanceof Refusal && error.code === 'CONFLICT';
    if (isLost && next.cursor !== undefined && next.cursor !== cursor)
      await context.blobs.remove(next.cursor, signal);
    throw error;
  }
  if (cursor !== undefined && cursor !== next.cursor) await context.blobs.remove(cursor, signal);
  return filed;
}
