import {
  applyChanges,
  type ChangeProblem,
  type Facts,
  type Operation,
} from '../core/administration/change.ts';
import type { AppliedFacts } from '../store/applied-change.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import type { ActingContext } from './context.ts';
import { type Flaw, Refusal } from './refusal.ts';

/** As many as fit an answer; how many there are is said beside them. */
const MOST_PROBLEMS = 2000;

const NOTHING: Facts = new Map();

/** The facts of a version; none before genesis. */
export async function factsAt(context: ActingContext, base: OpenSnapshot | null): Promise<Facts> {
  return base === null ? NOTHING : context.factSets.of(base);
}

/**
 * Applies a change to the facts of a version.
 *
 * @throws Refusal CONFLICT where a fact is no longer what the change was written against, with what it is now;
 *   PROPOSAL_INVALID with every problem
 */
export async function applyTo(
  context: ActingContext,
  base: OpenSnapshot | null,
  changes: readonly Operation[],
): Promise<AppliedFacts> {
  const before = await factsAt(context, base);
  const applied = applyChanges(before, changes);
  if (applied.ok) return { before, after: applied.facts, touched: applied.touched };
  if (applied.conflicts.length > 0) {
    throw new Refusal(
      'CONFLICT',
      'facts have changed since this was written: rebase it on what they are now',
      {
        problems: flawsOf(conflictsInWords(applied.conflicts)),
        details: { version: base?.version ?? null, conflicts: applied.conflicts },
      },
    );
  }
  throw invalid(applied.problems);
}

export function conflictsInWords(
  conflicts: readonly { readonly index: number; readonly key: string }[],
): readonly ChangeProblem[] {
  return conflicts.map(({ index, key }) => ({
    path: `/${index}/was`,
    message: 'the fact is not in this state any more',
    key,
  }));
}

/** Problems of a change by where they are in the body it came in. */
export function flawsOf(problems: readonly ChangeProblem[]): readonly Flaw[] {
  return problems.slice(0, MOST_PROBLEMS).map((problem) => ({ ...problem, path: `/changes${problem.path}` }));
}

/** A change that cannot be made, with every problem at once. */
export function invalid(problems: readonly ChangeProblem[]): Refusal {
  const under = flawsOf(problems);
  return new Refusal('PROPOSAL_INVALID', under[0]?.message ?? 'the change is not sound', {
    path: under[0]?.path ?? '/changes',
    problems: under,
    details: { problems: problems.length },
  });
}
