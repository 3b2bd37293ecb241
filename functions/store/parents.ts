/**
 * From a commit to its parent, and on from there: what the longer links of a commit lead to is loaded beforehand, many at once. Those
 * are their signer's word alone, so they say what to load, and nothing else; where they lead elsewhere, that costs a few looks.
 */
import type { Digest } from '../core/facts/canonical.ts';
import { loadCommit, type NamedCommit } from './ancestry.ts';
import type { Commit } from './commit.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';

/** Undefined of the first version. @throws StoreError OBJECT_MISSING, or what else reading throws */
export type ParentOf = (child: Commit) => Promise<NamedCommit | undefined>;

/** Of 2^11 versions a look ahead takes eleven batches, one after another. */
const POWERS = 11;

/** A look that gave fewer steps than these was by links that lead elsewhere. */
const FEW = 16;

/**
 * For one way down.
 *
 * @param powers of two that the first look goes ahead; each further one goes twice as many, up to the most
 */
export function parentsIn(source: ObjectSource, powers = POWERS): ParentOf {
  let ahead: ReadonlyMap<Digest, Commit> = new Map();
  let reach = powers;
  // The last look, until it is judged: the steps that it gave, and those below which it gave little.
  let look: { given: number; readonly few: number } | null = null;
  // Steps one by one before the next look, and how many those were the last time: more and more while looks give little.
  let [alone, skipped] = [0, 0];

  const lookAhead = async (child: Commit) => {
    if (look !== null && look.given < look.few) {
      look = null;
      skipped = Math.min(2 * skipped + 1, 2 ** POWERS);
      alone = skipped;
      return;
    }
    if (look !== null) skipped = 0;
    ahead = await loadAhead(child, source, reach);
    look = { given: 0, few: Math.min(FEW, 2 ** (reach - 1)) };
    reach = Math.min(2 * reach, POWERS);
  };

  return async (child) => {
    const [digest] = child.ancestors;
    if (digest === undefined) return undefined;
    if (!ahead.has(digest) && alone === 0) await lookAhead(child);
    const known = ahead.get(digest);
    if (known !== undefined && look !== null) look.given += 1;
    if (known === undefined && alone > 0) alone -= 1;
    return { digest, commit: known ?? (await loadCommit(source, digest)) };
  };
}

/** What links lead to, each shorter than the one before it: so every version is reached in one way. */
async function loadAhead(
  from: Commit,
  source: ObjectSource,
  powers: number,
): Promise<ReadonlyMap<Digest, Commit>> {
  const found = new Map<Digest, Commit>();
  for (let reached = [{ commit: from, powers }]; reached.length > 0; ) {
    const links = reached.flatMap(({ commit, powers }) =>
      commit.ancestors.slice(0, powers).map((digest, power) => ({ digest, powers: power })),
    );
    if (links.length === 0) break;
    const commits = await orNone(
      source,
      links.map(({ digest }) => digest),
    );
    reached = links.flatMap(({ digest, powers }) => {
      const commit = commits.get(digest)?.commit;
      if (commit === undefined) return [];
      found.set(digest, commit);
      return [{ commit, powers }];
    });
  }
  return found;
}

/** A link that leads nowhere is no reason to read nothing: what is looked for is then read by itself. */
async function orNone(source: ObjectSource, digests: readonly Digest[]) {
  try {
    return await source.load(digests, ['commit']);
  } catch (error) {
    if (!(error instanceof StoreError) || /^STORE_/.test(error.code)) throw error;
    return new Map<Digest, { readonly commit: Commit }>();
  }
}
