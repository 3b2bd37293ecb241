import type { Digest } from '../core/facts/canonical.ts';
import { canonicalBytes, type Writable } from '../core/facts/canonical.ts';
import type { KeptBytes } from './blobs.ts';
import { Refusal } from './refusal.ts';

/** Stores a value as JSON. */
export function putJson(kept: KeptBytes, value: Writable, signal: AbortSignal): Promise<Digest> {
  return kept.put(canonicalBytes(value), signal);
}

/** The value of stored JSON; undefined where none was named. */
export async function jsonBlob<T>(
  kept: KeptBytes,
  digest: Digest | undefined,
  signal: AbortSignal,
): Promise<T | undefined> {
  if (digest === undefined) return undefined;
  const bytes = await kept.get(digest, signal);
  if (bytes === undefined) throw new Refusal('RESULT_GONE', 'this result is not kept any more');
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as T;
}
