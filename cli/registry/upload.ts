import { createHash } from 'node:crypto';
import type { SignedStatement } from '../../functions/core/administration/statement.ts';
import type { RegistryClient } from './connection.ts';

/** Below this, in bytes, a proposal goes in one request; API Gateway and Lambda take a few megabytes. */
const ONE_REQUEST_BYTES = 3 * 1024 * 1024;
/** In UTF-16 units: at most three times as many bytes, with their escapes still within a request. */
const CHUNK_UNITS = 512 * 1024;

export interface SignedProposal {
  readonly reason: string;
  /** HEAD's version, or null for the first proposal of all. */
  readonly base?: number | null;
  readonly changes: readonly unknown[];
  readonly salt: string;
  readonly signed: SignedStatement;
}

/** Files a proposal, in chunks where it is large. */
export async function upload(
  registry: RegistryClient,
  { changes, ...rest }: SignedProposal,
  progress: (line: string) => void,
): Promise<Readonly<Record<string, unknown>>> {
  const text = JSON.stringify(changes);
  const bytes = Buffer.byteLength(text);
  if (bytes <= ONE_REQUEST_BYTES) {
    return registry({ method: 'POST', path: 'proposals', body: { ...rest, changes } });
  }
  const chunks = cut(text);
  const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  const announced = { ...rest, upload: { chunks: chunks.length, bytes, digest } };
  let proposal = await registry({ method: 'POST', path: 'proposals', body: announced });
  for (const [n, chunk] of chunks.entries()) {
    progress(`sending chunk ${n + 1} of ${chunks.length}`);
    const path = `proposals/${String(proposal['id'])}/chunks/${n}`;
    proposal = await registry({ method: 'PUT', path, body: { text: chunk } });
  }
  return proposal;
}

/** Pieces of a text, none of which ends inside a surrogate pair. */
function cut(text: string): readonly string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + CHUNK_UNITS, text.length);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end -= 1;
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}
