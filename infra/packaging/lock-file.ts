/** What the lock file says was installed: exact versions, and the bytes they are of. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project-paths.ts';
import { ReleaseError } from './release-error.ts';

interface Entry {
  readonly version: string;
  /** `sha512-` and base64, of the tarball in the registry; what lies inside another's tarball has none. */
  readonly integrity?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly inBundle?: boolean;
}

export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string | undefined;
  /** SHA-512 of its tarball in hexadecimal. */
  readonly sha512: string;
}

/** What lies inside the tarball of another. */
export type CarriedPackage = Omit<LockedPackage, 'sha512'>;

export type LockedTree = Readonly<Record<string, Entry>>;

export function lockedTree(): LockedTree {
  return JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')).packages;
}

const nameAt = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

function lockedAt(path: string, { version, license, integrity }: Entry): LockedPackage | undefined {
  const base64 = /^sha512-([A-Za-z0-9+/]{86}==)$/.exec(integrity ?? '')?.[1];
  if (base64 === undefined) return undefined;
  return {
    ...{ name: nameAt(path), version, licence: license },
    sha512: Buffer.from(base64, 'base64').toString('hex'),
  };
}

/** Everything that was fetched to build with, in the order of the lock file. */
export function lockedPackages(tree: LockedTree): readonly LockedPackage[] {
  return Object.entries(tree).flatMap(([path, entry]) => lockedAt(path, entry) ?? []);
}

/**
 * Packages with their dependencies, theirs in turn, sorted by name; without what a tarball carries inside itself.
 *
 * @throws ReleaseError for one that the lock file does not hold with its sum
 */
export function closureOf(names: readonly string[], tree: LockedTree): readonly LockedPackage[] {
  const closure = new Map<string, LockedPackage>();
  const waiting = names.map((name) => `node_modules/${name}`);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const entry = tree[path];
    const locked = entry === undefined ? undefined : lockedAt(path, entry);
    if (entry === undefined || locked === undefined)
      throw new ReleaseError(
        `${nameAt(path)} stands in package-lock.json without the sum of its bytes: \`npm install\``,
      );
    if (closure.has(path)) continue;
    closure.set(path, locked);
    for (const name of Object.keys(entry.dependencies ?? {})) {
      const [found = ''] = [`${path}/node_modules/${name}`, `node_modules/${name}`].filter((at) => tree[at]);
      if (tree[found]?.inBundle !== true) waiting.push(found);
    }
  }
  return [...closure.keys()].sort().flatMap((path) => closure.get(path) ?? []);
}

/** What the tarball of a package carries inside itself. */
export function carriedBy(name: string, tree: LockedTree): readonly CarriedPackage[] {
  return Object.entries(tree).flatMap(([path, { version, license, inBundle }]) =>
    inBundle === true && path.startsWith(`node_modules/${name}/node_modules/`)
      ? [{ name: nameAt(path), version, licence: license }]
      : [],
  );
}
