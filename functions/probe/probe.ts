/** One run of the probe: every known question once, one line with the verdicts and the metrics they make. */
import { embedded, type MetricValues, namesOf } from '../metrics/embedded.ts';
import { markOf, type News, type NewsItem } from '../metrics/news.ts';
import type { AskBuild } from './ask.ts';
import { type CheckResult, check } from './check.ts';
import type { KnownAnswer } from './known-answers.ts';

export interface ProbeOptions {
  readonly known: readonly KnownAnswer[];
  readonly ask: AskBuild;
  /** Remembers what was wrong the time before. Without one it is not said what is new. */
  readonly news?: News;
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
  const { known, ask, news, service } = options;
  const checked = await Promise.all(known.map(async (k) => check(k, await ask(k.request))));
  const count = (verdict: CheckResult['verdict']) => checked.filter((c) => c.verdict === verdict).length;
  const [wrong, unanswered] = [count('wrong'), count('unanswered')];
  const wrongs = wrongOf(known, checked);
  const mark = markOf(wrongs);
  const values: MetricValues = {
    ProbeQuestions: checked.length,
    ProbeWrong: wrong,
    ...(news && {
      ProbeNewlyWrong: news(wrongs, TOLD_ANEW),
      ...(mark !== undefined && { ProbeWrongMark: mark }),
    }),
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

/**
 * A process that has just begun does not know what the one before it has told. What passes that must not is told once more: a deployment
 * that puts one answer right may be what makes another wrong.
 */
const TOLD_ANEW = 1;

function wrongOf(known: readonly KnownAnswer[], checked: readonly CheckResult[]): readonly NewsItem[] {
  return checked.flatMap(({ id, verdict, because }, i) => {
    if (verdict !== 'wrong') return [];
    const mayPass = because !== 'codes' && known[i]?.expect.decision !== true;
    // Of a denial in other words somebody was told, and of no permit.
    return [mayPass ? { id: `${id} passes`, since: TOLD_ANEW } : { id, since: 0 }];
  });
}
