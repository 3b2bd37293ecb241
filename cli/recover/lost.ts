/** What was acknowledged and is not in what came back: version by version, and above all what no longer stops anything. */
import { hasEnded } from '../../functions/core/administration/ending.ts';
import type { Digest, Json } from '../../functions/core/facts/canonical.ts';
import { member, polarityOf } from '../../functions/core/facts/fact.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { loadCommit, type NamedCommit } from '../../functions/store/ancestry.ts';
import type { FloorRow, Place } from '../../functions/store/floor.ts';
import { type FloorRows, floorRows } from '../../functions/store/floor-rows.ts';
import { changesIn, noteOf } from '../../functions/store/history.ts';
import { createObjectCache } from '../../functions/store/object-cache.ts';
import { type ReadContext, readingWithin } from '../../functions/store/object-items.ts';
import { createObjectLoader } from '../../functions/store/object-loader.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import type { ObjectSource } from '../../functions/store/stored-object.ts';
import type { Tables } from '../registry/tables.ts';
import { refused } from './refusals.ts';

interface FactChange {
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
    readonly changes: readonly FactChange[];
  } | null;
}

export interface Lost {
  /** What was acknowledged last, as the floor says; null where it has no row. */
  readonly acknowledged: Pick<FloorRow, 'epoch' | 'version' | 'digest'> | null;
  /** Newest first. */
  readonly versions: readonly LostVersion[];
}

const BUDGET_MS = 600_000;

/**
 * From what the floor acknowledged last down to HEAD, by what each version says of the one before it; where that cannot be read,
 * by the floor's row of it.
 *
 * @param damaged the table of objects as it was before, where it may still hold what the new one does not
 * @throws RegistryRefusedError FOREIGN_REGISTRY where what was acknowledged does not come from HEAD
 */
export async function lostSince(
  { client, tables }: Pick<Tables, 'client' | 'tables'>,
  head: NamedCommit,
  damaged: string,
): Promise<Lost> {
  const context = readingWithin(AbortSignal.timeout(BUDGET_MS));
  const floor = floorRows(client, tables.floor, Date.now);
  const source = objectsOf({ client, tables }, damaged, context);
  const acknowledged = await floor.newest('COMMIT', context);
  const versions: LostVersion[] = [];
  let at: (Place & { readonly digest: Digest }) | null = acknowledged;
  while (at !== null && at.version > head.commit.version) {
    const { digest } = at;
    const commit = await orMissing(() => loadCommit(source, digest));
    versions.push({
      ...{ version: at.version, epoch: commit?.epoch ?? at.epoch, digest },
      said: commit === null ? null : await whatWasSaid(source, { digest, commit }),
    });
    const parent = commit?.ancestors[0];
    at =
      parent !== undefined && commit !== null
        ? { epoch: commit.epoch, version: at.version - 1, digest: parent }
        : await rowBefore(floor, at, context);
  }
  // Of the version itself the floor may have no row, and what came after may be unreadable: then nobody can tell.
  if (at !== null && at.version === head.commit.version && at.digest !== head.digest)
    throw refused(
      'FOREIGN_REGISTRY',
      `version ${acknowledged?.version}, which was acknowledged last, does not come from version ${head.commit.version} as it is in ${tables.state}`,
    );
  return {
    acknowledged: acknowledged && {
      epoch: acknowledged.epoch,
      version: acknowledged.version,
      digest: acknowledged.digest,
    },
    versions,
  };
}

/** The row of the version before, in the epoch or, where that begins there, in the one before it. */
async function rowBefore(
  floor: FloorRows,
  { epoch, version }: Place,
  context: ReadContext,
): Promise<FloorRow | null> {
  for (let of = epoch; of >= 1; of -= 1) {
    const row = await floor.at({ epoch: of, version: version - 1 }, context);
    if (row !== null) return row;
  }
  return null;
}

async function whatWasSaid(source: ObjectSource, at: NamedCommit): Promise<LostVersion['said']> {
  const { kind, author, approvers, recordedAt } = at.commit;
  const note = await orMissing(() => noteOf({ objects: source }, at));
  const reason = member(note, 'reason');
  const changes: FactChange[] = [];
  await orMissing(async () => {
    for await (const { key, before, after } of changesIn(source, at, 'facts')) {
      const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'replaced';
      changes.push({ key, change, before: before ?? null, after: after ?? null });
    }
  });
  changes.sort((a, b) => (a.key < b.key ? -1 : 1));
  return {
    ...{ kind, author, approvers, recordedAt, changes },
    reason: typeof reason === 'string' ? reason : null,
  };
}

/** Null where it is in no table, was purged, or its table is gone; what the database does not answer is thrown. */
async function orMissing<T>(load: () => Promise<T>): Promise<T | null> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof StoreError && error.code !== 'STORE_UNAVAILABLE') return null;
    throw error;
  }
}

/** Objects as the guard will have them and, what is not among them, from the table of before. */
export function objectsOf(
  { client, tables }: Pick<Tables, 'client' | 'tables'>,
  damaged: string,
  context: ReadContext,
): ObjectSource {
  const names = [...new Set([tables.objects, damaged])];
  const cache = () => createObjectCache(64 * 1024 * 1024);
  return firstWith(names.map((name) => createObjectLoader(client, name, cache()).within(context)));
}

/** Each load from the first table that has all of it: what is asked for is named by its digest, so it matters not which. */
function firstWith(sources: readonly ObjectSource[]): ObjectSource {
  return {
    async load(digests, allowed) {
      let first: unknown;
      for (const source of sources)
        try {
          return await source.load(digests, allowed);
        } catch (error) {
          const isElsewhere = error instanceof StoreError && error.code !== 'STORE_UNAVAILABLE';
          if (!isElsewhere) throw error;
          first ??= error;
        }
      throw first;
    },
  };
}

/** A hold that was in force when the registry was lost, or a favourable fact that was ended: neither stops anything now. */
export type Undone =
  | { readonly kind: 'hold'; readonly key: string; readonly fact: Json; readonly reason: string | null }
  | { readonly kind: 'revoke'; readonly key: string; readonly reason: string | null };

/**
 * Newest first, each once, whoever did it: one person may do either again. What was changed in another way is proposed again.
 *
 * @param now epoch milliseconds
 */
export function undone({ versions }: Lost, now: number): readonly Undone[] {
  const found: Undone[] = [];
  // By what was said of it last: a hold that was lifted again stops nothing, and need not.
  const seen = new Set<string>();
  for (const { said } of versions)
    for (const change of said?.changes ?? []) {
      const { key } = change;
      const isFirst = !seen.has(key);
      seen.add(key);
      const reason = said?.reason ?? null;
      if (key.startsWith('hold/')) {
        if (isFirst && isStanding(change.after, now))
          found.push({ kind: 'hold', key, fact: change.after, reason });
      } else if (isEnding(change, now) && !found.some((each) => each.key === key))
        found.push({ kind: 'revoke', key, reason });
    }
  return found;
}

function isStanding(fact: Json | null, now: number): boolean {
  return fact !== null && !hasEnded(fact as unknown as RawFact, now);
}

/** Of a favourable fact, whether this version took it away. Renewed since or not, whoever ended it had a reason. */
function isEnding({ before, after }: FactChange, now: number): boolean {
  if (before === null || polarityOf(before) !== 'favourable') return false;
  return isStanding(before, now) && !isStanding(after, now);
}
