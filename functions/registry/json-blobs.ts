import type { Digest } from '../core/facts/canonical.ts';
import { canonicalBytes, type Writable } from '../core/facts/canonical.ts';
import type { RegistryContext } from './context.ts';
import { Refusal } from './refusal.ts';

/** Stores a value as a blob of JSON. */
export function putJson(
  context: Pick<RegistryContext, 'blobs'>,
  value: Writable,
  signal: AbortSignal,
): Promise<Digest> {
  return context.blobs.put(canonicalBytes(value), signal);
}

/** The value of a blob of JSON; undefined where none was named. */
export async function jsonBlob<T>(
  context: Pick<RegistryContext, 'blobs'>,
  digest: Digest | undefined,
  signal: AbortSignal,
): Promise<T | undefined> {
  if (digest === undefined) return undefined;
  const bytes = await context.blobs.get(digest, signal);
  if (bytes === undefined) throw new Refusal('RESULT_GONE', 'this result is not kept any more');
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as T;
}
