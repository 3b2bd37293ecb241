import type { Call, RegistryContext } from './context.ts';
import type { ForecastJob } from './job.ts';
export async function forecastSlice(_c: RegistryContext, _call: Call, job: ForecastJob): Promise<ForecastJob> {
  return job;
}
