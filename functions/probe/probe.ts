/** One run of the probe: every known question once, one line with the verdicts and the metrics they make. */
import { embedded, type MetricValues, namesOf } from '../metrics/embedded.ts';
import type { AskBuild } from './ask.ts';
import { type CheckResult, check } from './check.ts';
import type { KnownAnswer } from './known-answers.ts';

export interface ProbeOptions {
  readonly known: readonly KnownAnswer[];
  readonly ask: AskBuild;
  readonly service: string;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly write: (line: string) => void;
}

export interface ProbeResult {
  readonly checked: readonly CheckResult[];
  readonly wrong: number;
  readonly unanswered: number;
}

export async function runProbe(options: ProbeOptions): Promise<ProbeResult> {
  const { known, ask, service } = options;
  const checked = await Promise.all(known.map(async (k) => check(k, await ask(k.request))));
  const count = (verdict: CheckResult['verdict']) => checked.filter((c) => c.verdict === verdict).length;
  const [wrong, unanswered] = [count('wrong'), count('unanswered')];
  const values: MetricValues = {
    ProbeQuestions: checked.length,
    ProbeWrong: wrong,
    ProbeUnanswered: unanswered,
  };
  const counted = [{ dimensions: ['Service'] as const, names: namesOf(values) }];
  options.write(
    JSON.stringify({
      ...embedded(options.clock(), counted),
      event: 'probe',
      schema: 1,
      Service: service,
      checked,
      ...values,
    }),
  );
  return { checked, wrong, unanswered };
}
