import { finishForecast, planForecast, runForecast } from '../core/administration/forecast.ts';
import type { ForecastState } from '../core/administration/simulation.ts';
import type { ResultOf } from './answers.ts';
import type { Call, RegistryContext } from './context.ts';
import { type ForecastJob, keeperOf } from './job.ts';
import { cursorOf, putCursor } from './job-cursor.ts';
import { putJson } from './json-blobs.ts';
import { planned } from './simulate-slice.ts';

/** Asks about as many networks and routes, over the days to come, as there is time for. */
export async function forecastSlice(
  context: RegistryContext,
  call: Call,
  job: ForecastJob,
): Promise<ForecastJob> {
  const { signal } = call;
  const kept = context.blobs.of(keeperOf(job));
  const snapshot = await context.reader.open({ exact: job.base.version }, signal);
  const facts = await context.factSets.of(snapshot);
  const approved = await snapshot.approved();
  const signed = approved && (await context.factSets.of(approved));
  const plan = planned(() => planForecast({ facts, signed, at: job.at, days: job.days }));
  const before = await cursorOf<ForecastState>(kept, job, signal);
  const state = planned(() => runForecast(plan, before, () => context.clock() < call.sliceEndsAt));
  const progress = { done: state.done, total: plan.subjects };
  const { cursor: _before, ...rest } = job;
  if (state.done < plan.subjects) {
    return { ...rest, progress, cursor: await putCursor(kept, state, signal) };
  }
  const report: ResultOf<'forecast'> = finishForecast(plan, state);
  const result = await putJson(kept, report, signal);
  return { ...rest, status: 'done', progress, result };
}
