/**
 * Files of a folder that somebody else filled. Each is read once, and what was read is what is judged: a medium that answers
 * another way the second time is not asked a second time. Nothing that is not a regular file is opened to its end.
 */
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { ReleaseError } from '../../infra/packaging/release-error.ts';

/** What is read whole is judged in memory: more than any release has. */
const MOST_BYTES = 64 * 1024 * 1024;
const CHUNK = 1024 * 1024;

export interface ReleaseReader {
  /** Undefined where there is none. @throws ReleaseError for what is no file, or is too large to be one of a release */
  readonly whole: (name: string) => Buffer | undefined;
  readonly sumOf: (name: string) => string;
}

/** A folder that cannot be read as one of a release is a flaw of the release. */
export function isUnreadable(error: unknown): error is Error {
  return error instanceof ReleaseError || (error instanceof Error && 'syscall' in error);
}

export function readerOf(directory: string): ReleaseReader {
  const within = <T>(name: string, work: (file: number, size: number) => T): T => {
    // A link is not followed, and nobody waits for whoever writes into a pipe.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const file = openSync(join(directory, name), flags);
    try {
      const found = fstatSync(file);
      if (!found.isFile()) throw new ReleaseError(`${name} is no file, and a release holds nothing else`);
      return work(file, found.size);
    } finally {
      closeSync(file);
    }
  };
  return {
    whole(name) {
      try {
        return within(name, (file, size) => {
          if (size > MOST_BYTES) throw new ReleaseError(`${name} is larger than that of any release`);
          return Buffer.concat([...chunksOf(file, MOST_BYTES)]);
        });
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    sumOf: (name) =>
      within(name, (file) => {
        const sum = createHash('sha256');
        for (const chunk of chunksOf(file)) sum.update(chunk);
        return sum.digest('hex');
      }),
  };
}

function* chunksOf(file: number, most = Number.POSITIVE_INFINITY): Generator<Buffer> {
  let left = most;
  while (left > 0) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK, left));
    const read = readSync(file, chunk);
    if (read === 0) return;
    left -= read;
    yield chunk.subarray(0, read);
  }
}
