/** Whether a new build may get traffic. Everything that is not shown to be right is a no. */

import { StoreError } from '../store/store-error.ts';
import type { WholeRegistry } from '../store/whole-registry.ts';
import type { AskBuild } from './ask.ts';
import { type BuildComparison, buildQuestions, compareBuilds } from './flips.ts';
import type { KnownAnswer } from './known-answers.ts';
import { runProbe } from './probe.ts';

export interface ReleaseTerms {
  readonly known: readonly KnownAnswer[];
  readonly before: AskBuild;
  readonly after: AskBuild;
  /** @throws StoreError */
  readonly registry: () => Promise<WholeRegistry>;
  /** Digest of what somebody has looked at: what is let pass, and what was not asked of which builds. */
  readonly acknowledged: string | undefined;
  readonly service: string;
  readonly clock: () => number;
  readonly write: (line: string) => void;
  /** Whether there is time for more questions; asked between chunks of them. */
  readonly keepGoing: () => boolean;
}

const MAX_LISTED = 50;

/** Undefined before the first publication: then no build permits anything. */
async function comparison(terms: ReleaseTerms): Promise<BuildComparison | undefined> {
  try {
    const questions = buildQuestions(await terms.registry(), terms.clock());
    return await compareBuilds(terms.before, terms.after, questions, terms.keepGoing);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'HEAD_MISSING') return undefined;
    throw error;
  }
}

export async function releaseVerdict(terms: ReleaseTerms): Promise<boolean> {
  const { checked } = await runProbe({ ...terms, ask: terms.after });
  const flips = await comparison(terms);
  // A build that finds no registry where there is one has answered nothing.
  const answered =
    checked.length > 0 &&
    checked.every((c) => c.verdict === 'right' || (c.verdict === 'no-registry' && flips === undefined));
  const acknowledged =
    flips === undefined || (flips.alike && flips.unasked === 0) || flips.digest === terms.acknowledged;
  const fit = answered && acknowledged;
  terms.write(
    JSON.stringify({
      event: 'release',
      schema: 1,
      Service: terms.service,
      fit,
      answered,
      acknowledged,
      ...(flips !== undefined && {
        questions: flips.questions,
        unasked: flips.unasked,
        permits: flips.permits,
        flips: flips.digest,
        toPermit: flips.toPermit.length,
        toRefusal: flips.toRefusal.length,
        lease: flips.lease,
        listed: [...flips.toPermit, ...flips.toRefusal].slice(0, MAX_LISTED),
      }),
    }),
  );
  return fit;
}
