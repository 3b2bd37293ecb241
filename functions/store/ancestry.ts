import type { Digest } from '../core/facts/canonical.ts';
import type { Commit } from './commit.ts';
import type { RegistryRoot } from './registry-root.ts';
import { StoreError } from './store-error.ts';
import { loadOne, type ObjectSource } from './stored-object.ts';

/** A commit and the digest it is filed under. */
export interface NamedCommit {
  readonly digest: Digest;
  readonly commit: Commit;
}

/**
 * The commit of an earlier version, by the longest ancestor link that does not overshoot: at most log2 of the distance
 * reads. Its authenticity follows from the descendant's, whose signature covers the links; so does every link on the way.
 *
 * @throws StoreError VERSION_UNKNOWN for a version that is none, or newer than `from`
 */
export async function ancestorAt(
  source: ObjectSource,
  from: NamedCommit,
  version: number,
): Promise<NamedCommit> {
  if (!Number.isInteger(version) || version < 1 || version > from.commit.version) {
    throw new StoreError('VERSION_UNKNOWN');
  }
  let at = from;
  while (at.commit.version > version) {
    const power = 31 - Math.clz32(at.commit.version - version);
    const digest = at.commit.ancestors[power];
    if (digest === undefined) throw new StoreError('OBJECT_MALFORMED', { digest: at.digest });
    const commit = await loadCommit(source, digest);
    if (commit.version !== at.commit.version - 2 ** power)
      throw new StoreError('OBJECT_MALFORMED', { digest });
    at = { digest, commit };
  }
  return at;
}

/** The first version of the epoch that a version is of: by ever shorter links, each followed as long as it stays in the epoch. */
export async function firstOfEpoch(from: NamedCommit, source: ObjectSource): Promise<NamedCommit> {
  let at = from;
  for (let power = from.commit.ancestors.length - 1; power >= 0; power -= 1) {
    const version = at.commit.version - 2 ** power;
    if (version < 1) continue;
    const earlier = await ancestorAt(source, at, version);
    if (earlier.commit.epoch === from.commit.epoch) at = earlier;
  }
  return at;
}

export async function loadCommit(source: ObjectSource, digest: Digest): Promise<Commit> {
  return (await loadOne(source, digest, 'commit')).commit;
}

export async function loadRoot(source: ObjectSource, digest: Digest): Promise<RegistryRoot> {
  return (await loadOne(source, digest, 'root')).root;
}
