/**
 * What a change comes to: the one way from facts to a root, for the registry that publishes it, for whoever signs it and
 * for whoever audits it afterwards.
 */
import type { Facts } from '../core/administration/change.ts';
import { peopleDigest } from '../core/administration/statement.ts';
import { viewChanges } from '../core/administration/view-changes.ts';
import type { Digest } from '../core/facts/canonical.ts';
import { formatOf } from '../core/facts/format.ts';
import { type RawFact, viewOf } from '../core/facts/view.ts';
import { authoritiesOf } from './keyring.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import { triesOf } from './registry-tries.ts';
import { type StagedRegistry, stageChanges, stageState } from './staging.ts';
import { entriesOf } from './trie-entries.ts';

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

/** What the store needs to publish an applied change. @throws StoreError */
export async function stageApplied(
  base: BaseVersion,
  { before, after, touched }: AppliedFacts,
): Promise<StagedRegistry> {
  if (base !== null)
    return stageChanges(base, { ...viewChanges(before, after, touched), format: formatOf(after.values()) });
  const { entries: view, vendors, law } = viewOf([...after.values()]);
  return stageState({ facts: after, view, vendors, law });
}

/** What a change comes to, as people sign it. */
export function resultOf(
  { rootDigest }: Pick<StagedRegistry, 'rootDigest'>,
  { after }: Pick<AppliedFacts, 'after'>,
): ChangeResult {
  return { root: rootDigest, people: peopleDigest(authoritiesOf(after)) };
}
