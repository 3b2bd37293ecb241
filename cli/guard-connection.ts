/** One question, as the client asks it: to a function by name, or to the guard's HTTP door. */
import { LambdaClient } from '@aws-sdk/client-lambda';
import { lambdaTransport } from '../client/lambda.ts';
import type { SentQuestion } from '../client/question.ts';
import { SENTENCES } from '../client/result.ts';
import { type HeardReply, hear } from './heard.ts';
import { TIMEOUT_MS } from './http-signing.ts';
import { noAnswerFor } from './no-answer.ts';
import { postQuestion } from './signed-http.ts';
import { awsPlace, guardOrFunction, type WhichGuard } from './which-guard.ts';

/**
 * Asks whether something may be routed. What was answered is still to be judged.
 *
 * @throws NoAnswerError with a sentence for the person at the terminal
 */
export async function askGuard(options: WhichGuard, asked: SentQuestion): Promise<HeardReply> {
  const place = guardOrFunction(options);
  return typeof place === 'string'
    ? invoke(place, options, asked)
    : postQuestion(options, place, 'caller', '/v1/decide', asked);
}

async function invoke(
  functionName: string,
  options: WhichGuard,
  { text }: SentQuestion,
): Promise<HeardReply> {
  // Whoever is told that nobody answered gives the command again.
  const client = new LambdaClient({ ...awsPlace(options), maxAttempts: 1 });
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
    const transport = lambdaTransport({ functionName, client });
    const heard = await hear(() => transport.send(text, AbortSignal.timeout(TIMEOUT_MS)));
    const { kind } = heard.reply;
    if (kind === 'answered') return heard;
    const said = kind === 'unconfigured' ? '' : failure;
    const sentence = `no answer from the guard at ${functionName}${said}. ${SENTENCES[kind]}`;
    throw noAnswerFor(kind, {}, sentence);
  } finally {
    client.destroy();
  }
}
