/** A version of the registry, opened to be read under one deadline; `held` tells what was found of it before. */
import type { Digest, Json } from '../core/facts/canonical.ts';
import type { Commit } from './commit.ts';
import type { Meter } from './object-items.ts';
import type { RegistryRoot } from './registry-root.ts';
import { triesOf } from './registry-tries.ts';
import { StoreError, type StoreErrorCode } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';
import { lookup, topOf } from './trie-lookup.ts';
import { keyHash } from './trie-shape.ts';

/** One version of the registry, open for reading under one deadline. */
export interface OpenRegistry {
  readonly version: number;
  /** The commit's digest: names this version and, through it, every fact and all history. */
  readonly digest: Digest;
  readonly lineage: string;
  readonly recordedAt: string;
  readonly commit: Commit;
  /** Milliseconds on the reader's clock before HEAD was read: where a lease starts. */
  readonly readStartedAt: number;
  /** The law, and the view's documents under these keys. A key not in `entries` is truly absent. */
  read(keys: readonly string[]): Promise<{ readonly law: Json; readonly entries: ReadonlyMap<string, Json> }>;
  /** The vendors with these ids; one not in the result is truly absent. */
  vendors(ids: readonly string[]): Promise<ReadonlyMap<string, Json>>;
  /**
   * What people signed, where this is it and stops by one person since: a permit needs its word too. Undefined where all
   * of this version was signed, and where it answers hypothetical questions only.
   */
  approved(): Promise<OpenSnapshot | undefined>;
  /** What this has cost so far: read units, and round trips that had to wait for one another. */
  consumed(): { readonly readUnits: number; readonly batches: number };
}

/** An open registry whose tries can be walked. */
export interface OpenSnapshot extends OpenRegistry {
  readonly root: RegistryRoot;
  readonly objects: ObjectSource;
  /** Why nobody may decide on HEAD until two people confirm it, or null: the store's own code. */
  readonly held: StoreErrorCode | null;
  /** False for a HEAD that came after everything that was acknowledged: see `acceptUnacknowledged`. */
  readonly acknowledged: boolean;
}

/** What a snapshot is opened from. */
export interface SnapshotParts {
  readonly digest: Digest;
  readonly commit: Commit;
  readonly root: RegistryRoot;
  readonly held: StoreErrorCode | null;
  readonly acknowledged: boolean;
  readonly readStartedAt: number;
  readonly meter: Meter;
  readonly objects: ObjectSource;
  readonly approved?: () => Promise<OpenSnapshot | undefined>;
}

export function openSnapshot(parts: SnapshotParts): OpenSnapshot {
  const { digest, commit, root, held, acknowledged, readStartedAt, meter, objects } = parts;
  const tries = triesOf(root);
  return {
    version: commit.version,
    digest,
    lineage: commit.lineage,
    recordedAt: commit.recordedAt,
    commit,
    readStartedAt,
    root,
    objects,
    held,
    acknowledged,
    async read(keys) {
      // One batch for all that HEAD points at and this read will need: the law, the top of the vendors, the view's slots.
      const slots = keys.map((key) => topOf(tries.view, keyHash(key)));
      const wanted = [root.vendors, ...slots].filter((digest) => digest !== null);
      const tops = await objects.load([root.law, ...wanted], ['law', 'leaf', 'node']);
      const law = tops.get(root.law);
      if (law?.type !== 'law') throw new StoreError('OBJECT_MALFORMED', { digest: root.law });
      return { law: law.document, entries: await lookup(objects, tries.view, keys) };
    },
    vendors: (ids) => lookup(objects, tries.vendors, ids),
    approved: parts.approved ?? (() => Promise.resolve(undefined)),
    consumed: () => ({ ...meter }),
  };
}
