/** The probe's door: a schedule, once a minute. The event says nothing that is used. */
import { serviceName } from '../metrics/service-name.ts';
import { askThrough } from './ask.ts';
import { runProbe } from './probe.ts';
import { readProbeSettings } from './settings.ts';

const { target, known } = readProbeSettings(process.env);
const ask = askThrough(target);

export async function handler(): Promise<{ readonly wrong: number }> {
  const { wrong } = await runProbe({
    known,
    ask,
    service: serviceName(process.env),
    clock: Date.now,
    write: console.log,
  });
  return { wrong };
}
