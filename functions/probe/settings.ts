/** The probe's settings, read once from its environment. */
import { type Environment, required } from '../environment.ts';
import { type KnownAnswer, readKnownAnswers, UNIVERSAL_ANSWERS } from './known-answers.ts';

export interface ProbeSettings {
  /** ARN of the probe's own alias of `decide`. */
  readonly target: string;
  /** What the guard's owner knows, after what every guard must answer. */
  readonly known: readonly KnownAnswer[];
  /** Where the stop's own door rehearses; undefined where there is no such door, or none that the probe can reach. */
  readonly rehearsalUrl: string | undefined;
}

/** @throws Error that names the variable at fault */
export function readProbeSettings(env: Environment): ProbeSettings {
  const target = required(env, 'PROBE_TARGET');
  const own = env['KNOWN_ANSWERS'];
  const known = own === undefined || own === '' ? [] : readKnownAnswers(own);
  const rehearsalUrl = env['STOP_REHEARSAL_URL'] || undefined;
  return { target, known: [...UNIVERSAL_ANSWERS, ...known], rehearsalUrl };
}

/**
 * ARN of the build that has the traffic, for a comparison with the new one.
 *
 * @throws Error where it is not set, or is the new build: one compared with itself flips nothing
 */
export function readLiveTarget(env: Environment, probeTarget: string): string {
  const live = required(env, 'LIVE_TARGET');
  if (live === probeTarget) throw new Error('LIVE_TARGET and PROBE_TARGET are the same');
  return live;
}
