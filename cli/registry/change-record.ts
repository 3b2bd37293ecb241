import type { ChangeRecord } from '../../functions/core/administration/change-report.ts';
import type { SimulationReport } from '../../functions/core/administration/simulation.ts';
import type { JobView } from '../../functions/registry/answers.ts';
import { UsageError } from '../usage-error.ts';
import type { RegistryClient } from './connection.ts';
import { demandFlips } from './found-simulation.ts';
import { type ReviewedChange, reviewParts } from './review-parts.ts';
import { shownChange } from './shown-change.ts';
import { approvalStatement } from './signing.ts';
import { type WholeProposal, wholeProposal } from './whole-proposal.ts';
import { personInWords } from './words.ts';

/**
 * What the change record two people sign is written from: the proposal, what its simulation found, and the facts it
 * touches as they stand in the version that was simulated, not in one published since. It begins with what a review says,
 * but for who has read it: root and people are the registry's word here, and it says so.
 *
 * @throws UsageError where the registry does not show all operations of the proposal, or where proposal, operations, job and
 *   what it found do not belong together: nobody signs half a record, nor one of two proposals
 */
export async function changeRecordOf(
  registry: RegistryClient,
  id: string,
  job: JobView,
  simulation: SimulationReport,
): Promise<ChangeRecord> {
  const proposal = await wholeProposal(registry, id);
  const { changes } = proposal;
  if (changes === null)
    throw new UsageError(
      'this proposal has no operations yet, or they were purged: there is nothing to record',
    );
  demandOne(proposal, id, job, simulation);
  const statement = approvalStatement(proposal);
  const base = job.base ?? null;
  const change = await shownChange(registry, { ...proposal, changes }, base?.version ?? null);
  const reviewed = { proposal, statement: { ...statement, base }, computed: false, change, simulation };
  return { title: 'Change record', ...recordFrom(reviewed), said: reviewParts(reviewed, true) };
}

/** What tables are made from, of what is known to belong together. */
export function recordFrom({
  proposal,
  statement,
  change,
  simulation,
}: ReviewedChange): Omit<ChangeRecord, 'title' | 'said'> {
  return {
    proposal: statement.content,
    base: statement.base,
    author: personInWords(proposal.author),
    proposedAt: proposal.createdAt,
    reason: proposal.reason,
    changes: change.changes,
    facts: change.facts,
    simulation,
  };
}

function demandOne(
  { simulation: found, ...proposal }: WholeProposal,
  id: string,
  job: JobView,
  { flips, flipsDigest, toPermit, toDeny }: SimulationReport,
): void {
  if (found === undefined || proposal.id !== id || job.proposal !== id || found.job !== job.id)
    throw new UsageError('the registry shows another simulation than that of this proposal: do not sign it');
  demandFlips({ flips }, found);
  const isCounted = toPermit === found.permits && toDeny === found.total - found.permits;
  if (flipsDigest !== found.flips || !isCounted || found.base?.digest !== job.base?.digest)
    throw new UsageError('the simulation says something else of itself than what it lists: do not sign it');
}
