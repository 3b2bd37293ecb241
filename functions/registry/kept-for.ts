/** What is kept for a proposal beside its record: bytes, and the jobs that simulate it. */
import type { Digest } from '../core/facts/canonical.ts';
import type { RegistryContext } from './context.ts';
import { CLOCKS_MS, everyRecord, timeOfId } from './records.ts';

type Keeping = Pick<RegistryContext, 'blobs' | 'jobs' | 'proposals'>;

/** @param last the bytes that go when all else has gone */
export async function removeKeptFor(
  context: Omit<Keeping, 'proposals'>,
  proposal: string,
  signal: AbortSignal,
  last?: Digest | null,
): Promise<void> {
  for await (const job of everyRecord(context.jobs, signal)) {
    // Newest first: none that simulates it is older than it is.
    if (timeOfId(job.id) < timeOfId(proposal) - CLOCKS_MS) break;
    if (job.kind === 'simulate' && job.proposal === proposal) await context.jobs.remove(job.id, signal);
  }
  await context.blobs.of(proposal).removeAll(signal, last);
}

/**
 * Does what keeps something for a proposal. A purge that ended meanwhile has looked already: what came after it is taken away
 * here, whether the work went well or not.
 */
export async function keepingFor<T>(context: Keeping, proposal: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await cleaned(context, proposal);
  }
}

/** How long that may take, in milliseconds: the time of the work itself may be over. */
const CLEANING_MS = 2_000;

/** What it came to is told whatever becomes of this: another purge of the proposal finds what is left. */
async function cleaned(context: Keeping, proposal: string): Promise<void> {
  const signal = AbortSignal.timeout(CLEANING_MS);
  try {
    const held = await context.proposals.read(proposal, signal);
    if (held?.record.purged === true) await removeKeptFor(context, proposal, signal);
  } catch {
    // As above.
  }
}
