/** Asks a build of `decide` through its door, the way upstream services do. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { digestOf } from '../core/facts/canonical.ts';
import type { ProbeReply } from './check.ts';
import type { KnownAnswer } from './known-answers.ts';

export type AskBuild = (request: KnownAnswer['request']) => Promise<ProbeReply>;

/** Longer than the function's own timeout, so that a slow answer is told from none. */
const TIMEOUT_MS = 5000;

/** @param functionArn of an alias or a version */
export function askThrough(functionArn: string, env = process.env, timeoutMs = TIMEOUT_MS): AskBuild {
  const endpoint = env['AWS_ENDPOINT_URL_LAMBDA'];
  const client = new LambdaClient({
    ...(endpoint !== undefined && endpoint !== '' && { endpoint }),
    maxAttempts: 2,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 1000,
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
    }),
  });
  return async (request) => {
    const text = JSON.stringify(request);
    const payload = JSON.stringify({ request: text });
    try {
      const answer = await client.send(new InvokeCommand({ FunctionName: functionArn, Payload: payload }));
      if (answer.FunctionError !== undefined) return { failed: 'function error' };
      return { payload: new TextDecoder().decode(answer.Payload), asked: digestOf(Buffer.from(text)) };
    } catch {
      // A throttle, a timeout, a refusal: all of them are no answer, and no answer is wrong.
      return { failed: 'no answer' };
    }
  };
}
