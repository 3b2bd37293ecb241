/** What takes as long as it takes, in slices of a request each: it may neither publish nor sign a version. */
import type { ReplyTo } from './answers.ts';
import type { Call, RegistryContext } from './context.ts';
import { routing } from './router.ts';
import { type NameServedBy, routesBy } from './routes.ts';
import { runJob, startForecast, startVerify } from './run-job.ts';
import { simulate } from './simulate.ts';
import { showStops } from './stopped.ts';

export const jobsRouting = routing(routesBy('jobs'), {
  simulate,
  stops: showStops,
  verify: startVerify,
  forecast: startForecast,
  'run-job': runJob,
} as const satisfies {
  readonly [N in NameServedBy<'jobs'>]: (context: RegistryContext, call: Call) => Promise<ReplyTo<N>>;
});
