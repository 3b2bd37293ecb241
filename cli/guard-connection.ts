/** How a command reaches a guard: the local one, or a deployed one by function name and region. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Command } from 'commander';
import { TIMEOUT_MS } from './http-signing.ts';

export interface ConnectionOptions {
  readonly endpoint?: string;
  readonly function?: string;
  readonly region?: string;
}

/** What `npm start` serves by default; see the README. */
const LOCAL_ENDPOINT = 'http://127.0.0.1:8787';
/** The local caller's well-known key: it authenticates nobody outside this machine's loopback. */
const LOCAL_CALLER = { accessKeyId: 'LOCALCALLER', secretAccessKey: 'local-only-caller' };

export function withConnectionOptions(command: Command): Command {
  return command
    .option(
      '--function <name>',
      'ask the deployed guard of this function name or ARN, with your AWS credentials',
    )
    .option('--region <region>', 'the AWS region of --function')
    .option('--endpoint <url>', `the local guard (default ${LOCAL_ENDPOINT})`);
}

/** The guard could not be asked, or did not answer with JSON. */
export class GuardUnreachableError extends Error {
  override readonly name = 'GuardUnreachableError';
}

function lambdaClient(options: ConnectionOptions): LambdaClient {
  if (options.function !== undefined && options.endpoint === undefined) {
    return new LambdaClient(options.region === undefined ? {} : { region: options.region });
  }
  return new LambdaClient({
    region: options.region ?? 'us-east-1',
    endpoint: options.endpoint ?? LOCAL_ENDPOINT,
    credentials: LOCAL_CALLER,
    maxAttempts: 1,
  });
}

/**
 * Invokes a function of the guard with a request as text and returns what it answered, parsed.
 *
 * @throws GuardUnreachableError with a sentence for the person at the terminal
 */
export async function askGuard(
  options: ConnectionOptions,
  request: unknown,
  name = 'decide',
): Promise<unknown> {
  const client = lambdaClient(options);
  try {
    const abortSignal = AbortSignal.timeout(TIMEOUT_MS);
    const reply = await client.send(
      new InvokeCommand({
        FunctionName: options.function ?? name,
        Payload: JSON.stringify({ request: JSON.stringify(request) }),
      }),
      { abortSignal },
    );
    if (reply.StatusCode !== 200) throw new GuardUnreachableError('the guard was not asked to answer');
    if (reply.FunctionError !== undefined)
      throw new GuardUnreachableError('the guard failed (FunctionError)');
    return JSON.parse(reply.Payload?.transformToString() ?? '');
  } catch (error) {
    if (error instanceof GuardUnreachableError) throw error;
    const cause = error instanceof Error ? error.name : 'unknown error';
    const where = options.function ?? options.endpoint ?? LOCAL_ENDPOINT;
    const remedy = options.function === undefined ? ' Is it running? `npm start` starts it.' : '';
    throw new GuardUnreachableError(`no answer from the guard at ${where} (${cause}).${remedy}`);
  } finally {
    client.destroy();
  }
}
