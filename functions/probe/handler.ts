/** The probe's door: a schedule, once a minute. The event says nothing that is used. */
import { serviceName } from '../metrics/service-name.ts';
import { askThrough } from './ask.ts';
import { runProbe } from './probe.ts';
import { askForRehearsal, runRehearsal } from './rehearsal.ts';
import { readProbeSettings } from './settings.ts';

const { target, known, rehearsalUrl } = readProbeSettings(process.env);
const ask = askThrough(target);
const told = { service: serviceName(process.env), clock: Date.now, write: console.log };

export async function handler(): Promise<{ readonly wrong: number }> {
  const rehearsed =
    rehearsalUrl === undefined
      ? undefined
      : runRehearsal({ ...told, ask: () => askForRehearsal(rehearsalUrl) });
  const { wrong } = await runProbe({ ...told, known, ask });
  await rehearsed;
  return { wrong };
}
