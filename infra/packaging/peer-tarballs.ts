/** The peers and everything they need, packed from what is installed here: an installation offline asks nobody. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project-paths.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly bundledDependencies?: readonly string[];
  readonly bundleDependencies?: readonly string[];
}

function manifestOf(name: string): Manifest | undefined {
  const file = join(projectRoot, 'node_modules', name, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** The peers with their dependencies, theirs in turn, without what a package carries inside itself. */
export function closureOf(names: readonly string[]): readonly string[] {
  const closure = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (closure.has(name)) continue;
    const manifest = manifestOf(name);
    if (manifest === undefined) throw new Error(`${name} is not installed`);
    closure.add(name);
    const carried = manifest.bundledDependencies ?? manifest.bundleDependencies ?? [];
    waiting.push(...Object.keys(manifest.dependencies ?? {}).filter((each) => !carried.includes(each)));
  }
  return [...closure].sort();
}

/** Packs installed packages as they are; no script of theirs runs. */
export function packInstalled(names: readonly string[], destination: string): void {
  for (const name of names)
    execFileSync(
      'npm',
      [
        'pack',
        '--ignore-scripts',
        '--silent',
        '--pack-destination',
        destination,
        join(projectRoot, 'node_modules', name),
      ],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
}
