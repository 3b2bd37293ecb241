/** The package as a service installs it, in a folder of its own, with what a service brings itself beside it. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { writeClientPackage } from '../../infra/packaging/client-package.ts';
import { projectRoot } from '../../infra/project-paths.ts';

export interface InstalledClient {
  /** The service's own folder. */
  readonly folder: string;
  /** The package in it. */
  readonly client: string;
  /** What a file of these lines prints, run by Node itself. */
  printed(file: string, text: string): Promise<string>;
  remove(): void;
}

/** @param brought names of packages, or of scopes, that the service has besides */
export async function installedClient(
  brought: readonly string[],
  environment: () => Readonly<Record<string, string>> = () => ({}),
): Promise<InstalledClient> {
  const folder = mkdtempSync(join(tmpdir(), 'routeguard-client-'));
  const client = join(folder, 'node_modules/@routeguard/client');
  mkdirSync(client, { recursive: true });
  await writeClientPackage(client);
  for (const name of brought) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(projectRoot, 'node_modules', name), link);
  }
  return {
    folder,
    client,
    async printed(file, text) {
      writeFileSync(join(folder, file), text);
      const { stdout } = await promisify(execFile)(process.execPath, [join(folder, file)], {
        cwd: folder,
        env: environment(),
      });
      return stdout;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
