import type { Operation } from '../../functions/core/administration/change.ts';
import type { ChangeRecord } from '../../functions/core/administration/change-report.ts';
import type { SimulationReport } from '../../functions/core/administration/simulation.ts';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { UsageError } from '../usage-error.ts';
import type { Registry } from './connection.ts';
import type { JobView } from './jobs.ts';
import { personInWords } from './words.ts';

/** Facts asked for at a time. */
const AT_ONCE = 8;

/**
 * What the change record two people sign is written from: the proposal, what its simulation found, and the facts it
 * touches as they stand in the version that was simulated, not in one published since.
 *
 * @throws UsageError where the registry does not show all operations of the proposal: half a record is never written
 */
export async function changeRecordOf(
  registry: Registry,
  job: JobView,
  simulation: SimulationReport,
): Promise<ChangeRecord> {
  const proposal = await registry({ method: 'GET', path: `proposals/${job.proposal}` });
  const changes = proposal['changes'] as readonly Operation[] | null;
  if (changes === null)
    throw new UsageError('this proposal is too large for a change record: propose it in smaller ones');
  const base = job.base ?? null;
  return {
    proposal: proposal['digest'] as Digest,
    base,
    author: personInWords(proposal['author']),
    proposedAt: String(proposal['createdAt']),
    reason: String(proposal['reason']),
    changes,
    facts: base === null ? new Map() : await factsTouched(registry, changes, base.version),
    simulation,
  };
}

async function factsTouched(
  registry: Registry,
  changes: readonly Operation[],
  version: number,
): Promise<ReadonlyMap<string, RawFact>> {
  const keys = [...new Set(changes.flatMap(keyOfCurrent))];
  const facts = new Map<string, RawFact>();
  for (let start = 0; start < keys.length; start += AT_ONCE) {
    const asked = keys.slice(start, start + AT_ONCE).map(async (key) => {
      const query = { version: String(version) };
      const { fact } = await registry({ method: 'GET', path: `facts/${key}`, query });
      facts.set(key, fact as RawFact);
    });
    await Promise.all(asked);
  }
  return facts;
}

/** The fact an operation is made to; one that is added was not there. */
function keyOfCurrent(operation: Operation): readonly string[] {
  switch (operation.op) {
    case 'add':
      return [];
    case 'replace':
      return [`${operation.fact['kind']}/${operation.fact['id']}`];
    case 'end':
      return [operation.key];
    default:
      return unknownOperation(operation);
  }
}

function unknownOperation(operation: never): never {
  throw new Error(`no such operation: ${JSON.stringify(operation)}`);
}
