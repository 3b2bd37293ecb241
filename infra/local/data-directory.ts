import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makePrivateDirectory } from '../private-directory.ts';

/** Where a run keeps its database (and, when it lasts, its signing key). */
export interface DataDirectory {
  readonly path: string;
  /** Whether it outlives the run (`--data`). */
  readonly lasting: boolean;
  readonly release: () => Promise<void>;
}

/** A directory that vanishes with the run. */
export async function temporaryDirectory(): Promise<DataDirectory> {
  const path = await mkdtemp(join(tmpdir(), 'routeguard-data-'));
  return { path, lasting: false, release: () => rm(path, { recursive: true, force: true }) };
}

/**
 * A directory that is kept. Two runs at once would write one database file from two engines: a lock file with the
 * holder's process id refuses the second; a lock left by a run that died is taken over.
 *
 * @throws Error when another run holds it
 */
export function lastingDirectory(given: string): DataDirectory {
  const path = resolve(given);
  makePrivateDirectory(path);
  const lock = join(path, 'lock');
  if (!take(lock)) {
    const holder = Number(readFileSync(lock, 'utf8'));
    // Our own id in a lock we do not hold is a coincidence: in a container every run may have the same one.
    const stale = holder === process.pid ? !held.has(lock) : !isRunning(holder);
    if (stale) rmSync(lock, { force: true });
    if (!stale || !take(lock))
      throw new Error(
        `${path} is in use by another local guard (process ${holder}); if it is not, delete ${lock}`,
      );
  }
  held.add(lock);
  return {
    path,
    lasting: true,
    release: async () => {
      held.delete(lock);
      rmSync(lock, { force: true });
    },
  };
}

/** Locks that this process holds. */
const held = new Set<string>();

function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
