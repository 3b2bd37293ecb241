/** How a command reaches a guard: the local one, or a deployed one by function name and region. */
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Command } from 'commander';
import { lambdaTransport } from '../client/lambda.ts';
import type { SentQuestion } from '../client/question.ts';
import { SENTENCES } from '../client/result.ts';
import { type HeardReply, hear } from './heard.ts';
import { doorAt, LOCAL_URL, TIMEOUT_MS } from './http-signing.ts';
import { noAnswerFor } from './no-answer.ts';

export interface ConnectionOptions {
  readonly endpoint?: string;
  readonly function?: string;
  readonly region?: string;
}

/** The local caller's well-known key: it authenticates nobody outside this machine's loopback. */
const LOCAL_CALLER = { accessKeyId: 'LOCALCALLER', secretAccessKey: 'local-only-caller' };

export function withConnectionOptions(command: Command): Command {
  return command
    .option(
      '--function <name>',
      'ask the deployed guard of this function name or ARN, with your AWS credentials',
    )
    .option('--region <region>', 'the AWS region of --function')
    .option('--endpoint <url>', `the local guard, where it is not at ${LOCAL_URL}`);
}

/** @throws UsageError for an endpoint that is none */
function lambdaClient(options: ConnectionOptions): LambdaClient {
  if (options.function !== undefined && options.endpoint === undefined) {
    return new LambdaClient(options.region === undefined ? {} : { region: options.region });
  }
  return new LambdaClient({
    region: options.region ?? 'us-east-1',
    endpoint: doorAt(options.endpoint, '--endpoint').base.href,
    credentials: LOCAL_CALLER,
    maxAttempts: 1,
  });
}

/**
 * Invokes a function of the guard with a question, as the client does. What it answered is still to be judged.
 *
 * @throws NoAnswerError with a sentence for the person at the terminal
 */
export async function askGuard(
  options: ConnectionOptions,
  { text }: SentQuestion,
  name = 'decide',
): Promise<HeardReply> {
  const client = lambdaClient(options);
  let failure = '';
  client.middlewareStack.add(
    (next) => (args) =>
      next(args).catch((error: unknown) => {
        failure = error instanceof Error ? ` (${error.name})` : '';
        throw error;
      }),
    { step: 'initialize' },
  );
  try {
    const transport = lambdaTransport({ functionName: options.function ?? name, client });
    const heard = await hear(() => transport.send(text, AbortSignal.timeout(TIMEOUT_MS)));
    const { kind } = heard.reply;
    if (kind === 'answered') return heard;
    const where = options.function ?? options.endpoint ?? LOCAL_URL;
    const isMissing = options.function === undefined && kind === 'unreachable';
    const remedy = isMissing ? ' Is it running? `npm start` starts it.' : '';
    const said = kind === 'unconfigured' ? '' : failure;
    const sentence = `no answer from the guard at ${where}${said}. ${SENTENCES[kind]}${remedy}`;
    throw noAnswerFor(kind, {}, sentence);
  } finally {
    client.destroy();
  }
}
