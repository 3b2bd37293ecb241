import { keyOf, type Operation } from '../../functions/core/administration/change.ts';
import type { ChangeRecord } from '../../functions/core/administration/change-report.ts';
import type { SimulationReport } from '../../functions/core/administration/simulation.ts';
import { factDigest } from '../../functions/core/facts/canonical.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { factShape, type JobView } from '../../functions/registry/answers.ts';
import { UsageError } from '../usage-error.ts';
import type { RegistryClient } from './connection.ts';
import { demandFlips } from './found-simulation.ts';

import { readAs } from './read-answer.ts';
import { contentShown } from './signing.ts';
import { type WholeProposal, wholeProposal } from './whole-proposal.ts';
import { personInWords } from './words.ts';

/** Facts asked for at a time. */
const AT_ONCE = 8;

/**
 * What the change record two people sign is written from: the proposal, what its simulation found, and the facts it
 * touches as they stand in the version that was simulated, not in one published since.
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
  const base = job.base ?? null;
  demandOne(proposal, id, job, simulation);
  const facts = base === null ? new Map() : await factsTouched(registry, changes, base.version);
  return recordFrom({ ...proposal, changes }, base, facts, simulation);
}

/** The record of what is known to belong together. */
export function recordFrom(
  proposal: WholeProposal & { readonly changes: readonly Operation[] },
  base: ChangeRecord['base'],
  facts: ChangeRecord['facts'],
  simulation: SimulationReport,
): ChangeRecord {
  return {
    proposal: contentShown(proposal),
    base,
    author: personInWords(proposal.author),
    proposedAt: proposal.createdAt,
    reason: proposal.reason,
    changes: proposal.changes,
    facts,
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

/**
 * The facts that operations are made to, as the registry shows them in a version.
 *
 * @throws UsageError where one is not what an operation was written against: nobody can tell what it changes
 */
export async function factsTouched(
  registry: RegistryClient,
  changes: readonly Operation[],
  version: number,
): Promise<ReadonlyMap<string, RawFact>> {
  const made = changes.flatMap((each) =>
    each.op === 'add' ? [] : [{ key: keyOf(each) ?? '', was: each.was }],
  );
  const facts = new Map<string, RawFact>();
  for (let start = 0; start < made.length; start += AT_ONCE) {
    const asked = made.slice(start, start + AT_ONCE).map(async ({ key, was }) => {
      const query = { version: String(version) };
      const { fact } = readAs(factShape, await registry({ method: 'GET', path: `facts/${key}`, query }));
      if (factDigest(fact as RawFact) !== was)
        throw new UsageError(
          `the registry shows another ${key} than the change was written against: do not sign it`,
        );
      facts.set(key, fact as RawFact);
    });
    await Promise.all(asked);
  }
  return facts;
}
