/**
 * Tells CodeDeploy how a lifecycle hook ended. One call of a JSON protocol, signed here: the service's whole client
 * would be the largest part of the bundle.
 */
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';

const TARGET = 'CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus';

type Environment = Readonly<Record<string, string | undefined>>;

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
  const endpoint = new URL(
    env['CODEDEPLOY_ENDPOINT'] ?? `https://${service}.${region}.${env['URL_SUFFIX'] ?? 'amazonaws.com'}`,
  );
  const body = JSON.stringify({
    deploymentId: execution.DeploymentId,
    lifecycleEventHookExecutionId: execution.LifecycleEventHookExecutionId,
    status,
  });
  const signer = new SignatureV4({
    service: 'codedeploy',
    region,
    sha256: Sha256,
    credentials: {
      accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
      ...(env['AWS_SESSION_TOKEN'] !== undefined && { sessionToken: env['AWS_SESSION_TOKEN'] }),
    },
  });
  const signed = await signer.sign({
    method: 'POST',
    protocol: endpoint.protocol,
    hostname: endpoint.hostname,
    ...(endpoint.port !== '' && { port: Number(endpoint.port) }),
    path: '/',
    headers: { host: endpoint.host, 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': TARGET },
    body,
  });
  const answer = await send(endpoint, {
    method: 'POST',
    headers: signed.headers,
    body,
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`CodeDeploy answered ${answer.status}`);
}
