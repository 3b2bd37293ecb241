import { voicesNeeded } from '../core/administration/authority.ts';
import {
  finishSimulation,
  planSimulation,
  runSimulation,
  SimulationStateError,
  SimulationTooLargeError,
  UnfinishedWalkError,
} from '../core/administration/simulate.ts';
import type { SimulationReport, SimulationState } from '../core/administration/simulation.ts';
import { resultOf, stageApplied } from '../store/applied-change.ts';
import type { ResultOf } from './answers.ts';
import { applyTo } from './change-staging.ts';
import type { RegistryContext } from './context.ts';
import { keeperOf, type SimulateJob } from './job.ts';
import { cursorOf, putCursor } from './job-cursor.ts';
import { jsonBlob, putJson } from './json-blobs.ts';
import type { Proposal, SimulationSummary } from './proposal.ts';
import { operationsOf } from './proposal-body.ts';
import { Refusal } from './refusal.ts';
import { demandRoomForStops } from './room-for-stops.ts';
import { demandSound } from './validate.ts';

/**
 * Does the next slice of a simulation: as many subjects as there is time for. Complete or an explicit error; what is kept
 * between slices is where to go on.
 */
export async function simulateSlice(
  context: RegistryContext,
  job: SimulateJob,
  proposal: Proposal,
  limits: { readonly signal: AbortSignal; readonly endsAt: number },
): Promise<SimulateJob> {
  const { signal } = limits;
  const kept = context.blobs.of(keeperOf(job));
  if (proposal.digest !== job.subject || proposal.body !== job.body)
    throw new Refusal('RESULT_GONE', 'the proposal is not the one this job was started for');
  const base = job.base === null ? null : await context.reader.open({ exact: job.base.version }, signal);
  const changes = await operationsOf(context, proposal, signal);
  const applied = await applyTo(context, base, changes);
  demandSound(context, applied, changes);
  const recent = await jsonBlob<readonly unknown[]>(kept, job.recent, signal);
  const plan = planned(() =>
    planSimulation({ ...applied, at: job.at, ...(recent !== undefined && { recent }) }),
  );
  const before = await cursorOf<SimulationState>(kept, job, signal);
  // Nobody waits for a refusal that is known at the beginning.
  const first = before === undefined ? await stageApplied(base, applied) : undefined;
  if (first !== undefined) demandRoomForStops(first, changes);
  const state = planned(() => runSimulation(plan, before, () => context.clock() < limits.endsAt));
  const progress = { done: state.done, total: plan.subjects };
  if (state.done < plan.subjects) {
    return { ...job, progress, cursor: await putCursor(kept, state, signal) };
  }
  const report = finishSimulation(plan, state);
  const result = await putJson(kept, report satisfies ResultOf<'simulate'>, signal);
  const { cursor: _cursor, ...rest } = job;
  const comes = resultOf(first ?? (await stageApplied(base, applied)), applied);
  const voices = voicesNeeded(changes, applied.before, job.at);
  const summary = summaryOf(job, report, { ...comes, voices });
  return { ...rest, status: 'done', progress, result, summary };
}

function summaryOf(
  job: SimulateJob,
  report: SimulationReport,
  comes: Pick<SimulationSummary, 'root' | 'people' | 'voices'>,
): SimulationSummary {
  return {
    job: job.id,
    base: job.base,
    ...comes,
    by: { role: job.by.roleName, session: job.by.session },
    flips: report.flipsDigest,
    permits: report.toPermit,
    total: report.flips.length,
    at: report.at,
    ...(job.recent !== undefined && { recent: job.recent }),
  };
}

/** Plans or asks, where that is not too much. */
export function planned<T>(plan: () => T): T {
  try {
    return plan();
  } catch (error) {
    if (error instanceof SimulationTooLargeError || error instanceof UnfinishedWalkError)
      throw new Refusal('SIMULATION_TOO_LARGE', error.message, { cause: error });
    if (error instanceof SimulationStateError)
      throw new Refusal('RESULT_GONE', 'this job was begun by another build of the guard: start it again', {
        cause: error,
      });
    throw error;
  }
}
