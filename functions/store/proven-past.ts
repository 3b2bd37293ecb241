/**
 * The versions that a HEAD comes from, each as the one after it names its parent. The longer links of a commit are its signer's word
 * alone: here they say what to load beforehand, many at once, and nothing else. What is found is kept from one HEAD to the next.
 */
import type { Digest } from '../core/facts/canonical.ts';
import { loadCommit, type NamedCommit } from './ancestry.ts';
import type { Commit } from './commit.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';

export interface ProvenPast {
  /** @throws StoreError VERSION_UNKNOWN for a version that is none, or newer than HEAD */
  digestAt(version: number): Digest;
  /** The newest version that was made for a table of this name; undefined for none. */
  newestAt(home: string): number | undefined;
}

export type PastOf = (head: NamedCommit, source: ObjectSource) => Promise<ProvenPast>;

type Step = Pick<NamedCommit, 'digest'> & Pick<Commit, 'home'>;

/** For one process: a HEAD that comes after the last one costs what is new. */
export function createProvenPast(): PastOf {
  // INVARIANT: of version 1 + its index, and each is named by the next: whoever has the digest of one has all before it.
  let known: readonly Step[] = [];

  return async (head, source) => {
    const steps: Step[] = [];
    const isKnown = (version: number, digest: Digest | undefined) => known[version - 1]?.digest === digest;
    for await (const { digest, commit } of stepByStep(head, source, isKnown))
      steps.push({ digest, home: commit.home });
    const past = [...known.slice(0, head.commit.version - steps.length), ...steps.reverse()];
    known = past;
    return {
      digestAt(version) {
        const step = past[version - 1];
        if (step === undefined) throw new StoreError('VERSION_UNKNOWN');
        return step.digest;
      },
      newestAt(home) {
        const last = past.findLastIndex((each) => each.home === home);
        return last < 0 ? undefined : last + 1;
      },
    };
  };
}

/** Newest first, down to what is known. @throws StoreError OBJECT_MALFORMED where a parent is not the version before */
async function* stepByStep(
  head: NamedCommit,
  source: ObjectSource,
  isKnown: (version: number, digest: Digest | undefined) => boolean,
): AsyncGenerator<NamedCommit> {
  let ahead: ReadonlyMap<Digest, Commit> = new Map();
  for (let [at, left] = [head, 0]; !isKnown(at.commit.version, at.digest); left -= 1) {
    yield at;
    const [digest] = at.commit.ancestors;
    const version = at.commit.version - 1;
    if (digest === undefined || isKnown(version, digest)) return;
    // Once for so many steps, and not at once again where links have led elsewhere.
    if (left <= 0) [ahead, left] = [await loadAhead(at.commit, source), 2 ** POWERS];
    const commit = ahead.get(digest) ?? (await loadCommit(source, digest));
    if (commit.version !== version) throw new StoreError('OBJECT_MALFORMED', { digest });
    at = { digest, commit };
  }
}

/** Of 2^11 versions a look ahead takes eleven batches, one after another. */
const POWERS = 11;

/** What links lead to, each shorter than the one before it: so every version is reached in one way. */
async function loadAhead(from: Commit, source: ObjectSource): Promise<ReadonlyMap<Digest, Commit>> {
  const found = new Map<Digest, Commit>();
  for (let reached = [{ commit: from, powers: POWERS }]; reached.length > 0; ) {
    const links = reached.flatMap(({ commit, powers }) =>
      commit.ancestors.slice(0, powers).map((digest, power) => ({ digest, powers: power })),
    );
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
