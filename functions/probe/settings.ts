/** The probe's settings, read once from its environment. */
import { type KnownAnswer, readKnownAnswers, UNIVERSAL_ANSWERS } from './known-answers.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface ProbeSettings {
  /** ARN of the probe's own alias of `decide`. */
  readonly target: string;
  /** What the guard's owner knows, after what every guard must answer. */
  readonly known: readonly KnownAnswer[];
}

/** @throws Error that names the variable at fault */
export function readProbeSettings(env: Environment): ProbeSettings {
  const target = env['PROBE_TARGET'];
  if (target === undefined || target === '') throw new Error('environment variable PROBE_TARGET is not set');
  const own = env['KNOWN_ANSWERS'];
  const known = own === undefined || own === '' ? [] : readKnownAnswers(own);
  return { target, known: [...UNIVERSAL_ANSWERS, ...known] };
}
