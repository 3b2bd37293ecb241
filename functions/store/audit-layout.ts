/**
 * Whether what decisions read follows from the facts. A root names both, and an audit compares the facts of versions: where
 * the rest were laid out from other facts, nobody would see it there.
 */
import type { Facts } from '../core/administration/change.ts';
import type { FactChange } from '../core/administration/two-people.ts';
import { type Digest, digestOf } from '../core/facts/canonical.ts';
import type { RawFact } from '../core/facts/view.ts';
import { factsOf, stageApplied, type Unknown } from './applied-change.ts';
import { encodeRoot, type RegistryRoot } from './registry-root.ts';
import { triesOf } from './registry-tries.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';
import { diffTries } from './trie-diff.ts';

/** A fact that differs between two versions. */
export interface KeyedChange extends FactChange {
  readonly key: string;
}

/** A version's root, that of the one before it (null for the first), and the facts that differ. */
export interface LaidOut {
  readonly source: ObjectSource;
  readonly root: RegistryRoot;
  readonly parent: RegistryRoot | null;
  readonly changes: readonly KeyedChange[];
}

/**
 * The facts that differ between two versions, streaming, in no promised order.
 *
 * @param subtrees looked at, at most
 */
export async function* factDifferences(
  source: ObjectSource,
  before: RegistryRoot,
  after: RegistryRoot,
  subtrees?: number,
): AsyncGenerator<KeyedChange> {
  const tries = [triesOf(before).facts, triesOf(after).facts] as const;
  for await (const { key, before: was, after: is } of diffTries(source, ...tries, subtrees))
    yield { key, before: was as RawFact | undefined, after: is as RawFact | undefined };
}

/** True where a publication of these changes comes to exactly that root. @throws StoreError OBJECT_MISSING */
export type LayoutJudge = (of: LaidOut) => Promise<boolean>;

/**
 * For one version after another, each the parent of the one before it: the facts are read once, and followed down.
 *
 * @param unknown what becomes of members that this build does not know; a stop by one person leaves them behind
 */
export function createLayoutJudge(unknown: Unknown = 'left behind'): LayoutJudge {
  let last: { readonly root: Digest; readonly facts: Facts } | undefined;
  return async ({ source, root, parent, changes }) => {
    const objects = demanding(source);
    const digest = digestOf(encodeRoot(root));
    const after = last?.root === digest ? last.facts : await factsOf({ root, objects });
    const before = new Map(after);
    for (const { key, before: was } of changes) {
      if (was === undefined) before.delete(key);
      else before.set(key, was);
    }
    last = parent === null ? undefined : { root: digestOf(encodeRoot(parent)), facts: before };
    const touched = changes.map(({ key }) => key);
    const ground = parent === null ? null : { root: parent, objects };
    return (await stageApplied(ground, { before, after, touched }, unknown)).rootDigest === digest;
  };
}

/** What an audit cannot read is left out of its answers; here everything is needed. */
function demanding(source: ObjectSource): ObjectSource {
  return {
    async load(digests, allowed) {
      const found = await source.load(digests, allowed);
      const digest = digests.find((each) => !found.has(each));
      if (digest !== undefined) throw new StoreError('OBJECT_MISSING', { digest });
      return found;
    },
  };
}
