/**
 * The pre-traffic hook of a release: CodeDeploy calls it before a new version of `decide` gets any traffic, and waits
 * for its word. It asks the new version the known questions; one wrong answer stops the release.
 */
import { serviceName } from '../metrics/service-name.ts';
import { askThrough } from './ask.ts';
import { reportToCodeDeploy } from './codedeploy.ts';
import { runProbe } from './probe.ts';
import { readProbeSettings } from './settings.ts';

const { target, known } = readProbeSettings(process.env);
const ask = askThrough(target);

export interface HookEvent {
  readonly DeploymentId: string;
  readonly LifecycleEventHookExecutionId: string;
}

export async function handler(event: HookEvent): Promise<void> {
  let status: 'Succeeded' | 'Failed' = 'Failed';
  try {
    const { checked } = await runProbe({
      known,
      ask,
      service: `${serviceName(process.env)}-release`,
      clock: Date.now,
      write: console.log,
    });
    if (checked.length > 0 && checked.every((c) => c.verdict !== 'wrong')) status = 'Succeeded';
  } finally {
    await reportToCodeDeploy(event, status);
  }
}
