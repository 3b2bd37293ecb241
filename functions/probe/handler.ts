/** The probe's door: a schedule, once a minute. The event says nothing that is used. */
import { serviceName } from '../metrics/service-name.ts';
import { askThrough } from './ask.ts';
import { runProbe } from './probe.ts';
import { askForRehearsal, runRehearsal } from './rehearsal.ts';
import { readProbeSettings } from './settings.ts';

const { target, known, rehearsalUrl } = readProbeSettings(process.env);
const ask = askThrough(target);
const told = { service: serviceName(process.env), clock: Date.now, write: console.log };

/** What a run came to, for whoever looks at its result. */
export interface ProbeRun {
  readonly wrong: number;
  readonly unanswered: number;
  /** Null where the probe has no way to the stop's door. */
  readonly rehearsed: boolean | null;
}

export async function handler(): Promise<ProbeRun> {
  const rehearsed =
    rehearsalUrl === undefined
      ? undefined
      : runRehearsal({ ...told, ask: () => askForRehearsal(rehearsalUrl) });
  const { wrong, unanswered } = await runProbe({ ...told, known, ask });
  return { wrong, unanswered, rehearsed: (await rehearsed) ?? null };
}
