/**
 * What a purge is judged by: it cannot be undone, so it takes a HEAD that was judged and is not held, the people whom its
 * keyring proves, and versions that were acknowledged where they stand.
 */
import type { Facts } from '../core/administration/change.ts';
import type { Digest } from '../core/facts/canonical.ts';
import { acknowledgedPast } from '../store/acknowledged-past.ts';
import type { NamedCommit } from '../store/ancestry.ts';
import { readingWithin } from '../store/object-items.ts';
import { openFloor } from '../store/open-floor.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import { provenPeople } from '../store/proven-people.ts';
import { StoreError } from '../store/store-error.ts';
import { factsAt } from './change-staging.ts';
import type { RegistryContext } from './context.ts';

export interface PurgeGround {
  readonly head: OpenSnapshot;
  /** The authorities of HEAD, and no other facts. */
  readonly people: Facts;
  /** Newest first; empty where no version is named. */
  readonly past: readonly NamedCommit[];
}

/** @throws StoreError for a HEAD that is held, or that nobody has signed */
export async function purgeGround(
  context: RegistryContext,
  { notes, objects }: { readonly notes: readonly number[]; readonly objects: readonly Digest[] },
  signal: AbortSignal,
): Promise<PurgeGround> {
  const head = await context.reader.open({}, signal);
  const { facts: people } = await provenPeople(head, await factsAt(context, head), context.founders);
  if (notes.length + objects.length === 0) return { head, people, past: [] };
  const { client, tables, clock } = context;
  // Any version may hold a document of facts.
  const since = objects.length > 0 ? 1 : Math.min(...notes);
  const floor = openFloor(client, tables.floor, clock);
  const past = await acknowledgedPast(head, since, (place) => floor.at(place, readingWithin(signal)));
  return { head, people, past };
}

/** @throws StoreError VERSION_UNKNOWN */
export function versionIn({ past }: Pick<PurgeGround, 'past'>, version: number): NamedCommit {
  const at = past.find(({ commit }) => commit.version === version);
  if (at === undefined) throw new StoreError('VERSION_UNKNOWN');
  return at;
}
