/** Tells CodeDeploy how a lifecycle hook ended: one call of a JSON protocol. */
import type { Environment } from '../environment.ts';
import { postSigned } from './signed-post.ts';

const TARGET = 'CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus';

export interface HookExecution {
  readonly DeploymentId: string;
  readonly LifecycleEventHookExecutionId: string;
}

/** @throws Error where CodeDeploy did not take the word; it then waits, and at its timeout the release fails */
export async function reportToCodeDeploy(
  execution: HookExecution,
  status: 'Succeeded' | 'Failed',
  env: Environment = process.env,
  send: typeof fetch = fetch,
): Promise<void> {
  const region = env['AWS_REGION'] ?? '';
  const service = env['AWS_USE_FIPS_ENDPOINT'] === 'true' ? 'codedeploy-fips' : 'codedeploy';
  const url = new URL(
    env['CODEDEPLOY_ENDPOINT'] ?? `https://${service}.${region}.${env['URL_SUFFIX'] ?? 'amazonaws.com'}`,
  );
  const body = JSON.stringify({
    deploymentId: execution.DeploymentId,
    lifecycleEventHookExecutionId: execution.LifecycleEventHookExecutionId,
    status,
  });
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': TARGET };
  const answer = await postSigned(
    { service: 'codedeploy', url, headers, body, timeoutMs: 10_000 },
    env,
    send,
  );
  if (!answer.ok) throw new Error(`CodeDeploy answered ${answer.status}`);
}
