/** The probe's door: a schedule, once a minute. The event says nothing that is used. */
import { createNews } from '../metrics/news.ts';
import { serviceName } from '../metrics/service-name.ts';
import { askThrough } from './ask.ts';
import { runProbe } from './probe.ts';
import { askForRehearsal, runRehearsal } from './rehearsal.ts';
import { readProbeSettings } from './settings.ts';

const { target, known, rehearsalUrl } = readProbeSettings(process.env);
const ask = askThrough(target);
const service = serviceName(process.env);
const news = createNews();

/** What a run came to, for whoever looks at its result. */
export interface ProbeRun {
  readonly wrong: number;
  readonly unanswered: number;
  /** Null where the probe has no way to the stop's door. */
  readonly rehearsed: boolean | null;
}

export async function handler(): Promise<ProbeRun> {
  // One instant for both lines: an alarm holds what was rehearsed against what was asked, by the minute.
  const at = Date.now();
  const told = { service, clock: () => at, write: console.log };
  const rehearsed =
    rehearsalUrl === undefined
      ? undefined
      : runRehearsal({ ...told, ask: () => askForRehearsal(rehearsalUrl) });
  const { wrong, unanswered } = await runProbe({ ...told, known, ask, news });
  return { wrong, unanswered, rehearsed: (await rehearsed) ?? null };
}
