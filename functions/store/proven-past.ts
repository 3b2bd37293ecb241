/**
 * The versions that a HEAD comes from, each as the one after it names its parent. The longer links of a commit are its signer's word
 * alone: here they say what to load beforehand, many at once, and nothing else. What is found is kept from one HEAD to the next.
 */
import type { Digest } from '../core/facts/canonical.ts';
import type { NamedCommit } from './ancestry.ts';
import type { Commit } from './commit.ts';
import { parentsIn } from './parents.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';

export interface ProvenPast {
  /** @throws StoreError VERSION_UNKNOWN for a version that is none, or newer than HEAD */
  digestAt(version: number): Digest;
  /** Whether it is one of these versions. */
  has(digest: Digest): boolean;
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
    const digests = new Set(past.map(({ digest }) => digest));
    return {
      has: (digest) => digests.has(digest),
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
  const parentOf = parentsIn(source);
  for (let at = head; !isKnown(at.commit.version, at.digest); ) {
    yield at;
    const [digest] = at.commit.ancestors;
    const version = at.commit.version - 1;
    if (digest === undefined || isKnown(version, digest)) return;
    const parent = await parentOf(at.commit);
    if (parent?.commit.version !== version) throw new StoreError('OBJECT_MALFORMED', { digest });
    at = parent;
  }
}
