/** A version that is lost: what it was, as far as any table that is left can tell, and whose confirmation gave it up. */
import type { Digest, Json } from '../../functions/core/facts/canonical.ts';
import { member } from '../../functions/core/facts/fact.ts';
import type { NamedCommit } from '../../functions/store/ancestry.ts';
import { changesIn, noteOf } from '../../functions/store/history.ts';
import { orMissing, StoreError } from '../../functions/store/store-error.ts';
import type { ObjectSource } from '../../functions/store/stored-object.ts';
import type { WayVersion } from '../../functions/store/way-down.ts';
import type { EpochBegun } from './heads-way.ts';

export interface LostChange {
  readonly key: string;
  readonly change: 'added' | 'removed' | 'replaced';
  readonly before: Json | null;
  readonly after: Json | null;
}

export interface LostVersion {
  readonly version: number;
  readonly epoch: number;
  readonly digest: Digest;
  /** Null where its objects are in no table that is left: nobody can say what it was. */
  readonly said: {
    readonly kind: string;
    readonly author: string;
    readonly approvers: readonly string[];
    readonly recordedAt: string;
    /** Null where it was purged, or is not there. */
    readonly reason: string | null;
    /** Null where not all of it could be read. */
    readonly changes: readonly LostChange[] | null;
    /** True where it takes a newer build to read what it changed. */
    readonly isNewer: boolean;
  } | null;
  /** Null where no confirmation that HEAD comes from has given it up. */
  readonly givenUp: GivenUp | null;
}

/** A confirmation on HEAD's way: whoever signed it had been shown what it gives up. */
export interface GivenUp {
  readonly epoch: number;
  readonly version: number;
  readonly recordedAt: string;
  /** As its commit says; whoever else signed stands in its approval. */
  readonly by: readonly string[];
}

export interface LostStep extends WayVersion {
  /** What gave it up. */
  readonly begun: EpochBegun | null;
}

export function confirmedBy(begun: EpochBegun | null): GivenUp | null {
  const confirmation = begun?.confirmation;
  if (confirmation == null) return null;
  const { epoch, version, recordedAt, author, approvers } = confirmation.commit;
  return { epoch, version, recordedAt, by: [author, ...approvers] };
}

export async function versionAt(
  source: ObjectSource,
  { version, epoch, digest, commit, begun }: LostStep,
): Promise<LostVersion> {
  return {
    ...{ version, epoch: commit?.epoch ?? epoch, digest, givenUp: confirmedBy(begun) },
    said: commit === null ? null : await whatWasSaid(source, { digest, commit }),
  };
}

async function whatWasSaid(source: ObjectSource, at: NamedCommit): Promise<LostVersion['said']> {
  const { kind, author, approvers, recordedAt } = at.commit;
  const note = await orMissing(() => noteOf({ objects: source }, at));
  const reason = member(note, 'reason');
  let isNewer = false;
  const changes = await orMissing(async () => {
    const found: LostChange[] = [];
    try {
      for await (const { key, before, after } of changesIn(source, at, 'facts')) {
        const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'replaced';
        found.push({ key, change, before: before ?? null, after: after ?? null });
      }
    } catch (error) {
      isNewer = error instanceof StoreError && error.code === 'FORMAT_UNKNOWN';
      throw error;
    }
    return found.sort((a, b) => (a.key < b.key ? -1 : 1));
  });
  return {
    ...{ kind, author, approvers, recordedAt, changes, isNewer },
    reason: typeof reason === 'string' ? reason : null,
  };
}
