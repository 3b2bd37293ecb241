import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a directory for its owner alone, and those above it that are missing.
 *
 * Folder by folder, because Node's own recursive way never ends where a file system refuses a new folder as if one above it
 * were missing (`/proc`).
 *
 * @throws Error as the file system says it
 */
export function makePrivateDirectory(path: string): void {
  if (existsSync(path)) return;
  const above = dirname(path);
  if (above !== path) makePrivateDirectory(above);
  mkdirSync(path, { mode: 0o700 });
}
