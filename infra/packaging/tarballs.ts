/** The two kinds of tarballs in a release: this package's own, and others' as their authors published them. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create } from 'tar';
import type { LockedPackage } from './lock-file.ts';
import { ReleaseError } from './release-error.ts';
import { filesBelow } from './release-files.ts';
import { tarballName } from './tarball-name.ts';

/** The day that npm itself writes into what it packs. */
const PACKED = new Date('1985-10-26T08:15:00Z');

/** Packs a folder so that nothing of who packed it, when or where is in the bytes. */
export async function packFolder(folder: string, file: string): Promise<void> {
  await create(
    // `portable` leaves out owners and the system, in the header of gzip too.
    { cwd: folder, file, gzip: { level: 9 }, portable: true, mtime: PACKED, prefix: 'package' },
    [...filesBelow(folder)],
  );
}

/**
 * Fetches packages from npm's cache, or its registry: the very bytes that the lock file names, which anybody can compare
 * with the registry.
 *
 * @throws ReleaseError where npm has them not, or has others
 */
export function fetchTarballs(packages: readonly LockedPackage[], destination: string): void {
  try {
    execFileSync(
      'npm',
      [
        ...['pack', '--silent', '--ignore-scripts', '--prefer-offline', '--pack-destination', destination],
        ...packages.map(({ name, version }) => `${name}@${version}`),
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
  } catch (cause) {
    throw new ReleaseError(
      'npm can fetch what the release is made of neither from its cache nor from its registry: run this once where the registry answers',
      { cause },
    );
  }
  for (const each of packages) {
    const bytes = readFileSync(join(destination, tarballName(each)));
    if (createHash('sha512').update(bytes).digest('hex') !== each.sha512)
      throw new ReleaseError(
        `the bytes that npm has of ${each.name} ${each.version} are not those that package-lock.json names: nothing is released with them`,
      );
  }
}
