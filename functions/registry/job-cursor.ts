/** Where a job goes on. What a slice leaves may hold words of what it looked at, so that it goes once the next is filed. */
import { randomUUID } from 'node:crypto';
import type { Digest, Writable } from '../core/facts/canonical.ts';
import type { KeptBytes } from './blobs.ts';
import type { RegistryContext } from './context.ts';
import { type Job, keeperOf } from './job.ts';
import { jsonBlob, putJson } from './json-blobs.ts';
import type { StoredRecord } from './records.ts';
import { Refusal } from './refusal.ts';

/** In bytes that no other slice has, of this job or of another: whoever takes them away takes nobody else's. */
export function putCursor(kept: KeptBytes, state: Writable, signal: AbortSignal): Promise<Digest> {
  return putJson(kept, { slice: randomUUID(), state }, signal);
}

/** Undefined where the job begins; a cursor that another build wrote is none. */
export async function cursorOf<T>(
  kept: KeptBytes,
  { cursor }: Pick<Job, 'cursor'>,
  signal: AbortSignal,
): Promise<T | undefined> {
  return (await jsonBlob<{ readonly state?: T }>(kept, cursor, signal))?.state;
}

/** Files how far a slice came, and takes away where it began: after the record is written, or the job could not go on. */
export async function fileSlice<J extends Job>(
  context: Pick<RegistryContext, 'blobs' | 'jobs'>,
  held: StoredRecord<Job>,
  next: J,
  signal: AbortSignal,
): Promise<J> {
  const kept = context.blobs.of(keeperOf(next));
  const { cursor } = held.record;
  try {
    await context.jobs.update(held, next, signal);
  } catch (error) {
    // Somebody else's slice was first, or the job was purged: no record will name what this one came to.
    const isLost = error instanceof Refusal && error.code === 'CONFLICT';
    const filed = isLost ? (await context.jobs.read(next.id, signal))?.record : next;
    // What a simulation found may be what another of the same proposal has found, unless this one was purged.
    const isOwn = next.kind !== 'simulate' || filed === undefined;
    for (const digest of [next.cursor, isOwn ? next.result : undefined])
      if (digest !== undefined && digest !== filed?.cursor && digest !== filed?.result)
        await kept.remove(digest, signal);
    throw error;
  }
  if (cursor !== undefined && cursor !== next.cursor) await kept.remove(cursor, signal);
  return next;
}
