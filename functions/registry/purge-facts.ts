/**
 * What a purge of facts rests on: what it takes, none of it in force; the versions that hold it, which nobody can look at again
 * afterwards, so they are audited before; and everybody who spoke in one of them.
 */
import { everybodyIn, type Voice } from '../core/administration/consent.ts';
import type { Digest } from '../core/facts/canonical.ts';
import { loadRoot, type NamedCommit } from '../store/ancestry.ts';
import { verifyHistory } from '../store/history-verify.ts';
import { authoritiesAfter } from '../store/keyring.ts';
import { StoreError } from '../store/store-error.ts';
import { type FactObject, factObject, isHeldBy } from '../store/where-object.ts';
import { wordOf } from '../store/word.ts';
import type { RegistryContext } from './context.ts';
import type { PurgeGround } from './purge-ground.ts';
import { Refusal } from './refusal.ts';

/** Objects that are there still, and the versions that hold one of them. */
export interface FactsToGo {
  readonly objects: readonly FactObject[];
  readonly versions: readonly NamedCommit[];
}

/**
 * @throws Refusal IN_FORCE where HEAD, or what people signed of it, holds one of them; REQUEST_INVALID for what holds no facts;
 *   StoreError OBJECT_MISSING
 */
export async function factsToGo({ head, past }: PurgeGround, digests: readonly Digest[]): Promise<FactsToGo> {
  const objects: FactObject[] = [];
  for (const digest of digests) {
    const object = await factsIn(head.objects, digest);
    if (object !== undefined) objects.push(object);
  }
  const approved = await head.approved();
  const inForce = approved === undefined ? [head.root] : [head.root, approved.root];
  for (const root of inForce)
    for (const object of objects)
      if (await isHeldBy(head.objects, root, object))
        throw new Refusal(
          'IN_FORCE',
          'decisions rest on this: replace the fact first, without the words, by two people; then purge what it was',
          { path: '/objects', details: { object: object.digest, version: head.version } },
        );
  const versions: NamedCommit[] = [];
  for (const at of objects.length === 0 ? [] : past) {
    const root = await loadRoot(head.objects, at.commit.root);
    for (const object of objects)
      if (await isHeldBy(head.objects, root, object)) {
        versions.push(at);
        break;
      }
  }
  return { objects, versions };
}

/** Undefined for what is gone already. */
async function factsIn(
  source: PurgeGround['head']['objects'],
  digest: Digest,
): Promise<FactObject | undefined> {
  try {
    return await factObject(source, digest);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error.code === 'OBJECT_PURGED') return undefined;
    if (error.code === 'OBJECT_MALFORMED')
      throw new Refusal('REQUEST_INVALID', 'only documents of facts are purged by their digest', {
        path: '/objects',
        details: { object: digest },
      });
    throw error;
  }
}

/** Everybody who spoke in one of the versions, and everybody who speaks now: one document holds the facts of many. */
export async function voicesOfFacts(
  context: RegistryContext,
  { head, people }: PurgeGround,
  { versions }: FactsToGo,
): Promise<readonly Voice[]> {
  const voices = [...everybodyIn(people, context.clock())];
  for (const at of versions) {
    const { keyring } = await wordOf(at, head.objects);
    voices.push(...everybodyIn(authoritiesAfter(keyring.links), Date.parse(at.commit.recordedAt)));
  }
  return voices;
}

/**
 * Passes where an audit finds nothing wrong with these versions and those beside them: evidence of a fault is not destroyed.
 *
 * @throws Refusal REGISTRY_INTEGRITY
 */
export async function demandAudited(
  context: RegistryContext,
  { head, past }: PurgeGround,
  { versions }: FactsToGo,
  signal: AbortSignal,
): Promise<void> {
  if (versions.length === 0) return;
  const numbers = versions.map(({ commit }) => commit.version);
  const newest = Math.min(Math.max(...numbers) + 1, head.version);
  const below = Math.min(...numbers) - 1;
  const { client, tables, publicKeys, founders } = context;
  const named = past.map(({ commit, digest }) => [commit.version, digest] as const);
  const found = { problems: [], purged: [], checked: [] };
  const report = await verifyHistory({
    ...{ client, tables, publicKeys, founders, signal },
    cursor: { head: head.version, version: newest, named, newer: null, places: [], commits: 0, found },
    keepGoing: (version) => version > below,
  });
  if (report.problems.length > 0)
    throw new Refusal(
      'REGISTRY_INTEGRITY',
      'an audit finds fault with a version that holds this: nothing of it goes',
      {
        details: { problems: report.problems.slice(0, 20) },
      },
    );
}
