/**
 * What a change comes to: the one way from facts to a root, for the registry that publishes it, for whoever signs it and
 * for whoever audits it afterwards.
 */
import type { Facts } from '../core/administration/change.ts';
import { peopleDigest } from '../core/administration/statement.ts';
import { type ViewChanges, viewChanges } from '../core/administration/view-changes.ts';
import type { Digest } from '../core/facts/canonical.ts';
import { formatOf } from '../core/facts/format.ts';
import { type RawFact, viewOf } from '../core/facts/view.ts';
import { authoritiesOf } from './keyring.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import { triesOf } from './registry-tries.ts';
import { type StagedRegistry, stageChanges, stageState } from './staging.ts';
import { loadOne } from './stored-object.ts';
import { demandKnownForms } from './stored-registry.ts';
import { entriesOf } from './trie-entries.ts';
import { lookup } from './trie-lookup.ts';

/** A version to build on, as far as its bytes matter; null before the first. */
export type BaseVersion = Pick<OpenSnapshot, 'root' | 'objects'> | null;

/** Facts before and after a change, and the keys of those it touches. */
export interface AppliedFacts {
  readonly before: Facts;
  readonly after: Facts;
  readonly touched: readonly string[];
}

/** What two people sign of it. */
export interface ChangeResult {
  readonly root: Digest;
  readonly people: Digest;
}

/** All facts of a version, by key; none before the first. @throws StoreError */
export async function factsOf(ground: BaseVersion): Promise<Facts> {
  const facts = new Map<string, RawFact>();
  if (ground === null) return facts;
  const { facts: trie } = triesOf(ground.root);
  for await (const [key, fact] of entriesOf(ground.objects, trie)) facts.set(key, fact as RawFact);
  return facts;
}

/**
 * What becomes of a member of the base's documents that this build does not know, where a change lays them out anew. Two
 * people do not publish over it: they would take back, unseen, what may be what refuses. One person's stop may leave it
 * behind, because what people signed before it is asked too.
 */
export type Unknown = 'refused' | 'left behind';

/** What the store needs to publish an applied change. @throws StoreError FORMAT_UNKNOWN, or what loading throws */
export async function stageApplied(
  base: BaseVersion,
  { before, after, touched }: AppliedFacts,
  unknown: Unknown = 'refused',
): Promise<StagedRegistry> {
  if (base !== null) {
    const changes = viewChanges(before, after, touched);
    if (unknown === 'refused') await demandKnown(base, changes);
    return stageChanges(base, { ...changes, format: formatOf(after.values()) });
  }
  const { entries: view, vendors, law } = viewOf([...after.values()]);
  return stageState({ facts: after, view, vendors, law });
}

async function demandKnown(
  { root, objects }: NonNullable<BaseVersion>,
  { law, view, vendors }: ViewChanges,
): Promise<void> {
  const tries = triesOf(root);
  demandKnownForms({
    law: law === undefined ? undefined : (await loadOne(objects, root.law, 'law')).document,
    entries: await lookup(objects, tries.view, [...view.keys()]),
    vendors: await lookup(objects, tries.vendors, [...vendors.keys()]),
  });
}

/** What a change comes to, as people sign it. */
export function resultOf(
  { rootDigest }: Pick<StagedRegistry, 'rootDigest'>,
  { after }: Pick<AppliedFacts, 'after'>,
): ChangeResult {
  return { root: rootDigest, people: peopleDigest(authoritiesOf(after)) };
}
