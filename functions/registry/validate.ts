import {
  applyChanges,
  type ChangeProblem,
  type Facts,
  type Operation,
} from '../core/administration/change.ts';
import { locateProblems, registryProblems } from '../core/administration/validate.ts';
import type { AppliedFacts } from '../store/applied-change.ts';
import type { ReplyTo } from './answers.ts';
import { applyTo, conflictsInWords, flawsOf, invalid } from './change-staging.ts';
import { type ActingContext, type Call, openHead, type RegistryContext } from './context.ts';
import { operationsOf, readProposal } from './proposal-body.ts';
import type { Flaw } from './refusal.ts';

/** Names every problem of a proposal at once, against the registry as it stands. */
export async function validate(context: RegistryContext, call: Call): Promise<ReplyTo<'validate'>> {
  const { record } = await readProposal(context, call);
  const changes = await operationsOf(context, record, call.signal);
  const applied = await applyTo(context, await openHead(context, call), changes);
  const problems = problemsOf(context, applied, changes);
  return { status: 200, body: { valid: problems.length === 0, problems } };
}

/** Everything wrong with a change to these facts, as flaws of the body it came in; none for one that may be made. */
export function everythingWrong(
  context: ActingContext,
  before: Facts,
  changes: readonly Operation[],
): readonly Flaw[] {
  const applied = applyChanges(before, changes);
  if (!applied.ok) return flawsOf([...applied.problems, ...conflictsInWords(applied.conflicts)]);
  const { facts: after, touched } = applied;
  return flawsOf(problemsOf(context, { before, after, touched }, changes));
}

function problemsOf(
  context: ActingContext,
  { before, after, touched }: AppliedFacts,
  changes: readonly Operation[],
  dependants = true,
): readonly ChangeProblem[] {
  const { sample } = context;
  const found = registryProblems(after, { sample, touched, before, dependants, at: context.clock() });
  return locateProblems(found, changes);
}

/**
 * Passes for a change that leaves the registry sound.
 *
 * @param dependants false judges only what changes: for one that only restricts, and must not wait for others' mistakes
 * @throws Refusal PROPOSAL_INVALID with every problem, each with a path into the change
 */
export function demandSound(
  context: ActingContext,
  applied: AppliedFacts,
  changes: readonly Operation[],
  dependants = true,
): void {
  const problems = problemsOf(context, applied, changes, dependants);
  if (problems.length > 0) throw invalid(problems);
}
